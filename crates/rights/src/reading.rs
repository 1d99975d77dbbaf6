//! From JSON in the shape of the data README to a [`Household`]; what is absurd is refused by the name of its field.

use serde_json_borrow::{ObjectAsVec as Map, Value};

use crate::answers::{Adult, Child, Choice, Household, activity, home, nationality, school, situation};
use crate::month::{Birth, Day, Month};
use crate::number::Number;
use crate::optional::{Whose, add_uncovered, permit, standing};
use crate::question::{ADULT, ADULTS_MAX, CHILD, CHILDREN_MAX, HOUSEHOLD, Question, place};
use crate::truth::{Questions, Truth};

/// Why answers are not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {expected}")]
pub struct Refusal {
    /// Path of the field.
    pub field: String,
    /// What was expected.
    pub expected: String,
}

pub(crate) fn refusal(field: &str, expected: &str) -> Refusal {
    Refusal { field: field.to_owned(), expected: expected.to_owned() }
}

const EUR: i64 = 1_000_000;
/// Bounds of the answers; an unknown amount lies between them, so nothing outside may be taken.
const MONTHLY: (i64, i64) = (0, 50_000 * EUR);
const YEARLY: (i64, i64) = (0, 600_000 * EUR);
const SAVINGS: (i64, i64) = (0, 5_000_000 * EUR);
const RENT: (i64, i64) = (0, 10_000 * EUR);
const SHARE: (i64, i64) = (0, EUR);
const PERMIT_YEARS: (i64, i64) = (0, 120 * EUR);
const UNEMPLOYED_MONTHS: (i64, i64) = (0, 600 * EUR);
const AEEH_LEVELS: (i64, i64) = (0, 6 * EUR);
/// Oldest person, youngest adult, oldest child of a household, in years.
const OLDEST: i32 = 120;
const YOUNGEST_ADULT: i32 = 14;
const OLDEST_CHILD: i32 = 60;

/// Youngest age at which a child goes to a school, three years before most do.
const SCHOOL_AGES: [(i64, u8); 3] = [(8, school::COLLEGE), (12, school::LYCEE), (14, school::HIGHER)];

/// How complete the answers are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Completeness {
    /// Every field is there: a missing one is refused.
    Full,
    /// Any field may be missing, null, refused or a range.
    Partial,
}

/// What was said to one question.
enum Said<'a> {
    Value(&'a Value<'a>),
    Between(&'a Value<'a>, &'a Value<'a>),
    Open,
}

/// What an object in the place of an answer may be.
const RANGE_OR_SILENCE: &str = r#"{"min": …, "max": …}, {"refused": true} or {"unknown": true}"#;

struct Reader {
    completeness: Completeness,
    now: Month,
    refused: Questions,
    not_known: Questions,
    told_in_part: Questions,
    told: bool,
}

impl Reader {
    fn said<'a>(&mut self, from: &'a Map<'a>, question: Question) -> Result<Said<'a>, Refusal> {
        let field = question.asking().field;
        let name = field.rsplit('.').next().unwrap_or(field);
        let value = from.get(name);
        if self.completeness == Completeness::Full {
            return value.map(Said::Value).ok_or_else(|| refusal(&question.path(), "an answer"));
        }
        match value {
            None | Some(Value::Null) => {}
            Some(Value::Object(said)) => {
                if let (Some(min), Some(max)) = (said.get("min"), said.get("max")) {
                    self.told = true;
                    self.told_in_part |= question.bit();
                    return Ok(Said::Between(min, max));
                }
                let says = |word| matches!(said.get(word), Some(Value::Bool(true)));
                match (says("refused"), says("unknown")) {
                    (true, _) => self.refused |= question.bit(),
                    (_, true) => self.not_known |= question.bit(),
                    _ => return Err(refusal(&question.path(), RANGE_OR_SILENCE)),
                }
            }
            Some(value) => {
                self.told = true;
                return Ok(Said::Value(value));
            }
        }
        Ok(Said::Open)
    }

