//! Rights that are rules of data files: both sides of each threshold, soundness, and what is said of a spoilt file.

use std::sync::LazyLock;

use palier_rights::answers::Household;
use palier_rights::month::Month;
use palier_rights::partial::{Status, outcomes};
use palier_rights::reading::{Completeness, read};
use palier_rights::rules::RuleSet;
use palier_rights::told::Engine;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::hiding::{Dice, hide};
use super::{NOVEMBER, adult, child, household, own, shared, with};

const NATIONAL: &str = include_str!("../../rules/national-2026-11.json");
const TOURS: &str = include_str!("../../rules/tours-2026-11.json");

fn facts(told: &[(&str, Value)]) -> Value {
    Value::Object(told.iter().map(|(key, value)| ((*key).to_owned(), value.clone())).collect())
}

static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::built_in().unwrap());

fn status_in(inputs: &Value, month: Month, key: &str) -> Option<String> {
    let told = ENGINE.diagnose(&serde_json_borrow::Value::from(inputs), month).unwrap();
    told.rights.get(key).map(|right| right.status.clone())
}

fn status(mut inputs: Value, told: &[(&str, Value)], key: &str) -> String {
    inputs["faits"] = facts(told);
    status_in(&inputs, NOVEMBER, key).unwrap_or_else(|| panic!("{key} is a right"))
}

fn alone(fields: Value) -> Value {
    household(vec![with(adult(), fields)], vec![])
}

/// The right is claimable on one side and not on the other.
fn both_sides(key: &str, told: &[(&str, Value)], inside: Value, outside: Value) {
    assert_eq!(status(inside, told, key), "claimable", "{key}: this side of the threshold");
    assert_eq!(status(outside, told, key), "not_claimable", "{key}: the other side");
}

/// The right turns on one fact, all else being told.
fn turns_on(key: &str, inputs: &Value, told: &[(&str, Value)], fact: &str) {
    let with_fact = |value: bool| {
        let mut told: Vec<(&str, Value)> = told.iter().filter(|(known, _)| *known != fact).cloned().collect();
        told.push((fact, json!(value)));
        status(inputs.clone(), &told, key)
    };
    let (yes, no) = (with_fact(true), with_fact(false));
    assert_ne!(yes, no, "{key} turns on {fact}");
    assert!(
        [&yes, &no].iter().all(|status| *status == "claimable" || *status == "not_claimable"),
        "{key}: {yes}, {no}"
    );
    let rest: Vec<(&str, Value)> = told.iter().filter(|(known, _)| *known != fact).cloned().collect();
    assert_eq!(status(inputs.clone(), &rest, key), "to_check", "{key}: {fact} was not asked");
}

// Ages are told on the first of the month: born on the first of November, 60 years old; born on the second, 59.
const YES: Value = Value::Bool(true);

