//! What the client can take and what the server offers.

use tower_lsp::ls_types::*;

use super::{handlers::execute_command, to_proto};
use crate::text::PositionEncoding;

/// What a figure or a quotation begins with.
const TRIGGERS: [&str; 12] = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "\"", "“"];

/// What the client can take.
#[derive(Clone, Debug, Default)]
pub(super) struct Abilities {
    /// What columns count, if the client has said; else UTF-16.
    pub(super) encoding: Option<PositionEncoding>,
    /// Hovers in Markdown.
    pub(super) markdown: bool,
    /// Diagnostics that point to other places.
    pub(super) related: bool,
    /// Diagnostics with the address of a page on their code.
    pub(super) code_description: bool,
    /// Diagnostics with data of ours.
    pub(super) data: bool,
    /// Edits that name the version they are for.
    pub(super) document_changes: bool,
    /// Code actions with an edit in them, not commands alone.
    pub(super) actions: bool,
    /// To ask for the edit of an action when it is chosen.
    pub(super) resolves: bool,
    /// To have commands carried out.
    pub(super) commands: bool,
    /// Code actions that are marked as the best.
    pub(super) preferred: bool,
    /// Places with the range that they are gone to from.
    pub(super) links: bool,
    /// The outline of a draft.
    pub(super) symbols: bool,
    /// An outline that is a tree.
    pub(super) nested_symbols: bool,
    /// Lines above the sections of a draft.
    pub(super) lenses: bool,
    /// To show them anew when it is told to.
    pub(super) refreshes_lenses: bool,
    /// What may be meant while something is written.
    pub(super) completion: bool,
    /// Plain text beside that, and not only text of which nobody knows whether it is plain.
    pub(super) plain_documentation: bool,
    /// A few words within the lines.
    pub(super) hints: bool,
    /// To show them anew when it is told to.
    pub(super) refreshes_hints: bool,
    /// Marked words.
    pub(super) tokens: bool,
    /// To show them anew when it is told to.
    pub(super) refreshes_tokens: bool,
    /// That it asks for diagnostics, and is not sent any.
    pub(super) pulls: bool,
    /// To ask for them again when it is told to.
    pub(super) refreshes_diagnostics: bool,
    /// Questions for its settings.
    pub(super) configuration: bool,
    /// Progress of work that it has not asked for.
    pub(super) progress: bool,
    /// To be asked to tell when its settings change.
    pub(super) registers_configuration: bool,
    /// Our own notification of how a draft stands.
    pub(super) status: bool,
}

impl Abilities {
    /// What the client declares.
    pub(super) fn of(client: &ClientCapabilities) -> Self {
        let document = client.text_document.as_ref();
        let workspace = client.workspace.as_ref();
        let diagnostics = document.and_then(|d| d.publish_diagnostics.as_ref());
        let actions = document.and_then(|d| d.code_action.as_ref());
        let completion = document.and_then(|d| d.completion.as_ref());
        let definition = document.and_then(|d| d.definition.as_ref());
        let symbols = document.and_then(|d| d.document_symbol.as_ref());
        Self {
            encoding: client.general.as_ref().and_then(|g| g.position_encodings.as_ref()).map(|offered| {
                // In the client's order; one that offers nothing we know has to take the protocol's default.
                offered.iter().find_map(encoding).unwrap_or_default()
            }),
            markdown: document
                .and_then(|d| d.hover.as_ref()?.content_format.as_ref())
                .is_some_and(|formats| formats.contains(&MarkupKind::Markdown)),
            related: diagnostics.and_then(|d| d.related_information) == Some(true),
            code_description: diagnostics.and_then(|d| d.code_description_support) == Some(true),
            data: diagnostics.and_then(|d| d.data_support) == Some(true),
            document_changes: workspace.and_then(|w| w.workspace_edit.as_ref()?.document_changes) == Some(true),
            actions: actions.is_some_and(|a| a.code_action_literal_support.is_some()),
            resolves: actions
                .filter(|a| a.data_support == Some(true))
                .and_then(|a| a.resolve_support.as_ref())
                .is_some_and(|can| can.properties.iter().any(|property| property == "edit")),
            preferred: actions.and_then(|a| a.is_preferred_support) == Some(true),
            commands: workspace.is_some_and(|w| w.execute_command.is_some()),
            links: definition.and_then(|d| d.link_support) == Some(true),
            symbols: symbols.is_some(),
            nested_symbols: symbols.and_then(|s| s.hierarchical_document_symbol_support) == Some(true),
            lenses: document.is_some_and(|d| d.code_lens.is_some()),
            refreshes_lenses: workspace.and_then(|w| w.code_lens.as_ref()?.refresh_support) == Some(true),
            hints: document.is_some_and(|d| d.inlay_hint.is_some()),
            refreshes_hints: workspace.and_then(|w| w.inlay_hint.as_ref()?.refresh_support) == Some(true),
            tokens: document.is_some_and(|d| d.semantic_tokens.is_some()),
            refreshes_tokens: workspace.and_then(|w| w.semantic_tokens.as_ref()?.refresh_support) == Some(true),
            pulls: false,
            refreshes_diagnostics: workspace.and_then(|w| w.diagnostics.as_ref()?.refresh_support) == Some(true),
            completion: completion.is_some(),
            plain_documentation: completion
                .and_then(|c| c.completion_item.as_ref()?.documentation_format.as_ref())
                .is_some_and(|formats| formats.contains(&MarkupKind::PlainText)),
            progress: client.window.as_ref().and_then(|w| w.work_done_progress) == Some(true),
            configuration: workspace.and_then(|w| w.configuration) == Some(true),
            registers_configuration: workspace.and_then(|w| w.did_change_configuration.as_ref()?.dynamic_registration)
                == Some(true),
            status: client.experimental.as_ref().is_some_and(|ours| ours["copydeskStatus"] == true),
        }
    }

