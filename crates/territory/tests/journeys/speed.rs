//! A whole city's list in a coordinator's patience.

use std::fmt::Write;
use std::time::{Duration, Instant};

use palier_territory::{KnownTerritory, Pack, plan, read_dwellings};

use crate::cast::anywhere;

const ROWS: usize = 100_000;

fn list() -> String {
    let mut text =
        "DEPCOM;CODEPOSTAL;LIBCOM;NUMVOIE;INDREP;TYPVOIE;NOMVOIE;BAT;ENTREE;ESC;ETAGE;NUMAPPT;latitude;longitude\n"
            .to_owned();
    for rank in 0..ROWS {
        let (building, door) = (rank / 40, rank % 40);
        let (number, street) = (building % 90 + 1, building / 90);
        let (stair, floor, label) = (door / 20, door % 20 / 4, door % 4 + 1);
        writeln!(
            text,
            "37261;37000;TOURS;{number}.0;;ALL;DE LA MARELLE {street};;;{stair};{floor}.0;{floor}0{label};47.3{street:02};0.69"
        )
        .expect("a text grows");
    }
    text
}

#[test]
fn a_hundred_thousand_dwellings_are_read_and_planned() {
    let text = list();
    let start = Instant::now();
    let reading = read_dwellings(text.as_bytes(), &anywhere()).expect("a readable list");
    let read = start.elapsed();
    assert_eq!((reading.rows as usize, reading.refused.total()), (ROWS, 0), "every line is taken");
    let pack = Pack { dwellings: Some(reading), ..Pack::default() };
    let start = Instant::now();
    let plan = plan(&KnownTerritory::default(), &pack);
    let planned = start.elapsed();
    assert_eq!((plan.buildings.new.total, plan.doors.new.total as usize), (2_500, ROWS), "every door is planned");
    println!("{ROWS} dwellings ({} kB): read in {read:?}, planned in {planned:?}", text.len() / 1024);
    // Far above what is measured, even unoptimised on a busy machine: this catches only a reading that became quadratic.
    assert!(read + planned < Duration::from_secs(60), "read in {read:?}, planned in {planned:?}");
}