#[test]
fn rights_of_age_begin_and_end_on_the_birthday() {
    let born = |day: &str| alone(json!({ "date_naissance": day }));
    let dependent = [("gir_1_a_4", YES)];
    both_sides("apa_domicile", &dependent, born("1966-11-01"), born("1966-11-02"));
    let late = [("difficulte_actes", YES), ("difficulte_avant_60_ans", json!(false))];
    both_sides("pch", &late, born("1966-11-02"), born("1966-11-01"));
    let widowed = [("veuf_de_retraite", YES)];
    both_sides("reversion", &widowed, born("1971-11-01"), born("1971-11-02"));
    let idle = [("sans_emploi_ni_formation", YES)];
    both_sides("cej", &idle, born("2010-11-01"), born("2010-11-02"));
    both_sides("cej", &idle, born("2000-11-02"), born("2000-11-01"));
    let disabled = |day: &str, rate: f64| alone(json!({ "date_naissance": day, "taux_incapacite": rate }));
    both_sides("cej", &idle, disabled("1996-11-02", 0.5), disabled("1996-11-01", 0.5));
    both_sides("cej", &idle, disabled("1996-11-02", 0.5), disabled("1996-11-02", 0.49));
    let looking = [("cherche_logement", YES), ("salarie_mutation", json!(false)), ("salarie_du_prive", json!(false))];
    both_sides("visale", &looking, born("2008-11-01"), born("2008-11-02"));
    both_sides("visale", &looking, born("1995-11-02"), born("1995-11-01"));
    both_sides("loca_pass", &looking, born("1996-11-02"), born("1996-11-01"));
    both_sides("pass_culture", &[], born("2009-11-01"), born("2009-11-02"));
    both_sides("pass_culture", &[], born("2007-11-02"), born("2007-11-01"));
    both_sides("yeps", &[], born("2011-11-01"), born("2011-11-02"));
    both_sides("yeps", &[], born("2000-11-02"), born("2000-11-01"));
    let project = [("cherche_emploi_formation", YES)];
    both_sides("mission_locale", &project, born("2010-11-01"), born("2010-11-02"));
    both_sides("mission_locale", &project, born("2000-11-02"), born("2000-11-01"));
    both_sides("caf_bafa", &[("projet_bafa", YES)], born("2010-11-01"), born("2010-11-02"));
    let family = |day: &str| household(vec![adult()], vec![child(day)]);
    both_sides("fil_bleu_enfants", &[], family("2015-11-02"), family("2015-11-01"));
    let ill = [("enfant_gravement_malade", YES), ("reduit_son_travail", YES)];
    both_sides("ajpp", &ill, family("2006-11-02"), family("2006-11-01"));
}

#[test]
fn pass_sport_follows_the_four_cases_of_its_decree() {
    // 14 to 17 with ARS, 6 to 19 with AEEH, 16 to 30 with AAH, under 28 with a grant.
    let none = [("boursier_superieur", json!(false)), ("aeeh_ou_aah_recue", json!(false))];
    let school = |day: &str| {
        let mut inputs = household(vec![adult()], vec![child(day)]);
        inputs["enfants"][0]["scolarite"] = json!("college");
        inputs
    };
    both_sides("pass_sport", &none, school("2012-11-01"), school("2012-11-02"));
    let disabled_child =
        |day: &str| household(vec![adult()], vec![with(child(day), json!({ "taux_incapacite": 0.8 }))]);
    both_sides("pass_sport", &none, disabled_child("2020-11-01"), disabled_child("2020-11-02"));
    let disabled = |day: &str| alone(json!({ "date_naissance": day, "taux_incapacite": 0.8 }));
    both_sides("pass_sport", &none, disabled("1995-11-02"), disabled("1995-11-01"));
    let grant = [("boursier_superieur", YES), ("aeeh_ou_aah_recue", json!(false))];
    let born = |day: &str| alone(json!({ "date_naissance": day }));
    both_sides("pass_sport", &grant, born("1998-11-02"), born("1998-11-01"));
}

