//! The diagnosis over a real encrypted store: durable answer by answer, resumed after a kill, without a trace of residence.

use palier_rights::interview::{Told, inputs};
use palier_rights::month::Month;
use palier_rights::told::Engine;
use palier_sync::{RecordType, catalogue, resolve};
use serde_json::{Value as Json, json};

use crate::App;
use crate::api::ErrorCode;
use crate::app::lock;
use crate::rig::{PIN, Tablet, door, options};

impl Tablet {
    fn start(&self, door: &Json, household: &str) -> Json {
        self.call("start_diagnosis", json!({ "door": door, "household": household, "quick": false }))
    }

    fn answer(&self, view: &Json, choices: &[&str]) -> Json {
        let question = &view["question"]["question"];
        self.call("answer_question", json!({ "diagnosis": view["id"], "question": question, "choices": choices }))
    }

    fn silent(&self, view: &Json, silence: &str) -> Json {
        let question = &view["question"]["question"];
        self.call("answer_question", json!({ "diagnosis": view["id"], "question": question, "silence": silence }))
    }

    /// Taps what a lone parent of one child would, until the question is none of these.
    fn talk(&self, mut view: Json, says: &[(&str, &[&str])]) -> Json {
        for _ in 0..90 {
            let key = view["question"]["key"].as_str().unwrap_or_default().to_owned();
            let codes: Vec<&str> = view["question"]["choices"]
                .as_array()
                .map(|choices| choices.iter().filter_map(|choice| choice["code"].as_str()).collect())
                .unwrap_or_default();
            let says = says.iter().find(|(known, says)| *known == key && says.iter().all(|code| codes.contains(code)));
            match says {
                Some((_, choices)) => view = self.answer(&view, choices),
                None if view["more"] == true && view["quick"] == false => {
                    view = self.call("continue_diagnosis", json!({ "diagnosis": view["id"] }));
                }
                None if view["question"].is_null() => return view,
                None => view = self.silent(&view, "unknown"),
            }
        }
        view
    }

    fn records(&self, kind: RecordType) -> Vec<String> {
        let open = self.app.open().unwrap();
        let store = lock(&open.store);
        let pending = store.outbox(usize::MAX, usize::MAX).unwrap();
        pending
            .into_iter()
            .filter(|change| change.kind == kind.number())
            .map(|change| serde_json::to_string(&change).unwrap())
            .collect()
    }
}

const LONE_PARENT: &[(&str, &[&str])] = &[
    ("menage", &["seul_enfants"]),
    ("enfants", &["1-1"]),
    ("droits", &["aucun"]),
    ("enfant.date_naissance", &["7-7"]),
    ("adulte.date_naissance", &["25-59"]),
    ("adulte.droit_au_sejour", &["sans_condition"]),
    ("logement", &["hlm"]),
    ("logement.loyer_mensuel", &["350-450"]),
    ("adulte.activite", &["sans_activite"]),
    ("adulte.revenus", &["aucun"]),
    ("adulte.avis_impot", &["aucun"]),
    ("adulte.epargne_livret_a", &["aucun"]),
    ("adulte.handicap", &["aucun"]),
    ("adulte.enceinte", &["non"]),
    ("adulte.boursier", &["non"]),
    ("isolement_recent", &["non"]),
    ("enfant.salaire_net_mensuel", &["aucun"]),
    ("enfant.garde_alternee", &["non"]),
    ("enfants.handicap", &["aucun"]),
    ("adulte.rsa_jeune_2ans_travail", &["non"]),
    ("enfant.scolarite", &["elementaire"]),
];

fn status(view: &Json, right: &str) -> String {
    let rights = view["rights"].as_array().unwrap();
    rights.iter().find(|line| line["right"] == right).unwrap()["status"].as_str().unwrap().to_owned()
}

#[test]
fn without_an_agreement_a_diagnosis_hangs_on_a_slip_and_names_no_door() {
    let tablet = Tablet::enrolled();
    let plan = tablet.stair();
    let here = door(&plan, "402");
    let view = tablet.start(&here, "");
    let slip = view["slip"].as_str().unwrap().to_owned();
    assert!(palier_domain::slip::read(&slip).is_ok(), "a code that can be said on the phone: {slip}");
    let view = tablet.talk(view, LONE_PARENT);
    assert_eq!(status(&view, "rsa"), "claimable", "no income, one child, in a council flat");
    let sent: Vec<String> =
        [RecordType::Diagnosis, RecordType::Answer].iter().flat_map(|kind| tablet.records(*kind)).collect();
    assert!(sent.len() > 10, "each answer is a record");
    let door_id = here.as_str().unwrap();
    assert!(sent.iter().all(|change| !change.contains(door_id)), "nothing that is sent names the door");
    assert_eq!(
        tablet.call("door", json!({ "door": here }))["diagnosis"],
        view["id"],
        "this tablet knows where it is under way"
    );
    assert_eq!(tablet.start(&here, "")["id"], view["id"], "and goes on with it");
    tablet.call("close_diagnosis", json!({ "diagnosis": view["id"] }));
    assert!(tablet.call("door", json!({ "door": here }))["diagnosis"].is_null(), "closed, the door is forgotten");
}

