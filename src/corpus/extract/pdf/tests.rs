use super::{flow, lines::Line, *};

fn line(text: &str, page: usize, base: f32) -> Line {
    Line { text: text.into(), page, left: 50.0, right: 300.0, base, size: 10.0, bold: false, height: base / 800.0 }
}

#[track_caller]
fn check(lines: &[&str], expect: &str) {
    let lines = lines.iter().enumerate().map(|(i, text)| line(text, 0, 600.0 - 12.0 * i as f32)).collect();
    assert_eq!(flow::text(vec![lines]), expect);
}

#[test]
fn words_broken_at_the_end_of_a_line() {
    check(&["The au-", "thority met."], "The authority met.");
    check(&["A 61-year-", "old man was hurt."], "A 61-year-old man was hurt.");
    check(&["The years 2024-", "25 were dry."], "The years 2024-25 were dry.");
    check(&["The Anglo-", "Saxon church."], "The Anglo-Saxon church.");
    check(
        &["The new deep-water quay is long. The deep-", "water quay is new."],
        "The new deep-water quay is long. The deep-water quay is new.",
    );
    check(&["The years 1990–", "1995 were dry –", "as we know."], "The years 1990–1995 were dry – as we know.");
    check(&["The au\u{ad}", "thority met – and", "went."], "The authority met – and went.");
}

#[test]
fn heads_and_numbers_of_pages() {
    let page = |n: usize| {
        vec![
            line("Annual report", n, 780.0),
            line(&format!("Page {n} has {n} words."), n, 400.0),
            line(&format!("– {} –", n + 1), n, 30.0),
        ]
    };
    assert_eq!(flow::text(vec![page(0), page(1)]), "Page 0 has 0 words.\n\nPage 1 has 1 words.");
    // Once, it is no running head.
    let page = vec![line("Annual report", 0, 780.0), line("The year was dry.", 0, 400.0)];
    assert_eq!(flow::text(vec![page]), "Annual report\n\nThe year was dry.");
}

#[test]
fn paragraphs() {
    let mut lines = vec![line("The first line of it goes on to", 0, 600.0), line("the second. The third ends.", 0, 588.0)];
    lines[0].left = 62.0;
    let mut next = line("Then another begins", 0, 576.0);
    next.left = 62.0;
    lines.push(next);
    lines.push(line("A wide gap.", 0, 550.0));
    lines.push(line("On the next page a sentence that was", 0, 538.0));
    lines.push(line("not ended goes on.", 1, 700.0));
    let text = "The first line of it goes on to the second. The third ends.\n\nThen another begins\n\nA wide gap. On the next page a \
                sentence that was not ended goes on.";
    assert_eq!(flow::text(vec![lines]), text);
}

#[test]
fn dates() {
    assert_eq!(date("D:20260312094500+01'00'"), Some(jiff::civil::date(2026, 3, 12)));
    assert_eq!(date("D:19000101"), None);
    assert_eq!(date("Thursday"), None);
}
