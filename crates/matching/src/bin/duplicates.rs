//! Prints the pairs of a file of records that look like one person.

use std::fs::File;
use std::io::{BufReader, BufWriter, Write, stdout};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use palier_matching::{pairs, read_lines};

/// Finds people who were written down twice: JSON lines in, JSON lines out.
#[derive(Debug, Parser)]
struct Arguments {
    /// A file with one record a line, as JSON.
    file: PathBuf,
}

fn run(arguments: &Arguments) -> Result<(), String> {
    let name = arguments.file.display();
    let file = File::open(&arguments.file).map_err(|error| format!("{name}: {error}"))?;
    let records = read_lines(BufReader::new(file)).map_err(|error| format!("{name}: {error}"))?;
    let found = pairs(&records);
    let mut out = BufWriter::new(stdout().lock());
    for pair in &found {
        serde_json::to_writer(&mut out, pair).map_err(|error| format!("standard output: {error}"))?;
        out.write_all(b"\n").map_err(|error| format!("standard output: {error}"))?;
    }
    out.flush().map_err(|error| format!("standard output: {error}"))?;
    let proposed = found.iter().filter(|pair| pair.proposed).count();
    eprintln!("{} records, {proposed} pairs proposed, {} possible", records.len(), found.len() - proposed);
    Ok(())
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
