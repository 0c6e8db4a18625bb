//! Texts with their blocks, one a line: the kind, and the words of the prose.

mod formats;

use super::*;

/// The blocks of a text as lines: a mark for the kind and the prose, white space as one space, and nothing for what only joins words.
fn shown(text: &str, format: Format) -> String {
    let document = parse(text.into(), format);
    assert_eq!(document.prose.len(), text.len());
    for (a, b) in document.prose.bytes().zip(text.bytes()) {
        assert!(a == b || !matches!(b, b'\n' | b'\r'), "line breaks are kept");
    }
    let mut before = 0;
    let mut out = Vec::new();
    for block in &document.blocks {
        assert!(block.span.start >= before && !block.span.is_empty());
        assert!(text.is_char_boundary(block.span.start as usize) && text.is_char_boundary(block.span.end as usize));
        before = block.span.end;
        let mark = match block.kind {
            BlockKind::Paragraph => "p",
            BlockKind::Heading => "h",
            BlockKind::ListItem => "li",
            BlockKind::BlockQuote => "q",
            BlockKind::Boilerplate => "x",
        };
        let prose = block.span.of(&document.prose).replace(['\u{34f}', '\u{fe00}'], "");
        let words: Vec<&str> = prose.split_whitespace().collect();
        out.push(format!("{mark} {}", words.join(" ")));
    }
    out.join("\n")
}

#[track_caller]
fn markdown(text: &str, expect: &[&str]) {
    assert_eq!(shown(text, Format::Markdown), expect.join("\n"));
}

#[track_caller]
fn plain(text: &str, expect: &[&str]) {
    assert_eq!(shown(text, Format::Plain), expect.join("\n"));
}

#[test]
fn endings_tell_formats() {
    assert_eq!(Format::of_path("a/b.md"), Some(Format::Markdown));
    assert_eq!(Format::of_path("B.TXT"), Some(Format::Plain));
    assert_eq!(Format::of_path("notes"), Some(Format::Plain));
    assert_eq!(Format::of_path("a.d/notes"), Some(Format::Plain));
    assert_eq!(Format::of_path("a/.git/COMMIT_EDITMSG"), Some(Format::Commit));
    let endings = ["tex", "HTM", "adoc", "rst", "org", "typ", "eml"].map(|e| Format::of_path(&format!("a.{e}")));
    assert_eq!(endings.map(|f| f.unwrap()), Format::ALL[2..9]);
    for other in ["a.pdf", "x/.hidden", ""] {
        assert_eq!(Format::of_path(other), None);
    }
}

#[test]
fn markdown_marks_are_blank() {
    markdown("The *mayor* said **40** of [the boats](https://x.org/12) left.", &["p The mayor said 40 of the boats left."]);
    markdown(
        "# Boats\n\nTwo lines,\none paragraph.\n\n> Quoted\n> words\n",
        &["h Boats", "p Two lines, one paragraph.", "q Quoted words"],
    );
    markdown("- one *item*\n- two\n  more\n  - three\n", &["li one item", "li two more", "li three"]);
    markdown("Setext\n======\r\n\r\nAfter.", &["h Setext", "p After."]);
}

#[test]
fn what_is_not_prose_is_blank() {
    markdown("Run `rm 12` now.\n\n```\n13 boats\n```\n\n    14 boats\n", &["p Run now."]);
    markdown("<!-- 15 boats -->\n\nHere<!-- 16 --> and <b>there</b>.\n\n<div>\n17\n</div>\n", &["p Here and there ."]);
    markdown("![Boats in May](may-18.jpg) at <https://x.org/19>.", &["p Boats in May at ."]);
    markdown("It was ~~40~~ 42, about ~5 or ~6.[^1]\n\n[^1]: Note.", &["p It was 42, about ~5 or ~6.", "p Note."]);
    markdown("AT&amp;T &mdash; &#36;5", &["p AT& T — $ 5"]);
}

#[test]
fn tables_are_read_by_the_cell() {
    markdown("| a | b 2 |\n|---|---|\n| c | d |\n", &["p a", "p b 2", "p c", "p d"]);
}