    fn number(&mut self, from: &Map<'_>, question: Question, bounds: (i64, i64)) -> Result<Number, Refusal> {
        let one = |value: &Value<'_>| -> Result<i64, Refusal> {
            match (value.as_i64(), value.as_f64()) {
                (Some(whole), _) => Ok(whole.saturating_mul(EUR)),
                (None, Some(number)) => Ok((number * EUR as f64).round() as i64),
                _ => Err(refusal(&question.path(), "a number")),
            }
        };
        let (min, max) = match self.said(from, question)? {
            Said::Value(value) => (one(value)?, one(value)?),
            Said::Open => bounds,
            Said::Between(min, max) => {
                let (min, max) = (one(min)?, one(max)?);
                if min > max {
                    return Err(refusal(&question.path(), "min not above max"));
                }
                // What lies outside the bounds is absurd: the range says nothing more than its part inside.
                if max < bounds.0 || min > bounds.1 { (min, max) } else { (min.max(bounds.0), max.min(bounds.1)) }
            }
        };
        if min < bounds.0 || max > bounds.1 {
            let expected = format!("between {} and {}", bounds.0 / EUR, bounds.1 / EUR);
            return Err(refusal(&question.path(), &expected));
        }
        Ok(Number::range(min, max, question.bit()))
    }

    fn truth(&mut self, from: &Map<'_>, question: Question) -> Result<Truth, Refusal> {
        match self.said(from, question)? {
            Said::Value(Value::Bool(value)) => Ok(Truth::from(*value)),
            Said::Open => Ok(Truth::unknown(question.bit())),
            _ => Err(refusal(&question.path(), "true or false")),
        }
    }

    fn choice(&mut self, from: &Map<'_>, question: Question, words: &[(&str, u8)]) -> Result<Choice, Refusal> {
        let all = words.iter().fold(0, |all, (_, bit)| all | bit);
        let word = match self.said(from, question)? {
            Said::Open => return Ok(Choice { possible: all, open: question.bit() }),
            Said::Value(Value::Str(word)) => word.as_ref(),
            // No school at all is written null in complete answers.
            Said::Value(Value::Null) => "",
            _ => return Err(refusal(&question.path(), "a word")),
        };
        let known = words.iter().find(|(text, _)| *text == word);
        known.map(|(_, bit)| Choice { possible: *bit, open: 0 }).ok_or_else(|| {
            let list: Vec<_> = words.iter().map(|(text, _)| *text).collect();
            refusal(&question.path(), &format!("one of {}", list.join(", ")))
        })
    }

    fn birth(&mut self, from: &Map<'_>, question: Question, (youngest, oldest): (i32, i32)) -> Result<Birth, Refusal> {
        let first = Day { month: self.now.plus(-12 * (oldest + 1)), day: 1 };
        let last = Day { month: self.now.plus(-12 * youngest), day: 31 };
        let one = |value: &Value<'_>| -> Result<Day, Refusal> {
            let day = value.as_str().and_then(Day::parse);
            day.ok_or_else(|| refusal(&question.path(), "a day such as 1984-03-12"))
        };
        let birth = match self.said(from, question)? {
            Said::Open => Birth { first, last, open: question.bit() },
            Said::Value(value) => one(value).map(|day| Birth { first: day, last: day, open: 0 })?,
            Said::Between(min, max) => {
                let (min, max) = (one(min)?, one(max)?);
                if min > max {
                    return Err(refusal(&question.path(), "min not after max"));
                }
                let inside = max >= first && min <= last;
                let (min, max) = if inside { (min.max(first), max.min(last)) } else { (min, max) };
                Birth { first: min, last: max, open: question.bit() }
            }
        };
        if birth.first < first || birth.last > last {
            return Err(refusal(&question.path(), &format!("an age from {youngest} to {oldest} years")));
        }
        Ok(birth)
    }

    /// Null says "not unemployed", an absent field says that nobody asked.
    fn months_unemployed(&mut self, from: &Map<'_>, question: Question) -> Result<Number, Refusal> {
        const NOT_UNEMPLOYED: Number = Number::whole(-1);
        match from.get("mois_chomage") {
            Some(Value::Null) => {
                self.told = true;
                Ok(NOT_UNEMPLOYED)
            }
            Some(Value::Number(_)) => self.number(from, question, UNEMPLOYED_MONTHS),
            _ => Ok(NOT_UNEMPLOYED.join(self.number(from, question, UNEMPLOYED_MONTHS)?).leaning_on(question.bit())),
        }
    }

    fn adult(&mut self, from: &Map<'_>, index: usize) -> Result<Adult, Refusal> {
        let ask = |line| Question::adult(index, line);
        let (nationality, permit_years, resident_card, without_permit) =
            if let Some(permit) = permit(from, &format!("adultes[{index}]"))? {
                (permit.nationality, permit.years, permit.resident_card, permit.without_permit)
            } else {
                let nationality = self.choice(from, ask(const { place(&ADULT, "nationalite") }), nationality::WORDS)?;
                let years = self.number(from, ask(const { place(&ADULT, "annees_titre_sejour") }), PERMIT_YEARS)?;
                (nationality, years, false, false)
            };
        Ok(Adult {
            birth: self.birth(from, ask(const { place(&ADULT, "date_naissance") }), (YOUNGEST_ADULT, OLDEST))?,
            activity: self.choice(from, ask(const { place(&ADULT, "activite") }), activity::WORDS)?,
            months_unemployed: self.months_unemployed(from, ask(const { place(&ADULT, "mois_chomage") }))?,
            nationality,
            permit_years,
            resident_card,
            without_permit,
            wage: self.number(from, ask(const { place(&ADULT, "salaire_net_mensuel") }), MONTHLY)?,
            unemployment: self.number(from, ask(const { place(&ADULT, "chomage_mensuel") }), MONTHLY)?,
            pension: self.number(from, ask(const { place(&ADULT, "retraite_mensuelle") }), MONTHLY)?,
            invalidity: self.number(from, ask(const { place(&ADULT, "pension_invalidite_mensuelle") }), MONTHLY)?,
            alimony_received: self.number(
                from,
                ask(const { place(&ADULT, "pension_alimentaire_percue_mensuelle") }),
                MONTHLY,
            )?,
            alimony_paid: self.number(
                from,
                ask(const { place(&ADULT, "pension_alimentaire_versee_mensuelle") }),
                MONTHLY,
            )?,
            self_employed: self.number(from, ask(const { place(&ADULT, "benefice_independant_mensuel") }), MONTHLY)?,
            wage_taxed: self.number(from, ask(const { place(&ADULT, "salaire_imposable_2024") }), YEARLY)?,
            unemployment_taxed: self.number(from, ask(const { place(&ADULT, "chomage_imposable_2024") }), YEARLY)?,
            pension_taxed: self.number(from, ask(const { place(&ADULT, "retraite_imposable_2024") }), YEARLY)?,
            savings: self.number(from, ask(const { place(&ADULT, "epargne_livret_a") }), SAVINGS)?,
            disability: self.number(from, ask(const { place(&ADULT, "taux_incapacite") }), SHARE)?,
            hard_to_employ: self.truth(from, ask(const { place(&ADULT, "rsdae") }))?,
            unfit: self.truth(from, ask(const { place(&ADULT, "inapte_travail") }))?,
            pregnant: self.truth(from, ask(const { place(&ADULT, "enceinte") }))?,
            grant: self.truth(from, ask(const { place(&ADULT, "boursier") }))?,
            young_worker: self.truth(from, ask(const { place(&ADULT, "rsa_jeune_2ans_travail") }))?,
        })
    }

    fn child(&mut self, from: &Map<'_>, index: usize) -> Result<Child, Refusal> {
        let ask = |line| Question::child(index, line);
        let birth = self.birth(from, ask(const { place(&CHILD, "date_naissance") }), (0, OLDEST_CHILD))?;
        Ok(Child {
            birth,
            school: self.school(from, ask(const { place(&CHILD, "scolarite") }), birth)?,
            wage: self.number(from, ask(const { place(&CHILD, "salaire_net_mensuel") }), MONTHLY)?,
            shared_custody: self.truth(from, ask(const { place(&CHILD, "garde_alternee") }))?,
            disability: self.number(from, ask(const { place(&CHILD, "taux_incapacite") }), SHARE)?,
            aeeh_complement: self.number(from, ask(const { place(&CHILD, "aeeh_complement") }), AEEH_LEVELS)?,
        })
    }

    /// A school that a child of that age may go to: the others are not asked about.
    fn school(&mut self, from: &Map<'_>, question: Question, birth: Birth) -> Result<Choice, Refusal> {
        let said = self.choice(from, question, school::WORDS)?;
        let (_, oldest) = birth.age(self.now).whole_bounds();
        let fits = |(from, words): &(i64, u8)| if oldest < *from { !words } else { u8::MAX };
        let fitting = SCHOOL_AGES.iter().map(fits).fold(u8::MAX, |all, fits| all & fits);
        match said.possible & fitting {
            0 => Err(refusal(&question.path(), "a school for a child of that age")),
            possible => Ok(Choice { possible, open: said.open }),
        }
    }

    fn situation(&mut self, from: &Map<'_>, adults: usize) -> Result<Choice, Refusal> {
        let question = Question::household(const { place(&HOUSEHOLD, "situation_couple") });
        let said = self.choice(from, question, situation::WORDS)?;
        let (fitting, expected) = if adults == 1 {
            (situation::ALONE, "seul, as there is one adult")
        } else {
            (!situation::ALONE, "marie, pacse or concubinage, as there are two adults")
        };
        let possible = said.possible & fitting;
        if possible == 0 {
            return Err(refusal(&question.path(), expected));
        }
        if possible.is_power_of_two() {
            return Ok(Choice { possible, open: 0 });
        }
        Ok(Choice { possible, open: said.open })
    }
}

