use std::sync::Arc;

use super::*;
use crate::document::{self, Format};

/// The predicates of a text: `-` before one that is denied, its mode behind it unless it is a fact.
#[track_caller]
fn check(text: &str, expect: &str) {
    let prose = Prose::read(Arc::new(document::parse(text.into(), Format::Plain)));
    let shown: Vec<String> = read(&prose)
        .iter()
        .filter_map(|m| {
            let MentionKind::Statement(s) = m.kind else { return None };
            let mode = if s.mode == Mode::Fact { String::new() } else { format!("/{:?}", s.mode).to_lowercase() };
            Some(format!("{}{}{mode}", if s.denied { "-" } else { "" }, prose.str(s.head)))
        })
        .collect();
    assert_eq!(shown.join(" "), expect, "{text}");
}

#[test]
fn negations() {
    check("The founder has not been arrested.", "-arrested");
    check("The founder hasn’t been arrested.", "-arrested");
    check("She never formally resigned.", "-resigned");
    check("No charges were filed.", "-filed");
    check("The ferry no longer stops there.", "-stops");
    check("Police made no arrests.", "-made -arrests");
    check("He left without paying.", "left -paying");
    check("The council failed to approve the plan.", "failed -approve");
    check("It did not fail to pay.", "-fail pay");
    check("He pleaded not guilty.", "pleaded -guilty");
    check("He is not guilty.", "-guilty");
    check("He pleaded no contest.", "pleaded");
    check("She said no ballots were lost.", "said -lost");
    check("A man with no licence drove the bus.", "drove");
    check("There was no increase in sales.", "-increase");
}

#[test]
fn modes() {
    check("The bank will not raise rates.", "-raise/future");
    check("The bank could raise rates.", "raise/possible");
    check("Did the bank raise rates?", "raise/open");
    check("If the bank raises rates, sales fall.", "raises/open fall");
    check("He denied stealing the boat.", "denied stealing/open");
    check("The shop did not open until Tuesday.", "-open/open");
    check("He not only won, he smiled.", "-won/open smiled");
}
