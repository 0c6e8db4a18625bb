//! What goes to the client, in order, sent by a task of its own: whoever puts something in never waits.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use serde_json::{Value, json};
use tokio::sync::mpsc::{self, UnboundedReceiver, UnboundedSender};
use tower_lsp::{Client, ls_types::*};

use super::{main_loop::Event, outlet::Outlet, status::StatusChanged};
use crate::corpus::archive::Progress;

/// How long a client may take to answer.
const PATIENCE: Duration = Duration::from_secs(30);

/// Something for the client.
#[derive(Debug)]
pub(super) enum Outgoing {
    /// The diagnostics of a draft, put into words.
    Publish { uri: Arc<str>, body: Arc<String> },
    /// How a draft stands.
    Status(Value),
    /// A line in the log.
    Log(MessageType, String),
    /// A message to the user.
    Show(MessageType, String),
    /// Ask for the settings; the answer comes as an event.
    AskSettings,
    /// Ask to be told when the settings change.
    RegisterSettings,
    /// Have something that the client has asked for be asked for again.
    Refresh(Refresh),
    /// How far the reading of sources under this number has come; `None`: to its end.
    Progress(u64, Option<Progress>),
}

/// What a client may be told to ask for again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refresh {
    Diagnostics,
    Hints,
    Lenses,
    Tokens,
}

/// Starts the task that sends.
pub(super) fn start(client: Client, outlet: Outlet, events: UnboundedSender<Event>) -> UnboundedSender<Outgoing> {
    let (sender, mut receiver) = mpsc::unbounded_channel();
    tokio::spawn(async move {
        let mut readings = BTreeMap::new();
        while let Some(outgoing) = receiver.recv().await {
            match outgoing {
                Outgoing::Publish { uri, body } => outlet.publish(uri, body),
                Outgoing::Status(status) => client.send_notification::<StatusChanged>(status).await,
                Outgoing::Log(kind, message) => client.log_message(kind, message).await,
                Outgoing::Show(kind, message) => client.show_message(kind, message).await,
                // Requests are awaited by tasks of their own: a client may answer late or never.
                Outgoing::AskSettings => drop(tokio::spawn(ask_settings(client.clone(), events.clone()))),
                Outgoing::RegisterSettings => drop(tokio::spawn(register_settings(client.clone()))),
                Outgoing::Refresh(what) => drop(tokio::spawn(refresh(client.clone(), what))),
                Outgoing::Progress(number, Some(progress)) => {
                    let reading = readings.entry(number).or_insert_with(|| {
                        let (sender, receiver) = mpsc::unbounded_channel();
                        tokio::spawn(show_reading(client.clone(), number, receiver));
                        sender
                    });
                    let _ = reading.send(progress);
                }
                // The end of the channel is the end of the reading.
                Outgoing::Progress(number, None) => drop(readings.remove(&number)),
            }
        }
    });
    sender
}

async fn ask_settings(client: Client, events: UnboundedSender<Event>) {
    let item = ConfigurationItem { scope_uri: None, section: Some("copydesk".to_owned()) };
    match tokio::time::timeout(PATIENCE, client.configuration(vec![item])).await {
        Ok(Ok(mut answers)) if !answers.is_empty() => drop(events.send(Event::Settings(answers.swap_remove(0)))),
        Ok(Ok(_)) => {}
        Ok(Err(error)) => tracing::warn!("the client does not tell its settings: {error}"),
        Err(_) => tracing::warn!("the client does not tell its settings"),
    }
}

async fn register_settings(client: Client) {
    let registration = Registration {
        id: "copydesk-settings".to_owned(),
        method: "workspace/didChangeConfiguration".to_owned(),
        register_options: Some(json!({ "section": "copydesk" })),
    };
    match tokio::time::timeout(PATIENCE, client.register_capability(vec![registration])).await {
        Ok(Ok(())) => {}
        Ok(Err(error)) => tracing::warn!("the client will not tell when its settings change: {error}"),
        Err(_) => tracing::warn!("the client does not say whether it will tell when its settings change"),
    }
}

async fn refresh(client: Client, what: Refresh) {
    let asked = async {
        match what {
            Refresh::Diagnostics => client.workspace_diagnostic_refresh().await,
            Refresh::Hints => client.inlay_hint_refresh().await,
            Refresh::Lenses => client.code_lens_refresh().await,
            Refresh::Tokens => client.semantic_tokens_refresh().await,
        }
    };
    if let Ok(Err(error)) = tokio::time::timeout(PATIENCE, asked).await {
        tracing::warn!("the client does not ask again: {error}");
    }
}

/// Shows one reading of sources as work in progress, until the channel ends.
async fn show_reading(client: Client, number: u64, mut steps: UnboundedReceiver<Progress>) {
    let token = NumberOrString::String(format!("copydesk-reading-{number}"));
    let params = WorkDoneProgressCreateParams { token: token.clone() };
    let created = tokio::time::timeout(PATIENCE, client.send_request::<request::WorkDoneProgressCreate>(params)).await;
    if !matches!(created, Ok(Ok(()))) {
        return;
    }
    let tell = |value| {
        let value = ProgressParamsValue::WorkDone(value);
        client.send_notification::<notification::Progress>(ProgressParams { token: token.clone(), value })
    };
    let begin = WorkDoneProgressBegin {
        title: "copydesk: reading sources".to_owned(),
        cancellable: Some(false),
        message: None,
        percentage: Some(0),
    };
    tell(WorkDoneProgress::Begin(begin)).await;
    while let Some(step) = steps.recv().await {
        let report = WorkDoneProgressReport {
            cancellable: Some(false),
            message: Some(format!("{} of {}", step.done, step.total)),
            percentage: Some(step.percent() as u32),
        };
        tell(WorkDoneProgress::Report(report)).await;
    }
    tell(WorkDoneProgress::End(WorkDoneProgressEnd { message: None })).await;
}