#[test]
fn rights_of_money_and_rates_turn_at_their_figure() {
    let income = |euros: f64| alone(json!({ "salaire_net_mensuel": euros }));
    // R5423-2 C. trav.: 70 times 19.48 for one, 110 times for a couple.
    let ended = [("fin_de_droits_chomage", YES), ("cinq_ans_sur_dix", YES)];
    both_sides("ass", &ended, income(1_363.59), income(1_363.60));
    let couple = |euros: f64| household(vec![with(adult(), json!({ "salaire_net_mensuel": euros })), adult()], vec![]);
    both_sides("ass", &ended, couple(2_142.79), couple(2_142.80));
    // D353-1-1 CSS: 2,080 hours of SMIC a year, 12.31 x 2,080 / 12 = 2,133.73 a month.
    let widowed = [("veuf_de_retraite", YES)];
    let old = |euros: f64| alone(json!({ "date_naissance": "1960-05-10", "retraite_mensuelle": euros }));
    both_sides("reversion", &widowed, old(2_133.73), old(2_133.74));
    // L251-1 CASF: the ceiling of the free health cover, 10,339 / 12 = 861.58.
    let without = |euros: f64| {
        let mut inputs = income(euros);
        inputs["adultes"][0]["droit_au_sejour"] = json!("sans_titre");
        inputs
    };
    let lately = [("en_france_3_mois", YES), ("ressources_sous_plafond_cpam", json!(false))];
    both_sides("ame", &lately, without(861.58), without(861.59));
    both_sides("ame", &lately, without(0.0), income(0.0));
    let rate = |rate: f64| alone(json!({ "taux_incapacite": rate }));
    both_sides("cmi", &[("station_debout_penible", json!(false))], rate(0.8), rate(0.79));
    let days = |days: i32| [("perte_involontaire", YES), ("jours_travailles_24_mois", json!(days))];
    let unemployed = alone(json!({ "activite": "chomage" }));
    assert_eq!(status(unemployed.clone(), &days(130), "are"), "claimable", "L5422-1 C. trav.: 130 days");
    assert_eq!(status(unemployed, &days(129), "are"), "not_claimable", "129 days");
    assert_eq!(status(alone(json!({})), &days(130), "are"), "not_claimable", "nobody is unemployed");
    let quotient = |euros: i32| [("prend_les_transports", YES), ("quotient_familial", json!(euros))];
    assert_eq!(status(alone(json!({})), &quotient(700), "fil_bleu_solidaire"), "claimable", "up to 700");
    assert_eq!(status(alone(json!({})), &quotient(701), "fil_bleu_solidaire"), "not_claimable", "above 700");
}

#[test]
fn adapting_a_home_asks_for_a_home_an_age_and_an_income() {
    let told = [("travaux_autonomie", YES), ("revenus_modestes_anah", YES), ("gir_1_a_4", json!(false))];
    let home = |statut: &str, born: &str, rate: f64| {
        let mut inputs = alone(json!({ "date_naissance": born, "taux_incapacite": rate }));
        inputs["logement"]["statut"] = json!(statut);
        inputs
    };
    both_sides("maprimeadapt", &told, home("proprietaire", "1956-11-01", 0.0), home("proprietaire", "1956-11-02", 0.0));
    both_sides(
        "maprimeadapt",
        &told,
        home("locataire_vide", "1956-11-01", 0.0),
        home("locataire_hlm", "1956-11-01", 0.0),
    );
    both_sides(
        "maprimeadapt",
        &told,
        home("proprietaire", "1986-11-01", 0.5),
        home("proprietaire", "1986-11-01", 0.49),
    );
    let helped = [("travaux_autonomie", YES), ("revenus_modestes_anah", YES), ("gir_1_a_4", YES)];
    both_sides(
        "maprimeadapt",
        &helped,
        home("proprietaire", "1966-11-01", 0.0),
        home("proprietaire", "1966-11-02", 0.0),
    );
}

