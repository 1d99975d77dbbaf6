//! What a run cost, on stderr.

use std::time::Duration;

/// A line of `/proc/self/…`, where the kernel tells what this process used.
fn kernel_says(file: &str, key: &str) -> Option<String> {
    let text = std::fs::read_to_string(format!("/proc/self/{file}")).ok()?;
    text.lines().find_map(|line| line.strip_prefix(key)).map(|rest| rest.trim().to_owned())
}

/// Households a second, CPU seconds, peak memory.
pub fn say(households: u64, wall: Duration) {
    let peak = kernel_says("status", "VmHWM:").unwrap_or_else(|| "unknown".to_owned());
    let cpu = kernel_says("schedstat", "").and_then(|line| line.split(' ').next()?.parse::<f64>().ok());
    let cpu = cpu.map_or(wall.as_secs_f64(), |nanoseconds| nanoseconds / 1e9);
    let rate = households as f64 / wall.as_secs_f64().max(1e-9);
    eprintln!("{households} households, {rate:.0} a second, {cpu:.3} CPU seconds, peak memory {peak}");
}
