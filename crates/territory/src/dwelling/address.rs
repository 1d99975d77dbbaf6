//! How the register's capitals and short forms become an address and a stair name that people read.

use palier_domain::fold;

use crate::cell;

/// Types of street and their short forms in the register, folded. The full word is what people read; ids do not depend on
/// it, since the domain folds both forms into one.
const STREET_TYPES: &[(&str, &str)] = &[
    ("all", "allée"),
    ("allee", "allée"),
    ("allees", "allées"),
    ("av", "avenue"),
    ("ave", "avenue"),
    ("bd", "boulevard"),
    ("bld", "boulevard"),
    ("blvd", "boulevard"),
    ("bvd", "boulevard"),
    ("che", "chemin"),
    ("chem", "chemin"),
    ("ch", "chemin"),
    ("cite", "cité"),
    ("clos", "clos"),
    ("crs", "cours"),
    ("dom", "domaine"),
    ("esp", "esplanade"),
    ("fg", "faubourg"),
    ("ham", "hameau"),
    ("imp", "impasse"),
    ("jard", "jardin"),
    ("lot", "lotissement"),
    ("mte", "montée"),
    ("montee", "montée"),
    ("pas", "passage"),
    ("pass", "passage"),
    ("pl", "place"),
    ("prom", "promenade"),
    ("prv", "parvis"),
    ("qu", "quai"),
    ("r", "rue"),
    ("res", "résidence"),
    ("residence", "résidence"),
    ("rle", "ruelle"),
    ("rpt", "rond-point"),
    ("rte", "route"),
    ("sen", "sentier"),
    ("sente", "sente"),
    ("sq", "square"),
    ("ven", "venelle"),
    ("vla", "villa"),
];

/// Words that stay in small letters inside a name.
const SMALL_WORDS: &[&str] =
    &["de", "du", "des", "la", "le", "les", "et", "à", "au", "aux", "en", "sur", "sous", "lès", "les"];

/// "12", "BIS", "ALL", "DE MILAN" give "12 bis allée de Milan".
pub(super) fn address(number: &str, repetition: &str, street_type: &str, name: &str) -> String {
    let parts = [number.to_owned(), repetition_of(repetition), street_type_of(street_type), street_name(name)];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// "BIS" is written small; a letter stays a capital, since "12 B" may follow "12 A".
fn repetition_of(repetition: &str) -> String {
    let repetition = cell::one_line(repetition);
    if says_nothing(&repetition) {
        return String::new();
    }
    if repetition.chars().count() > 1 { repetition.to_lowercase() } else { repetition.to_uppercase() }
}

fn street_type_of(street_type: &str) -> String {
    let key = fold::joined(street_type);
    let full = STREET_TYPES.iter().find(|(short, _)| *short == key).map(|(_, full)| (*full).to_owned());
    full.unwrap_or_else(|| {
        if says_nothing(street_type) { String::new() } else { cell::one_line(street_type).to_lowercase() }
    })
}

/// A name in capitals gets its small letters back; a name that has some is left as it is.
fn street_name(name: &str) -> String {
    let name = cell::one_line(name);
    if name.chars().any(char::is_lowercase) {
        return name;
    }
    name.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

fn word(capitals: &str) -> String {
    let small = capitals.to_lowercase();
    if SMALL_WORDS.contains(&small.as_str()) {
        return small;
    }
    if capitals.chars().count() > 1 && capitals.chars().all(|c| "IVX".contains(c)) {
        return capitals.to_owned();
    }
    let mut out = String::with_capacity(small.len());
    let mut start = true;
    let elided =
        small.starts_with("d'") || small.starts_with("l'") || small.starts_with("d’") || small.starts_with("l’");
    for (rank, c) in small.chars().enumerate() {
        if start && c.is_alphabetic() && !(elided && rank == 0) {
            out.extend(c.to_uppercase());
        } else {
            out.push(c);
        }
        start = matches!(c, '-' | '\'' | '’' | '.');
    }
    out
}

/// "C", "2", "B" give "Bât. C · Entrée 2 · Escalier B". What the file leaves empty is left out, so that the name of a stair
/// never depends on the other lines.
pub(super) fn stair_name(building: &str, entrance: &str, stair: &str) -> String {
    let parts = [
        stair_part("Bât.", &["bat", "batiment", "tour", "immeuble"], building),
        stair_part("Entrée", &["entree", "ent", "hall", "porte"], entrance),
        stair_part("Escalier", &["escalier", "esc", "cage", "montee"], stair),
    ];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

fn stair_part(word: &str, said: &[&str], value: &str) -> String {
    let value = cell::one_line(cell::without_decimals(value));
    if says_nothing(&value) {
        return String::new();
    }
    let folded = fold::spaced(&value);
    if said.iter().any(|said| folded.split(' ').next() == Some(said)) { value } else { format!("{word} {value}") }
}

/// "-", ".", "" and "0" where a name is expected.
fn says_nothing(value: &str) -> bool {
    !value.chars().any(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_written_for_people() {
        for (cells, expected) in [
            (["12", "", "ALL", "DE MILAN"], "12 allée de Milan"),
            (["12", "BIS", "AV", "DU GENERAL DE GAULLE"], "12 bis avenue du General de Gaulle"),
            (["3", "b", "RUE", "D'ALSACE-LORRAINE"], "3 B rue d'Alsace-Lorraine"),
            (["1", "", "PL", "LOUIS XIII"], "1 place Louis XIII"),
            (["", "-", "RES", "LES PALIERS"], "résidence les Paliers"),
            (["5", "", "", "rue du Four Brûlé"], "5 rue du Four Brûlé"),
            (["5", "", "Mail", "des Peupliers"], "5 mail des Peupliers"),
        ] {
            let [number, repetition, street_type, name] = cells;
            assert_eq!(address(number, repetition, street_type, name), expected, "{cells:?}");
        }
    }

    #[test]
    fn stairs_are_named_by_what_the_file_says() {
        for (cells, expected) in [
            (["C", "", ""], "Bât. C"),
            (["Bâtiment C", "2.0", ""], "Bâtiment C · Entrée 2"),
            (["", "", "B"], "Escalier B"),
            (["1", "2", "3"], "Bât. 1 · Entrée 2 · Escalier 3"),
            (["-", "", "."], ""),
            (["TOUR 3", "HALL B", ""], "TOUR 3 · HALL B"),
        ] {
            assert_eq!(stair_name(cells[0], cells[1], cells[2]), expected, "{cells:?}");
        }
    }
}
