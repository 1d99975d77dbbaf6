//! What a tablet's request does to the centre, and what it is told.

use std::sync::Arc;

use palier_store::StoreError;
use palier_store::read::programme::{ProfileRow, SectorRow};
use palier_sync::wire::{
    AskedBuckets, AskedRecord, Batch, Consumed, Cursor, Restamped, ScopePage, SyncAnswer, SyncRequest, ToldRecord,
};
use palier_sync::{RecordState, Replica, ScopeKey, limits, sign};
use uuid::Uuid;

use crate::authorise::{Worker, held_scopes, written_scopes};
use crate::centre::{refusals, verifying_key};
use crate::ledger::{Author, LedgerError};
use crate::registry::{Tablet, TabletStatus};
use crate::{Centre, CentreError};

/// A request refused before anything was consumed.
#[derive(Debug)]
pub enum SyncRefusal {
    /// A batch's signature does not fit its author.
    Signature,
    /// A batch begins too late.
    Gap(u64),
    /// A batch is not of the form.
    Form(&'static str),
    /// The centre could not.
    Fault(CentreError),
}

impl<E: Into<CentreError>> From<E> for SyncRefusal {
    fn from(error: E) -> Self {
        match error.into() {
            CentreError::Ledger(LedgerError::Gap { expected }) => Self::Gap(expected),
            CentreError::Ledger(LedgerError::Form(what)) => Self::Form(what),
            other => Self::Fault(other),
        }
    }
}

impl Centre {
    /// Answers a tablet whose request signature was checked.
    ///
    /// # Errors
    /// A signature, a gap, a form or a fault (`SyncRefusal`); nothing is consumed then.
    pub fn answer(&mut self, request: &SyncRequest, tablet: &Tablet, now_ms: i64) -> Result<SyncAnswer, SyncRefusal> {
        if request.batches.len() > limits::REQUEST_BATCHES_MAX {
            return Err(SyncRefusal::Form("number of batches"));
        }
        if request.records.len() > limits::REQUEST_RECORDS_MAX {
            return Err(SyncRefusal::Form("number of records"));
        }
        self.pay_what_is_owed(now_ms)?;
        let held = held_scopes(&self.worker(tablet)?);
        #[cfg(feature = "faults")]
        let held = with_lost_scopes(held, request);
        self.registry.grant(tablet.replica, &held, now_ms)?;
        let mut answer = SyncAnswer {
            server_ms: now_ms,
            challenge: String::new(),
            consumed: Vec::new(),
            refused: Vec::new(),
            restamped: Vec::new(),
            scopes: Vec::new(),
            lost_scopes: Vec::new(),
            records: Vec::new(),
            buckets: Vec::new(),
            roster: None,
            attached: Vec::new(),
        };
        for batch in &request.batches {
            self.take_batch(batch, tablet.replica, request.clock_ms, now_ms, &mut answer)?;
        }
        answer.scopes = self.pages(&held, request, tablet.replica, &mut answer.attached)?;
        answer.records =
            request.records.iter().map(|asked| self.whole(asked, &held)).collect::<Result<_, CentreError>>()?;
        let mut room = limits::BUCKET_BYTES;
        // Each scope once, however often it is asked about.
        for asked in held.iter().filter_map(|scope| request.buckets.iter().find(|asked| asked.scope == *scope)) {
            self.differing(asked, &mut room, &mut answer.buckets)?;
        }
        if let Some(mark) = &request.roster {
            answer.roster = self.roster_of(tablet, mark, now_ms)?;
        }
        let named: Vec<ScopeKey> = request.cursors.iter().map(|cursor| cursor.scope).collect();
        self.registry.let_go(tablet.replica, &named)?;
        answer.lost_scopes = named.into_iter().filter(|scope| !held.contains(scope)).collect();
        let clock_off_ms = request.clock_ms.saturating_sub(now_ms);
        self.registry.heard(tablet.replica, &request.app_version, request.left_to_send, clock_off_ms, now_ms)?;
        Ok(answer)
    }