#[test]
fn a_slip_is_found_by_its_code_and_a_wrong_character_is_said() {
    let tablet = Tablet::enrolled();
    let plan = tablet.stair();
    let view = tablet.start(&door(&plan, "402"), "");
    let code = view["slip"].as_str().unwrap();
    let found = |text: &str| tablet.call("search", json!({ "text": text, "stair": "" }));
    assert_eq!(found(&code.to_lowercase())["hits"][0]["id"], view["id"], "as people write it");
    let first = code.chars().next().unwrap();
    let wrong = code.replacen(first, if first == '7' { "8" } else { "7" }, 1);
    let answer = found(&wrong);
    assert_eq!(
        (answer["slip_mistyped"].as_bool(), &answer["hits"]),
        (Some(true), &json!([])),
        "a wrong character is said"
    );
    assert_eq!(found("Ben Ali")["slip_mistyped"], false, "a name is no slip");
    tablet.call("start_outing", json!({ "sector": tablet.sector.to_string(), "team": [], "return_in_minutes": 60 }));
    tablet.call("veil", json!({}));
    assert_eq!(found(code)["hits"], json!([]), "nothing of a diagnosis leaves under the veil");
}

#[test]
fn each_answer_is_there_after_a_kill_and_the_same_question_comes_back() {
    let tablet = Tablet::enrolled();
    let plan = tablet.stair();
    let file = tablet.household(&door(&plan, "301"));
    let mut view = tablet.start(&door(&plan, "301"), file["id"].as_str().unwrap());
    for choices in [&["couple_enfants"], &["2-2"], &["rsa"]] {
        view = tablet.answer(&view, choices);
    }
    let (next, asked) = (view["question"].clone(), view["asked"].clone());
    // A kill: the app is dropped with its connection, and another opens the same files.
    drop(tablet.app);
    let app = App::new(options(tablet.folder.path(), tablet.clock.clone()));
    let profile = app.call("app_state", json!({})).unwrap()["profiles"][0]["id"].clone();
    app.call("unlock", json!({ "profile": profile, "pin": PIN })).unwrap();
    let again = app
        .call("start_diagnosis", json!({ "door": door(&plan, "301"), "household": file["id"], "quick": false }))
        .unwrap();
    assert_eq!((&again["id"], &again["question"], &again["asked"]), (&view["id"], &next, &asked), "the same question");
    let sheet = app.call("household", json!({ "household": file["id"] })).unwrap();
    assert_eq!(sheet["diagnoses"][0]["open"], true, "the file says that it is under way");
}

#[test]
fn what_is_kept_is_diagnosed_as_it_was_shown() {
    let tablet = Tablet::enrolled();
    let plan = tablet.stair();
    let file = tablet.household(&door(&plan, "201"));
    let view = tablet.talk(tablet.start(&door(&plan, "201"), file["id"].as_str().unwrap()), LONE_PARENT);
    let open = tablet.app.open().unwrap();
    let kept = lock(&open.store).diagnosis(view["id"].as_str().unwrap().parse().unwrap()).unwrap().unwrap();
    let told: Vec<Told> = super::show::told(&open, &kept);
    let engine = Engine::built_in().unwrap();
    let inputs = inputs(&told);
    let month = Month::parse(view["month"].as_str().unwrap()).unwrap();
    let whole = engine.diagnose(&serde_json_borrow::Value::from(&inputs), month).unwrap();
    for line in view["rights"].as_array().unwrap() {
        let right = &whole.rights[line["right"].as_str().unwrap()];
        assert_eq!(line["status"], json!(right.status), "{}", line["right"]);
        assert_eq!((&line["monthly"], &line["yearly"]), (&json!(right.monthly_cents), &json!(right.yearly_cents)));
    }
}

