//! Aide & état: what the server says of itself.

use std::path::Path;

use super::ConsoleError;
use super::api::*;
use super::call::Call;
use super::names::instant;

pub(super) fn server_state(call: &mut Call<'_>, _: Nothing) -> Result<ServerState, ConsoleError> {
    let bytes = size(call.centre.folder());
    Ok(ServerState {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        addresses: call.addresses.to_vec(),
        started_at: instant(call.desk.started_ms),
        now: instant(call.now_ms),
        backup_at: backup_ms(call)?.map(instant),
        kib: u32::try_from(bytes / 1024).unwrap_or(u32::MAX),
        changes: u32::try_from(call.centre.change_count()?).unwrap_or(u32::MAX),
        faults: call.centre.store.integrity()?,
        accounts: call.centre.registry.account_names()?,
    })
}

/// When the last backup was made, UTC milliseconds.
pub(super) fn backup_ms(call: &Call<'_>) -> Result<Option<i64>, ConsoleError> {
    Ok(call.centre.registry.setting_if_any("last_backup")?.and_then(|text| text.parse().ok()))
}

/// Bytes of the files of the data folder; what cannot be read counts nothing.
fn size(folder: &Path) -> u64 {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries.filter_map(|entry| entry.metadata().ok()).filter(std::fs::Metadata::is_file).map(|data| data.len()).sum()
}
