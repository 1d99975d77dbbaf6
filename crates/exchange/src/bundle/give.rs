//! Making a bundle: what waits here, and what is carried for others.

use ed25519_dalek::VerifyingKey;
use palier_store::Store;
use palier_sync::roster::{RosterTablet, Standing};
use palier_sync::wire::{self, Batch};
use palier_sync::{Replica, ScopeKey, limits, sign};
use uuid::Uuid;

use super::{BundleError, Contents, Signed, sealed, signed_text};
use crate::{Credential, Present, roster};

/// Changes of one batch, in bytes before compression: what a reader takes in at once.
const BATCH_BYTES: usize = 256 * 1024;

/// A bundle, and what it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// The file.
    pub file: Vec<u8>,
    /// Authors, each with how many changes: this tablet first.
    pub authors: Vec<(Replica, u64)>,
    /// Tablets that can read it.
    pub readers: Vec<Replica>,
    /// Changes for which there was no room: they wait for the network.
    pub left: u64,
}

/// What goes into a bundle.
#[derive(Default)]
struct Load {
    batches: Vec<Batch>,
    authors: Vec<(Replica, u64)>,
    scopes: Vec<ScopeKey>,
    bytes: usize,
    left: u64,
}

impl Load {
    /// Adds a batch while there is room.
    fn add(&mut self, batch: Batch, changes: u64, scopes: impl Iterator<Item = ScopeKey>) {
        if self.left > 0 || self.bytes.saturating_add(batch.changes.len()) > limits::BUNDLE_PLAIN_BYTES {
            self.left = self.left.saturating_add(changes);
            return;
        }
        self.bytes = self.bytes.saturating_add(batch.changes.len());
        match self.authors.iter_mut().find(|(replica, _)| *replica == batch.replica) {
            Some((_, count)) => *count = count.saturating_add(changes),
            None => self.authors.push((batch.replica, changes)),
        }
        self.scopes.extend(scopes);
        self.batches.push(batch);
    }
}

/// Makes a bundle of all that waits here and all that is carried, for every tablet that may hold it. Nothing leaves the queue.
///
/// # Errors
/// See [`BundleError`].
pub fn give(store: &Store, credential: &Credential, present: Present) -> Result<Given, BundleError> {
    let territory = Uuid::parse_str(&credential.territory).map_err(|_| BundleError::NoRoster)?;
    let held = roster::held(store, territory)?.ok_or(BundleError::NoRoster)?;
    if held.is_old(present.certain_ms) {
        return Err(BundleError::OldRoster);
    }
    let mut load = Load::default();
    add_own(store, credential, &mut load)?;
    for carried in store.carried()? {
        let (first, last) = carried.sequences;
        load.add(carried.batch, last.saturating_sub(first).saturating_add(1), carried.scopes.into_iter());
    }
    if load.batches.is_empty() {
        return Err(BundleError::Nothing);
    }
    let reads = |tablet: &&RosterTablet| {
        let holds = load.scopes.iter().all(|scope| tablet.holds.contains(scope));
        tablet.standing == Standing::Active && tablet.replica != credential.replica && holds
    };
    let tablets: Vec<&RosterTablet> =
        held.roster.tablets.iter().filter(reads).take(limits::BUNDLE_READERS_MAX).collect();
    let (readers, keys): (Vec<Replica>, Vec<VerifyingKey>) =
        tablets.iter().filter_map(|tablet| Some((tablet.replica, tablet.key()?))).unzip();
    let contents = Contents { made_ms: present.now_ms, roster: held.signed, batches: load.batches };
    let file = sealed::seal(&signed(credential, &contents)?, territory, &keys)?;
    Ok(Given { file, authors: load.authors, readers, left: load.left })
}

fn add_own(store: &Store, credential: &Credential, load: &mut Load) -> Result<(), BundleError> {
    let mut after = 0;
    loop {
        let changes = store.outbox_after(after, limits::BATCH_CHANGES_MAX, BATCH_BYTES)?;
        let Some(last) = changes.last() else { return Ok(()) };
        after = last.dot.sequence;
        let text = serde_json::to_string(&changes).map_err(|_| BundleError::Device)?;
        let covered = sign::batch_text(&credential.territory, credential.replica, &text);
        let signature = sign::sign(&credential.key, &covered);
        let batch = Batch { replica: credential.replica, changes: text, signature };
        load.add(batch, changes.len() as u64, changes.iter().map(|change| change.scope));
    }
}

/// The contents under the maker's signature, compressed.
fn signed(credential: &Credential, contents: &Contents) -> Result<Vec<u8>, BundleError> {
    let text = serde_json::to_string(contents).map_err(|_| BundleError::Device)?;
    let covered = signed_text(&credential.territory, credential.replica, &text);
    let signature = sign::sign(&credential.key, &covered);
    let signed = Signed { replica: credential.replica, text, signature };
    wire::encode(&signed, true).map_err(|_| BundleError::Device)
}
