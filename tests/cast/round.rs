//! A mediator's round: staircases, doors, and what is told of each.

use anyhow::Context;
use palier_commands::App;
use serde_json::{Value, json};

use crate::Dice;

/// Floors of a staircase of a round, and doors of a floor: as many as a staircase can have.
const FLOORS: usize = 40;
const DOORS: usize = 40;

/// Doors of a staircase that [`new_stair`] makes.
pub const STAIR_DOORS: usize = FLOORS * DOORS;

/// Outcomes in the order of a round, with the slot of those that have one.
const OUTCOMES: [(&str, &str); 8] = [
    ("no_answer", ""),
    ("no_answer", ""),
    ("opened_brief", ""),
    ("no_answer", ""),
    ("callback", "evening"),
    ("declined", ""),
    ("opened_full", ""),
    ("vacant", ""),
];

/// What a mediator notes: pieces of which each note takes some.
const PIECES: [&str; 12] = [
    "sonner deux fois",
    "repasser après 18 h",
    "parle surtout portugais",
    "porte de gauche",
    "a gardé le dépliant de la CAF",
    "demande pour le chèque énergie",
    "ne reçoit pas le courrier",
    "veut en parler au centre jeudi",
    "rendez-vous pris avec l’assistante sociale",
    "ascenseur en panne",
    "interphone muet",
    "attend la réponse de la CPAM",
];

/// Characters of a note of noise: nothing compresses it below three quarters.
const NOISE: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Characters of a note of noise: the longest that a household's may be.
const NOISE_CHARS: usize = 2_000;

/// One door of a plan.
pub struct SeenDoor {
    /// Its id.
    pub id: String,
    /// Passages at it.
    pub passages: u64,
}

/// Makes a staircase of [`STAIR_DOORS`] doors in the first sector of the open profile; answers its id.
///
/// # Errors
/// The command's refusal.
pub fn new_stair(app: &App, address: &str) -> anyhow::Result<String> {
    let state = app.call("app_state", json!({}))?;
    let sector = state.pointer("/session/sectors/0/id").context("The profile works in a sector")?;
    let made = app.call(
        "create_stair",
        json!({ "building": "", "address": address, "sector": sector, "stair_name": "A", "floors": FLOORS,
            "ground_floor": false, "doors_per_floor": DOORS, "numbering": "running" }),
    )?;
    Ok(made.get("stair").and_then(Value::as_str).context("A staircase")?.to_owned())
}

/// The doors of a staircase, in the order of a round.
///
/// # Errors
/// The command's refusal.
pub fn doors_of(app: &App, stair: &str) -> anyhow::Result<Vec<SeenDoor>> {
    let plan = app.call("stair_plan", json!({ "stair": stair }))?;
    let list = |value: &Value, name: &str| value.get(name).and_then(Value::as_array).cloned().unwrap_or_default();
    let doors = list(&plan, "floors").into_iter().flat_map(|floor| list(&floor, "doors"));
    doors
        .map(|door| {
            let id = door.get("id").and_then(Value::as_str).context("A door")?.to_owned();
            Ok(SeenDoor { id, passages: door.get("passages").and_then(Value::as_u64).context("Its passages")? })
        })
        .collect()
}

/// Records the passage at a door whose place in the round is given; every third one has a note as a mediator writes it.
///
/// # Errors
/// The command's refusal.
pub fn tell_visit(app: &App, door: &str, place: usize) -> anyhow::Result<()> {
    let mut outcomes = OUTCOMES.iter().cycle().skip(place % OUTCOMES.len());
    let (outcome, callback) = outcomes.next().copied().unwrap_or(("no_answer", ""));
    let recorded = app.call("record_visit", json!({ "door": door, "outcome": outcome, "callback": callback }))?;
    if place.is_multiple_of(3) {
        let visit = recorded.get("visit").cloned().context("The visit")?;
        let note = written(&mut Dice::new(place as u64 + 1));
        let amended =
            json!({ "visit": visit, "outcome": null, "callback": null, "flags": null, "note": note, "needs": null });
        app.call("amend_visit", amended)?;
    }
    Ok(())
}

/// Records the passage at a door that opened, and a household file with a long note of noise: 1.5 KiB on the wire.
///
/// # Errors
/// The command's refusal.
pub fn tell_noise(app: &App, door: &str, mut dice: Dice) -> anyhow::Result<()> {
    app.call("record_visit", json!({ "door": door, "outcome": "opened_full", "callback": "" }))?;
    let file = app.call(
        "open_household",
        json!({ "door": door, "language": "fra", "mode": "oral", "by_name": false, "recontact": true }),
    )?;
    let household = file.get("id").cloned().context("The household's file")?;
    let note: String = (0..NOISE_CHARS).map(|_| drawn(&mut dice)).collect();
    let edit = json!({ "household": household, "note": note });
    app.call("edit_household", edit)?;
    Ok(())
}

fn drawn(dice: &mut Dice) -> char {
    usize::try_from(dice.below(64)).ok().and_then(|place| NOISE.get(place)).map_or('-', |letter| char::from(*letter))
}

fn written(dice: &mut Dice) -> String {
    let mut note = String::new();
    for _ in 0..1 + dice.below(3) {
        let pieces = PIECES.len() as u64;
        let piece = usize::try_from(dice.below(pieces)).ok().and_then(|place| PIECES.get(place)).copied();
        if !note.is_empty() {
            note.push_str(", ");
        }
        note.push_str(piece.unwrap_or_default());
    }
    note
}
