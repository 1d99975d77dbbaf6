//! An invented territory of any size, as the changes that a first sync would bring: the same for the same size.

use palier_domain::agreement::RECORD_NOMINATIVE;
use palier_store::{Store, StoreError, agreement_id};
use palier_sync::catalogue::{agreement, building, door, household, person, stair, visit};
use palier_sync::{Body, Change, Dot, Edit, RecordType, ScopeKey, Stamp, Value, clock};
use uuid::Uuid;

use super::cast::{Cast, Dice, Person, STREETS};

/// Monday 23 November 2026, 09:00 UTC.
pub const NOW: i64 = 1_795_424_400_000;
/// As many changes as a page of a pull.
const PAGE: usize = 2_000;
/// The replica of everyone else's work.
const OTHERS: u32 = 7;

/// How big.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    /// Buildings.
    pub buildings: usize,
    /// Stairs of each building.
    pub stairs: usize,
    /// Doors of each stair.
    pub doors: usize,
    /// Households, at most as many as doors.
    pub households: usize,
    /// Passages, spread over the doors.
    pub visits: usize,
}

/// A household to be found.
#[derive(Debug, Clone)]
pub struct Home {
    /// Household id.
    pub id: Uuid,
    /// Its people.
    pub people: Vec<Person>,
}

/// What was made.
#[derive(Debug, Default)]
pub struct Territory {
    /// Stairs.
    pub stairs: Vec<Uuid>,
    /// Doors.
    pub doors: Vec<Uuid>,
    /// Buildings, with their addresses.
    pub buildings: Vec<(Uuid, String)>,
    /// Households.
    pub homes: Vec<Home>,
}

/// The scope of the places.
pub fn place() -> ScopeKey {
    ScopeKey::Place { sector: Uuid::from_u128(1) }
}

/// The scope of the files.
pub fn file() -> ScopeKey {
    ScopeKey::File { sector: Uuid::from_u128(1), structure: Uuid::from_u128(2) }
}

/// Pages of changes on their way into a store.
pub struct Pages<'a> {
    store: &'a mut Store,
    page: Vec<Change>,
    sequence: u64,
}

impl<'a> Pages<'a> {
    /// Starts.
    pub fn into(store: &'a mut Store) -> Self {
        Self { store, page: Vec::with_capacity(PAGE), sequence: 0 }
    }

    /// One more change.
    pub fn put(
        &mut self,
        scope: ScopeKey,
        record: Uuid,
        kind: RecordType,
        fields: &[(u16, Value)],
    ) -> Result<(), StoreError> {
        self.sequence += 1;
        let edit = |(field, value): &(u16, Value)| Edit { field: *field, value: value.clone(), bases: Vec::new() };
        self.page.push(Change {
            dot: Dot { replica: OTHERS, sequence: self.sequence },
            stamp: Stamp { time: clock::ntp_of(NOW) + self.sequence, replica: OTHERS },
            effective: None,
            scope,
            record,
            kind: kind.number(),
            body: Body::Set(fields.iter().map(edit).collect()),
        });
        if self.page.len() == PAGE { self.flush() } else { Ok(()) }
    }

    /// Sends what is left.
    pub fn flush(&mut self) -> Result<(), StoreError> {
        self.store.apply(&self.page, NOW)?;
        self.page.clear();
        Ok(())
    }
}

fn id(value: Uuid) -> Value {
    Value::text(&value.to_string())
}

/// Fills a store with a territory of that size.
///
/// # Errors
/// A fault of the store.
pub fn fill(store: &mut Store, size: Size) -> Result<Territory, StoreError> {
    let territory = draw(size);
    let mut pages = Pages::into(store);
    places(&mut pages, size, &territory)?;
    files(&mut pages, &territory, size)?;
    visits(&mut pages, &territory, size)?;
    pages.flush()?;
    Ok(territory)
}

/// The ids and names of a territory, without a store.
#[must_use]
pub fn draw(size: Size) -> Territory {
    let mut territory = Territory::default();
    let mut dice = Dice::new(2026);
    let cast = Cast::new();
    for n in 0..size.buildings {
        let street = STREETS.get(n % STREETS.len()).copied().unwrap_or_default();
        let address = format!("{} {street}", 1 + n / STREETS.len());
        territory.buildings.push((made(&mut dice), address));
    }
    for _ in 0..size.buildings * size.stairs {
        territory.stairs.push(made(&mut dice));
        for _ in 0..size.doors {
            territory.doors.push(made(&mut dice));
        }
    }
    for _ in 0..size.households {
        let family = cast.family(&mut dice);
        let mut people = Vec::new();
        for place in 0..=dice.below(3) {
            // Half of a household's other people bear another name.
            let family = if place > 0 && dice.below(2) == 0 { cast.family(&mut dice) } else { family.clone() };
            people.push(Person { given: cast.given(&mut dice), family });
        }
        territory.homes.push(Home { id: timed(&mut dice, NOW), people });
    }
    territory
}

