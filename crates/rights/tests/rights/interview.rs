//! The conversation: it ends, it never leads to a wrong status, and nothing that can be tapped breaks it.

use std::collections::BTreeMap;

use palier_rights::interview::{
    Asked, Grade, Interview, Reply, Shape, Silence, Told, Whom, grade, inputs, keys_with_codes,
};
use palier_rights::month::{Day, Month};
use palier_rights::told::Engine;
use serde_json::{Value, json};

use super::hiding::Dice;
use super::{own, shared};

const TODAY: Day = Day { month: Month::of(2026, 11), day: 23 };
/// Far beyond the longest conversation there is.
const QUESTIONS_MAX: usize = 200;
/// Questions a mediator asks on a landing before people tire.
const LANDING: usize = 8;

fn interview(engine: &Engine) -> Interview<'_> {
    Interview { engine, day: TODAY, birth_months: true, closer: true }
}

/// The engine's value at a path of the inputs.
fn at<'a>(full: &'a Value, path: &str) -> &'a Value {
    let pointer = path.replace('[', "/").replace("].", "/").replace('.', "/");
    full.pointer(&format!("/{pointer}")).unwrap_or(&Value::Null)
}

fn number(value: &Value) -> Option<f64> {
    value.as_f64()
}

/// What is said holds what is true.
fn holds(said: &Value, truth: &Value) -> bool {
    let between = |lo: &Value, hi: &Value| match (number(lo), number(hi), number(truth)) {
        (Some(lo), Some(hi), Some(truth)) => (lo..=hi).contains(&truth),
        _ => match (lo.as_str(), hi.as_str(), truth.as_str()) {
            (Some(lo), Some(hi), Some(truth)) => (lo..=hi).contains(&truth),
            _ => false,
        },
    };
    match said.as_object() {
        Some(range) if range.contains_key("min") => between(&range["min"], &range["max"]),
        _ => {
            said == truth
                || (number(said).is_some() && number(said) == number(truth))
                || (*said == json!("") && truth.is_null())
        }
    }
}

/// The permit of an adult, in the words of the question.
fn permit(full: &Value, adult: usize) -> (&'static str, &'static str) {
    let years = at(full, &format!("adultes[{adult}].annees_titre_sejour")).as_f64().unwrap();
    match at(full, &format!("adultes[{adult}].nationalite")).as_str().unwrap() {
        "france" => ("sans_condition", ""),
        "ue_eee" | "suisse" if years >= 0.25 => ("europeen", "europeen_3_mois"),
        "ue_eee" | "suisse" => ("europeen", "europeen_recent"),
        _ if years >= 10.0 => ("titre", "titre_10_ans"),
        _ if years >= 5.0 => ("titre", "titre_5_ans"),
        _ => ("titre", "titre_recent"),
    }
}

/// What somebody who tells the truth taps; silent where the household's file says nothing.
fn truth(talk: &Interview<'_>, asked: &Asked, full: &Value, told: &[Told]) -> Reply {
    let people = |field: &str| full[field].as_array().unwrap().len();
    let one = |code: &str| Reply::Choices(vec![code.to_owned()]);
    match (asked.key.as_str(), asked.whom) {
        ("menage", _) => one(match (people("adultes"), people("enfants")) {
            (1, 0) => "seul",
            (1, _) => "seul_enfants",
            (_, 0) => "couple",
            _ => "couple_enfants",
        }),
        ("enfants", _) => one(&format!("{0}-{0}", people("enfants"))),
        ("droits", _) if at(full, "rsa_percu_mensuel").as_f64() == Some(0.0) => one("aucun"),
        ("droits" | "fait", _) => Reply::Silent(Silence::Unknown),
        ("adulte.droit_au_sejour", Whom::Adult(adult)) => one(permit(full, adult).0),
        ("adulte.annees_titre_sejour", Whom::Adult(adult)) => one(permit(full, adult).1),
        _ if asked.shape == Shape::Several => {
            let some = |code: &String| {
                let said = talk.answer(&asked.question, &one(code), told).unwrap();
                let only = |path: &String| said.value[path] != json!(0) && said.value[path] != json!(false);
                said.value.keys().filter(|path| only(path)).all(|path| holds(&said.value[path], at(full, path)))
            };
            let codes: Vec<String> =
                asked.choices.iter().map(|choice| choice.code.clone()).filter(|code| code != "aucun").collect();
            let codes: Vec<String> = codes.into_iter().filter(some).collect();
            if codes.is_empty() { one("aucun") } else { Reply::Choices(codes) }
        }
        _ if matches!(asked.shape, Shape::Pad { .. }) => {
            let year = at(full, &asked.question).as_str().unwrap()[..4].parse().unwrap();
            Reply::Typed(year)
        }
        _ => {
            let fits = |code: &String| {
                let said = talk.answer(&asked.question, &one(code), told).unwrap();
                said.value.iter().all(|(path, value)| holds(value, at(full, path)))
            };
            let code = asked.choices.iter().map(|choice| &choice.code).find(|code| fits(code));
            code.map_or(Reply::Silent(Silence::Unknown), |code| one(code))
        }
    }
}

