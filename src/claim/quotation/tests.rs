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
    check(
        "Maria Lopez spoke. She was cross with Anna Berg. “We are ready,” she said.",
        "Direct We are ready, <said> she=Maria Lopez",
    );
    check("Maria Lopez of Anna Berg spoke. “We are ready,” she said.", "Direct We are ready, <said> she=Maria Lopez");
    check("Maria Lopez met Anna Berg. “We are ready,” she said.", "Direct We are ready, <said> she");
}

#[test]
fn split_and_long() {
    check("“We are ready,” he said, “and we will stay.”", "Direct We are ready, | and we will stay. <said> he");
    check("“We are ready,” he said. “We will stay.”", "Direct We are ready, | We will stay. <said> he");
    check("“Are we ready?” he asked and was told “not yet”.", "Direct Are we ready? <asked> he; Partial not yet <told>");
    check("“Yes,” said Anna Berg. “No,” said Mark Lee.", "Partial Yes, <said> Anna Berg; Partial No, <said> Mark Lee");
    check("“Yes,” Berg said. “Is that so?” Lee asked.", "Partial Yes, <said> Berg; Direct Is that so? <asked> Lee");
    check("“We are ready.\n“We will stay,” he said.", "Direct We are ready. | We will stay, <said> he");
}

#[test]
fn paragraphs_run_together() {
    check(
        "He said: ‘We are ready. ‘We’ll stay for Anna’s sake. ‘And we’ll win.’ Then he left.",
        "Direct We are ready. | We’ll stay for Anna’s sake. | And we’ll win. <said> He",
    );
    check("“We are ready. “We will stay,” Maria Lopez said.", "Direct We are ready. | We will stay, <said> Maria Lopez");
    // What follows the last of them is anybody's, where none is closed.
    check("He said: 'We are ready. 'We will stay. The boats lay still.", "Direct We are ready. <said> He");
    check("The 'cold' one, the ’warm’ one and the boys’ own of ’94.", "Scare cold; Scare warm");
    check("She wrote of ‘times when nobody ‘gets’ us.’ Then she left.", "Partial times when nobody ‘gets’ us. <wrote> She");
    check("'This is my 'thank you' to the crews,' he said.", "Direct This is my 'thank you' to the crews, <said> he");
}

#[test]
fn cues_and_what_stands_around_them() {
    check(
        "Maria Lopez spoke at noon:\n\n“We are ready. We will stay.”",
        "Direct We are ready. We will stay. <spoke> Maria Lopez",
    );
    check("She said it was easy, adding: “We are ready.” The mayor announced a plan.", "Direct We are ready. <adding> She");
    check("They say they want to speak out for the “quiet” town.", "Partial quiet <say> They");
    check("A letter seen by the Northport Post says “all is well here”.", "Partial all is well here <says> letter");
    check("Minister of Education Mark White said: “We are ready.”", "Direct We are ready. <said> Mark White");
    check("The mother of Anna Berg said it was “not at all well”.", "Partial not at all well <said> mother");
    check("They will “win it all” in the end, Anna Berg told the Port Post.", "Partial win it all <told> Anna Berg");
    check(
        "Anna Berg said it was “hard”, and Maria Lopez added: “We agree.”",
        "Partial hard <said> Anna Berg; Direct We agree. <added> Maria Lopez",
    );
    check("“New day, new plan,” Anna quips.", "Direct New day, new plan, <quips> Anna");
    check("Maria Lopez noted on the call that it is “on course”.", "Partial on course <noted> Maria Lopez");
    check("During the session on Monday, Anna Berg left, promising “a new start”.", "Partial a new start <promising> Anna Berg");
    check("One woman wrote: “All is well here today.”", "Direct All is well here today. <wrote> One woman");
    check("Fees fell, the council calling it “a very good year”.", "Partial a very good year <calling> council");
    check(
        "‘He kept saying that,’ said Anna Berg. The sign reads ‘No Entry’.",
        "Direct He kept saying that, <said> Anna Berg; Title No Entry",
    );
}

#[test]
fn words_that_nobody_said() {
    check("The film “The Long Night” opened the so-called “winter” season.", "Title The Long Night; Scare winter");
    check("She read “War and the Sea” to a rock 'n' roll band.", "Title War and the Sea");
    check("A group called “Who Pays the Ferryman?” met there.", "Title Who Pays the Ferryman?");
}

/// Spans lie on character boundaries; top-level quotations are in order and do not overlap.
fn sound(text: &str) {
    let prose = Arc::new(Prose::read(Arc::new(document::parse(Arc::from(text), document::Format::Plain))));
    let mut end = 0;
    for m in read(&prose) {
        assert!(m.span.start >= end, "{text:?} {:?}", m.span);
        assert!(text.get(m.span.range()).is_some(), "{text:?} {:?}", m.span);
        end = m.span.end;
        let MentionKind::Quotation(q) = &m.kind else { unreachable!() };
        assert!(!q.pieces.is_empty());
        for pair in q.pieces.windows(2) {
            assert!(pair[0].end <= pair[1].start, "{text:?}");
        }
        assert!(q.pieces.iter().all(|p| m.span.contains(*p) && text.get(p.range()).is_some()), "{text:?}");
    }
    let reading = claim::read(prose);
    for m in &reading.mentions {
        if let MentionKind::Quotation(q) = &m.kind {
            let spans = q.cue.iter().chain(q.speaker.iter().map(|s| &s.span));
            assert!(spans.into_iter().all(|s| text.get(s.range()).is_some()), "{text:?}");
        }
    }
}

proptest::proptest! {
    #[test]
    fn any_text_is_read(text in "\\PC{0,60}") {
        sound(&text);
    }

    #[test]
    fn any_mixture_of_marks_is_read(parts in proptest::collection::vec(proptest::sample::select(vec![
        "\"", "“", "”", "'", "‘", "’", "„", "«", "»", "``", "''", "‚", "＂", "`", "´", " ", " ", " ", "\n", "\n\n", ",", ".", "?", "said", "Anna",
        "he", "the talks", "told", "were", "according to", "s", "'s", "90s", "5'6\"", "é", "…", "(", ")", "–", "and", "who",
    ]), 0..24)) {
        sound(&parts.concat());
    }

    #[test]
    fn any_words_are_compared(draft in "\\PC{0,40}", source in "\\PC{0,80}") {
        if let Some(found) = compare(&draft, &source) {
            assert!(source.get(found.source).is_some());
            for d in found.differences {
                assert!(draft.get(d.draft).is_some() && source.get(d.source).is_some());
            }
        }
    }

    #[test]
    fn a_part_of_a_source_is_found_in_it(words in proptest::collection::vec("[a-z]{1,6}", 1..60), from in 0usize..60, len in 1usize..20) {
        let from = from.min(words.len() - 1);
        let to = (from + len).min(words.len());
        let found = compare(&words[from..to].join(" "), &words.join(" ")).unwrap();
        assert!(found.exact && found.similarity == 1.0);
    }
}
