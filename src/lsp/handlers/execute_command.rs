//! workspace/executeCommand: what the server does itself, so that every editor can have it done.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    sync::Arc,
};

use serde::Deserialize;
use serde_json::Value;
use tower_lsp::ls_types::{MessageType, Range, Uri};

use super::super::{
    check::Found,
    from_proto,
    library::{Library, Place},
    main_loop::Event,
    outbox::Outgoing,
    state::{Draft, State},
    to_proto,
};
use crate::{
    config,
    corpus::archive::{Desk, Scope},
    ide::{self, Accepted, SignOff, Source},
    report::{self, Entry, Run},
};

/// Lets a finding stand, in the ledger beside the draft.
pub(in super::super) const ACCEPT: &str = "copydesk.accept";

/// Checks a draft, or all, and looks at the sources again.
pub(in super::super) const CHECK: &str = "copydesk.check";

/// A draft's mentions by section, with what the sources say of each: for a list beside the text.
pub(in super::super) const CLAIMS: &str = "copydesk.claims";

/// A draft's proof, as a page.
pub(in super::super) const REPORT: &str = "copydesk.report";

/// What the sources of a draft say, as a page.
pub(in super::super) const FACTS: &str = "copydesk.facts";

/// All of them.
pub(in super::super) const ALL: [&str; 5] = [ACCEPT, CHECK, CLAIMS, REPORT, FACTS];

/// The draft that a command is about.
#[derive(Deserialize)]
struct About {
    uri: Uri,
}

/// The draft that the argument `{uri}` of a command names; `None` if it names none.
pub(in super::super) fn about(arguments: &[Value]) -> Option<Uri> {
    serde_json::from_value(arguments.first()?.clone()).ok().map(|About { uri }| uri)
}

/// What [`CLAIMS`] answers; nothing if the draft could not be checked.
pub(in super::super) fn claims(state: &State, draft: &Draft) -> Option<Value> {
    let view = state.view(draft)?;
    serde_json::to_value(to_proto::claims(&view.places, draft.version, view.checked, view.diagnostics)).ok()
}

/// What [`REPORT`] answers; nothing if the draft could not be checked.
pub(in super::super) fn report(_: &State, draft: &Draft) -> Option<Value> {
    let outcome = draft.outcome()?;
    let Found::Checked { checked, desk, .. } = &outcome.found else { return None };
    let path = from_proto::path(&draft.uri);
    let name = path.and_then(|path| Some(path.file_name()?.to_string_lossy().into_owned()));
    let settings = outcome.settings();
    let entry = Entry {
        path: name.unwrap_or_else(|| "this draft".to_owned()),
        checked: (**checked).clone(),
        severity: Box::new(move |code| settings.severity(code)),
    };
    let sources = desk.as_ref().map_or(0, |desk| desk.count());
    Some(report::html::report(&Run { drafts: &[entry], sources, problems: &[] }).into())
}

/// What a fact sheet is made from: it may take seconds, so a worker makes it.
pub(in super::super) struct Sheet {
    library: Arc<Library>,
    place: Place,
    desk: Arc<Desk>,
}

/// What [`FACTS`] is answered from; nothing if the draft could not be checked.
pub(in super::super) fn sheet(state: &State, draft: &Draft) -> Option<Sheet> {
    let outcome = draft.outcome()?;
    let Found::Checked { desk: Some(desk), .. } = &outcome.found else { return None };
    Some(Sheet { library: state.library.clone(), place: outcome.sources()?.clone(), desk: desk.clone() })
}

impl Sheet {
    /// The page; `None` if the sources cannot be read any more.
    pub(in super::super) fn page(&self) -> Option<Value> {
        catch_unwind(AssertUnwindSafe(|| self.make())).ok().flatten()
    }

    fn make(&self) -> Option<Value> {
        let sources: Vec<Arc<Source>> = self.desk.sources().cloned().collect();
        let archive = self.library.get(&self.place, &|_| {}).ok()?;
        let check = |source: &Arc<Source>| {
            let scope = Scope { draft: Some(Path::new(&source.location)), since: None };
            let desk = archive.desk_with(&ide::queries(&source.reading), scope, self.desk.known_beside(source)).ok()?;
            Some(ide::check_with(Arc::new(source.reading.clone()), &desk, self.library.outlines()))
        };
        let checked: Vec<ide::Checked> = sources.iter().map(check).collect::<Option<_>>()?;
        Some(report::facts::html(&ide::fact_sheet(&sources, &checked), sources.len()).into())
    }
}

/// What [`ACCEPT`] needs to know.
#[derive(Deserialize)]
pub(in super::super) struct Acceptance {
    pub(in super::super) uri: Uri,
    /// The words that the finding is about.
    range: Range,
    code: String,
    reason: Option<String>,
    by: Option<String>,
}

/// The argument of [`ACCEPT`]; `None` if it is none.
pub(in super::super) fn acceptance(arguments: &[Value]) -> Option<Acceptance> {
    serde_json::from_value(arguments.first()?.clone()).ok()
}

/// The entry of the ledger that lets a finding stand, and the draft that the ledger is of.
///
/// # Errors
/// If there is no such finding by now, or the draft has no file.
pub(in super::super) fn entry(state: &State, draft: &Draft, asked: Acceptance) -> Result<(PathBuf, Accepted), String> {
    let path = from_proto::path(&draft.uri).ok_or("Save the draft first: what is accepted is written into a file beside it.")?;
    let gone = "There is no such finding in the draft any more.";
    let view = state.view(draft).ok_or(gone)?;
    let is_asked = |d: &&crate::ide::Diagnostic| d.code.name() == asked.code && view.places.range(d.span) == asked.range;
    let found = view.diagnostics.iter().find(is_asked).ok_or(gone)?;
    let date = jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date().to_string();
    let signed = SignOff { reason: asked.reason, by: asked.by, date: Some(date) };
    Ok((path, Accepted::of(view.checked, found.verdict, signed).ok_or(gone)?))
}

/// Has the entry written by a worker, and the draft checked again.
pub(in super::super) fn accept(state: &State, key: String, entry: Result<(PathBuf, Accepted), String>) {
    match entry {
        Err(message) => state.send(Outgoing::Show(MessageType::WARNING, format!("copydesk: {message}"))),
        Ok((path, entry)) => state.work(move || Event::Accepted(key, config::accept(&path, &entry))),
    }
}
