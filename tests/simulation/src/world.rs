//! Everyone: a server, four tablets of two structures, a newer one; and what each act does.

use std::collections::{BTreeMap, BTreeSet};

use palier_domain::place::derived_id;
use palier_exchange::Progress;
use palier_exchange::round::{self, RoundError};
use palier_sync::catalogue::{door as d, household as h, profile, sector as s, stair as st};
use palier_sync::{RecordType, Replica, ScopeKey, Value};
use palier_sync_server::CentreError;
use palier_sync_server::registry::TabletStatus;
use uuid::Uuid;

use crate::act::{Act, Fate, History, TABLETS};
use crate::faults::Fault;
use crate::hands::NEWER_FIELD;
use crate::link::{Letter, Link, Seen};
use crate::newer::Newer;
use crate::programme::{
    self, Programme, SIDES, TERRITORY, door, file, household, place, sector, side, stair, structure,
};
use crate::server::{Copy, Cut, Server};
use crate::tablet::{Hand, Standing, Tablet, Wall};

/// Time that any act takes, in milliseconds.
const ACT_MS: i64 = 1_700;

/// A person who was named.
#[derive(Debug, Clone, Copy)]
pub struct Named {
    /// The record.
    pub person: Uuid,
    /// Of which household.
    pub household: Uuid,
    /// Where.
    pub scope: ScopeKey,
}

/// A copy of the server, and what was so when it was made.
struct Kept {
    copy: Copy,
    programme: Programme,
    suspended: [bool; TABLETS],
    replicas: BTreeSet<Replica>,
}

/// Everyone.
pub struct World {
    /// The server.
    pub server: Server,
    /// Tablets in use, by place at work.
    pub tablets: Vec<Tablet>,
    /// Tablets that are not heard any more, with what of theirs had been consumed.
    pub retired: Vec<(Tablet, u64)>,
    /// The tablet of a newer version.
    pub newer: Newer,
    /// Who works where.
    pub programme: Programme,
    /// Passages, with their sector.
    pub visits: Vec<(Uuid, usize)>,
    /// People who were named.
    pub people: Vec<Named>,
    /// Changes to who holds what, or to who is heard, were made: a change may be refused for it.
    pub moved: bool,
    /// The server was put back to an older copy.
    pub restored: bool,
    /// People whom a server that was put back knew as erased (I10).
    pub erased: BTreeSet<Uuid>,
    late: Vec<Letter>,
    kept: Option<Kept>,
    fault: Option<Fault>,
    ids: u64,
    enrolled: u32,
}

impl World {
    /// A territory of two sectors, with a household file for each structure in each.
    pub fn open(history: &History, fault: Option<Fault>) -> Self {
        let server = Server::new(history.sizes, fault);
        let now = server.now_ms();
        server.with(move |centre| centre.write(now, |draft| fill(draft).map_err(CentreError::from)));
        let newer = Newer::enrolled(&server);
        let mut world = Self {
            server,
            tablets: Vec::new(),
            retired: Vec::new(),
            newer,
            programme: Programme::default(),
            visits: Vec::new(),
            people: Vec::new(),
            moved: false,
            restored: false,
            erased: BTreeSet::new(),
            late: Vec::new(),
            kept: None,
            fault,
            ids: 0,
            enrolled: 0,
        };
        for n in 0..TABLETS {
            let tablet = world.enrol(n);
            world.tablets.push(tablet);
            world.sync(n, 0, Fate::Delivered);
        }
        world
    }

    /// A new tablet for a place at work.
    pub fn enrol(&mut self, at: usize) -> Tablet {
        self.enrolled += 1;
        Tablet::enrolled(&self.server, at, side(at), self.enrolled)
    }

    /// An id that nobody gave, the same in each run of a seed.
    pub fn fresh(&mut self) -> Uuid {
        self.ids += 1;
        derived_id("made", TERRITORY, &self.ids.to_string())
    }

    /// A name that is looked for in every byte once its person is erased.
    pub fn canary(&mut self, person: Uuid) -> String {
        self.ids += 1;
        format!("{}kx{}", canary_of(person), self.ids)
    }

    /// What a tablet's clock says, UTC milliseconds.
    pub fn clock_ms(&self, n: usize) -> i64 {
        self.tablets[n].clock_ms(self.server.now_ms())
    }

