//! The program as it is run: speed, memory and start.

use std::{
    fs::File,
    io::Write as _,
    path::Path,
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use crate::{clock, text};

/// What a run has cost.
struct Cost {
    /// Seconds on a processor where the system tells, else on the wall.
    seconds: f64,
    /// Bytes of memory at the most; 0 where the system does not tell.
    peak: u64,
}

/// Runs the program on `input` with what it writes thrown away.
fn run(args: &[&str], input: Option<&Path>) -> Cost {
    let start = Instant::now();
    let stdin = input.map_or_else(Stdio::null, |path| File::open(path).expect("the file was just written").into());
    let mut child = Command::new(env!("CARGO_BIN_EXE_copydesk"))
        .args(args)
        .stdin(stdin)
        .stdout(Stdio::null())
        .stderr(Stdio::inherit())
        .spawn()
        .expect("the program starts");
    let process = child.id().to_string();
    let mut cost = Cost { seconds: 0.0, peak: 0 };
    let mut told = false;
    while child.try_wait().expect("a child can be waited for").is_none() {
        cost.peak = clock::peak(&process).unwrap_or(cost.peak);
        if let Some(spent) = clock::spent(&process).filter(|s| *s > 0.0) {
            (cost.seconds, told) = (spent, true);
        }
        thread::sleep(Duration::from_millis(1));
    }
    if !told {
        cost.seconds = start.elapsed().as_secs_f64();
    }
    cost
}

fn best(args: &[&str], input: Option<&Path>) -> Cost {
    let runs = (0..crate::ROUNDS).map(|_| run(args, input));
    runs.min_by(|a, b| a.seconds.total_cmp(&b.seconds)).expect("a round")
}

/// `stages mentions` on a file, and on JSON lines of one article each.
pub(crate) fn speed(name: &str, text: &str) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let plain = folder.path().join("text.txt");
    std::fs::write(&plain, text).expect("the temporary folder takes a file");
    let file = best(&["stages", "mentions", &plain.to_string_lossy()], None);
    crate::row("stages mentions FILE", text.len(), file.seconds, &format!("{} MB at the most", file.peak / 1_000_000));
    let lines = folder.path().join("text.jsonl");
    let mut out = std::io::BufWriter::new(File::create(&lines).expect("the temporary folder takes a file"));
    let mut rest = text;
    while !rest.is_empty() {
        let (article, more) = rest.split_at(rest.floor_char_boundary(4000));
        serde_json::to_writer(&mut out, &serde_json::json!({"id": 1, "text": article})).expect("a string is JSON");
        out.write_all(b"\n").expect("the temporary folder takes a file");
        rest = more;
    }
    out.flush().expect("the temporary folder takes a file");
    drop(out);
    let jsonl = best(&["stages", "mentions", "--jsonl"], Some(&lines));
    crate::row("stages mentions --jsonl", text.len(), jsonl.seconds, &format!("{name}, 4 kB a line\n"));
}

/// Time and memory for texts of 1, 10 and 50 MB, and for shapes of 1 and 5 MB.
pub(crate) fn memory() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("text.txt");
    let costs = |text: &str| {
        std::fs::write(&path, text).expect("the temporary folder takes a file");
        run(&["stages", "mentions", &path.to_string_lossy()], None)
    };
    println!("stages mentions FILE, time and memory at the most by size");
    for megabytes in [1, 10, 50] {
        let cost = costs(&text::invented(megabytes * 1_000_000));
        let peak = cost.peak as f64 / 1e6;
        println!("  {megabytes:>3} MB  {:>7.2} s  {peak:>7.0} MB, {:.1} bytes a byte", cost.seconds, peak / megabytes as f64);
    }
    println!("\nstages mentions FILE, seconds and memory for 1 MB and for 5 MB: five times as much is linear");
    for ((name, small), (_, large)) in text::shapes(1_000_000).into_iter().zip(text::shapes(5_000_000)) {
        let (a, b) = (costs(&small), costs(&large));
        let times = b.seconds / a.seconds.max(1e-3);
        let (less, more) = (a.peak / 1_000_000, b.peak / 1_000_000);
        println!("  {name:<28} {:>7.3} s  {:>7.3} s  {times:>5.1} times  {less:>6} MB {more:>6} MB", a.seconds, b.seconds);
    }
}

/// How long a short draft takes, with everything that is loaded.
pub(crate) fn start() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (draft, source) = (folder.path().join("draft.txt"), folder.path().join("source.txt"));
    let text = "Mayor Ann Webb said on Monday that 40 people were rescued from the flooded homes along the Orlen river. The city will pay \
                $2.3 million for new pumps by May 2026, 12% more than planned. “We were lucky,” she told the council. Two of the three \
                bridges remain closed.";
    std::fs::write(&draft, text).expect("the temporary folder takes a file");
    std::fs::write(&source, text).expect("the temporary folder takes a file");
    let args =
        ["check", "--fail-on", "never", "--sources", &source.to_string_lossy(), &draft.to_string_lossy()].map(str::to_owned);
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let cost = (0..5).map(|_| run(&args, None)).min_by(|a, b| a.seconds.total_cmp(&b.seconds)).expect("a round");
    println!(
        "\ncheck of {} words against one source: {:.0} ms, {} MB",
        text.split(' ').count(),
        cost.seconds * 1e3,
        cost.peak / 1_000_000
    );
}
