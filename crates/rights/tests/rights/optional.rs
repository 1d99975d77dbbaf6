//! Answers beyond those of every household, and what is kept and counted of a diagnosis.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use palier_rights::reading::{Completeness, read};
use palier_rights::survey::{NonTakeUp, NonTakeUpType, Survey};
use palier_rights::told::{Diagnosis, Engine, RightTold, Stored};
use serde_json::{Value, json};

use super::{NOVEMBER, adult, child, household, with};

static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::built_in().unwrap());

fn told(inputs: &Value) -> Diagnosis {
    ENGINE.diagnose(&serde_json_borrow::Value::from(inputs), NOVEMBER).unwrap()
}

fn status(inputs: &Value, key: &str) -> String {
    told(inputs).rights[key].status.clone()
}

/// An adult whose permit is told by what it opens.
fn staying(word: &str, fields: Value) -> Value {
    let mut person = with(adult(), fields);
    let object = person.as_object_mut().unwrap();
    object.remove("nationalite");
    object.remove("annees_titre_sejour");
    object.insert("droit_au_sejour".to_owned(), json!(word));
    household(vec![person], vec![])
}

#[test]
fn the_permit_is_told_by_what_it_opens() {
    // L262-4 CASF: nothing asked of French, refugees and holders of a resident card, three months of Europeans, five
    // years of a permit of others.
    let rsa = |word| status(&staying(word, json!({})), "rsa");
    for word in ["sans_condition", "europeen_3_mois", "titre_10_ans", "titre_5_ans", "carte_resident"] {
        assert_eq!(rsa(word), "claimable", "{word} opens RSA");
    }
    for word in ["europeen_recent", "titre_recent", "sans_titre"] {
        assert_eq!(rsa(word), "not_claimable", "{word} does not open RSA");
    }
    // L816-1 CSS: ten years for ASPA, whatever the card.
    let aspa = |word| status(&staying(word, json!({ "date_naissance": "1955-03-12" })), "aspa");
    for word in ["sans_condition", "europeen_recent", "titre_10_ans"] {
        assert_eq!(aspa(word), "claimable", "{word} opens ASPA");
    }
    for word in ["titre_5_ans", "carte_resident", "titre_recent"] {
        assert_eq!(aspa(word), "not_claimable", "{word} does not open ASPA");
    }
}

#[test]
fn without_a_permit_what_asks_for_one_is_closed_and_says_why() {
    let told = told(&staying("sans_titre", json!({})));
    for key in ["rsa", "aide_logement", "css_gratuite", "aah"] {
        assert_eq!(told.rights[key].status, "not_claimable", "{key} asks for a right to stay");
        assert_eq!(told.rights[key].reasons, ["no_residence_permit"], "{key} says why");
    }
    assert_eq!(told.rights["cheque_energie"].status, "claimable", "the energy voucher asks for none");
    let mut couple = staying("sans_titre", json!({}));
    couple["adultes"].as_array_mut().unwrap().push(adult());
    couple["situation_couple"] = json!("marie");
    let mixed = self::told(&couple);
    assert_eq!(mixed.rights["rsa"].status, "to_check", "a couple of which one may stay is not in the rules yet");
    assert_eq!(mixed.rights["rsa"].missing, ["adultes[0].droit_au_sejour"], "and it says what is to be checked");
}