    /// Plays one act; one that cannot be done (erased, not held, nothing to undo) does nothing.
    pub fn play(&mut self, act: &Act) {
        self.server.wait(ACT_MS);
        match *act {
            Act::Visit { tablet, door, outcome } => self.visit(tablet, door, outcome),
            Act::Correct { tablet, visit, outcome } => self.correct(tablet, visit, outcome),
            Act::Door { tablet, door } => self.make_door(tablet, door),
            Act::Number { tablet, household, field, value } => self.number(tablet, household, field, value),
            Act::Note { tablet, household, text } => {
                // Long enough that some rows are compressed.
                let value = Value::text(&format!("note {text} ").repeat(usize::from(text)));
                self.set(tablet, household, h::note, value);
            }
            Act::Needs { tablet, household, wanted } => self.needs(tablet, household, wanted),
            Act::Agreement { tablet, household, status } => self.agree(tablet, household, status),
            Act::Person { tablet, household } => self.person(tablet, household),
            Act::Rename { tablet, person } => self.rename(tablet, person),
            Act::Turn { tablet, undo } => self.turn(tablet, undo),
            Act::NewerField { tablet, household, value } => {
                self.set(tablet, household, NEWER_FIELD, Value::Int(i64::from(value)));
            }
            Act::NewerType { record, value } => self.newer.write(&self.server, record, value),
            Act::Forbidden { tablet, new } => self.forbid(tablet, new),
            Act::Clock { tablet, seconds } => self.tablets[tablet].hand = Hand::Wrong(seconds * 1_000),
            Act::Frozen { tablet } => self.tablets[tablet].hand = Hand::Frozen(self.clock_ms(tablet)),
            Act::Damage { tablet, row } => self.damage(tablet, row),
            Act::Cut { tablet, steps } => self.tablets[tablet].cut = steps,
            Act::Older { tablet, older } => self.tablets[tablet].older = older,
            Act::Sync { tablet, after, fate } => self.sync(tablet, after, fate),
            Act::Give { tablet } => self.give(tablet),
            Act::Arrive { which } => self.arrive(which),
            Act::ServerCut { database, steps, killed } => self.server.cut_next(Cut { database, steps, killed }),
            Act::Restart => self.server.restart(),
            Act::Compact { seconds } => self.server.compact(i64::from(seconds) * 1_000),
            Act::Backup => self.backup(),
            Act::Restore => self.restore(),
            Act::Works { structure, sector, works } => self.works(usize::from(structure), usize::from(sector), works),
            Act::Profile { tablet, ambassador, active } => self.profile(tablet, ambassador, active),
            Act::Suspend { tablet, suspended } => self.suspend(tablet, suspended),
            Act::Revoke { tablet } => self.revoke(tablet),
            Act::Decide { household } => self.decide(household),
            Act::Erase { person } => self.erase(person),
            Act::Wait { seconds } => self.server.wait(i64::from(seconds) * 1_000),
        }
    }

    fn damage(&mut self, n: usize, row: u8) {
        let of = usize::from(row) % SIDES;
        let record = match row / 2 {
            number @ 0..4 => door(of, number),
            _ => household(side(self.tablets[n].at), of),
        };
        let tablet = &mut self.tablets[n];
        let known = tablet.store().record(record).unwrap().is_some();
        if known {
            tablet.store().lose(record).unwrap();
            tablet.damaged = true;
            tablet.lost.insert(record);
        }
    }

