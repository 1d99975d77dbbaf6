//! A tablet killed at any moment: what was answered is there, once, and the next sync converges.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use palier_tests::{CentreSocial, Idle, Tablet};
use serde_json::{Value, json};

/// Kills after a tap, and during a sync.
const TAP_KILLS: usize = 200;
const SYNC_KILLS: usize = 100;

fn stair(tablet: &Tablet) -> Value {
    let sector = tablet.call("app_state", json!({})).unwrap()["session"]["sectors"][0]["id"].clone();
    let made = tablet
        .call(
            "create_stair",
            json!({ "building": "", "address": "1 allée des Essais", "sector": sector, "stair_name": "A",
        "floors": 40, "ground_floor": false, "doors_per_floor": 40, "numbering": "running" }),
        )
        .unwrap();
    made["stair"].clone()
}

fn hand(tablet: &Idle, mode: &str, stair: &Value, from: usize) -> Child {
    let me = std::env::current_exe().unwrap();
    let binary = me.ancestors().skip(1).take(3).map(|folder| folder.join("hand")).find(|path| path.exists());
    Command::new(binary.expect("the hand is built with the tests"))
        .arg(tablet.folder())
        .args([&tablet.link.address(), mode, stair.as_str().unwrap(), &from.to_string()])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap()
}

fn tried(tablet: &Tablet, stair: &Value) -> usize {
    let plan = tablet.call("stair_plan", json!({ "stair": stair })).unwrap();
    usize::try_from(plan["tally"]["tried"].as_u64().unwrap()).unwrap()
}

/// Doors from the first on that are recorded without a hole: the taps came in this order.
fn recorded(tablet: &Tablet, stair: &Value) -> usize {
    let plan = tablet.call("stair_plan", json!({ "stair": stair })).unwrap();
    let floors = plan["floors"].as_array().unwrap().clone();
    let doors = floors.iter().flat_map(|floor| floor["doors"].as_array().unwrap());
    for door in doors.clone() {
        assert!(door["passages"].as_u64().unwrap() <= 1, "no door is recorded twice");
    }
    doors.take_while(|door| door["outcome"] == "no_answer").count()
}

fn check(tablet: &Tablet, stair: &Value, acknowledged: usize, kills: usize) {
    assert_eq!(tablet.app.integrity().unwrap(), Vec::<String>::new(), "every page verifies");
    let recorded = recorded(tablet, stair);
    assert_eq!(recorded, tried(tablet, stair), "taps are a prefix: nothing is there by half");
    assert!(recorded >= acknowledged, "{acknowledged} taps were answered, {recorded} are there");
    assert!(recorded <= acknowledged + kills, "at most the tap under way at each kill was committed and not answered");
}

fn converged(centre: &CentreSocial, tablet: &Tablet) {
    let status = tablet.sync().unwrap();
    assert_eq!(status["state"], "up_to_date", "the next sync sends everything");
    let server = centre.digests().unwrap();
    for scope in tablet.digests().unwrap() {
        assert!(server.contains(&scope), "the server holds the same bytes: {}", scope.0);
    }
}

#[test]
fn killed_after_each_tap_nothing_is_lost() {
    let centre = CentreSocial::open().unwrap();
    let tablet = Tablet::enrolled(&centre, "Samia").unwrap();
    tablet.sync().unwrap();
    let stair = stair(&tablet);
    let idle = tablet.let_go();
    let mut next = 0;
    for _ in 0..TAP_KILLS {
        let mut child = hand(&idle, "tap", &stair, next);
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        next = lines.next().unwrap().unwrap().parse::<usize>().unwrap() + 1;
        child.kill().unwrap();
        // A tap that was answered while the kill was under way is answered all the same.
        next += lines.map_while(Result::ok).count();
        child.wait().unwrap();
    }
    let tablet = idle.take().unwrap();
    check(&tablet, &stair, next, TAP_KILLS);
    converged(&centre, &tablet);
}

#[test]
fn killed_during_a_sync_nothing_is_lost_nor_doubled() {
    let centre = CentreSocial::open().unwrap();
    let tablet = Tablet::enrolled(&centre, "Samia").unwrap();
    tablet.sync().unwrap();
    let stair = stair(&tablet);
    tablet.sync().unwrap();
    let idle = tablet.let_go();
    let (mut next, mut seed) = (0usize, 88_172_645_463_325_252u64);
    for _ in 0..SYNC_KILLS {
        let mut child = hand(&idle, "sync", &stair, next);
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        for line in lines.by_ref().map_while(Result::ok) {
            match line.parse::<usize>() {
                Ok(place) => next = place + 1,
                Err(_) => break,
            }
        }
        // Somewhere in the dialogue: after so many bytes carried from now on.
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        let until = idle.link.carried() + seed % 6_000;
        while idle.link.carried() < until && child.try_wait().unwrap().is_none() {
            std::thread::yield_now();
        }
        child.kill().unwrap();
        next += lines.map_while(Result::ok).filter(|line| line.parse::<usize>().is_ok()).count();
        child.wait().unwrap();
    }
    let tablet = idle.take().unwrap();
    check(&tablet, &stair, next, SYNC_KILLS);
    converged(&centre, &tablet);
}
