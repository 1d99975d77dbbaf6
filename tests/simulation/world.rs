//! The world of the simulation: what each can do, and what must hold when all have met.

use std::sync::{Arc, Mutex};

use axum::body::Body as HttpBody;
use axum::http::Request;
use ed25519_dalek::SigningKey;
use palier_domain::agreement::{AgreementStatus, RECORD_NOMINATIVE};
use palier_domain::place::{derived_id, door_id, stair_id};
use palier_exchange::round::{self, Credential};
use palier_exchange::{Boot, Clock, NetFault, Progress, Reply, Transport};
use palier_store::acts::{Act as JournalAct, ActEdit};
use palier_store::{Draft, Store, StoreError, agreement_id};
use palier_sync::catalogue::{
    agreement as a, door as d, household as h, person as p, profile, sector, stair as st, visit as v,
};
use palier_sync::{Body, HeadId, RecordType, ScopeKey, Value, clock};
use palier_sync_server::registry::PasswordPolicy;
use palier_sync_server::{Centre, Shared, now_ms, router};
use tower::ServiceExt;
use uuid::Uuid;

/// One thing that happens.
#[derive(Debug, Clone)]
pub enum Act {
    Visit {
        tablet: usize,
        door: u8,
        outcome: u8,
    },
    Household {
        tablet: usize,
        field: u8,
        value: u8,
    },
    Note {
        tablet: usize,
        text: u8,
    },
    Agreement {
        tablet: usize,
        status: u8,
    },
    Person {
        tablet: usize,
    },
    Turn {
        tablet: usize,
        undo: bool,
    },
    NewerField {
        tablet: usize,
        value: u8,
    },
    Clock {
        tablet: usize,
        years: i64,
    },
    /// Someone gives themselves a role: on a profile that the centre made, or on one of their own.
    Forbidden {
        tablet: usize,
        new: bool,
    },
    /// A row is lost without a trace.
    Damage {
        tablet: usize,
        row: u8,
    },
    /// The power goes in the middle of the next write or sync.
    Cut {
        tablet: usize,
        steps: u64,
    },
    Sync {
        tablet: usize,
        fate: Fate,
    },
}

/// What becomes of each request of a sync.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    Delivered,
    RequestLost,
    AnswerLost,
    Repeated,
}

const TERRITORY: Uuid = Uuid::from_u128(1);
const SECTOR: Uuid = Uuid::from_u128(2);
/// A field that only a newer version knows.
const NEWER_FIELD: u16 = 900;

struct Tablet {
    store: Arc<Mutex<Store>>,
    credential: Credential,
    structure: Uuid,
    wrong_ms: i64,
    cut: u64,
    damaged: bool,
    written: Vec<(Uuid, u16, HeadId)>,
}

/// The clocks of a simulated tablet: after each sync its own clock starts again, so that only its wall clock tells.
struct Wrong(i64);

impl Clock for Wrong {
    fn wall_ms(&self) -> i64 {
        now_ms().saturating_add(self.0)
    }
    fn boot(&self) -> Boot {
        Boot { id: [0; 16], ms: 0 }
    }
}

struct Link<'a> {
    runtime: &'a tokio::runtime::Runtime,
    router: axum::Router,
    fate: Fate,
}

impl Link<'_> {
    fn once(&self, path: &str, headers: &[(&str, String)], body: Vec<u8>) -> Reply {
        let mut request = Request::post(path);
        for (name, value) in headers {
            request = request.header(*name, value);
        }
        self.runtime.block_on(async {
            let answer = self.router.clone().oneshot(request.body(HttpBody::from(body)).unwrap()).await.unwrap();
            let status = answer.status().as_u16();
            let body = axum::body::to_bytes(answer.into_body(), usize::MAX).await.unwrap().to_vec();
            Reply { status, body }
        })
    }
}

impl Transport for Link<'_> {
    fn post(&self, path: &str, headers: &[(&str, String)], body: Vec<u8>) -> Result<Reply, NetFault> {
        if self.fate == Fate::RequestLost {
            return Err(NetFault::Unreachable);
        }
        let reply = self.once(path, headers, body.clone());
        match self.fate {
            Fate::AnswerLost => Err(NetFault::Unreachable),
            Fate::Repeated => Ok(self.once(path, headers, body)),
            _ => Ok(reply),
        }
    }
}

