//! *Doublons*: files and people written down twice, proposed with their reasons, made one by a coordinator and parted again.
//!
//! Nothing is moved and nothing is lost: a decision is a record that says who stands with whom (`palier_store::alias`), and its
//! undo takes it back. Nothing is ever made one by itself.

use std::collections::{BTreeMap, BTreeSet};

use palier_domain::agreement::AgreementStatus;
use palier_domain::calendar::DAY_MS;
use palier_matching::Pair;
use palier_store::alias::alias_id;
use palier_store::read::people::NamedPerson;
use palier_sync::catalogue::{alias as a, household as h};
use palier_sync::{RecordState, RecordType, ScopeKey, Value, resolve};
use uuid::Uuid;

use super::ConsoleError;
use super::api::*;
use super::call::{Call, id};
use super::decision::{self, About, Ruling};
use super::names::{Names, instant, place};

/// Pairs of the page: a person settles them one by one.
const SHOWN: usize = 50;
/// Files opened at one door within so long are asked about, whatever their names.
const ONE_DOOR_MS: i64 = 30 * DAY_MS;
/// Pairs of one door read at once.
const ONE_DOOR_MAX: u32 = 200;
/// Reason of a pair of which names were not compared.
const SAME_DOOR: &str = "same_door";
/// Decisions about pairs, as they are remembered.
pub(super) const KINDS: &[&str] = &["one_household", "two_households", "one_person", "two_people"];

/// A pair that waits.
struct Candidate {
    kind: RecordType,
    ids: (Uuid, Uuid),
    found: Option<Pair>,
    people: Vec<(Uuid, Uuid)>,
}

pub(super) fn duplicates(call: &mut Call<'_>, _: Nothing) -> Result<Duplicates, ConsoleError> {
    read(call)
}

/// How many pairs wait that are sure enough to be proposed.
pub(super) fn waiting(call: &Call<'_>) -> Result<usize, ConsoleError> {
    Ok(candidates(call)?.iter().filter(|pair| pair.is_proposed()).count())
}

impl Candidate {
    /// Two files at one door are always asked about; names must be likely enough.
    fn is_proposed(&self) -> bool {
        self.found.as_ref().is_none_or(|pair| pair.proposed)
    }

    fn score(&self) -> f64 {
        self.found.as_ref().map_or(0.0, |pair| pair.score)
    }
}

fn read(call: &Call<'_>) -> Result<Duplicates, ConsoleError> {
    let names = Names::read(call.centre)?;
    let found = candidates(call)?;
    let total = u32::try_from(found.len()).unwrap_or(u32::MAX);
    let pairs = found.iter().take(SHOWN).map(|pair| shown(call, &names, pair));
    Ok(Duplicates {
        pairs: pairs.collect::<Result<_, _>>()?,
        total,
        decided: decision::decided(call, &names, |kind| KINDS.contains(&kind))?,
    })
}