#[test]
fn plain_text_by_the_line() {
    plain(
        "Boats Sink Off the Northern Coast\nThe first paragraph of the story is one line.\nThe second paragraph is another line.",
        &[
            "h Boats Sink Off the Northern Coast",
            "p The first paragraph of the story is one line.",
            "p The second paragraph is another line.",
        ],
    );
    plain("Monday, March 3, 2025 The ferry sank.", &["p Monday, March 3, 2025", "p The ferry sank."]);
    plain(
        "Sinking of a Ferry\n\nOn Monday, March 3, 2025 The Ferry sank.",
        &["h Sinking of a Ferry", "p On Monday, March 3, 2025 The Ferry sank."],
    );
    plain("One.\n\nTwo.\r\n\r\nThree.\rFour.", &["p One.", "p Two.", "p Three.", "p Four."]);
}

#[test]
fn plain_text_broken_by_hand() {
    plain(
        "Rescuers in the northern port said on Monday that they had found\nforty boats and, with them, the crew of a ferry that had gone\nmissing.\n\nMayor\nRoe thanked them.",
        &[
            "p Rescuers in the northern port said on Monday that they had found forty boats and, with them, the crew of a ferry that had gone missing.",
            "h Mayor",
            "p Roe thanked them.",
        ],
    );
    plain(
        "Harbour Empty\n\nThe ferry that left the old northern port on the\nMonday before last has sunk.\nNobody was hurt",
        &[
            "h Harbour Empty",
            "p The ferry that left the old northern port on the Monday before last has sunk.",
            "h Nobody was hurt",
        ],
    );
}

#[test]
fn plain_lists() {
    plain(
        "What is known:\n  • Forty boats sank.\n  • The crew,\n    all of it, lives.\n- A dash - and another.\n* A star.\n1. First.\n12) Last.",
        &[
            "p What is known:",
            "li Forty boats sank.",
            "li The crew, all of it, lives.",
            "li A dash - and another.",
            "li A star.",
            "li First.",
            "li Last.",
        ],
    );
    plain("-5 degrees was the low.\n\n2025. A year to forget.", &["p -5 degrees was the low.", "p 2025. A year to forget."]);
}

const STORY: &str = "Harbour Times\n\nFerry Runs Aground Near Northern Port, Crew Rescued\n\nBy Jane Roe\n\nMonday, March 3, 2025\n\n\
    The ferry ran aground near the port on Monday, and rescuers brought its crew ashore.\n\n\
    Ferry Runs Aground Near Northern Port, Crew Rescued\n\n\
    The port stayed closed until the evening, the harbour office said.\n\n\
    Parliament Votes Against Lower Taxes on Sugar\n\n\
    Rescue Took Hours\n\n\
    Rescuers needed five hours to reach the crew.\n\nSign up for our newsletter to get the latest.\n\nSimilar Articles";

#[test]
fn the_page_around_the_article_is_boilerplate() {
    plain(
        STORY,
        &[
            "x Harbour Times",
            "h Ferry Runs Aground Near Northern Port, Crew Rescued",
            "x By Jane Roe",
            "p Monday, March 3, 2025",
            "p The ferry ran aground near the port on Monday, and rescuers brought its crew ashore.",
            "x Ferry Runs Aground Near Northern Port, Crew Rescued",
            "p The port stayed closed until the evening, the harbour office said.",
            "x Parliament Votes Against Lower Taxes on Sugar",
            "h Rescue Took Hours",
            "p Rescuers needed five hours to reach the crew.",
            "x Sign up for our newsletter to get the latest.",
            "x Similar Articles",
        ],
    );
}

#[test]
fn what_a_paper_asks_of_its_readers_is_boilerplate() {
    plain(
        "Home | News | Coast\n\nHarbour closed after storm sinks boats\n\nThe storm sank 140 boats in Oro.\n\n\
         Get our morning briefing, read by 9,000 people.\n\nRELATED: Mayor quits over gifts\nFerry hits pier\n\n\
         Readers can get the briefing of the harbour office at the pier.\n\n“Support your harbour, sign up for our newsletter,” she said.",
        &[
            "x Home | News | Coast",
            "h Harbour closed after storm sinks boats",
            "p The storm sank 140 boats in Oro.",
            "x Get our morning briefing, read by 9,000 people.",
            "x RELATED: Mayor quits over gifts",
            "x Ferry hits pier",
            "p Readers can get the briefing of the harbour office at the pier.",
            "p “Support your harbour, sign up for our newsletter,” she said.",
        ],
    );
}

