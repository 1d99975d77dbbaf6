//! Bundles: what a tablet gives to the tablets of its structure by a file, without a network and without a server.
//!
//! What it is: a file sealed for the tablets that may hold what is in it ([`sealed`]), with batches as their authors signed
//! them. What it is not: the choice of a file or a place (`palier-commands`), or the way on to the server (`relay`, in the rounds).
//!
//! Invariants: a bundle is sealed only for tablets that hold every scope in it, and who reads it keeps only what its own
//! scopes and the authors' rights cover (I11); each batch is one transaction, and the same bundle twice changes nothing; a
//! bundle that cannot be read changes nothing. Start reading at [`give`], then [`receive`].

pub mod give;
pub mod receive;
pub mod sealed;

use palier_store::StoreError;
use palier_sync::Replica;
use palier_sync::roster::SignedRoster;
use palier_sync::wire::Batch;
use serde::{Deserialize, Serialize};

/// Why a bundle could not be made or read. Nothing was changed, but for batches of it that were taken in before a `Store`.
#[derive(Debug, thiserror::Error)]
pub enum BundleError {
    /// The file is of another kind.
    #[error("The file is no bundle")]
    NotABundle,
    /// The file ends too soon: it was not copied whole.
    #[error("The bundle ends too soon; copy the file again")]
    Truncated,
    /// The file is not as it was made.
    #[error("The bundle was altered or damaged; ask for it again")]
    Altered,
    /// A newer version of the app made it.
    #[error("The bundle is of version {0}; update the app, then read it")]
    Newer(u16),
    /// An older version of the app made it, in a form that is not read any more.
    #[error("The bundle is of version {0}, which is not read any more; update the app that makes it")]
    Older(u16),
    /// It is larger than any bundle.
    #[error("The file is too large for a bundle")]
    TooLarge,
    /// It is of another territory.
    #[error("The bundle is of another territory")]
    OtherTerritory,
    /// It was not made for this tablet: its structure is another, it may not hold all that is in it, or it came too late for it.
    #[error("The bundle was not made for this tablet")]
    NotForThisTablet,
    /// This tablet made it.
    #[error("The bundle was made by this tablet")]
    Own,
    /// This tablet does not know who made it.
    #[error("The tablet that made the bundle is not known here; sync with the server first")]
    GiverUnknown,
    /// Who made it is suspended or revoked.
    #[error("The tablet that made the bundle is not heard any more")]
    GiverStopped,
    /// This tablet does not know the tablets of its structure yet.
    #[error("This tablet does not know the others yet; sync with the server first")]
    NoRoster,
    /// What this tablet knows of the others is too old to be gone by.
    #[error("What this tablet knows of the others is too old; sync with the server first")]
    OldRoster,
    /// Nothing waits to be given.
    #[error("There is nothing to give")]
    Nothing,
    /// No other tablet may hold what waits.
    #[error("No other tablet may read what is to be given")]
    NoReader,
    /// The device has no randomness or no memory.
    #[error("The device cannot seal a bundle")]
    Device,
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What is sealed: the contents as text, and who made them.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Signed {
    replica: Replica,
    /// JSON of [`Contents`].
    text: String,
    /// Over [`signed_text`], by the replica's key.
    signature: String,
}

/// What a bundle brings.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Contents {
    /// When it was made, UTC milliseconds of the maker's trusted time.
    made_ms: i64,
    /// The maker's roster.
    roster: SignedRoster,
    /// The maker's own batches, then those that it carries.
    batches: Vec<Batch>,
}

/// What the maker's signature covers.
fn signed_text(territory: &str, replica: Replica, text: &str) -> Vec<u8> {
    format!("palier1\nbundle\n{territory}\n{replica}\n{text}").into_bytes()
}
