//! Sentences. A library gives the places where one may end by the rules of Unicode (UAX #29); what news copy needs is decided here:
//! which of them follow an abbreviation, an initial, a clock time, a question that somebody asks, and which ones it missed.

mod ends;
mod places;
mod words;

use unicode_segmentation::UnicodeSegmentation as _;

use crate::text::Span;

/// The sentences of one block, in order, without the space around them.
pub(super) fn split(text: &str, block: Span) -> Vec<Span> {
    let body = block.of(text);
    let mut out = Vec::new();
    let mut start = 0;
    let mut end_at = |at: usize, always: bool| {
        if always || ends::ends(&body[start..at], &body[at..]) {
            let sentence = &body[start..at];
            let from = start + (sentence.len() - sentence.trim_start().len());
            let to = start + sentence.trim_end().len();
            if from < to {
                out.push(Span::new(block.start as usize + from, block.start as usize + to));
            }
            start = at;
        }
    };
    let mut places = Vec::new();
    places::missed(body, |at, always| places.push((at, always)));
    bounds(body, |at| places.push((at, false)));
    places.push((body.len(), true));
    places.sort_unstable();
    for (at, always) in places {
        end_at(at, always);
    }
    out
}

/// The places inside `text` where a sentence begins by the library. It is asked only around what ends one, and from there to the
/// next place: its tables are slow, and nothing before the last place counts for what follows it.
fn bounds(text: &str, mut found: impl FnMut(usize)) {
    let mut at = 0;
    while let Some(mark) = text[at..].char_indices().find(|(_, c)| may_end(*c)).map(|(i, _)| at + i) {
        // The letter before a stop counts for what the stop is.
        let from = text[at..mark].char_indices().next_back().map_or(mark, |(i, _)| at + i);
        let Some(sentence) = text[from..].split_sentence_bounds().next() else { return };
        at = from + sentence.len();
        if at == text.len() {
            return;
        }
        found(at);
    }
}

/// Whether a sentence may end with the character by the rules of Unicode; `true` for any of which that is not plain.
fn may_end(c: char) -> bool {
    match c {
        '.' | '!' | '?' | '\n' | '\r' | '\u{b}' | '\u{c}' => true,
        '\0'..='~' | '\u{a0}' | '£' | '°' | 'À'..='ÿ' | '–' | '—' | '‘' | '’' | '“' | '”' | '•' | '…' | '€' => {
            false
        }
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn bounds_are_the_library_s(text in "([a-c A-C1,;()\"'“”’—…é.!?\n\r\u{85}\u{ad}\u{301}\u{2028}。．\u{200b}中]|\\. ?){0,40}") {
            let mut ours = Vec::new();
            bounds(&text, |at| ours.push(at));
            let library: Vec<usize> = text.split_sentence_bound_indices().skip(1).map(|(at, _)| at).collect();
            proptest::prop_assert_eq!(ours, library);
        }
    }

    /// The text with "|" where a sentence ends and another begins.
    #[track_caller]
    fn check(expect: &str) {
        let text = expect.replace('|', "");
        let sentences = split(&text, Span::new(0, text.len()));
        let shown: Vec<&str> = sentences.iter().map(|s| s.of(&text)).collect();
        let expect: Vec<&str> = expect.split('|').map(str::trim).collect();
        assert_eq!(shown, expect);
    }

    #[test]
    fn titles_and_initials_go_on() {
        check("Gov. Roe and Sen. J. P. Doe met Lt. Col. Ann B. Lee.| She had called.");
        check("GOV. ROE met St. Mary’s choir vs. the band.| All sang.");
        check("It was Roe and I.| Doe left.");
        check("They chose plan C.| The mayor did not.");
    }

    #[test]
    fn abbreviations_may_end_a_sentence() {
        check("A U.S. envoy left the U.S.| He flew on.");
        check("The U.S. Senate met.| Millions had left the U.S.| Officials agreed.");
        check("She runs Acme Inc. President Roe runs Acme Corp.| The two met in Dec. 2024.");
        check("Rule No. 5 stands.| He said no.| She said No.| Then they left.");
        check("Turn to p. 55.| Then rest, e.g. Mondays.");
    }

    #[test]
    fn clock_times() {
        check("It starts at 5 p.m. EST on Monday.| It ends at 9 a.m. Friday.");
        check("The train left at 5 a.m.| Travelers waited.");
        check("At 5 a.m. Mr. Roe rose.| He slept at 9 p.m.| Mr. Doe did not.");
    }

    #[test]
    fn figures() {
        check("It cost $1.50.| 20 people paid 2.5 million.| $3 was left.");
        check("He paid 1,000.|That was a lot.| He said so.|Then he left.");
    }

    #[test]
    fn quotations() {
        check("“We won’t go,” she said.| “Never.”| Then she left.");
        check("“Who did this?” Mayor Jane Roe asked.| “Who knows?” he said.| “Nobody?”| She did.");
        check("He said “no.”| She said “yes.”| Both left.");
        check("“One thing.| Another thing.” — Jane Roe");
        check("“It stood here.| [...] The port was open,” she wrote.| “It stood [...]| The port was open.”");
    }

    #[test]
    fn pauses_and_brackets() {
        check("I meant ... well, nothing… I think.| Good.");
        check("“I… I don’t know,” she said.| He waited…| Nobody came.");
        check("He wavered....| She left.");
        check("The bridge (it was built in 1920. It fell in 1990.) is gone.| (Nobody knew why.)| It was old.");
        check("Sen. Jane Roe (D-Calif.) spoke.| iPhones rang.");
    }

    #[test]
    fn captions() {
        check("The port on Monday| Photo: Jane Roe.| The ferry sank.");
        check("The image: a ferry.");
        check("It sank in 1920.[1][12]| The port closed.[3]");
        check("It sank [in 1920].| [Later] it rose.");
    }

    #[test]
    fn odd_texts_are_survived() {
        for text in ["", ".", "...", "?! ?!", "”.”", "(", "a. ", "\u{301}.\u{301} A", "。。", "A:B: Photo:", "1. 2. 3."] {
            for span in split(text, Span::new(0, text.len())) {
                assert!(!span.of(text).trim().is_empty());
            }
        }
    }
}
