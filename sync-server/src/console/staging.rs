//! Files that a coordinator sent and plans that were shown, in memory for half an hour: nothing of them is written before
//! the plan is accepted.

use std::collections::HashMap;

use axum::body::Bytes;
use palier_territory::{LICENCE_OUVERTE, Pack, Provenance, RecordEdit, date_in_name};
use uuid::Uuid;

use super::ConsoleError;
use super::api::*;
use super::call::Call;
use crate::registry::ImportedFile;

/// Largest file, in bytes: the contours of the whole of France take 20 MB, 150,000 dwellings about 50 MB.
pub(super) const FILE_BYTES_MAX: usize = 64 * 1024 * 1024;
/// All staged files together, in bytes: the server must not be filled by forgotten files.
const STAGED_BYTES_MAX: usize = 192 * 1024 * 1024;
/// Plans that wait at once; a new one takes the oldest's place.
const PLANS_MAX: usize = 4;
/// Life of a staged file and of a plan, in ms.
const LIFE_MS: i64 = 30 * 60_000;
/// Longest file name kept, in characters.
const NAME_CHARS_MAX: usize = 120;

/// A staged file.
pub(super) struct Staged {
    pub(super) kind: String,
    pub(super) name: String,
    pub(super) bytes: Bytes,
    at: i64,
}

/// A plan that was shown, with what it takes to see that nothing changed since.
pub(super) struct Planned {
    pub(super) pack: Pack,
    pub(super) sector: Option<Uuid>,
    pub(super) edits: Vec<RecordEdit>,
    pub(super) files: Vec<ImportedFile>,
    pub(super) refused: u32,
    pub(super) at: i64,
}

/// Staged files and plans.
#[derive(Default)]
pub(super) struct Staging {
    files: HashMap<String, Staged>,
    plans: HashMap<String, Planned>,
}

impl Staging {
    fn forget_old(&mut self, now_ms: i64) {
        let lives = |at: i64| now_ms.saturating_sub(at) < LIFE_MS;
        self.files.retain(|_, file| lives(file.at));
        self.plans.retain(|_, plan| lives(plan.at));
    }

    pub(super) fn file(&mut self, token: &str, now_ms: i64) -> Result<&Staged, ConsoleError> {
        self.forget_old(now_ms);
        self.files.get(token).ok_or_else(|| ConsoleError::of(ErrorCode::FileGone))
    }

    /// Keeps a plan and names it.
    pub(super) fn keep_plan(&mut self, plan: Planned) -> String {
        if self.plans.len() >= PLANS_MAX
            && let Some(oldest) = self.plans.iter().min_by_key(|(_, plan)| plan.at).map(|(name, _)| name.clone())
        {
            self.plans.remove(&oldest);
        }
        let name = Uuid::now_v7().to_string();
        self.plans.insert(name.clone(), plan);
        name
    }

    pub(super) fn take_plan(&mut self, name: &str, now_ms: i64) -> Result<Planned, ConsoleError> {
        self.forget_old(now_ms);
        self.plans.remove(name).ok_or_else(|| ConsoleError::of(ErrorCode::FileGone))
    }

    /// After an import its files are of no more use.
    pub(super) fn clear(&mut self) {
        self.files.clear();
        self.plans.clear();
    }
}

/// Stages a file.
pub(super) fn stage(call: &mut Call<'_>, kind: &str, name: &str, bytes: Bytes) -> Result<StagedFile, ConsoleError> {
    let date = date_in_name(name);
    let provenance = match kind {
        "zones" => Provenance::qpv(date),
        "services" => Provenance::data_inclusion(date),
        "structures" if name.to_lowercase().ends_with(".json") => Provenance::data_inclusion(date),
        "structures" => Provenance::france_services(date),
        "dwellings" => Provenance { source: String::new(), licence: LICENCE_OUVERTE.to_owned(), date },
        _ => return Err(ConsoleError::field("kind")),
    };
    let mut staging = call.desk.staging();
    staging.forget_old(call.now_ms);
    let held: usize = staging.files.values().map(|file| file.bytes.len()).sum();
    if held.saturating_add(bytes.len()) > STAGED_BYTES_MAX {
        return Err(ConsoleError::of(ErrorCode::Busy));
    }
    let name: String = name.chars().filter(|c| !c.is_control()).take(NAME_CHARS_MAX).collect();
    let token = Uuid::now_v7().to_string();
    let size = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
    let staged = Staged { kind: kind.to_owned(), name: name.clone(), bytes, at: call.now_ms };
    staging.files.insert(token.clone(), staged);
    Ok(StagedFile {
        token,
        kind: kind.to_owned(),
        name,
        bytes: size,
        source: provenance.source,
        licence: provenance.licence,
        date: provenance.date.unwrap_or_default(),
    })
}
