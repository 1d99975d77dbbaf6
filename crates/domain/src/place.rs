//! Buildings, stairs and doors are named by what they are: two tablets that meet the same door offline make one record.
//!
//! An id is the UUIDv5 of the first normalised label and is never recomputed (decisions.md 11): the label is a field and
//! may be corrected later without moving the record.

use uuid::Uuid;

use crate::fold;

/// Namespace of every derived id. It must never change: ids already on tablets depend on it.
pub const NAMESPACE: Uuid =
    Uuid::from_bytes([0x70, 0x61, 0x6c, 0x69, 0x65, 0x72, 0x4d, 0x01, 0x9c, 0x3b, 0x20, 0x26, 0x11, 0x22, 0x37, 0x00]);

/// Longest address or label that is accepted, in characters: the longest French street names stay under 80.
pub const LABEL_CHARS_MAX: usize = 120;

/// Words of a street's type and their short forms, as postal addresses write them.
const STREET_FORMS: &[(&str, &str)] = &[
    ("av", "avenue"),
    ("ave", "avenue"),
    ("bd", "boulevard"),
    ("bld", "boulevard"),
    ("blvd", "boulevard"),
    ("all", "allee"),
    ("pl", "place"),
    ("r", "rue"),
    ("imp", "impasse"),
    ("res", "residence"),
    ("sq", "square"),
    ("ch", "chemin"),
    ("che", "chemin"),
    ("rte", "route"),
    ("pass", "passage"),
    ("crs", "cours"),
    ("st", "saint"),
    ("ste", "sainte"),
    ("gal", "general"),
    ("mal", "marechal"),
    ("pdt", "president"),
    ("dr", "docteur"),
];

/// Words that say "stair" and tell nothing more.
const STAIR_WORDS: &[&str] = &["escalier", "esc", "entree", "ent", "cage", "hall", "batiment", "bat", "montee"];

/// Words that say "door" and tell nothing more.
const DOOR_WORDS: &[&str] =
    &["porte", "pte", "appartement", "appt", "app", "apt", "logement", "lgt", "log", "n", "no", "num", "numero"];

/// Sides of a landing and their short forms.
const SIDE_FORMS: &[(&str, &str)] = &[
    ("gauche", "g"),
    ("gche", "g"),
    ("gau", "g"),
    ("droite", "d"),
    ("droit", "d"),
    ("dte", "d"),
    ("dr", "d"),
    ("face", "f"),
    ("centre", "f"),
    ("milieu", "f"),
    ("c", "f"),
    ("fond", "fd"),
];

/// The id of a building of a territory.
#[must_use]
pub fn building_id(territory: Uuid, address: &str, commune_insee: &str) -> Uuid {
    derive(&format!("building|{territory}|{}|{}", commune_insee.trim(), normalise_address(address)))
}

/// The id of a stair of a building; an empty name is the only stair.
#[must_use]
pub fn stair_id(building: Uuid, stair_name: &str) -> Uuid {
    derive(&format!("stair|{building}|{}", normalise_stair(stair_name)))
}

/// The id of a door of a stair.
#[must_use]
pub fn door_id(stair: Uuid, floor: i16, label: &str) -> Uuid {
    derive(&format!("door|{stair}|{floor}|{}", normalise_door(floor, label)))
}

/// An id that derives from another record's: one agreement per household and purpose, one note per visit.
#[must_use]
pub fn derived_id(kind: &str, parent: Uuid, part: &str) -> Uuid {
    derive(&format!("{kind}|{parent}|{part}"))
}

fn derive(name: &str) -> Uuid {
    Uuid::new_v5(&NAMESPACE, name.as_bytes())
}

/// "12, Bd. de la Gare" and "12 boulevard de la gare" are one address.
#[must_use]
pub fn normalise_address(address: &str) -> String {
    let spaced = split_numbers(&fold::spaced(address));
    let mut words: Vec<String> = Vec::new();
    for (place, word) in spaced.split_whitespace().enumerate() {
        let full = STREET_FORMS.iter().find(|(short, _)| *short == word).map_or(word, |(_, full)| full);
        // "r" and "all" are short forms only where a street's type stands: among the first words, after the number.
        words.push(if place <= 3 { full.to_owned() } else { word.to_owned() });
    }
    trim_zeros(&words).join(" ")
}

/// "Escalier C", "esc. c" and "C" are one stair.
#[must_use]
pub fn normalise_stair(name: &str) -> String {
    let spaced = fold::spaced(name);
    let words: Vec<String> =
        spaced.split_whitespace().filter(|word| !STAIR_WORDS.contains(word)).map(str::to_owned).collect();
    trim_zeros(&words).join(" ")
}