fn people<'a>(inputs: &'a Map<'a>, field: &str, most: usize) -> Result<Vec<&'a Map<'a>>, Refusal> {
    let Some(Value::Array(list)) = inputs.get(field) else { return Err(refusal(field, "a list of persons")) };
    if list.len() > most {
        return Err(refusal(field, &format!("at most {most} persons")));
    }
    let person = |(index, value): (usize, &'a Value<'a>)| match value {
        Value::Object(person) => Ok(person),
        _ => Err(refusal(&format!("{field}[{index}]"), "a person")),
    };
    list.iter().enumerate().map(person).collect()
}

/// Reads the answers of a household for a month.
///
/// # Errors
/// The first field that is missing (complete answers only) or absurd.
pub fn read(inputs: &serde_json::Value, now: Month, completeness: Completeness) -> Result<Household, Refusal> {
    read_borrowed(&Value::from(inputs), now, completeness)
}

/// The same from JSON that borrows its text: several times fewer allocations, for many households.
///
/// # Errors
/// The first field that is missing (complete answers only) or absurd.
pub fn read_borrowed(inputs: &Value<'_>, now: Month, completeness: Completeness) -> Result<Household, Refusal> {
    let nothing = Map::default();
    let Value::Object(inputs) = inputs else { return Err(refusal("inputs", "the answers of a household")) };
    let adults = people(inputs, "adultes", ADULTS_MAX)?;
    if adults.is_empty() {
        return Err(refusal("adultes", "at least one adult"));
    }
    let children = people(inputs, "enfants", CHILDREN_MAX)?;
    let home = match inputs.get("logement") {
        None | Some(Value::Null) if completeness == Completeness::Partial => &nothing,
        Some(Value::Object(home)) => home,
        _ => return Err(refusal("logement", "the answers about the home")),
    };
    let mut reader = Reader { completeness, now, refused: 0, not_known: 0, told_in_part: 0, told: false };
    let of = Question::household;
    let situation = reader.situation(inputs, adults.len())?;
    let mut household = Household {
        situation,
        recently_alone: reader.truth(inputs, of(const { place(&HOUSEHOLD, "isolement_recent") }))?,
        rsa_received: reader.number(inputs, of(const { place(&HOUSEHOLD, "rsa_percu_mensuel") }), MONTHLY)?,
        home: reader.choice(home, of(const { place(&HOUSEHOLD, "logement.statut") }), home::WORDS)?,
        rent: reader.number(home, of(const { place(&HOUSEHOLD, "logement.loyer_mensuel") }), RENT)?,
        shared_home: reader.truth(home, of(const { place(&HOUSEHOLD, "logement.colocation") }))?,
        pays_host: reader.truth(home, of(const { place(&HOUSEHOLD, "logement.participation_frais") }))?,
        adults: Vec::with_capacity(adults.len()),
        children: Vec::with_capacity(children.len()),
        refused: 0,
        not_known: 0,
        told_in_part: 0,
        commune: inputs.get("commune_insee").and_then(Value::as_str).map(str::to_owned),
        standing: standing(inputs)?,
        uncovered: Vec::new(),
        nothing_told: false,
    };
    add_uncovered(Whose::Home, home, &mut household.uncovered)?;
    for (index, from) in adults.into_iter().enumerate() {
        household.adults.push(reader.adult(from, index)?);
        add_uncovered(Whose::Adult(index), from, &mut household.uncovered)?;
    }
    for (index, from) in children.into_iter().enumerate() {
        let child = reader.child(from, index)?;
        add_uncovered(Whose::Child(index), from, &mut household.uncovered)?;
        if household.adults.iter().all(|adult| child.birth.last < adult.birth.first) {
            return Err(refusal(
                &Question::child(index, const { place(&CHILD, "date_naissance") }).path(),
                "a child younger than its parents",
            ));
        }
        household.children.push(child);
    }
    // Who stays and who may not: the rules for such a couple are not written.
    let without = household.adults.iter().position(|adult| adult.without_permit);
    if let Some(index) = without
        && household.adults.iter().any(|adult| !adult.without_permit)
    {
        household.uncovered.push(format!("adultes[{index}].droit_au_sejour"));
    }
    household.refused = reader.refused;
    household.not_known = reader.not_known;
    household.told_in_part = reader.told_in_part;
    household.nothing_told = !reader.told;
    Ok(household)
}
