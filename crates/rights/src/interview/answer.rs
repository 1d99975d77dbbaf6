//! What a tap says: from the codes of a question to the engine's values.

use serde_json::{Map, Value, json};

use super::Interview;
use super::ranges::{Band, Scale, births, known_births, months_apart, of_month, of_year};
use super::table::{self, Asked, CSS_CARD, Kind, NONE, Shape, Whom};
use super::told::{Told, children, said};
use crate::rules::facts::FACTS;

/// Why a person does not answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Silence {
    /// "Je ne sais pas".
    Unknown,
    /// "Je préfère ne pas répondre".
    Refused,
}

/// What was tapped or typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reply {
    /// Codes of the choices: one, or any number where several may be told (none of them is `aucun` or nothing).
    Choices(Vec<String>),
    /// An amount, a year or a number typed on the pad.
    Typed(u32),
    /// No answer.
    Silent(Silence),
}

/// The reply is none of those the question has.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}: not an answer to this question")]
pub struct NotAnAnswer(pub String);

/// How an answer is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grade {
    /// Kept with the file.
    Ordinary,
    /// Linked to health or disability: kept apart.
    Health,
    /// Linked to residence: told at the door, never kept.
    Residence,
}

/// Fields linked to health or disability.
const HEALTH: [&str; 6] =
    ["pension_invalidite_mensuelle", "taux_incapacite", "rsdae", "inapte_travail", "enceinte", "aeeh_complement"];
/// Fields linked to residence.
const RESIDENCE: [&str; 3] = ["nationalite", "annees_titre_sejour", "droit_au_sejour"];
/// Facts of the rules linked to health or disability.
const HEALTH_FACTS: [&str; 8] = [
    "gir_1_a_4",
    "difficulte_actes",
    "difficulte_avant_60_ans",
    "aide_un_proche",
    "enfant_gravement_malade",
    "station_debout_penible",
    "aeeh_ou_aah_recue",
    "travailleur_handicape",
];
/// Facts linked to residence.
const RESIDENCE_FACTS: [&str; 1] = ["en_france_3_mois"];

/// How the answer to a path is protected.
#[must_use]
pub fn grade(path: &str) -> Grade {
    if let Some(fact) = path.strip_prefix(FACTS).and_then(|rest| rest.strip_prefix('.')) {
        return match fact {
            _ if HEALTH_FACTS.contains(&fact) => Grade::Health,
            _ if RESIDENCE_FACTS.contains(&fact) => Grade::Residence,
            _ => Grade::Ordinary,
        };
    }
    let field = path.rsplit('.').next().unwrap_or(path);
    match () {
        () if HEALTH.contains(&field) => Grade::Health,
        () if RESIDENCE.contains(&field) => Grade::Residence,
        () => Grade::Ordinary,
    }
}

type Said = Map<String, Value>;

