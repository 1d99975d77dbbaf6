//! Reading a bundle: every batch is checked against its author's key and rights, then taken in as a whole or left.

use palier_store::Store;
use palier_store::carried::Incoming;
use palier_sync::roster::{Roster, RosterTablet, Standing};
use palier_sync::wire::{self, Batch};
use palier_sync::{Change, RecordType, Replica, ScopeKey, rules, sign};
use uuid::Uuid;

use super::{BundleError, Contents, Signed, sealed, signed_text};
use crate::{Credential, Present, roster};

/// What a bundle brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// Who made it.
    pub giver: Replica,
    /// When, UTC milliseconds of its trusted time.
    pub made_ms: i64,
    /// What became of each author's changes.
    pub authors: Vec<AuthorBrought>,
}

/// What became of the changes of one author.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AuthorBrought {
    /// The author.
    pub replica: Replica,
    /// Changes that are new here.
    pub new: u32,
    /// Changes that were here already.
    pub known: u32,
    /// Changes left out, with the reason, each reason once.
    pub left: Vec<(LeftReason, u32)>,
}

/// Why changes were left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeftReason {
    /// Their author is not known here: enrolled since the last sync.
    AuthorUnknown,
    /// Their author is revoked: nothing of it enters.
    AuthorRevoked,
    /// Their author is suspended: they are carried, and wait.
    AuthorSuspended,
    /// The signature is not of their author, or the batch is not of the form.
    NotSigned,
    /// They are of a scope that this tablet does not hold.
    Scope,
    /// Their author may not make them.
    NotAllowed,
    /// This tablet carries as much as it can.
    NoRoom,
}

impl AuthorBrought {
    fn leave(&mut self, reason: LeftReason, count: u32) {
        match self.left.iter_mut().find(|(known, _)| *known == reason) {
            _ if count == 0 => {}
            Some((_, left)) => *left = left.saturating_add(count),
            None => self.left.push((reason, count)),
        }
    }
}

/// Takes a bundle in.
///
/// # Errors
/// See [`BundleError`]; only after a `Store` may some of its batches have been taken in, each whole, and reading it again goes on.
pub fn receive(
    store: &mut Store,
    credential: &Credential,
    file: &[u8],
    present: Present,
) -> Result<Received, BundleError> {
    let territory = Uuid::parse_str(&credential.territory).map_err(|_| BundleError::NoRoster)?;
    let plain = sealed::open(file, territory, &credential.key)?;
    let signed: Signed = wire::decode(&plain).map_err(|_| BundleError::Altered)?;
    if signed.replica == credential.replica {
        return Err(BundleError::Own);
    }
    let contents: Contents = serde_json::from_str(&signed.text).map_err(|_| BundleError::Altered)?;
    let here = roster::held(store, territory)?.ok_or(BundleError::NoRoster)?;
    if here.is_old(present.certain_ms) {
        return Err(BundleError::OldRoster);
    }
    let held = roster::keep_newer(store, territory, here, &contents.roster)?;
    check_giver(&held.roster, credential, &signed)?;
    let mut reader = Reader { store, credential, roster: &held.roster, scopes: Vec::new(), now_ms: present.now_ms };
    reader.scopes = reader.own_scopes()?;
    let mut received = Received { giver: signed.replica, made_ms: contents.made_ms, authors: Vec::new() };
    for batch in contents.batches.iter().filter(|batch| batch.replica != credential.replica) {
        let place = received.authors.iter().position(|author| author.replica == batch.replica);
        let place = place.unwrap_or_else(|| {
            received.authors.push(AuthorBrought { replica: batch.replica, ..AuthorBrought::default() });
            received.authors.len() - 1
        });
        if let Some(author) = received.authors.get_mut(place) {
            reader.take(batch, author)?;
        }
    }
    Ok(received)
}

/// Who made the bundle is a tablet that is heard, and signed it.
fn check_giver(roster: &Roster, credential: &Credential, signed: &Signed) -> Result<(), BundleError> {
    let giver = roster.tablet(signed.replica).ok_or(BundleError::GiverUnknown)?;
    if giver.standing != Standing::Active {
        return Err(BundleError::GiverStopped);
    }
    let key = giver.key().ok_or(BundleError::GiverUnknown)?;
    let covered = signed_text(&credential.territory, signed.replica, &signed.text);
    sign::verify(&key, &covered, &signed.signature).map_err(|_| BundleError::Altered)
}

struct Reader<'a> {
    store: &'a mut Store,
    credential: &'a Credential,
    roster: &'a Roster,
    /// Scopes that this tablet holds.
    scopes: Vec<ScopeKey>,
    now_ms: i64,
}

impl Reader<'_> {
    /// What this tablet holds: what the server gave it already, and still lets it hold.
    fn own_scopes(&self) -> Result<Vec<ScopeKey>, BundleError> {
        let may: &[ScopeKey] = self.roster.tablet(self.credential.replica).map_or(&[], |own| &own.holds);
        let has = self.store.scopes()?.into_iter().map(|(scope, _)| scope);
        Ok(has.filter(|scope| may.contains(scope)).collect())
    }

    fn take(&mut self, batch: &Batch, brought: &mut AuthorBrought) -> Result<(), BundleError> {
        let (author, changes) = match self.checked(batch) {
            Ok(checked) => checked,
            Err(reason) => {
                // How many there are is the author's word, and no more than a number on a screen.
                let count = serde_json::from_str::<Vec<serde::de::IgnoredAny>>(&batch.changes);
                brought.leave(reason, count.map_or(1, |all| u32::try_from(all.len()).unwrap_or(u32::MAX)));
                return Ok(());
            }
        };
        let allowed: Vec<bool> = changes.iter().map(|change| may_make(author, change)).collect();
        let waits = author.standing == Standing::Suspended;
        let incoming = Incoming { batch, changes: &changes, allowed: &allowed, waits };
        let taken = self.store.take_carried(incoming, self.now_ms)?;
        let all = u32::try_from(changes.len()).unwrap_or(u32::MAX);
        if taken.no_room {
            brought.leave(LeftReason::NoRoom, all);
            return Ok(());
        }
        if waits {
            brought.leave(LeftReason::AuthorSuspended, all);
            return Ok(());
        }
        brought.new = brought.new.saturating_add(taken.new);
        brought.known = brought.known.saturating_add(taken.known);
        brought.leave(LeftReason::NotAllowed, taken.refused);
        Ok(())
    }

    /// The author of a batch and its changes, when its signature fits and this tablet holds every scope in it.
    fn checked(&self, batch: &Batch) -> Result<(&RosterTablet, Vec<Change>), LeftReason> {
        let author = self.roster.tablet(batch.replica).ok_or(LeftReason::AuthorUnknown)?;
        if author.standing == Standing::Revoked {
            return Err(LeftReason::AuthorRevoked);
        }
        let key = author.key().ok_or(LeftReason::NotSigned)?;
        sign::verify_batch(&key, &self.credential.territory, batch).map_err(|_| LeftReason::NotSigned)?;
        let changes = rules::read_batch(batch).map_err(|_| LeftReason::NotSigned)?;
        let held = changes.iter().all(|change| self.scopes.contains(&change.scope));
        if held { Ok((author, changes)) } else { Err(LeftReason::Scope) }
    }
}

/// The rules of the server, as far as a tablet can know them: the server decides again when the batch reaches it.
fn may_make(author: &RosterTablet, change: &Change) -> bool {
    let programme = RecordType::from_number(change.kind).is_some_and(rules::is_programme);
    author.writes.contains(&change.scope) && !programme && rules::is_sound(change)
}
