//! From the protocol's words to ours.

use std::path::PathBuf;

use tower_lsp::ls_types::{Position, Range, Uri};

use crate::{ide::Format, text::LineCol};

pub(super) fn position(position: Position) -> LineCol {
    LineCol::new(position.line, position.character)
}

pub(super) fn range(range: Range) -> (LineCol, LineCol) {
    (position(range.start), position(range.end))
}

/// The file of a draft; `None` if it has none.
pub(super) fn path(uri: &Uri) -> Option<PathBuf> {
    let is_file = uri.scheme().as_str().eq_ignore_ascii_case("file");
    uri.to_file_path().filter(|_| is_file).map(|path| path.into_owned())
}

/// How a draft is marked up: as the editor says, else as its name says. What is neither is plain text. Editors that do not know a language
/// call it plain text too; they all know Markdown.
pub(super) fn format(language: &str, uri: &Uri) -> Format {
    let named = || Format::of_path(uri.path().as_str());
    match Format::of_language(language) {
        Some(Format::Plain) => named().filter(|format| *format != Format::Markdown).unwrap_or(Format::Plain),
        Some(format) => format,
        None => named().unwrap_or(Format::Plain),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn uri(text: &str) -> Uri {
        text.parse().unwrap()
    }

    #[test]
    fn files_have_paths() {
        assert_eq!(path(&uri("file:///desk/a%20b%C3%A9.md")), Some(PathBuf::from("/desk/a bé.md")));
        assert_eq!(path(&uri("untitled:Untitled-1")), None);
        assert_eq!(path(&uri("vscode-remote://host/desk/a.md")), None);
    }

    #[test]
    fn the_editor_says_how_a_draft_is_marked_up() {
        assert_eq!(format("markdown", &uri("untitled:Untitled-1")), Format::Markdown);
        assert_eq!(format("plaintext", &uri("file:///a.md")), Format::Plain);
        assert_eq!(format("", &uri("file:///a.MD")), Format::Markdown);
        assert_eq!(format("mail", &uri("file:///a")), Format::Mail);
        assert_eq!(format("git-commit", &uri("file:///a/.git/COMMIT_EDITMSG")), Format::Commit);
        assert_eq!(format("restructuredtext", &uri("untitled:Untitled-1")), Format::Rst);
        assert_eq!(format("plaintext", &uri("file:///a.adoc")), Format::AsciiDoc);
        assert_eq!(format("odd", &uri("file:///a.tex")), Format::Latex);
        assert_eq!(format("odd", &uri("file:///a.odd")), Format::Plain);
    }
}
