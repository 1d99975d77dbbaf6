//! The command line of the rights engine: one household a line in, one diagnosis a line out.

mod check;
mod lines;
mod options;
mod stats;
mod stored;

use std::io::{BufRead, BufReader, BufWriter, Read, Write};
use std::process::ExitCode;
use std::time::Instant;

use lines::Line;
use options::Options;
use palier_rights::month::Month;
use palier_rights::reading::Completeness;

/// Longest line taken, in bytes.
const LINE_MAX: u64 = 1 << 20;

/// Hands each line that is not empty to `act` until it has enough; how many it took.
fn each_line(mut act: impl FnMut(&[u8]) -> Result<bool, String>) -> Result<u64, String> {
    let mut input = BufReader::with_capacity(1 << 16, std::io::stdin().lock());
    let mut line = Vec::new();
    let mut taken = 0;
    loop {
        line.clear();
        let read = input.by_ref().take(LINE_MAX).read_until(b'\n', &mut line);
        if read.map_err(|error| error.to_string())? == 0 {
            return Ok(taken);
        }
        if line.trim_ascii().is_empty() {
            continue;
        }
        taken += 1;
        if !act(&line)? {
            return Ok(taken);
        }
    }
}

fn diagnose(options: &Options) -> Result<(), String> {
    let engine = options.engine()?;
    let month = options.month.as_deref().unwrap_or("2026-11");
    let month = Month::parse(month).ok_or_else(|| format!("{month} is not a month such as 2026-11"))?;
    if !engine.pack.covers(month) {
        return Err(format!("{} does not hold the figures of {month}", engine.pack.name()));
    }
    let completeness = if options.partial { Completeness::Partial } else { Completeness::Full };
    let line = Line { engine: &engine, month, completeness };
    let mut output = BufWriter::with_capacity(1 << 16, std::io::stdout().lock());
    if let Some(id) = &options.explain {
        let mut explained = None;
        each_line(|text| {
            explained = line.explain(text, id);
            Ok(explained.is_none())
        })?;
        let text = explained.ok_or_else(|| format!("{id} is not in the input"))??;
        return writeln!(output, "{text}").and_then(|()| output.flush()).map_err(|error| error.to_string());
    }
    let start = Instant::now();
    let households = each_line(|text| {
        line.diagnose(text, &mut output).map_err(|error| error.to_string())?;
        output.write_all(b"\n").map_err(|error| error.to_string())?;
        Ok(true)
    })?;
    output.flush().map_err(|error| error.to_string())?;
    if options.stats {
        stats::say(households, start.elapsed());
    }
    Ok(())
}

fn main() -> ExitCode {
    let done = Options::read().and_then(|options| match &options.check_pack {
        Some(path) => check::check(path),
        None if options.replay => stored::replay(),
        None if options.survey => stored::survey(),
        None => diagnose(&options),
    });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}