    /// Has the client ask for diagnostics, if it can: it has said that it wants to. Both ways at once would show everything twice.
    pub(super) fn pull(&mut self, client: &ClientCapabilities) {
        let Some(asks) = client.text_document.as_ref().and_then(|d| d.diagnostic.as_ref()) else { return };
        self.pulls = true;
        self.related |= asks.related_information == Some(true);
        self.code_description |= asks.code_description_support == Some(true);
        self.data |= asks.data_support == Some(true);
    }

    /// What columns count.
    pub(super) fn columns(&self) -> PositionEncoding {
        self.encoding.unwrap_or_default()
    }

    /// What the server offers such a client.
    pub(super) fn answer(&self) -> InitializeResult {
        let save = SaveOptions { include_text: Some(false) };
        InitializeResult {
            capabilities: ServerCapabilities {
                position_encoding: self.encoding.map(|encoding| match encoding {
                    PositionEncoding::Utf8 => PositionEncodingKind::UTF8,
                    PositionEncoding::Utf16 => PositionEncodingKind::UTF16,
                    PositionEncoding::Utf32 => PositionEncodingKind::UTF32,
                }),
                text_document_sync: Some(TextDocumentSyncCapability::Options(TextDocumentSyncOptions {
                    open_close: Some(true),
                    change: Some(TextDocumentSyncKind::INCREMENTAL),
                    save: Some(TextDocumentSyncSaveOptions::SaveOptions(save)),
                    ..TextDocumentSyncOptions::default()
                })),
                hover_provider: Some(HoverProviderCapability::Simple(true)),
                code_action_provider: self.actions.then(|| {
                    CodeActionProviderCapability::Options(CodeActionOptions {
                        code_action_kinds: Some(vec![CodeActionKind::QUICKFIX, to_proto::fix_all()]),
                        resolve_provider: self.resolves.then_some(true),
                        ..CodeActionOptions::default()
                    })
                }),
                execute_command_provider: self.commands.then(|| ExecuteCommandOptions {
                    commands: execute_command::ALL.map(str::to_owned).to_vec(),
                    ..ExecuteCommandOptions::default()
                }),
                // Some clients can do these and do not say so (Kate), and one that cannot never asks.
                definition_provider: Some(OneOf::Left(true)),
                references_provider: Some(OneOf::Left(true)),
                document_symbol_provider: self.symbols.then_some(OneOf::Left(true)),
                workspace_symbol_provider: Some(OneOf::Left(true)),
                document_highlight_provider: Some(OneOf::Left(true)),
                inlay_hint_provider: self.hints.then_some(OneOf::Left(true)),
                semantic_tokens_provider: self.tokens.then(|| {
                    SemanticTokensOptions {
                        legend: to_proto::legend(),
                        full: Some(SemanticTokensFullOptions::Bool(true)),
                        ..SemanticTokensOptions::default()
                    }
                    .into()
                }),
                diagnostic_provider: self.pulls.then(|| {
                    DiagnosticServerCapabilities::Options(DiagnosticOptions {
                        identifier: Some("copydesk".to_owned()),
                        // An edit of one draft changes nothing in another.
                        inter_file_dependencies: false,
                        workspace_diagnostics: true,
                        ..DiagnosticOptions::default()
                    })
                }),
                code_lens_provider: self.lenses.then_some(CodeLensOptions { resolve_provider: None }),
                completion_provider: self.completion.then(|| CompletionOptions {
                    // Letters trigger it by themselves.
                    trigger_characters: Some(TRIGGERS.map(str::to_owned).to_vec()),
                    ..CompletionOptions::default()
                }),
                workspace: Some(WorkspaceServerCapabilities {
                    workspace_folders: Some(WorkspaceFoldersServerCapabilities {
                        supported: Some(true),
                        change_notifications: Some(OneOf::Left(true)),
                    }),
                    ..WorkspaceServerCapabilities::default()
                }),
                ..ServerCapabilities::default()
            },
            server_info: Some(ServerInfo {
                name: env!("CARGO_PKG_NAME").to_owned(),
                version: Some(env!("CARGO_PKG_VERSION").to_owned()),
            }),
            ..InitializeResult::default()
        }
    }
}

