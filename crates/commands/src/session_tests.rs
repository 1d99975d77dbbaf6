//! The commands over a real encrypted store, without a server: what a tablet does all day.

use serde_json::{Value as Json, json};

use super::*;
use crate::rig::{Hands, PIN, Tablet, door, draft, options};
use crate::{DeviceSecret, FileSecret};

fn status(plan: &Json, label: &str) -> String {
    let floors = plan["floors"].as_array().unwrap();
    let mut cells = floors.iter().flat_map(|floor| floor["doors"].as_array().unwrap());
    cells.find(|cell| cell["label"] == label).unwrap()["status"].as_str().unwrap().to_owned()
}

#[test]
fn a_stair_is_made_recorded_undone_and_redone() {
    let tablet = Tablet::enrolled();
    let plan = tablet.stair();
    assert_eq!(plan["tally"]["doors"], 24, "four floors of six doors");
    assert_eq!(plan["floors"][0]["floor"], 4, "the highest floor comes first");
    let first = tablet.visit(&door(&plan, "401"), "no_answer");
    assert_eq!(first["next"], door(&plan, "402"), "the series goes on to the next door of the landing");
    assert_eq!(status(&tablet.plan(&plan), "401"), "absent", "what was recorded is shown");

    tablet.call("undo", json!({ "action": first["action"] }));
    assert_eq!(status(&tablet.plan(&plan), "401"), "todo", "an undone door is to do again");
    tablet.call("redo", json!({ "action": first["action"] }));
    assert_eq!(status(&tablet.plan(&plan), "401"), "absent", "and redone");

    let floor = tablet.call("record_floor", json!({ "stair": plan["stair"], "floor": 3, "outcome": "no_answer" }));
    assert_eq!(floor["count"], 6, "a whole floor at once");
    tablet.call("undo", json!({ "action": floor["action"] }));
    let after = tablet.plan(&plan);
    assert_eq!(
        (after["tally"]["absent"].as_u64(), after["tally"]["doors"].as_u64()),
        (Some(1), Some(24)),
        "one act, one undo"
    );

    let journal = tablet.call("journal", json!({}));
    let stair = journal["actions"].as_array().unwrap().last().unwrap().clone();
    tablet.call("undo", json!({ "action": stair["id"] }));
    assert_eq!(tablet.call("buildings", json!({}))["buildings"], json!([]), "an undone stair leaves the list");
    tablet.call("redo", json!({ "action": stair["id"] }));
    assert_eq!(tablet.plan(&plan)["tally"]["doors"], 24, "and comes back whole");
}

#[test]
fn a_second_tap_corrects_and_a_later_one_is_another_passage() {
    let tablet = Tablet::enrolled();
    let plan = tablet.stair();
    let door_401 = door(&plan, "401");
    tablet.visit(&door_401, "no_answer");
    tablet.visit(&door_401, "declined");
    let sheet = tablet.call("door", json!({ "door": door_401 }));
    assert_eq!(
        (sheet["cell"]["passages"].as_u64(), sheet["cell"]["status"].as_str()),
        (Some(1), Some("declined")),
        "a slip is corrected"
    );
    tablet.clock.pass(11 * 60_000);
    tablet.call("app_state", json!({}));
    tablet
        .ask("unlock", json!({ "profile": tablet.call("app_state", json!({}))["profiles"][0]["id"], "pin": PIN }))
        .unwrap();
    tablet.visit(&door_401, "opened_brief");
    let sheet = tablet.call("door", json!({ "door": door_401 }));
    assert_eq!(sheet["cell"]["passages"], 2, "eleven minutes later it is another passage");
}

#[test]
fn notes_needs_and_flags_are_changed_and_undone() {
    let tablet = Tablet::enrolled();
    let plan = tablet.stair();
    let door_402 = door(&plan, "402");
    let visit = tablet.visit(&door_402, "opened_brief")["visit"].clone();
    let amend = |note: Json, needs: Json, flags: Json| {
        tablet.call(
            "amend_visit",
            json!({ "visit": visit, "outcome": null, "callback": null, "flags": flags, "note": note, "needs": needs }),
        )
    };
    amend(json!("rappeler"), Json::Null, Json::Null);
    let needs = amend(Json::Null, json!(["logement", "numerique"]), json!(["interpreter"]));
    let line = tablet.call("door", json!({ "door": door_402 }))["visits"][0].clone();
    assert_eq!(
        (line["note"].clone(), line["needs"].clone()),
        (json!("rappeler"), json!(["logement", "numerique"])),
        "both are kept"
    );
    tablet.call("undo", json!({ "action": needs["action"] }));
    let line = tablet.call("door", json!({ "door": door_402 }))["visits"][0].clone();
    assert_eq!(
        (line["note"].clone(), line["needs"].clone(), line["flags"].clone()),
        (json!("rappeler"), json!([]), json!([])),
        "the note stays"
    );
    let refused = tablet.ask("amend_visit", json!({ "visit": visit, "note": "x".repeat(281), "outcome": null, "callback": null, "flags": null, "needs": null }));
    assert_eq!(refused.unwrap_err(), CommandError::field("note"), "a note too long is refused by its field's name");
}