impl Interview<'_> {
    /// What a reply to a question says.
    ///
    /// # Errors
    /// The reply is none of those the question has.
    pub fn answer(&self, question: &str, reply: &Reply, told: &[Told]) -> Result<Told, NotAnAnswer> {
        let refused = || NotAnAnswer(question.to_owned());
        let asked = self.ask(question, told).ok_or_else(refused)?;
        let value = match reply {
            Reply::Silent(silence) => return silent(&asked, *silence, told).ok_or_else(refused),
            Reply::Choices(codes) => self.tapped(&asked, codes, told),
            Reply::Typed(number) => self.typed(&asked, *number, told),
        };
        let value = value.ok_or_else(refused)?;
        // The month of today's birthday: born at either end of the year of that age. Nothing closer was told.
        let no_closer = value.get(question).is_some_and(|value| said(told, question) == Some(value));
        Ok(Told { question: question.to_owned(), value, no_closer })
    }

    fn tapped(&self, asked: &Asked, codes: &[String], told: &[Told]) -> Option<Said> {
        let known = |code: &String| asked.choices.iter().any(|choice| choice.code == *code);
        if !codes.iter().all(known) || (asked.shape == Shape::One && codes.len() != 1) {
            return None;
        }
        let first = codes.first().map(String::as_str);
        if asked.key == "fait" {
            return Some(one(&asked.question, json!(yes(first?)?)));
        }
        match table::kind(&asked.key)? {
            Kind::Words(words) => word(words, first?, asked.whom),
            Kind::YesNo => Some(one(&asked.question, json!(yes(first?)?))),
            Kind::Amount(_) if first == Some(NONE) => Some(one(&asked.question, json!(0))),
            Kind::Amount(scale) => Some(one(&asked.question, scale.value(Band::parse(first?)?))),
            Kind::HowMany => Some(one("enfants", json!(Band::parse(first?)?.min))),
            Kind::SomeOf(fields) => Some(some_of(fields, codes, asked.whom)),
            Kind::Held => Some(held(codes)),
            Kind::WhichChildren { yes, no } => which_children(yes, no, codes, told),
            Kind::Birth => self.birth(asked, Band::parse(first?)?, told),
        }
    }

    fn birth(&self, asked: &Asked, band: Band, told: &[Told]) -> Option<Said> {
        let value = match known_births(said(told, &asked.question)) {
            Some(known) if months_apart(known) <= 12 => of_month(i32::try_from(band.min).ok()?, known)?,
            Some(_) => return None,
            None => births(band, self.day),
        };
        Some(one(&asked.question, value))
    }

    fn typed(&self, asked: &Asked, number: u32, told: &[Told]) -> Option<Said> {
        let path = &asked.question;
        if let Shape::Pad { min, max } = asked.shape {
            if !(min..=max).contains(&number) {
                return None;
            }
            let value = match known_births(said(told, path)) {
                Some(known) if asked.key != "fait" => of_year(number, known)?,
                _ => json!(number),
            };
            return Some(one(path, value));
        }
        let Kind::Amount(scale) = table::kind(&asked.key)? else { return None };
        Some(one(path, scale.around(number)?))
    }
}

impl Interview<'_> {
    /// Which choices of a question say what was answered to it; `before` is what was told without that answer.
    #[must_use]
    pub fn chosen(&self, asked: &Asked, before: &[Told], given: &Told) -> Vec<String> {
        let says = |code: &String| -> bool {
            let alone = Reply::Choices(vec![code.clone()]);
            let Ok(said) = self.answer(&asked.question, &alone, before) else { return false };
            if asked.shape == Shape::One || code == NONE {
                return said.value == given.value;
            }
            // One of several: what it says beyond "nothing" stands in the answer.
            let more = |(path, value): (&String, &Value)| match (value, given.value.get(path)) {
                (Value::Object(rights), Some(Value::Object(held))) if path == "droits" => {
                    rights.keys().all(|right| held.contains_key(right))
                }
                (Value::Object(_) | Value::Bool(true), given) => given.is_some_and(|given| given == value),
                _ => true,
            };
            said.value.iter().all(more)
        };
        asked.choices.iter().map(|choice| choice.code.clone()).filter(says).collect()
    }
}

fn one(path: &str, value: Value) -> Said {
    Map::from_iter([(path.to_owned(), value)])
}

fn yes(code: &str) -> Option<bool> {
    match code {
        "oui" => Some(true),
        "non" => Some(false),
        _ => None,
    }
}

fn prefix(whom: Whom) -> String {
    match whom {
        Whom::Adult(adult) => format!("adultes[{adult}]."),
        Whom::Child(child) => format!("enfants[{child}]."),
        Whom::Household | Whom::Children => String::new(),
    }
}

/// The fields of a line of the table, under the person they are about.
fn under(fields: &str, prefix: &str) -> Said {
    let fields: Said = serde_json::from_str(fields).unwrap_or_default();
    fields.into_iter().map(|(field, value)| (format!("{prefix}{field}"), value)).collect()
}

fn word(words: &[(&str, &str)], code: &str, whom: Whom) -> Option<Said> {
    words.iter().find(|(known, _)| *known == code).map(|(_, fields)| under(fields, &prefix(whom)))
}