/// Everyone.
pub struct World {
    runtime: tokio::runtime::Runtime,
    shared: Shared,
    tablets: Vec<Tablet>,
    household: Vec<Uuid>,
    doors: Vec<Uuid>,
    people: Vec<(Uuid, Uuid)>,
}

fn structure(number: usize) -> Uuid {
    derived_id("structure", TERRITORY, &number.to_string())
}

fn place() -> ScopeKey {
    ScopeKey::Place { sector: SECTOR }
}

fn text(id: Uuid) -> Value {
    Value::text(&id.to_string())
}

impl World {
    /// Two tablets of one structure, one of another, a stair of six doors, a household file for each structure.
    pub fn open() -> Self {
        let mut centre = Centre::in_memory(TERRITORY, PasswordPolicy::CHEAP_FOR_TESTS).unwrap();
        // Everyone begins with snapshots, however short the history.
        centre.set_snapshot_from(1);
        let stair = stair_id(Uuid::from_u128(3), "A");
        let doors: Vec<Uuid> = (1..=6).map(|n| door_id(stair, 1, &format!("10{n}"))).collect();
        let household: Vec<Uuid> = (0..2).map(|n| derived_id("household", TERRITORY, &n.to_string())).collect();
        centre
            .write(now_ms(), |draft| {
                let mut fields = vec![(sector::name, Value::text("Essai"))];
                fields.extend((0..2).map(|n| (sector::structures, text(structure(n)))));
                draft.make(ScopeKey::Territory, SECTOR, RecordType::Sector, &fields)?;
                draft.make(place(), stair, RecordType::Stair, &[(st::building, text(Uuid::from_u128(3)))])?;
                for door in &doors {
                    draft.make(
                        place(),
                        *door,
                        RecordType::Door,
                        &[(d::stair, text(stair)), (d::floor, Value::Int(1))],
                    )?;
                }
                for (n, household) in household.iter().enumerate() {
                    let scope = ScopeKey::File { sector: SECTOR, structure: structure(n) };
                    draft.make(scope, *household, RecordType::Household, &[(h::door, text(doors[0]))])?;
                }
                for n in 0..3usize {
                    let scope = ScopeKey::Team { structure: structure(n / 2) };
                    let fields = [(profile::role, Value::text("mediator")), (profile::active, Value::Bool(true))];
                    draft.make(
                        scope,
                        derived_id("profile", TERRITORY, &n.to_string()),
                        RecordType::Profile,
                        &fields,
                    )?;
                }
                Ok::<_, palier_sync_server::CentreError>(())
            })
            .unwrap();
        let tablets = (0..3usize).map(|n| tablet(&centre, n)).collect();
        let shared = Shared::new(centre, &[], Vec::new(), true);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let mut world = Self { runtime, shared, tablets, household, doors, people: Vec::new() };
        for n in 0..3 {
            world.sync(n, Fate::Delivered);
        }
        world
    }

    /// Plays one act; an act that cannot be done (erased, nothing to undo) does nothing.
    pub fn play(&mut self, act: &Act) {
        match *act {
            Act::Visit { tablet, door, outcome } => self.visit(tablet, door, outcome),
            Act::Household { tablet, field, value } => {
                let field = if field == 0 { h::adults } else { h::children };
                self.set(tablet, self.file_of(tablet), RecordType::Household, field, Value::Int(i64::from(value)));
            }
            Act::Note { tablet, text } => {
                let value = Value::text(&format!("note {text}"));
                self.set(tablet, self.file_of(tablet), RecordType::Household, h::note, value);
            }
            Act::Agreement { tablet, status } => self.agree(tablet, status),
            Act::Person { tablet } => self.person(tablet),
            Act::Turn { tablet, undo } => {
                let now = self.now(tablet);
                let mut store = self.tablets[tablet].store.lock().unwrap();
                let found = store.acts().unwrap().into_iter().find(|act| act.undoable && act.undone != undo);
                if let Some(act) = found {
                    let turned = store.turn_act(act.id, undo, now);
                    assert!(
                        matches!(turned, Ok(_) | Err(StoreError::NotUndoable)),
                        "undoing breaks nothing: {turned:?}"
                    );
                }
            }
            Act::NewerField { tablet, value } => {
                self.set(
                    tablet,
                    self.file_of(tablet),
                    RecordType::Household,
                    NEWER_FIELD,
                    Value::Int(i64::from(value)),
                );
            }
            Act::Clock { tablet, years } => self.tablets[tablet].wrong_ms = years * 365 * 86_400_000,
            Act::Forbidden { tablet, new } => self.forbidden(tablet, new),
            Act::Damage { tablet, row } => {
                let record = self.doors.get(usize::from(row)).copied().unwrap_or(self.file_of(tablet));
                self.tablets[tablet].store.lock().unwrap().settle(vec![(record, None)]).unwrap();
                self.tablets[tablet].damaged = true;
            }
            Act::Cut { tablet, steps } => self.tablets[tablet].cut = steps,
            Act::Sync { tablet, fate } => self.sync(tablet, fate),
        }
    }

