//! What people type when they look for a household, with the errors they make; each query knows the household it is about.

use std::collections::{BTreeMap, BTreeSet};

use palier_domain::fold;
use uuid::Uuid;

use super::cast::{Dice, Person};
use super::territory::{Home, Territory};

/// A name that more households than this share is told apart by its address, not by its spelling.
const HOMONYMS_MAX: usize = 3;
/// A name this short is typed without an error: one letter wrong in "Ba" is another name.
const ERROR_CHARS_MIN: usize = 4;

/// Spellings of one given name.
const SPELLINGS: &[&[&str]] = &[
    &["Mohamed", "Mohammed", "Muhammad", "Mouhamed", "Mohamad"],
    &["Youssef", "Yusuf", "Youcef", "Yousef"],
    &["Khadija", "Khadidja", "Kadija", "Qadija"],
    &["Cheikh", "Sheikh", "Cheick"],
    &["Fatima", "Fatimah", "Fathima"],
    &["Fatoumata", "Fatumata"],
    &["Ibrahim", "Ibraheem", "Ibrahima"],
    &["Souleymane", "Suleymane", "Souleimane"],
    &["Ousmane", "Usmane", "Ousman"],
    &["Abdoulaye", "Abdulaye", "Abdoulaï"],
    &["Hassan", "Assan", "Hasan"],
    &["Karim", "Kareem"],
    &["Rachid", "Rashid"],
    &["Aïcha", "Aisha", "Aycha"],
    &["Djamel", "Jamel", "Djamal"],
    &["Djamila", "Jamila"],
    &["Moussa", "Musa", "Mousa"],
    &["Abdelkader", "Abdulqader", "Abdelqader"],
    &["Oumar", "Omar", "Umar"],
    &["Yasmine", "Yasmin", "Jasmine"],
    &["Said", "Saïd", "Sayid"],
    &["Hichem", "Hisham", "Hicham"],
];

/// Groups of letters that one language writes for another's, both ways.
const LETTERS: &[(&str, &str)] = &[
    ("ou", "w"),
    ("ou", "u"),
    ("kh", "q"),
    ("kh", "k"),
    ("ch", "sh"),
    ("dj", "j"),
    ("ss", "s"),
    ("y", "i"),
    ("ph", "f"),
    ("gu", "g"),
    ("k", "q"),
    ("c", "k"),
    ("oo", "ou"),
];

/// Writes a query about a person; none when the name does not lend itself to the error.
type Write = fn(&mut Dice, &Person) -> Option<String>;

/// One query.
#[derive(Debug, Clone)]
pub struct Query {
    /// What is typed.
    pub text: String,
    /// The household it is about.
    pub home: Uuid,
    /// What kind of error it holds.
    pub kind: &'static str,
}

/// `count` queries about households of a territory, with a seed.
#[must_use]
pub fn draw(territory: &Territory, count: usize, seed: u64) -> Vec<Query> {
    let homonyms = homonyms(territory);
    let mut dice = Dice::new(seed);
    let mut queries = Vec::new();
    let kinds: [(&str, Write); 9] = [
        ("substitution", |dice, person| misspelt(dice, person, substitution)),
        ("deletion", |dice, person| misspelt(dice, person, deletion)),
        ("insertion", |dice, person| misspelt(dice, person, insertion)),
        ("transposition", |dice, person| misspelt(dice, person, transposition)),
        ("accents", without_accents),
        ("swapped", |_, person| Some(format!("{} {}", person.family, person.given))),
        ("prefix", prefix),
        ("spelling", spelling),
        ("letters", letters),
    ];
    while queries.len() < count {
        let Some((kind, write)) = kinds.get(queries.len() % kinds.len()) else { break };
        let Some(home) = dice.any(&territory.homes) else { break };
        let Some(person) = dice.any(&home.people) else { continue };
        if homonyms.get(&folded(person)).map_or(0, BTreeSet::len) > HOMONYMS_MAX {
            continue;
        }
        if let Some(text) = write(&mut dice, person) {
            queries.push(Query { text, home: home.id, kind });
        }
    }
    queries
}