#[test]
fn rights_of_a_situation_turn_on_what_is_told() {
    let one = alone(json!({ "salaire_net_mensuel": 2_500, "activite": "emploi", "salaire_imposable_2024": 31_000 }));
    let idle = alone(json!({}));
    turns_on("puma", &idle, &[], "en_france_3_mois");
    turns_on("ajpa", &one, &[("reduit_son_travail", YES)], "aide_un_proche");
    turns_on("ajpa", &one, &[("aide_un_proche", YES)], "reduit_son_travail");
    turns_on("domiciliation", &one, &[("lien_commune", YES)], "adresse_stable");
    turns_on("domiciliation", &one, &[("adresse_stable", json!(false))], "lien_commune");
    let housed = [
        ("demande_logement_faite", YES),
        ("menace_expulsion", json!(false)),
        ("logement_dangereux", json!(false)),
        ("demande_logement_ancienne", json!(false)),
    ];
    for case in ["menace_expulsion", "logement_dangereux", "demande_logement_ancienne"] {
        turns_on("dalo", &one, &housed, case);
    }
    turns_on("surendettement", &one, &[], "dettes_impossibles");
    turns_on("aide_juridictionnelle", &one, &[("affaire_de_justice", YES)], "sous_plafond_justice");
    turns_on("aide_juridictionnelle", &idle, &[], "affaire_de_justice");
    turns_on("prime_noel", &one, &[], "recoit_ass");
    turns_on("reduction_telephone", &one, &[], "recoit_ass");
    assert_eq!(status(idle.clone(), &[], "prime_noel"), "claimable", "RSA opens it");
    turns_on("fsl", &one, &[], "dette_loyer_energie");
    turns_on("mobillico", &one, &[("cherche_emploi_formation", YES)], "frein_mobilite");
    turns_on("passeport_culturel_etudiant", &one, &[], "etudie_a_tours");
    let parent = household(vec![adult()], vec![child("2020-05-10")]);
    turns_on("caf_vacances", &parent, &[("veut_bouger", YES)], "allocataire_caf");
    assert_eq!(status(one.clone(), &[("veut_bouger", YES), ("allocataire_caf", YES)], "caf_vacances"), "not_claimable");
    for (key, fact) in [
        ("centre_social", "veut_bouger"),
        ("ccas_aide", "difficulte_passagere"),
        ("france_services", "demarche_difficile"),
        ("conseiller_numerique", "besoin_numerique"),
    ] {
        turns_on(key, &one, &[], fact);
    }
    turns_on("cap_emploi", &one, &[("cherche_emploi_formation", YES)], "travailleur_handicape");
    let small = household(vec![adult()], vec![child("2025-05-10")]);
    assert_eq!(status(small, &[], "avpf"), "claimable", "L381-1 CSS: the base allowance and nobody at work");
    assert_eq!(status(one, &[], "avpf"), "not_claimable", "no child under three");
}

#[test]
fn a_right_out_of_its_days_or_of_its_commune_is_not_told() {
    let inputs = alone(json!({}));
    assert!(status_in(&inputs, Month::of(2025, 3), "pass_culture").is_some(), "in force since March 2025");
    assert!(status_in(&inputs, Month::of(2025, 2), "pass_culture").is_none(), "not before");
    let elsewhere = |commune: &str| with(inputs.clone(), json!({ "commune_insee": commune }));
    assert!(status_in(&elsewhere("37261"), NOVEMBER, "yeps").is_some(), "Tours");
    assert!(status_in(&elsewhere("75056"), NOVEMBER, "yeps").is_none(), "another commune");
    assert!(status_in(&elsewhere("75056"), NOVEMBER, "domiciliation").is_some(), "a national right");
    let over = |from: &str, to: &str| {
        let text = TOURS.replacen(from, to, 1);
        let rules = RuleSet::of(&[("national", NATIONAL), ("tours", &text)]).unwrap();
        let engine = Engine { rules, ..ENGINE.clone() };
        let told = engine.diagnose(&serde_json_borrow::Value::from(&inputs), NOVEMBER).unwrap();
        told.rights.contains_key("fil_bleu_solidaire")
    };
    assert!(over("\"until\": null", "\"until\": \"2026-11-01\""), "until its last day");
    assert!(!over("\"until\": null", "\"until\": \"2026-10-31\""), "not after its last day");
    let withdrawn =
        "\"withdrawn\": { \"on\": \"2026-11-01\", \"why\": \"the network changed its fares\" }, \"until\": null";
    assert!(!over("\"until\": null", withdrawn), "not once withdrawn");
}

