//! The cast: tablets of one structure or another, each with its store and the roster that the server signed.

use data_encoding::HEXLOWER;
use ed25519_dalek::SigningKey;
use palier_exchange::bundle::BundleError;
use palier_exchange::bundle::give::{Given, give};
use palier_exchange::bundle::receive::{Received, receive};
use palier_exchange::{Credential, Present, roster};
use palier_store::{Store, StoreError, StoreKey, agreement_id};
use palier_sync::catalogue::{agreement, person, visit};
use palier_sync::roster::{Roster, RosterTablet, SignedRoster, Standing};
use palier_sync::{Body, Change, Dot, Edit, RecordType, Replica, ScopeKey, Stamp, Value};
use uuid::Uuid;

pub const NOW: i64 = 1_795_400_000_000;
/// No clock is in doubt here.
pub const PRESENT: Present = Present { now_ms: NOW, certain_ms: NOW };
pub const TERRITORY: Uuid = Uuid::from_u128(1);
pub const SECTOR: Uuid = Uuid::from_u128(2);
pub const STRUCTURE: Uuid = Uuid::from_u128(3);
pub const PLACE: ScopeKey = ScopeKey::Place { sector: SECTOR };
pub const FILES: ScopeKey = ScopeKey::File { sector: SECTOR, structure: STRUCTURE };

const HOME: Uuid = Uuid::from_u128(4);

pub const SAMIA: Replica = 5;
pub const KARIM: Replica = 6;
pub const LINA: Replica = 7;

/// The key of a tablet, or of the server for 0.
pub fn key(replica: Replica) -> SigningKey {
    SigningKey::from_bytes(&[u8::try_from(replica).unwrap() + 1; 32])
}

/// What every tablet had from the server: the household agrees to be named.
fn agreed() -> Change {
    Change {
        dot: Dot { replica: 0, sequence: 1 },
        stamp: Stamp { time: 1, replica: 0 },
        effective: None,
        scope: FILES,
        record: agreement_id(HOME, "record_nominative"),
        kind: RecordType::Agreement.number(),
        body: Body::Set(vec![Edit { field: agreement::status, value: Value::text("granted"), bases: vec![] }]),
    }
}

/// A mediator's tablet in the roster.
pub fn listed(replica: Replica, standing: Standing) -> RosterTablet {
    RosterTablet {
        replica,
        public_key: HEXLOWER.encode(key(replica).verifying_key().as_bytes()),
        standing,
        holds: vec![ScopeKey::Territory, PLACE, FILES],
        writes: vec![PLACE, FILES],
    }
}

/// What the server says of the tablets.
pub fn signed(tablets: Vec<RosterTablet>, issued_ms: i64) -> SignedRoster {
    SignedRoster::sign(&key(0), TERRITORY, &Roster::of(tablets, issued_ms).unwrap()).unwrap()
}

/// A tablet: a store on the disk and a credential.
pub struct Tablet {
    pub store: Store,
    pub credential: Credential,
    _folder: tempfile::TempDir,
}

impl Tablet {
    /// A tablet that synced once, with a roster.
    pub fn of(replica: Replica, tablets: Vec<RosterTablet>) -> Self {
        Self::in_territory(replica, TERRITORY, &signed(tablets, NOW))
    }

    pub fn in_territory(replica: Replica, territory: Uuid, roster: &SignedRoster) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::open(&folder.path().join("store.db"), &StoreKey::new([7; 32])).unwrap();
        store.set_replica(replica).unwrap();
        for scope in [ScopeKey::Territory, PLACE, FILES] {
            store.apply_page(&scope, &[], 0, NOW).unwrap();
        }
        store.apply(&[agreed()], NOW).unwrap();
        roster::keep(&store, roster).unwrap();
        let credential = Credential {
            server: "server".to_owned(),
            territory: territory.to_string(),
            replica,
            key: key(replica),
            app_version: "0".to_owned(),
        };
        Self { store, credential, _folder: folder }
    }

    /// Samia, Karim and Lina, active all.
    pub fn team() -> [Self; 3] {
        let tablets = || [SAMIA, KARIM, LINA].map(|replica| listed(replica, Standing::Active)).to_vec();
        [SAMIA, KARIM, LINA].map(|replica| Self::of(replica, tablets()))
    }

    /// Writes a passage.
    pub fn tell(&mut self, number: u128) -> Vec<Change> {
        let fields = [(visit::outcome, Value::text("no_answer")), (visit::at, Value::Int(NOW))];
        self.write(PLACE, Uuid::from_u128(1_000 + number), RecordType::Visit, &fields)
    }

    /// Writes a person, by name.
    pub fn name(&mut self, number: u128, name: &str) -> Vec<Change> {
        let fields = [(person::household, Value::text(&HOME.to_string())), (person::given_name, Value::text(name))];
        self.write(FILES, Uuid::from_u128(number), RecordType::Person, &fields)
    }

    pub fn write(&mut self, scope: ScopeKey, id: Uuid, kind: RecordType, fields: &[(u16, Value)]) -> Vec<Change> {
        let written = self.store.write(NOW, |draft| -> Result<(), StoreError> {
            draft.set(scope, id, kind, fields)?;
            Ok(())
        });
        written.unwrap().changes
    }

    pub fn erase(&mut self, number: u128) {
        let erased = self.store.write(NOW, |draft| -> Result<(), StoreError> {
            draft.erase(FILES, Uuid::from_u128(number), RecordType::Person)?;
            Ok(())
        });
        erased.unwrap();
    }

    pub fn give(&self) -> Result<Given, BundleError> {
        give(&self.store, &self.credential, PRESENT)
    }

    pub fn receive(&mut self, file: &[u8]) -> Result<Received, BundleError> {
        receive(&mut self.store, &self.credential, file, PRESENT)
    }

    /// What two tablets compare, and what is carried.
    pub fn state(&self) -> (Vec<String>, Vec<(Replica, u64)>) {
        let digests = [PLACE, FILES].map(|scope| self.store.digest_from_rows(&scope).unwrap().hex());
        (digests.to_vec(), self.store.carried_authors().unwrap())
    }

    pub fn digests(&self) -> Vec<String> {
        self.state().0
    }
}
