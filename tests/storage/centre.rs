//! The server: what a tablet brings, with a fault at each step that writes of the ledger, the registry and the read model.

use std::path::Path;

use ed25519_dalek::SigningKey;
use palier_disk::{Disk, Fault};
use palier_domain::agreement::RECORD_NOMINATIVE;
use palier_store::{Store, StoreError, agreement_id};
use palier_sync::catalogue::{agreement as a, fleet_visit as f, person as p, profile, sector};
use palier_sync::wire::{Batch, PROTOCOL, SyncAnswer, SyncRequest};
use palier_sync::{Change, RecordType, ScopeKey, Value, sign};
use palier_sync_server::{Centre, CentreError, CentreOptions, copy};
use uuid::Uuid;

const NOW: i64 = 1_795_000_000_000;
const TERRITORY: Uuid = Uuid::from_u128(1);
const SECTOR: Uuid = Uuid::from_u128(2);
const STRUCTURE: Uuid = Uuid::from_u128(3);
const PROFILE: Uuid = Uuid::from_u128(4);
const HOUSEHOLD: Uuid = Uuid::from_u128(5);
const PERSON: Uuid = Uuid::from_u128(6);
const SCOPE: ScopeKey = ScopeKey::File { sector: SECTOR, structure: STRUCTURE };

fn opened(folder: &Path) -> Result<Centre, CentreError> {
    Centre::open(folder, CentreOptions { territory: Some(TERRITORY), ..CentreOptions::default() })
}

/// What one tablet brings: first a person who agreed to be named, then passages and the withdrawal of that agreement.
struct Brought {
    replica: u32,
    key: SigningKey,
    first: Vec<Change>,
    then: Vec<Change>,
}

impl Brought {
    fn new(centre: &Centre) -> Self {
        let key = SigningKey::from_bytes(&[9; 32]);
        let hex: String = key.verifying_key().as_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
        let replica = centre.registry.add_tablet(PROFILE, STRUCTURE, "essai", &hex, "0", NOW).unwrap();
        let mut store = Store::in_memory().unwrap();
        store.set_replica(replica).unwrap();
        let agreement = agreement_id(HOUSEHOLD, RECORD_NOMINATIVE);
        let id = |id: Uuid| Value::text(&id.to_string());
        let mut told = |withdrawn: bool| {
            let status = Value::text(if withdrawn { "withdrawn" } else { "granted" });
            let written = store.write(NOW, |draft| -> Result<(), StoreError> {
                if !withdrawn {
                    let fields = [(a::household, id(HOUSEHOLD)), (a::purpose, Value::text(RECORD_NOMINATIVE))];
                    draft.make(SCOPE, agreement, RecordType::Agreement, &fields)?;
                    let fields = [(p::household, id(HOUSEHOLD)), (p::family_name, Value::text("Canari"))];
                    draft.make(SCOPE, PERSON, RecordType::Person, &fields)?;
                }
                draft.set(SCOPE, agreement, RecordType::Agreement, &[(a::status, status)])?;
                for number in 0..20u128 {
                    let visit = Uuid::from_u128(1_000 + number + 100 * u128::from(withdrawn));
                    draft.make(SCOPE, visit, RecordType::FleetVisit, &[(f::outcome, Value::text("no_answer"))])?;
                }
                Ok(())
            });
            written.unwrap().changes
        };
        let (first, then) = (told(false), told(true));
        Self { replica, key, first, then }
    }

    fn bring(&self, centre: &mut Centre, changes: &[Change]) -> Result<SyncAnswer, String> {
        let text = serde_json::to_string(changes).unwrap();
        let signed = sign::batch_text(&TERRITORY.to_string(), self.replica, &text);
        let batch = Batch { replica: self.replica, changes: text, signature: sign::sign(&self.key, &signed) };
        let request = SyncRequest {
            protocol: PROTOCOL,
            clock_ms: NOW,
            app_version: "0".to_owned(),
            left_to_send: 0,
            batches: vec![batch],
            cursors: Vec::new(),
            columns: true,
            snapshots: false,
            records: Vec::new(),
            buckets: Vec::new(),
            roster: None,
        };
        let tablet = centre.registry.tablet(self.replica).unwrap().unwrap();
        centre.answer(&request, &tablet, NOW).map_err(|refusal| format!("{refusal:?}"))
    }

