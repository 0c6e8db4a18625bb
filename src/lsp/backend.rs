//! What tower-lsp calls. It only forwards: tower-lsp runs many of these at once, and only what is forwarded before the first await
//! keeps the order of the client's messages.

use std::{sync::Arc, time::Duration};

use tokio::sync::{
    mpsc::{self, UnboundedSender},
    oneshot,
};
use tower_lsp::{
    Client, LanguageServer,
    jsonrpc::{Error, ErrorCode, Result},
    ls_types::*,
};

use super::{
    check,
    handlers::{self, execute_command},
    library::Library,
    main_loop::{self, Event},
    outbox,
    outlet::Outlet,
    state::{Ask, Draft, Reply, State},
};

/// How long a request may wait for the check of the newest text.
const PATIENCE: Duration = Duration::from_secs(10);

/// The server's side of the connection.
pub(super) struct Backend {
    events: UnboundedSender<Event>,
}

impl Backend {
    /// Starts the main loop and what sends its words to the client.
    pub(super) fn new(client: Client, outlet: Outlet) -> Self {
        let (events, receiver) = mpsc::unbounded_channel();
        let backlog = outlet.backlog();
        let outbox = outbox::start(client, outlet, events.clone());
        let touched = events.clone();
        let library = Library::new(move |paths| drop(touched.send(Event::Touched(paths))));
        let mut state = State::new(outbox, events.clone(), Arc::new(library), Arc::new(check::check));
        state.backlog = backlog;
        tokio::spawn(main_loop::run(state, receiver));
        Self { events }
    }

    fn tell(&self, event: Event) {
        // The main loop ends with the server.
        let _ = self.events.send(event);
    }

    /// Forwards a request and waits for the answer; nothing if it takes too long.
    async fn ask<T: Default>(&self, event: impl FnOnce(Reply<T>) -> Event) -> Result<T> {
        let (reply, answer) = oneshot::channel();
        self.tell(event(reply));
        Ok(tokio::time::timeout(PATIENCE, answer).await.ok().and_then(std::result::Result::ok).unwrap_or_default())
    }
}

impl Backend {
    /// Has a request on a draft answered from the check of its newest text.
    async fn of<T: Default + Send + 'static>(
        &self,
        draft: &Uri,
        handler: impl FnOnce(&State, &Draft) -> T + Send + 'static,
    ) -> Result<T> {
        self.ask(|reply| Event::Ask(draft.clone(), Box::new(Ask { reply, handler }))).await
    }

    /// Has a request answered at once, from what is known.
    async fn now<T: Default + Send + 'static>(&self, handler: impl FnOnce(&State) -> T + Send + 'static) -> Result<T> {
        // A reply fails if the client has cancelled the request.
        self.ask(|reply| Event::Now(Box::new(move |state| drop(reply.send(handler(state)))))).await
    }
}

/// That an answer takes too long: the protocol's `ServerCancelled`, and that the client should ask again.
fn ask_again() -> Error {
    const SERVER_CANCELLED: i64 = -32802;
    let data = Some(serde_json::json!({ "retriggerRequest": true }));
    Error { code: ErrorCode::ServerError(SERVER_CANCELLED), message: "The sources are still being read.".into(), data }
}

impl LanguageServer for Backend {
    async fn initialize(&self, params: InitializeParams) -> Result<InitializeResult> {
        self.ask(|reply| Event::Initialize(Box::new(params), reply)).await
    }

    async fn initialized(&self, _: InitializedParams) {
        self.tell(Event::Initialized);
    }

    async fn shutdown(&self) -> Result<()> {
        Ok(())
    }

    async fn did_open(&self, params: DidOpenTextDocumentParams) {
        self.tell(Event::DidOpen(params));
    }

    async fn did_change(&self, params: DidChangeTextDocumentParams) {
        self.tell(Event::DidChange(params));
    }

    async fn did_save(&self, params: DidSaveTextDocumentParams) {
        self.tell(Event::DidSave(params));
    }

    async fn did_close(&self, params: DidCloseTextDocumentParams) {
        self.tell(Event::DidClose(params));
    }

    async fn did_change_configuration(&self, params: DidChangeConfigurationParams) {
        self.tell(Event::DidChangeConfiguration(params));
    }

    async fn did_change_workspace_folders(&self, params: DidChangeWorkspaceFoldersParams) {
        self.tell(Event::DidChangeWorkspaceFolders(params));
    }

    async fn did_change_watched_files(&self, _: DidChangeWatchedFilesParams) {
        self.tell(Event::Touched(Vec::new()));
    }

    async fn hover(&self, params: HoverParams) -> Result<Option<Hover>> {
        let uri = params.text_document_position_params.text_document.uri.clone();
        self.of(&uri, move |state, draft| handlers::hover::hover(state, draft, &params)).await
    }

