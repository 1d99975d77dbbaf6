//! A cut at every offset of a dialogue of 64 KiB: files full of noise both ways, so that it is as long as that on the wire.
//!
//! Up to the last byte of the request the server has nothing; from then on it has everything and the tablet does not know. A
//! dialogue that was cut is begun again one byte further; now and then a passage more is told, so that what the server takes
//! just before a cut is new to it, and now and then the link is whole, so that both sides begin anew.

use std::time::Instant;

use palier_tests::{Dice, STAIR_DOORS, Tablet, doors_of, new_stair, tell_noise};
use serde_json::{Value as Json, json};

use crate::ground::{Ground, number};
use crate::hands::Step;

/// Offsets, in bytes of the connection, both ways and the handshake included.
const OFFSETS: usize = 64 * 1024;

/// Passages with a file of noise that each of the two tells before a dialogue: about 34 KiB of it on the wire.
const FILLING: usize = 20;

/// Dialogues that are cut before the link is whole again.
const CUT_IN_A_ROW: usize = 512;

/// Dialogues between two passages told.
const NEW_EACH: usize = 16;

/// Cuts at each offset that `step` divides.
pub fn measure(step: usize) -> anyhow::Result<Json> {
    let cuts = OFFSETS.div_ceil(step);
    let refills = cuts.div_ceil(CUT_IN_A_ROW);
    let mut ground = Ground::new(refills * FILLING + cuts.div_ceil(NEW_EACH) + 1)?;
    let mut other = Other::new(&ground.karim)?;
    let (from, mut waits, mut most) = (Instant::now(), 0, 0);
    for (turn, offset) in (0..OFFSETS).step_by(step).enumerate() {
        if turn % CUT_IN_A_ROW == 0 {
            ground.finish()?;
            other.tell(&ground.karim)?;
            waits = ground.tell(FILLING, true)?;
        } else if turn % NEW_EACH == NEW_EACH / 2 {
            waits = ground.tell(1, false)?;
        }
        let before = ground.proxy().carried();
        ground.proxy().cut_after(i64::try_from(offset)?);
        let status = ground.hands.ask(&Step::Sync)?;
        let carried = ground.proxy().carried().since(before);
        anyhow::ensure!(carried.conns == 1 && carried.total() == offset as u64, "Cut at {offset}: {carried:?}");
        let offline = status.get("offline") == Some(&Json::Bool(true));
        let kept = number(&status, "pending")? == waits;
        anyhow::ensure!(offline && kept, "Cut at {offset}, {waits} acts wait still: {status}");
        most = most.max(carried.up);
    }
    let seconds = from.elapsed().as_secs_f64();
    let before = ground.proxy().carried();
    ground.finish()?;
    let whole = ground.proxy().carried().since(before).total();
    anyhow::ensure!(whole > OFFSETS as u64, "The dialogue is longer than the last offset: {whole}");
    ground.check()?;
    Ok(
        json!({ "cuts": cuts, "dialogue": whole, "visits": ground.told, "sent_before_a_cut": most, "seconds": seconds.round() }),
    )
}

/// Karim, who fills the way down.
struct Other {
    doors: Vec<String>,
    stairs: usize,
    told: usize,
}

impl Other {
    fn new(karim: &Tablet) -> anyhow::Result<Self> {
        let mut other = Self { doors: Vec::new(), stairs: 0, told: 0 };
        other.build(karim)?;
        Ok(other)
    }

    fn build(&mut self, karim: &Tablet) -> anyhow::Result<()> {
        self.stairs += 1;
        let stair = new_stair(&karim.app, &format!("{} rue des Essais", self.stairs))?;
        self.doors = doors_of(&karim.app, &stair)?.into_iter().map(|door| door.id).collect();
        self.told = 0;
        Ok(())
    }

    fn tell(&mut self, karim: &Tablet) -> anyhow::Result<()> {
        if self.told + FILLING > STAIR_DOORS {
            self.build(karim)?;
        }
        for door in self.doors.iter().skip(self.told).take(FILLING) {
            let seed = u64::try_from(self.stairs * STAIR_DOORS + self.told)?;
            tell_noise(&karim.app, door, Dice::new(seed << 20))?;
            self.told += 1;
        }
        karim.sync()?;
        Ok(())
    }
}
