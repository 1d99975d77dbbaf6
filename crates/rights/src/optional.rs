//! Answers beyond those of every household: rights already held, what a residence permit opens, incomes of a special kind.
//!
//! All may be absent, which says "nothing of the kind". What no rule covers yet is not guessed: it leaves the rights that look
//! at incomes of today to be checked by a person.

use serde_json_borrow::{ObjectAsVec as Map, Value};

use crate::answers::{Choice, Standing, nationality};
use crate::number::Number;
use crate::reading::{Refusal, refusal};

/// Special incomes and costs of an adult, in euros a month unless said otherwise.
const OF_ADULT: [&str; 9] = [
    "ass_mensuelle",
    "indemnites_maladie_mensuelles",
    "indemnites_maternite_mensuelles",
    "indemnites_accident_travail_mensuelles",
    "activite_partielle_mensuelle",
    "salaire_apprenti_mensuel",
    "gratification_stage_mensuelle",
    "bourse_etudes_mensuelle",
    // One amount for each of the last months, the latest first.
    "salaires_derniers_mois",
];
/// Of a child.
const OF_CHILD: [&str; 3] =
    ["pension_alimentaire_versee_mensuelle", "bourse_etudes_mensuelle", "salaire_apprenti_mensuel"];
/// Of the home.
const OF_HOME: [&str; 2] = ["mensualite_credit_immobilier", "redevance_foyer_mensuelle"];

/// Highest amount taken, in euros a month.
const MOST: f64 = 50_000.0;
/// Longest list of last months.
const MONTHS_MAX: usize = 24;

/// What an adult's permit opens.
pub(crate) struct Permit {
    pub nationality: Choice,
    pub years: Number,
    pub resident_card: bool,
    pub without_permit: bool,
}

const fn years(lo: i64, hi: i64) -> (i64, i64) {
    (lo * 1_000_000, hi)
}

/// Each word, with what it stands for: nationality as the rules read it, lowest and highest years of permit in millionths.
const PERMITS: [(&str, u8, (i64, i64)); 8] = [
    // French, refugee, stateless, or under subsidiary protection.
    ("sans_condition", nationality::FRANCE, years(0, 0)),
    ("europeen_3_mois", nationality::EUROPE, (250_000, 120_000_000)),
    ("europeen_recent", nationality::EUROPE, years(0, 249_999)),
    ("titre_10_ans", nationality::OTHER, years(10, 120_000_000)),
    ("titre_5_ans", nationality::OTHER, years(5, 9_999_999)),
    // A resident card held for less than ten years.
    (RESIDENT_CARD, nationality::OTHER, years(0, 4_999_999)),
    ("titre_recent", nationality::OTHER, years(0, 4_999_999)),
    (WITHOUT_PERMIT, nationality::OTHER, years(0, 0)),
];
const RESIDENT_CARD: &str = "carte_resident";
const WITHOUT_PERMIT: &str = "sans_titre";
/// The field: what the residence permit opens, never the nationality as such.
const PERMIT: &str = "droit_au_sejour";

/// What the permit of an adult opens, when it was told that way.
pub(crate) fn permit(from: &Map<'_>, place: &str) -> Result<Option<Permit>, Refusal> {
    let path = format!("{place}.{PERMIT}");
    let word = match from.get(PERMIT) {
        None | Some(Value::Null | Value::Object(_)) => return Ok(None),
        Some(Value::Str(word)) => word,
        Some(_) => return Err(refusal(&path, "a word")),
    };
    let Some((word, nationality, (lo, hi))) = PERMITS.iter().find(|(known, ..)| known == word) else {
        let known: Vec<&str> = PERMITS.iter().map(|(word, ..)| *word).collect();
        return Err(refusal(&path, &format!("one of {}", known.join(", "))));
    };
    Ok(Some(Permit {
        nationality: Choice { possible: *nationality, open: 0 },
        years: Number::range(*lo, *hi, 0),
        resident_card: *word == RESIDENT_CARD,
        without_permit: *word == WITHOUT_PERMIT,
    }))
}

/// Something is there: an amount above nothing, or a list with one.
fn is_there(value: &Value<'_>, path: &str) -> Result<bool, Refusal> {
    let amount = |value: &Value<'_>| match value.as_f64() {
        Some(amount) if (0.0..=MOST).contains(&amount) => Ok(amount > 0.0),
        _ => Err(refusal(path, "an amount between 0 and 50000")),
    };
    match value {
        Value::Null => Ok(false),
        Value::Array(months) if months.len() <= MONTHS_MAX => {
            months.iter().try_fold(false, |some, month| Ok(amount(month)? || some))
        }
        Value::Array(_) => Err(refusal(path, "at most 24 months")),
        // A range or a refusal: it may be there.
        Value::Object(said) => match (said.get("min"), said.get("max")) {
            (Some(min), Some(max)) => Ok(amount(min)? | amount(max)?),
            _ => Ok(true),
        },
        value => amount(value),
    }
}

fn uncovered(fields: &[&str], from: &Map<'_>, place: &str, found: &mut Vec<String>) -> Result<(), Refusal> {
    for (field, value) in from.iter() {
        if fields.contains(&field) {
            let path = format!("{place}.{field}");
            if is_there(value, &path)? {
                found.push(path);
            }
        }
    }
    Ok(())
}

/// Whose special answers are looked for.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Whose {
    Adult(usize),
    Child(usize),
    Home,
}

/// Adds the paths of the special answers of a person or of the home.
pub(crate) fn add_uncovered(whose: Whose, from: &Map<'_>, found: &mut Vec<String>) -> Result<(), Refusal> {
    match whose {
        Whose::Adult(index) => uncovered(&OF_ADULT, from, &format!("adultes[{index}]"), found),
        Whose::Child(index) => uncovered(&OF_CHILD, from, &format!("enfants[{index}]"), found),
        Whose::Home => uncovered(&OF_HOME, from, "logement", found),
    }
}

/// `droits`: what is already received or asked for, `{"rsa": "held", "aah": "in_progress"}`.
pub(crate) fn standing(inputs: &Map<'_>) -> Result<Vec<(String, Standing)>, Refusal> {
    let rights = match inputs.get("droits") {
        None | Some(Value::Null) => return Ok(Vec::new()),
        Some(Value::Object(rights)) => rights,
        Some(_) => return Err(refusal("droits", "a right and where it stands, such as {\"rsa\": \"held\"}")),
    };
    let one = |(key, value): (&str, &Value<'_>)| match value.as_str() {
        Some("held") => Ok((key.to_owned(), Standing::Held)),
        Some("in_progress") => Ok((key.to_owned(), Standing::InProgress)),
        _ => Err(refusal(&format!("droits.{key}"), "held or in_progress")),
    };
    rights.iter().map(one).collect()
}
