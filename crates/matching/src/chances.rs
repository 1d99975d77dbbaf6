//! How usual what two records share is: the chance that someone else in the file has it too.

use crate::address::Door;
use crate::prepared::{Index, People, Person};

/// Chance that someone else in the file has the shared value, field by field.
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
/// Doors of a building: floor and door are the same for one pair of neighbours in so many.
const DOORS: f32 = 25.0;

/// The chances of one record's own values.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Own {
    given: NameChance,
    family: NameChance,
    others: [f32; 6],
}

/// Chance of a name as a given name and as a family name.
#[derive(Debug, Clone, Copy)]
struct NameChance {
    given: f32,
    family: f32,
}

impl NameChance {
    fn of(people: &People, name: Option<Index>) -> Self {
        let Some(name) = people.name(name) else { return Self { given: 1.0, family: 1.0 } };
        Self {
            given: people.given_names.chance(&name.bare, USUAL_GIVEN, KNOWN_WEIGHT) as f32,
            family: people.family_names.chance(&name.bare, USUAL_FAMILY, KNOWN_WEIGHT) as f32,
        }
    }

    fn either(self) -> f32 {
        self.given.max(self.family)
    }
}

impl Own {
    /// The chances of a person's values.
    pub(crate) fn of(people: &People, person: &Person) -> Self {
        let text = person.door.and_then(|door| people.doors.get(door)).and_then(Door::plain_text);
        let or_sure = |chance: Option<f64>| chance.map_or(1.0, |chance| chance as f32);
        Self {
            given: NameChance::of(people, person.given),
            family: NameChance::of(people, person.family),
            others: [
                or_sure(person.place.map(|place| people.street_counts.chance(&place.0, USUAL_STREET, KNOWN_WEIGHT))),
                or_sure(
                    person
                        .place
                        .map(|place| people.place_counts.chance(&(place.0, place.1), USUAL_PLACE, KNOWN_WEIGHT)),
                ),
                or_sure(person.birth.map(|birth| people.births.chance(&birth, USUAL_BIRTH, KNOWN_WEIGHT))),
                or_sure(person.town.map(|town| people.town_counts.chance(&town, USUAL_TOWN, KNOWN_WEIGHT))),
                or_sure(person.phone.map(|phone| people.phone_counts.chance(&phone, USUAL_PHONE, KNOWN_WEIGHT))),
                text.map_or(1.0 / DOORS, |text| {
                    people.door_texts.chance(&text.to_owned(), USUAL_DOOR, KNOWN_WEIGHT) as f32
                }),
            ],
        }
    }
}

impl Own {
    /// Chance of the given name.
    pub(crate) fn given(&self) -> f64 {
        f64::from(self.given.given)
    }

    /// Chance of the family name.
    pub(crate) fn family(&self) -> f64 {
        f64::from(self.family.family)
    }
}

impl Chances {
    /// The chances of what two records share. Symmetric.
    pub(crate) fn of(a: &Own, b: &Own, swapped: bool) -> Self {
        let (given, family) = if swapped {
            // Names stand crosswise; which of the two is the given name is not known.
            let one = a.given.either().min(b.family.either());
            let other = a.family.either().min(b.given.either());
            (one.max(other), one.min(other))
        } else {
            (a.given.given.min(b.given.given), a.family.family.min(b.family.family))
        };
        // The more usual of two writings of one thing: a slip makes a rare one.
        let [street, place, birth, town, phone, door] = std::array::from_fn(|at| {
            let own = |own: &Own| own.others.get(at).copied().unwrap_or(1.0);
            own(a).max(own(b))
        });
        Self { given, family, birth, place, street, door, town, phone }
    }
}