#[test]
fn every_mistake_of_a_file_is_told_with_its_line() {
    let changes = [
        ("\"format\": 1", "\"format\": 7", "format: 1"),
        ("\"theme\": \"social_sante\"", "\"theme\": \"health\"", "puma.theme: one of papiers"),
        ("\"key\": \"apa_domicile\"", "\"key\": \"rsa\"", "rsa.key: a key that no other right has"),
        ("\"from\": \"2026-04-01\"", "\"from\": \"2026-04-31\"", "ass.from: a day such as"),
        ("faits.affaire_de_justice", "faits.affaire", "aide_juridictionnelle.faits.affaire: a yes-or-no answer"),
        ("\"proprietaire\"", "\"owner\"", "one of locataire_hlm"),
        ("wages.smic_hourly", "wages.smic", "reversion.foyer.ressources_annuelles: a figure of the pack"),
        ("\"1363.60\"", "\"1363,60\"", "ass.foyer.ressources_mensuelles: a decimal number"),
        ("\"outcome\": \"aspa\"", "\"outcome\": \"aspas\"", "aide_juridictionnelle.aspas: the key of a computed right"),
        (
            "\"source\": \"règlement intérieur local, à demander (Département ou Métropole)\"",
            "\"source\": \"\"",
            "fsl.source: a text",
        ),
    ];
    let text = changes.iter().fold(NATIONAL.to_owned(), |text, (from, to, _)| text.replacen(from, to, 1));
    let mistakes = RuleSet::of(&[("national.json", &text)]).unwrap_err();
    let said: Vec<String> = mistakes.iter().map(ToString::to_string).collect();
    for (_, to, expected) in changes {
        let line = text.lines().position(|line| line.contains(to)).unwrap() + 1;
        let found = said.iter().find(|said| said.contains(expected));
        let found = found.unwrap_or_else(|| panic!("{expected} is told: {said:#?}"));
        assert!(found.starts_with(&format!("national.json:{line}:")), "{found} stands on line {line}");
    }
    let shape = NATIONAL.replacen("\"conditions\"", "\"condition\"", 1);
    let mistakes = RuleSet::of(&[("national.json", &shape)]).unwrap_err();
    assert!(mistakes[0].expected.contains("unknown field `condition`"), "{}", mistakes[0]);
}

#[test]
fn the_schema_beside_the_files_is_that_of_the_code() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/rules/schema.json");
    let made = serde_json::to_string_pretty(&palier_rights::rules::file::schema()).unwrap() + "\n";
    if std::env::var_os("PALIER_WRITE_SCHEMA").is_some() {
        std::fs::write(path, &made).unwrap();
    }
    let kept = std::fs::read_to_string(path).unwrap_or_default();
    assert!(kept == made, "write it again: PALIER_WRITE_SCHEMA=1 cargo test -p palier-rights --test rights schema");
}

#[test]
fn the_themes_of_daily_life_each_have_a_right() {
    let rules = RuleSet::built_in().unwrap();
    let themes =
        ["travail_formation", "loisirs_sport_culture", "transports", "numerique", "logement", "papiers", "justice"];
    for theme in themes {
        assert!(rules.rules().any(|rule| rule.theme == theme), "{theme} has a right");
    }
    let computed = palier_rights::catalogue::RIGHTS.len();
    assert!(computed + rules.rules().count() >= 38, "the catalogue of rights.md: {computed} and more");
}

/// Each fact told, hidden, or open, and each answer hidden at some odds.
fn some_hidden(full: &Value, dice: &mut Dice) -> (Value, Value) {
    let mut told = Map::new();
    for fact in ENGINE.rules.facts(u64::MAX) {
        let number = matches!(fact.answer, palier_rights::rules::file::AnswerKind::Number { .. });
        let value = if number { json!(dice.below(700)) } else { json!(dice.below(2) == 1) };
        told.insert(fact.key.clone(), value);
    }
    let mut full = full.clone();
    full["faits"] = Value::Object(told.clone());
    let odds = 1 + dice.below(100);
    let mut hidden = hide(&full, odds, dice);
    let kept = told.into_iter().filter(|_| dice.below(100) >= odds).collect();
    hidden["faits"] = Value::Object(kept);
    (full, hidden)
}