#[test]
fn an_income_that_no_rule_covers_leaves_what_looks_at_it_to_be_checked() {
    for field in ["ass_mensuelle", "indemnites_maternite_mensuelles", "salaire_apprenti_mensuel"] {
        let told = told(&household(vec![with(adult(), json!({ field: 480 }))], vec![]));
        assert_eq!(told.rights["rsa"].status, "to_check", "{field} counts for RSA");
        assert_eq!(told.rights["rsa"].missing, [format!("adultes[0].{field}")], "what is to be checked is named");
        assert_eq!(told.rights["ppa"].status, "to_check", "{field} may be an income of work");
        assert_eq!(told.rights["cheque_energie"].status, "claimable", "what looks at the year N-2 is decided");
        assert_eq!(told.rights["aspa"].status, "not_claimable", "nobody has the age, whatever comes in");
    }
    let none =
        household(vec![with(adult(), json!({ "ass_mensuelle": 0, "salaires_derniers_mois": [0, 0, 0] }))], vec![]);
    assert_eq!(status(&none, "rsa"), "claimable", "nothing of the kind is nothing");
    let months = household(vec![with(adult(), json!({ "salaires_derniers_mois": [300, 0, 900] }))], vec![]);
    assert_eq!(status(&months, "rsa"), "to_check", "incomes that change from month to month");
    let mut home = household(vec![adult()], vec![]);
    home["logement"]["mensualite_credit_immobilier"] = json!(420);
    assert_eq!(status(&home, "aide_logement"), "to_check", "a home loan");
    let absurd = household(vec![with(adult(), json!({ "ass_mensuelle": -1 }))], vec![]);
    let refused = read(&absurd, NOVEMBER, Completeness::Partial).unwrap_err();
    assert_eq!(refused.field, "adultes[0].ass_mensuelle", "what is absurd is refused by name");
}

#[test]
fn a_right_already_held_is_told_and_not_asked_about() {
    let mut inputs = json!({ "adultes": [{}], "enfants": [], "droits": { "rsa": "held", "aah": "in_progress" } });
    let found = told(&inputs);
    assert_eq!(found.rights["rsa"].status, "held", "told");
    assert_eq!(found.rights["aah"].status, "in_progress", "told");
    let about: Vec<&String> = found.next.iter().flat_map(|next| &next.why).collect();
    assert!(!about.iter().any(|key| *key == "rsa" || *key == "aah"), "no question is asked for them: {about:?}");
    inputs["droits"]["rsa"] = json!("maybe");
    let refused = read(&inputs, NOVEMBER, Completeness::Partial).unwrap_err();
    assert_eq!(refused.field, "droits.rsa", "anything else is refused by name");
}

#[test]
fn what_the_person_does_not_know_is_not_asked_again() {
    let wage = "adultes[0].salaire_net_mensuel";
    let asks = |inputs: &Value| told(inputs).next.iter().any(|next| next.fields.iter().any(|field| field == wage));
    let mut inputs = json!({ "adultes": [{}], "enfants": [] });
    assert!(asks(&inputs), "a wage that nobody asked for is asked for");
    for silence in ["unknown", "refused"] {
        inputs["adultes"][0]["salaire_net_mensuel"] = json!({ silence: true });
        assert!(!asks(&inputs), "{silence}: it is not asked again");
    }
}

#[test]
fn one_question_settles_what_is_asked_together_and_never_the_nationality() {
    let inputs = json!({ "adultes": [{}, {}], "enfants": [{}, {}] });
    let next = told(&inputs).next;
    let asked = |name: &str| next.iter().find(|next| next.asks == name);
    assert_eq!(asked("adultes[0].revenus").unwrap().fields.len(), 7, "all kinds of income at once");
    assert_eq!(asked("enfants.ages").unwrap().fields.len(), 2, "the ages of all children at once");
    let permit = asked("adultes[0].droit_au_sejour").unwrap();
    assert_eq!(permit.fields.len(), 2, "what the permit opens");
    let names: Vec<&str> = next.iter().map(|next| next.asks.as_str()).collect();
    assert!(!names.iter().any(|name| name.contains("nationalite")), "{names:?}");
}

#[test]
fn a_child_is_not_asked_about_a_school_for_older_ones() {
    let school = |born: &str, word: Value| {
        let inputs = household(vec![adult()], vec![with(child(born), json!({ "scolarite": word }))]);
        read(&inputs, NOVEMBER, Completeness::Full).map(|_| ()).map_err(|refused| refused.field)
    };
    assert_eq!(school("2018-10-15", json!("college")), Ok(()), "eight years old, ahead of its age");
    assert_eq!(school("2018-11-15", json!("college")), Err("enfants[0].scolarite".to_owned()), "seven years old");
    assert_eq!(school("2014-10-15", json!("lycee")), Ok(()), "twelve");
    assert_eq!(school("2014-11-15", json!("lycee")), Err("enfants[0].scolarite".to_owned()), "eleven");
    let mut young = household(vec![adult()], vec![child("2022-05-10")]);
    young["enfants"][0].as_object_mut().unwrap().remove("scolarite");
    assert_eq!(status(&young, "bourse_college"), "not_claimable", "four years old: nobody has to ask");
}

