//! One draft after the other in every format that is not plain: what is read of it, and what is not.

use super::*;

#[track_caller]
fn check(format: Format, text: &str, expect: &[&str]) {
    assert_eq!(shown(text, format), expect.join("\n"));
    // The same with the line breaks of other systems.
    assert_eq!(shown(&text.replace('\n', "\r\n"), format), expect.join("\n"), "CRLF");
}

/// What a text says of itself: title, byline, date, sources.
#[track_caller]
fn says(format: Format, text: &str, expect: [&str; 4]) {
    let meta = parse(text.into(), format).meta;
    let date = meta.published.map(|d| d.to_string()).unwrap_or_default();
    let said = [meta.title.unwrap_or_default(), meta.byline.unwrap_or_default(), date, meta.sources.join("|")];
    assert_eq!(said, expect);
}

#[track_caller]
fn latex(text: &str, expect: &[&str]) {
    check(Format::Latex, text, expect);
}

#[test]
fn latex_marks_are_blank() {
    latex(
        "\\section{Boats in the bay}\nThe \\emph{mayor} said \\textbf{40} of\nthe \\href{https://x.test/12}{boats} left.\n\n\\paragraph{Later} More.",
        &["h Boats in the bay", "p The mayor said 40 of the boats left.", "p Later", "p More."],
    );
    latex(
        "\\begin{quote}\nQuoted words\n\\end{quote}\n\\begin{itemize}\n\\item One\n\\item[Two] of them\n\\end{itemize}\nAfter.",
        &["q Quoted words", "li One", "li Two of them", "p After."],
    );
    latex("A\\\\[2pt]B\\,C~D \\LaTeX{} E\\ F", &["p A B C D LaTeX E F"]);
    latex("\\textcolor{red}{Forty} {\\bf boats} \\desk{sank}.", &["p Forty boats sank ."]);
}

#[test]
fn latex_figures_are_read() {
    latex("40\\% of \\$5 million for 12\\,000 and 1{,}200", &["p 40 % of $5 million for 12 000 and 1 200"]);
    latex(
        "$40$ boats, \\num{12000}, \\SI{40}{\\kilo\\metre}, \\qty{7}{\\percent}, $12{,}000$",
        &["p 40 boats, 12000 , 40 kilometre , 7 % , 12 000"],
    );
    let prose = parse("40\\% and 12\\,000 and 1{,}200".into(), Format::Latex).prose;
    assert_eq!(&*prose, "40 % and 12\u{a0}000 and 1\u{202f}200");
}

#[test]
fn latex_letters_and_quotes() {
    latex(
        "Jos\\'e M\\\"uller, Ren\\'{e}e {\\'E}mile, Fran\\c{c}ois \\o re, Stra\\ss e, \\v{S}koda na\\\"{\\i}ve",
        &["p Jose\u{301} Mu\u{308}ller, Rene\u{301}e E\u{301}mile, Franc\u{327}ois ore, Straße, S\u{30c}koda nai\u{308}ve"],
    );
    latex(
        "``No,'' she said --- and \\enquote{yes}. `Why' co\\-operate?",
        &["p ``No,'' she said — and \"yes\". 'Why' cooperate?"],
    );
}

#[test]
fn latex_that_is_not_prose() {
    latex(
        "\\documentclass[12pt]{article}\n\\newcommand{\\org}[1]{\\textsc{#1}}\n\\title{Boats sink}\n\\begin{document}\n\\maketitle % 13 boats\nForty boats.\\footnote{Of 41.} Some sank\\footnote{14} there \\cite{roe15}, see~\\ref{fig:16}.\n\\begin{equation}\n17 = x\n\\end{equation}\n$x_{18}$ \\[ 19 \\] \\verb|20| \\includegraphics[width=21cm]{b22}\n\\begin{verbatim}\n23\n\\end{verbatim}\n\\end{document}\n24",
        &["h Boats sink", "p Forty boats.", "p Of 41.", "p Some sank there , see ."],
    );
    latex("\\begin{tabular}{lr}\na & 1 \\\\\nb & 2 \\\\\n\\end{tabular}", &["p a", "p 1 b", "p 2"]);
    latex("One. % note\nTwo.\n% alone\nThree.", &["p One. Two. Three."]);
    latex("\\def\\x{5} Costs $5 and \\emph{no brace", &["p Costs $5 and no brace"]);
}

