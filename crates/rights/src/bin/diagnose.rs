//! The command line of the rights engine: one household a line in, one diagnosis a line out.

use std::io::{BufRead, BufReader, BufWriter, Read, Write};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use palier_rights::answers::Household;
use palier_rights::diagnosis::Amounts;
use palier_rights::explain::{Words, stale_figures};
use palier_rights::month::Month;
use palier_rights::next::next_questions;
use palier_rights::oracle_shape::Outputs;
use palier_rights::pack::{Pack, PackMistake, check_files};
use palier_rights::partial::{Outcome, Per, outcomes};
use palier_rights::question::Question;
use palier_rights::reading::{Completeness, read_borrowed};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

/// Longest line taken, in bytes.
const LINE_MAX: u64 = 1 << 20;

const OPENFISCA: &[(&str, &str)] = &[
    ("manifest.json", include_str!("../../packs/openfisca-176.1.8/manifest.json")),
    ("differences.json", include_str!("../../packs/openfisca-176.1.8/differences.json")),
];

const USAGE: &str = "diagnose --pack NAME [--month 2026-11] [--partial] [--stats] < in.jsonl > out.jsonl
diagnose --pack NAME [--month 2026-11] --explain ID < in.jsonl
diagnose --check-pack DIR
packs: france-2026-11, openfisca-176.1.8";

/// What was asked.
#[derive(Default)]
struct Options {
    pack: Option<String>,
    month: Option<String>,
    check_pack: Option<String>,
    explain: Option<String>,
    partial: bool,
    stats: bool,
}

fn options() -> Result<Options, String> {
    let mut options = Options::default();
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().ok_or_else(|| format!("{argument} asks for a value\n{USAGE}"));
        match argument.as_str() {
            "--pack" => options.pack = Some(value()?),
            "--month" => options.month = Some(value()?),
            "--check-pack" => options.check_pack = Some(value()?),
            "--explain" => options.explain = Some(value()?),
            "--partial" => options.partial = true,
            "--stats" => options.stats = true,
            _ => return Err(format!("{argument} is not known\n{USAGE}")),
        }
    }
    Ok(options)
}

/// The oracle's pack is built in here and not in the library: no app can reach it.
fn pack(name: &str) -> Result<Pack, String> {
    let say = |mistake: PackMistake| mistake.to_string();
    match name {
        "france-2026-11" => Pack::france().map_err(say),
        "openfisca-176.1.8" => Pack::france().and_then(|france| france.overlaid(OPENFISCA)).map_err(say),
        _ => Err(format!("{name} is not a pack\n{USAGE}")),
    }
}

fn check_pack(folder: &str) -> Result<(), String> {
    let mut texts = Vec::new();
    let entries = std::fs::read_dir(folder).map_err(|error| format!("{folder}: {error}"))?;
    for entry in entries {
        let path = entry.map_err(|error| format!("{folder}: {error}"))?.path();
        if path.extension().is_some_and(|extension| extension == "json") {
            let text = std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            texts.push((name, text));
        }
    }
    let files: Vec<(&str, &str)> = texts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let checked = check_files(&files).map_err(|mistake| format!("{folder}/{mistake}"))?;
    eprintln!("{} is in order, hash {}", checked.name(), checked.hash());
    Ok(())
}

/// One right in the shape of `--partial`; `stale` names the figures to be checked.
fn right(outcome: &Outcome, stale: &[&str]) -> Value {
    let (lo, hi) = outcome.amount.cents();
    let mut right = json!({
        "status": outcome.status.code(),
        "reasons": outcome.reasons,
        "stale": stale,
        "missing": Question::of(outcome.missing).map(Question::path).collect::<Vec<_>>(),
    });
    let key = match outcome.right.per {
        Per::Month => "monthly_cents",
        Per::Year => "yearly_cents",
        Per::Nothing => return right,
    };
    if let Some(fields) = right.as_object_mut() {
        fields.insert(key.to_owned(), json!([lo, hi]));
    }
    right
}

fn partial(id: &Value, pack: &Pack, household: &Household, month: Month) -> Value {
    let outcomes = outcomes(pack, household, month);
    let told = |outcome: &Outcome| {
        let stale = stale_figures(pack, household, month, outcome.right);
        (outcome.right.key.to_owned(), right(outcome, &stale))
    };
    let rights: Map<String, Value> = outcomes.iter().map(told).collect();
    let next: Vec<Value> = next_questions(household, &outcomes)
        .into_iter()
        .map(|next| {
            let fields: Vec<String> = Question::of(next.screen.settles).map(Question::path).collect();
            json!({
                "question": next.question.path(),
                "asks": next.screen.code,
                "fields": fields,
                "why": next.why,
                "score": next.score,
            })
        })
        .collect();
    json!({ "id": id, "rights": rights, "next": next })
}

/// A line of the input; what stands beside is passed over unread.
#[derive(Deserialize)]
#[serde(bound(deserialize = "'de: 'a, 'a: 'de"))]
struct Record<'a> {
    #[serde(borrow, default)]
    id: serde_json_borrow::Value<'a>,
    #[serde(borrow, default)]
    inputs: serde_json_borrow::Value<'a>,
}

