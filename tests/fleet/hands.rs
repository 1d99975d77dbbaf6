//! The process that holds the tablets: does what each line of its input asks, and says how it went and what it cost.

use std::collections::BTreeMap;
use std::io::{BufRead, Write};
use std::path::PathBuf;
use std::time::Instant;

use anyhow::Context;
use palier_sync::{digest, resolve};
use serde_json::{Value as Json, json};
use uuid::Uuid;

use crate::tablet::Tablet;
use crate::workload::{self, Created, Edited, Expected};
use palier_tests::process;

/// Records of one transaction of a load.
const LOAD_RECORDS: usize = 500;

/// What one line asks.
#[derive(serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// Enrols the next tablet.
    Enrol { address: String, code: String, file: PathBuf },
    /// Writes the records of a file, one transaction each.
    Create { tablet: usize, file: PathBuf },
    /// Writes the records of a file, many a transaction.
    Load { tablet: usize, file: PathBuf },
    /// Writes the edits of a file.
    Edit { tablet: usize, file: PathBuf },
    /// Syncs once.
    Sync { tablet: usize },
    /// Says whether every tablet's scope counts to the same and nothing waits.
    Alike,
    /// Compares the whole state of every record of the files on every tablet.
    Compare { files: Vec<PathBuf> },
    /// Says what became of the edits made at once.
    Survive { expect: PathBuf, edits: Vec<PathBuf> },
    /// Forgets the peak of memory.
    ForgetPeak,
    /// Closes every store.
    Close,
}

/// Serves the steps of the standard input until it ends.
pub fn serve() -> anyhow::Result<()> {
    let mut tablets = Vec::new();
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let step: Step = serde_json::from_str(&line?)?;
        let (from, cpu) = (Instant::now(), process::cpu_s(std::process::id())?);
        let mut answer = take(&mut tablets, step)?;
        if let Some(answer) = answer.as_object_mut() {
            answer.insert("ms".to_owned(), json!(from.elapsed().as_secs_f64() * 1_000.0));
            answer.insert("cpu_s".to_owned(), json!(process::cpu_s(std::process::id())? - cpu));
            answer.insert("peak_rss_mb".to_owned(), json!(process::peak_rss_mb()?));
        }
        writeln!(out, "{answer}")?;
        out.flush()?;
    }
    Ok(())
}

fn take(tablets: &mut Vec<Tablet>, step: Step) -> anyhow::Result<Json> {
    let known = |tablet: usize| tablets.get(tablet).context("A tablet that was enrolled");
    match step {
        Step::Enrol { address, code, file } => tablets.push(Tablet::enrolled(&address, &code, &file)?),
        Step::Create { tablet, file } => {
            let tablet = known(tablet)?;
            workload::lines::<Created>(&file)?.iter().try_for_each(|record| tablet.create(record))?;
        }
        Step::Load { tablet, file } => {
            let tablet = known(tablet)?;
            workload::lines::<Created>(&file)?.chunks(LOAD_RECORDS).try_for_each(|records| tablet.load(records))?;
        }
        Step::Edit { tablet, file } => {
            let tablet = known(tablet)?;
            workload::lines::<Edited>(&file)?.iter().try_for_each(|edited| tablet.edit(edited))?;
        }
        Step::Sync { tablet } => {
            let report = known(tablet)?.sync()?;
            anyhow::ensure!(report.refused == 0 && report.repaired.is_empty(), "The sync is plain: {report:?}");
            return Ok(json!({ "sent": report.sent, "received": report.received, "requests": report.requests }));
        }
        Step::Alike => return alike(tablets),
        Step::Compare { files } => return compare(tablets, &files),
        Step::Survive { expect, edits } => return survive(tablets, &workload::lines(&expect)?, &edits),
        Step::ForgetPeak => process::forget_peak()?,
        Step::Close => {
            let sizes = tablets.drain(..).map(Tablet::close).collect::<anyhow::Result<Vec<_>>>()?;
            let (bytes, tables): (Vec<_>, Vec<_>) = sizes.into_iter().unzip();
            return Ok(json!({ "disk": bytes, "tables": tables.last() }));
        }
    }
    Ok(json!({}))
}

fn alike(tablets: &[Tablet]) -> anyhow::Result<Json> {
    let mut digests = Vec::new();
    let mut waiting = 0;
    for tablet in tablets {
        let scope = tablet.scope()?;
        digests.push(tablet.with(|store| store.digest(&scope))?);
        waiting += tablet.with(|store| store.pending())?.changes;
    }
    digests.dedup();
    Ok(json!({ "alike": digests.len() == 1 && waiting == 0 }))
}

fn compare(tablets: &[Tablet], files: &[PathBuf]) -> anyhow::Result<Json> {
    let (mut records, mut differing) = (0u64, 0u64);
    for file in files {
        for Created { id, .. } in workload::lines::<Created>(file)? {
            let mut states = Vec::new();
            for tablet in tablets {
                let state = tablet.with(|store| store.record(id))?.context("Every record is on every tablet")?;
                states.push(digest::pack(&state)?);
            }
            states.dedup();
            records += 1;
            differing += u64::from(states.len() != 1);
        }
    }
    Ok(json!({ "records": records, "differing": differing }))
}

/// Values that two tablets wrote at once, read as the app reads them: the shown one from the record, the others from the
/// points that wait for a person, each with its author and its date.
fn survive(tablets: &[Tablet], expected: &[Expected], edits: &[PathBuf]) -> anyhow::Result<Json> {
    let mut authors: BTreeMap<(Uuid, u16, palier_sync::Value), u32> = BTreeMap::new();
    for (tablet, file) in tablets.iter().zip(edits) {
        for edited in workload::lines::<Edited>(file)? {
            let (field, value) = edited.edit()?;
            authors.insert((edited.id, field, value), tablet.replica());
        }
    }
    let reader = tablets.first().context("A tablet")?;
    let points = reader.with(|store| store.points(u32::MAX))?;
    let points: BTreeMap<_, _> = points.into_iter().map(|point| ((point.record, point.field), point.heads)).collect();
    let (mut both, mut lost, mut wins, mut kept) = (0u32, 0u32, 0u32, 0u32);
    for Expected { id, kind, a, b } in expected {
        let state = reader.with(|store| store.record(*id))?.context("The record")?;
        let (fields, values) =
            ([workload::field(&a.0)?, workload::field(&b.0)?], [workload::value(&a.1)?, workload::value(&b.1)?]);
        let shows = |place: usize| {
            let (field, value) = fields.get(place).zip(values.get(place))?;
            resolve::latest(state.field(*field)).map(|head| head.value == *value)
        };
        let (first, second) = (shows(0) == Some(true), shows(1) == Some(true));
        if kind == "diff" {
            if first && second {
                both += 1
            } else {
                lost += 1
            }
            continue;
        }
        wins += u32::from(first != second);
        let [field, _] = fields;
        let heads = points.get(&(*id, field)).map(Vec::as_slice).unwrap_or_default();
        let told = values.iter().all(|value| {
            let author = authors.get(&(*id, field, value.clone()));
            heads
                .iter()
                .any(|head| head.value == *value && Some(&head.id.dot.replica) == author && head.stamp.utc_ms() > 0)
        });
        kept += u32::from(told);
    }
    Ok(
        json!({ "diff_field_both": both, "diff_field_one_lost": lost, "same_field_one_wins": wins, "same_field_loser_kept": kept }),
    )
}
