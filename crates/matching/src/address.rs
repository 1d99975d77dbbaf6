//! An address as it was written: street and number, door, commune; and how near two of them are.

use crate::letters::{consonants, fold, sound_distance, words};

/// How near two streets and numbers are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum PlaceLevel {
    /// One of the two was not written down.
    Missing,
    /// Same street, same number.
    Same,
    /// Same street; a number is missing.
    NoNumber,
    /// Same street, another number.
    OtherNumber,
    /// Another street.
    Different,
}

/// Number of levels.
pub(crate) const PLACE_LEVELS: usize = 5;

/// How near two complements are: building, floor, door.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum DoorLevel {
    /// Nothing to compare.
    Missing,
    /// The same door, or the same words.
    Same,
    /// Same floor or same building; no door to compare.
    Compatible,
    /// Another door, floor or building.
    Different,
}

/// Number of levels.
pub(crate) const DOOR_LEVELS: usize = 4;

/// How near two communes are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum TownLevel {
    /// Nothing to compare.
    Missing,
    /// Same commune and same postal code.
    Same,
    /// One of the two is the same.
    Half,
    /// Another commune.
    Different,
}

/// Number of levels.
pub(crate) const TOWN_LEVELS: usize = 4;

/// Words that tell a kind of street; people mix them up, so they are left out of the comparison.
const KINDS: &[&str] = &[
    "rue",
    "r",
    "avenue",
    "av",
    "ave",
    "aven",
    "boulevard",
    "bd",
    "bld",
    "boul",
    "blvd",
    "bvd",
    "allee",
    "allees",
    "all",
    "impasse",
    "imp",
    "place",
    "pl",
    "square",
    "sq",
    "mail",
    "quai",
    "qu",
    "passage",
    "pass",
    "psg",
    "pas",
    "chemin",
    "ch",
    "chem",
    "che",
    "route",
    "rte",
    "cours",
    "crs",
    "cite",
    "residence",
    "res",
    "villa",
    "sentier",
    "sente",
    "esplanade",
    "esp",
    "promenade",
    "venelle",
    "ruelle",
    "rond",
    "point",
    "street",
    "road",
    "rd",
    "place",
    "circuit",
    "crescent",
    "close",
    "court",
    "drive",
];
const ARTICLES: &[&str] = &["de", "du", "des", "la", "le", "les", "l", "d", "et", "a", "au", "aux"];
/// Words of streets that are often shortened.
const SHORTENED: &[(&str, &str)] = &[
    ("st", "saint"),
    ("ste", "sainte"),
    ("dr", "docteur"),
    ("doct", "docteur"),
    ("gal", "general"),
    ("gen", "general"),
    ("mal", "marechal"),
    ("pdt", "president"),
    ("pres", "president"),
    ("prof", "professeur"),
    ("pr", "professeur"),
    ("cdt", "commandant"),
    ("cne", "capitaine"),
    ("cap", "capitaine"),
    ("col", "colonel"),
    ("lt", "lieutenant"),
    ("mgr", "monseigneur"),
    ("gd", "grand"),
    ("fg", "faubourg"),
    ("fbg", "faubourg"),
];
/// Letters after a number: `12 bis`, `12 B`.
const NUMBER_TAILS: &[&str] = &["bis", "ter", "quater"];

/// Street and number.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub(crate) struct Place {
    /// Number in the street, zero when it was not written.
    pub(crate) number: u32,
    /// `b` for bis, `t` for ter, the letter itself otherwise; a space for none.
    pub(crate) tail: char,
    pub(crate) street: Street,
}

/// The name of a street.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub(crate) struct Street {
    /// Fold of its own words, without the kind of street and the articles.
    pub(crate) own: String,
    /// Fold of all its words.
    pub(crate) full: String,
}

fn lengthen(word: &str) -> String {
    SHORTENED.iter().find(|(short, _)| *short == word).map_or_else(|| word.to_owned(), |(_, long)| (*long).to_owned())
}

impl Place {
    /// Reads an address line; `None` when it names neither street nor number.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let words = parted(text);
        let mut words = words.iter().map(String::as_str).peekable();
        let mut number = 0;
        let mut tail = ' ';
        if let Some(found) = words.peek().and_then(|word| word.parse::<u32>().ok()) {
            number = found;
            words.next();
            if let Some(word) = words.peek().copied()
                && (NUMBER_TAILS.contains(&word) || word.len() == 1 && matches!(word, "a" | "b" | "c" | "t" | "q"))
            {
                tail = word.chars().next().unwrap_or(' ');
                words.next();
            }
        }
        let all: Vec<String> = words.map(lengthen).collect();
        let mut own: Vec<&String> =
            all.iter().filter(|word| !KINDS.contains(&word.as_str()) && !ARTICLES.contains(&word.as_str())).collect();
        if own.is_empty() {
            own = all.iter().collect();
        }
        let own = fold(&own.iter().map(|word| word.as_str()).collect::<String>());
        let street = Street { own, full: fold(&all.concat()) };
        (number > 0 || !street.full.is_empty()).then_some(Self { number, tail, street })
    }
}

