//! Times and sizes, as the operating system counts them.

use std::io::{Seek, SeekFrom, Write};
use std::path::Path;
use std::time::Instant;

use rustix::time::{ClockId, clock_gettime};
use serde_json::{Value, json};

/// Wall and processor times of one operation done many times, in milliseconds.
#[derive(Debug, Default)]
pub struct Times {
    wall: Vec<f64>,
    cpu: Vec<f64>,
}

impl Times {
    /// Times one more.
    pub fn measure<T>(&mut self, operation: impl FnOnce() -> T) -> T {
        let (cpu, wall) = (cpu_ms(), Instant::now());
        let answer = operation();
        self.wall.push(wall.elapsed().as_secs_f64() * 1_000.0);
        self.cpu.push(cpu_ms() - cpu);
        answer
    }

    /// A percentile of the wall times.
    #[must_use]
    pub fn wall(&self, percent: usize) -> f64 {
        percentile(&self.wall, percent)
    }

    /// The wall times alone.
    #[must_use]
    pub fn plain(&self) -> Value {
        json!({ "wall_p50_ms": self.wall(50), "wall_p95_ms": self.wall(95) })
    }

    /// The figures, beside what they must not pass: a percentile and its limit in milliseconds.
    #[must_use]
    pub fn json(&self, percent: usize, limit_ms: f64) -> Value {
        json!({
            "count": self.wall.len(),
            "wall_p50_ms": percentile(&self.wall, 50),
            "wall_p95_ms": percentile(&self.wall, 95),
            "cpu_p50_ms": percentile(&self.cpu, 50),
            "cpu_p95_ms": percentile(&self.cpu, 95),
            "target": format!("p{percent} <= {limit_ms} ms"),
            "met": self.wall(percent) <= limit_ms,
        })
    }
}

fn percentile(values: &[f64], percent: usize) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let place = (sorted.len() * percent).div_ceil(100).saturating_sub(1);
    let value = sorted.get(place).copied().unwrap_or_default();
    (value * 1_000.0).round() / 1_000.0
}

/// What the disk and a busy machine take for a commit's bytes without any database: 17 pages written and synchronised.
///
/// # Errors
/// A fault of the disk.
pub fn disk_floor(folder: &Path) -> std::io::Result<Times> {
    let mut file = tempfile::tempfile_in(folder)?;
    let pages = vec![42u8; 17 * 4_096];
    let mut times = Times::default();
    file.write_all(&pages)?;
    for _ in 0..200 {
        file.seek(SeekFrom::Start(0))?;
        times.measure(|| file.write_all(&pages).and_then(|()| file.sync_data()))?;
    }
    Ok(times)
}

/// Processor time of this thread, in milliseconds.
fn cpu_ms() -> f64 {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    time.tv_sec as f64 * 1_000.0 + time.tv_nsec as f64 / 1_000_000.0
}

/// Most memory this process ever held, in MiB; 0 where the system does not say.
#[must_use]
pub fn peak_mib() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
    let kib: f64 = line.split_whitespace().next().and_then(|kib| kib.parse().ok()).unwrap_or_default();
    (kib / 102.4).round() / 10.0
}