/// Pairs that nobody decided on, the surest first.
fn candidates(call: &Call<'_>) -> Result<Vec<Candidate>, ConsoleError> {
    let store = &call.centre.store;
    let decided: BTreeSet<(Uuid, Uuid)> = store.aliases()?.into_iter().map(|row| ordered(row.one, row.other)).collect();
    let people = store.named_people()?;
    let by_id: BTreeMap<String, &NamedPerson> = people.iter().map(|person| (person.id.to_string(), person)).collect();
    let mut files: BTreeMap<(Uuid, Uuid), Candidate> = BTreeMap::new();
    let mut found = Vec::new();
    let mut likeness = call.desk.likeness();
    for pair in likeness.pairs(store, &people)? {
        let (Some(one), Some(other)) = (by_id.get(&pair.a), by_id.get(&pair.b)) else { continue };
        let (ids, homes) = (ordered(one.id, other.id), ordered(one.household, other.household));
        if decided.contains(&ids) || decided.contains(&homes) && !store.together(homes.0)?.contains(&homes.1) {
            continue;
        }
        let (kind, of) = (RecordType::Person, (one.id, other.id));
        if store.together(homes.0)?.contains(&homes.1) {
            found.push(Candidate { kind, ids, found: Some(pair.clone()), people: Vec::new() });
        } else if structure(one.scope).is_some() && structure(one.scope) == structure(other.scope) {
            let of = if one.household == homes.0 { of } else { (of.1, of.0) };
            let of_files = files.entry(homes).or_insert_with(|| Candidate {
                kind: RecordType::Household,
                ids: homes,
                found: None,
                people: Vec::new(),
            });
            if of_files.found.as_ref().is_none_or(|known| known.score < pair.score) {
                of_files.found = Some(pair.clone());
            }
            of_files.people.extend(pair.proposed.then_some(of));
        }
    }
    drop(likeness);
    for ids in store.opened_at_one_door(ONE_DOOR_MS, ONE_DOOR_MAX)? {
        let (one, other) = (store.record(ids.0)?, store.record(ids.1)?);
        let theirs = |state: &Option<RecordState>| state.as_ref().and_then(|state| structure(state.scope));
        let asked = !decided.contains(&ids) && !store.together(ids.0)?.contains(&ids.1);
        if asked && theirs(&one) == theirs(&other) {
            let kind = RecordType::Household;
            files.entry(ids).or_insert(Candidate { kind, ids, found: None, people: Vec::new() });
        }
    }
    found.extend(files.into_values());
    found.sort_by(|one, other| {
        (other.is_proposed(), other.score())
            .partial_cmp(&(one.is_proposed(), one.score()))
            .unwrap_or(one.ids.cmp(&other.ids))
    });
    Ok(found)
}

fn ordered(one: Uuid, other: Uuid) -> (Uuid, Uuid) {
    (one.min(other), one.max(other))
}

fn structure(scope: ScopeKey) -> Option<Uuid> {
    if let ScopeKey::File { structure, .. } = scope { Some(structure) } else { None }
}

fn shown(call: &Call<'_>, names: &Names, pair: &Candidate) -> Result<DuplicatePair, ConsoleError> {
    let reasons = match &pair.found {
        Some(found) => found.reasons.iter().map(|reason| code(*reason)).collect(),
        None => vec![SAME_DOOR.to_owned()],
    };
    let mut sides = Vec::new();
    for id in [pair.ids.0, pair.ids.1] {
        sides.push(match pair.kind {
            RecordType::Person => side_of_person(call, names, id)?,
            _ => side(call, names, id)?,
        });
    }
    Ok(DuplicatePair {
        kind: pair.kind.name().to_owned(),
        proposed: pair.is_proposed(),
        percent: pair.found.as_ref().map(|found| percent(found.score)),
        reasons,
        sides,
        people: pair.people.iter().map(|(one, other)| (one.to_string(), other.to_string())).collect(),
    })
}