/// Answers until nothing is left; the statuses after a landing's questions and at the end, and how many were asked.
fn talk(engine: &Engine, full: &Value) -> (BTreeMap<String, String>, BTreeMap<String, String>, usize) {
    let talk = interview(engine);
    let mut told: Vec<Told> = Vec::new();
    let mut landing = BTreeMap::new();
    for asked in 0..QUESTIONS_MAX {
        let step = talk.step(&told).unwrap_or_else(|refusal| panic!("{refusal} of {}", inputs(&told)));
        let statuses = step.diagnosis.rights.into_iter().map(|(key, right)| (key, right.status)).collect();
        if asked <= LANDING {
            landing = BTreeMap::clone(&statuses);
        }
        let Some(next) = step.next else { return (landing, statuses, asked) };
        let reply = truth(&talk, &next, full, &told);
        told.push(
            talk.answer(&next.question, &reply, &told).unwrap_or_else(|error| panic!("{error}: {next:?} {reply:?}")),
        );
    }
    panic!("the conversation does not end: {:?}", told.iter().map(|one| &one.question).collect::<Vec<_>>());
}

/// A whole file writes "no school" as null, which partial answers read as "not known".
fn no_school_said(inputs: &Value) -> Value {
    let mut inputs = inputs.clone();
    for child in inputs["enfants"].as_array_mut().unwrap() {
        if child["scolarite"].is_null() {
            child["scolarite"] = json!("");
        }
    }
    inputs
}

#[test]
fn a_conversation_ends_and_says_nothing_that_the_whole_file_does_not() {
    let engine = Engine::built_in().unwrap();
    let mut households = own();
    households.extend(shared("dev.jsonl").unwrap_or_default().into_iter().step_by(150));
    let decided = |status: &String| matches!(status.as_str(), "claimable" | "not_claimable");
    let (mut asked, mut after_landing, mut at_end, mut rights, mut most) = (0, 0, 0, 0, 0);
    for record in &households {
        let full = &no_school_said(&record["inputs"]);
        let whole = engine.diagnose(&serde_json_borrow::Value::from(full), TODAY.month).unwrap();
        let (landing, end, questions) = talk(&engine, full);
        asked += questions;
        most = most.max(questions);
        for (key, right) in &whole.rights {
            for statuses in [&landing, &end] {
                let said = &statuses[key];
                assert!(
                    !decided(said) || *said == right.status,
                    "{}: {key} is {}, not {said}",
                    record["id"],
                    right.status
                );
            }
            after_landing += usize::from(decided(&landing[key]));
            at_end += usize::from(decided(&end[key]));
            rights += usize::from(decided(&right.status));
        }
    }
    let share = |part: usize| 100.0 * part as f64 / rights as f64;
    println!(
        "{} households: {:.1} questions each, at most {most}; after {LANDING} {:.1} % of the rights that are decided, at the end {:.1} %",
        households.len(),
        asked as f64 / households.len() as f64,
        share(after_landing),
        share(at_end)
    );
    assert!(
        share(at_end) > 95.0,
        "bands and ages decide nearly every right that exact answers decide: {:.1} %",
        share(at_end)
    );
    assert!(share(after_landing) > 40.0, "a landing's questions decide much of it: {:.1} %", share(after_landing));
}

/// Whatever is tapped: a person who tells it wrong, or in jest.
fn at_random(asked: &Asked, dice: &mut Dice) -> Reply {
    match dice.below(8) {
        0 => return Reply::Silent(Silence::Unknown),
        1 => return Reply::Silent(Silence::Refused),
        _ => {}
    }
    if let Shape::Pad { min, max } = asked.shape {
        return Reply::Typed(min + dice.below(u64::from(max - min) + 1) as u32);
    }
    if let (Some(most), 0) = (asked.typed_up_to, dice.below(3)) {
        return Reply::Typed(dice.below(u64::from(most.min(5_000))) as u32);
    }
    let choice = &asked.choices[dice.below(asked.choices.len() as u64) as usize];
    let mut codes = vec![choice.code.clone()];
    if asked.shape == Shape::Several && dice.below(2) == 0 && choice.code != "aucun" {
        codes.extend(
            asked
                .choices
                .iter()
                .filter(|other| other.code != "aucun" && *other != choice)
                .map(|other| other.code.clone())
                .take(1),
        );
    }
    Reply::Choices(codes)
}