    fn file_of(&self, tablet: usize) -> Uuid {
        self.household[tablet / 2]
    }

    fn now(&self, tablet: usize) -> i64 {
        now_ms().saturating_add(self.tablets[tablet].wrong_ms)
    }

    fn write<T>(&mut self, n: usize, draft: impl FnOnce(&mut Draft<'_>) -> Result<T, StoreError>) -> Option<T> {
        let now = self.now(n);
        let tablet = &mut self.tablets[n];
        let cut = std::mem::take(&mut tablet.cut);
        let written = {
            let mut store = tablet.store.lock().unwrap();
            let before = Standing::of(&store);
            store.cut_after(cut).unwrap();
            let written = store.write(now, draft);
            store.cut_after(0).unwrap();
            before.check_whole(&store);
            written
        };
        let written = match written {
            Ok(written) => written,
            Err(StoreError::Erased) => return None,
            Err(StoreError::Sqlite(_)) if cut > 0 => return None,
            Err(error) => panic!("a write failed: {error}"),
        };
        for change in &written.changes {
            if let Body::Set(edits) = &change.body {
                tablet
                    .written
                    .extend(edits.iter().map(|edit| (change.record, edit.field, HeadId { dot: change.dot, part: 0 })));
            }
        }
        Some(written.answer)
    }

    fn visit(&mut self, n: usize, door: u8, outcome: u8) {
        let codes = ["no_answer", "opened_brief", "declined", "callback", "vacant"];
        let door = self.doors[usize::from(door) % self.doors.len()];
        let value = Value::text(codes[usize::from(outcome) % codes.len()]);
        let (at, structure) = (self.now(n), self.tablets[n].structure);
        self.write(n, |draft| {
            let visit = Uuid::now_v7();
            let fields = [
                (v::door, text(door)),
                (v::outcome, value.clone()),
                (v::at, Value::Int(at)),
                (v::structure, text(structure)),
            ];
            draft.make(place(), visit, RecordType::Visit, &fields)?;
            draft.undo_with(ActEdit {
                record: visit,
                kind: RecordType::Visit.number(),
                scope: place(),
                field: v::outcome,
                head: draft.written(visit, v::outcome).first().copied(),
                before: Value::text("cleared"),
                after: value,
            });
            draft.act(journal("visit", true));
            Ok(())
        });
    }

    fn set(&mut self, n: usize, record: Uuid, kind: RecordType, field: u16, value: Value) {
        let scope = ScopeKey::File { sector: SECTOR, structure: self.tablets[n].structure };
        self.write(n, |draft| {
            draft.set_undoable(scope, record, kind, field, value)?;
            draft.act(journal("household", true));
            Ok(())
        });
    }

    fn forbidden(&mut self, n: usize, new: bool) {
        let scope = ScopeKey::Team { structure: self.tablets[n].structure };
        let record = if new { Uuid::now_v7() } else { derived_id("profile", TERRITORY, &n.to_string()) };
        let before = self.tablets[n].written.len();
        self.write(n, |draft| {
            draft.set_undoable(scope, record, RecordType::Profile, profile::role, Value::text("coordinator"))?;
            draft.act(journal("profile", false));
            Ok(())
        });
        // The quarantine keeps it, the rows do not: it is not of what must stand.
        self.tablets[n].written.truncate(before);
    }

    fn agree(&mut self, n: usize, status: u8) {
        let code = ["granted", "restricted", "refused", "withdrawn"][usize::from(status) % 4];
        let household = self.file_of(n);
        let scope = ScopeKey::File { sector: SECTOR, structure: self.tablets[n].structure };
        let record = agreement_id(household, RECORD_NOMINATIVE);
        let people = self.tablets[n].store.lock().unwrap().persons_of(household).unwrap();
        self.write(n, |draft| {
            let fields = [(a::household, text(household)), (a::purpose, Value::text(RECORD_NOMINATIVE))];
            draft.make(scope, record, RecordType::Agreement, &fields)?;
            draft.set_undoable(scope, record, RecordType::Agreement, a::status, Value::text(code))?;
            let final_by_nature = code == "refused" || code == "withdrawn";
            for person in people.iter().filter(|_| final_by_nature) {
                draft.erase(scope, *person, RecordType::Person)?;
            }
            draft.act(journal("agreement", !final_by_nature));
            Ok(())
        });
    }

    fn person(&mut self, n: usize) {
        let household = self.file_of(n);
        let scope = ScopeKey::File { sector: SECTOR, structure: self.tablets[n].structure };
        let allowed = self.tablets[n].store.lock().unwrap().agreement(household, RECORD_NOMINATIVE).unwrap().allows();
        if !allowed {
            return;
        }
        let person = Uuid::now_v7();
        self.write(n, |draft| {
            let fields = [(p::household, text(household)), (p::family_name, Value::text("Canari"))];
            draft.make(scope, person, RecordType::Person, &fields)?;
            draft.act(journal("person", true));
            Ok(())
        });
        self.people.push((person, household));
    }

    fn sync(&mut self, n: usize, fate: Fate) {
        let link = Link { runtime: &self.runtime, router: router(self.shared.clone()), fate };
        let cut = std::mem::take(&mut self.tablets[n].cut);
        let tablet = &self.tablets[n];
        tablet.store.lock().unwrap().cut_after(cut).unwrap();
        let outcome =
            round::run(&tablet.store, &tablet.credential, &link, &Wrong(tablet.wrong_ms), &Progress::default());
        tablet.store.lock().unwrap().cut_after(0).unwrap();
        match (fate, outcome) {
            (_, Err(round::RoundError::Store(_))) if cut > 0 => Standing::check_counted(&tablet.store.lock().unwrap()),
            (Fate::Delivered | Fate::Repeated, Ok(report)) => {
                let damaged = std::mem::take(&mut self.tablets[n].damaged);
                let repaired = &report.repaired;
                assert!(damaged || repaired.is_empty(), "after a whole sync the digests are the same: {repaired:?}");
                assert!(report.differing.is_empty(), "what was damaged is whole again: {:?}", report.differing);
            }
            (Fate::RequestLost | Fate::AnswerLost, Err(round::RoundError::Net(_))) => {}
            (fate, outcome) => panic!("{fate:?} gave {outcome:?}"),
        }
    }

    /// The link is good again and everyone comes back, in turn, until all have everything.
    pub fn heal(&mut self) {
        for _ in 0..3 {
            for n in 0..self.tablets.len() {
                self.sync(n, Fate::Delivered);
            }
        }
    }

    fn centre<T: Send + 'static>(&self, read: impl FnOnce(&mut Centre) -> T + Send + 'static) -> T {
        self.runtime.block_on(self.shared.with(read)).unwrap()
    }

