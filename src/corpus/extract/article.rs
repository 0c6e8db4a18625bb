//! What stands within an article's part of a page and is not the article: related links, captions, notes on the author, words of buttons.

use std::sync::LazyLock;

use dom_query::{Document, NodeRef};

use super::html::strip;

/// The words of `data/around.txt`: what is called so and is not the better part of the article, and what is called so and is short.
static NAMES: LazyLock<(Vec<&str>, Vec<&str>)> = LazyLock::new(|| {
    let words = |key: &str| {
        let line = include_str!("../data/around.txt").lines().find_map(|line| line.strip_prefix(key));
        line.map_or_else(Vec::new, |words| words.split_whitespace().collect())
    };
    (words("large:"), words("small:"))
});

/// The longest line that is taken for a label, in bytes.
const LABEL: usize = 60;

/// The longest thing that is taken for a note by its name, in bytes.
const NOTE: usize = 240;

/// The longest text that is looked through, in bytes.
const LONGEST: usize = 1 << 20;

const HEADINGS: [&str; 6] = ["h1", "h2", "h3", "h4", "h5", "h6"];

/// The text of an article's part of a page, without what is no part of the article.
pub(super) fn text(html: &str) -> String {
    let document = Document::fragment(html);
    strip(&document);
    prune(&document);
    headings(&document);
    without_labels(document.formatted_text().trim_end()).to_owned()
}

/// Without the lines at the end that are short and no sentences: what buttons and lists of links below an article are headed by.
fn without_labels(text: &str) -> &str {
    let mut text = text;
    for _ in 0..4 {
        let last = text.rsplit('\n').next().unwrap_or_default().trim();
        let is_sentence = last.ends_with(|c: char| c.is_ascii_punctuation() && c != ':' || "…”’»“".contains(c));
        if last.len() > LABEL || is_sentence || last.contains(|c: char| c.is_ascii_digit()) {
            break;
        }
        let Some((before, _)) = text.rsplit_once('\n') else { break };
        text = before.trim_end();
    }
    text
}

fn prune(document: &Document) {
    document.select("figcaption").remove();
    let all = letters(&document.text());
    // Texts are measured once for each element around them; no article is so long.
    if all > LONGEST {
        return;
    }
    for node in document.select("[class], [id]").nodes() {
        if HEADINGS.iter().any(|name| node.has_name(name)) {
            continue;
        }
        let length = || letters(&node.text());
        let called = |words: &[&str]| {
            node.class().is_some_and(|class| is_called(&class, words)) || node.id_attr().is_some_and(|id| is_named(&id, words))
        };
        if called(&NAMES.0) && length() * 3 < all || called(&NAMES.1) && length() < NOTE {
            node.remove_from_parent();
        }
    }
    for node in document.select("ul, ol, div, section").nodes() {
        let letters = letters(&node.text());
        let list = node.has_name("ul") || node.has_name("ol");
        let share = if list { 8 } else { 9 };
        if letters > 0 && letters * 2 < all && links(node) * 10 >= letters * share {
            node.remove_from_parent();
        }
    }
}

/// Takes out the headings at the end, with nothing below them.
fn headings(document: &Document) {
    let is_heading = |node: &NodeRef| HEADINGS.iter().any(|name| node.has_name(name));
    let mut last = Vec::new();
    for node in document.root().descendants() {
        if is_heading(&node) {
            last.push(node);
        } else if node.is_nonempty_text() && !node.ancestors_it(None).any(|above| is_heading(&above)) {
            last.clear();
        }
    }
    for node in last.into_iter().filter(|node| letters(&node.text()) <= LABEL) {
        node.remove_from_parent();
    }
}

/// Whether one of the classes, or a word of one, is on the list: "post-related", "authorBio". A variant ("section--ads") is none.
fn is_called(classes: &str, words: &[&str]) -> bool {
    let is_word = |word: &str| words.iter().any(|w| w.eq_ignore_ascii_case(word));
    classes.split_whitespace().any(|class| {
        let class = class.split("--").next().unwrap_or(class);
        is_named(class, words) || class.split(|c: char| !c.is_alphanumeric()).any(is_word)
    })
}

/// Whether a name as a whole is on the list; those of headings are made of their words.
fn is_named(name: &str, words: &[&str]) -> bool {
    let letters: String = name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    words.contains(&letters.as_str())
}

/// Letters and figures in the links below a node.
fn links(node: &NodeRef) -> usize {
    node.descendants_it().filter(|below| below.has_name("a")).map(|link| letters(&link.text())).sum()
}

fn letters(text: &str) -> usize {
    text.split_whitespace().map(str::len).sum()
}
