//! A draft in every format that people write in, with one wrong figure: what is found covers exactly that figure in the file.

use std::{fs, path::Path, process::Command, time::Instant};

use copydesk::document::{self, Format};
use serde_json::Value;

const SOURCE: &str = "Ferry Line Loses Passengers\n\nORO, March 9, 2026 — The ferry line carried 12,000 passengers in January, the harbour office \
    of Oro said on Monday.\n\nThe new pier cost $5 million, and 40% of the money came from the province, said José Müller, the head of \
    the office.\n";

/// The name of a draft, what it says, and what of that is wrong.
const DRAFTS: &[(&str, &str, &str)] = &[
    ("draft.md", "# Ferry line\n\nThe *ferry line* carried **13,000** passengers in January.\n", "13,000"),
    ("draft.txt", "The ferry line carried 13,000 passengers in January.\n", "13,000"),
    (
        "draft.tex",
        "\\documentclass{article}\n\\begin{document}\nThe pier cost \\$5 million, said Jos\\'e M\\\"uller. % 99\nThe \\emph{ferry line} \
         carried 13\\,000 passengers in January, 40\\% of the money came from the province.\n\\end{document}\n",
        "13\\,000",
    ),
    ("math.tex", "The ferry line carried $13{,}000$ passengers in January \\cite{roe99}.\n", "13{,}000"),
    (
        "draft.html",
        "<!DOCTYPE html>\n<html><head><title>99</title></head><body><p>The pier cost &#36;5&nbsp;million, said Jos&eacute; \
         M&uuml;ller.</p>\n<p class=\"n99\">The <a href=\"#99\">ferry line</a> carried <b>13&nbsp;000</b> passengers in January.</p></body></html>\n",
        "13&nbsp;000",
    ),
    (
        "draft.adoc",
        "= Ferry line\nJane Roe\n:sources: sources\n\nThe https://oro.test/99[ferry line] carried *13,000* passengers in January.\n",
        "13,000",
    ),
    (
        "draft.rst",
        "Ferry line\n==========\n\nThe `ferry line <https://oro.test/99>`_ carried **13,000** passengers in January. [1]_\n",
        "13,000",
    ),
    (
        "draft.org",
        "#+TITLE: Ferry line\n* About\nThe [[https://oro.test/99][ferry line]] carried *13,000* passengers in January.\n",
        "13,000",
    ),
    (
        "draft.typ",
        "#set document(title: \"Ferry line\")\n= Ferry line\nThe #link(\"https://oro.test/99\")[ferry line] carried *13~000* passengers in January.\n",
        "13~000",
    ),
    (
        "draft.eml",
        "From: Jane Roe <jane99@roe.test>\r\nSubject: Ferry line\r\nDate: Tue, 10 Mar 2026 09:00:00 +0100\r\n\r\n\
         The ferry line carried 13,000 passengers in January.\r\n\r\n-- \r\nThe ferry line carried 99 passengers in January.\r\n",
        "13,000",
    ),
    (
        "COMMIT_EDITMSG",
        "Correct the ferry story\n\nThe ferry line carried 13,000 passengers in January.\n# The ferry line carried 99 passengers in January.\n",
        "13,000",
    ),
];

fn check(folder: &Path, draft: &str) -> Value {
    let mut command = Command::new(env!("CARGO_BIN_EXE_copydesk"));
    command.current_dir(folder).args(["check", draft, "--format", "json"]).env("COPYDESK_CACHE", folder.join("cache"));
    let run = command.output().unwrap();
    assert_eq!(run.status.code(), Some(1), "{draft}: {}", String::from_utf8_lossy(&run.stderr));
    serde_json::from_slice(&run.stdout).unwrap()
}

#[test]
fn the_wrong_figure_is_found_in_its_place() {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir_all(dir.path().join("sources")).unwrap();
    fs::create_dir(dir.path().join(".git")).unwrap();
    fs::write(dir.path().join("sources/harbour.txt"), SOURCE).unwrap();
    for (name, text, wrong) in DRAFTS {
        fs::write(dir.path().join(name), text).unwrap();
        let report = check(dir.path(), name);
        let mentions = report["drafts"][0]["mentions"].as_array().unwrap();
        let mut found = Vec::new();
        for mention in mentions {
            let range = mention["range"]["start"].as_u64().unwrap() as usize..mention["range"]["end"].as_u64().unwrap() as usize;
            assert_eq!(&text[range.clone()], mention["text"], "{name}");
            assert!(!text[range.clone()].contains("99"), "{name}: {mention}");
            if mention["label"] == "refuted" {
                found.push(&text[range.clone()]);
                let line = text[..range.start].matches('\n').count();
                assert_eq!(mention["position"]["start"]["line"], line, "{name}");
            }
        }
        assert_eq!(found, [*wrong], "{name}");
        let figures = mentions.iter().filter(|m| m["text"].as_str().unwrap().contains(['5', '4']));
        assert!(figures.clone().all(|m| m["label"] == "supported"), "{name}: {:?}", figures.collect::<Vec<_>>());
    }
}

/// What begins something that is then never ended.
const OPENINGS: &[&str] = &[
    "{",
    "{a",
    "[",
    "$",
    "$$",
    "\\[",
    "\\(",
    "\\'",
    "\\begin{a}",
    "\\end{a}",
    "\\href[",
    "\\section{",
    "\\footnote{",
    "\\def",
    "%",
    "<p>",
    "<a <",
    "<q>",
    "<!--",
    "&amp;",
    "&",
    "*",
    "_",
    "`",
    "`a ",
    "``",
    "\"`",
    "<<a,",
    "link:a[",
    "a:b[",
    "((",
    ":a:",
    ":a:`",
    "[[a][",
    ":A:\n",
    "|",
    "|a_",
    ".. a\n",
    "  a\n",
    "#quote[",
    "#a(",
    "#if a",
    "#let x = (\n",
    "/*",
    "= ",
    "- a\n",
    "> ",
    "=C3",
    "--b\n",
    "\n",
    "\n\n",
    " ",
    "a",
];

#[test]
fn every_format_is_read_in_linear_time() {
    let time = |text: &str, format| {
        let start = Instant::now();
        std::hint::black_box(document::parse(text.into(), format));
        start.elapsed().as_secs_f64()
    };
    for opening in OPENINGS {
        for format in Format::ALL {
            let (short, long) = (opening.repeat(1_000), opening.repeat(8_000));
            let (short, long) = (time(&short, format), time(&long, format));
            // Eight times the text; in the square of it this would be sixty-four times.
            assert!(long < 0.2 || long < short * 32.0, "{opening:?} in {format:?}: {short} s, then {long} s");
        }
    }
}
