//! Archives: text documents and books are zip files. A small one may unpack to more than any machine holds, so all that is read of them
//! is bounded.

use std::io::{Cursor, Read as _, copy, sink};

use zip::{ZipArchive, result::ZipError};

/// The most text that is unpacked of one archive, in bytes. A long book has a sixtieth of it.
const LARGEST: u64 = 64 << 20;
/// The most files of an archive.
const MOST: usize = 10_000;
/// What the names of files with text or with a list of such files end with. Pictures are never unpacked, however large.
const TEXTS: [&str; 8] = [".xml", ".rels", ".opf", ".ncx", ".xhtml", ".html", ".htm", ".txt"];

/// An archive within its bounds.
pub(super) struct Archive<'b>(ZipArchive<Cursor<&'b [u8]>>);

impl<'b> Archive<'b> {
    /// Opens an archive; `what` it should be is named in the reason if it is none.
    pub(super) fn open(bytes: &'b [u8], what: &str) -> Result<Self, String> {
        if !bytes.starts_with(b"PK") {
            return Err(format!("damaged: this is not {what}"));
        }
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(reason)?;
        if archive.len() > MOST {
            return Err(format!("it holds more than {MOST} files"));
        }
        Ok(Self(archive))
    }

    /// Refuses an archive whose texts together are too large. It unpacks them, since the sizes that an archive states may be wrong.
    pub(super) fn bounded(mut self) -> Result<Self, String> {
        let mut total = 0;
        for i in 0..self.0.len() {
            let file = self.0.by_index(i).map_err(reason)?;
            let name = file.name().map(|name| name.to_ascii_lowercase()).unwrap_or_default();
            if TEXTS.iter().any(|ending| name.ends_with(ending)) {
                // A damaged file is found by whoever needs it.
                total += copy(&mut file.take(LARGEST + 1 - total), &mut sink()).unwrap_or_default();
            }
            if total > LARGEST {
                return Err(too_large());
            }
        }
        Ok(self)
    }

    /// A file of the archive; `None` if there is none of this name.
    pub(super) fn file(&mut self, name: &str) -> Result<Option<Vec<u8>>, String> {
        let file = match self.0.by_name(name) {
            Ok(file) => file,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(error) => return Err(reason(error)),
        };
        let mut bytes = Vec::new();
        file.take(LARGEST + 1).read_to_end(&mut bytes).map_err(|error| format!("damaged: {error}"))?;
        if bytes.len() as u64 > LARGEST { Err(too_large()) } else { Ok(Some(bytes)) }
    }
}

fn too_large() -> String {
    format!("its text is larger than {} MB", LARGEST >> 20)
}

fn reason(error: ZipError) -> String {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => "protected by a password".into(),
        error => format!("damaged: {error}"),
    }
}
