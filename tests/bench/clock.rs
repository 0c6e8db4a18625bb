//! Time on a processor, where the system tells it: other work on the machine then does not count. Else time on the wall.

use std::{fs, sync::LazyLock, time::Instant};

static START: LazyLock<Instant> = LazyLock::new(Instant::now);

/// Seconds that this thread has run.
pub(crate) fn cpu() -> f64 {
    spent("thread-self").unwrap_or_else(|| START.elapsed().as_secs_f64())
}

/// Seconds that the first thread of a process has run.
pub(crate) fn spent(process: &str) -> Option<f64> {
    let schedule = fs::read_to_string(format!("/proc/{process}/schedstat")).ok()?;
    Some(schedule.split(' ').next()?.parse::<f64>().ok()? / 1e9)
}

/// The most memory that a process has had, in bytes.
pub(crate) fn peak(process: &str) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"))?;
    Some(line.trim().trim_end_matches(" kB").parse::<u64>().ok()? * 1024)
}
