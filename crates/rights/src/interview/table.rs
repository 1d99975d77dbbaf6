//! The micro-questions, in one table: what each may be answered with, and what each answer says to the engine.

use serde_json::Value;

use super::Interview;
use super::ranges::{
    ADULT_AGES, ALIMONY, Band, CHILD_OLDEST, INCOME, MONTHS, RENT, SAVINGS, Scale, TAXED, known_births, months_apart,
    of_month,
};
use super::told::{Told, children, said};
use crate::question::CHILDREN_MAX;
use crate::rules::facts::FACTS;
use crate::rules::file::AnswerKind;
use crate::told::QuestionTold;

/// Whom a question is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whom {
    /// The household as a whole.
    Household,
    /// An adult, counted from 0.
    Adult(usize),
    /// A child, counted from 0.
    Child(usize),
    /// All children at once.
    Children,
}

/// How a question is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// One tap.
    One,
    /// Any of them, then one more tap; `aucun` alone is one tap.
    Several,
    /// A number on a pad, between these.
    Pad {
        /// Least.
        min: u32,
        /// Most.
        max: u32,
    },
}

/// What the bands and numbers of a question count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// The answers are words.
    Words,
    /// Euros a month, or a year where the question says so.
    Euros,
    /// Years lived.
    Age,
    /// Years of the calendar.
    Year,
    /// Months of the calendar, 1 to 12.
    Month,
    /// Months that something has lasted.
    Lasted,
    /// How many.
    Count,
    /// Children, counted from 0.
    Child,
}

impl Unit {
    /// Its code on the wire.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Words => "words",
            Self::Euros => "euros",
            Self::Age => "age",
            Self::Year => "year",
            Self::Month => "month",
            Self::Lasted => "lasted",
            Self::Count => "count",
            Self::Child => "child",
        }
    }
}

/// One of the answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Its code in this question: a word, a band `500-900`, a place in the list of children.
    pub code: String,
    /// The band it stands for, in the unit of the question.
    pub band: Option<Band>,
}

/// A question as it is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// Its name; the answer is kept under it.
    pub question: String,
    /// The key of its words: `adulte.revenus`; of a fact of the rules, `fait`.
    pub key: String,
    /// Whom it is about.
    pub whom: Whom,
    /// How it is answered.
    pub shape: Shape,
    /// What its bands and numbers count.
    pub unit: Unit,
    /// The answers. A pad may stand beside bands.
    pub choices: Vec<Choice>,
    /// The sentence, when the rules bring it along (a fact).
    pub sentence: Option<String>,
    /// An amount may be typed, up to this.
    pub typed_up_to: Option<u32>,
}