/// There is some of what was told, and nothing of the rest; how much is asked next.
fn some_of(fields: &[(&str, &str)], codes: &[String], whom: Whom) -> Said {
    let some = |code: &str| codes.iter().any(|told| told == code);
    let each = fields.iter().map(|(code, field)| {
        let most = match table::kind(&format!("adulte.{field}")) {
            Some(Kind::Amount(Scale { most, .. })) => *most,
            _ => 0,
        };
        let value = if some(code) { json!({ "min": 1, "max": most }) } else { json!(0) };
        (format!("{}{field}", prefix(whom)), value)
    });
    each.collect()
}

/// What comes in already; RSA that does not is nothing received.
fn held(codes: &[String]) -> Said {
    let mut rights = Map::new();
    for code in codes.iter().filter(|code| *code != NONE) {
        let keys: Vec<&str> = if code == CSS_CARD.0 { CSS_CARD.1.to_vec() } else { vec![code] };
        rights.extend(keys.into_iter().map(|key| (key.to_owned(), json!("held"))));
    }
    let receives_rsa = rights.contains_key("rsa");
    let mut said = one("droits", Value::Object(rights));
    if !receives_rsa {
        said.insert("rsa_percu_mensuel".to_owned(), json!(0));
    }
    said
}

fn which_children(yes: &str, no: &str, codes: &[String], told: &[Told]) -> Option<Said> {
    if codes.is_empty() {
        return None;
    }
    let each = (0..children(told)).flat_map(|child| {
        let concerned = codes.iter().any(|code| *code == child.to_string());
        under(if concerned { yes } else { no }, &format!("enfants[{child}]."))
    });
    Some(each.collect())
}

/// A range that cannot be told closer stays; what was never told is not asked again.
fn silent(asked: &Asked, silence: Silence, told: &[Told]) -> Option<Told> {
    let word = match silence {
        Silence::Unknown => "unknown",
        Silence::Refused => "refused",
    };
    let nothing = || json!({ word: true });
    let fields: Vec<String> = match table::kind(&asked.key) {
        _ if asked.key == "fait" => vec![asked.question.clone()],
        // Who lives there, and how many children, is what everything else hangs on: one adult, and none, until told.
        Some(Kind::HowMany) => {
            return Some(Told { question: asked.question.clone(), value: one("enfants", json!(1)), no_closer: true });
        }
        Some(Kind::Held) => {
            return Some(Told { question: asked.question.clone(), value: Map::new(), no_closer: true });
        }
        Some(Kind::Words(_)) if asked.key == "menage" => {
            let value = under(r#"{"adultes":1,"enfants":0}"#, "");
            return Some(Told { question: asked.question.clone(), value, no_closer: true });
        }
        Some(Kind::Words(words)) => fields_of(words.iter().map(|(_, fields)| *fields), &prefix(asked.whom)),
        Some(Kind::SomeOf(fields)) => {
            fields.iter().map(|(_, field)| format!("{}{field}", prefix(asked.whom))).collect()
        }
        Some(Kind::WhichChildren { no, .. }) => {
            (0..children(told)).flat_map(|child| fields_of([no].into_iter(), &format!("enfants[{child}]."))).collect()
        }
        Some(Kind::YesNo | Kind::Amount(_) | Kind::Birth) => vec![asked.question.clone()],
        None => return None,
    };
    let kept = |path: String| {
        let range = said(told, &path).filter(|known| known.get("min").is_some()).cloned();
        (path, range.unwrap_or_else(nothing))
    };
    Some(Told { question: asked.question.clone(), value: fields.into_iter().map(kept).collect(), no_closer: true })
}

/// Every field that the words of a question may tell. What the permit opens is silent by the engine's own two fields.
fn fields_of<'a>(words: impl Iterator<Item = &'a str>, prefix: &str) -> Vec<String> {
    let mut fields: Vec<String> =
        words.flat_map(|word| under(word, prefix).into_iter().map(|(path, _)| path)).collect();
    if fields.iter().any(|path| grade(path) == Grade::Residence) {
        fields = vec![format!("{prefix}nationalite"), format!("{prefix}annees_titre_sejour")];
    }
    fields.sort_unstable();
    fields.dedup();
    fields
}