#[test]
fn what_stands_above_and_below_the_article_is_boilerplate() {
    plain(
        "Home > World > North\nWorld\nFerry runs aground near the port\nShare\n\nThe ferry ran aground.\n\nWhat now?\n\nRelated topics\nFerries\nPorts of the north",
        &[
            "x Home > World > North",
            "x World",
            "h Ferry runs aground near the port",
            "x Share",
            "p The ferry ran aground.",
            "h What now?",
            "x Related topics",
            "x Ferries",
            "x Ports of the north",
        ],
    );
    // Short headings of an article stay.
    plain(
        "Flood\n\nThe river rose.\n\nRescue\n\nBoats came.\n\nSources",
        &["h Flood", "p The river rose.", "h Rescue", "p Boats came.", "h Sources"],
    );
}

#[test]
fn an_article_says_what_it_is() {
    // A heading further down is no title.
    assert_eq!(parse("A paragraph.\n\nAnother one.\n\nA Heading\n\nA third.".into(), Format::Plain).meta.title, None);
    let meta = parse(STORY.into(), Format::Plain).meta;
    assert_eq!(meta.title.as_deref(), Some("Ferry Runs Aground Near Northern Port, Crew Rescued"));
    assert_eq!(meta.outlet.as_deref(), Some("Harbour Times"));
    assert_eq!(meta.byline.as_deref(), Some("Jane Roe"));
    assert_eq!(meta.published.map(|d| d.to_string()).as_deref(), Some("2025-03-03"));
}

#[test]
fn front_matter_is_read_and_is_no_prose() {
    let text = "---\ntitle: \"Boats: a count\"\nauthors: [Jane Roe, John Doe]\noutlet: The Bay\ndate: 2025-12-04\nsources:\n  - a.txt\n  - old/*.md\n---\n\n# Other\n\nForty.";
    for format in [Format::Markdown, Format::Plain] {
        let document = parse(text.into(), format);
        assert_eq!(document.meta.title.as_deref(), Some("Boats: a count"));
        assert_eq!(document.meta.byline.as_deref(), Some("Jane Roe, John Doe"));
        assert_eq!(document.meta.outlet.as_deref(), Some("The Bay"));
        assert_eq!(document.meta.published.map(|d| d.to_string()).as_deref(), Some("2025-12-04"));
        assert_eq!(document.meta.sources, ["a.txt", "old/*.md"]);
        assert!(!document.prose.contains("Jane") && document.prose.contains("Forty."));
        assert!(document.problems.is_empty());
    }
    assert_eq!(parse("---\nsources: one.txt\n---\n".into(), Format::Markdown).meta.sources, ["one.txt"]);
}

#[test]
fn broken_front_matter_is_a_problem_and_still_read() {
    let document = parse("---\ntitle: Mayor: no boats\nsources: a.txt\n---\nText.".into(), Format::Markdown);
    assert_eq!(document.meta.title.as_deref(), Some("Mayor: no boats"));
    assert_eq!(document.meta.sources, ["a.txt"]);
    assert_eq!(document.problems.len(), 1);
    // No front matter: a rule and some text.
    plain("---\nForty boats.\n---\nMore.", &["p Forty boats.", "p More."]);
    plain("---\ntitle: never closed", &["p title: never closed"]);
}

#[test]
fn odd_texts_are_survived() {
    let deep = format!("---\na: {}\n---\n", "[".repeat(5000));
    let many = [
        ">".repeat(3000),
        "* ".repeat(3000),
        "[".repeat(3000),
        "`".repeat(3001),
        "\u{feff}".into(),
        "\0\0".into(),
        deep,
        "&#0;&bogus;".into(),
    ];
    for text in many.iter().map(String::as_str).chain(["", "\r\r\n", "---\n---", "---\n---\n", "•", "1.", "👩\u{200d}👩"]) {
        for format in Format::ALL {
            shown(text, format);
        }
    }
}

proptest::proptest! {
    #[test]
    fn any_text_has_prose_of_its_length(pieces in proptest::collection::vec(crate::text::tests::text(), 0..6), glue in "[-#*>|`\\[\\]()_~<& \n0-9:]{0,12}") {
        let text = pieces.join(&glue);
        for format in Format::ALL {
            shown(&text, format);
        }
    }
}
