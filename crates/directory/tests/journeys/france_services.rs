//! The published list of France services, read where it is; never copied here.

use palier_directory::{Schedule, State};
use palier_domain::calendar::parse_rfc3339;
use palier_territory::{Context, Provenance, read_france_services};
use uuid::Uuid;

#[test]
fn every_schedule_of_the_department_is_evaluated() {
    let Some(folder) = std::env::var_os("PALIER_SHARED") else {
        eprintln!("skipped: PALIER_SHARED is not set, the published list is not here");
        return;
    };
    let path = std::path::Path::new(&folder).join("data/territory/france_services_37_20240801.csv");
    let bytes = std::fs::read(&path).expect("the published list");
    let provenance = Provenance::france_services(Some("2024-08-01".to_owned()));
    let context = Context { territory: Uuid::from_u128(0x37), communes: [].into(), provenance };
    let reading = read_france_services(&bytes, &context).expect("a readable list");
    assert_eq!((reading.items.len(), reading.refused.total()), (32, 0), "all 32 of Indre-et-Loire are read");
    let at = |text: &str| parse_rfc3339(text).unwrap();
    let mut open = 0;
    for structure in &reading.items {
        assert!(!structure.hours.osm.is_empty() && !structure.hours.to_check, "{} has hours", structure.name);
        let schedule = Schedule::read(&structure.hours.osm, vec![]).expect(&structure.hours.osm);
        let holiday = schedule.status(at("2026-11-11T10:00:00+01:00"));
        assert_eq!(holiday.state, State::Closed, "{} is closed on 11 November", structure.name);
        assert!(holiday.opens_ms.is_some(), "{} opens again: {}", structure.name, structure.hours.osm);
        let thursday = schedule.status(at("2026-11-12T10:00:00+01:00"));
        assert_ne!(thursday.state, State::Unknown, "{} is known on a Thursday", structure.name);
        open += usize::from(thursday.state == State::Open);
    }
    println!("32 read, 32 schedules evaluated, {open} open on Thursday 12 November 2026 at 10:00");
    assert!(open > 20, "most are open on a Thursday at ten: {open}");
}