#[test]
fn residence_is_told_at_the_door_and_never_written() {
    let tablet = Tablet::enrolled();
    let plan = tablet.stair();
    let file = tablet.household(&door(&plan, "101"));
    let household = file["id"].as_str().unwrap();
    let mut says = LONE_PARENT.to_vec();
    says.retain(|(key, _)| *key != "adulte.droit_au_sejour");
    says.extend([("adulte.droit_au_sejour", &["titre"] as &[&str]), ("adulte.annees_titre_sejour", &["titre_5_ans"])]);
    let view = tablet.talk(tablet.start(&door(&plan, "101"), household), &says);
    assert_eq!(status(&view, "rsa"), "claimable", "five years of a permit open it");
    let all: Vec<String> = RecordType::ALL.iter().flat_map(|kind| tablet.records(*kind)).collect();
    for secret in ["hors_ue", "titre_5_ans", "europeen", "sans_condition"] {
        assert!(all.iter().all(|change| !change.contains(secret)), "« {secret} » is written nowhere");
    }
    tablet.call("lock", json!({}));
    let profile = tablet.call("app_state", json!({}))["profiles"][0]["id"].clone();
    tablet.call("unlock", json!({ "profile": profile, "pin": PIN }));
    let after = tablet.call("diagnosis", json!({ "diagnosis": view["id"] }));
    assert_eq!(status(&after, "rsa"), "to_check", "gone with the lock");
    assert_eq!(after["question"]["key"], "adulte.droit_au_sejour", "it is asked again");
    assert_eq!(after["question"]["kept"], false, "and the screen says that it is not kept");
    let closed = tablet.call("close_diagnosis", json!({ "diagnosis": tablet.talk(after, &says)["id"] }));
    assert_eq!(
        (closed["closed"].as_bool(), status(&closed, "rsa")),
        (Some(true), "claimable".to_owned()),
        "the status stays"
    );
    let open = tablet.app.open().unwrap();
    let record = lock(&open.store).record(view["id"].as_str().unwrap().parse().unwrap()).unwrap().unwrap();
    let residence: Json = serde_json::from_str(&resolve::text(&record, catalogue::diagnosis::residence)).unwrap();
    assert_eq!(residence["rsa"], "met", "only whether the condition is met is kept");
    tablet.call("lock", json!({}));
    tablet.call("unlock", json!({ "profile": profile, "pin": PIN }));
    let later = tablet.call("diagnosis", json!({ "diagnosis": view["id"] }));
    assert_eq!(status(&later, "rsa"), "claimable", "a closed diagnosis tells what it told");
    assert_eq!(later["to_review"], json!([]), "and the same figures review nothing");
}

#[test]
fn a_withdrawal_takes_the_answers_along() {
    let tablet = Tablet::enrolled();
    let plan = tablet.stair();
    let file = tablet.household(&door(&plan, "103"));
    let view = tablet.talk(tablet.start(&door(&plan, "103"), file["id"].as_str().unwrap()), LONE_PARENT);
    let answers = || {
        let open = tablet.app.open().unwrap();
        let kept = lock(&open.store).answers_of(file["id"].as_str().unwrap().parse().unwrap()).unwrap();
        kept.len()
    };
    assert!(answers() > 10);
    for purpose in ["record_nominative", "recontact"] {
        tablet.call(
            "set_agreement",
            json!({ "household": file["id"], "purpose": purpose, "status": "withdrawn", "mode": "oral" }),
        );
    }
    assert_eq!(answers(), 0, "nothing that was answered is left");
    let refused = tablet.ask("diagnosis", json!({ "diagnosis": view["id"] })).unwrap_err();
    assert_eq!(refused.code, ErrorCode::AgreementNeeded, "and the diagnosis is closed to reading");
}

#[test]
fn an_answer_is_looked_at_again_changed_and_refused_when_it_contradicts() {
    let tablet = Tablet::enrolled();
    let plan = tablet.stair();
    let view = tablet.start(&door(&plan, "104"), "");
    let view = tablet.answer(&view, &["seul"]);
    let again = tablet.call("diagnosis", json!({ "diagnosis": view["id"], "question": "menage" }));
    let chosen: Vec<&Json> =
        again["question"]["choices"].as_array().unwrap().iter().filter(|choice| choice["chosen"] == true).collect();
    assert_eq!((chosen.len(), &chosen[0]["code"]), (1, &json!("seul")), "what was tapped is shown");
    let changed = tablet.call(
        "answer_question",
        json!({ "diagnosis": view["id"], "question": "menage", "choices": ["couple"], "again": true }),
    );
    let inputs = changed["question"].clone();
    assert_ne!(inputs, Json::Null, "it goes on");
    for wrong in
        [json!({ "choices": ["tribu"] }), json!({ "choices": ["seul"], "typed": 3 }), json!({ "silence": "perhaps" })]
    {
        let mut request = json!({ "diagnosis": view["id"], "question": "menage", "again": true });
        request.as_object_mut().unwrap().extend(wrong.as_object().unwrap().clone());
        assert_eq!(tablet.ask("answer_question", request).unwrap_err().code, ErrorCode::InvalidField);
    }
}

