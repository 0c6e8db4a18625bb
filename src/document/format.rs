//! The formats of drafts, and how they are told.

use borsh::{BorshDeserialize, BorshSerialize};

/// How a text is marked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
pub enum Format {
    /// CommonMark, with front matter.
    Markdown,
    /// Text as it stands.
    Plain,
    /// LaTeX.
    Latex,
    /// A page, as it is written: all of it, not the article alone.
    Html,
    /// AsciiDoc.
    AsciiDoc,
    /// reStructuredText.
    Rst,
    /// Org mode of Emacs.
    Org,
    /// Typst.
    Typst,
    /// An e-mail that is being written, with its head or without.
    Mail,
    /// The message of a commit in Git.
    Commit,
}

impl Format {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Markdown,
        Self::Plain,
        Self::Latex,
        Self::Html,
        Self::AsciiDoc,
        Self::Rst,
        Self::Org,
        Self::Typst,
        Self::Mail,
        Self::Commit,
    ];

    /// The format of a draft's file, by its name; `None` for one that is not read as it stands.
    #[must_use]
    pub fn of_path(path: &str) -> Option<Self> {
        let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
        match name.rsplit_once('.') {
            None if name.is_empty() => None,
            // What Git opens an editor for.
            None if matches!(name, "COMMIT_EDITMSG" | "MERGE_MSG" | "SQUASH_MSG" | "TAG_EDITMSG") => Some(Self::Commit),
            None => Some(Self::Plain),
            // A hidden file without an ending.
            Some(("", _)) => None,
            Some((_, ending)) => match ending.to_ascii_lowercase().as_str() {
                "md" | "markdown" | "mdown" | "mkd" => Some(Self::Markdown),
                "txt" | "text" => Some(Self::Plain),
                "tex" | "ltx" => Some(Self::Latex),
                "html" | "htm" | "xhtml" => Some(Self::Html),
                "adoc" | "asciidoc" | "asc" => Some(Self::AsciiDoc),
                "rst" | "rest" => Some(Self::Rst),
                "org" => Some(Self::Org),
                "typ" => Some(Self::Typst),
                "eml" => Some(Self::Mail),
                _ => None,
            },
        }
    }

    /// The format that an editor means by the name of a language; `None` for any other language.
    #[must_use]
    pub fn of_language(language: &str) -> Option<Self> {
        Some(match language.to_ascii_lowercase().as_str() {
            "markdown" | "md" => Self::Markdown,
            "plaintext" | "text" | "txt" => Self::Plain,
            "latex" | "tex" | "plaintex" => Self::Latex,
            "html" | "xhtml" => Self::Html,
            "asciidoc" | "asciidoctor" => Self::AsciiDoc,
            "restructuredtext" | "rst" => Self::Rst,
            "org" | "orgmode" => Self::Org,
            "typst" => Self::Typst,
            "mail" | "eml" | "email" => Self::Mail,
            "git-commit" | "gitcommit" => Self::Commit,
            _ => return None,
        })
    }
}