#[test]
fn whatever_is_hidden_no_rule_is_certain_and_wrong() {
    let engine = &*ENGINE;
    let records = shared("dev.jsonl").unwrap_or_else(own);
    let of = |inputs: &Value, completeness| -> Vec<(String, Status, bool)> {
        let household: Household = read(inputs, NOVEMBER, completeness).unwrap();
        let facts = engine.rules.read_facts(&serde_json_borrow::Value::from(inputs)).unwrap();
        let computed = outcomes(&engine.pack, &household, NOVEMBER);
        let rules = engine.rules.outcomes(&engine.pack, &household, &facts, NOVEMBER, &computed);
        rules
            .into_iter()
            .map(|rule| (rule.rule.key.clone(), rule.status, rule.questions != 0 || rule.facts != 0))
            .collect()
    };
    for (index, record) in records.iter().enumerate().step_by(if records.len() > 100 { 20 } else { 1 }) {
        let mut dice = Dice(0x9E37_79B9 + index as u64);
        let (full, hidden) = some_hidden(&record["inputs"], &mut dice);
        for ((key, truth, _), (_, told, asks)) in
            of(&full, Completeness::Full).iter().zip(of(&hidden, Completeness::Partial))
        {
            match told {
                Status::Claimable | Status::NotClaimable => {
                    assert_eq!(*truth, told, "{} {key}: a definite status is never wrong\n{hidden}", record["id"]);
                }
                _ => assert!(asks, "{} {key}: an undecided rule names what would tell", record["id"]),
            }
        }
    }
}

/// Expressions over three facts and the number of children.
fn expression() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        (0..3_usize).prop_map(|fact| json!({ "yes": format!("faits.f{fact}") })),
        (0..4_u8).prop_map(|least| json!({ "compare": { "field": "faits.n", "at_least": least.to_string() } })),
        (0..4_u8).prop_map(|most| json!({ "compare": { "field": "faits.n", "below": (most + 1).to_string() } })),
    ];
    leaf.prop_recursive(4, 24, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 1..4).prop_map(|parts| json!({ "all": parts })),
            prop::collection::vec(inner.clone(), 1..4).prop_map(|parts| json!({ "any": parts })),
            inner.prop_map(|part| json!({ "not": part })),
        ]
    })
}

/// A file of one right with this condition.
fn one_right(when: &Value) -> String {
    let fact = |key: &str, answer: Value| json!({ "key": key, "question": "?", "answer": answer, "seconds": 5, "intrusion": 1 });
    let number = json!({ "number": { "min": 0, "max": 4 } });
    let facts =
        [fact("f0", json!("yes_no")), fact("f1", json!("yes_no")), fact("f2", json!("yes_no")), fact("n", number)];
    json!({
        "format": 1, "name": "test", "communes": [], "facts": facts,
        "rights": [{
            "key": "right", "name": "Right", "theme": "justice", "from": "2026-01-01", "until": null, "article": "a",
            "source": "s", "checked_on": null, "documents": [], "decides": "d", "pays": "p", "where": "w",
            "conditions": [{ "code": "c", "sentence": "s", "when": when }],
        }],
    })
    .to_string()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn a_verdict_holds_for_every_completion(when in expression(), hidden in 0..16_u8) {
        let text = one_right(&when);
        let rules = RuleSet::of(&[("test", &text)]).unwrap();
        let status = |facts: Value| {
            let inputs = json!({ "adultes": [{ "activite": "emploi" }], "enfants": [], "faits": facts });
            let household = read(&inputs, NOVEMBER, Completeness::Partial).unwrap();
            let facts = rules.read_facts(&serde_json_borrow::Value::from(&inputs)).unwrap();
            rules.outcomes(&ENGINE.pack, &household, &facts, NOVEMBER, &[])[0].status.code()
        };
        for round in 0..40_u32 {
            let told = json!({ "f0": round & 1 == 1, "f1": round & 2 == 2, "f2": round & 4 == 4, "n": round / 8 });
            let whole = status(told.clone());
            prop_assert!(whole == "claimable" || whole == "not_claimable", "told whole it is decided: {}", whole);
            let mut partial = told;
            for (place, key) in ["f0", "f1", "f2", "n"].into_iter().enumerate() {
                if hidden >> place & 1 == 1 {
                    partial.as_object_mut().unwrap().remove(key);
                }
            }
            let found = status(partial);
            prop_assert!(found == "to_check" || found == whole, "{} is not {}", found, whole);
        }
    }
}