/// How many people of a territory have a name that at most three households share.
#[must_use]
pub fn named_apart(territory: &Territory) -> (usize, usize) {
    let homonyms = homonyms(territory);
    let people = || territory.homes.iter().flat_map(|home| &home.people);
    let apart = people().filter(|person| homonyms.get(&folded(person)).map_or(0, BTreeSet::len) <= HOMONYMS_MAX);
    (apart.count(), people().count())
}

fn homonyms(territory: &Territory) -> BTreeMap<String, BTreeSet<Uuid>> {
    let mut homonyms: BTreeMap<String, BTreeSet<Uuid>> = BTreeMap::new();
    let of = |home: &Home| home.people.iter().map(folded).collect::<Vec<_>>();
    for home in &territory.homes {
        for name in of(home) {
            homonyms.entry(name).or_default().insert(home.id);
        }
    }
    homonyms
}

fn folded(person: &Person) -> String {
    fold::joined(&format!("{} {}", person.given, person.family))
}

fn misspelt(dice: &mut Dice, person: &Person, error: fn(&mut Dice, Vec<char>) -> Vec<char>) -> Option<String> {
    let mut one = |name: &str| {
        let mut letters: Vec<char> = name.to_lowercase().chars().collect();
        if letters.len() >= ERROR_CHARS_MIN {
            letters = error(dice, letters);
        }
        letters.into_iter().collect::<String>()
    };
    Some(format!("{} {}", one(&person.given), one(&person.family)))
}

fn letter(dice: &mut Dice) -> char {
    char::from(b'a' + u8::try_from(dice.below(26)).unwrap_or(0))
}

fn substitution(dice: &mut Dice, mut letters: Vec<char>) -> Vec<char> {
    let (place, new) = (dice.below(letters.len()), letter(dice));
    if let Some(letter) = letters.get_mut(place) {
        *letter = if *letter == new { 'x' } else { new };
    }
    letters
}

fn deletion(dice: &mut Dice, mut letters: Vec<char>) -> Vec<char> {
    letters.remove(dice.below(letters.len()));
    letters
}

fn insertion(dice: &mut Dice, mut letters: Vec<char>) -> Vec<char> {
    let new = letter(dice);
    letters.insert(dice.below(letters.len() + 1), new);
    letters
}

fn transposition(dice: &mut Dice, mut letters: Vec<char>) -> Vec<char> {
    let place = dice.below(letters.len() - 1);
    letters.swap(place, place + 1);
    letters
}

/// Only for a name that has an accent or an apostrophe: typed without, joined or spaced.
fn without_accents(dice: &mut Dice, person: &Person) -> Option<String> {
    let name = format!("{} {}", person.given, person.family);
    let typed = if dice.below(2) == 0 { fold::spaced(&name) } else { fold::joined(&name) };
    (typed != name.to_lowercase()).then_some(typed)
}

/// The family name is being typed: two thirds of it are there, three letters at least.
fn prefix(_: &mut Dice, person: &Person) -> Option<String> {
    let family: Vec<char> = person.family.chars().collect();
    let length = (family.len() * 2 / 3).max(3).min(family.len());
    Some(format!("{} {}", person.given, family.into_iter().take(length).collect::<String>()))
}

/// Another spelling of the given name.
fn spelling(dice: &mut Dice, person: &Person) -> Option<String> {
    let spellings = SPELLINGS.iter().find(|spellings| spellings.contains(&person.given.as_str()))?;
    let others: Vec<&&str> = spellings.iter().filter(|spelling| **spelling != person.given).collect();
    Some(format!("{} {}", dice.any(&others)?, person.family))
}

/// A group of letters of the name written as another language does.
fn letters(dice: &mut Dice, person: &Person) -> Option<String> {
    let name = format!("{} {}", fold::spaced(&person.given), fold::spaced(&person.family));
    let both = LETTERS.iter().flat_map(|(a, b)| [(*a, *b), (*b, *a)]);
    let fit: Vec<(&str, &str)> = both.filter(|(from, _)| name.contains(from)).collect();
    let (from, to) = dice.any(&fit)?;
    Some(name.replacen(from, to, 1))
}