#[test]
fn whatever_is_tapped_is_taken_or_refused_by_its_name() {
    let engine = Engine::built_in().unwrap();
    let talk = interview(&engine);
    let known: BTreeMap<&str, Vec<&str>> = keys_with_codes().into_iter().collect();
    let mut dice = Dice(20_261_123);
    let mut refused = 0;
    for _ in 0..12 {
        let mut told: Vec<Told> = Vec::new();
        for count in 0.. {
            assert!(count < QUESTIONS_MAX * 2, "{:?}", told.iter().map(|one| &one.question).collect::<Vec<_>>());
            let step = talk.step(&told).unwrap();
            let Some(next) = step.next else { break };
            assert!(step.left > 0 && !next.choices.is_empty(), "{next:?}");
            assert!(
                next.key == "fait" || known.contains_key(next.key.as_str()),
                "{} has no line in the table",
                next.key
            );
            let reply = at_random(&next, &mut dice);
            let one = talk
                .answer(&next.question, &reply, &told)
                .unwrap_or_else(|error| panic!("{error}: {next:?} {reply:?}"));
            told.push(one);
            if let Err(refusal) = talk.step(&told) {
                // Told wrong: a child older than its parents, a school that is not for its age.
                let field = refusal.field.rsplit('.').next().unwrap();
                assert!(["date_naissance", "scolarite"].contains(&field), "{refusal}");
                refused += 1;
                told.pop();
                let silent = talk.answer(&next.question, &Reply::Silent(Silence::Unknown), &told).unwrap();
                told.push(silent);
            }
        }
    }
    println!("{refused} answers refused");
}

#[test]
fn what_is_not_a_choice_is_refused() {
    let engine = Engine::built_in().unwrap();
    let talk = interview(&engine);
    let one = |code: &str| Reply::Choices(vec![code.to_owned()]);
    for (question, reply) in [
        ("menage", one("tribu")),
        ("menage", Reply::Choices(vec!["seul".to_owned(), "couple".to_owned()])),
        ("enfants", Reply::Choices(Vec::new())),
        ("adultes[0].salaire_net_mensuel", Reply::Typed(4_000_000)),
        ("adultes[0].boursier", Reply::Typed(3)),
        ("faits.rien", one("oui")),
        ("nulle.part", one("oui")),
    ] {
        assert!(talk.answer(question, &reply, &[]).is_err(), "{question} {reply:?}");
    }
}

#[test]
fn an_amount_is_kept_as_a_band_and_told_closer_only_where_it_matters() {
    let engine = Engine::built_in().unwrap();
    let talk = interview(&engine);
    let wage = "adultes[0].salaire_net_mensuel";
    let typed = talk.answer(wage, &Reply::Typed(837), &[]).unwrap();
    assert_eq!(typed.value[wage], json!({ "min": 830, "max": 840 }), "no exact amount is kept");
    let band = talk.answer(wage, &Reply::Choices(vec!["1000-1500".to_owned()]), &[]).unwrap();
    let closer = talk.ask(wage, std::slice::from_ref(&band)).unwrap();
    let codes: Vec<&str> = closer.choices.iter().map(|choice| choice.code.as_str()).collect();
    assert_eq!(codes, ["1000-1120", "1120-1240", "1240-1360", "1360-1500"]);
    let kept = talk.answer(wage, &Reply::Silent(Silence::Unknown), std::slice::from_ref(&band)).unwrap();
    assert_eq!((&kept.value[wage], kept.no_closer), (&band.value[wage], true), "what was told stays");
}

#[test]
fn health_and_residence_are_told_apart() {
    for (path, expected) in [
        ("adultes[0].salaire_net_mensuel", Grade::Ordinary),
        ("adultes[1].taux_incapacite", Grade::Health),
        ("enfants[3].aeeh_complement", Grade::Health),
        ("faits.gir_1_a_4", Grade::Health),
        ("adultes[0].droit_au_sejour", Grade::Residence),
        ("faits.en_france_3_mois", Grade::Residence),
    ] {
        assert_eq!(grade(path), expected, "{path}");
    }
    let engine = Engine::built_in().unwrap();
    let sensitive = |fact: &&str| grade(&format!("faits.{fact}")) != Grade::Ordinary;
    let named: Vec<&str> = engine.rules.facts(u64::MAX).map(|fact| fact.key.as_str()).filter(sensitive).collect();
    assert_eq!(named.len(), 9, "every sensitive fact is a fact of the rules: {named:?}");
}
