//! Every way in which two tablets and a server may talk, up to a depth: a model over the real merge.
//!
//! What it models: edits on two tablets that write one field, batches and answers on a network that loses, repeats and
//! reorders them, a ledger, contiguous acknowledgement, a cursor. The merge is not modelled: it is `RecordState::apply`.
//! What is checked in every state that can be reached: I1 (same changes, same bytes), I3 (nothing lost), I5 (exactly
//! once), I6 (no change below a cursor is missing), I9 (a refusal stands until someone who saw it lifts it).
//!
//! Each of the five is shown able to fail: a fault put in on purpose makes the checker find a history for it.

#![allow(missing_docs, clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a model, not a product")]

use std::collections::{BTreeMap, BTreeSet};

use palier_domain::agreement::AgreementStatus;
use palier_sync::resolve::agreement;
use palier_sync::{Body, Change, Dot, Edit, HeadId, RecordState, ScopeKey, Stamp, Value};
use stateright::{Checker, HasDiscoveries, Model, Property};
use uuid::Uuid;

const FIELD: u16 = 1;
const KIND: u16 = 20;

const I1: &str = "I1 same changes, same bytes";
const I3: &str = "I3 no write is lost";
const I5: &str = "I5 exactly once, without gaps";
const I6: &str = "I6 nothing below a cursor is missing";
const I9: &str = "I9 a refusal stands until it is lifted";

/// A fault put in on purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    None,
    /// The ledger takes what it has already taken.
    TakesTwice,
    /// The cursor is set one further than what was read.
    CursorTooFar,
    /// An edit says that it replaces a value that its author never saw.
    InventsBases,
    /// A tablet keeps the last decision that it received, not the most protective.
    LastDecisionWins,
}

/// A change in short: everything else about it follows.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
struct Edited {
    replica: u32,
    sequence: u64,
    refuses: bool,
    bases: Vec<(u32, u64)>,
}

impl Edited {
    fn id(&self) -> (u32, u64) {
        (self.replica, self.sequence)
    }

    fn change(&self) -> Change {
        let status = if self.refuses { AgreementStatus::Refused } else { AgreementStatus::Granted };
        let head = |&(replica, sequence): &(u32, u64)| HeadId { dot: Dot { replica, sequence }, part: 0 };
        let bases = self.bases.iter().map(head).collect();
        Change {
            dot: Dot { replica: self.replica, sequence: self.sequence },
            stamp: Stamp { time: self.sequence, replica: self.replica },
            effective: None,
            scope: ScopeKey::Territory,
            record: Uuid::nil(),
            kind: KIND,
            body: Body::Set(vec![Edit { field: FIELD, value: Value::text(status.code()), bases }]),
        }
    }
}

/// A copy of the record, packed as the store packs it, and the names of the changes it took, in their order.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Copy {
    packed: Vec<u8>,
    taken: Vec<(u32, u64)>,
}

impl Copy {
    fn new() -> Self {
        let empty = RecordState::new(ScopeKey::Territory, KIND);
        Self { packed: postcard::to_allocvec(&empty).unwrap(), taken: Vec::new() }
    }

    fn state(&self) -> RecordState {
        postcard::from_bytes(&self.packed).unwrap()
    }