/// A line of the output for complete answers.
#[derive(Serialize)]
struct Diagnosed<'a> {
    id: &'a serde_json_borrow::Value<'a>,
    outputs: Outputs<'a>,
}

/// One line in, one line out; what is refused is a line too, so that the other households go on.
fn diagnose(
    line: &[u8],
    pack: &Pack,
    month: Month,
    completeness: Completeness,
    output: &mut impl Write,
) -> serde_json::Result<()> {
    let record: Record<'_> = match serde_json::from_slice(line) {
        Ok(record) => record,
        Err(error) => {
            let refused = json!({ "id": null, "refused": { "field": "json", "expected": error.to_string() } });
            return serde_json::to_writer(output, &refused);
        }
    };
    match (read_borrowed(&record.inputs, month, completeness), completeness) {
        (Ok(household), Completeness::Partial) => {
            serde_json::to_writer(output, &partial(&Value::from(&record.id), pack, &household, month))
        }
        (Ok(household), Completeness::Full) => {
            let amounts = Amounts::of(pack, &household, month);
            let outputs = Outputs::of(&amounts, &household, month);
            serde_json::to_writer(output, &Diagnosed { id: &record.id, outputs })
        }
        (Err(refused), _) => {
            let refused = json!({ "field": refused.field, "expected": refused.expected });
            serde_json::to_writer(output, &json!({ "id": Value::from(&record.id), "refused": refused }))
        }
    }
}

/// The household of that id, explained; partial answers are taken as they are.
fn explain(record: &[u8], id: &str, pack: &Pack, month: Month) -> Option<Result<String, String>> {
    let record: Record<'_> = serde_json::from_slice(record).ok()?;
    if record.id.as_str() != Some(id) {
        return None;
    }
    let read = |completeness| read_borrowed(&record.inputs, month, completeness);
    let household = read(Completeness::Full).or_else(|_| read(Completeness::Partial));
    let words = Words::french().map_err(|mistake| mistake.to_string());
    Some(
        household
            .map_err(|refused| refused.to_string())
            .and_then(|household| words.map(|words| words.explain(pack, &household, month))),
    )
}

fn run(options: &Options) -> Result<(), String> {
    let pack = pack(options.pack.as_deref().unwrap_or("france-2026-11"))?;
    let month = options.month.as_deref().unwrap_or("2026-11");
    let month = Month::parse(month).ok_or_else(|| format!("{month} is not a month such as 2026-11"))?;
    if !pack.covers(month) {
        return Err(format!("{} does not hold the figures of {month}", pack.name()));
    }
    let completeness = if options.partial { Completeness::Partial } else { Completeness::Full };
    let mut input = BufReader::with_capacity(1 << 16, std::io::stdin().lock());
    let mut output = BufWriter::with_capacity(1 << 16, std::io::stdout().lock());
    let mut line = Vec::new();
    let (mut households, start) = (0_u64, Instant::now());
    let io = |error: std::io::Error| error.to_string();
    loop {
        line.clear();
        if input.by_ref().take(LINE_MAX).read_until(b'\n', &mut line).map_err(io)? == 0 {
            break;
        }
        if line.trim_ascii().is_empty() {
            continue;
        }
        if let Some(id) = &options.explain {
            if let Some(explained) = explain(&line, id, &pack, month) {
                return writeln!(output, "{}", explained?).and_then(|()| output.flush()).map_err(io);
            }
            continue;
        }
        diagnose(&line, &pack, month, completeness, &mut output).map_err(|error| error.to_string())?;
        output.write_all(b"\n").map_err(io)?;
        households += 1;
    }
    output.flush().map_err(io)?;
    if let Some(id) = &options.explain {
        return Err(format!("{id} is not in the input"));
    }
    if options.stats {
        say_stats(households, start.elapsed());
    }
    Ok(())
}

/// A line of `/proc/self/…`, where the kernel tells what this process used.
fn kernel_says(file: &str, key: &str) -> Option<String> {
    let text = std::fs::read_to_string(format!("/proc/self/{file}")).ok()?;
    text.lines().find_map(|line| line.strip_prefix(key)).map(|rest| rest.trim().to_owned())
}

fn say_stats(households: u64, wall: Duration) {
    let peak = kernel_says("status", "VmHWM:").unwrap_or_else(|| "unknown".to_owned());
    let cpu = kernel_says("schedstat", "").and_then(|line| line.split(' ').next()?.parse::<f64>().ok());
    let cpu = cpu.map_or(wall.as_secs_f64(), |nanoseconds| nanoseconds / 1e9);
    let rate = households as f64 / wall.as_secs_f64().max(1e-9);
    eprintln!("{households} households, {rate:.0} a second, {cpu:.3} CPU seconds, peak memory {peak}");
}

fn main() -> ExitCode {
    let done = options().and_then(|options| match &options.check_pack {
        Some(folder) => check_pack(folder),
        None => run(&options),
    });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}