#[test]
fn latex_says_what_it_is() {
    says(
        Format::Latex,
        "% sources: a.txt, b.pdf\n\\documentclass{article}\n\\title{Boats \\emph{sink}}\n\\author{Jane Roe\\thanks{x} \\and John Doe}\n\\date{March 9, 2026}\n\\begin{document}\n\\maketitle\nForty.\n\\end{document}",
        ["Boats sink", "Jane Roe, John Doe", "2026-03-09", "a.txt|b.pdf"],
    );
    says(Format::Latex, "\\date{\\today}\nForty boats sank.\n\n% sources: c.txt", ["", "", "", ""]);
}

#[track_caller]
fn html(text: &str, expect: &[&str]) {
    check(Format::Html, text, expect);
}

#[test]
fn html_tags_are_blank() {
    html(
        "<!DOCTYPE html><html><head><title>T 11</title><style>p{width:12px}</style></head><body><h1>Boats</h1>\n<p>The <b>mayor</b> said <em title='13'>40</em> of\n<a href=\"https://x.test/14\">the boats</a> left.<p>More <!-- 15 -->here.<ul><li>One<li>Two</ul><blockquote><p>Quoted</p></blockquote></body></html>",
        &["h Boats", "p The mayor said 40 of the boats left.", "p More here.", "li One", "li Two", "q Quoted"],
    );
    html("<p>One<br>two<br><br>three</p><table><tr><td>a<td>4</table><pre>17</pre>", &["p One two", "p three", "p a", "p 4"]);
    html(
        "<script>if (a < b) { c(\"<p>18</p>\") }</script>Run <code>rm 19</code> now.<sup>20</sup> 5 km<sup>2</sup>",
        &["p Run now. 5 km²"],
    );
}

#[test]
fn html_entities_stay_in_place() {
    html(
        "AT&amp;T &mdash; &pound;5&nbsp;million &#36;6, Jos&eacute; didn&rsquo;t; the mayor&#8217;s &ldquo;no&rdquo; 5 &lt; 6 &bogus; & co",
        &["p AT&T — £ 5 million $ 6, José didn’t; the mayor ’s “ no ” 5 < 6 &bogus; & co"],
    );
    html("<p>He said <q>no</q> to 12&nbsp;000.", &["p He said \"no\" to 12 000."]);
}

#[test]
fn html_says_what_it_is() {
    says(
        Format::Html,
        "<head><title>Boats &amp; more</title><meta name=author content='Jane Roe'><meta property=\"article:published_time\" content=\"2026-03-09T10:00\"><meta name=sources content=\"a.txt, b.pdf\"></head><p>Forty.",
        ["Boats & more", "Jane Roe", "2026-03-09", "a.txt|b.pdf"],
    );
    html("<p>Text <b", &["p Text"]);
    html("5 < 6 <", &["p 5 < 6 <"]);
}

#[track_caller]
fn asciidoc(text: &str, expect: &[&str]) {
    check(Format::AsciiDoc, text, expect);
}

#[test]
fn asciidoc_marks_are_blank() {
    asciidoc(
        "== Boats\nThe *mayor* said _40_ of\nhttps://x.test/12[the boats] left 5 * 6 times.\n\n[quote, Roe]\nQuoted words\n\n____\nMore\n____\n\n* One\n** Two\nmore\n. Three",
        &[
            "h Boats",
            "p The mayor said 40 of the boats left 5 * 6 times.",
            "q Quoted words",
            "q More",
            "li One",
            "li Two more",
            "li Three",
        ],
    );
    asciidoc(
        "NOTE: It is \"`quoted`\", see <<a1,the list>> and **b**old.\n\n.Title\n|===\n|a |2\n|===",
        &["p It is \"quoted\" , see the list and b old.", "h Title", "p a", "p 2"]
            .map(|l| if l == "h Title" { "p Title" } else { l }),
    );
}

#[test]
fn asciidoc_that_is_not_prose() {
    asciidoc(
        "Run `rm 12` now. footnote:[13]\n// 14\n\n////\n15\n////\n\n----\n16\n----\n\n[source,c]\nint a = 17;\n\nimage::b18.jpg[19]\n:a: 20\n\n literal 21\n\nEnd {a}.",
        &["p Run now.", "p End ."],
    );
    says(
        Format::AsciiDoc,
        "// sources: a.txt\n= Boats sink\nJane Roe <j@roe.test>\nv1.0, 2026-03-09\n:sources: b.txt\n\nForty.",
        ["Boats sink", "Jane Roe", "2026-03-09", "a.txt|b.txt"],
    );
}

#[track_caller]
fn rst(text: &str, expect: &[&str]) {
    check(Format::Rst, text, expect);
}

