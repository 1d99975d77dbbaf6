//! What a process costs, as Linux counts it.

use std::path::Path;

use anyhow::Context;

/// Ticks of a second in `/proc/<pid>/stat`: the same on every Linux that a program can be built for.
const TICKS: f64 = 100.0;

/// CPU seconds of a process so far, user and system, threads that ended included.
///
/// # Errors
/// When there is no such process.
pub fn cpu_s(pid: u32) -> anyhow::Result<f64> {
    let text = std::fs::read_to_string(format!("/proc/{pid}/stat"))?;
    // The command's name is in parentheses and may hold spaces.
    let (_, rest) = text.rsplit_once(')').context("/proc/<pid>/stat")?;
    let fields: Vec<&str> = rest.split_whitespace().collect();
    let ticks = |place: usize| -> anyhow::Result<f64> { Ok(fields.get(place).context("stat")?.parse()?) };
    Ok((ticks(11)? + ticks(12)?) / TICKS)
}

/// The largest resident memory of this process since [`forget_peak`], in MB.
///
/// # Errors
/// Never on Linux.
pub fn peak_rss_mb() -> anyhow::Result<f64> {
    peak_rss_mb_of(std::process::id())
}

/// The largest resident memory of a process so far, in MB.
///
/// # Errors
/// When there is no such process.
pub fn peak_rss_mb_of(pid: u32) -> anyhow::Result<f64> {
    let text = std::fs::read_to_string(format!("/proc/{pid}/status"))?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:")).context("VmHWM")?;
    let kib: f64 = line.trim().trim_end_matches("kB").trim().parse()?;
    Ok(kib * 1024.0 / 1e6)
}

/// Starts counting the peak of memory again: an enrolment's Argon2 is not the sync.
///
/// # Errors
/// Never on Linux.
pub fn forget_peak() -> anyhow::Result<()> {
    std::fs::write("/proc/self/clear_refs", "5").context("Reset the peak of memory")
}

/// Bytes of a file or of all files of a folder.
///
/// # Errors
/// When one does not read.
pub fn disk(path: &Path) -> anyhow::Result<u64> {
    let data = std::fs::metadata(path)?;
    if data.is_file() {
        return Ok(data.len());
    }
    let mut total = 0u64;
    for entry in std::fs::read_dir(path)? {
        total = total.saturating_add(disk(&entry?.path())?);
    }
    Ok(total)
}
