//! Forty instants at which the answer is known: midnight, holidays, bridge days, closures, change of hour, unknown hours.

use palier_directory::{Closure, Schedule, State};
use palier_domain::calendar::{parse_rfc3339, rfc3339};

const OFFICE: &str = "Mo-Fr 09:00-12:00,13:30-17:00; PH off";
const SILENT: &str = "Mo-Fr 09:00-17:00";
const NIGHT: &str = "Fr 20:00-02:00; PH off";
const DIRTY: &str = "Mo 09:00-12:00; We unknown \"Sur RDV : 9h - 12h\"; Fr 13:30-17:00; PH off";

/// Hours, closure (`from/to` or nothing), instant, state, next sure opening (or nothing).
type Case = (&'static str, &'static str, &'static str, State, &'static str);

use State::{Closed, Open, Unknown};

const CASES: [Case; 40] = [
    // A week of an office; November 2026 begins on a Sunday, Paris is at +01:00.
    (OFFICE, "", "2026-11-23T09:00:00+01:00", Open, "2026-11-23T13:30:00+01:00"),
    (OFFICE, "", "2026-11-23T08:59:59+01:00", Closed, "2026-11-23T09:00:00+01:00"),
    (OFFICE, "", "2026-11-23T11:59:59+01:00", Open, "2026-11-23T13:30:00+01:00"),
    (OFFICE, "", "2026-11-23T12:00:00+01:00", Closed, "2026-11-23T13:30:00+01:00"),
    (OFFICE, "", "2026-11-23T17:00:00+01:00", Closed, "2026-11-24T09:00:00+01:00"),
    (OFFICE, "", "2026-11-27T17:30:00+01:00", Closed, "2026-11-30T09:00:00+01:00"),
    (OFFICE, "", "2026-11-28T10:00:00+01:00", Closed, "2026-11-30T09:00:00+01:00"),
    // The day of Paris is not the day of Greenwich.
    (OFFICE, "", "2026-11-22T23:30:00Z", Closed, "2026-11-23T09:00:00+01:00"),
    ("Mo 00:00-24:00; PH off", "", "2026-11-22T23:30:00Z", Open, "2026-11-30T00:00:00+01:00"),
    // Midnight.
    (NIGHT, "", "2026-11-27T23:59:00+01:00", Open, "2026-12-04T20:00:00+01:00"),
    (NIGHT, "", "2026-11-28T00:00:00+01:00", Open, "2026-12-04T20:00:00+01:00"),
    (NIGHT, "", "2026-11-28T01:59:00+01:00", Open, "2026-12-04T20:00:00+01:00"),
    (NIGHT, "", "2026-11-28T02:00:00+01:00", Closed, "2026-12-04T20:00:00+01:00"),
    (NIGHT, "", "2026-11-27T00:30:00+01:00", Closed, "2026-11-27T20:00:00+01:00"),
    // Holidays: fixed, moving, of the week-end, and those of Alsace-Moselle, which are worked in Tours.
    (OFFICE, "", "2026-11-11T10:00:00+01:00", Closed, "2026-11-12T09:00:00+01:00"),
    (OFFICE, "", "2026-04-06T10:00:00+02:00", Closed, "2026-04-07T09:00:00+02:00"),
    (OFFICE, "", "2026-05-14T10:00:00+02:00", Closed, "2026-05-15T09:00:00+02:00"),
    (OFFICE, "", "2026-05-25T10:00:00+02:00", Closed, "2026-05-26T09:00:00+02:00"),
    (OFFICE, "", "2026-12-25T10:00:00+01:00", Closed, "2026-12-28T09:00:00+01:00"),
    (OFFICE, "", "2026-04-03T10:00:00+02:00", Open, "2026-04-03T13:30:00+02:00"),
    ("Mo-Sa 09:00-12:00; PH off", "", "2026-12-26T10:00:00+01:00", Open, "2026-12-28T09:00:00+01:00"),
    // Hours that say nothing of holidays say nothing sure on one.
    (SILENT, "", "2026-07-14T10:00:00+02:00", Unknown, "2026-07-15T09:00:00+02:00"),
    (SILENT, "", "2026-07-14T20:00:00+02:00", Closed, "2026-07-15T09:00:00+02:00"),
    (SILENT, "", "2026-07-13T18:00:00+02:00", Closed, "2026-07-15T09:00:00+02:00"),
    ("24/7", "", "2026-07-14T10:00:00+02:00", Open, ""),
    // Bridge days are worked unless a closure says otherwise.
    (OFFICE, "", "2026-05-15T10:00:00+02:00", Open, "2026-05-15T13:30:00+02:00"),
    (OFFICE, "2026-05-15/2026-05-15", "2026-05-15T10:00:00+02:00", Closed, "2026-05-18T09:00:00+02:00"),
    (OFFICE, "2026-07-13/2026-07-14", "2026-07-10T18:00:00+02:00", Closed, "2026-07-15T09:00:00+02:00"),
    // Dated closures: first day, last day, the day after, the eve; hours that nobody knows.
    (OFFICE, "2026-12-21/2027-01-03", "2026-12-21T09:30:00+01:00", Closed, "2027-01-04T09:00:00+01:00"),
    (OFFICE, "2026-12-21/2027-01-03", "2027-01-03T23:59:00+01:00", Closed, "2027-01-04T09:00:00+01:00"),
    (OFFICE, "2026-12-21/2027-01-03", "2027-01-04T09:30:00+01:00", Open, "2027-01-04T13:30:00+01:00"),
    (OFFICE, "2026-12-21/2027-01-03", "2026-12-18T17:30:00+01:00", Closed, "2027-01-04T09:00:00+01:00"),
    ("", "2026-12-21/2027-01-03", "2026-12-24T10:00:00+01:00", Closed, ""),
    // Change of hour: 2026-03-29 and 2026-10-25, both on a Sunday.
    (OFFICE, "", "2026-03-28T10:00:00+01:00", Closed, "2026-03-30T09:00:00+02:00"),
    ("Su 02:30-05:00", "", "2026-03-29T01:59:00+01:00", Closed, "2026-03-29T03:30:00+02:00"),
    ("Su 02:30-05:00", "", "2026-10-25T02:40:00+01:00", Open, "2026-11-08T02:30:00+01:00"),
    // Hours that are not known, wholly or for a day, or that hang on what a tablet does not know.
    ("", "", "2026-11-23T10:00:00+01:00", Unknown, ""),
    (DIRTY, "", "2026-11-25T10:00:00+01:00", Unknown, "2026-11-27T13:30:00+01:00"),
    ("Mo-Fr 09:00-12:00; SH off", "", "2026-11-23T10:00:00+01:00", Unknown, ""),
    ("sunrise-sunset", "", "2026-11-23T12:00:00+01:00", Unknown, ""),
];