    fn take(&mut self, edited: &Edited) {
        let mut state = self.state();
        state.apply(&edited.change());
        self.packed = postcard::to_allocvec(&state).unwrap();
        if !self.taken.contains(&edited.id()) {
            self.taken.push(edited.id());
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Tablet {
    copy: Copy,
    /// Everything it ever wrote.
    written: Vec<Edited>,
    acknowledged: u64,
    cursor: usize,
    sends: u8,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Message {
    Batch { tablet: usize, changes: Vec<Edited>, after: usize },
    Answer { tablet: usize, acknowledged: u64, changes: Vec<Edited>, scanned: usize },
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct World {
    tablets: [Tablet; 2],
    ledger: Vec<Edited>,
    server: Copy,
    last: [u64; 2],
    network: BTreeSet<Message>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Act {
    /// A tablet writes the field.
    Write { tablet: usize, refuses: bool },
    /// A tablet sends what is not acknowledged, and its cursor.
    Send { tablet: usize },
    /// A message arrives and may arrive again. One that is lost is one that never does.
    Arrive(Message),
}

struct Protocol {
    writes: usize,
    sends: u8,
    fault: Fault,
}

impl Protocol {
    fn write(&self, world: &mut World, tablet: usize, refuses: bool) {
        let tablet_state = &world.tablets[tablet];
        let seen = tablet_state.copy.state();
        let mut bases: Vec<(u32, u64)> =
            seen.field(FIELD).ids().iter().map(|id| (id.dot.replica, id.dot.sequence)).collect();
        if self.fault == Fault::InventsBases {
            bases.push((2 - tablet as u32, 1));
        }
        let sequence = tablet_state.written.len() as u64 + 1;
        let edited = Edited { replica: tablet as u32 + 1, sequence, refuses, bases };
        let tablet = &mut world.tablets[tablet];
        tablet.copy.take(&edited);
        tablet.written.push(edited);
    }

    fn send(world: &mut World, index: usize) {
        let tablet = &mut world.tablets[index];
        tablet.sends += 1;
        let pending = tablet.written.iter().filter(|edited| edited.sequence > tablet.acknowledged).cloned();
        let changes = pending.collect();
        world.network.insert(Message::Batch { tablet: index, changes, after: tablet.cursor });
    }

    fn serve(&self, world: &mut World, tablet: usize, changes: &[Edited], after: usize) {
        for edited in changes {
            let last = world.last[tablet];
            let next = match self.fault {
                Fault::TakesTwice => edited.sequence <= last + 1,
                _ => edited.sequence == last + 1,
            };
            if next {
                world.ledger.push(edited.clone());
                world.server.take(edited);
                world.last[tablet] = last.max(edited.sequence);
            }
        }
        let rest = world.ledger.get(after..).unwrap_or_default().to_vec();
        let scanned = world.ledger.len();
        world.network.insert(Message::Answer { tablet, acknowledged: world.last[tablet], changes: rest, scanned });
    }

    fn hear(&self, world: &mut World, answer: &Message) {
        let Message::Answer { tablet, acknowledged, changes, scanned } = answer else { return };
        let tablet = &mut world.tablets[*tablet];
        tablet.acknowledged = tablet.acknowledged.max(*acknowledged);
        for edited in changes {
            if self.fault == Fault::LastDecisionWins && !tablet.copy.taken.contains(&edited.id()) {
                // What stood is dropped as if it had been seen.
                let mut state = RecordState::new(ScopeKey::Territory, KIND);
                state.apply(&edited.change());
                tablet.copy.packed = postcard::to_allocvec(&state).unwrap();
            }
            tablet.copy.take(edited);
        }
        let too_far = usize::from(self.fault == Fault::CursorTooFar && !changes.is_empty());
        tablet.cursor = tablet.cursor.max(*scanned + too_far);
    }
}

impl Model for Protocol {
    type State = World;
    type Action = Act;

    fn init_states(&self) -> Vec<World> {
        let tablet = || Tablet { copy: Copy::new(), written: Vec::new(), acknowledged: 0, cursor: 0, sends: 0 };
        let (ledger, network) = (Vec::new(), BTreeSet::new());
        vec![World { tablets: [tablet(), tablet()], ledger, server: Copy::new(), last: [0, 0], network }]
    }

    fn actions(&self, world: &World, actions: &mut Vec<Act>) {
        let written: usize = world.tablets.iter().map(|tablet| tablet.written.len()).sum();
        for tablet in 0..2 {
            if written < self.writes {
                actions.extend([true, false].map(|refuses| Act::Write { tablet, refuses }));
            }
            if world.tablets[tablet].sends < self.sends {
                actions.push(Act::Send { tablet });
            }
        }
        actions.extend(world.network.iter().cloned().map(Act::Arrive));
    }

    fn next_state(&self, world: &World, act: Act) -> Option<World> {
        let mut next = world.clone();
        match act {
            Act::Write { tablet, refuses } => self.write(&mut next, tablet, refuses),
            Act::Send { tablet } => Self::send(&mut next, tablet),
            Act::Arrive(Message::Batch { tablet, changes, after }) => self.serve(&mut next, tablet, &changes, after),
            Act::Arrive(answer) => self.hear(&mut next, &answer),
        }
        (next != *world).then_some(next)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![
            Property::always(I1, |_, world| converged(world)),
            Property::always(I3, |_, world| nothing_lost(world)),
            Property::always(I5, |_, world| exactly_once(world)),
            Property::always(I6, |_, world| nothing_below_cursor(world)),
            Property::always(I9, |_, world| refusal_stands(world)),
            Property::sometimes("both tablets hold every write", |model: &Self, world: &World| {
                world.ledger.len() == model.writes
                    && world.tablets.iter().all(|tablet| tablet.copy.taken.len() == model.writes)
            }),
        ]
    }
}

fn copies(world: &World) -> impl Iterator<Item = &Copy> {
    world.tablets.iter().map(|tablet| &tablet.copy).chain([&world.server])
}

fn converged(world: &World) -> bool {
    let mut known: BTreeMap<Vec<(u32, u64)>, &[u8]> = BTreeMap::new();
    copies(world).all(|copy| {
        let mut names = copy.taken.clone();
        names.sort_unstable();
        *known.entry(names).or_insert(&copy.packed) == copy.packed
    })
}

fn written(world: &World) -> BTreeMap<(u32, u64), &Edited> {
    world.tablets.iter().flat_map(|tablet| &tablet.written).map(|edited| (edited.id(), edited)).collect()
}

/// Each change that a copy took stands there, or was replaced by a change whose author had taken it.
fn nothing_lost(world: &World) -> bool {
    let written = written(world);
    copies(world).all(|copy| {
        let state = copy.state();
        let standing: Vec<(u32, u64)> =
            state.field(FIELD).ids().iter().map(|id| (id.dot.replica, id.dot.sequence)).collect();
        copy.taken.iter().all(|id| {
            let replacing = written.values().find(|later| later.bases.contains(id));
            standing.contains(id) || replacing.is_some_and(|later| saw(world, later, *id))
        })
    })
}

/// The author of a change had taken the other before it wrote.
fn saw(world: &World, later: &Edited, id: (u32, u64)) -> bool {
    let taken = &world.tablets[later.replica as usize - 1].copy.taken;
    let place = |name| taken.iter().position(|known| *known == name);
    place(id).zip(place(later.id())).is_some_and(|(before, after)| before < after)
}

fn exactly_once(world: &World) -> bool {
    (0..2).all(|tablet| {
        let of_tablet = world.ledger.iter().filter(|edited| edited.replica as usize == tablet + 1);
        let sequences: Vec<u64> = of_tablet.map(|edited| edited.sequence).collect();
        sequences == (1..=world.last[tablet]).collect::<Vec<_>>()
    })
}

fn nothing_below_cursor(world: &World) -> bool {
    world.tablets.iter().all(|tablet| {
        tablet.cursor <= world.ledger.len()
            && world.ledger[..tablet.cursor].iter().all(|edited| tablet.copy.taken.contains(&edited.id()))
    })
}

/// Wherever a refusal arrived and nothing that arrived lifts it, the agreement reads as refused.
fn refusal_stands(world: &World) -> bool {
    let written = written(world);
    copies(world).all(|copy| {
        let taken: Vec<&Edited> = copy.taken.iter().map(|id| written[id]).collect();
        let stands = |refusal: &Edited| !taken.iter().any(|later| later.bases.contains(&refusal.id()));
        let refused = taken.iter().any(|edited| edited.refuses && stands(edited));
        !refused || agreement(copy.state().field(FIELD)) == AgreementStatus::Refused
    })
}

/// Rounds that each tablet may begin: one in every test run, two by `make model`. Each may arrive any number of times.
fn rounds() -> u8 {
    std::env::var("PALIER_MODEL_ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(1)
}

#[test]
fn every_interleaving_keeps_the_invariants() {
    let sends = rounds();
    let checker = Protocol { writes: 3, sends, fault: Fault::None }.checker().threads(2).spawn_bfs().join();
    eprintln!(
        "model of the sync, 3 writes, {sends} rounds a tablet: {} states, {} distinct, deepest history of {} acts",
        checker.state_count(),
        checker.unique_state_count(),
        checker.max_depth()
    );
    assert!(checker.is_done(), "every state was looked at");
    checker.assert_properties();
}

/// The checker finds a history for a fault, and says which invariant it breaks.
fn finds(fault: Fault, broken: &'static str) {
    let protocol = Protocol { writes: 3, sends: 2, fault };
    let enough = HasDiscoveries::AllOf([broken].into());
    let checker = protocol.checker().threads(2).finish_when(enough).spawn_bfs().join();
    assert!(checker.discovery(broken).is_some(), "{fault:?} breaks \"{broken}\"");
}

#[test]
fn a_fault_is_found_by_the_invariant_it_breaks() {
    finds(Fault::TakesTwice, I5);
    finds(Fault::CursorTooFar, I6);
    finds(Fault::InventsBases, I3);
    finds(Fault::LastDecisionWins, I9);
    finds(Fault::LastDecisionWins, I1);
}
