//! What is sent and what is not. The pill is computed from the journal, never from the last request.

use std::sync::Arc;
use std::sync::atomic::Ordering::{AcqRel, Relaxed};

use palier_domain::calendar::{self, DAY_MS};
use palier_exchange::{NetFault, RoundError, Transport, pack, round};
use palier_sync::{RecordType, clock::AHEAD_MS_MAX};

use crate::App;
use crate::api::*;
use crate::app::lock;
use crate::bundle;
use crate::session::Open;

/// Something waits since this many days: the pill says so instead of a count.
const STALE_DAYS: i64 = 3;

impl App {
    pub(crate) fn sync_status(&self, _: Nothing) -> Result<SyncStatus, CommandError> {
        let open = self.open()?;
        status(self, &open)
    }

    pub(crate) fn sync_now(&self, _: Nothing) -> Result<SyncStatus, CommandError> {
        let open = self.open()?;
        self.sync(&open)?;
        status(self, &open)
    }

    /// Digest of each scope the open profile holds, counted again from its own rows: what two copies compare.
    ///
    /// # Errors
    /// When no profile is open, or a fault of the store.
    pub fn digests(&self) -> Result<Vec<(String, String)>, CommandError> {
        let open = self.open()?;
        let store = lock(&open.store);
        let scopes = store.scopes()?;
        scopes.iter().map(|(scope, _)| Ok((scope.to_string(), store.digest_from_rows(scope)?.hex()))).collect()
    }

    /// What a check of every page of the open profile's store finds wrong; empty when all is well.
    ///
    /// # Errors
    /// When no profile is open, or a fault of the store.
    pub fn integrity(&self) -> Result<Vec<String>, CommandError> {
        Ok(lock(&self.open()?.store).integrity()?)
    }

    /// Syncs the open profile, unless a sync runs already. An unreachable server is an expected outcome: the status says it.
    pub(crate) fn sync(&self, open: &Arc<Open>) -> Result<(), CommandError> {
        if open.syncing.swap(true, AcqRel) {
            return Ok(());
        }
        self.changed(&["sync"]);
        let outcome = self.sync_round(open);
        open.syncing.store(false, Relaxed);
        let answer = match outcome {
            Ok(report) => {
                open.offline.store(false, Relaxed);
                open.refused.store(false, Relaxed);
                open.clock_off_ms.store(report.clock_off_ms, Relaxed);
                Ok(report.received > 0 || report.refused > 0)
            }
            Err(RoundError::Net(_)) => {
                open.offline.store(true, Relaxed);
                Ok(false)
            }
            Err(RoundError::Refused(_)) => {
                open.refused.store(true, Relaxed);
                Ok(false)
            }
            Err(RoundError::Store(error)) => Err(error.into()),
            Err(RoundError::Form) => Err(CommandError::new(ErrorCode::Internal, "answer")),
        };
        match answer {
            Ok(true) => self.records_changed(),
            _ => self.changed(&["sync", "journal"]),
        }
        answer.map(|_| ())
    }

    fn sync_round(&self, open: &Arc<Open>) -> Result<round::Report, RoundError> {
        let credential = open
            .identity
            .credential(&self.options.version)
            .map_err(|_| RoundError::Refused("credential".to_owned()))?;
        let ca =
            data_encoding::HEXLOWER.decode(open.identity.enrolled.ca_der.as_bytes()).map_err(|_| RoundError::Form)?;
        let anchor: Option<palier_exchange::Anchor> = lock(&open.store).fact(round::ANCHOR_FACT)?;
        let now = palier_exchange::certain_now_ms(anchor.as_ref(), self.clock());
        let mut fault = NetFault::Unreachable;
        for address in &open.identity.enrolled.addresses {
            let transport: Box<dyn Transport> = match self.options.network.transport(address, &ca, now) {
                Ok(transport) => transport,
                Err(error) => {
                    fault = error;
                    continue;
                }
            };
            match round::run(&open.store, &credential, transport.as_ref(), self.clock(), &open.progress) {
                Err(RoundError::Net(error)) => fault = error,
                Ok(report) => {
                    // After everything else, and whatever becomes of it: the work of the day is sent already.
                    if pack::fetch(&open.store, &credential, transport.as_ref()).unwrap_or(false) {
                        self.changed(&["directory"]);
                    }
                    return Ok(report);
                }
                Err(other) => return Err(other),
            }
        }
        Err(fault.into())
    }
}

fn status(app: &App, open: &Open) -> Result<SyncStatus, CommandError> {
    let store = lock(&open.store);
    let now = app.now_ms(&store)?;
    let pending = store.pending()?;
    let waiting_ms = pending.oldest_at.map_or(0, |oldest| now.saturating_sub(oldest).max(0));
    let days = waiting_ms / DAY_MS;
    let state = if open.refused.load(Relaxed) {
        "refused"
    } else if open.syncing.load(Relaxed) && pending.changes > 0 {
        "sending"
    } else if pending.changes > 0 && days >= STALE_DAYS {
        "stale"
    } else if pending.changes > 0 || pending.last_sync.is_none() {
        "pending"
    } else {
        "up_to_date"
    };
    let quarantined = store
        .quarantined()?
        .into_iter()
        .map(|row| Quarantined {
            at: calendar::rfc3339(row.written_at),
            kind: RecordType::from_number(row.kind).map_or("unknown", RecordType::name).to_owned(),
            reason: row.reason,
        })
        .collect();
    let off = open.clock_off_ms.load(Relaxed);
    Ok(SyncStatus {
        state: state.to_owned(),
        pending: pending.acts,
        done: open.progress.sent.load(Relaxed),
        total: open.progress.total.load(Relaxed),
        last_sync: pending.last_sync.map(calendar::rfc3339),
        days_waiting: u32::try_from(days).unwrap_or(u32::MAX),
        offline: open.offline.load(Relaxed),
        carried: bundle::carried(&store)?,
        quarantined,
        clock_off_seconds: if off.abs() > AHEAD_MS_MAX { off / 1_000 } else { 0 },
    })
}