    fn take_batch(
        &mut self,
        batch: &Batch,
        sender: Replica,
        clock_ms: i64,
        now_ms: i64,
        answer: &mut SyncAnswer,
    ) -> Result<(), SyncRefusal> {
        let Some(author) = self.author_of(batch, sender, clock_ms, now_ms)? else {
            answer.consumed.push(Consumed { replica: batch.replica, sequence: self.consumed(batch.replica)? });
            return Ok(());
        };
        let consumption = self.consume(batch, &author, now_ms)?;
        answer.consumed.push(Consumed { replica: batch.replica, sequence: consumption.last });
        if !consumption.accepted.is_empty() {
            self.registry.arrived(batch.replica, consumption.last, now_ms)?;
        }
        answer.refused.extend(refusals(batch.replica, &consumption.refused));
        if batch.replica == sender {
            let moved = consumption.restamped.iter();
            answer
                .restamped
                .extend(moved.map(|(sequence, effective)| Restamped { sequence: *sequence, effective: *effective }));
        }
        Ok(())
    }

    /// The author of a batch, as the registry knows them; its signature must fit their key. None when the author is
    /// suspended: what they wrote waits with whoever relays it.
    fn author_of(
        &self,
        batch: &Batch,
        sender: Replica,
        clock_ms: i64,
        now_ms: i64,
    ) -> Result<Option<Author>, SyncRefusal> {
        let relayed = batch.replica != sender;
        // What the sender's clock says tells nothing of another author's.
        let clock_ms = if relayed { now_ms } else { clock_ms };
        let tablet = self.registry.tablet(batch.replica)?.ok_or(SyncRefusal::Signature)?;
        let key = verifying_key(&tablet.public_key).ok_or(SyncRefusal::Signature)?;
        sign::verify_batch(&key, &self.territory().to_string(), batch).map_err(|_| SyncRefusal::Signature)?;
        let scopes = match tablet.status {
            TabletStatus::Suspended => return Ok(None),
            // A revoked key may be in other hands: whoever brings what it signed, nothing of it enters.
            TabletStatus::Revoked => Vec::new(),
            TabletStatus::Active => {
                let mut scopes = written_scopes(&self.worker(&tablet)?);
                scopes.extend(self.registry.given_scopes(batch.replica, now_ms)?);
                scopes
            }
        };
        Ok(Some(Author { replica: batch.replica, scopes, clock_ms, coordinates: false, relayed }))
    }

    /// The person behind a tablet.
    ///
    /// # Errors
    /// A fault of the read model.
    pub fn worker(&self, tablet: &Tablet) -> Result<Worker, CentreError> {
        Ok(worker_among(tablet, &self.store.profiles()?, &self.store.sectors()?))
    }

    /// A record as it stands, for an asker who may hold its scope.
    fn whole(&self, asked: &AskedRecord, held: &[ScopeKey]) -> Result<ToldRecord, CentreError> {
        let state = if held.contains(&asked.scope) { self.store.record(asked.record)? } else { None };
        told_whole(asked.record, state.filter(|state| state.scope == asked.scope).as_ref())
    }

    /// The records of the first buckets of a scope that are not what the asker counted: one bucket, and more while there is
    /// room in the answer.
    fn differing(&self, asked: &AskedBuckets, room: &mut usize, told: &mut Vec<ToldRecord>) -> Result<(), SyncRefusal> {
        let theirs = asked.read().ok_or(SyncRefusal::Form("digests of buckets"))?;
        let ours = self.store.buckets(&asked.scope)?;
        if theirs.len() != ours.len() {
            return Err(SyncRefusal::Form("number of buckets"));
        }
        let differing = ours.iter().zip(&theirs).filter(|(ours, theirs)| ours.digest != **theirs);
        for (bucket, _) in differing {
            for record in &bucket.records {
                let whole = told_whole(*record, self.store.record(*record)?.as_ref())?;
                *room = room.saturating_sub(whole.state.as_ref().map_or(0, String::len));
                told.push(whole);
            }
            if *room == 0 {
                break;
            }
        }
        Ok(())
    }