fn closures(text: &str) -> Vec<Closure> {
    text.split_once('/')
        .map(|(from, to)| Closure { from: from.parse().unwrap(), to: to.parse().unwrap() })
        .into_iter()
        .collect()
}

#[test]
fn the_status_is_right_on_forty_dated_cases() {
    let mut wrong = Vec::new();
    for (hours, closed, at, state, opens) in CASES {
        let status = Schedule::read(hours, closures(closed)).unwrap().status(parse_rfc3339(at).unwrap());
        let expected = (state, parse_rfc3339(opens));
        if (status.state, status.opens_ms) != expected {
            let told = status.opens_ms.map(rfc3339);
            wrong.push(format!("{hours:?} {closed:?} at {at}: {:?} {told:?}, expected {expected:?}", status.state));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_end_of_a_state_is_told() {
    let until = |hours: &str, closed: &str, at: &str| {
        Schedule::read(hours, closures(closed)).unwrap().status(parse_rfc3339(at).unwrap()).until_ms.map(rfc3339)
    };
    assert_eq!(until(OFFICE, "", "2026-11-23T10:00:00+01:00").as_deref(), Some("2026-11-23T11:00:00Z"), "until noon");
    assert_eq!(until(NIGHT, "", "2026-11-27T21:00:00+01:00").as_deref(), Some("2026-11-28T01:00:00Z"), "past midnight");
    let eve = until("24/7", "2026-12-24/2026-12-26", "2026-12-23T10:00:00+01:00");
    assert_eq!(eve.as_deref(), Some("2026-12-23T23:00:00Z"), "a closure ends an opening at midnight");
    assert_eq!(until("24/7", "", "2026-12-23T10:00:00+01:00"), None, "never");
    assert_eq!(
        until("Su 02:30-02:45", "", "2026-10-25T02:40:00+01:00").as_deref(),
        Some("2026-10-25T01:45:00Z"),
        "the second of the two hours that clocks call 02:45"
    );
}

#[test]
fn what_should_make_one_call_first_is_told() {
    let closed = "2026-05-15/2026-05-20";
    let status =
        Schedule::read(OFFICE, closures(closed)).unwrap().status(parse_rfc3339("2026-05-15T10:00:00+02:00").unwrap());
    assert!(status.bridge_day, "the Friday after Ascension");
    assert_eq!(status.closure, closures(closed).first().copied(), "the closure is told with its last day");
    let plain = Schedule::read(OFFICE, vec![]).unwrap().status(parse_rfc3339("2026-05-19T10:00:00+02:00").unwrap());
    assert!(!plain.bridge_day && plain.closure.is_none(), "an ordinary Tuesday");
}

#[test]
fn what_is_not_hours_is_refused_and_unknown() {
    for text in ["Lundi 9h-12h", "Mo 9h", &"Mo 09:00-12:00;".repeat(400)] {
        assert!(Schedule::read(text, vec![]).is_err(), "{text:.20}");
    }
    let status = Schedule::default().status(i64::MAX);
    assert_eq!((status.state, status.opens_ms), (Unknown, None), "an impossible instant");
}

#[test]
fn a_condition_beside_the_hours_is_no_opening() {
    for (hours, expected) in [
        ("Mo 09:00-12:00 \"sur rendez-vous\"; PH off", Unknown),
        ("\"sur rendez-vous\"", Unknown),
        ("Mo 09:00-12:00 open \"accueil au 1er\"; PH off", Open),
        ("Tu 09:00-12:00 \"sur rendez-vous\"; PH off", Closed),
    ] {
        let status = Schedule::read(hours, vec![]).unwrap().status(parse_rfc3339("2026-11-23T10:00:00+01:00").unwrap());
        assert_eq!(status.state, expected, "{hours}");
    }
}