/// What a question of the table is.
#[derive(Debug, Clone, Copy)]
pub(super) enum Kind {
    /// Each word with what it says, as JSON by field.
    Words(&'static [(&'static str, &'static str)]),
    /// Yes or no to one field.
    YesNo,
    /// An amount, by bands.
    Amount(&'static Scale),
    /// Which of these there is some of; the others are nothing.
    SomeOf(&'static [(&'static str, &'static str)]),
    /// A birth: by band or age, then by year, then by month.
    Birth,
    /// How many children.
    HowMany,
    /// Which rights come in already.
    Held,
    /// Which of the children: what it says of one, and of another.
    WhichChildren { yes: &'static str, no: &'static str },
}

pub(super) struct Line {
    pub key: &'static str,
    pub kind: Kind,
}

const fn line(key: &'static str, kind: Kind) -> Line {
    Line { key, kind }
}

/// Rights asked about at first: what most households that receive something receive.
pub(super) const HELD: [&str; 8] = ["aide_logement", "rsa", "ppa", "css", "aah", "af", "aspa", "asf"];
/// `css` is one card in a purse and two rights of the catalogue.
pub(super) const CSS_CARD: (&str, [&str; 2]) = ("css", ["css_gratuite", "css_participation"]);
/// Says "none of these".
pub(super) const NONE: &str = "aucun";

const INCOMES: [(&str, &str); 7] = [
    ("salaire", "salaire_net_mensuel"),
    ("chomage", "chomage_mensuel"),
    ("retraite", "retraite_mensuelle"),
    ("invalidite", "pension_invalidite_mensuelle"),
    ("pension_recue", "pension_alimentaire_percue_mensuelle"),
    ("pension_versee", "pension_alimentaire_versee_mensuelle"),
    ("independant", "benefice_independant_mensuel"),
];
const TAXED_INCOMES: [(&str, &str); 3] = [
    ("salaire", "salaire_imposable_2024"),
    ("chomage", "chomage_imposable_2024"),
    ("retraite", "retraite_imposable_2024"),
];
const RATES: [(&str, &str); 4] = [
    ("aucun", r#"{"taux_incapacite":0}"#),
    ("moins_50", r#"{"taux_incapacite":{"min":0.01,"max":0.49}}"#),
    ("de_50_a_79", r#"{"taux_incapacite":{"min":0.5,"max":0.79}}"#),
    ("plus_80", r#"{"taux_incapacite":{"min":0.8,"max":1}}"#),
];

pub(super) const TABLE: &[Line] = &[
    line(
        "menage",
        Kind::Words(&[
            ("seul", r#"{"adultes":1,"enfants":0}"#),
            ("couple", r#"{"adultes":2,"enfants":0}"#),
            ("seul_enfants", r#"{"adultes":1}"#),
            ("couple_enfants", r#"{"adultes":2}"#),
        ]),
    ),
    line("enfants", Kind::HowMany),
    line("droits", Kind::Held),
    line(
        "situation_couple",
        Kind::Words(&[
            ("marie", r#"{"situation_couple":"marie"}"#),
            ("pacse", r#"{"situation_couple":"pacse"}"#),
            ("concubinage", r#"{"situation_couple":"concubinage"}"#),
        ]),
    ),
    line("isolement_recent", Kind::YesNo),
    line("rsa_percu_mensuel", Kind::Amount(&INCOME)),
    line(
        "logement",
        Kind::Words(&[
            (
                "hlm",
                r#"{"logement.statut":"locataire_hlm","logement.colocation":false,"logement.participation_frais":false}"#,
            ),
            (
                "vide",
                r#"{"logement.statut":"locataire_vide","logement.colocation":false,"logement.participation_frais":false}"#,
            ),
            (
                "meuble",
                r#"{"logement.statut":"locataire_meuble","logement.colocation":false,"logement.participation_frais":false}"#,
            ),
            ("colocation", r#"{"logement.colocation":true,"logement.participation_frais":false}"#),
            ("heberge", r#"{"logement.statut":"heberge","logement.colocation":false}"#),
            (
                "proprietaire",
                r#"{"logement.statut":"proprietaire","logement.colocation":false,"logement.participation_frais":false}"#,
            ),
            (
                "sans_domicile",
                r#"{"logement.statut":"sans_domicile","logement.colocation":false,"logement.participation_frais":false}"#,
            ),
        ]),
    ),
    line(
        "logement.statut",
        Kind::Words(&[
            ("hlm", r#"{"logement.statut":"locataire_hlm"}"#),
            ("vide", r#"{"logement.statut":"locataire_vide"}"#),
            ("meuble", r#"{"logement.statut":"locataire_meuble"}"#),
            ("heberge", r#"{"logement.statut":"heberge"}"#),
            ("proprietaire", r#"{"logement.statut":"proprietaire"}"#),
            ("sans_domicile", r#"{"logement.statut":"sans_domicile"}"#),
        ]),
    ),
    line("logement.colocation", Kind::YesNo),
    line("logement.participation_frais", Kind::YesNo),
    line("logement.loyer_mensuel", Kind::Amount(&RENT)),
    line("adulte.date_naissance", Kind::Birth),
    line(
        "adulte.activite",
        Kind::Words(&[
            ("emploi", r#"{"activite":"emploi","mois_chomage":null}"#),
            ("independant", r#"{"activite":"independant","mois_chomage":null}"#),
            ("chomage", r#"{"activite":"chomage"}"#),
            ("retraite", r#"{"activite":"retraite","mois_chomage":null}"#),
            ("etudiant", r#"{"activite":"etudiant","mois_chomage":null}"#),
            ("sans_activite", r#"{"activite":"sans_activite","mois_chomage":null}"#),
        ]),
    ),
    line("adulte.mois_chomage", Kind::Amount(&MONTHS)),
    // Nationality is never asked as such: what the right to stay opens is.
    line(
        "adulte.droit_au_sejour",
        Kind::Words(&[
            ("sans_condition", r#"{"droit_au_sejour":"sans_condition"}"#),
            ("europeen", r#"{"nationalite":"ue_eee"}"#),
            ("titre", r#"{"nationalite":"hors_ue"}"#),
            ("sans_titre", r#"{"droit_au_sejour":"sans_titre"}"#),
        ]),
    ),
    line(
        "adulte.annees_titre_sejour",
        Kind::Words(&[
            ("europeen_3_mois", r#"{"droit_au_sejour":"europeen_3_mois"}"#),
            ("europeen_recent", r#"{"droit_au_sejour":"europeen_recent"}"#),
            ("titre_10_ans", r#"{"droit_au_sejour":"titre_10_ans"}"#),
            ("titre_5_ans", r#"{"droit_au_sejour":"titre_5_ans"}"#),
            ("carte_resident", r#"{"droit_au_sejour":"carte_resident"}"#),
            ("titre_recent", r#"{"droit_au_sejour":"titre_recent"}"#),
        ]),
    ),
    line("adulte.revenus", Kind::SomeOf(&INCOMES)),
    line("adulte.salaire_net_mensuel", Kind::Amount(&INCOME)),
    line("adulte.chomage_mensuel", Kind::Amount(&INCOME)),
    line("adulte.retraite_mensuelle", Kind::Amount(&INCOME)),
    line("adulte.pension_invalidite_mensuelle", Kind::Amount(&INCOME)),
    line("adulte.pension_alimentaire_percue_mensuelle", Kind::Amount(&ALIMONY)),
    line("adulte.pension_alimentaire_versee_mensuelle", Kind::Amount(&ALIMONY)),
    line("adulte.benefice_independant_mensuel", Kind::Amount(&INCOME)),
    line("adulte.avis_impot", Kind::SomeOf(&TAXED_INCOMES)),
    line("adulte.salaire_imposable_2024", Kind::Amount(&TAXED)),
    line("adulte.chomage_imposable_2024", Kind::Amount(&TAXED)),
    line("adulte.retraite_imposable_2024", Kind::Amount(&TAXED)),
    line("adulte.epargne_livret_a", Kind::Amount(&SAVINGS)),
    line(
        "adulte.handicap",
        Kind::Words(&[
            ("aucun", r#"{"taux_incapacite":0,"rsdae":false,"inapte_travail":false}"#),
            ("moins_50", r#"{"taux_incapacite":{"min":0.01,"max":0.49}}"#),
            ("de_50_a_79", r#"{"taux_incapacite":{"min":0.5,"max":0.79}}"#),
            ("plus_80", r#"{"taux_incapacite":{"min":0.8,"max":1}}"#),
        ]),
    ),
    line("adulte.taux_incapacite", Kind::Words(&RATES)),
    line("adulte.rsdae", Kind::YesNo),
    line("adulte.inapte_travail", Kind::YesNo),
    line("adulte.enceinte", Kind::YesNo),
    line("adulte.boursier", Kind::YesNo),
    line("adulte.rsa_jeune_2ans_travail", Kind::YesNo),
    line("enfant.date_naissance", Kind::Birth),
    line(
        "enfant.scolarite",
        Kind::Words(&[
            ("maternelle", r#"{"scolarite":"maternelle"}"#),
            ("elementaire", r#"{"scolarite":"elementaire"}"#),
            ("college", r#"{"scolarite":"college"}"#),
            ("lycee", r#"{"scolarite":"lycee"}"#),
            ("superieur", r#"{"scolarite":"superieur"}"#),
            ("aucune", r#"{"scolarite":""}"#),
        ]),
    ),
    line("enfant.salaire_net_mensuel", Kind::Amount(&INCOME)),
    line("enfant.garde_alternee", Kind::YesNo),
    line("enfant.taux_incapacite", Kind::Words(&RATES)),
    line(
        "enfant.aeeh_complement",
        Kind::Words(&[
            ("aucun", r#"{"aeeh_complement":0}"#),
            ("un", r#"{"aeeh_complement":1}"#),
            ("deux", r#"{"aeeh_complement":2}"#),
            ("trois", r#"{"aeeh_complement":3}"#),
            ("quatre", r#"{"aeeh_complement":4}"#),
            ("cinq", r#"{"aeeh_complement":5}"#),
            ("six", r#"{"aeeh_complement":6}"#),
        ]),
    ),
    line(
        "enfants.salaires",
        Kind::WhichChildren {
            yes: r#"{"salaire_net_mensuel":{"min":1,"max":50000}}"#,
            no: r#"{"salaire_net_mensuel":0}"#,
        },
    ),
    line("enfants.garde", Kind::WhichChildren { yes: r#"{"garde_alternee":true}"#, no: r#"{"garde_alternee":false}"# }),
    line(
        "enfants.handicap",
        Kind::WhichChildren {
            yes: r#"{"taux_incapacite":{"min":0.01,"max":1}}"#,
            no: r#"{"taux_incapacite":0,"aeeh_complement":0}"#,
        },
    ),
];

/// The keys of every question.
pub const KEYS: [&str; TABLE.len()] = {
    let mut keys = [""; TABLE.len()];
    let mut at = 0;
    while at < TABLE.len() {
        #[allow(clippy::indexing_slicing, reason = "a constant: an index out of bounds does not compile")]
        {
            keys[at] = TABLE[at].key;
        }
        at += 1;
    }
    keys
};

/// Every question with the codes of its answers that are words: what a language has to say.
#[must_use]
pub fn keys_with_codes() -> Vec<(&'static str, Vec<&'static str>)> {
    let codes = |kind: Kind| match kind {
        Kind::Words(words) => words.iter().map(|(code, _)| *code).collect(),
        Kind::SomeOf(fields) => fields.iter().map(|(code, _)| *code).chain([NONE]).collect(),
        Kind::Held => HELD.into_iter().chain([NONE]).collect(),
        Kind::YesNo | Kind::Amount(_) | Kind::Birth | Kind::HowMany | Kind::WhichChildren { .. } => Vec::new(),
    };
    TABLE.iter().map(|line| (line.key, codes(line.kind))).collect()
}

/// The name of a question: whom it is about, and the key of its line.
pub(super) fn name(question: &str) -> Option<(Whom, String)> {
    let person = |prefix: &str| -> Option<(usize, &str)> {
        let (index, field) = question.strip_prefix(prefix)?.split_once("].")?;
        Some((index.parse().ok()?, field))
    };
    if let Some((adult, field)) = person("adultes[") {
        return Some((Whom::Adult(adult), format!("adulte.{field}")));
    }
    if let Some((child, field)) = person("enfants[") {
        return Some((Whom::Child(child), format!("enfant.{field}")));
    }
    let whom = if question.starts_with("enfants.") { Whom::Children } else { Whom::Household };
    Some((whom, question.to_owned()))
}

pub(super) fn kind(key: &str) -> Option<Kind> {
    TABLE.iter().find(|line| line.key == key).map(|line| line.kind)
}

/// What the engine asks, as it is asked here.
pub(super) fn question_of(told: &QuestionTold) -> Option<String> {
    if told.question.starts_with(FACTS) {
        return Some(told.question.clone());
    }
    // An age, and a school, are each child's own.
    if matches!(told.asks.as_str(), "enfants.ages" | "enfants.ecole") {
        return told.fields.first().cloned();
    }
    Some(told.asks.replace(".nationalite", ".droit_au_sejour"))
}

fn words(codes: impl Iterator<Item = &'static str>) -> Vec<Choice> {
    codes.map(|code| Choice { code: code.to_owned(), band: None }).collect()
}

fn bands(bands: impl IntoIterator<Item = Band>) -> Vec<Choice> {
    bands.into_iter().map(|band| Choice { code: band.code(), band: Some(band) }).collect()
}

const YES_NO: [&str; 2] = ["oui", "non"];

/// A question as it is asked after these answers.
pub(super) fn asked(interview: &Interview<'_>, question: &str, told: &[Told]) -> Option<Asked> {
    if let Some(fact) = question.strip_prefix(FACTS).and_then(|rest| rest.strip_prefix('.')) {
        return asked_fact(interview, question, fact);
    }
    let (whom, key) = name(question)?;
    let kind = kind(&key)?;
    let mut shape = Shape::One;
    let mut typed_up_to = None;
    let mut unit = unit(kind);
    let choices = match kind {
        Kind::Words(list) => words(list.iter().map(|(code, _)| *code).filter(|code| fits(&key, code, whom, told))),
        Kind::YesNo => words(YES_NO.into_iter()),
        Kind::Amount(scale) => {
            let known = said(told, question).filter(|known| known.is_object());
            let parts = scale.bands(known);
            typed_up_to = (!parts.is_empty()).then_some(scale.most);
            let nothing = scale.nothing && known.is_none();
            let none = nothing.then(|| Choice { code: NONE.to_owned(), band: None });
            let from = |band: Band| Band { min: if nothing && band.min == 0 { 1 } else { band.min }, ..band };
            none.into_iter().chain(bands(parts.into_iter().map(from))).collect()
        }
        Kind::SomeOf(fields) => {
            shape = Shape::Several;
            words(fields.iter().map(|(code, _)| *code).chain([NONE]))
        }
        Kind::Held => {
            shape = Shape::Several;
            words(HELD.into_iter().chain([NONE]))
        }
        Kind::HowMany => bands((1..=CHILDREN_MAX as u32).map(|count| Band { min: count, max: Some(count) })),
        Kind::WhichChildren { .. } => {
            shape = Shape::Several;
            let each = (0..children(told)).map(|child| Choice { code: child.to_string(), band: None });
            each.chain(words([NONE].into_iter())).collect()
        }
        Kind::Birth => {
            let (asked, asks, choices) = birth(interview, whom, said(told, question));
            shape = asked;
            unit = asks;
            choices
        }
    };
    Some(Asked { question: question.to_owned(), key, whom, shape, unit, choices, sentence: None, typed_up_to })
}

fn asked_fact(interview: &Interview<'_>, question: &str, fact: &str) -> Option<Asked> {
    let fact = interview.engine.rules.fact(fact)?;
    let (shape, choices) = match fact.answer {
        AnswerKind::YesNo => (Shape::One, words(YES_NO.into_iter())),
        AnswerKind::Number { min, max } => {
            let bound = |bound: i32| u32::try_from(bound).unwrap_or(0);
            let band = Band { min: bound(min), max: Some(bound(max)) };
            (Shape::Pad { min: bound(min), max: bound(max) }, bands([band]))
        }
    };
    Some(Asked {
        question: question.to_owned(),
        key: "fait".to_owned(),
        whom: Whom::Household,
        shape,
        unit: if matches!(shape, Shape::Pad { .. }) { Unit::Count } else { Unit::Words },
        choices,
        sentence: Some(fact.question.clone()),
        typed_up_to: None,
    })
}

fn unit(kind: Kind) -> Unit {
    match kind {
        Kind::Amount(scale) if scale.most == MONTHS.most => Unit::Lasted,
        Kind::Amount(_) => Unit::Euros,
        Kind::HowMany => Unit::Count,
        Kind::WhichChildren { .. } => Unit::Child,
        Kind::Birth => Unit::Age,
        Kind::Words(_) | Kind::YesNo | Kind::SomeOf(_) | Kind::Held => Unit::Words,
    }
}

/// A permit's years are asked in the words of who holds it.
fn fits(key: &str, code: &str, whom: Whom, told: &[Told]) -> bool {
    let Whom::Adult(adult) = whom else { return true };
    if key != "adulte.annees_titre_sejour" {
        return true;
    }
    let nationality = said(told, &format!("adultes[{adult}].nationalite")).and_then(Value::as_str);
    code.starts_with("europeen") == (nationality == Some("ue_eee"))
}

/// A birth is asked by band or age; told again closer, by year, then by month where that may be asked.
fn birth(interview: &Interview<'_>, whom: Whom, known: Option<&Value>) -> (Shape, Unit, Vec<Choice>) {
    let Some(known) = known_births(known) else {
        return match whom {
            Whom::Child(_) => {
                let ages = (0..CHILD_OLDEST).map(|age| Band { min: age, max: Some(age) });
                (Shape::One, Unit::Age, bands(ages.chain([Band { min: CHILD_OLDEST, max: None }])))
            }
            _ => (Shape::One, Unit::Age, bands(ADULT_AGES)),
        };
    };
    if months_apart(known) > 12 {
        let year = |day: crate::month::Day| u32::try_from(day.month.year()).unwrap_or(0);
        let (min, max) = (year(known.0), year(known.1));
        return (Shape::Pad { min, max }, Unit::Year, bands([Band { min, max: Some(max) }]));
    }
    if interview.birth_months && months_apart(known) > 0 {
        let fits = |month: &u32| i32::try_from(*month).is_ok_and(|month| of_month(month, known).is_some());
        let months = (1..=12).filter(fits).map(|month| Band { min: month, max: Some(month) });
        return (Shape::One, Unit::Month, bands(months));
    }
    (Shape::One, Unit::Age, Vec::new())
}
