//! The code pages of RTF.

use encoding_rs::Encoding;

/// How the bytes of a font are read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Charset {
    /// As text in this encoding.
    Text(&'static Encoding),
    /// As pictures, of which only the bullet is known.
    Symbols,
}

impl Charset {
    /// Of a code page, by its number.
    pub(super) fn of_page(page: i32) -> Option<Self> {
        let name = match page {
            874 => "windows-874",
            932 => "shift_jis",
            936 => "gbk",
            949 => "euc-kr",
            950 => "big5",
            866 => "ibm866",
            10000 => "macintosh",
            10007 => "x-mac-cyrillic",
            20866 => "koi8-r",
            65001 => "utf-8",
            1250..=1258 => return Encoding::for_label(format!("windows-{page}").as_bytes()).map(Self::Text),
            _ => return None,
        };
        Encoding::for_label(name.as_bytes()).map(Self::Text)
    }

    /// Of a font, by the number of its character set; `None` for that of the document.
    pub(super) fn of_font(set: i32) -> Option<Self> {
        Self::of_page(match set {
            2 => return Some(Self::Symbols),
            0 => 1252,
            77 => 10000,
            128 => 932,
            129 => 949,
            134 => 936,
            136 => 950,
            161 => 1253,
            162 => 1254,
            163 => 1258,
            177 => 1255,
            178 => 1256,
            186 => 1257,
            204 => 1251,
            222 => 874,
            238 => 1250,
            _ => return None,
        })
    }

    /// Bytes of text as characters.
    pub(super) fn decode(self, bytes: &[u8], out: &mut String) {
        match self {
            Self::Text(encoding) => out.push_str(&encoding.decode_without_bom_handling(bytes).0),
            Self::Symbols => out.extend(bytes.iter().filter_map(|byte| match byte {
                0xb7 | 0xa7 => Some('•'),
                0x80.. => None,
                byte => Some(char::from(*byte)),
            })),
        }
    }
}
