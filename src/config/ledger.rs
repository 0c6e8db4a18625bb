//! The ledger beside a draft, `draft.stet.toml`: what was accepted, by whom and why. Made to be read, edited by hand and merged: entries in the
//! order of their sentences' words, each on lines of its own.

use std::{
    fs, io,
    io::Write as _,
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

use crate::ide::{Accepted, SignOff};

/// What stands at its top.
const HEAD: &str = "# What was let stand in the draft beside this file. An entry holds until its sentence changes, or what the sources say against it.\n";

#[derive(Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Ledger {
    #[serde(default)]
    stet: Vec<Entry>,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    text: String,
    sentence: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    code: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    by: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    date: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    against: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    before: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    after: Option<String>,
}

/// Where the ledger of a draft is: `draft.stet.toml` of `draft.md`.
#[must_use]
pub fn ledger_of(draft: &Path) -> PathBuf {
    draft.with_extension("stet.toml")
}

/// What was accepted in a draft; nothing if it has no ledger.
///
/// # Errors
/// If the ledger cannot be read or is wrong; the message names it.
pub fn read_ledger(draft: &Path) -> Result<Vec<Accepted>, String> {
    let path = ledger_of(draft);
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(format!("{}: {error}", path.display())),
    };
    let ledger: Ledger = toml::from_str(&text).map_err(|e| format!("{}: {}", path.display(), e.to_string().trim_end()))?;
    Ok(ledger.stet.into_iter().map(accepted).collect())
}

/// Adds an entry to the ledger of a draft, in the place of one on the same words of the same sentence.
///
/// # Errors
/// If the ledger cannot be read or written, or is wrong; it is left as it was.
pub fn accept(draft: &Path, new: &Accepted) -> Result<(), String> {
    let path = ledger_of(draft);
    let mut entries = read_ledger(draft)?;
    entries.retain(|old| (&old.sentence, &old.text, &old.code) != (&new.sentence, &new.text, &new.code));
    entries.push(new.clone());
    entries.sort_by(|a, b| (&a.sentence, &a.text, &a.code).cmp(&(&b.sentence, &b.text, &b.code)));
    let ledger = Ledger { stet: entries.into_iter().map(entry).collect() };
    let text = toml::to_string_pretty(&ledger).map_err(|e| e.to_string())?;
    // In one piece, so that a full disk does not cost what was there.
    let write = || -> io::Result<()> {
        let mut file = tempfile::Builder::new();
        // Others who work on the draft read it too: as the system makes files, not for one alone.
        #[cfg(unix)]
        file.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        let mut file = file.tempfile_in(path.parent().unwrap_or(Path::new(".")))?;
        write!(file, "{HEAD}\n{text}")?;
        file.persist(&path)?;
        Ok(())
    };
    write().map_err(|error| format!("{}: {error}", path.display()))
}

fn accepted(entry: Entry) -> Accepted {
    let Entry { text, sentence, code, reason, by, date, against, before, after } = entry;
    Accepted { text, sentence, before, after, code, evidence: against, signed: SignOff { reason, by, date } }
}

fn entry(accepted: Accepted) -> Entry {
    let Accepted { text, sentence, before, after, code, evidence, signed: SignOff { reason, by, date } } = accepted;
    Entry { text, sentence, code, reason, by, date, against: evidence, before, after }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let dir = tempfile::tempdir().unwrap();
        let draft = dir.path().join("draft.md");
        assert_eq!(read_ledger(&draft), Ok(Vec::new()));
        let signed = SignOff { reason: Some("said \"so\"\nby phone".into()), by: None, date: Some("2025-12-03".into()) };
        let one = Accepted { text: "104".into(), sentence: "B \\ 104.".into(), code: None, signed, ..Accepted::default() };
        let other = Accepted { sentence: "A 104.".into(), evidence: vec!["It was 140.".into()], ..one.clone() };
        accept(&draft, &one).unwrap();
        accept(&draft, &other).unwrap();
        let again = Accepted { signed: SignOff { by: Some("AB".into()), ..one.signed.clone() }, ..one.clone() };
        accept(&draft, &again).unwrap();
        assert_eq!(read_ledger(&draft), Ok(vec![other, again]));
        let text = fs::read_to_string(dir.path().join("draft.stet.toml")).unwrap();
        assert!(
            text.starts_with("# What was let stand") && text.contains("[[stet]]\ntext = \"104\"\nsentence = \"A 104.\"\n"),
            "{text}"
        );
    }

    #[test]
    fn a_wrong_one_is_told_and_left() {
        let dir = tempfile::tempdir().unwrap();
        let draft = dir.path().join("draft.md");
        fs::write(ledger_of(&draft), "[[stet]]\ntxt = 1\n").unwrap();
        assert!(read_ledger(&draft).unwrap_err().contains("draft.stet.toml"));
        assert!(accept(&draft, &Accepted::default()).is_err());
        assert_eq!(fs::read_to_string(ledger_of(&draft)).unwrap(), "[[stet]]\ntxt = 1\n");
    }
}
