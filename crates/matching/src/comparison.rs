//! Two records side by side, field by field.

use rustc_hash::FxHashMap;

use crate::address::{self, DoorLevel, PlaceLevel, TownLevel};
use crate::birth::{self, BirthLevel};
use crate::chances::{Chances, Own};
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

/// Results of comparisons kept for the next pair with the same names.
const MEMORY_MAX: usize = 3_000_000;

/// Compares records of one file and remembers what it compared.
#[derive(Debug)]
pub(crate) struct Comparer<'a> {
    people: &'a People,
    own: Vec<Own>,
    names: FxHashMap<(Index, Index), NameLevel>,
    streets: FxHashMap<(Index, Index), bool>,
    towns: FxHashMap<(Index, Index), TownLevel>,
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
        let own = people.persons.iter().map(|person| Own::of(people, person)).collect();
        Self { people, own, names: FxHashMap::default(), streets: FxHashMap::default(), towns: FxHashMap::default() }
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

    fn towns(&mut self, a: &Person, b: &Person) -> TownLevel {
        let (Some(x), Some(y)) = (a.town, b.town) else { return TownLevel::Missing };
        let people = self.people;
        remembered(&mut self.towns, x, y, |x, y| {
            let towns = people.towns.get(x).zip(people.towns.get(y));
            towns.map_or(TownLevel::Missing, |(x, y)| address::compare_towns(x, y))
        })
    }

    fn phones(&self, a: &Person, b: &Person) -> PhoneLevel {
        let (Some(x), Some(y)) = (a.phone, b.phone) else { return PhoneLevel::Missing };
        let numbers = self.people.phones.get(x).zip(self.people.phones.get(y));
        numbers.map_or(PhoneLevel::Missing, |(x, y)| phone::compare(x, y))
    }

    /// The chances of the given name of one record and of the family name of another.
    pub(crate) fn name_chances(&self, a: u32, b: u32) -> Option<(f64, f64)> {
        self.people.persons.get(a as usize)?.given?;
        self.people.persons.get(b as usize)?.family?;
        Some((self.own.get(a as usize)?.given(), self.own.get(b as usize)?.family()))
    }

    /// Compares two records, named by their places in the file; `None` when there is no such place.
    pub(crate) fn compare(&mut self, a: u32, b: u32) -> Option<Comparison> {
        let own = (self.own.get(a as usize).copied()?, self.own.get(b as usize).copied()?);
        let people = self.people;
        let (a, b) = (people.persons.get(a as usize)?, people.persons.get(b as usize)?);
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
        let chances = Chances::of(&own.0, &own.1, swapped);
        Some(Comparison {
            given,
            family,
            swapped,
            birth,
            place,
            door: if crossed { DoorLevel::Missing } else { self.doors(a, b) },
            town: self.towns(a, b),
            phone: self.phones(a, b),
            chances,
        })
    }
}

/// True when both names agree crosswise, and better than straight.
fn crossed_wins(straight: (NameLevel, NameLevel), crossed: (NameLevel, NameLevel)) -> bool {
    let good = |level: NameLevel| level.agrees() || matches!(level, NameLevel::Part | NameLevel::Gendered);
    let both = good(crossed.0) && good(crossed.1) && (crossed.0.agrees() || crossed.1.agrees());
    let rank = |(x, y): (NameLevel, NameLevel)| x as u8 + y as u8;
    both && rank(crossed) < rank(straight)
}