    async fn code_action(&self, params: CodeActionParams) -> Result<Option<CodeActionResponse>> {
        let uri = params.text_document.uri.clone();
        self.of(&uri, move |state, draft| handlers::code_action::code_action(state, draft, params)).await
    }

    async fn code_action_resolve(&self, action: CodeAction) -> Result<CodeAction> {
        let Some(uri) = handlers::code_action::deferred(&action) else { return Ok(action) };
        let asked = action.clone();
        let resolved = self.of(&uri, move |state, draft| Some(handlers::code_action::resolve(state, draft, action))).await?;
        Ok(resolved.unwrap_or(asked))
    }

    async fn goto_definition(&self, params: GotoDefinitionParams) -> Result<Option<GotoDefinitionResponse>> {
        let uri = params.text_document_position_params.text_document.uri.clone();
        self.of(&uri, move |state, draft| handlers::definition::definition(state, draft, &params)).await
    }

    async fn references(&self, params: ReferenceParams) -> Result<Option<Vec<Location>>> {
        let uri = params.text_document_position.text_document.uri.clone();
        self.of(&uri, move |state, draft| handlers::references::references(state, draft, &params)).await
    }

    async fn document_symbol(&self, params: DocumentSymbolParams) -> Result<Option<DocumentSymbolResponse>> {
        self.of(&params.text_document.uri, handlers::document_symbol::document_symbol).await
    }

    async fn document_highlight(&self, params: DocumentHighlightParams) -> Result<Option<Vec<DocumentHighlight>>> {
        let uri = params.text_document_position_params.text_document.uri.clone();
        self.of(&uri, move |state, draft| handlers::document_highlight::document_highlight(state, draft, &params)).await
    }

    async fn code_lens(&self, params: CodeLensParams) -> Result<Option<Vec<CodeLens>>> {
        self.of(&params.text_document.uri, handlers::code_lens::code_lens).await
    }

    async fn inlay_hint(&self, params: InlayHintParams) -> Result<Option<Vec<InlayHint>>> {
        let uri = params.text_document.uri.clone();
        self.of(&uri, move |state, draft| handlers::inlay_hint::inlay_hint(state, draft, &params)).await
    }

    async fn semantic_tokens_full(&self, params: SemanticTokensParams) -> Result<Option<SemanticTokensResult>> {
        self.of(&params.text_document.uri, handlers::semantic_tokens::semantic_tokens).await
    }

    async fn diagnostic(&self, params: DocumentDiagnosticParams) -> Result<DocumentDiagnosticReportResult> {
        let (uri, known) = (params.text_document.uri, params.previous_result_id);
        let report = self.of(&uri, move |state, draft| handlers::diagnostic::document(state, draft, known.as_deref())).await?;
        match report {
            Some(report) => Ok(report.into()),
            None if self.now(move |state| state.drafts.contains_key(uri.as_str())).await? => Err(ask_again()),
            None => Ok(DocumentDiagnosticReport::from(RelatedFullDocumentDiagnosticReport::default()).into()),
        }
    }

    async fn workspace_diagnostic(&self, params: WorkspaceDiagnosticParams) -> Result<WorkspaceDiagnosticReportResult> {
        Ok(self.now(move |state| handlers::diagnostic::workspace(state, params)).await?.into())
    }

    async fn completion(&self, params: CompletionParams) -> Result<Option<CompletionResponse>> {
        self.now(move |state| handlers::completion::completion(state, &params)).await
    }

    async fn symbol(&self, params: WorkspaceSymbolParams) -> Result<Option<WorkspaceSymbolResponse>> {
        self.now(move |state| handlers::workspace_symbol::workspace_symbol(state, &params)).await
    }

    async fn execute_command(&self, params: ExecuteCommandParams) -> Result<Option<LSPAny>> {
        let about = || execute_command::about(&params.arguments).ok_or_else(|| Error::invalid_params("the argument is {uri}"));
        match params.command.as_str() {
            execute_command::ACCEPT => {
                let wrong = || Error::invalid_params("the argument is {uri, range, code, reason?, by?}");
                let asked = execute_command::acceptance(&params.arguments).ok_or_else(wrong)?;
                self.ask(|reply| Event::Accept(asked, reply)).await?;
                Ok(None)
            }
            execute_command::CHECK => {
                self.tell(Event::CheckAll);
                Ok(None)
            }
            execute_command::CLAIMS => self.of(&about()?, execute_command::claims).await,
            execute_command::REPORT => self.of(&about()?, execute_command::report).await,
            execute_command::FACTS => {
                let Some(sheet) = self.of(&about()?, execute_command::sheet).await? else { return Ok(None) };
                Ok(tokio::task::spawn_blocking(move || sheet.page()).await.ok().flatten())
            }
            other => Err(Error::invalid_params(format!("there is no command {other}"))),
        }
    }
}