#[test]
fn rst_marks_are_blank() {
    rst(
        "=====\nBoats\n=====\n\nLater\n-----\n\nThe *mayor* said **40** of `the boats <https://x.test/12>`_ left. [1]_\n\n  Quoted words\n\n- One\n  more\n- Two\n\n  Its own.\n\n.. [1] Note.",
        &[
            "h Boats",
            "h Later",
            "p The mayor said 40 of the boats left.",
            "q Quoted words",
            "li One more",
            "li Two",
            "li Its own.",
            "p Note.",
        ],
    );
    rst(
        ".. note:: Forty\n   boats.\n\nSee :emphasis:`them` at :ref:`x13`, O\\'Brien.",
        &["p Forty boats.", "p See them at , O 'Brien."],
    );
}

#[test]
fn rst_that_is_not_prose() {
    rst(
        "Run ``rm 12`` so::\n\n  13 boats\n\n.. code-block:: c\n\n   14\n\n.. comment 15\n   16\n\n.. image:: b17.jpg\n   :width: 18\n\n>>> 19\n\n|sub20| End.\n\n+---+---+\n| a | 2 |\n+---+---+",
        &["p Run so:", "p End.", "p a", "p 2"],
    );
    says(
        Format::Rst,
        "Boats sink\n==========\n\n:Author: Jane Roe\n:Date: 2026-03-09\n:Sources: a.txt, b.txt\n\nForty.",
        ["Boats sink", "Jane Roe", "2026-03-09", "a.txt|b.txt"],
    );
}

#[track_caller]
fn org(text: &str, expect: &[&str]) {
    check(Format::Org, text, expect);
}

#[test]
fn org_marks_are_blank() {
    org(
        "* TODO [#A] Boats in the bay :news:bay:\nThe *mayor* said /40/ of\n[[https://x.test/12][the boats]] left.[fn:1] 1/2 and a_b.\n#+BEGIN_QUOTE\nQuoted words\n#+END_QUOTE\n- [ ] One\n- Two\n  more\n| a | 2 |\n|---+---|\n\n[fn:1] Note.",
        &[
            "h Boats in the bay",
            "p The mayor said 40 of the boats left. 1/2 and a_b.",
            "q Quoted words",
            "li One",
            "li Two more",
            "p a",
            "p 2",
            "p Note.",
        ],
    );
}

#[test]
fn org_that_is_not_prose() {
    org(
        "Run =rm 12= ~13~ +14+ now.\n# 15\n#+BEGIN_SRC c\n16\n#+END_SRC\n: 17\n* Done\n:PROPERTIES:\n:ID: 18\n:END:\nSCHEDULED: <2026-03-09 Mon>\nOn <2026-03-10 Tue>.\n* COMMENT Not\n19\n** Nor\n20\n* Last",
        &["p Run now.", "h Done", "p On 2026-03-10 Tue .", "h Last"],
    );
    says(
        Format::Org,
        "#+TITLE: Boats sink\n#+AUTHOR: Jane Roe\n#+DATE: <2026-03-09 Mon>\n#+SOURCES: a.txt, b.txt\n\nForty.",
        ["Boats sink", "Jane Roe", "2026-03-09", "a.txt|b.txt"],
    );
}

#[track_caller]
fn typst(text: &str, expect: &[&str]) {
    check(Format::Typst, text, expect);
}

#[test]
fn typst_marks_are_blank() {
    typst(
        "= Boats\nThe *mayor* said _40_ of\n#link(\"https://x.test/12\")[the boats] left @roe13 <l14>.\n\n- One\n- Two\n  more\n+ Three\nAfter. #quote(block: true)[Quoted words]\n#emph[It] is $40$ \\$5 and 40\\% of #strike[41] 42.",
        &[
            "h Boats",
            "p The mayor said 40 of the boats left .",
            "li One",
            "li Two more",
            "li Three",
            "p After.",
            "q Quoted words",
            "p It is 40 $5 and 40 % of 42.",
        ],
    );
}