#[test]
fn a_name_needs_an_agreement_and_leaves_with_it() {
    let tablet = Tablet::enrolled();
    let plan = tablet.stair();
    let door_101 = door(&plan, "101");
    let without = json!({ "door": door_101, "language": "fra", "mode": "oral", "by_name": false, "recontact": true });
    let file = tablet.call("open_household", without);
    let person = json!({ "household": file["id"], "person": "", "given_name": "Awa", "family_name": "N’Diaye", "phone": "06 00 00 00 00", "birth_year": 1980 });
    assert_eq!(
        tablet.ask("edit_person", person).unwrap_err().code,
        ErrorCode::AgreementNeeded,
        "no name without an agreement"
    );

    let file = tablet.household(&door(&plan, "102"));
    let person = json!({ "household": file["id"], "person": "", "given_name": "Awa", "family_name": "N’Diaye", "phone": "06 00 00 00 00", "birth_year": 1980 });
    let file = tablet.call("edit_person", person.clone());
    assert_eq!(file["people"][0]["family_name"]["value"], "N’Diaye", "with one, it is kept");
    assert_eq!(
        tablet.call("search", json!({ "text": "ndiaye", "stair": "" }))["hits"][0]["id"],
        file["id"],
        "and found"
    );

    let withdrawn = tablet.call(
        "set_agreement",
        json!({ "household": file["id"], "purpose": "record_nominative", "status": "withdrawn", "mode": "oral" }),
    );
    assert_eq!(withdrawn["people"], json!([]), "withdrawing takes the name away");
    assert_eq!(tablet.call("search", json!({ "text": "ndiaye", "stair": "" }))["hits"], json!([]), "nothing finds it");
    assert_eq!(
        tablet.ask("edit_person", person).unwrap_err().code,
        ErrorCode::AgreementNeeded,
        "and nothing writes it again"
    );
    let journal = tablet.call("journal", json!({}));
    assert_eq!(journal["actions"][0]["can_undo"], false, "a withdrawal is final");
    let people = journal["actions"].as_array().unwrap().iter().find(|act| act["kind"] == "person").unwrap().clone();
    assert_eq!(
        tablet.ask("undo", json!({ "action": people["id"] })).unwrap_err().code,
        ErrorCode::NotUndoable,
        "undo does not bring the name back"
    );
}

#[test]
fn under_the_veil_no_name_leaves_and_absent_still_works() {
    let tablet = Tablet::enrolled();
    let plan = tablet.stair();
    let file = tablet.household(&door(&plan, "201"));
    tablet.call("edit_person", json!({ "household": file["id"], "person": "", "given_name": "Louis", "family_name": "Essai", "phone": null, "birth_year": null }));
    tablet.call("start_outing", json!({ "sector": tablet.sector.to_string(), "team": [], "return_in_minutes": 60 }));
    tablet.clock.pass(61_000);
    assert_eq!(
        tablet.call("app_state", json!({}))["session"]["veiled"],
        true,
        "a minute idle during an outing draws the veil"
    );
    assert_eq!(
        tablet.call("door", json!({ "door": door(&plan, "201") }))["household_name"],
        "",
        "no name on the sheet"
    );
    assert_eq!(
        tablet.call("search", json!({ "text": "essai louis", "stair": "" }))["hits"],
        json!([]),
        "no name in the search"
    );
    assert_eq!(
        tablet.ask("household", json!({ "household": file["id"] })).unwrap_err().code,
        ErrorCode::Veiled,
        "no file without the PIN"
    );
    tablet.visit(&door(&plan, "202"), "no_answer");
    let met =
        tablet.ask("record_visit", json!({ "door": door(&plan, "203"), "outcome": "opened_brief", "callback": "" }));
    assert_eq!(met.unwrap_err().code, ErrorCode::Veiled, "a meeting asks for the PIN");
    assert_eq!(tablet.call("unveil", json!({ "pin": "000001" }))["kind"], "wrong", "a wrong PIN lifts nothing");
    assert_eq!(tablet.call("unveil", json!({ "pin": PIN }))["kind"], "opened", "the PIN lifts the veil");
    assert_eq!(
        tablet.call("door", json!({ "door": door(&plan, "201") }))["household_name"],
        "Louis Essai",
        "and the name is back"
    );
    tablet.clock.pass(10 * 60_000);
    assert_eq!(
        tablet.ask("my_day", json!({})).unwrap_err().code,
        ErrorCode::Locked,
        "ten idle minutes close the profile"
    );
}

