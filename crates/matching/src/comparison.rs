//! Two records side by side, field by field.

use rustc_hash::FxHashMap;

use crate::address::{self, DoorLevel, PlaceLevel, TownLevel};
use crate::birth::{self, BirthLevel};
use crate::name::{self, NameLevel};
use crate::phone::{self, PhoneLevel};
use crate::prepared::{Index, People, Person};

/// How near two records are in each field, and how usual in the file what they share is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Comparison {
    pub(crate) given: NameLevel,
    pub(crate) family: NameLevel,
    /// True when the given name of one was compared with the family name of the other.
    pub(crate) swapped: bool,
    pub(crate) birth: BirthLevel,
    pub(crate) place: PlaceLevel,
    pub(crate) door: DoorLevel,
    pub(crate) town: TownLevel,
    pub(crate) phone: PhoneLevel,
    pub(crate) chances: Chances,
}

/// Chance that someone else in the file has the shared value.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Chances {
    pub(crate) given: f32,
    pub(crate) family: f32,
    pub(crate) birth: f32,
    pub(crate) place: f32,
    pub(crate) street: f32,
    pub(crate) door: f32,
    pub(crate) town: f32,
    pub(crate) phone: f32,
}

/// Weight in records of what is known before a file is read.
const KNOWN_WEIGHT: f64 = 100.0;
const USUAL_GIVEN: f64 = 1.0 / 800.0;
const USUAL_FAMILY: f64 = 1.0 / 2000.0;
const USUAL_BIRTH: f64 = 1.0 / 20_000.0;
const USUAL_STREET: f64 = 1.0 / 150.0;
const USUAL_PLACE: f64 = 1.0 / 1000.0;
const USUAL_TOWN: f64 = 1.0 / 5.0;
const USUAL_PHONE: f64 = 1.0 / 1_000_000.0;
const USUAL_DOOR: f64 = 1.0 / 40.0;
/// Results of comparisons kept for the next pair with the same names.
const MEMORY_MAX: usize = 3_000_000;

/// Compares records of one file and remembers what it compared.
#[derive(Debug)]
pub(crate) struct Comparer<'a> {
    people: &'a People,
    names: FxHashMap<(Index, Index), NameLevel>,
    streets: FxHashMap<(Index, Index), bool>,
}

fn remembered<V: Copy>(
    memory: &mut FxHashMap<(Index, Index), V>,
    a: Index,
    b: Index,
    find: impl FnOnce(Index, Index) -> V,
) -> V {
    let (a, b) = if a <= b { (a, b) } else { (b, a) };
    if let Some(value) = memory.get(&(a, b)) {
        return *value;
    }
    let value = find(a, b);
    if memory.len() >= MEMORY_MAX {
        memory.clear();
    }
    memory.insert((a, b), value);
    value
}

impl<'a> Comparer<'a> {
    /// A comparer of these people.
    pub(crate) fn of(people: &'a People) -> Self {
        Self { people, names: FxHashMap::default(), streets: FxHashMap::default() }
    }

    fn names(&mut self, a: Option<Index>, b: Option<Index>) -> NameLevel {
        let (Some(a), Some(b)) = (a, b) else { return NameLevel::Missing };
        if a == b {
            return NameLevel::Exact;
        }
        let people = self.people;
        remembered(&mut self.names, a, b, |a, b| {
            let pair = people.names.get(a).zip(people.names.get(b));
            pair.map_or(NameLevel::Different, |(a, b)| name::compare(a, b))
        })
    }

    /// How near the places are, and whether the lines of the address stand one for the other.
    fn places(&mut self, a: &Person, b: &Person) -> (PlaceLevel, bool) {
        let (Some(x), Some(y)) = (a.place, b.place) else { return (PlaceLevel::Missing, false) };
        let people = self.people;
        let (Some(first), Some(second)) = (people.streets.get(x.0), people.streets.get(y.0)) else {
            return (PlaceLevel::Missing, false);
        };
        if first.full.is_empty() || second.full.is_empty() {
            return (PlaceLevel::Missing, false);
        }
        let same = x.0 == y.0 || remembered(&mut self.streets, x.0, y.0, |_, _| address::same_street(first, second));
        let text =
            |door: Option<Index>| door.and_then(|door| people.doors.get(door)).and_then(address::Door::plain_text);
        let crossed = !same
            && text(a.door).zip(text(b.door)).is_some_and(|(i, j)| address::lines_crossed((first, i), (second, j)));
        let level =
            if same || crossed { address::compare_numbers((x.1, x.2), (y.1, y.2)) } else { PlaceLevel::Different };
        (level, crossed)
    }

    fn doors(&self, a: &Person, b: &Person) -> DoorLevel {
        let doors = a
            .door
            .and_then(|door| self.people.doors.get(door))
            .zip(b.door.and_then(|door| self.people.doors.get(door)));
        doors.map_or(DoorLevel::Missing, |(a, b)| address::compare_doors(a, b))
    }