    fn pages(
        &mut self,
        held: &[ScopeKey],
        request: &SyncRequest,
        replica: Replica,
        attached: &mut Vec<Arc<[u8]>>,
    ) -> Result<Vec<ScopePage>, CentreError> {
        let mut pages = Vec::new();
        let mut room = self.page;
        let heads = self.store.scopes()?;
        for scope in held {
            let cursor = request.cursors.iter().find(|cursor| cursor.scope == *scope);
            let head = heads.iter().find(|(known, _)| known == scope).map_or(0, |(_, head)| *head);
            if cursor.is_none() {
                self.registry.begin(replica, scope, head)?;
            }
            if request.snapshots && starts_with_a_snapshot(cursor, head, self.snapshots.from) {
                let named = cursor.and_then(|cursor| cursor.snapshot.as_deref());
                // One an answer: a cut costs no more than a page again.
                let made =
                    attached.is_empty().then(|| self.snapshots.page(&self.store, scope, head, named)).transpose()?;
                pages.push(ScopePage {
                    more: true,
                    snapshot: made.as_ref().map(|made| made.page.clone()),
                    ..ScopePage::empty(*scope)
                });
                attached.extend(made.map(|made| made.frame));
                continue;
            }
            let since = cursor.map_or(0, |cursor| cursor.scanned);
            // What a tablet wrote itself it has, unless it wrote it before it began to read the scope (again).
            let except = (cursor.is_some() && since >= self.registry.begun(replica, scope)?).then_some(replica);
            let page = self.ledger().page(scope, since, except, room)?;
            room.changes = room.changes.saturating_sub(page.changes.len()).max(1);
            let digest = if page.more { None } else { Some(self.store.digest(scope)?.hex()) };
            let (changes, scanned, more) = (page.changes, page.scanned, page.more);
            pages.push(ScopePage { changes, scanned, more, digest, ..ScopePage::empty(*scope) });
        }
        Ok(pages)
    }
}

/// The person behind a tablet, among those who are known.
pub(crate) fn worker_among(tablet: &Tablet, profiles: &[ProfileRow], sectors: &[SectorRow]) -> Worker {
    let profile = profiles.iter().find(|profile| profile.id == tablet.profile);
    let sectors = sectors.iter().filter(|sector| sector.structures.contains(&tablet.structure));
    Worker {
        role: profile.map(|profile| profile.role.clone()).unwrap_or_default(),
        structure: tablet.structure,
        sectors: sectors.map(|sector| sector.id).collect(),
        active: profile.is_some_and(|profile| profile.active),
    }
}

/// Who never heard of a scope with a long history takes its records as they stand, until the last page of them. Who named it
/// already, be it with nothing read, may have written most of what it holds: changes leave out what is one's own.
fn starts_with_a_snapshot(cursor: Option<&Cursor>, head: u64, from: u64) -> bool {
    match cursor {
        None => head >= from,
        Some(cursor) => cursor.scanned == 0 && cursor.snapshot.is_some(),
    }
}

/// The fault `LostScopeTold`: a tablet holds what it says that it holds.
#[cfg(feature = "faults")]
fn with_lost_scopes(mut held: Vec<ScopeKey>, request: &SyncRequest) -> Vec<ScopeKey> {
    if palier_sync::faults::is_in(palier_sync::faults::Fault::LostScopeTold) {
        held.extend(request.cursors.iter().map(|cursor| cursor.scope));
        held.sort_unstable();
        held.dedup();
    }
    held
}

fn told_whole(record: Uuid, state: Option<&RecordState>) -> Result<ToldRecord, CentreError> {
    ToldRecord::of(record, state).map_err(|error| StoreError::from(error).into())
}
