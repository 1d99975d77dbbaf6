//! The roster that a tablet is told: the tablets of its structure, signed, so that tablets know one another without the network.

use data_encoding::HEXLOWER;
use ed25519_dalek::SigningKey;
use palier_sync::ScopeKey;
use palier_sync::roster::{Roster, RosterTablet, SignedRoster, Standing};

use crate::answer::worker_among;
use crate::authorise::{Worker, held_scopes, written_scopes};
use crate::registry::{Registry, Tablet, TabletStatus, random};
use crate::{Centre, CentreError};

/// The server's key for rosters; made when the registry has none, and it travels with the registry.
pub(crate) fn signing_key(registry: &Registry) -> Result<SigningKey, CentreError> {
    let hex = registry.setting("roster_key", || Ok(HEXLOWER.encode(&random::<32>()?)))?;
    let bytes: [u8; 32] =
        HEXLOWER.decode(hex.as_bytes()).ok().and_then(|bytes| bytes.try_into().ok()).ok_or(CentreError::KeyFile)?;
    Ok(SigningKey::from_bytes(&bytes))
}

impl Centre {
    /// The tablets of the asker's structure; none when the mark says that the asker has them as they are.
    ///
    /// # Errors
    /// A fault of a database.
    pub(crate) fn roster_of(
        &self,
        asker: &Tablet,
        mark: &str,
        now_ms: i64,
    ) -> Result<Option<SignedRoster>, CentreError> {
        let of_structure = |tablet: &Tablet| tablet.structure == asker.structure;
        let mut tablets: Vec<Tablet> = self.registry.tablets()?.into_iter().filter(of_structure).collect();
        tablets.sort_unstable_by_key(|tablet| tablet.replica);
        let (profiles, sectors) = (self.store.profiles()?, self.store.sectors()?);
        let told = tablets.iter().map(|tablet| self.told(tablet, worker_among(tablet, &profiles, &sectors), now_ms));
        let told = told.collect::<Result<Vec<_>, CentreError>>()?;
        let roster = Roster::of(told, now_ms)?;
        if roster.mark == mark {
            return Ok(None);
        }
        Ok(Some(SignedRoster::sign(self.roster_key(), self.territory(), &roster)?))
    }

    fn told(&self, tablet: &Tablet, worker: Worker, now_ms: i64) -> Result<RosterTablet, CentreError> {
        let standing = match tablet.status {
            TabletStatus::Active => Standing::Active,
            TabletStatus::Suspended => Standing::Suspended,
            TabletStatus::Revoked => return Ok(bare(tablet)),
        };
        let mut writes = written_scopes(&worker);
        writes.extend(self.registry.given_scopes(tablet.replica, now_ms)?);
        Ok(RosterTablet { standing, holds: sorted(held_scopes(&worker)), writes: sorted(writes), ..bare(tablet) })
    }
}

/// A tablet that may nothing.
fn bare(tablet: &Tablet) -> RosterTablet {
    RosterTablet {
        replica: tablet.replica,
        public_key: tablet.public_key.clone(),
        standing: Standing::Revoked,
        holds: Vec::new(),
        writes: Vec::new(),
    }
}

/// In one order, so that the mark is of what is said.
fn sorted(mut scopes: Vec<ScopeKey>) -> Vec<ScopeKey> {
    scopes.sort_unstable();
    scopes.dedup();
    scopes
}