    /// I1, I12, I15: every copy of a scope is the same bytes, whatever the clocks.
    pub fn check_same_bytes(&self) {
        for tablet in &self.tablets {
            let store = tablet.store.lock().unwrap();
            assert_eq!(store.pending().unwrap().changes, 0, "everything was sent (I7)");
            for (scope, _) in store.scopes().unwrap() {
                let own = store.digest_from_rows(&scope).unwrap();
                assert_eq!(own, store.digest(&scope).unwrap(), "the kept digest is the counted one ({scope})");
                let server = self.centre(move |centre| centre.store.digest_from_rows(&scope).unwrap());
                assert_eq!(own, server, "the tablet and the server hold the same bytes ({scope})");
            }
        }
    }

    /// I3, I4: each value that was written stands, or someone who saw it replaced it.
    pub fn check_nothing_lost(&self) {
        for tablet in &self.tablets {
            let store = tablet.store.lock().unwrap();
            let profile = RecordType::Profile.number();
            let refused = store.quarantined().unwrap();
            let right = refused.iter().all(|row| (row.reason == "erased") != (row.kind == profile));
            assert!(right, "what was erased and what is not allowed are refused, nothing else: {refused:?}");
            assert!(store.doubtful(1).unwrap().is_empty(), "no row holds what was refused");
            for (record, field, head) in &tablet.written {
                let state = store.record(*record).unwrap().expect("a record that was written is here");
                if state.erased {
                    continue;
                }
                let field = state.field(*field);
                let kept = field.heads.iter().any(|known| known.id == *head) || field.past.contains(head);
                assert!(kept, "a written value stands or was replaced by someone who saw it");
            }
        }
    }

