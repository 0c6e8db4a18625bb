use std::sync::Arc;

use super::*;
use crate::{claim, document};

/// Quotations as "Form words <cue> speaker=canonical".
fn quotations(text: &str) -> String {
    let prose = Arc::new(Prose::read(Arc::new(document::parse(Arc::from(text), document::Format::Plain))));
    let reading = claim::read(prose.clone());
    let shown = reading.mentions.iter().filter_map(|m| {
        let MentionKind::Quotation(q) = &m.kind else { return None };
        let words: Vec<&str> = q.pieces.iter().map(|p| prose.str(*p)).collect();
        let cue = q.cue.map_or(String::new(), |c| format!(" <{}>", prose.str(c)));
        let speaker = q.speaker.as_ref().map_or(String::new(), |s| {
            let canonical = s.canonical.as_ref().filter(|c| *c != prose.str(s.span)).map_or(String::new(), |c| format!("={c}"));
            format!(" {}{canonical}", prose.str(s.span))
        });
        Some(format!("{:?} {}{cue}{speaker}", q.form, words.join(" | ")))
    });
    shown.collect::<Vec<_>>().join("; ")
}

#[track_caller]
fn check(text: &str, expect: &str) {
    assert_eq!(quotations(text), expect, "{text}");
}

#[test]
fn marks_of_all_kinds() {
    check("He called it «a gift» and ``a burden'' in the end.", "Partial a gift <called> He; Partial a burden <called> He");
    check("'Tis the players' dance, 5'6\" tall, in the '90s.", "");
    check("The \"old mill went up in flames.\nNobody was hurt.", "");
    check("“They told us ‘not yet’ again,” Maria Lopez said.", "Direct They told us ‘not yet’ again, <said> Maria Lopez");
}

#[test]
fn speakers_behind() {
    check("“We are ready,” said Maria Lopez, who runs the port.", "Direct We are ready, <said> Maria Lopez");
    check("“We are ready,” the port’s director, Maria Lopez, said.", "Direct We are ready, <said> Maria Lopez");
    check("“We are ready,” Maria Lopez, the port’s director, told reporters.", "Direct We are ready, <told> Maria Lopez");
    check("“We are ready,” city officials said.", "Direct We are ready, <said> city officials");
    check(
        "The talks were “useful” and “frank,” Maria Lopez said.",
        "Partial useful <said> Maria Lopez; Partial frank, <said> Maria Lopez",
    );
    check("“We are ready.” The team confirmed that it would play.", "Direct We are ready.");
}

#[test]
fn appositions() {
    check("“We are ready,” said the port’s director, Maria Lopez.", "Direct We are ready, <said> Maria Lopez");
    check("“We are ready,” Maria Lopez, a pilot in Reno, Nevada, told a paper.", "Direct We are ready, <told> Maria Lopez");
    check("“We are ready,” a source close to the port says.", "Direct We are ready, <says> source close");
    check("“Are we ready?” The crew is told to wait.", "Direct Are we ready?");
    check("Maria Lopez told reporters at noon. “We are ready.”", "Direct We are ready. Maria Lopez");
}

#[test]
fn speakers_ahead() {
    check("Maria Lopez said the port was “ready for anything”.", "Partial ready for anything <said> Maria Lopez");
    check("Maria Lopez did not say the port was “safe”.", "Partial safe <not say> Maria Lopez");
    check("According to Maria Lopez, the port is “safe”.", "Partial safe <According to> Maria Lopez");
    check("The plan was described as “reckless” by Maria Lopez.", "Partial reckless <described> Maria Lopez");
    check("Maria Lopez praised the crews, adding that they were “heroes”.", "Partial heroes <adding> Maria Lopez");
}

#[test]
fn pronouns() {
    check("Maria Lopez spoke at noon. “We are ready,” she said.", "Direct We are ready, <said> she=Maria Lopez");
    check("Maria Lopez met Anna Berg. “We are ready,” she said.", "Direct We are ready, <said> she");
}

#[test]
fn split_and_long() {
    check("“We are ready,” he said, “and we will stay.”", "Direct We are ready, | and we will stay. <said> he");
    check("“We are ready,” he said. “We will stay.”", "Direct We are ready, | We will stay. <said> he");
    check("“Are we ready?” he asked and was told “not yet”.", "Direct Are we ready? <asked> he; Partial not yet <told>");
    check("“We are ready.\n“We will stay,” he said.", "Direct We are ready. | We will stay, <said> he");
}

#[test]
fn words_that_nobody_said() {
    check("The film “The Long Night” opened the so-called “winter” season.", "Title The Long Night; Scare winter");
    check("A group called “Who Pays the Ferryman?” met there.", "Title Who Pays the Ferryman?");
}
