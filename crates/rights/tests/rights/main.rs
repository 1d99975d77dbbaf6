//! The rules against the oracle, against cases worked by hand, and the soundness of incomplete answers.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that fails has to stop")]

mod hiding;
mod interview;
mod law;
mod optional;
mod oracle;
mod refusals;
mod rules;
mod soundness;

use std::path::PathBuf;

use palier_rights::month::Month;
use palier_rights::pack::Pack;
use serde_json::{Value, json};

const NOVEMBER: Month = Month::of(2026, 11);

const OPENFISCA: &[(&str, &str)] = &[
    ("manifest.json", include_str!("../../packs/openfisca-176.1.8/manifest.json")),
    ("differences.json", include_str!("../../packs/openfisca-176.1.8/differences.json")),
];

fn oracle_pack() -> Pack {
    Pack::france().unwrap().overlaid(OPENFISCA).unwrap()
}

/// The records of a file of the shared data, or none with a word about why.
fn shared(file: &str) -> Option<Vec<Value>> {
    let default = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared");
    let folder = std::env::var_os("PALIER_SHARED").map_or_else(|| PathBuf::from(default), PathBuf::from);
    let text = std::fs::read_to_string(folder.join("data/rights").join(file)).ok();
    if text.is_none() {
        eprintln!(
            "SKIPPED: PALIER_SHARED does not lead to data/rights/{file}; households of our own take the same path"
        );
    }
    text.map(|text| text.lines().map(|line| serde_json::from_str(line).unwrap()).collect())
}

/// Households of our own, which take the same path when the shared data is absent.
fn own() -> Vec<Value> {
    let text = include_str!("../fixtures/households.jsonl");
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// An adult of 40 years, French, without income.
fn adult() -> Value {
    json!({
        "date_naissance": "1986-05-15", "activite": "sans_activite", "mois_chomage": null, "nationalite": "france",
        "annees_titre_sejour": 0, "salaire_net_mensuel": 0, "chomage_mensuel": 0, "retraite_mensuelle": 0,
        "pension_invalidite_mensuelle": 0, "pension_alimentaire_percue_mensuelle": 0,
        "pension_alimentaire_versee_mensuelle": 0, "benefice_independant_mensuel": 0, "salaire_imposable_2024": 0,
        "chomage_imposable_2024": 0, "retraite_imposable_2024": 0, "epargne_livret_a": 0, "taux_incapacite": 0,
        "rsdae": false, "inapte_travail": false, "enceinte": false, "boursier": false, "rsa_jeune_2ans_travail": false,
    })
}

fn child(born: &str) -> Value {
    json!({
        "date_naissance": born, "scolarite": null, "salaire_net_mensuel": 0, "garde_alternee": false,
        "taux_incapacite": 0, "aeeh_complement": 0,
    })
}

/// A household in social housing at 350 EUR.
fn household(adults: Vec<Value>, children: Vec<Value>) -> Value {
    let situation = if adults.len() == 2 { "marie" } else { "seul" };
    json!({
        "situation_couple": situation, "isolement_recent": false, "rsa_percu_mensuel": 0, "adultes": adults,
        "enfants": children,
        "logement": { "statut": "locataire_hlm", "loyer_mensuel": 350, "colocation": false, "participation_frais": false },
    })
}

/// The value with some fields replaced.
fn with(mut value: Value, fields: Value) -> Value {
    for (key, field) in fields.as_object().unwrap() {
        value[key] = field.clone();
    }
    value
}
