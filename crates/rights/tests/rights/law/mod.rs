//! Cases worked by hand from the article and the figures of the pack, on both sides of a threshold. The expected amount is
//! written as its sum beside it, in cents; it was worked out apart from the engine, not copied from its output.

mod energy_school;
mod family;
mod health;
mod housing;
mod minima;
mod old_figures;
mod open_ages;
mod ppa;
mod reasons;
mod rsa;

use std::sync::LazyLock;

use palier_rights::diagnosis::Amounts;
use palier_rights::month::Month;
use palier_rights::number::Number;
use palier_rights::pack::Pack;
use palier_rights::reading::{Completeness, read};
use serde_json::{Value, json};

use super::{NOVEMBER, adult, child, household, oracle_pack, with};

/// What people get.
static FRANCE: LazyLock<Pack> = LazyLock::new(|| Pack::france().unwrap());
/// What the oracle gives, with its defects.
static ORACLE: LazyLock<Pack> = LazyLock::new(oracle_pack);

fn in_month(pack: &Pack, inputs: &Value, month: Month) -> Amounts {
    let household = read(inputs, month, Completeness::Full).unwrap();
    Amounts::of(pack, &household, month)
}

fn with_pack(pack: &Pack, inputs: &Value) -> Amounts {
    in_month(pack, inputs, NOVEMBER)
}

fn amounts(inputs: &Value) -> Amounts {
    with_pack(&FRANCE, inputs)
}

/// An amount of complete answers, which leave nothing open, in cents.
fn cents(amount: Number) -> i64 {
    let (lo, hi) = amount.cents();
    assert_eq!(lo, hi, "complete answers give one amount");
    lo
}

/// A person of 40 years alone in social housing, with some answers replaced.
fn alone(fields: Value) -> Value {
    household(vec![with(adult(), fields)], vec![])
}

/// A married couple, with some answers of the first and of the second replaced.
fn couple(first: Value, second: Value) -> Value {
    household(vec![with(adult(), first), with(adult(), second)], vec![])
}

/// The same household with children born on these days.
fn with_births(mut inputs: Value, births: &[&str]) -> Value {
    inputs["enfants"] = births.iter().map(|born| child(born)).collect();
    inputs
}

/// The same household with these children.
fn with_children(mut inputs: Value, children: Vec<Value>) -> Value {
    inputs["enfants"] = children.into();
    inputs
}

/// The same household with some answers about the home replaced.
fn at_home(mut inputs: Value, fields: Value) -> Value {
    inputs["logement"] = with(inputs["logement"].take(), fields);
    inputs
}

/// The same household without a home: no housing aid, no housing sum taken off.
fn homeless(inputs: Value) -> Value {
    at_home(inputs, json!({ "statut": "sans_domicile", "loyer_mensuel": 0 }))
}
