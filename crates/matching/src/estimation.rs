//! What the file itself tells: the tables of the model, estimated without labels.
//!
//! The unrelated are seen by drawing pairs at random, which are almost all unrelated. The two other classes are estimated by
//! expectation and maximisation on the pairs that share a key, starting from what is known and never far from it in a small file.

use crate::birth::BirthLevel;
use crate::comparison::{Comparer, Comparison};
use crate::model::{
    CULTURE, Model, Posterior, RARITIES, SAME_HOME, SAME_PERSON, Table, UNRELATED, counts_door, counts_town, rarity,
};
use crate::prepared::People;

/// Random pairs drawn.
const DRAWN: u64 = 100_000;
/// Rounds of estimation; the tables move by less than a thousandth after ten.
const ROUNDS: usize = 12;
/// Records that what is known of duplicates in general weighs.
const KNOWN_RECORDS: f64 = 300.0;
/// The same for households, which are many or none, and soon seen.
const KNOWN_HOME_RECORDS: f64 = 10.0;
/// Duplicates a record, before the file is read.
const USUAL_DUPLICATES: f64 = 0.08;
/// Members of the same household a record, before the file is read.
const USUAL_MEMBERS: f64 = 0.7;
/// No rate is taken for more, which only files of a few records reach.
const RATE_MAX: f64 = 0.02;
/// Pairs that what is known of one person's records weighs.
const PERSON_WEIGHT: f64 = 60.0;
/// Pairs that what is known of a household's members weighs: more, since few of them are seen.
const HOME_WEIGHT: f64 = 400.0;

/// Counts of levels, to be turned into chances.
#[derive(Debug, Clone)]
struct Counts {
    table: Table,
}

fn add<const N: usize>(counts: &mut [f64; N], level: usize, weight: f64) {
    if level > 0
        && let Some(count) = counts.get_mut(level)
    {
        *count += weight;
    }
}

fn shares<const N: usize>(counts: &[f64; N], known: &[f64; N], weight: f64) -> [f64; N] {
    let seen: f64 = counts.iter().skip(1).sum();
    std::array::from_fn(|level| {
        let known = known.get(level).copied().unwrap_or(0.0);
        let count = counts.get(level).copied().unwrap_or(0.0);
        if level == 0 { 1.0 } else { (count + weight * known) / (seen + weight) }
    })
}

impl Counts {
    fn none() -> Self {
        Self {
            table: Table {
                given: [0.0; 9],
                family: [0.0; 9],
                birth: [0.0; 9],
                place: [0.0; 5],
                door: [0.0; 4],
                town: [0.0; 4],
                phone: [0.0; 4],
                swapped: 0.0,
            },
        }
    }

    fn add(&mut self, c: &Comparison, weight: f64) {
        let table = &mut self.table;
        add(&mut table.given, c.given as usize, weight);
        add(&mut table.family, c.family as usize, weight);
        add(&mut table.birth, c.birth as usize, weight);
        add(&mut table.place, c.place as usize, weight);
        add(&mut table.phone, c.phone as usize, weight);
        if counts_door(c) {
            add(&mut table.door, c.door as usize, weight);
        }
        if counts_town(c) {
            add(&mut table.town, c.town as usize, weight);
        }
        if c.swapped {
            table.swapped += weight;
        }
    }

    fn shares(&self, known: &Table, weight: f64) -> Table {
        let all: f64 = self.table.given.iter().sum();
        let table = &self.table;
        Table {
            given: shares(&table.given, &known.given, weight),
            family: shares(&table.family, &known.family, weight),
            birth: shares(&table.birth, &known.birth, weight),
            place: shares(&table.place, &known.place, weight),
            door: shares(&table.door, &known.door, weight),
            town: shares(&table.town, &known.town, weight),
            phone: shares(&table.phone, &known.phone, weight),
            swapped: (table.swapped + weight * known.swapped) / (all + weight),
        }
    }
}

/// Numbers that look drawn at random and are always the same (splitmix64).
fn drawn(at: u64) -> u64 {
    let mut x = at.wrapping_mul(0x9E37_79B9_7F4A_7C15).wrapping_add(0x9E37_79B9_7F4A_7C15);
    x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    x ^ (x >> 31)
}