    /// A sync of a tablet, and what it may end with.
    pub fn sync(&mut self, n: usize, after: u8, fate: Fate) {
        let tablet = &mut self.tablets[n];
        let cut = std::mem::take(&mut tablet.cut);
        let before = tablet.scopes();
        tablet.store().cut_after(cut).unwrap();
        let link = Link {
            server: &self.server,
            credential: &tablet.credential,
            held: self.programme.held(tablet.at),
            older: tablet.older,
            after,
            fate,
            fault: self.fault,
            seen: std::sync::Mutex::new(Seen::default()),
        };
        let wall = Wall(tablet.clock_ms(self.server.now_ms()));
        let outcome = round::run(&tablet.store, &tablet.credential, &link, &wall, &Progress::default());
        let seen = link.seen.into_inner().unwrap();
        tablet.store().cut_after(0).unwrap();
        let after = tablet.scopes();
        tablet.given_up.extend(before.difference(&after));
        if cut > 0 {
            tablet.reopen();
            Standing::check_counted(&tablet.store());
        }
        self.late.extend(seen.late);
        match outcome {
            Ok(report) => {
                let befallen = seen.befallen && fate != Fate::Repeated;
                assert!(!befallen, "I7: a sync whose request was lost ends well: {fate:?}");
                let damaged = tablet.damaged || tablet.outlived;
                tablet.damaged = false;
                let repaired = &report.repaired;
                assert!(damaged || repaired.is_empty(), "I15: after a whole sync nothing differs: {repaired:?}");
                let differing = &report.differing;
                assert!(tablet.outlived || differing.is_empty(), "I15: what was lost is whole again: {differing:?}");
            }
            Err(RoundError::Store(_)) if cut > 0 => {}
            Err(RoundError::Net(_)) => {}
            Err(RoundError::Form) if matches!(fate, Fate::AnswerCut(_)) && seen.befallen => {}
            Err(RoundError::Refused(why)) if why == "suspended" && tablet.suspended => {}
            Err(error) => panic!("I7: a sync of tablet {n} stopped: {error:?} ({fate:?})"),
        }
        self.check_acknowledged(n);
        self.server.check_cursors();
    }

    /// I8: what a tablet let go of is on the server's disk.
    fn check_acknowledged(&mut self, n: usize) {
        let tablet = &mut self.tablets[n];
        let acknowledged = tablet.let_go();
        if acknowledged > tablet.acknowledged {
            tablet.acknowledged = acknowledged;
            let replica = tablet.replica();
            let consumed = self.server.ask(move |centre| centre.consumed(replica));
            assert!(
                consumed >= acknowledged,
                "I8: {acknowledged} of tablet {n} were acknowledged, {consumed} are kept"
            );
        }
    }

    fn arrive(&mut self, which: u8) {
        if self.late.is_empty() {
            return;
        }
        let letter = self.late.remove(usize::from(which) % self.late.len());
        // Nobody waits for the answer.
        let _ = letter.arrive(&self.server);
        self.server.check_cursors();
    }

    fn works(&mut self, structure: usize, of: usize, works: bool) {
        self.programme.works[structure][of] = works;
        self.moved = true;
        let wanted: Vec<String> = (0..SIDES)
            .filter(|side| self.programme.works[*side][of])
            .map(|side| programme::structure(side).to_string())
            .collect();
        let now = self.server.now_ms();
        self.server.with(move |centre| {
            centre.write(now, |draft| {
                draft.set_elements(ScopeKey::Territory, sector(of), RecordType::Sector, s::structures, &wanted)?;
                Ok::<_, CentreError>(())
            })
        });
    }

    fn profile(&mut self, n: usize, ambassador: bool, active: bool) {
        (self.programme.ambassador[n], self.programme.active[n]) = (ambassador, active);
        self.moved = true;
        let now = self.server.now_ms();
        self.server.with(move |centre| {
            centre.write(now, |draft| {
                let fields = profile_fields(ambassador, active);
                let scope = ScopeKey::Team { structure: structure(side(n)) };
                draft.set(scope, programme::profile(n), RecordType::Profile, &fields)?;
                Ok::<_, CentreError>(())
            })
        });
    }

    fn suspend(&mut self, n: usize, suspended: bool) {
        self.set_status(n, if suspended { TabletStatus::Suspended } else { TabletStatus::Active });
        self.tablets[n].suspended = suspended;
    }

    fn set_status(&mut self, n: usize, status: TabletStatus) {
        let replica = self.tablets[n].replica();
        self.server.ask(move |centre| centre.set_tablet_status(replica, status));
    }

    fn revoke(&mut self, n: usize) {
        self.set_status(n, TabletStatus::Revoked);
        self.retire(n);
    }

    /// Another tablet takes the place of one that is not heard any more.
    fn retire(&mut self, n: usize) {
        let replica = self.tablets[n].replica();
        let consumed = self.server.ask(move |centre| centre.consumed(replica));
        let new = self.enrol(self.tablets[n].at);
        let old = std::mem::replace(&mut self.tablets[n], new);
        self.retired.push((old, consumed));
        self.moved = true;
    }

