//! Answers to the questions of files of rules.

use serde_json_borrow::{ObjectAsVec as Map, Value};

use crate::number::Number;
use crate::reading::{Refusal, refusal};
use crate::rules::file::{AnswerKind, Fact};

/// The facts a verdict hangs on, one bit each, in the order of the rules.
pub type FactSet = u64;
/// Most facts of all files together.
pub const FACTS_MAX: usize = FactSet::BITS as usize;

/// Where the answers stand.
pub(crate) const FACTS: &str = "faits";

/// One answer: yes is 1, no is 0; open as a range.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Told {
    pub value: Number,
    pub silent: bool,
}

const MILLIONTHS: i64 = 1_000_000;

fn bounds(kind: &AnswerKind) -> (i64, i64) {
    match kind {
        AnswerKind::YesNo => (0, MILLIONTHS),
        AnswerKind::Number { min, max } => (i64::from(*min) * MILLIONTHS, i64::from(*max) * MILLIONTHS),
    }
}

fn number(value: &Value<'_>, kind: &AnswerKind, path: &str) -> Result<i64, Refusal> {
    let (lo, hi) = bounds(kind);
    let told = match (kind, value) {
        (AnswerKind::YesNo, Value::Bool(yes)) => return Ok(i64::from(*yes) * MILLIONTHS),
        (AnswerKind::YesNo, _) => return Err(refusal(path, "true or false")),
        (AnswerKind::Number { .. }, value) => value.as_f64().map(|told| (told * MILLIONTHS as f64).round() as i64),
    };
    let expected = || refusal(path, &format!("a number between {} and {}", lo / MILLIONTHS, hi / MILLIONTHS));
    told.filter(|told| (lo..=hi).contains(told)).ok_or_else(expected)
}

fn one(fact: &Fact, said: Option<&Value<'_>>) -> Result<Told, Refusal> {
    let path = format!("{FACTS}.{}", fact.key);
    let (lo, hi) = bounds(&fact.answer);
    let open = |silent| Told { value: Number::range(lo, hi, 0), silent };
    match said {
        None | Some(Value::Null) => Ok(open(false)),
        Some(Value::Object(said)) => match (said.get("min"), said.get("max")) {
            (Some(min), Some(max)) => {
                let (min, max) = (number(min, &fact.answer, &path)?, number(max, &fact.answer, &path)?);
                if min > max {
                    return Err(refusal(&path, "min not above max"));
                }
                Ok(Told { value: Number::range(min, max, 0), silent: false })
            }
            _ if said.get("refused").is_some() || said.get("unknown").is_some() => Ok(open(true)),
            _ => Err(refusal(&path, "an answer, a range, {\"refused\": true} or {\"unknown\": true}")),
        },
        Some(value) => {
            let value = number(value, &fact.answer, &path)?;
            Ok(Told { value: Number::from_millionths(value), silent: false })
        }
    }
}

/// The answers of a household to these questions, in their order.
///
/// # Errors
/// The first answer that is absurd, and an answer to a question that no file asks.
pub(crate) fn read(inputs: &Map<'_>, facts: &[Fact]) -> Result<Vec<Told>, Refusal> {
    let said = match inputs.get(FACTS) {
        None | Some(Value::Null) => None,
        Some(Value::Object(said)) => Some(said),
        Some(_) => return Err(refusal(FACTS, "answers by the key of their question")),
    };
    if let Some(said) = said
        && let Some((unknown, _)) = said.iter().find(|(key, _)| facts.iter().all(|fact| fact.key != *key))
    {
        return Err(refusal(&format!("{FACTS}.{unknown}"), "a question of the rules"));
    }
    facts.iter().map(|fact| one(fact, said.and_then(|said| said.get(&fact.key)))).collect()
}

/// Nothing narrows it down.
pub(crate) fn is_whole(value: Number, kind: &AnswerKind) -> bool {
    let (lo, hi) = bounds(kind);
    value.lo() == lo && value.hi() == hi
}
