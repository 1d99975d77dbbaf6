//! Bodies of the wire, made from what a server holds after a week.

use std::collections::BTreeMap;

use palier_sync::dot::SERVER_REPLICA;
use palier_sync::wire::{Batch, Consumed, Cursor, PROTOCOL, ScopePage, SyncAnswer, SyncRequest};
use palier_sync::{Change, Dot, RecordState, ScopeKey, digest, wire};
use palier_sync_server::{Centre, CentreOptions, now_ms};
use palier_tests::CentreSocial;
use uuid::Uuid;

/// Length of an identifier in its text form.
const ID_CHARS: usize = 36;

/// Changes that a tablet sends or receives at once, in turn: most syncs are small.
const SIZES: [usize; 6] = [1, 2, 1, 5, 3, 12];

/// Everything a new tablet reads: pages by scope, whole.
pub struct Samples {
    pages: Vec<(ScopeKey, Vec<Change>)>,
}

impl Samples {
    /// Reads as a tablet does that was just enrolled.
    pub fn read(centre: &CentreSocial) -> anyhow::Result<Self> {
        let mut centre = Centre::open(&centre.data(), CentreOptions::default())?;
        let tablet = centre.registry.tablets()?.into_iter().next().ok_or_else(|| anyhow::anyhow!("No tablet"))?;
        let mut pages: BTreeMap<ScopeKey, Vec<Change>> = BTreeMap::new();
        let mut cursors: Vec<Cursor> = Vec::new();
        loop {
            let request = SyncRequest { cursors: cursors.clone(), ..request(Vec::new()) };
            let answer =
                centre.answer(&request, &tablet, now_ms()).map_err(|refusal| anyhow::anyhow!("{refusal:?}"))?;
            cursors = answer.scopes.iter().map(|page| Cursor::at(page.scope, page.scanned)).collect();
            let more = answer.scopes.iter().any(|page| page.more);
            for page in answer.scopes {
                pages.entry(page.scope).or_default().extend(page.changes);
            }
            if !more {
                return Ok(Self { pages: pages.into_iter().collect() });
            }
        }
    }

    /// Requests and answers of many small syncs, as JSON.
    pub fn bodies(&self) -> anyhow::Result<Vec<Vec<u8>>> {
        let mut bodies = Vec::new();
        for (scope, changes) in &self.pages {
            let mut sizes = SIZES.iter().cycle();
            let mut rest = changes.as_slice();
            while let Some((these, others)) = sizes.next().and_then(|size| rest.split_at_checked(*size)) {
                let (scope, these) = elsewhere(scope, these, bodies.len())?;
                if these.iter().all(|change| change.dot.replica != SERVER_REPLICA) {
                    bodies.push(serde_json::to_vec(&request(these.clone()))?);
                }
                bodies.push(serde_json::to_vec(&answer(scope, these))?);
                rest = others;
            }
        }
        Ok(bodies)
    }

    /// What the rows of a store hold of these records, without their scope; every identifier is replaced by another.
    pub fn rows(&self) -> anyhow::Result<Vec<Vec<u8>>> {
        let mut records: BTreeMap<Uuid, Vec<Change>> = BTreeMap::new();
        for change in self.pages.iter().flat_map(|(_, changes)| changes) {
            records.entry(change.record).or_default().push(change.clone());
        }
        let mut rows = Vec::new();
        for changes in records.into_values() {
            let Some(first) = changes.first() else { continue };
            let (scope, changes) = elsewhere(&first.scope, &changes, rows.len())?;
            let mut state = RecordState::new(scope, changes.first().map_or(0, |change| change.kind));
            for change in &changes {
                state.apply(change);
            }
            rows.push(digest::without_scope(&digest::pack(&state)?)?.to_vec());
        }
        Ok(rows)
    }

    /// Bytes of a request with one visit, with the dictionary and without.
    pub fn one_visit(&self) -> anyhow::Result<(usize, usize)> {
        let visits = self.pages.iter().flat_map(|(_, changes)| changes);
        let visit = visits.filter(|change| change.dot.replica != SERVER_REPLICA).max_by_key(|change| change.stamp.time);
        let request = request(visit.cloned().into_iter().collect());
        Ok((wire::encode(&request, true)?.len(), wire::encode(&request, false)?.len()))
    }

