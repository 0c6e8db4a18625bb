//! Why a mention was judged as it was, in a sentence or two.

use crate::{
    claim::MentionKind,
    verdict::{Mismatch, PassedOver, Reason, Verdict, Veto, Weighing, statement},
};

/// Whether a reason is told by what was weighed, without other sentences of the sources.
pub(super) fn is_weighed(reason: Reason) -> bool {
    use Reason::{Agrees, Coarser, Differs, MayFollow, Newer, Unclaimed, Unsure};
    matches!(reason, Differs | Agrees | Unsure | Coarser | Unclaimed | MayFollow | Newer)
}

/// Why a counterpart is not heard.
pub(super) fn passed_over(why: PassedOver) -> &'static str {
    match why {
        PassedOver::OtherTopic => "its sentence shares too little with the draft's",
        PassedOver::Within => "it is a part of the draft's name, or that of it",
    }
}

/// A probability against the least that is needed.
pub(super) fn threshold(probability: f32, least: f32, part: &str) -> String {
    let only = if probability >= least { "" } else { " only" };
    format!("Wrong with probability {probability:.2}{only}; a {part} is called contradicted from {least:.2} on.")
}

/// Why a statement is told, or not.
pub(super) fn statement(weighed: &statement::Weighed<'_>) -> String {
    let agrees = match weighed.agrees {
        None => "nothing agrees".to_owned(),
        Some(agrees) => format!("what agrees comes to {agrees:.2}"),
    };
    let told = if weighed.is_refuted() { "contradicted" } else { "not contradicted" };
    format!(
        "Called {told}: what differs comes to {:.2} of at least {:.2}, and must exceed what agrees by {:.2}; {agrees}.",
        weighed.against.score,
        statement::LEAST,
        statement::MARGIN
    )
}

/// Why a mention was judged so.
pub(super) fn why(verdict: &Verdict, kind: &MentionKind, weighing: Option<&Weighing<'_>>) -> String {
    let mut out: Vec<String> = Vec::new();
    let part = verdict.reason.part(kind);
    let veto = weighing.and_then(|w| w.veto);
    let loudest = weighing.and_then(|w| w.loudest.map(|(_, probability)| threshold(probability, w.least, part)));
    let differs = || {
        match veto {
        Some(Veto::Doubtful) => "It may not be a name at all, so nothing is held against it.".to_owned(),
        Some(Veto::Apparatus) => "It says who wrote this, where, or after whom, so nothing is held against it.".to_owned(),
        Some(Veto::Copied) => {
            "Copied: a source has this sentence word for word, or this in the same place of one that says as much; nothing is held \
             against it."
                .to_owned()
        }
        None => match (loudest, weighing.is_some_and(|w| w.differs.is_empty())) {
            (Some(told), _) if part != "superlative" => told,
            (Some(_), _) => "A passage on the same thing ranks it by the same scale, and nothing that agrees stands near.".to_owned(),
            (None, true) => "Nothing differs.".to_owned(),
            (None, false) => "All that differs is passed over.".to_owned(),
        },
    }
    };
    let agrees = |enough_said: bool| match weighing.and_then(|w| w.agrees.as_ref().map(|a| (a.pair.score, w.enough))) {
        None => "Nothing agrees.".to_owned(),
        Some((score, enough)) if score >= enough || enough_said => {
            format!("What agrees is aligned with {score:.2}; {enough:.2} is enough.")
        }
        Some((score, enough)) => format!("What agrees is aligned with {score:.2} only; {enough:.2} would be enough."),
    };
    match verdict.reason {
        Reason::Differs => out.push(differs()),
        Reason::Agrees => out.extend([agrees(true), differs()]),
        Reason::Unsure => out.extend([agrees(false), differs()]),
        Reason::Coarser => out.extend([differs(), "The sources say less than this, or more, but no other thing.".to_owned()]),
        Reason::Points => out.push("Decided by what is in percent and what in percentage points.".to_owned()),
        Reason::SpokenFor => out.push("What differs is what another mention of the draft agrees with.".to_owned()),
        Reason::Stranger => {
            let stranger = "But that source has no word on what the draft says around it.".to_owned();
            out.extend([differs(), stranger]);
        }
        Reason::Unclaimed => out.extend([differs(), "It claims nothing that could be looked up.".to_owned()]),
        Reason::Derived => {
            out.push("It follows from what the sources give, taken together: the sentences that agree.".to_owned())
        }
        Reason::MayFollow => {
            out.extend([differs(), "But it may follow from what the sources give, taken together.".to_owned(), agrees(false)]);
        }
        Reason::Newer => {
            let newer = "But what agrees is newer, or the sources speak of two things.".to_owned();
            out.extend([differs(), newer, agrees(false)]);
        }
        Reason::Grown => out.push("Sources against each other: what differs is a later figure of a tally that grew.".to_owned()),
        Reason::Revised => {
            out.push("Sources against each other: what differs stands in a later version of the story.".to_owned())
        }
        Reason::Disputed => {
            out.push("Sources against each other: one agrees, another differs in the same place, neither is later.".to_owned());
        }
        Reason::Age => out.push("Decided by all that the sources give of this person's age or birth.".to_owned()),
        Reason::Period => out.push("Decided by the periods that the sources compare their figures with.".to_owned()),
        Reason::Quoted => out.push("Quoted word for word, and nobody else is said to have said it.".to_owned()),
        Reason::Unquoted => out.push("The passages found have neither these words nor nearly these.".to_owned()),
        Reason::Words => out.push("The passages found have nearly these words, or quote others in their place.".to_owned()),
        Reason::Speaker => out.push("The words are there, but by another speaker.".to_owned()),
        Reason::Role => out.push("Decided by the roles that the sources give its bearer.".to_owned()),
        Reason::Statement => out.push("Decided by the opposite statement.".to_owned()),
        Reason::Unheard => out.push("Not all sources have been heard: the archive has not answered.".to_owned()),
        Reason::ToldOnce => out.push("Not told twice: the verdict on a quotation says it.".to_owned()),
    }
    if verdict.mismatch == Some(Mismatch::Weekday) {
        out.push("The weekday is told by the calendar, without any source.".to_owned());
    }
    if matches!(verdict.mismatch, Some(Mismatch::Itself(_))) {
        out.push("The other figure is the draft's own, whatever the sources say.".to_owned());
    }
    out.join(" ")
}