#[test]
fn hours_are_proposed_and_corrected_by_hand() {
    let tablet = Tablet::enrolled();
    tablet.call("start_outing", json!({ "sector": tablet.sector.to_string(), "team": [], "return_in_minutes": 30 }));
    let again =
        tablet.ask("start_outing", json!({ "sector": tablet.sector.to_string(), "team": [], "return_in_minutes": 0 }));
    assert_eq!(again.unwrap_err().code, ErrorCode::OutingState, "one outing at a time");
    for _ in 0..8 {
        tablet.clock.pass(5 * 60_000);
        tablet.call("touch", json!({}));
    }
    assert_eq!(tablet.call("my_day", json!({}))["outing"]["overdue"], true, "the planned return is past");
    let line = tablet.call("end_outing", json!({}));
    assert_eq!(line["minutes"], 45, "forty minutes propose three quarters of an hour");
    let line = tablet.call("correct_hours", json!({ "outing": line["id"], "minutes": 60 }));
    assert_eq!((line["minutes"].as_u64(), line["proposed_minutes"].as_u64()), (Some(60), Some(45)), "the hand decides");
}

#[test]
fn nothing_is_answered_while_locked_and_all_is_there_after() {
    let tablet = Tablet::enrolled();
    let plan = tablet.stair();
    tablet.call("lock", json!({}));
    for name in crate::table::NAMES {
        let open_while_locked = ["app_state", "enrol", "choose_pin", "unlock", "lock"];
        if open_while_locked.contains(name) {
            continue;
        }
        let samples = [json!({}), json!({ "pin": PIN }), json!({ "old_pin": PIN, "new_pin": "870353" })];
        let refusals = samples.iter().map(|request| tablet.ask(name, request.clone()));
        for refusal in refusals {
            let code = refusal.expect_err("nothing is answered while locked").code;
            assert!(matches!(code, ErrorCode::Locked | ErrorCode::BadRequest), "{name} says {code:?} while locked");
        }
    }
    // A fresh start of the app, as after a kill.
    let app = App::new(options(tablet.folder.path(), tablet.clock.clone()));
    let state = app.call("app_state", json!({})).unwrap();
    assert_eq!(state["profiles"][0]["display_name"], "Samia", "the card is read before the PIN");
    let profile = state["profiles"][0]["id"].clone();
    assert_eq!(app.call("unlock", json!({ "profile": profile, "pin": "111222" })).unwrap()["kind"], "wrong");
    assert_eq!(app.call("unlock", json!({ "profile": profile, "pin": PIN })).unwrap()["kind"], "opened");
    let again = app.call("stair_plan", json!({ "stair": plan["stair"] })).unwrap();
    assert_eq!(again["tally"]["doors"], 24, "all that was written is there");
}

/// A storage that fails once between the slots and the store: a folder stands where the store's file goes.
struct FailsOnce {
    secret: FileSecret,
    profiles: std::path::PathBuf,
    failed: std::sync::atomic::AtomicBool,
}

type Kept<T> = Result<T, palier_vault::DeviceSecretError>;

impl DeviceSecret for FailsOnce {
    fn get(&self) -> Kept<Option<palier_vault::SecretBytes>> {
        self.secret.get()
    }
    fn put(&self, secret: &palier_vault::SecretBytes) -> Kept<()> {
        self.secret.put(secret)
    }
    fn read_tries(&self, profile: &[u8; 16]) -> Kept<Option<Vec<u8>>> {
        self.secret.read_tries(profile)
    }
    fn write_tries(&self, profile: &[u8; 16], record: &[u8]) -> Kept<()> {
        if !self.failed.swap(true, Ordering::Relaxed) {
            std::fs::create_dir(self.profiles.join(Uuid::from_bytes(*profile).to_string()).join("store.db")).unwrap();
        }
        self.secret.write_tries(profile, record)
    }
}

#[test]
fn a_pin_is_chosen_although_slots_were_left_without_a_store() {
    let folder = tempfile::tempdir().unwrap();
    let app = App::new(options(folder.path(), Arc::new(Hands::default())));
    let made = draft(Uuid::from_u128(11));
    let id = palier_domain::place::derived_id("profile-on-tablet", made.enrolment.enrolled.profile, "5");
    let org = palier_vault::OrgPrivate::random().unwrap().public();
    let left = app.vault(id, Policy::cheap_for_tests());
    left.create(PIN, app.options.device.as_deref(), &org, moment(app.clock())).unwrap();
    app.state().draft = Some(made);
    app.call("choose_pin", json!({ "pin": "905713" })).unwrap();
    app.call("lock", json!({})).unwrap();
    let answer = app.call("unlock", json!({ "profile": id.to_string(), "pin": "905713" })).unwrap();
    assert_eq!(answer["kind"], "opened", "the PIN of the second try is the one");
}