    /// Bytes of all that a new tablet reads, by column and by row, and how many changes that is.
    pub fn first_page(&self) -> anyhow::Result<(usize, usize, usize)> {
        let (mut columns, mut rows, mut count) = (0usize, 0usize, 0usize);
        for (scope, changes) in &self.pages {
            let mut page = page(*scope, changes.clone());
            rows = rows.saturating_add(wire::encode(&page, false)?.len());
            page.pack();
            columns = columns.saturating_add(wire::encode(&page, true)?.len());
            count = count.saturating_add(changes.len());
        }
        Ok((columns, rows, count))
    }
}

/// The same changes with every identifier replaced by one that no other sample has.
fn elsewhere(scope: &ScopeKey, changes: &[Change], sample: usize) -> anyhow::Result<(ScopeKey, Vec<Change>)> {
    let text = serde_json::to_string(&(scope, changes))?;
    let mut replaced = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while !rest.is_empty() {
        let id = rest.get(..ID_CHARS).and_then(|piece| Uuid::parse_str(piece).ok());
        let taken = if id.is_some() { ID_CHARS } else { rest.chars().next().map_or(1, char::len_utf8) };
        let (piece, others) = rest.split_at(taken);
        match id {
            Some(id) => replaced.push_str(&Uuid::new_v5(&id, &sample.to_le_bytes()).to_string()),
            None => replaced.push_str(piece),
        }
        rest = others;
    }
    Ok(serde_json::from_str(&replaced)?)
}

/// A tablet's request with changes renumbered as one author's.
fn request(mut changes: Vec<Change>) -> SyncRequest {
    let replica = changes.first().map_or(1, |change| change.dot.replica);
    let first = changes.first().map_or(0, |change| change.dot.sequence);
    for (change, sequence) in changes.iter_mut().zip(first..) {
        change.dot = Dot { replica, sequence };
        change.stamp.replica = replica;
    }
    let text = serde_json::to_string(&changes).unwrap_or_default();
    let seed = Uuid::new_v5(&Uuid::NAMESPACE_OID, text.as_bytes());
    // A signature is 64 bytes that nothing predicts.
    let signature = (0u8..4).map(|part| Uuid::new_v5(&seed, &[part]).simple().to_string()).collect();
    let cursors = changes.iter().take(1).map(|change| Cursor::at(change.scope, first));
    SyncRequest {
        protocol: PROTOCOL,
        clock_ms: now_ms(),
        app_version: env!("CARGO_PKG_VERSION").to_owned(),
        left_to_send: 0,
        cursors: cursors.collect(),
        batches: if changes.is_empty() { Vec::new() } else { vec![Batch { replica, changes: text, signature }] },
        columns: true,
        snapshots: false,
        records: Vec::new(),
        buckets: Vec::new(),
        roster: None,
    }
}

fn answer(scope: ScopeKey, changes: Vec<Change>) -> SyncAnswer {
    let consumed = changes.iter().take(1).map(|change| {
        let Dot { replica, sequence } = change.dot;
        Consumed { replica, sequence }
    });
    let digest = Uuid::new_v5(&Uuid::NAMESPACE_OID, &changes.len().to_le_bytes());
    SyncAnswer {
        server_ms: now_ms(),
        challenge: format!("{}.{}", now_ms(), digest.simple()),
        consumed: consumed.collect(),
        refused: Vec::new(),
        restamped: Vec::new(),
        scopes: {
            let mut page = page(scope, changes);
            page.pack();
            vec![page]
        },
        lost_scopes: Vec::new(),
        records: Vec::new(),
        buckets: Vec::new(),
        roster: None,
        attached: Vec::new(),
    }
}

fn page(scope: ScopeKey, changes: Vec<Change>) -> ScopePage {
    let scanned = changes.len() as u64;
    let digest = Some(Uuid::new_v5(&Uuid::NAMESPACE_URL, &scanned.to_le_bytes()).simple().to_string());
    ScopePage { changes, scanned, digest, ..ScopePage::empty(scope) }
}
