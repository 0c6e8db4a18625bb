//! `copydesk stages query`: what leaves this machine.

use std::{fmt::Write as _, path::Path};

use crate::{
    cli::{Error, complain, draft::Draft, print},
    config,
    corpus::{
        engine::{Auth, Engine},
        remote::Remote,
    },
    ide,
};

/// Prints the requests that a check of the draft makes, where nothing is known yet.
pub(super) fn run(draft: &Path) -> Result<(), Error> {
    let draft = Draft::read(draft, true)?;
    let settings = config::find(draft.path.as_deref(), None)?;
    let Some(engine) = settings.archive() else {
        let note = format!("{}: no archive is named in {}, so nothing is sent", draft.name, config::FILE);
        complain(&Error::Message(note));
        return Ok(());
    };
    if let Some(why) = &engine.refused {
        complain(&Error::Message(format!("nothing of this is sent: {why}")));
    }
    let remote = Remote::new(engine.clone());
    let since = settings.archive_since(&draft.meta);
    for (url, body) in remote.shown(&ide::queries(&draft.reading), since)? {
        print(&request(engine, &url, &body))?;
    }
    Ok(())
}

fn request(engine: &Engine, url: &str, body: &str) -> String {
    let mut out = format!("POST {url}\n");
    if let Some(auth) = engine.nodes.first().and_then(|node| node.auth.as_ref()) {
        let from = match auth {
            Auth::Variable(name) => format!("the variable {name}"),
            Auth::Command(command) => command.join(" "),
        };
        let _ = writeln!(out, "Authorization: (from {from})");
    }
    let _ = write!(out, "Content-Type: application/x-ndjson\n\n{body}");
    out
}
