//! Names of files for articles.

use jiff::civil::Date;
use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};

/// The longest name, in bytes, without its ending: every file system takes it, with a number behind it.
const LONGEST: usize = 80;

/// A name for the file of an article: its date and the words of its title, "2026-03-09-levee-breach-floods-orlen-falls". Small letters,
/// digits and hyphens of ASCII, so that it is the same on every file system and means nothing to any.
#[must_use]
pub(super) fn slug(date: Option<Date>, title: &str) -> String {
    let mut out = date.map(|date| date.to_string()).unwrap_or_default();
    let title: String = title.chars().filter(|c| !matches!(c, '\'' | '’' | '‘')).flat_map(spelled).collect();
    let title: String = title.nfkd().filter(|c| !is_combining_mark(*c)).map(|c| c.to_ascii_lowercase()).collect();
    for word in title.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty()) {
        let gap = usize::from(!out.is_empty());
        if out.len() + gap + word.len() > LONGEST {
            if out.is_empty() {
                out.push_str(&word[..LONGEST]);
            }
            break;
        }
        out.push_str(&"-"[..gap]);
        out.push_str(word);
    }
    // Windows knows devices by these names, whatever the ending.
    let device = matches!(out.as_str(), "con" | "prn" | "aux" | "nul")
        || ["com", "lpt"].iter().any(|d| out.strip_prefix(d).is_some_and(|n| n.len() == 1 && n.as_bytes()[0].is_ascii_digit()));
    if device || out.is_empty() {
        out.push_str(if out.is_empty() { "article" } else { "-article" });
    }
    out
}

/// Letters that are no letter of ASCII with a mark.
fn spelled(c: char) -> impl Iterator<Item = char> {
    let spelled = match c {
        'ß' => "ss",
        'æ' | 'Æ' => "ae",
        'œ' | 'Œ' => "oe",
        'ø' | 'Ø' => "o",
        'ł' | 'Ł' => "l",
        'đ' | 'Đ' | 'ð' | 'Ð' => "d",
        'þ' | 'Þ' => "th",
        'ı' => "i",
        _ => "",
    };
    spelled.chars().chain(spelled.is_empty().then_some(c))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names() {
        let day = Some(date(2026, 3, 9));
        assert_eq!(slug(day, "Levee breach floods Orlen Falls"), "2026-03-09-levee-breach-floods-orlen-falls");
        assert_eq!(slug(None, "The board’s “no”: Łódź, Tromsø & Co."), "the-boards-no-lodz-tromso-co");
        assert_eq!(slug(day, "洪水"), "2026-03-09");
        assert_eq!(slug(None, "🌊"), "article");
        assert_eq!(slug(None, "../../etc/passwd\0"), "etc-passwd");
        assert_eq!(slug(None, "NUL"), "nul-article");
        assert_eq!(slug(None, "com1"), "com1-article");
        assert_eq!(slug(None, &"a".repeat(300)).len(), LONGEST);
        assert!(slug(day, &"word ".repeat(100)).ends_with("-word"));
    }

    proptest! {
        #[test]
        fn a_name_is_tame(title in any::<String>(), dated in any::<bool>()) {
            let name = slug(dated.then(|| date(2026, 3, 9)), &title);
            prop_assert!(!name.is_empty() && name.len() <= LONGEST && !name.starts_with('-') && !name.ends_with('-'));
            prop_assert!(name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'));
        }
    }
}