    /// I5: each author's changes are consumed once, without a gap.
    pub fn check_exactly_once(&self) {
        for tablet in &self.tablets {
            let store = tablet.store.lock().unwrap();
            let written: u64 = store.fact("sequence").unwrap().unwrap_or(0);
            let replica = tablet.credential.replica;
            let consumed = self.centre(move |centre| centre.consumed(replica).unwrap());
            assert_eq!(consumed, written, "every change was consumed once");
        }
    }

    /// I9, I10: where an agreement is refused or withdrawn, no name is left anywhere.
    pub fn check_protection(&self) {
        for tablet in &self.tablets {
            let store = tablet.store.lock().unwrap();
            let household = self.household[usize::from(tablet.structure != structure(0))];
            if store.agreement(household, RECORD_NOMINATIVE).unwrap() > AgreementStatus::Restricted {
                assert!(store.persons_of(household).unwrap().is_empty(), "no person is left");
                for (person, _) in self.people.iter().filter(|(_, of)| *of == household) {
                    let state = store.record(*person).unwrap();
                    assert!(state.is_none_or(|state| state.erased), "what named someone is erased");
                }
            }
        }
    }

    /// I11: a tablet never holds another structure's files.
    pub fn check_isolation(&self) {
        for tablet in &self.tablets {
            for (scope, _) in tablet.store.lock().unwrap().scopes().unwrap() {
                let foreign = matches!(scope, ScopeKey::File { structure, .. } | ScopeKey::Team { structure } if structure != tablet.structure);
                assert!(!foreign, "no scope of another structure is here: {scope}");
            }
        }
    }

    /// I12: no standing stamp is in the server's future.
    pub fn check_clocks(&self) {
        let limit = now_ms() + clock::AHEAD_MS_MAX;
        for tablet in &self.tablets {
            let store = tablet.store.lock().unwrap();
            for (record, ..) in &tablet.written {
                let Some(state) = store.record(*record).unwrap() else { continue };
                let latest = state.fields.values().flat_map(|field| &field.heads).map(|head| head.stamp.utc_ms()).max();
                assert!(latest.is_none_or(|at| at <= limit), "a clock ahead leaves no stamp in the future");
            }
        }
    }
}

/// What a store says of its own journal before a write that may be cut.
struct Standing {
    pending: u32,
    sequence: u64,
    clock: u64,
}

impl Standing {
    fn of(store: &Store) -> Self {
        Self {
            pending: store.pending().unwrap().changes,
            sequence: store.fact("sequence").unwrap().unwrap_or(0),
            clock: store.fact("clock").unwrap().unwrap_or(0),
        }
    }

    /// I8: the write is there whole or not at all, and time does not go back.
    fn check_whole(&self, store: &Store) {
        let after = Self::of(store);
        let written = after.sequence - self.sequence;
        assert_eq!(
            u64::from(after.pending - self.pending),
            written,
            "each number given has its change in the queue (I8)"
        );
        assert!(after.clock >= self.clock, "the clock never goes back (I8)");
        Self::check_counted(store);
    }

    /// I8: rows and what is kept about them are of the same moment.
    fn check_counted(store: &Store) {
        for (scope, _) in store.scopes().unwrap() {
            let counted = store.digest_from_rows(&scope).unwrap();
            assert_eq!(counted, store.digest(&scope).unwrap(), "no write stands by half (I8)");
        }
    }
}

fn tablet(centre: &Centre, n: usize) -> Tablet {
    let key = SigningKey::from_bytes(&[u8::try_from(n).unwrap() + 1; 32]);
    let hex: String = key.verifying_key().as_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
    let profile = derived_id("profile", TERRITORY, &n.to_string());
    let replica = centre.registry.add_tablet(profile, structure(n / 2), "essai", &hex, "0", now_ms()).unwrap();
    let store = Store::in_memory().unwrap();
    store.set_replica(replica).unwrap();
    Tablet {
        store: Arc::new(Mutex::new(store)),
        credential: Credential {
            server: centre.server().to_owned(),
            territory: TERRITORY.to_string(),
            replica,
            key,
            app_version: "0".to_owned(),
        },
        structure: structure(n / 2),
        wrong_ms: 0,
        cut: 0,
        damaged: false,
        written: Vec::new(),
    }
}

fn journal(kind: &'static str, undoable: bool) -> JournalAct {
    JournalAct { id: Uuid::now_v7(), kind, code: String::new(), door: None, stair: None, count: 1, undoable }
}
