//! All mentions of a draft, for a list beside the text.

use serde::Serialize;
use tower_lsp::ls_types::{Range, Uri};

use super::{Places, Sources};
use crate::{
    ide::{self, Checked, Code, Finding, SignOff, Stance, Verdict},
    report::json,
};

/// The mentions of a draft. Ranges are as the client counts them.
#[derive(Serialize)]
pub(in super::super) struct Claims {
    /// The version of the text that they are in.
    version: i32,
    sections: Vec<Section>,
}

#[derive(Serialize)]
struct Section {
    /// Empty before the first heading.
    title: String,
    range: Range,
    mentions: Vec<Mention>,
}

#[derive(Serialize)]
struct Mention {
    range: Range,
    text: String,
    kind: &'static str,
    label: &'static str,
    code: Option<&'static str>,
    severity: Option<&'static str>,
    message: Option<String>,
    replacement: Option<String>,
    confidence: f32,
    /// Who let it stand, and why; null if nobody did.
    signed_off: Option<Signed>,
    evidence: Vec<Evidence>,
}

#[derive(Serialize)]
struct Signed {
    reason: Option<String>,
    by: Option<String>,
    date: Option<String>,
}

#[derive(Serialize)]
struct Evidence {
    source: String,
    uri: Option<Uri>,
    /// The sentence; the beginning of a file that an editor shows otherwise than it is read. Null if the source has no address.
    range: Option<Range>,
    title: Option<String>,
    published: Option<String>,
    stance: &'static str,
    quote: String,
}

/// The mentions of a checked draft by the sections they begin in; sections without one are left out.
pub(in super::super) fn claims(places: &Places, version: i32, checked: &Checked, found: &[ide::Diagnostic]) -> Claims {
    let mut sources = Sources::new(places.encoding);
    let mut mentions: Vec<(u32, Mention)> = Vec::with_capacity(checked.verdicts.len());
    for (i, verdict) in checked.verdicts.iter().enumerate() {
        let severity = found.iter().find(|d| d.verdict == i).map(|d| json::severity_name(d.severity));
        let signed = checked.signed.get(&i);
        mentions.push((verdict.span(&checked.draft).start, mention(places, checked, verdict, severity, signed, &mut sources)));
    }
    let mut sections = Vec::new();
    for section in ide::sections(&checked.draft) {
        let (here, rest) = mentions.into_iter().partition(|(start, _)| *start < section.own.end);
        mentions = rest;
        let here: Vec<Mention> = here.into_iter().map(|(_, mention)| mention).collect();
        if !here.is_empty() {
            sections.push(Section { title: section.title, range: places.range(section.own), mentions: here });
        }
    }
    Claims { version, sections }
}

fn mention(
    places: &Places,
    checked: &Checked,
    verdict: &Verdict,
    severity: Option<&'static str>,
    signed: Option<&SignOff>,
    sources: &mut Sources,
) -> Mention {
    let span = verdict.span(&checked.draft);
    Mention {
        range: places.range(span),
        text: span.of(places.text).to_owned(),
        kind: json::kind(&checked.draft.mentions[verdict.mention as usize].kind),
        label: json::label(verdict.label),
        code: Code::of(verdict).map(Code::name),
        severity,
        message: verdict.message.clone(),
        replacement: verdict.fix.as_ref().map(|(_, text)| text.clone()),
        confidence: verdict.confidence,
        signed_off: signed.map(|s| Signed { reason: s.reason.clone(), by: s.by.clone(), date: s.date.clone() }),
        evidence: verdict.findings.iter().map(|finding| evidence(finding, sources)).collect(),
    }
}

fn evidence(finding: &Finding, sources: &mut Sources) -> Evidence {
    let place = sources.location(&finding.source, finding.quote);
    let document = &finding.source.reading.prose.document;
    Evidence {
        source: finding.source.path.clone(),
        uri: place.as_ref().map(|place| place.uri.clone()),
        range: place.map(|place| place.range),
        title: document.meta.title.clone(),
        published: document.meta.published.map(|date| date.to_string()),
        stance: match finding.stance {
            Stance::Supports => "supports",
            Stance::Refutes(_) => "refutes",
        },
        quote: finding.quote.of(&document.text).to_owned(),
    }
}
