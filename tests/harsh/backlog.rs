//! What a cut costs when there is more to say than a page: weeks of work both ways, cut at seeded offsets. What was
//! acknowledged or taken in is not carried again; the rest of the page under way is.

use std::path::Path;

use palier_tests::{Carried, Dice, STAIR_DOORS, doors_of, new_stair};
use serde_json::{Value as Json, json};

use crate::ground::{Ground, Hands};
use crate::hands::Step;

/// Staircases that each of the two tells: passages enough for several requests and several pages.
const STAIRS: usize = 8;

/// A page, in bytes: what a cut may cost at most.
const PAGE: u64 = 256 * 1024;

/// What a connection costs before its first request, in bytes both ways: its handshake and the headers of one request.
const CONNECTION: u64 = 8 * 1024;

/// So many cuts, each on a fresh copy of the same tablet and of the same server, which has taken nothing of it yet.
pub fn measure(cuts: usize) -> anyhow::Result<Json> {
    let mut ground = Ground::new(STAIRS * STAIR_DOORS)?;
    for number in 0..STAIRS {
        let stair = new_stair(&ground.karim.app, &format!("{} place des Essais", number + 1))?;
        anyhow::ensure!(doors_of(&ground.karim.app, &stair)?.len() == STAIR_DOORS, "A whole staircase");
        ground.karim.call("record_floor", json!({ "stair": stair, "floor": null, "outcome": "no_answer" }))?;
    }
    ground.karim.sync()?;
    ground.hands.ask(&Step::Stairs { count: STAIRS })?;
    ground.told = STAIRS * STAIR_DOORS;
    ground.hands.kill()?;
    let kept = tempfile::tempdir()?;
    ground.centre.with_data(|data| copied(data, kept.path()))?;
    let whole = resumed(&mut ground, kept.path(), None)?;
    let (mut dice, mut most) = (Dice::new(64), Carried::default());
    for _ in 0..cuts {
        let offset = dice.below(whole.total());
        let carried = resumed(&mut ground, kept.path(), Some(offset))?;
        // Nothing was skipped: times and signatures are not of the same length each time, by a few bytes.
        let told = carried.up + CONNECTION >= whole.up && carried.down + CONNECTION >= whole.down;
        anyhow::ensure!(told, "Cut at {offset} of {whole:?}, only {carried:?} was carried");
        let again = carried.since(whole);
        most = Carried { up: most.up.max(again.up), down: most.down.max(again.down), ..most };
        anyhow::ensure!(again.total() <= PAGE + CONNECTION, "A cut at {offset} of {whole:?} cost {again:?}");
    }
    anyhow::ensure!(whole.up > PAGE && whole.down > PAGE, "More than a page each way: {whole:?}");
    ground.start_hands()?;
    ground.check()?;
    Ok(
        json!({ "cuts": cuts, "up": whole.up, "down": whole.down, "again_up_most": most.up, "again_down_most": most.down }),
    )
}

/// What a copy of the tablet carries until it is up to date, cut once on its way.
fn resumed(ground: &mut Ground, server: &Path, offset: Option<u64>) -> anyhow::Result<Carried> {
    ground.centre.with_data(|data| {
        std::fs::remove_dir_all(data)?;
        copied(server, data)
    })?;
    let copy = tempfile::tempdir()?;
    copied(ground.folder(), copy.path())?;
    let mut hands = Hands::start(copy.path(), &ground.proxy().address(), &ground.stairs)?;
    let before = ground.proxy().carried();
    if let Some(offset) = offset {
        ground.proxy().cut_after(i64::try_from(offset)?);
        let status = hands.ask(&Step::Sync)?;
        // The last bytes only close the connection: a cut there cuts nothing.
        let ended = status.get("state") == Some(&Json::from("up_to_date"));
        anyhow::ensure!(ended || status.get("offline") == Some(&Json::Bool(true)), "Cut at {offset}: {status}");
        ground.proxy().cut_after(-1);
    }
    let status = hands.ask(&Step::Sync)?;
    anyhow::ensure!(status.get("state") == Some(&Json::from("up_to_date")), "On a whole link all is sent: {status}");
    Ok(ground.proxy().carried().since(before))
}

fn copied(from: &Path, to: &Path) -> anyhow::Result<()> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copied(&entry.path(), &target)?;
        } else {
            std::fs::copy(entry.path(), &target)?;
        }
    }
    Ok(())
}
