//! The roster that this tablet has: from the server itself, or from a bundle that another tablet made after it.

use palier_store::{Store, StoreError};
use palier_sync::roster::{Roster, SignedRoster};
use uuid::Uuid;

use crate::round::ANCHOR_FACT;
use crate::time::Anchor;

/// Name of the fact that holds the roster as it was signed.
const ROSTER_FACT: &str = "roster";

/// A roster counts this long after it was last confirmed, in ms: the hard lease of an offline tablet, 45 days.
const ROSTER_MS_MAX: i64 = 45 * 86_400_000;

/// A roster that was checked.
#[derive(Debug, Clone)]
pub struct Held {
    /// As it was signed.
    pub signed: SignedRoster,
    /// What it says.
    pub roster: Roster,
    /// When it was last known to be right, UTC milliseconds of the server.
    pub confirmed_ms: i64,
}

impl Held {
    /// It was confirmed too long ago to be gone by. Only time that certainly passed counts: a clock that someone set wrong keeps
    /// nobody from giving (decisions.md 14).
    #[must_use]
    pub fn is_old(&self, certain_ms: i64) -> bool {
        certain_ms.saturating_sub(self.confirmed_ms) > ROSTER_MS_MAX
    }
}

/// The roster of this tablet; none before its first sync with a server that tells one.
///
/// # Errors
/// A fault of the store.
pub fn held(store: &Store, territory: Uuid) -> Result<Option<Held>, StoreError> {
    let Some(signed) = store.fact::<SignedRoster>(ROSTER_FACT)? else { return Ok(None) };
    let Ok(roster) = signed.read(&signed.key, territory) else { return Ok(None) };
    let told = store.fact::<Anchor>(ANCHOR_FACT)?.map_or(0, |anchor| anchor.server_ms);
    let confirmed_ms = told.max(roster.issued_ms);
    Ok(Some(Held { signed, roster, confirmed_ms }))
}

/// The mark to name in a question to the server; empty when there is no roster.
pub(crate) fn mark(store: &Store, territory: &str) -> Result<String, StoreError> {
    let territory = Uuid::parse_str(territory).unwrap_or_default();
    Ok(held(store, territory)?.map(|held| held.roster.mark).unwrap_or_default())
}

/// Keeps the roster that the server itself told: its key is believed from then on.
///
/// # Errors
/// A fault of the store.
pub fn keep(store: &Store, signed: &SignedRoster) -> Result<(), StoreError> {
    store.keep_fact(ROSTER_FACT, signed)
}

/// Keeps the roster that a bundle brings when the same server signed it after the one that is here was confirmed; answers the
/// one that counts.
pub(crate) fn keep_newer(
    store: &Store,
    territory: Uuid,
    here: Held,
    brought: &SignedRoster,
) -> Result<Held, StoreError> {
    // The key is the one that the server itself told: a bundle may name any.
    let signed = SignedRoster { key: here.signed.key.clone(), ..brought.clone() };
    match signed.read(&here.signed.key, territory) {
        Ok(roster) if roster.issued_ms > here.confirmed_ms => {
            keep(store, &signed)?;
            Ok(Held { confirmed_ms: roster.issued_ms, roster, signed })
        }
        _ => Ok(here),
    }
}