/// Words, with letters and figures parted: `apt24` gives `apt` and `24`.
fn parted(text: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for word in words(text) {
        let mut last: Option<bool> = None;
        for letter in word.chars() {
            let figure = letter.is_ascii_digit();
            if last == Some(figure) {
                if let Some(end) = out.last_mut() {
                    end.push(letter);
                }
            } else {
                out.push(letter.to_string());
            }
            last = Some(figure);
        }
    }
    out
}

/// Texts with more consonants that only one of them has are two texts.
const CONSONANTS_MAX: u32 = 5;

/// True when two folds of several words are one text, written alike or with a slip.
pub(crate) fn same_text(a: &str, b: &str) -> bool {
    if a == b {
        return !a.is_empty();
    }
    let short = a.len().min(b.len());
    short >= 4
        && a.len().abs_diff(b.len()) <= 3
        && (consonants(a) ^ consonants(b)).count_ones() <= CONSONANTS_MAX
        && sound_distance(a, b) <= (short as f32 / 5.0).clamp(1.0, 2.5)
}

/// True when two streets are one. The kind of street is left out, unless it was glued to the name or misspelled.
pub(crate) fn same_street(a: &Street, b: &Street) -> bool {
    // `Péri` for `Gabriel Péri`: the family name is what people say.
    let ends = |x: &str, y: &str| x.len().min(y.len()) >= 6 && (x.ends_with(y) || y.ends_with(x));
    same_text(&a.own, &b.own)
        || ends(&a.own, &b.own)
        || a.full.len().min(b.full.len()) >= 10 && same_text(&a.full, &b.full)
}

/// True when the street of one address stands in the complement of the other, and the other way round.
pub(crate) fn lines_crossed(a: (&Street, &str), b: (&Street, &str)) -> bool {
    let names = |street: &Street, text: &str| same_text(&street.full, text) || same_text(&street.own, text);
    names(a.0, b.1) && names(b.0, a.1)
}

/// How near two places of one street are: numbers, and the letters after them. Symmetric.
pub(crate) fn compare_numbers(a: (u32, char), b: (u32, char)) -> PlaceLevel {
    if a.0 == 0 || b.0 == 0 {
        PlaceLevel::NoNumber
    } else if a.0 == b.0 && (a.1 == b.1 || a.1 == ' ' || b.1 == ' ') {
        PlaceLevel::Same
    } else {
        PlaceLevel::OtherNumber
    }
}

/// Building, floor and door of a complement.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub(crate) struct Door {
    building: Option<String>,
    floor: Option<u16>,
    door: Option<String>,
    /// Fold of the whole, for what has none of the three.
    text: String,
}

impl Door {
    /// Reads a complement; `None` when it is empty.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let words = parted(text);
        if words.is_empty() {
            return None;
        }
        let mut door = Self { text: fold(&words.concat()), ..Self::default() };
        let mut at = 0;
        while let Some(word) = words.get(at).map(String::as_str) {
            let next = words.get(at + 1);
            let next_number = next.and_then(|next| next.parse::<u16>().ok());
            match word {
                "bat" | "batiment" | "immeuble" | "imm" | "entree" | "escalier" | "esc" => {
                    door.building = next.cloned();
                    at += 1;
                }
                "appt" | "apt" | "app" | "appart" | "appartement" | "porte" | "n" | "no" | "logement" | "lgt"
                | "log" => {
                    door.door = next.filter(|next| next.len() <= 4).cloned();
                    at += 1;
                }
                "et" | "etg" | "etage" | "niveau" if next_number.is_some() => {
                    door.floor = next_number;
                    at += 1;
                }
                "rdc" | "rez" => door.floor = Some(0),
                _ => {
                    let ordinal =
                        matches!(next.map(String::as_str), Some("e" | "eme" | "er" | "ere" | "ieme" | "etage"));
                    if let Some(number) = word.parse().ok().filter(|_| ordinal) {
                        door.floor = Some(number);
                        at += 1;
                    }
                }
            }
            at += 1;
        }
        Some(door)
    }

    fn is_plain(&self) -> bool {
        self.building.is_none() && self.floor.is_none() && self.door.is_none()
    }

    /// Key of a complement that has no door of its own, such as the name of a farm.
    pub(crate) fn plain_text(&self) -> Option<&str> {
        (self.is_plain() && self.text.len() >= 4).then_some(self.text.as_str())
    }
}

/// How near two complements are. Symmetric.
pub(crate) fn compare_doors(a: &Door, b: &Door) -> DoorLevel {
    if a.is_plain() && b.is_plain() {
        return if same_text(&a.text, &b.text) { DoorLevel::Same } else { DoorLevel::Different };
    }
    let agree = |x: &Option<String>, y: &Option<String>| x.as_ref().zip(y.as_ref()).map(|(x, y)| x == y);
    let building = agree(&a.building, &b.building);
    let floor = a.floor.zip(b.floor).map(|(x, y)| x == y);
    let door = agree(&a.door, &b.door);
    if building == Some(false) || door == Some(false) {
        return DoorLevel::Different;
    }
    match (door, floor, building) {
        (Some(true), ..) => DoorLevel::Same,
        (None, Some(false), _) => DoorLevel::Different,
        (None, Some(true), _) | (None, None, Some(true)) => DoorLevel::Compatible,
        _ => DoorLevel::Missing,
    }
}