#[test]
fn typst_that_is_not_prose() {
    typst(
        "#set text(size: 12pt)\n#let a = [13]\n#show heading: it => [14 #it]\nRun `rm 15` now. // 16\n/* 17 /* 18 */ */ Here: https://x.test.\n```\n19\n```\n#figure(image(\"b20.png\"), caption: [Boats in *May*]) <f21>\nMore.#footnote[A note.] And#footnote[22] $x_23$ #if a == 24 [Yes] else [no] end #calc.max(25, 26).",
        &["p Run now. Here: https://x.test.", "p Boats in May", "p More.", "p A note.", "p And", "p Yes", "p no", "p end ."],
    );
    typst("#let x = (\nForty.\n#table([a], [2])", &["p Forty.", "p a", "p 2"]);
    // A value that is no string.
    typst("#set document(title: é\"Boats\")\nForty.", &["p Forty."]);
    says(
        Format::Typst,
        "// sources: a.txt, b.pdf\n#set document(title: \"Boats sink\", author: (\"Jane Roe\", \"John Doe\"), date: datetime(year: 2026, month: 3, day: 9))\nForty.",
        ["Boats sink", "Jane Roe, John Doe", "2026-03-09", "a.txt|b.pdf"],
    );
}

#[track_caller]
fn mail(text: &str, expect: &[&str]) {
    check(Format::Mail, text, expect);
}

#[test]
fn mail_is_read_without_head_and_signature() {
    mail(
        "From: Jane Roe <jane@roe.test>\nTo: 12@desk.test\nSubject: Re: Boats\n sink\nDate: Mon, 9 Mar 2026 10:00:00 +0100\n\nForty boats sank, the harbour office said on Monday.\n\n> How many boats\n> were there?\n\nAll of them.\n\n-- \nJane Roe, 13 Quay\n",
        &[
            "h Boats sink",
            "p Forty boats sank, the harbour office said on Monday.",
            "q How many boats were there?",
            "p All of them.",
        ],
    );
    mail("Forty boats sank.\n", &["p Forty boats sank."]);
    says(
        Format::Mail,
        "From: Jane Roe <jane@roe.test>\nSubject: Re: Boats sink\nDate: Mon, 9 Mar 2026 10:00:00 +0100\nX-Sources: a.txt\n\nForty.",
        ["Boats sink", "Jane Roe", "2026-03-09", "a.txt"],
    );
}

#[test]
fn mail_of_parts() {
    mail(
        "Subject: Boats\nContent-Type: multipart/alternative; boundary=\"b1\"\n\nold readers 11\n--b1\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\nThe caf=C3=A9=E2=80=99s 40 boats =\nsank.\n--b1\nContent-Type: text/html\n\n<p>41</p>\n--b1--\n",
        &["h Boats", "p The café ’s 40 boats sank."],
    );
}

#[test]
fn commit_messages_end_at_the_scissors() {
    check(
        Format::Commit,
        "Count 40 boats\n\nThe harbour has forty of them, not more.\n\nSigned-off-by: Jane Roe <jane@roe.test>\n# 12 files\n# ------------------------ >8 ------------------------\ndiff 13\n",
        &["h Count 40 boats", "p The harbour has forty of them, not more."],
    );
    check(Format::Commit, "; ------------------------ >8 ------------------------\n#14", &[]);
}

/// Pieces of each format's markup.
const PIECES: [&str; 74] = [
    "Forty boats",
    " sank",
    ". ",
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    " ",
    "\t",
    "é",
    "👩\u{200d}👧",
    "\u{feff}",
    "\0",
    "{",
    "}",
    "[",
    "]",
    "(",
    ")",
    "\\",
    "\\\"u",
    "\\'{e}",
    "\\c{ç}",
    "\\begin{quote}",
    "\\end{quote}",
    "\\begin{verbatim}",
    "\\section{",
    "\\title{",
    "\\item[",
    "$",
    "$$",
    "\\[",
    "%",
    "&amp;",
    "&#x301;",
    "<p>",
    "</p>",
    "<b",
    "<!--",
    "<q>",
    "<sup>2</sup>",
    "<title>",
    "= ",
    "== ",
    "*",
    "_",
    "`",
    "``",
    "```",
    "----",
    "|===",
    "|",
    "[quote]",
    "<<a,",
    ">>",
    "link:a[",
    ":a: ",
    ".. ",
    "::\n",
    "  ",
    "`a <b>`_",
    "* ",
    "#+begin_src\n",
    "#+title: ",
    "[[a][",
    ":A:\n",
    "#",
    "#quote[",
    "#set ",
    "#if a",
    "/*",
    "> ",
    "-- \n",
    "Subject: ",
];

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(600))]

    #[test]
    fn any_markup_has_prose_of_its_length(pieces in proptest::collection::vec(proptest::sample::select(PIECES.to_vec()), 0..24)) {
        let text = pieces.concat();
        for format in Format::ALL {
            shown(&text, format);
        }
    }
}
