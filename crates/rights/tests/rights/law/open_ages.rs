//! Ages that are not known to the day: who is the elder stays open when it may be either, and only then.

use palier_rights::diagnosis::Amounts;
use palier_rights::reading::{Completeness, read};
use serde_json::{Value, json};

use super::super::{NOVEMBER, child, with};
use super::{FRANCE, alone, homeless, with_children};

/// Born some day from the one to the other, with a custody.
fn between(first: &str, last: &str, shared: bool) -> Value {
    let born = json!({ "min": first, "max": last });
    with(child("2004-02-10"), json!({ "date_naissance": born, "garde_alternee": shared }))
}

fn born(day: &str, shared: bool) -> Value {
    with(child(day), json!({ "garde_alternee": shared }))
}

fn amounts(pension: i32, children: Vec<Value>) -> Amounts {
    let parent = alone(json!({ "activite": "retraite", "retraite_mensuelle": pension }));
    // In partial answers no school is written as the empty word.
    let children = children.into_iter().map(|child| with(child, json!({ "scolarite": "" }))).collect();
    let inputs = with_children(homeless(parent), children);
    let household = read(&inputs, NOVEMBER, Completeness::Partial).unwrap();
    Amounts::of(&FRANCE, &household, NOVEMBER)
}

/// Free, not free, or open, with a pension of 1,380: 16,560 a year.
fn free(children: Vec<Value>) -> Option<bool> {
    let free = amounts(1_380, children).health_cover.free;
    match (free.holds(), free.fails()) {
        (true, _) => Some(true),
        (_, true) => Some(false),
        _ => {
            assert_ne!(free.open, 0, "an open condition names the questions that would decide");
            None
        }
    }
}

#[test]
fn the_ceiling_of_health_cover_waits_for_who_is_the_elder() {
    // The elder in shared custody: 10,339 x (1 + 0.25 + 0.3) = 16,025; the younger: 10,339 x (1 + 0.5 + 0.15) = 17,059.
    assert_eq!(free(vec![born("2003-05-10", true), born("2004-02-10", false)]), Some(false), "16,560 above 16,025");
    assert_eq!(free(vec![born("2003-05-10", false), born("2004-02-10", true)]), Some(true), "16,560 under 17,059");
    let open = || between("2003-01-01", "2004-12-31", true);
    assert_eq!(free(vec![open(), born("2004-02-10", false)]), None, "either may be the elder");
    assert_eq!(free(vec![open(), between("2003-01-01", "2004-12-31", false)]), None, "neither birth is known");
    let earlier = || between("2002-01-01", "2002-12-31", true);
    assert_eq!(free(vec![earlier(), born("2004-02-10", false)]), Some(false), "any day of 2002 is before");
    assert_eq!(free(vec![born("2004-02-10", false), earlier()]), Some(false), "in whatever order they are told");
    assert_eq!(
        free(vec![earlier(), between("2003-01-01", "2004-12-31", false)]),
        Some(false),
        "two years that do not meet"
    );
    // On the same day the first told comes first, and that would be the other one.
    let until = between("2003-01-01", "2004-02-10", true);
    assert_eq!(free(vec![born("2004-02-10", false), until]), None, "the last day is that of the other");
    assert_eq!(free(vec![born("2004-02-10", false), born("2004-02-10", true)]), Some(true), "twins, as told");
    // Perhaps 25 years: then the other is alone with the parent and adds half of 10,339.
    let grown = between("2001-01-01", "2002-12-31", false);
    assert_eq!(free(vec![grown, born("2004-02-10", false)]), None, "18,610, or 15,509 without the elder");
}

#[test]
fn the_increase_of_family_allowance_leans_on_both_births() {
    // Both over 14 and born before March 2012; one of the two is the elder.
    let of = |elder: Value| amounts(0, vec![elder, born("2011-05-10", false)]).af;
    let open = of(between("2011-01-01", "2011-10-31", false));
    let (lo, hi) = open.cents();
    assert!(lo <= 22_952 && 22_952 <= hi, "153.01 + 76.5056 whoever it is: {lo} to {hi}");
    assert_ne!(open.open, 0, "an open amount names the questions that would decide");
    let known = of(between("2010-01-01", "2010-10-31", false));
    assert_eq!(known.cents(), (22_952, 22_952), "any day of 2010 is before");
}
