//! Three ways in which two records can stand side by side, and what each makes likely.
//!
//! Two records are of one person, of two members of one household, or of two people who have nothing in common. A household shares
//! its address, its telephone and its family name, so these three together tell a household and never a person: what tells a
//! person from another member is the given name and the date of birth. This is the model of Fellegi and Sunter (1969) with a
//! class more than usual.

use crate::address::{DOOR_LEVELS, DoorLevel, PLACE_LEVELS, PlaceLevel, TOWN_LEVELS, TownLevel};
use crate::birth::{BIRTH_LEVELS, BirthLevel};
use crate::comparison::Comparison;
use crate::name::{NAME_LEVELS, NameLevel};
use crate::phone::{PHONE_LEVELS, PhoneLevel};

/// Chances of each level of each field in one class; the place of level zero, missing, is not read.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Table {
    pub(crate) given: [f64; NAME_LEVELS],
    pub(crate) family: [f64; NAME_LEVELS],
    pub(crate) birth: [f64; BIRTH_LEVELS],
    pub(crate) place: [f64; PLACE_LEVELS],
    pub(crate) door: [f64; DOOR_LEVELS],
    pub(crate) town: [f64; TOWN_LEVELS],
    pub(crate) phone: [f64; PHONE_LEVELS],
    /// Chance that the names stand crosswise.
    pub(crate) swapped: f64,
}

/// What is known before a file is read: records of one person.
pub(crate) const SAME_PERSON: Table = Table {
    //      miss  exact  variant close part  initial gender similar different
    given: [1.0, 0.64, 0.13, 0.08, 0.07, 0.02, 0.02, 0.02, 0.02],
    family: [1.0, 0.68, 0.13, 0.08, 0.02, 0.002, 0.01, 0.018, 0.06],
    //      miss exact swapped one-off year-off year-other year-only near different
    birth: [1.0, 0.80, 0.025, 0.05, 0.04, 0.005, 0.025, 0.025, 0.03],
    place: [1.0, 0.75, 0.06, 0.06, 0.13],
    door: [1.0, 0.80, 0.15, 0.05],
    town: [1.0, 0.80, 0.10, 0.10],
    phone: [1.0, 0.78, 0.08, 0.14],
    swapped: 0.05,
};

/// What is known before a file is read: two members of one household. Twins are one birth in sixty; a parent and a child of one
/// name, or two siblings whose names look alike, are few.
pub(crate) const SAME_HOME: Table = Table {
    given: [1.0, 0.006, 0.006, 0.008, 0.012, 0.01, 0.015, 0.03, 0.913],
    family: [1.0, 0.66, 0.08, 0.05, 0.01, 0.001, 0.005, 0.014, 0.18],
    birth: [1.0, 0.015, 0.0002, 0.006, 0.0006, 0.002, 0.004, 0.003, 0.9692],
    place: [1.0, 0.82, 0.06, 0.06, 0.06],
    door: [1.0, 0.82, 0.14, 0.04],
    town: [1.0, 0.90, 0.06, 0.04],
    phone: [1.0, 0.40, 0.03, 0.57],
    swapped: 0.05,
};

/// What is known before a file is read: two people who have nothing in common. The chance of a value that is shared exactly is
/// counted in the file and not read here.
pub(crate) const UNRELATED: Table = Table {
    given: [1.0, 0.003, 0.002, 0.003, 0.002, 0.06, 0.002, 0.02, 0.908],
    family: [1.0, 0.001, 0.001, 0.002, 0.002, 0.06, 0.001, 0.01, 0.923],
    birth: [1.0, 0.00005, 0.00002, 0.0010, 0.0004, 0.0024, 0.0015, 0.002, 0.99263],
    place: [1.0, 0.001, 0.002, 0.007, 0.99],
    door: [1.0, 0.04, 0.26, 0.70],
    town: [1.0, 0.2, 0.1, 0.7],
    phone: [1.0, 0.000001, 0.000005, 0.999994],
    swapped: 0.01,
};

/// Names go with names: who is called Koné is more often called Awa than chance would have it. How much more, before a file is read.
pub(crate) const CULTURE: f64 = 4.0;
/// Classes of rarity of a full name.
pub(crate) const RARITIES: usize = 18;
/// No chance of a shared value is taken for less.
const CHANCE_MIN: f64 = 1e-7;

/// The three classes and how many pairs of the file are of each of the first two.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Model {
    pub(crate) person_rate: f64,
    pub(crate) home_rate: f64,
    pub(crate) person: Table,
    pub(crate) home: Table,
    pub(crate) unrelated: Table,
    /// How many times more often than chance two unrelated people have the same full name, by the rarity of that name.
    pub(crate) culture: [f64; RARITIES],
}

/// The class of rarity of a full name whose two parts have these chances.
pub(crate) fn rarity(given: f64, family: f64) -> usize {
    let decades = -(given * family).max(1e-15).log10();
    ((decades * 2.0 - 4.0).max(0.0) as usize).min(RARITIES - 1)
}