/// The model before any pair of the file was weighed, but with the unrelated seen.
pub(crate) fn start(people: &People, comparer: &mut Comparer<'_>) -> Model {
    let records = people.persons.len() as u64;
    let mut counts = Counts::none();
    if records > 1 {
        for at in 0..DRAWN.min(records * records) {
            let (x, y) = (drawn(2 * at) % records, drawn(2 * at + 1) % records);
            if x != y
                && let Some(comparison) = comparer.compare(x as u32, y as u32)
            {
                counts.add(&comparison, 1.0);
            }
        }
    }
    // In a small file the same few pairs are drawn again: they weigh no more than they are.
    let records = records as f64;
    let pairs = (records * (records - 1.0) / 2.0).max(1.0);
    let (person_rate, home_rate) = rates(records, pairs, 0.0, 0.0, 0.0);
    let weight = (DRAWN as f64 * 2000.0 / pairs).clamp(2000.0, DRAWN as f64 * 2.0);
    let unrelated = counts.shares(&UNRELATED, weight);
    let mut home = SAME_HOME;
    raise(&mut home.birth, &unrelated.birth);
    Model { person_rate, home_rate, person: SAME_PERSON, home, unrelated, culture: [CULTURE; RARITIES] }
}

fn rates(records: f64, pairs: f64, persons: f64, homes: f64, trust: f64) -> (f64, f64) {
    let mixed = |seen: f64, usual: f64, known: f64| {
        let share = trust * records / (records + known);
        (share * seen + (1.0 - share) * usual * records) / pairs
    };
    let person = mixed(persons, USUAL_DUPLICATES, KNOWN_RECORDS);
    let home = mixed(homes, USUAL_MEMBERS, KNOWN_HOME_RECORDS);
    (person.min(RATE_MAX), home.min(RATE_MAX * 4.0))
}

/// A person's table. Without labels the estimation could slide to some other kind of likeness that fills the file, such as a list
/// copied with other dates: two writings of one person may differ in a field no more often than this.
fn person_table(counts: &Counts) -> Table {
    let mut table = counts.shares(&SAME_PERSON, PERSON_WEIGHT);
    cap_last(&mut table.given, 0.10);
    cap_last(&mut table.family, 0.12);
    cap_last(&mut table.birth, 0.06);
    cap_last(&mut table.place, 0.40);
    cap_last(&mut table.phone, 0.30);
    cap_last(&mut table.door, 0.20);
    cap_last(&mut table.town, 0.30);
    table.swapped = table.swapped.min(0.15);
    table
}

/// Keeps the last level, two different values, under a limit; the others share what is left as they did.
fn cap_last<const N: usize>(table: &mut [f64; N], limit: f64) {
    let Some(last) = table.last().copied().filter(|last| *last > limit) else { return };
    for (level, chance) in table.iter_mut().enumerate().skip(1) {
        *chance = if level + 1 == N { limit } else { *chance * (1.0 - limit) / (1.0 - last) };
    }
}

/// A household's table. Records of one person that differ much look like members of one household, and would teach it that
/// members share names and birth dates: there it may learn to expect less than is known, never more.
///
/// What members share is written down as carelessly as by one person: how often they share it is the household's own, how it is
/// written is the person's.
fn home_table(counts: &Counts, person: &Table, unrelated: &Table) -> Table {
    let mut table = counts.shares(&SAME_HOME, HOME_WEIGHT);
    write_alike(&mut table.family, &person.family);
    write_alike(&mut table.place, &person.place);
    write_alike(&mut table.phone, &person.phone);
    write_alike(&mut table.door, &person.door);
    lower(&mut table.given, &SAME_HOME.given);
    lower(&mut table.birth, &SAME_HOME.birth);
    // Two dates of a household are as near by chance as any two.
    raise(&mut table.birth, &unrelated.birth);
    table
}