/// "3e gauche", "3 G" and "gauche" are one door of the third floor; "Porte 0301" and "301" are one.
#[must_use]
pub fn normalise_door(floor: i16, label: &str) -> String {
    let spaced = fold::spaced(label);
    let mut words: Vec<String> = Vec::new();
    for word in spaced.split_whitespace().filter(|word| !DOOR_WORDS.contains(word)) {
        let side = SIDE_FORMS.iter().find(|(form, _)| *form == word).map_or(word, |(_, side)| side);
        words.push(side.to_owned());
    }
    let mut words = trim_zeros(&words);
    if words.len() > 1 && words.first().is_some_and(|first| is_floor(first, floor)) {
        words.remove(0);
        if words.len() > 1 && words.first().is_some_and(|first| first == "etage") {
            words.remove(0);
        }
    }
    words.join(" ")
}

fn is_floor(word: &str, floor: i16) -> bool {
    if floor == 0 && (word == "rdc" || word == "rez") {
        return true;
    }
    let digits: String = word.chars().take_while(char::is_ascii_digit).collect();
    let ending = word.trim_start_matches(|c: char| c.is_ascii_digit());
    digits.parse() == Ok(floor) && matches!(ending, "" | "e" | "er" | "eme" | "ere")
}

/// "12bis" is "12 bis".
fn split_numbers(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 4);
    let mut digit_before = false;
    for c in text.chars() {
        if digit_before && c.is_alphabetic() {
            out.push(' ');
        }
        digit_before = c.is_ascii_digit();
        out.push(c);
    }
    out
}

fn trim_zeros(words: &[String]) -> Vec<String> {
    words
        .iter()
        .map(|word| {
            let trimmed = word.trim_start_matches('0');
            let number = word.starts_with(|c: char| c.is_ascii_digit());
            if number && !trimmed.is_empty() { trimmed.to_owned() } else { word.clone() }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same_door(floor: i16, a: &str, b: &str) {
        let stair = stair_id(Uuid::nil(), "A");
        assert_eq!(door_id(stair, floor, a), door_id(stair, floor, b), "{a:?} and {b:?} on floor {floor} are one door");
    }

    #[test]
    fn the_forms_of_a_door_are_one() {
        for (floor, a, b) in [
            (3, "3e gauche", "3 G"),
            (3, "3ème étage gauche", "gauche"),
            (3, "Porte 301", "301"),
            (3, "0301", "301"),
            (0, "RDC droite", "Dte"),
            (1, "1er face", "face"),
            (2, "Appt 21", "21"),
            (4, "402 ", " n° 402"),
        ] {
            same_door(floor, a, b);
        }
        let stair = stair_id(Uuid::nil(), "A");
        assert_ne!(door_id(stair, 3, "301"), door_id(stair, 3, "302"), "two numbers are two doors");
        assert_ne!(door_id(stair, 3, "gauche"), door_id(stair, 2, "gauche"), "the left door of each floor is its own");
        assert_ne!(door_id(stair, 3, "3"), door_id(stair, 3, ""), "a label that is only a number stays a label");
    }

    #[test]
    fn the_forms_of_an_address_and_a_stair_are_one() {
        let territory = Uuid::nil();
        for (a, b) in [
            ("12, Bd. de la Gare", "12 boulevard de la gare"),
            ("12bis allée de Milan", "12 BIS ALL DE MILAN"),
            ("007 r. Saint-Éloi", "7 rue saint eloi"),
        ] {
            assert_eq!(
                building_id(territory, a, "37261"),
                building_id(territory, b, "37261"),
                "{a:?} and {b:?} are one building"
            );
        }
        assert_ne!(
            building_id(territory, "1 rue A", "37261"),
            building_id(territory, "1 rue A", "37122"),
            "the commune tells them apart"
        );
        assert_eq!(normalise_stair("Escalier C"), normalise_stair("esc. c"), "the word for stair tells nothing");
        assert_eq!(normalise_stair(""), normalise_stair("Escalier"), "an unnamed stair is the only stair");
    }

    #[test]
    fn ids_never_change() {
        let building = building_id(Uuid::nil(), "12 allée de Milan", "37261");
        let door = door_id(stair_id(building, "C"), 4, "402");
        assert_eq!(door.to_string(), "432d350c-e0fd-5fc3-a053-bacfd977b70d", "ids on tablets depend on this value");
    }
}
