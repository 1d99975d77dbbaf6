//! Full days, each cut at a seeded offset of its dialogue, while the tablet's process and the server's are killed.

use std::time::Instant;

use palier_tests::Dice;
use serde_json::{Value as Json, json};

use crate::ground::{Ground, number};
use crate::hands::Step;

/// Passages of a day.
const DAY: usize = 60;

/// Of so many days, one in which the tablet is killed, and one in which the server is.
const TABLET_KILLED: u64 = 4;
const SERVER_KILLED: u64 = 8;

/// Days between two whole checks.
const CHECKED_EACH: usize = 250;

/// A page, in bytes: what a cut may cost at most.
const PAGE: u64 = 256 * 1024;

#[derive(Default)]
struct Count {
    cuts: u64,
    tablet_kills: u64,
    server_kills: u64,
    most_again: u64,
}

/// So many days.
pub fn measure(days: usize) -> anyhow::Result<Json> {
    let mut ground = Ground::new((days + 1) * DAY)?;
    let (mut dice, mut count, from) = (Dice::new(20_261_123), Count::default(), Instant::now());
    ground.tell(DAY, false)?;
    let before = ground.proxy().carried();
    ground.finish()?;
    let mut length = ground.proxy().carried().since(before).total();
    for day in 0..days {
        length = one(&mut ground, &mut dice, &mut count, length)?;
        if day % CHECKED_EACH == CHECKED_EACH / 2 {
            ground.check()?;
        }
    }
    ground.check()?;
    anyhow::ensure!(count.most_again <= PAGE, "A cut cost {} bytes again", count.most_again);
    anyhow::ensure!(count.cuts >= days as u64 * 9 / 10, "Nearly every day is cut: {} of {days}", count.cuts);
    anyhow::ensure!(count.tablet_kills > 0 && count.server_kills > 0, "Both were killed");
    let seconds = from.elapsed().as_secs_f64().round();
    Ok(
        json!({ "days": days, "cuts": count.cuts, "tablet_kills": count.tablet_kills, "server_kills": count.server_kills,
        "visits": ground.told, "sent_again_most": count.most_again, "seconds": seconds }),
    )
}

/// One day: told, sent over a link that is cut, perhaps with a kill, then over a whole one. Answers the bytes of a whole sync.
fn one(ground: &mut Ground, dice: &mut Dice, count: &mut Count, length: u64) -> anyhow::Result<u64> {
    let waits = ground.tell(DAY, false)?;
    let before = ground.proxy().carried();
    let offset = dice.below(length);
    ground.proxy().cut_after(i64::try_from(offset)?);
    let moment = before.total() + dice.below(offset.max(1));
    let (tablet_killed, server_killed) = (dice.below(TABLET_KILLED) == 0, dice.below(SERVER_KILLED) == 0);
    ground.hands.begin(&Step::Sync)?;
    if tablet_killed || server_killed {
        ground.wait_for(moment);
    }
    if server_killed {
        ground.centre.kill_and_start()?;
        count.server_kills += 1;
    }
    if tablet_killed {
        ground.hands.kill()?;
        count.tablet_kills += 1;
        count.cuts += 1;
        ground.start_hands()?;
    } else {
        let status = ground.hands.answer()?;
        let status = status.ok_or_else(|| anyhow::anyhow!("The tablet's process ended by itself"))?;
        // A dialogue may be a few bytes shorter than the one before: a cut after its last byte cuts nothing.
        let left = if status.get("offline") == Some(&Json::Bool(true)) { waits } else { 0 };
        anyhow::ensure!(number(&status, "pending")? == left, "Cut at {offset} of {length}, {left} acts wait: {status}");
        count.cuts += u64::from(left > 0);
    }
    let cut = ground.proxy().carried().since(before);
    // All that the cut dialogue carried is counted as carried again.
    count.most_again = count.most_again.max(cut.total());
    let before = ground.proxy().carried();
    ground.finish()?;
    Ok(ground.proxy().carried().since(before).total())
}