#[test]
fn a_pin_is_chosen_again_and_what_stood_there_is_kept_aside() {
    let folder = tempfile::tempdir().unwrap();
    let profiles = folder.path().join("profiles");
    let secret = FileSecret::in_folder(folder.path().join("device"));
    let mut options = options(folder.path(), Arc::new(Hands::default()));
    options.device = Some(Arc::new(FailsOnce { secret, profiles: profiles.clone(), failed: false.into() }));
    let app = App::new(options);
    app.state().draft = Some(draft(Uuid::from_u128(11)));
    app.call("choose_pin", json!({ "pin": PIN })).expect_err("the store cannot open the first time");
    let state = app.call("choose_pin", json!({ "pin": "905713" })).unwrap();
    assert_eq!(state["session"]["display_name"], "Samia", "the second try opens, with another PIN");
    assert_eq!(state["profiles"].as_array().unwrap().len(), 1, "one profile is shown");
    let mut names: Vec<String> =
        std::fs::read_dir(&profiles).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    assert_eq!(names.get(1), Some(&format!("{}.unfinished-1", names[0])), "the first folder is beside: {names:?}");
    let aside = profiles.join(&names[1]);
    assert!(aside.join("store.db").exists() && aside.join("keyslots.bin").exists(), "the store and its slots together");
}

#[test]
fn a_profile_that_holds_data_is_never_made_anew() {
    let tablet = Tablet::enrolled();
    let plan = tablet.stair();
    tablet.app.state().draft = Some(draft(tablet.sector));
    let refused = tablet.ask("choose_pin", json!({ "pin": "905713" })).expect_err("the profile is there already");
    assert_eq!(refused.code, ErrorCode::Internal, "that is no fault of the PIN");
    tablet.call("lock", json!({}));
    let profile = tablet.call("app_state", json!({}))["profiles"][0]["id"].clone();
    let answer = tablet.call("unlock", json!({ "profile": profile, "pin": PIN }));
    assert_eq!(answer["kind"], "opened", "the old PIN still opens");
    assert_eq!(tablet.plan(&plan)["tally"]["doors"], 24, "and everything is there");
}

#[test]
fn absent_with_a_notice_is_one_act() {
    let tablet = Tablet::enrolled();
    let plan = tablet.stair();
    assert_eq!(plan["first_door"], true, "no door was done today");
    let door = door(&plan, "101");
    let flags = || tablet.call("door", json!({ "door": door }))["visits"][0]["flags"].clone();
    let tap = |flags: Json| {
        tablet.call("record_visit", json!({ "door": door, "outcome": "no_answer", "callback": "", "flags": flags }))
    };
    let first = tap(json!(["flyer_left"]));
    assert_eq!(flags(), json!(["flyer_left"]), "the notice is with the passage");
    assert_eq!(tablet.plan(&plan)["first_door"], false, "the first door is done");
    tablet.call("undo", json!({ "action": first["action"] }));
    assert_eq!(tablet.call("door", json!({ "door": door }))["visits"], json!([]), "one undo takes both");
    tablet.call("redo", json!({ "action": first["action"] }));
    assert_eq!(flags(), json!(["flyer_left"]), "and one redo gives both back");

    tablet.call("undo", json!({ "action": first["action"] }));
    tap(json!([]));
    let corrected = tap(json!(["flyer_left"]));
    assert_eq!(flags(), json!(["flyer_left"]), "a notice is added to the passage of this moment");
    assert_eq!(tablet.call("door", json!({ "door": door }))["cell"]["passages"], 1, "without another passage");
    tap(json!([]));
    assert_eq!(flags(), json!(["flyer_left"]), "a tap without a notice takes none away");
    tablet.call("undo", json!({ "action": corrected["action"] }));
    assert_eq!(flags(), json!([]), "the notice alone is undone");

    tablet.call("veil", json!({}));
    tap(json!(["flyer_left"]));
    let personal = json!({ "door": door, "outcome": "no_answer", "callback": "", "flags": ["interpreter"] });
    let refused = tablet.ask("record_visit", personal).expect_err("an interpreter speaks of a person");
    assert_eq!(refused.code, ErrorCode::Veiled, "that waits for the PIN");
}
