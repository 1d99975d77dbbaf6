//! What people do with their tablets. Each is what a command of the app does with the store, without the screen.

use palier_domain::agreement::RECORD_NOMINATIVE;
use palier_store::acts::{Act as JournalAct, ActEdit};
use palier_store::{Draft, StoreError, agreement_id};
use palier_sync::catalogue::{agreement as a, door as d, household as h, person as p, profile, visit as v};
use palier_sync::{RecordType, ScopeKey, Value, resolve};
use uuid::Uuid;

use crate::programme::{SIDES, door, file, household, place, side, stair, structure};
use crate::tablet::{Standing, done};
use crate::world::{Named, World};

/// A field that only a newer version knows.
pub const NEWER_FIELD: u16 = 900;

/// Outcomes of a passage; the last is a code that only a newer version knows.
const OUTCOMES: [&str; 5] = ["no_answer", "opened_brief", "declined", "callback", "later_code"];

/// Decisions of a household.
const STATUSES: [&str; 4] = ["granted", "restricted", "refused", "withdrawn"];

const NEEDS: [&str; 3] = ["health", "housing", "rights"];

fn text(id: Uuid) -> Value {
    Value::text(&id.to_string())
}

impl World {
    /// Writes with a tablet; a write that may not be, or that the power cut, leaves nothing.
    pub fn write<T>(&mut self, n: usize, draft: impl FnOnce(&mut Draft<'_>) -> Result<T, StoreError>) -> Option<T> {
        let now = self.clock_ms(n);
        let tablet = &mut self.tablets[n];
        let cut = std::mem::take(&mut tablet.cut);
        let written = {
            let mut store = tablet.store.lock().unwrap();
            let before = Standing::of(&store);
            store.cut_after(cut).unwrap();
            let written = done(store.write(now, draft), cut);
            store.cut_after(0).unwrap();
            before.check_whole(&store);
            if cut > 0 {
                Standing::check_counted(&store);
            }
            written
        };
        if cut > 0 {
            tablet.reopen();
        }
        let written = written?;
        let before = tablet.written.len();
        tablet.note(&written.changes);
        self.check_own(n, before);
        Some(written.answer)
    }

    /// I4: what was just written is in the rows, or the same act wrote over it.
    fn check_own(&self, n: usize, before: usize) {
        let tablet = &self.tablets[n];
        let store = tablet.store();
        for written in &tablet.written[before..] {
            let Some(state) = store.record(written.record).unwrap() else { panic!("I4: a record was just written") };
            let field = state.field(written.field);
            let here = field.heads.iter().any(|head| head.id == written.head) || field.past.contains(&written.head);
            assert!(state.erased || here, "I4: a value that was just written is here");
        }
    }

    /// The sector of a tablet's household or door, when the tablet has it.
    fn has(&self, n: usize, record: Uuid) -> bool {
        self.tablets[n].store().record(record).unwrap().is_some_and(|state| !state.erased)
    }

    fn household_of(&self, n: usize, number: u8) -> Option<(Uuid, ScopeKey)> {
        let (side, of) = (side(self.tablets[n].at), usize::from(number) % SIDES);
        let found = household(side, of);
        self.has(n, found).then(|| (found, file(side, of)))
    }

    /// A passage at a door.
    pub fn visit(&mut self, n: usize, number: u8, outcome: u8) {
        let of = usize::from(number) % SIDES;
        let door = door(of, number / 2);
        if !self.has(n, door) {
            return;
        }
        let value = Value::text(OUTCOMES[usize::from(outcome) % OUTCOMES.len()]);
        let (at, structure) = (self.clock_ms(n), structure(side(self.tablets[n].at)));
        let (visit, journal) = (self.fresh(), self.journal("visit", true));
        self.visits.push((visit, of));
        self.write(n, |draft| {
            let fields = [
                (v::door, text(door)),
                (v::outcome, value.clone()),
                (v::at, Value::Int(at)),
                (v::structure, text(structure)),
            ];
            draft.make(place(of), visit, RecordType::Visit, &fields)?;
            draft.undo_with(ActEdit {
                record: visit,
                kind: RecordType::Visit.number(),
                scope: place(of),
                field: v::outcome,
                head: draft.written(visit, v::outcome).first().copied(),
                before: Value::text("cleared"),
                after: value,
            });
            draft.act(journal);
            Ok(())
        });
    }

    /// Corrects one of the last passages that this tablet has.
    pub fn correct(&mut self, n: usize, number: u8, outcome: u8) {
        let held: Vec<_> =
            self.visits.iter().rev().take(12).filter(|(visit, _)| self.has(n, *visit)).copied().collect();
        let Some((visit, of)) = held.get(usize::from(number) % held.len().max(1)).copied() else { return };
        let value = Value::text(OUTCOMES[usize::from(outcome) % OUTCOMES.len()]);
        self.undoable(n, place(of), visit, RecordType::Visit, v::outcome, value, "visit");
    }

    /// Makes a door of the second stair floor; another tablet may make the same.
    pub fn make_door(&mut self, n: usize, number: u8) {
        if !self.has(n, stair(0)) {
            return;
        }
        let fields = [(d::stair, text(stair(0))), (d::floor, Value::Int(1)), (d::label, Value::text(&format!("t{n}")))];
        let journal = self.journal("door", false);
        self.write(n, |draft| {
            draft.make(place(0), door(0, 10 + number), RecordType::Door, &fields)?;
            draft.act(journal);
            Ok(())
        });
    }

    /// Sets one field of a household.
    pub fn set(&mut self, n: usize, number: u8, field: u16, value: Value) {
        let Some((household, scope)) = self.household_of(n, number) else { return };
        self.undoable(n, scope, household, RecordType::Household, field, value, "household");
    }

    /// A number of a household.
    pub fn number(&mut self, n: usize, household: u8, field: u8, value: u8) {
        let field = if field == 0 { h::adults } else { h::children };
        self.set(n, household, field, Value::Int(i64::from(value)));
    }

    #[expect(clippy::too_many_arguments, reason = "one place where every field of a record is written")]
    fn undoable(
        &mut self,
        n: usize,
        scope: ScopeKey,
        record: Uuid,
        kind: RecordType,
        field: u16,
        value: Value,
        act: &'static str,
    ) {
        let journal = self.journal(act, true);
        self.write(n, |draft| {
            draft.set_undoable(scope, record, kind, field, value)?;
            draft.act(journal);
            Ok(())
        });
    }

    /// The needs of a household: one bit each.
    pub fn needs(&mut self, n: usize, number: u8, wanted: u8) {
        let Some((household, scope)) = self.household_of(n, number) else { return };
        let wanted: Vec<String> =
            (0..).zip(NEEDS).filter(|(bit, _)| wanted & (1 << bit) != 0).map(|(_, need)| need.to_owned()).collect();
        let journal = self.journal("household", true);
        self.write(n, |draft| {
            draft.set_elements_undoable(scope, household, RecordType::Household, h::needs, &wanted)?;
            draft.act(journal);
            Ok(())
        });
    }

    /// Someone gives themselves a role, on their own profile or on one that they make.
    pub fn forbid(&mut self, n: usize, new: bool) {
        let at = self.tablets[n].at;
        let scope = ScopeKey::Team { structure: structure(side(at)) };
        let record = if new { self.fresh() } else { crate::programme::profile(at) };
        if !new && !self.has(n, record) {
            return;
        }
        self.undoable(n, scope, record, RecordType::Profile, profile::role, Value::text("coordinator"), "profile");
    }

    /// The agreement to be named; names leave with it.
    pub fn agree(&mut self, n: usize, number: u8, status: u8) {
        let Some((household, scope)) = self.household_of(n, number) else { return };
        let code = STATUSES[usize::from(status) % STATUSES.len()];
        let record = agreement_id(household, RECORD_NOMINATIVE);
        let people = self.tablets[n].store().persons_of(household).unwrap();
        let is_final = code == "refused" || code == "withdrawn";
        let journal = self.journal("agreement", !is_final);
        self.write(n, |draft| {
            let fields = [(a::household, text(household)), (a::purpose, Value::text(RECORD_NOMINATIVE))];
            draft.make(scope, record, RecordType::Agreement, &fields)?;
            draft.set_undoable(scope, record, RecordType::Agreement, a::status, Value::text(code))?;
            for person in people.iter().filter(|_| is_final) {
                draft.erase(scope, *person, RecordType::Person)?;
            }
            draft.act(journal);
            Ok(())
        });
    }

    /// A person is named, where the agreement allows it.
    pub fn person(&mut self, n: usize, number: u8) {
        let Some((household, scope)) = self.household_of(n, number) else { return };
        if !self.tablets[n].store().agreement(household, RECORD_NOMINATIVE).unwrap().allows() {
            return;
        }
        let person = self.fresh();
        let name = self.canary(person);
        self.people.push(Named { person, household, scope });
        let journal = self.journal("person", true);
        self.write(n, |draft| {
            let fields = [(p::household, text(household)), (p::family_name, Value::text(&name))];
            draft.make(scope, person, RecordType::Person, &fields)?;
            draft.act(journal);
            Ok(())
        });
    }

    /// A person that this tablet has gets another name.
    pub fn rename(&mut self, n: usize, number: u8) {
        let held: Vec<_> = self.people.iter().filter(|named| self.has(n, named.person)).collect();
        let Some(Named { person, scope, .. }) = held.get(usize::from(number) % held.len().max(1)).copied() else {
            return;
        };
        let (person, scope) = (*person, *scope);
        let name = self.canary(person);
        self.undoable(n, scope, person, RecordType::Person, p::family_name, Value::text(&name), "person");
    }

    /// The last act that may be is undone, or done again.
    pub fn turn(&mut self, n: usize, undo: bool) {
        let now = self.clock_ms(n);
        let tablet = &mut self.tablets[n];
        let mut store = tablet.store.lock().unwrap();
        let found = store.acts().unwrap().into_iter().find(|act| act.undoable && act.undone != undo);
        let turned = found.and_then(|act| done(store.turn_act(act.id, undo, now), 0));
        drop(store);
        if let Some(turned) = turned {
            tablet.note(&turned.changes);
        }
    }

    /// The coordinator decides between the notes of a household: the decision saw them all.
    pub fn decide(&mut self, number: u8) {
        let (side, of) = (usize::from(number) / SIDES % SIDES, usize::from(number) % SIDES);
        let (record, scope, now) = (household(side, of), file(side, of), self.server.now_ms());
        self.server.with(move |centre| {
            let Some(state) = centre.store.record(record)? else { return Ok(()) };
            let field = state.field(h::note);
            let Some(shown) = resolve::latest(field).filter(|_| field.heads.len() > 1) else { return Ok(()) };
            let edit = palier_sync::Edit { field: h::note, value: shown.value.clone(), bases: field.ids() };
            centre.write(now, |draft| {
                draft.replace(scope, record, RecordType::Household, vec![edit.clone()])?;
                Ok::<_, palier_sync_server::CentreError>(())
            })
        });
    }

    /// The coordinator erases a person.
    pub fn erase(&mut self, number: u8) {
        let place = usize::from(number) % self.people.len().max(1);
        let Some(Named { person, scope, .. }) = self.people.get(place).copied() else { return };
        let now = self.server.now_ms();
        self.server.with(move |centre| {
            if centre.store.record(person)?.is_none() {
                return Ok(());
            }
            centre.write(now, |draft| {
                draft.erase(scope, person, RecordType::Person)?;
                Ok::<_, palier_sync_server::CentreError>(())
            })
        });
    }

    fn journal(&mut self, kind: &'static str, undoable: bool) -> JournalAct {
        JournalAct { id: self.fresh(), kind, code: String::new(), door: None, stair: None, count: 1, undoable }
    }
}