    /// Brings it again on a whole disk: everything is consumed, and all that follows from it is done.
    fn whole(&self, centre: &mut Centre, case: &str) -> Vec<(ScopeKey, String)> {
        let answer = self.bring(centre, &self.then).unwrap_or_else(|error| panic!("{case}: {error}"));
        assert_eq!(answer.consumed[0].sequence, self.then.last().unwrap().dot.sequence, "{case}");
        assert_eq!(answer.refused, Vec::new(), "{case}");
        assert_eq!(centre.store.persons_of(HOUSEHOLD).unwrap(), Vec::<Uuid>::new(), "{case}: the name left");
        assert_eq!(centre.store.integrity().unwrap(), Vec::<String>::new(), "{case}");
        centre.digests().unwrap()
    }
}

fn prepared(folder: &Path) -> Brought {
    let mut centre = opened(folder).unwrap();
    centre
        .write(NOW, |draft| {
            let fields =
                [(sector::name, Value::text("Essai")), (sector::structures, Value::text(&STRUCTURE.to_string()))];
            draft.make(ScopeKey::Territory, SECTOR, RecordType::Sector, &fields)?;
            let fields = [(profile::role, Value::text("mediator")), (profile::active, Value::Bool(true))];
            draft.make(ScopeKey::Team { structure: STRUCTURE }, PROFILE, RecordType::Profile, &fields)?;
            Ok::<_, CentreError>(())
        })
        .unwrap();
    let brought = Brought::new(&centre);
    brought.bring(&mut centre, &brought.first).unwrap();
    assert_eq!(centre.store.persons_of(HOUSEHOLD).unwrap(), vec![PERSON]);
    centre.checkpoint().unwrap();
    brought
}

fn copied(from: &Path, to: &Path) {
    let _ = std::fs::remove_dir_all(to);
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copied(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

fn at_each_step(fault: Fault) -> u64 {
    let folder = crate::folder();
    let (before, used) = (folder.path().join("before"), folder.path().join("used"));
    let disk = Disk::of(folder.path()).unwrap();
    let brought = prepared(&before);
    copied(&before, &used);
    let after = brought.whole(&mut opened(&used).unwrap(), "without a fault");
    for step in 0.. {
        let case = format!("{fault:?} at step {step}");
        let mut hit = false;
        for goes_on in [true, false] {
            copied(&before, &used);
            let mut centre = opened(&used).unwrap();
            disk.fail_after(step, fault);
            let told = brought.bring(&mut centre, &brought.then);
            if goes_on {
                hit = disk.mend() > 0;
            } else {
                drop(centre);
                disk.mend();
                centre = opened(&used).unwrap();
            }
            let consumed = centre.consumed(brought.replica).unwrap();
            let (first, last) = (brought.first.last().unwrap().dot.sequence, brought.then.last().unwrap().dot.sequence);
            assert!(consumed == last || (told.is_err() && consumed == first), "{case}: all of a batch, or nothing");
            assert!(brought.whole(&mut centre, &case) == after, "{case}: brought again, it is what it is without");
            drop(centre);
            if step % 4 == 0 {
                let rebuilt = copy::rebuild(&used).unwrap();
                assert!(rebuilt.differing.is_empty(), "{case}: the read model is the ledger's");
            }
        }
        if !hit {
            return step;
        }
    }
    unreachable!("an answer has an end")
}

#[test]
fn a_server_whose_disk_is_full_consumes_all_or_nothing() {
    assert!(at_each_step(Fault::Full) > 30);
}

#[test]
fn a_server_whose_disk_fails_consumes_all_or_nothing() {
    assert!(at_each_step(Fault::Device) > 30);
}