    fn backup(&mut self) {
        self.kept = Some(Kept {
            copy: self.server.backup(),
            programme: self.programme.clone(),
            suspended: std::array::from_fn(|n| self.tablets[n].suspended),
            replicas: self.tablets.iter().map(Tablet::replica).collect(),
        });
    }

    fn restore(&mut self) {
        let Some(kept) = self.kept.take() else { return };
        self.erased.extend(self.server.erased());
        // Whoever puts a server back needs a while: more than a second for each tablet that was enrolled.
        self.server.wait(600_000);
        self.server.restore(&kept.copy);
        // No connection outlives the machine that it led to.
        self.late.clear();
        self.programme = kept.programme.clone();
        (self.restored, self.moved) = (true, true);
        for n in 0..TABLETS {
            self.tablets[n].outlived = true;
            self.tablets[n].acknowledged = self.tablets[n].let_go();
            self.tablets[n].suspended = kept.suspended[n];
            if !kept.replicas.contains(&self.tablets[n].replica()) {
                // The copy does not know this tablet: it is enrolled again.
                self.retire(n);
            }
        }
        let consumed: Vec<u64> = self
            .retired
            .iter()
            .map(|(tablet, _)| tablet.replica())
            .map(|replica| self.server.ask(move |centre| centre.consumed(replica)))
            .collect();
        self.retired.iter_mut().zip(consumed).for_each(|((_, known), consumed)| *known = consumed);
        self.kept = Some(kept);
    }

    /// The link is good again, nothing is cut, everyone is heard, and all come back until all have everything.
    pub fn heal(&mut self) {
        self.server.mend();
        while !self.late.is_empty() {
            self.arrive(0);
        }
        self.server.restart();
        for n in 0..self.tablets.len() {
            self.tablets[n].cut = 0;
            if self.tablets[n].suspended {
                self.suspend(n, false);
            }
        }
        for _ in 0..3 {
            self.newer.send(&self.server);
            for n in 0..self.tablets.len() {
                self.sync(n, 0, Fate::Delivered);
            }
        }
    }

    /// Acts done, by name.
    pub fn tally(acts: &[Act]) -> BTreeMap<&'static str, u64> {
        let mut tally = BTreeMap::new();
        for act in acts {
            *tally.entry(act.name()).or_insert(0) += 1;
        }
        tally
    }
}

/// What every name of a person begins with.
pub fn canary_of(person: Uuid) -> String {
    let id = person.simple().to_string();
    format!("zq{}", &id[..8])
}

fn profile_fields(ambassador: bool, active: bool) -> [(u16, Value); 2] {
    let role = if ambassador { "resident_ambassador" } else { "mediator" };
    [(profile::role, Value::text(role)), (profile::active, Value::Bool(active))]
}

fn fill(draft: &mut palier_store::Draft<'_>) -> Result<(), palier_store::StoreError> {
    let text = |id: Uuid| Value::text(&id.to_string());
    let programme = Programme::default();
    for of in 0..SIDES {
        let mut fields = vec![(s::name, Value::text("Essai"))];
        let working = (0..SIDES).filter(|side| programme.works[*side][of]);
        fields.extend(working.map(|side| (s::structures, text(structure(side)))));
        draft.make(ScopeKey::Territory, sector(of), RecordType::Sector, &fields)?;
        draft.make(place(of), stair(of), RecordType::Stair, &[(st::building, text(Uuid::from_u128(3)))])?;
        for number in 0..4 {
            let fields = [(d::stair, text(stair(of))), (d::floor, Value::Int(1))];
            draft.make(place(of), door(of, number), RecordType::Door, &fields)?;
        }
        for side in 0..SIDES {
            let fields = [(h::door, text(door(of, 0)))];
            draft.make(file(side, of), household(side, of), RecordType::Household, &fields)?;
        }
    }
    for n in 0..TABLETS {
        let scope = ScopeKey::Team { structure: structure(side(n)) };
        draft.make(scope, programme::profile(n), RecordType::Profile, &profile_fields(false, true))?;
    }
    Ok(())
}