    fn towns(&self, a: &Person, b: &Person) -> TownLevel {
        let towns = a
            .town
            .and_then(|town| self.people.towns.get(town))
            .zip(b.town.and_then(|town| self.people.towns.get(town)));
        towns.map_or(TownLevel::Missing, |(a, b)| address::compare_towns(a, b))
    }

    fn phones(&self, a: &Person, b: &Person) -> PhoneLevel {
        let (Some(x), Some(y)) = (a.phone, b.phone) else { return PhoneLevel::Missing };
        let numbers = self.people.phones.get(x).zip(self.people.phones.get(y));
        numbers.map_or(PhoneLevel::Missing, |(x, y)| phone::compare(x, y))
    }

    /// Compares two records.
    pub(crate) fn compare(&mut self, a: &Person, b: &Person) -> Comparison {
        let mut given = self.names(a.given, b.given);
        let mut family = self.names(a.family, b.family);
        let mut swapped = false;
        if !(given.agrees() && family.agrees()) {
            let crossed = (self.names(a.given, b.family), self.names(a.family, b.given));
            if crossed_wins((given, family), crossed) {
                swapped = true;
                // Symmetric: the better of the two tells the given name.
                (given, family) = (crossed.0.max(crossed.1), crossed.0.min(crossed.1));
            }
        }
        let birth = a.birth.zip(b.birth).map_or(BirthLevel::Missing, |(a, b)| birth::compare(a, b));
        let (place, crossed) = self.places(a, b);
        let chances = self.chances(a, b, swapped);
        Comparison {
            given,
            family,
            swapped,
            birth,
            place,
            door: if crossed { DoorLevel::Missing } else { self.doors(a, b) },
            town: self.towns(a, b),
            phone: self.phones(a, b),
            chances,
        }
    }

    fn chances(&self, a: &Person, b: &Person, swapped: bool) -> Chances {
        let people = self.people;
        let name = |person: &Person| {
            let chance = |place: Option<Index>, given: bool| {
                let Some(name) = people.name(place) else { return 1.0 };
                let given_chance = people.given_names.chance(&name.bare, USUAL_GIVEN, KNOWN_WEIGHT);
                let family_chance = people.family_names.chance(&name.bare, USUAL_FAMILY, KNOWN_WEIGHT);
                match (swapped, given) {
                    (true, _) => given_chance.max(family_chance),
                    (false, true) => given_chance,
                    (false, false) => family_chance,
                }
            };
            (chance(person.given, true), chance(person.family, false))
        };
        let (x, y) = (name(a), name(b));
        let (given, family) = if swapped {
            // Names stand crosswise; which of the two is the given name is not known.
            (x.0.min(y.1).max(x.1.min(y.0)), x.0.min(y.1).min(x.1.min(y.0)))
        } else {
            (x.0.min(y.0), x.1.min(y.1))
        };
        let of = |person: &Person| {
            let street =
                person.place.map_or(1.0, |place| people.street_counts.chance(&place.0, USUAL_STREET, KNOWN_WEIGHT));
            let place = person
                .place
                .map_or(1.0, |place| people.place_counts.chance(&(place.0, place.1), USUAL_PLACE, KNOWN_WEIGHT));
            let birth = person.birth.map_or(1.0, |birth| people.births.chance(&birth, USUAL_BIRTH, KNOWN_WEIGHT));
            let town = person.town.map_or(1.0, |town| people.town_counts.chance(&town, USUAL_TOWN, KNOWN_WEIGHT));
            let phone = person.phone.map_or(1.0, |phone| people.phone_counts.chance(&phone, USUAL_PHONE, KNOWN_WEIGHT));
            let door = person.door.and_then(|door| people.doors.get(door)).and_then(address::Door::plain_text);
            let door =
                door.map_or(1.0 / 25.0, |text| people.door_texts.chance(&text.to_owned(), USUAL_DOOR, KNOWN_WEIGHT));
            [street, place, birth, town, phone, door]
        };
        let (x, y) = (of(a), of(b));
        // The more usual of two writings of one thing: a slip makes a rare one.
        let [street, place, birth, town, phone, door] =
            std::array::from_fn(|at| x.get(at).copied().unwrap_or(1.0).max(y.get(at).copied().unwrap_or(1.0)) as f32);
        Chances { given: given as f32, family: family as f32, birth, place, street, door, town, phone }
    }
}

/// True when both names agree crosswise, and better than straight.
fn crossed_wins(straight: (NameLevel, NameLevel), crossed: (NameLevel, NameLevel)) -> bool {
    let good = |level: NameLevel| level.agrees() || matches!(level, NameLevel::Part | NameLevel::Gendered);
    let both = good(crossed.0) && good(crossed.1) && (crossed.0.agrees() || crossed.1.agrees());
    let rank = |(x, y): (NameLevel, NameLevel)| x as u8 + y as u8;
    both && rank(crossed) < rank(straight)
}
