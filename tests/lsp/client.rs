//! A small language client that drives the real program over its standard input and output.

use std::{
    io::{BufReader, Write as _},
    process::{Child, ChildStdin, Command, ExitStatus, Stdio},
    sync::mpsc::{self, Receiver},
    thread,
    time::{Duration, Instant},
};

use serde_json::{Value, json};

/// How long anything may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// When requests of the server are answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Manners {
    /// At once.
    Prompt,
    /// When [`Client::answer_late`] is called.
    Late,
    /// Never.
    Never,
}

/// A client with a server of its own.
pub(crate) struct Client {
    server: Child,
    stdin: Option<ChildStdin>,
    incoming: Receiver<Value>,
    /// Everything that came, in order.
    pub(crate) seen: Vec<Value>,
    next_id: i64,
    manners: Manners,
    unanswered: Vec<Value>,
    log: Vec<Value>,
    /// What it answers when it is asked for its settings.
    pub(crate) settings: Value,
}

impl Client {
    /// Starts a server and shakes hands; `capabilities` are the client's.
    pub(crate) fn start(root: Option<&std::path::Path>, capabilities: &Value, manners: Manners) -> Self {
        let root = root.map(file_uri);
        let params = json!({"processId": null, "rootUri": root, "capabilities": capabilities});
        Self::start_with(params, manners).0
    }

    /// Starts a server with these `initialize` parameters; gives its answer too.
    pub(crate) fn start_with(params: Value, manners: Manners) -> (Self, Value) {
        Self::start_where(params, manners, &[])
    }

    /// The same, with these variables of the environment.
    pub(crate) fn start_where(params: Value, manners: Manners, variables: &[(&str, &std::path::Path)]) -> (Self, Value) {
        let mut server = Command::new(env!("CARGO_BIN_EXE_copydesk"))
            .args(["lsp", "--stdio"])
            .envs(variables.iter().copied())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .unwrap();
        let (sender, incoming) = mpsc::channel();
        let mut stdout = BufReader::new(server.stdout.take().unwrap());
        thread::spawn(move || {
            while let Some(message) = read(&mut stdout) {
                if sender.send(message).is_err() {
                    return;
                }
            }
        });
        let stdin = server.stdin.take();
        let (seen, unanswered, log) = (Vec::new(), Vec::new(), Vec::new());
        let mut client = Self { server, stdin, incoming, seen, next_id: 0, manners, unanswered, log, settings: Value::Null };
        let answer = client.request("initialize", params);
        client.notify("initialized", json!({}));
        (client, answer)
    }

    fn send(&mut self, message: &Value) {
        self.log.push(json!({"from": "client", "msg": message}));
        let body = message.to_string();
        let stdin = self.stdin.as_mut().expect("open");
        write!(stdin, "Content-Length: {}\r\n\r\n{body}", body.len()).unwrap();
        stdin.flush().unwrap();
    }

    /// Sends bytes as they are.
    pub(crate) fn send_raw(&mut self, bytes: &[u8]) {
        let stdin = self.stdin.as_mut().expect("open");
        stdin.write_all(bytes).unwrap();
        stdin.flush().unwrap();
    }

    pub(crate) fn notify(&mut self, method: &str, params: Value) {
        self.send(&json!({"jsonrpc": "2.0", "method": method, "params": params}));
    }

    /// Sends a request without waiting for the answer; gives its id.
    pub(crate) fn ask(&mut self, method: &str, params: Value) -> i64 {
        self.next_id += 1;
        let mut message = json!({"jsonrpc": "2.0", "id": self.next_id, "method": method});
        if !params.is_null() {
            message["params"] = params;
        }
        self.send(&message);
        self.next_id
    }

    /// Waits for the answer to a request.
    pub(crate) fn answer(&mut self, id: i64) -> Value {
        let message = self.wait("an answer", |m| m["id"] == id && m.get("method").is_none());
        assert!(message.get("error").is_none(), "{message}");
        message["result"].clone()
    }

    pub(crate) fn request(&mut self, method: &str, params: Value) -> Value {
        let id = self.ask(method, params);
        self.answer(id)
    }

    /// Waits for a message; those that came before and were not waited for count too, each once.
    #[track_caller]
    pub(crate) fn wait(&mut self, what: &str, is_it: impl Fn(&Value) -> bool) -> Value {
        let deadline = Instant::now() + PATIENCE;
        let mut at = 0;
        loop {
            while at < self.seen.len() {
                if is_it(&self.seen[at]) {
                    return self.seen.remove(at);
                }
                at += 1;
            }
            let left = deadline.saturating_duration_since(Instant::now());
            match self.incoming.recv_timeout(left) {
                Ok(message) => self.take(message),
                Err(error) => panic!("waited for {what}: {error}; there are {:#?}", self.seen),
            }
        }
    }