fn encoding(kind: &PositionEncodingKind) -> Option<PositionEncoding> {
    match kind.as_str() {
        "utf-8" => Some(PositionEncoding::Utf8),
        "utf-16" => Some(PositionEncoding::Utf16),
        "utf-32" => Some(PositionEncoding::Utf32),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn of(client: Value) -> Abilities {
        Abilities::of(&serde_json::from_value(client).unwrap())
    }

    #[track_caller]
    fn check_encoding(offered: Value, expect: Option<&str>) {
        let answer = of(json!({"general": {"positionEncodings": offered}})).answer();
        assert_eq!(answer.capabilities.position_encoding.as_ref().map(|k| k.as_str()), expect);
    }

    #[test]
    fn the_first_encoding_that_both_know() {
        check_encoding(json!(["utf-8", "utf-16", "utf-32"]), Some("utf-8"));
        check_encoding(json!(["utf-32", "utf-16"]), Some("utf-32"));
        check_encoding(json!(["utf-7", "utf-16"]), Some("utf-16"));
        check_encoding(json!(["utf-7"]), Some("utf-16"));
        check_encoding(json!([]), Some("utf-16"));
        check_encoding(Value::Null, None);
    }

    #[test]
    fn no_more_than_the_client_takes() {
        let none = of(json!({}));
        assert!(
            !none.markdown && !none.document_changes && !none.data && none.answer().capabilities.code_action_provider.is_none()
        );
        let some = of(json!({
            "textDocument": {"hover": {"contentFormat": ["plaintext", "markdown"]},
                "codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": []}}}},
            "workspace": {"workspaceEdit": {"documentChanges": true}}
        }));
        let navigation = of(json!({
            "textDocument": {"definition": {"linkSupport": true}, "documentSymbol": {"hierarchicalDocumentSymbolSupport": true}}
        }));
        assert!(navigation.links && navigation.nested_symbols);
        let offers = navigation.answer().capabilities;
        assert!(offers.document_symbol_provider.is_some());
        let offers = none.answer().capabilities;
        assert!(offers.document_symbol_provider.is_none());
        // Whoever cannot do this does not ask.
        assert!(offers.definition_provider.is_some() && offers.references_provider.is_some());
        assert!(offers.workspace_symbol_provider.is_some() && offers.document_highlight_provider.is_some());
        assert!(some.markdown && some.document_changes && some.answer().capabilities.code_action_provider.is_some());
    }
    #[test]
    fn what_is_shown_in_a_draft() {
        let none = of(json!({})).answer().capabilities;
        assert!(none.code_lens_provider.is_none() && none.inlay_hint_provider.is_none() && none.completion_provider.is_none());
        assert!(none.semantic_tokens_provider.is_none());
        let some = of(json!({
            "textDocument": {"codeLens": {}, "inlayHint": {}, "completion": {"completionItem": {"documentationFormat": ["plaintext"]}},
                "semanticTokens": {"requests": {"full": true}, "tokenTypes": [], "tokenModifiers": [], "formats": ["relative"]}},
            "workspace": {"codeLens": {"refreshSupport": true}, "inlayHint": {"refreshSupport": true},
                "semanticTokens": {"refreshSupport": true}}
        }));
        assert!(some.plain_documentation && some.refreshes_lenses && some.refreshes_hints && some.refreshes_tokens);
        let offers = some.answer().capabilities;
        assert!(offers.code_lens_provider.is_some() && offers.inlay_hint_provider.is_some());
        assert!(offers.completion_provider.is_some() && offers.semantic_tokens_provider.is_some());
    }

    #[test]
    fn diagnostics_are_asked_for_by_those_who_can_and_want_to() {
        let pulling = |client: Value| {
            let client: ClientCapabilities = serde_json::from_value(client).unwrap();
            let mut abilities = Abilities::of(&client);
            assert!(abilities.answer().capabilities.diagnostic_provider.is_none());
            abilities.pull(&client);
            abilities
        };
        let none = pulling(json!({}));
        assert!(!none.pulls && none.answer().capabilities.diagnostic_provider.is_none());
        let some = pulling(json!({"textDocument": {"diagnostic": {"relatedInformation": true, "dataSupport": true}}}));
        assert!(some.pulls && some.related && some.data && some.answer().capabilities.diagnostic_provider.is_some());
    }
}
