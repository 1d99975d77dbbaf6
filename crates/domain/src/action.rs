//! Actions away from the doors: at the foot of a building, at a stand, in the caravane. People are counted there, never named.

use crate::codes::{AGE_BANDS, THEMES};

/// Types of action (model.md, ActionType).
pub const TYPES: &[&str] = &[
    "pied_immeuble",
    "stand",
    "caravane_acces_droits",
    "rencontre_informelle",
    "animation_seniors",
    "accueil_nouveaux_habitants",
    "atelier_collectif",
    "reunion_habitants",
    "autre",
];

/// Places of an action.
pub const PLACES: &[&str] = &[
    "pied_immeuble",
    "hall",
    "marche",
    "ecole",
    "parc",
    "centre_commercial",
    "arret_transport",
    "parking",
    "local_partage",
    "centre_social",
    "autre",
];

/// It takes place now.
pub const OPEN: &str = "confirmed";
/// It is over and counts (fiche S54).
pub const DONE: &str = "done";
/// It did not take place.
pub const CANCELLED: &str = "cancelled";

/// Genders of a count, as one sees them without asking: `nc` says nothing.
pub const GENDERS: &[&str] = &["f", "m", "nc"];
/// An age that nobody could tell.
pub const AGE_UNKNOWN: &str = "nc";
/// Counts beside people: who was informed, who agrees to be seen again.
pub const OTHERS: &[&str] = &["informed", "see_again"];

/// Whether a code names something that is counted: `age:<band>:<gender>`, `need:<theme>`, or one of [`OTHERS`].
#[must_use]
pub fn is_counted(code: &str) -> bool {
    let parts: Vec<&str> = code.split(':').collect();
    match parts.as_slice() {
        ["age", band, gender] => (AGE_BANDS.contains(band) || *band == AGE_UNKNOWN) && GENDERS.contains(gender),
        ["need", theme] => THEMES.contains(theme),
        [other] => OTHERS.contains(other),
        _ => false,
    }
}

/// The age band of a count of people; none for what else is counted.
#[must_use]
pub fn band(code: &str) -> Option<&str> {
    code.strip_prefix("age:")?.split(':').next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_counted_is_a_closed_list() {
        for code in ["age:under_12:f", "age:nc:nc", "need:logement", "informed", "see_again"] {
            assert!(is_counted(code), "{code}");
        }
        for code in ["", "age", "age:old:f", "age:25_39", "age:25_39:x", "need:money", "age:25_39:f:1", "Awa"] {
            assert!(!is_counted(code), "{code}");
        }
        assert_eq!((band("age:over_70:m"), band("need:logement")), (Some("over_70"), None));
    }
}
