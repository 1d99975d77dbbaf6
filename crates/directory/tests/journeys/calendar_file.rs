//! The warning before a closed door, and the file that a calendar reads.

use icalendar::{Calendar, Component, EventLike, parser::unfold};
use palier_directory::{Advice, Closure, Reminder, Schedule, advise};
use palier_domain::calendar::parse_rfc3339;

fn at(text: &str) -> i64 {
    parse_rfc3339(text).unwrap()
}

#[test]
fn a_closed_service_warns_and_proposes_its_next_opening() {
    let closure = Closure { from: "2026-12-21".parse().unwrap(), to: "2027-01-03".parse().unwrap() };
    let office = Schedule::read("Mo-Fr 09:00-12:00; PH off", vec![closure]).unwrap();
    let monday = Some(at("2027-01-04T09:00:00+01:00"));
    assert_eq!(advise(&office, at("2026-12-22T10:00:00+01:00")), Advice::ClosedThen { opens_ms: monday }, "closure");
    let noon = Some(at("2027-01-05T12:00:00+01:00"));
    assert_eq!(advise(&office, at("2027-01-05T10:00:00+01:00")), Advice::Go { until_ms: noon }, "open");
    let silent = Schedule::read("Mo-Fr 09:00-12:00", vec![]).unwrap();
    let tuesday = Some(at("2026-05-26T09:00:00+02:00"));
    let holiday = advise(&silent, at("2026-05-25T10:00:00+02:00"));
    assert_eq!(holiday, Advice::CallFirst { opens_ms: tuesday }, "a holiday of which the hours say nothing");
    assert_eq!(
        advise(&Schedule::default(), at("2026-05-26T10:00:00+02:00")),
        Advice::CallFirst { opens_ms: None },
        "unknown"
    );
}

fn reminder() -> Reminder {
    Reminder {
        uid: "orientation-7Q2M".to_owned(),
        service: "France services, l'Étoile ; accueil, 1er étage".to_owned(),
        address: "1 rue des Trois-Parapluies, 37000 Tours".to_owned(),
        note: format!("Apporter : pièce d'identité\r\nBEGIN:VALARM {}", "é".repeat(400)),
        written_ms: at("2026-11-23T10:00:00+01:00"),
        start_ms: at("2027-03-29T09:00:00+02:00"),
        minutes: 30,
    }
}

#[test]
fn the_file_is_read_back_whole() {
    let file = reminder().file().unwrap();
    let calendar: Calendar = unfold(&file).parse().unwrap();
    assert_eq!(calendar.components.len(), 1, "one event, and no alarm that a note would have slipped in");
    let event = calendar.components[0].as_event().unwrap();
    let read = |name: &str| event.property_value(name).unwrap_or_default().to_owned();
    assert_eq!(read("UID"), "orientation-7Q2M");
    assert_eq!((read("DTSTART"), read("DTEND")), ("20270329T070000Z".to_owned(), "20270329T073000Z".to_owned()));
    assert_eq!(read("DTSTAMP"), "20261123T090000Z", "the instant is the caller's, not the machine's");
    assert_eq!(event.get_summary(), Some("France services, l'Étoile ; accueil, 1er étage"), "escaped and read back");
    assert_eq!(event.get_location(), Some("1 rue des Trois-Parapluies, 37000 Tours"));
    assert_eq!(reminder().file().unwrap(), file, "the same reminder writes the same bytes");
}

#[test]
fn the_lines_are_those_of_rfc_5545() {
    let file = reminder().file().unwrap();
    assert!(file.starts_with("BEGIN:VCALENDAR\r\n") && file.ends_with("END:VCALENDAR\r\n"), "one calendar");
    for line in file.split_terminator("\r\n") {
        assert!(line.len() <= 75 && !line.contains(['\r', '\n']), "75 bytes at most, ended by CR LF: {line}");
    }
    for name in ["VERSION:2.0", "PRODID:", "UID:", "DTSTAMP:", "DTSTART:"] {
        assert!(file.lines().any(|line| line.starts_with(name)), "{name} is required");
    }
    assert_eq!(Reminder { start_ms: i64::MAX, ..reminder() }.file(), None, "an impossible instant has no file");
}