#[test]
fn the_quick_mode_stops_after_eight_and_goes_on_when_asked() {
    let tablet = Tablet::enrolled();
    let plan = tablet.stair();
    let here = door(&plan, "203");
    let start = tablet.call("start_diagnosis", json!({ "door": here, "household": "", "quick": true }));
    let eight = tablet.talk(start, LONE_PARENT);
    assert_eq!((eight["asked"].as_array().unwrap().len(), &eight["more"]), (8, &json!(true)), "eight questions");
    let on = tablet.call("continue_diagnosis", json!({ "diagnosis": eight["id"] }));
    assert!(!on["question"].is_null() && on["quick"] == false, "and all of them when there is time");
}

#[test]
fn what_became_of_a_right_is_told_checked_and_undone() {
    let tablet = Tablet::enrolled();
    let plan = tablet.stair();
    let view = tablet.talk(tablet.start(&door(&plan, "204"), ""), LONE_PARENT);
    let say = |said: Json| {
        let mut request = json!({ "diagnosis": view["id"], "right": "rsa" });
        request.as_object_mut().unwrap().extend(said.as_object().unwrap().clone());
        tablet.ask("say_of_right", request)
    };
    let sheet = say(json!({ "non_take_up": "non_demande", "motive": "too_complex" })).unwrap();
    assert_eq!((&sheet["line"]["non_take_up"], &sheet["motive"]), (&json!("non_demande"), &json!("too_complex")));
    assert!(!sheet["documents"].as_array().unwrap().is_empty() && !sheet["apply"].as_str().unwrap().is_empty());
    for wrong in [
        json!({ "non_take_up": "laziness" }),
        json!({ "non_take_up": "non_demande", "motive": "lost_file" }),
        json!({ "follow_up": "perhaps" }),
        json!({ "monthly_cents": -5 }),
        json!({ "standing": "owned" }),
    ] {
        assert_eq!(say(wrong.clone()).unwrap_err().code, ErrorCode::InvalidField, "{wrong}");
    }
    let granted = say(json!({ "follow_up": "granted", "monthly_cents": 63_544 })).unwrap();
    assert_eq!((&granted["line"]["follow_up"], &granted["monthly_cents"]), (&json!("granted"), &json!(63_544)));
    let act = tablet.call("journal", json!({}))["actions"][0].clone();
    tablet.call("undo", json!({ "action": act["id"] }));
    let undone = tablet.call("right", json!({ "diagnosis": view["id"], "right": "rsa" }));
    assert_eq!(undone["line"]["follow_up"], "", "one act, one undo");
    let held = say(json!({ "standing": "held" })).unwrap();
    assert_eq!(held["line"]["status"], "held", "what comes in already is no non-take-up");
    let other =
        tablet.ask("say_of_right", json!({ "diagnosis": view["id"], "right": "lottery", "follow_up": "asked" }));
    assert_eq!(other.unwrap_err().code, ErrorCode::NotFound);
}

/// The variants of a message of the catalogue, after its line.
fn variants(catalogue: &str, message: &str) -> Vec<String> {
    let after = catalogue.split(&format!("\n{message} = {{")).nth(1).unwrap_or_else(|| panic!("no message {message}"));
    let body = after.split("\n}").next().unwrap();
    body.lines()
        .filter_map(|line| line.trim().trim_start_matches('*').strip_prefix('[')?.split_once(']'))
        .map(|(code, _)| code.to_owned())
        .collect()
}

#[test]
fn every_question_answer_and_motive_has_its_words() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../ui/catalogue/fr/diagnosis.ftl");
    let catalogue = std::fs::read_to_string(path).unwrap();
    let (questions, answers) = (variants(&catalogue, "question"), variants(&catalogue, "answer"));
    for (key, codes) in palier_rights::interview::keys_with_codes() {
        let key = key.replace('.', "-");
        assert!(questions.contains(&key), "the question {key} has no words");
        for code in codes {
            assert!(answers.contains(&format!("{key}-{code}")), "the answer {key}-{code} has no words");
        }
    }
    let screen =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../ui/src/field/diagnosis/codes.ts")).unwrap();
    for kind in palier_rights::survey::NonTakeUpType::ALL {
        assert!(variants(&catalogue, "non-take-up").contains(&kind.code().to_owned()), "{} has no words", kind.code());
        for motive in kind.motives() {
            assert!(variants(&catalogue, "motive").contains(&(*motive).to_owned()), "{motive} has no words");
            assert!(screen.contains(&format!("'{motive}'")), "{motive} is not offered");
        }
    }
}