/// Chances that a pair is of one person, and of one household without being of one person.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Posterior {
    pub(crate) person: f64,
    pub(crate) home: f64,
}

fn at<const N: usize>(table: &[f64; N], level: usize) -> f64 {
    table.get(level).copied().unwrap_or(1.0)
}

/// A file whose pairs of household members are fewer than this share of its pairs of one person is a list without households.
const HOMES_MIN: f64 = 0.05;

impl Model {
    /// True when the file holds households, as every file of a centre does. A list of people who live alone, with thousands of
    /// records and hardly two people at one address, is the exception: there a shared address does tell a person.
    pub(crate) fn has_homes(&self) -> bool {
        self.home_rate >= HOMES_MIN * self.person_rate
    }

    /// Chances of a pair, each class weighed by its rate. The two ratios are against the unrelated.
    pub(crate) fn posterior(&self, comparison: &Comparison) -> Posterior {
        let chances = self.unrelated_chances(comparison);
        let person = self.person_rate * ratio(&self.person, comparison, &chances);
        let home = self.home_rate * ratio(&self.home, comparison, &chances);
        let sum = person + home + 1.0;
        Posterior { person: person / sum, home: home / sum }
    }

    fn unrelated_chances(&self, c: &Comparison) -> [f64; 7] {
        let u = &self.unrelated;
        let name = |level: NameLevel, table: &[f64; NAME_LEVELS], chance: f32| match level {
            NameLevel::Exact => f64::from(chance),
            NameLevel::Variant | NameLevel::Close => at(table, level as usize) + f64::from(chance),
            NameLevel::Gendered | NameLevel::Part => at(table, level as usize) + 0.5 * f64::from(chance),
            _ => at(table, level as usize),
        };
        let family = name(c.family, &u.family, c.chances.family);
        let mut given = name(c.given, &u.given, c.chances.given);
        if c.family.agrees() && c.given != NameLevel::Different {
            let both = c.given.agrees();
            let rarity = rarity(f64::from(c.chances.given), f64::from(c.chances.family));
            let culture = if both { at(&self.culture, rarity) } else { CULTURE };
            given = (given * culture).min(given.max(0.5));
        }
        let birth = match c.birth {
            BirthLevel::Exact => f64::from(c.chances.birth),
            level => at(&u.birth, level as usize),
        };
        let place = match c.place {
            PlaceLevel::Same => f64::from(c.chances.place),
            PlaceLevel::NoNumber | PlaceLevel::OtherNumber => f64::from(c.chances.street),
            level => at(&u.place, level as usize),
        };
        let door = match c.door {
            DoorLevel::Same => f64::from(c.chances.door),
            level => at(&u.door, level as usize),
        };
        let town = match c.town {
            TownLevel::Same => f64::from(c.chances.town),
            level => at(&u.town, level as usize),
        };
        let phone = match c.phone {
            PhoneLevel::Exact => f64::from(c.chances.phone),
            level => at(&u.phone, level as usize),
        };
        [given, family, birth, place, door, town, phone].map(|chance| chance.max(CHANCE_MIN))
    }
}

/// How much more likely a class makes a comparison than two unrelated people do.
fn ratio(table: &Table, c: &Comparison, unrelated: &[f64; 7]) -> f64 {
    let [given, family, birth, place, door, town, phone] = *unrelated;
    let swapped = if c.given == NameLevel::Missing || c.family == NameLevel::Missing {
        1.0
    } else if c.swapped {
        // Two ways to cross would count twice by chance.
        table.swapped / 2.0
    } else {
        1.0 - table.swapped
    };
    let one = |known: bool, class: f64, other: f64| if known { class / other } else { 1.0 };
    let mut product = swapped
        * one(c.given != NameLevel::Missing, at(&table.given, c.given as usize), given)
        * one(c.family != NameLevel::Missing, at(&table.family, c.family as usize), family)
        * one(c.birth != BirthLevel::Missing, at(&table.birth, c.birth as usize), birth)
        * one(c.place != PlaceLevel::Missing, at(&table.place, c.place as usize), place)
        * one(c.phone != PhoneLevel::Missing, at(&table.phone, c.phone as usize), phone);
    if counts_door(c) {
        product *= at(&table.door, c.door as usize) / door;
    }
    if counts_town(c) {
        product *= at(&table.town, c.town as usize) / town;
    }
    product
}

/// A door tells something only where the street does not say that the place is another one.
pub(crate) fn counts_door(c: &Comparison) -> bool {
    c.door != DoorLevel::Missing
        && (matches!(c.place, PlaceLevel::Same | PlaceLevel::NoNumber | PlaceLevel::Missing)
            || c.door == DoorLevel::Same && c.chances.door < 0.03)
}

/// The commune goes with the street: it is not counted twice.
pub(crate) fn counts_town(c: &Comparison) -> bool {
    c.town != TownLevel::Missing && matches!(c.place, PlaceLevel::Missing | PlaceLevel::Different)
}