/// Takes every level but the last up to a least chance; the last has the rest.
fn raise<const N: usize>(table: &mut [f64; N], least: &[f64; N]) {
    let mut rest = 1.0;
    for (level, (chance, least)) in table.iter_mut().zip(least).enumerate().skip(1) {
        *chance = if level + 1 == N { rest } else { chance.max(*least) };
        rest -= *chance;
    }
}

/// Gives all levels but the last, two different values, the shares they have in one person's records.
fn write_alike<const N: usize>(table: &mut [f64; N], person: &[f64; N]) {
    let shared = |table: &[f64; N]| 1.0 - table.last().copied().unwrap_or(0.0);
    let share = shared(table) / shared(person).max(1e-9);
    for (chance, written) in table.iter_mut().zip(person).skip(1).take(N - 2) {
        *chance = written * share;
    }
}

/// Takes every level but the last down to what is known; the last, two different values, has the rest.
fn lower<const N: usize>(table: &mut [f64; N], known: &[f64; N]) {
    let mut rest = 1.0;
    for (level, (chance, known)) in table.iter_mut().zip(known).enumerate().skip(1) {
        *chance = if level + 1 == N { rest } else { chance.min(*known) };
        rest -= *chance;
    }
}

/// Pairs that what is known of names that go together weighs.
const CULTURE_WEIGHT: f64 = 4.0;

/// Pairs of people with two known dates of birth that would have the same full name by chance, by its rarity.
pub(crate) fn namesakes_by_chance(people: &People, comparer: &Comparer<'_>) -> [f64; RARITIES] {
    let mut chances = [0.0; RARITIES];
    let records = people.persons.len() as u64;
    for at in 0..DRAWN.min(records * records) {
        // A given name of one, a family name of another: by chance.
        let (x, y) = (drawn(2 * at + 0x5EED) % records, drawn(2 * at + 0x5EED + 1) % records);
        if let Some((given, family)) = comparer.name_chances(x as u32, y as u32)
            && let Some(sum) = chances.get_mut(rarity(given, family))
        {
            *sum += given * family;
        }
    }
    let dated = people.persons.iter().filter(|person| person.birth.is_some()).count() as f64;
    let drawn = DRAWN.min(records * records).max(1) as f64;
    chances.map(|sum| sum / drawn * dated * (dated - 1.0).max(0.0) / 2.0)
}

/// Namesakes seen against namesakes by chance. Only pairs with two dates of birth count: the dates tell who is who.
fn culture(seen: &[f64; RARITIES], by_chance: &[f64; RARITIES]) -> [f64; RARITIES] {
    std::array::from_fn(|at| {
        let (seen, chance) = (seen.get(at).copied().unwrap_or(0.0), by_chance.get(at).copied().unwrap_or(0.0));
        ((seen + CULTURE_WEIGHT * CULTURE) / (chance + CULTURE_WEIGHT)).max(1.0)
    })
}

/// Estimates the model on compared pairs, in place.
pub(crate) fn estimate(model: &mut Model, records: usize, compared: &[Comparison], by_chance: &[f64; RARITIES]) {
    let records = records as f64;
    let pairs = (records * (records - 1.0) / 2.0).max(1.0);
    for _ in 0..ROUNDS {
        let mut person = Counts::none();
        let mut home = Counts::none();
        let (mut persons, mut homes) = (0.0, 0.0);
        let mut namesakes = [0.0; RARITIES];
        for comparison in compared {
            let Posterior { person: p, home: h } = model.posterior(comparison);
            persons += p;
            homes += h;
            if comparison.given.agrees()
                && comparison.family.agrees()
                && comparison.birth != BirthLevel::Missing
                && let Some(count) =
                    namesakes.get_mut(rarity(f64::from(comparison.chances.given), f64::from(comparison.chances.family)))
            {
                *count += 1.0 - p - h;
            }
            if p > 1e-4 {
                person.add(comparison, p);
            }
            if h > 1e-4 {
                home.add(comparison, h);
            }
        }
        (model.person_rate, model.home_rate) = rates(records, pairs, persons, homes, 1.0);
        model.person = person_table(&person);
        model.home = home_table(&home, &model.person, &model.unrelated);
        model.culture = culture(&namesakes, by_chance);
    }
}