fn made(dice: &mut Dice) -> Uuid {
    Uuid::from_u64_pair(dice.next(), dice.next())
}

/// An id as the app makes it for what people do: a UUIDv7 of an instant.
pub fn timed(dice: &mut Dice, at_ms: i64) -> Uuid {
    let mut random = [0u8; 10];
    random.iter_mut().for_each(|byte| *byte = (dice.next() >> 32) as u8);
    uuid::Builder::from_unix_timestamp_millis(u64::try_from(at_ms).unwrap_or(0), &random).into_uuid()
}

fn places(pages: &mut Pages<'_>, size: Size, territory: &Territory) -> Result<(), StoreError> {
    let mut stairs = territory.stairs.iter();
    let mut doors = territory.doors.iter();
    for (building_id, address) in &territory.buildings {
        pages.put(
            place(),
            *building_id,
            RecordType::Building,
            &[
                (building::address, Value::text(address)),
                (building::insee, Value::text("37261")),
                (building::commune, Value::text("Tours")),
                (building::invented, Value::Bool(true)),
            ],
        )?;
        for (letter, stair_id) in ('A'..='Z').zip(stairs.by_ref().take(size.stairs)) {
            let name = Value::text(&letter.to_string());
            let fields = [(stair::building, id(*building_id)), (stair::name, name)];
            pages.put(place(), *stair_id, RecordType::Stair, &fields)?;
            for (n, door_id) in doors.by_ref().take(size.doors).enumerate() {
                let (floor, side) = (n / 4, n % 4);
                let label = Value::text(&format!("{}", floor * 100 + side + 1));
                let floor = Value::Int(i64::try_from(floor).unwrap_or(0));
                let fields = [(door::stair, id(*stair_id)), (door::floor, floor), (door::label, label)];
                pages.put(place(), *door_id, RecordType::Door, &fields)?;
            }
        }
    }
    Ok(())
}

fn files(pages: &mut Pages<'_>, territory: &Territory, size: Size) -> Result<(), StoreError> {
    let every = territory.doors.len() / size.households.max(1);
    let mut dice = Dice::new(37);
    for (n, home) in territory.homes.iter().enumerate() {
        let door = territory.doors.get(n * every).copied().unwrap_or_default();
        let fields = [(household::door, id(door)), (household::opened_at, Value::Int(NOW))];
        pages.put(file(), home.id, RecordType::Household, &fields)?;
        let agreed = agreement_id(home.id, RECORD_NOMINATIVE);
        pages.put(
            file(),
            agreed,
            RecordType::Agreement,
            &[
                (agreement::household, id(home.id)),
                (agreement::purpose, Value::text(RECORD_NOMINATIVE)),
                (agreement::status, Value::text("granted")),
                (agreement::at, Value::Int(NOW)),
            ],
        )?;
        for someone in &home.people {
            let fields = [
                (person::household, id(home.id)),
                (person::given_name, Value::text(&someone.given)),
                (person::family_name, Value::text(&someone.family)),
            ];
            pages.put(file(), timed(&mut dice, NOW), RecordType::Person, &fields)?;
        }
    }
    Ok(())
}

fn visits(pages: &mut Pages<'_>, territory: &Territory, size: Size) -> Result<(), StoreError> {
    let mut dice = Dice::new(47);
    let outcomes = ["no_answer", "no_answer", "no_answer", "opened_brief", "declined", "callback", "opened_full"];
    for n in 0..size.visits {
        let Some(door) = dice.any(&territory.doors).copied() else { continue };
        let at = NOW - i64::try_from(size.visits - n).unwrap_or(0) * 60_000;
        pages.put(
            place(),
            timed(&mut dice, at),
            RecordType::Visit,
            &[
                (visit::door, id(door)),
                (visit::outcome, Value::text(dice.any(&outcomes).unwrap_or(&""))),
                (visit::at, Value::Int(at)),
                (visit::structure, id(Uuid::from_u128(2))),
            ],
        )?;
    }
    Ok(())
}