/// The code of a reason, as `duplicates` writes it.
fn code(reason: palier_matching::Reason) -> String {
    serde_json::to_value(reason).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a probability, 0 to 1")]
fn percent(score: f64) -> u8 {
    (score * 100.0).round().clamp(0.0, 100.0) as u8
}

fn side(call: &Call<'_>, names: &Names, household: Uuid) -> Result<DuplicateSide, ConsoleError> {
    let store = &call.centre.store;
    let file = store.household(household)?.ok_or_else(|| ConsoleError::of(ErrorCode::Changed))?;
    let opened = resolve::latest(file.state.field(h::opened_at));
    let count = |of: usize| u32::try_from(of).unwrap_or(u32::MAX);
    let purposes = |allowed: bool| {
        let of = |status: &str| {
            let status = AgreementStatus::from_code(status);
            status != AgreementStatus::Unknown && status.allows() == allowed
        };
        let purposes = file.agreements.iter().filter(|(_, status, _)| of(status));
        purposes.map(|(purpose, ..)| purpose.clone()).collect()
    };
    Ok(DuplicateSide {
        id: household.to_string(),
        place: place(store, file.door)?.0,
        structure: names.structure(structure(file.state.scope)),
        author: opened.map(|head| names.author(head.id.dot.replica)).unwrap_or_default(),
        opened_at: instant(opened.and_then(|head| head.value.as_int()).unwrap_or(0)),
        people: file.people.iter().map(|person| person_line(person.id, &person.state)).collect(),
        languages: resolve::elements(file.state.field(h::languages)),
        agreed: purposes(true),
        refused: purposes(false),
        diagnoses: count(store.diagnoses_of(household)?.len()),
        referrals: count(store.referrals_of(household)?.len()),
        tasks: count(store.tasks_of(household)?.len()),
    })
}

/// A person's side is the file that they are in, with that person alone.
fn side_of_person(call: &Call<'_>, names: &Names, person: Uuid) -> Result<DuplicateSide, ConsoleError> {
    let state = record(call, person)?;
    let household = id(&resolve::text(&state, palier_sync::catalogue::person::household))?;
    let side = side(call, names, household)?;
    Ok(DuplicateSide { id: person.to_string(), people: vec![person_line(person, &state)], ..side })
}

fn person_line(id: Uuid, state: &RecordState) -> DuplicatePerson {
    use palier_sync::catalogue::person as p;
    let name = [resolve::text(state, p::given_name), resolve::text(state, p::family_name)].join(" ");
    DuplicatePerson {
        id: id.to_string(),
        name: name.trim().to_owned(),
        birth_year: resolve::int(state, p::birth_year).and_then(|year| u16::try_from(year).ok()).unwrap_or(0),
        phone: resolve::text(state, p::phone),
    }
}

fn record(call: &Call<'_>, id: Uuid) -> Result<RecordState, ConsoleError> {
    let state = call.centre.store.record(id)?.filter(|state| !state.erased);
    state.ok_or_else(|| ConsoleError::of(ErrorCode::Changed))
}

pub(super) fn settle_duplicate(call: &mut Call<'_>, request: SettleDuplicate) -> Result<Duplicates, ConsoleError> {
    let pair = ordered(id(&request.one)?, id(&request.other)?);
    let waits = candidates(call)?.into_iter().find(|known| known.ids == pair);
    let waits = waits.ok_or_else(|| ConsoleError::of(ErrorCode::Changed))?;
    let mut rulings = rule(call, pair, request.same)?;
    if request.same {
        for (one, other) in &request.people {
            let people = (id(one)?, id(other)?);
            if !waits.people.contains(&people) && !waits.people.contains(&(people.1, people.0)) {
                return Err(ConsoleError::of(ErrorCode::Changed));
            }
            rulings.extend(rule(call, people, true)?);
        }
    }
    let kind = match (waits.kind, request.same) {
        (RecordType::Person, true) => "one_person",
        (RecordType::Person, false) => "two_people",
        (_, true) => "one_household",
        (_, false) => "two_households",
    };
    let door = match waits.kind {
        RecordType::Household => call.centre.store.household(pair.0)?.map(|file| file.door),
        _ => None,
    };
    let record = rulings.first().map_or(pair.0, |ruling| ruling.record);
    decision::decide(call, &About { kind, record, field: 0, door }, &rulings)?;
    read(call)
}

/// Says of two records whether they are one, in the scope of each: who holds only one of them hears of it too.
fn rule(call: &Call<'_>, (one, other): (Uuid, Uuid), same: bool) -> Result<Vec<Ruling>, ConsoleError> {
    let scopes = BTreeSet::from([record(call, one)?.scope, record(call, other)?.scope]);
    let mut rulings = Vec::new();
    for scope in scopes {
        let (record, kind) = (alias_id(&scope, one, other), RecordType::Alias);
        let known = call.centre.store.record(record)?.unwrap_or_else(|| RecordState::new(scope, kind.number()));
        let values = [
            (a::one, Value::text(&one.to_string())),
            (a::other, Value::text(&other.to_string())),
            (a::same, Value::Bool(same)),
        ];
        for (field, value) in values {
            let bases = known.field(field).heads.clone();
            rulings.push(Ruling { scope, record, kind, field, value, bases });
        }
    }
    Ok(rulings)
}