    /// Takes in what comes within this time.
    pub(crate) fn idle(&mut self, time: Duration) {
        let deadline = Instant::now() + time;
        while let Ok(message) = self.incoming.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
            self.take(message);
        }
    }

    fn take(&mut self, message: Value) {
        self.log.push(json!({"from": "server", "msg": message}));
        if message.get("method").is_some() && message.get("id").is_some() {
            // That something should be asked for again is a thing to wait for.
            if message["method"].as_str().is_some_and(|method| method.ends_with("/refresh")) {
                self.seen.push(message.clone());
            }
            match self.manners {
                Manners::Prompt => self.reply(&message),
                Manners::Late => self.unanswered.push(message),
                Manners::Never => {}
            }
        } else {
            self.seen.push(message);
        }
    }

    fn reply(&mut self, request: &Value) {
        let result = if request["method"] == "workspace/configuration" { json!([self.settings]) } else { Value::Null };
        self.send(&json!({"jsonrpc": "2.0", "id": request["id"], "result": result}));
    }

    /// Answers what the server asked in the meantime; says how much that was.
    pub(crate) fn answer_late(&mut self) -> usize {
        let requests = std::mem::take(&mut self.unanswered);
        requests.iter().for_each(|request| self.reply(request));
        requests.len()
    }

    pub(crate) fn open(&mut self, uri: &str, language: &str, text: &str) {
        let document = json!({"uri": uri, "languageId": language, "version": 1, "text": text});
        self.notify("textDocument/didOpen", json!({ "textDocument": document }));
    }

    pub(crate) fn change(&mut self, uri: &str, version: i64, changes: Value) {
        self.notify(
            "textDocument/didChange",
            json!({"textDocument": {"uri": uri, "version": version}, "contentChanges": changes}),
        );
    }

    /// Waits for the diagnostics of a version of a draft.
    #[track_caller]
    pub(crate) fn diagnostics(&mut self, uri: &str, version: i64) -> Vec<Value> {
        let message = self.wait(&format!("diagnostics of version {version}"), |m| {
            m["method"] == "textDocument/publishDiagnostics" && m["params"]["uri"] == uri && m["params"]["version"] == version
        });
        message["params"]["diagnostics"].as_array().unwrap().clone()
    }

    pub(crate) fn hover(&mut self, uri: &str, line: u32, character: u32) -> Value {
        self.request(
            "textDocument/hover",
            json!({"textDocument": {"uri": uri}, "position": {"line": line, "character": character}}),
        )
    }

    /// The answer to a request on a place of a document.
    pub(crate) fn at(&mut self, method: &str, uri: &str, line: u32, character: u32) -> Value {
        let mut params = json!({"textDocument": {"uri": uri}, "position": {"line": line, "character": character}});
        if method == "textDocument/references" {
            params["context"] = json!({"includeDeclaration": true});
        }
        self.request(method, params)
    }

    /// The answer to a request on a whole document.
    pub(crate) fn of(&mut self, method: &str, uri: &str) -> Value {
        self.request(method, json!({"textDocument": {"uri": uri}}))
    }

    /// The code actions on a range, with these diagnostics shown there.
    pub(crate) fn actions(&mut self, uri: &str, range: &Value, diagnostics: &[Value]) -> Vec<Value> {
        let params =
            json!({"textDocument": {"uri": uri}, "range": range, "context": {"diagnostics": diagnostics, "only": ["quickfix"]}});
        self.request("textDocument/codeAction", params).as_array().cloned().unwrap_or_default()
    }

    /// Everything that was said, one object a message.
    pub(crate) fn log(&self) -> Vec<Value> {
        self.log.clone()
    }

    /// Says good-bye as the protocol has it, and gives how the server ended.
    pub(crate) fn finish(mut self) -> ExitStatus {
        let id = self.ask("shutdown", Value::Null);
        assert_eq!(self.answer(id), Value::Null);
        self.send(&json!({"jsonrpc": "2.0", "method": "exit"}));
        self.ended()
    }

    /// Goes away without a word.
    pub(crate) fn vanish(mut self) -> ExitStatus {
        self.stdin = None;
        self.ended()
    }

    /// Waits for the server's end.
    pub(crate) fn ended(&mut self) -> ExitStatus {
        let deadline = Instant::now() + Duration::from_secs(10);
        while Instant::now() < deadline {
            if let Some(status) = self.server.try_wait().unwrap() {
                return status;
            }
            thread::sleep(Duration::from_millis(10));
        }
        panic!("the server does not end");
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// One message; `None` at the end. Anything else on standard output than messages fails the test.
fn read(stdout: &mut impl std::io::BufRead) -> Option<Value> {
    let mut length = None;
    loop {
        let mut line = String::new();
        if stdout.read_line(&mut line).unwrap_or(0) == 0 {
            return None;
        }
        if line == "\r\n" {
            break;
        }
        let (name, value) = line.trim_end().split_once(": ").unwrap_or_else(|| panic!("no header: {line:?}"));
        if name == "Content-Length" {
            length = value.parse().ok();
        }
    }
    let mut body = vec![0; length.expect("a length")];
    stdout.read_exact(&mut body).ok()?;
    Some(serde_json::from_slice(&body).expect("JSON"))
}

/// The URI of a file whose path needs no escapes.
pub(crate) fn file_uri(path: &std::path::Path) -> String {
    format!("file://{}", path.display())
}

/// What a modern editor declares.
pub(crate) fn modern() -> Value {
    json!({
        "general": {"positionEncodings": ["utf-16"]},
        "textDocument": {
            "hover": {"contentFormat": ["markdown", "plaintext"]},
            "definition": {"linkSupport": true},
            "references": {},
            "documentSymbol": {"hierarchicalDocumentSymbolSupport": true},
            "documentHighlight": {},
            "codeLens": {},
            "inlayHint": {},
            "semanticTokens": {"requests": {"full": true}, "tokenTypes": [], "tokenModifiers": [], "formats": ["relative"]},
            "diagnostic": {},
            "completion": {"completionItem": {"documentationFormat": ["plaintext"]}},
            "publishDiagnostics": {"relatedInformation": true, "dataSupport": true, "codeDescriptionSupport": true},
            "codeAction": {"isPreferredSupport": true, "codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["quickfix"]}}}
        },
        "workspace": {
            "executeCommand": {},
            "symbol": {},
            "inlayHint": {"refreshSupport": true},
            "diagnostics": {"refreshSupport": true},
            "configuration": true,
            "didChangeConfiguration": {"dynamicRegistration": true},
            "workspaceEdit": {"documentChanges": true}
        }
    })
}