/// Commune and postal code.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub(crate) struct Town {
    /// Fold of the commune's words, `st` written out.
    pub(crate) name: Option<String>,
    /// Figures of the postal code.
    pub(crate) code: Option<String>,
}

impl Town {
    /// Reads what was written; both parts may be missing.
    pub(crate) fn read(name: Option<&str>, code: Option<&str>) -> Self {
        let name = name.map(|name| {
            let words = words(name);
            let kept =
                words.iter().filter(|word| word.as_str() != "cedex" && word.bytes().any(|b| b.is_ascii_alphabetic()));
            fold(&kept.map(|word| lengthen(word)).collect::<String>())
        });
        let code = code.map(|code| code.chars().filter(char::is_ascii_alphanumeric).collect::<String>());
        Self { name: name.filter(|name| !name.is_empty()), code: code.filter(|code| !code.is_empty()) }
    }
}

/// How near two communes are. Symmetric.
pub(crate) fn compare_towns(a: &Town, b: &Town) -> TownLevel {
    let name = a.name.as_deref().zip(b.name.as_deref()).map(|(x, y)| same_text(x, y));
    let code = a.code.as_deref().zip(b.code.as_deref()).map(|(x, y)| x == y || strsim::osa_distance(x, y) <= 1);
    match (name, code) {
        (None, None) => TownLevel::Missing,
        (Some(true), Some(true)) => TownLevel::Same,
        (Some(true), None) | (None, Some(true)) | (Some(true), Some(false)) | (Some(false), Some(true)) => {
            TownLevel::Half
        }
        _ => TownLevel::Different,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(a: &str, b: &str) -> PlaceLevel {
        let (x, y) = (Place::read(a).unwrap(), Place::read(b).unwrap());
        if same_street(&x.street, &y.street) {
            compare_numbers((x.number, x.tail), (y.number, y.tail))
        } else {
            PlaceLevel::Different
        }
    }

    fn check_place(a: &str, b: &str, expected: PlaceLevel) {
        assert_eq!(place(a, b), expected, "{a} and {b}");
        assert_eq!(place(b, a), expected, "{b} and {a}: the order changes nothing");
    }

    #[test]
    fn streets_are_told_by_their_own_words() {
        check_place("12, av. Winston Churchill", "12 AVENUE WINSTON CHURCHILL", PlaceLevel::Same);
        check_place("12 rue des Acacias", "12 allée des Acacias", PlaceLevel::Same);
        check_place("12 bis rue du Gal Renault", "12 B rue du Général Renault", PlaceLevel::Same);
        check_place("12 rue St-Paul", "12 rue Saint Paul", PlaceLevel::Same);
        check_place("12 rue Gabriel Péri", "12 rue Gabrielle Peri", PlaceLevel::Same);
        check_place("12 rue Mozart", "rue Mozart", PlaceLevel::NoNumber);
        check_place("12 rue Mozart", "21 rue Mozart", PlaceLevel::OtherNumber);
        check_place("12 rue Mozart", "12 rue Beethoven", PlaceLevel::Different);
        check_place("6 tullaroop street", "6 tullaroopstreet", PlaceLevel::Same);
    }

    fn check_door(a: &str, b: &str, expected: DoorLevel) {
        let (x, y) = (Door::read(a).unwrap(), Door::read(b).unwrap());
        assert_eq!(compare_doors(&x, &y), expected, "{a} and {b}");
        assert_eq!(compare_doors(&y, &x), expected, "{b} and {a}: the order changes nothing");
    }

    #[test]
    fn doors_are_told_in_every_order() {
        check_door("Bât E - 3e étage - Appt 33", "apt 33, immeuble E", DoorLevel::Same);
        check_door("BAT E ETG 3 APT33", "bât.E, 3ème ét., porte 34", DoorLevel::Different);
        check_door("rez-de-chaussée", "RDC, n°4", DoorLevel::Compatible);
        check_door("Bât A", "Bât B", DoorLevel::Different);
        check_door("Les Tilleuls", "les tileuls", DoorLevel::Same);
        check_door("Bât A", "porte 4", DoorLevel::Missing);
    }

    #[test]
    fn communes_have_several_writings() {
        let town = |name, code| Town::read(Some(name), Some(code));
        let full = town("Saint-Pierre-des-Corps", "37700");
        assert_eq!(compare_towns(&full, &town("ST PIERRE DES CORPS CEDEX", "37700")), TownLevel::Same);
        assert_eq!(compare_towns(&full, &town("Tours", "37000")), TownLevel::Half, "the codes are one digit apart");
        assert_eq!(compare_towns(&full, &town("Blois", "41000")), TownLevel::Different);
        assert_eq!(compare_towns(&full, &Town::default()), TownLevel::Missing);
    }
}