#[test]
fn a_stored_diagnosis_replays_and_a_newer_pack_shows_what_changed() {
    let inputs = json!({ "adultes": [{ "date_naissance": "1986-05-15" }], "enfants": [] });
    let diagnosis = told(&inputs);
    let text = serde_json::to_string(&Stored { inputs, diagnosis }).unwrap();
    let mut stored: Stored = serde_json::from_str(&text).unwrap();
    let kept = [ENGINE.clone()];
    assert_eq!(stored.replay(&kept), Ok(Vec::new()), "the same answers and the same pack: the same result");
    let oracle = Engine { pack: super::oracle_pack(), ..ENGINE.clone() };
    stored.inputs = household(vec![with(adult(), json!({ "salaire_imposable_2024": 12_100 }))], vec![]);
    stored.diagnosis = told(&stored.inputs);
    let differ = stored.against(&oracle).unwrap();
    assert!(differ.contains(&"cheque_energie".to_owned()), "10,890 lies between the two ceilings: {differ:?}");
    stored.diagnosis.rights.get_mut("rsa").unwrap().monthly_cents = Some([1, 1]);
    assert_eq!(stored.replay(&kept), Ok(vec!["rsa".to_owned()]), "what was tampered with is named");
    stored.diagnosis.pack.hash = "0".to_owned();
    assert!(stored.replay(&kept).unwrap_err().to_string().contains("not among the kept packs"), "said clearly");
}

#[test]
fn the_survey_counts_what_was_decided_and_what_was_not() {
    let mut survey = Survey::default();
    let claimable = told(&household(vec![adult()], vec![]));
    let why = NonTakeUp { kind: NonTakeUpType::NonDemande, motive: Some("too_complex".to_owned()) };
    survey.add(&claimable, &BTreeMap::from([("rsa".to_owned(), why.clone())])).unwrap();
    survey.add(&told(&json!({ "adultes": [{}], "enfants": [] })), &BTreeMap::new()).unwrap();
    let student = household(vec![with(adult(), json!({ "activite": "etudiant" }))], vec![]);
    survey.add(&told(&student), &BTreeMap::new()).unwrap();
    let rsa = &survey.rights["rsa"];
    let counts = (rsa.diagnosed, rsa.claimable, rsa.not_claimable, rsa.not_asked, rsa.to_check, rsa.answered);
    assert_eq!(counts, (3, 1, 1, 1, 0, 2), "nothing is inferred of who was not asked");
    assert_eq!(rsa.by_reason["student"], 1, "by reason");
    assert_eq!((rsa.by_type[&NonTakeUpType::NonDemande], rsa.by_motive["too_complex"]), (1, 1), "by type and motive");
    let of_theme = |right: &&RightTold| right.about.as_ref().is_some_and(|about| about.theme == "social_sante");
    let rights = claimable.rights.values().filter(of_theme).count() as u64;
    assert_eq!(survey.themes["social_sante"].diagnosed, 3 * rights, "each right of the theme for each household");
    let before = survey.clone();
    let wrong = NonTakeUp { motive: Some("lost_file".to_owned()), ..why.clone() };
    let refused = survey.add(&claimable, &BTreeMap::from([("rsa".to_owned(), wrong)])).unwrap_err();
    assert_eq!(refused.to_string(), "rsa: lost_file is not a motive of that type of non-take-up", "said by name");
    survey.add(&claimable, &BTreeMap::from([("aspa".to_owned(), why)])).unwrap_err();
    assert_eq!(survey, before, "what is refused counts nowhere");
}
