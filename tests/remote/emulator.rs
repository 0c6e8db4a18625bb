//! Machines of a search engine for tests: an emulator of OpenSearch, which `setup.sh` installs. Where it cannot be installed – no Python, no
//! network – the tests over it say so, and pass.

use std::{
    io::{BufRead as _, BufReader},
    path::Path,
    process::{Child, ChildStdin, Command, Stdio},
    sync::OnceLock,
};

/// A machine; it ends with the test.
pub(crate) struct Emulator {
    /// Its address.
    pub(crate) url: String,
    child: Child,
    /// It ends when this is closed.
    _stdin: ChildStdin,
}

impl Emulator {
    fn start() -> Self {
        let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/remote/.tools/osmem_server/bin/osmem-server");
        let mut child = Command::new(program)
            .args(["-addr", "127.0.0.1:0"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut first = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut first).unwrap();
        let told: serde_json::Value = serde_json::from_str(&first).unwrap();
        let url = told["url"].as_str().unwrap().to_owned();
        let _stdin = child.stdin.take().unwrap();
        Self { url, child, _stdin }
    }

    /// Kills it.
    pub(crate) fn kill(&mut self) {
        let _ = self.child.kill().and_then(|()| self.child.wait());
    }
}

impl Drop for Emulator {
    fn drop(&mut self) {
        self.kill();
    }
}

/// Two machines; `None` if there is no emulator here.
pub(crate) fn start_two() -> Option<[Emulator; 2]> {
    static IS_THERE: OnceLock<bool> = OnceLock::new();
    let is_there = *IS_THERE.get_or_init(|| {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/remote/setup.sh");
        Command::new("bash").arg(script).status().is_ok_and(|status| status.success())
    });
    if !is_there {
        #[allow(clippy::print_stderr, reason = "what was skipped is to be seen")]
        let () = eprintln!("skipped: tests/remote/setup.sh could not install the emulator of a search engine");
        return None;
    }
    Some([Emulator::start(), Emulator::start()])
}
