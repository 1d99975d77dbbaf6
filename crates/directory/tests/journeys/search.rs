//! Need, words, distance, order.

use palier_directory::{Directory, Entry, Order, Place, Query, Schedule};
use palier_domain::calendar::parse_rfc3339;

const HERE: Place = Place { latitude_e6: 47_390_000, longitude_e6: 690_000 };

fn entry(key: &str, text: &str, theme: &str, north_e6: Option<i32>, hours: &str) -> Entry {
    let mut entry = Entry::new(key, text);
    entry.themes = vec![theme.to_owned()];
    entry.place = north_e6.map(|north| Place { latitude_e6: HERE.latitude_e6 + north, ..HERE });
    entry.schedule = Schedule::read(hours, vec![]).unwrap();
    entry
}

fn directory() -> Directory {
    let day = "Mo-Fr 09:00-12:00; PH off";
    Directory::new(vec![
        entry("far", "Espace numérique", "numerique--utiliser-le-numerique", Some(20_000), day),
        entry(
            "near",
            "Cyberbase de l'Étoile",
            "numerique--acceder-a-du-materiel",
            Some(1_000),
            "Tu 14:00-17:00; PH off",
        ),
        entry("silent", "Accueil numérique", "numerique--utiliser-le-numerique", Some(500), ""),
        entry("nowhere", "Ligne d'écoute numérique", "numerique--utiliser-le-numerique", None, day),
        entry("health", "Centre de santé", "sante--acces-aux-soins", Some(100), day),
        entry("trap", "Autre", "numeriquement--autre", Some(1), day),
    ])
}

fn query(needs: &[&str], words: &str, order: Order) -> Query {
    Query {
        needs: needs.iter().map(|need| (*need).to_owned()).collect(),
        words: words.to_owned(),
        from: Some(HERE),
        at_ms: parse_rfc3339("2026-11-23T10:00:00+01:00").unwrap(),
        order,
        limit: 10,
    }
}

fn keys(directory: &mut Directory, query: &Query) -> Vec<String> {
    directory.search(query).into_iter().map(|found| found.entry.key.clone()).collect()
}

#[test]
fn a_need_is_answered_nearest_first() {
    let mut all = directory();
    let found = keys(&mut all, &query(&["numerique"], "", Order::Nearest));
    assert_eq!(found, ["silent", "near", "far", "nowhere"], "a family takes its themes, and no name that begins alike");
    let one = keys(&mut all, &query(&["numerique--acceder-a-du-materiel", "sante"], "", Order::Nearest));
    assert_eq!(one, ["health", "near"], "one of the needs is enough");
    assert_eq!(keys(&mut all, &query(&[], "", Order::Nearest)).len(), 6, "no need takes everything");
}

#[test]
fn the_open_ones_come_first_and_the_unknown_before_the_closed() {
    let found = keys(&mut directory(), &query(&["numerique"], "", Order::OpenFirst));
    assert_eq!(found, ["far", "nowhere", "silent", "near"], "open by distance, then unknown, then closed");
}

#[test]
fn the_day_turns() {
    let mut all = directory();
    let monday = query(&["numerique"], "", Order::OpenFirst);
    assert_eq!(keys(&mut all, &monday)[0], "far", "Monday morning");
    let tuesday = Query { at_ms: parse_rfc3339("2026-11-24T15:00:00+01:00").unwrap(), ..monday.clone() };
    assert_eq!(keys(&mut all, &tuesday)[0], "near", "Tuesday afternoon is another day of openings");
    assert_eq!(keys(&mut all, &monday)[0], "far", "and Monday again");
}

#[test]
fn words_are_found_without_accents_from_their_beginning() {
    let mut all = directory();
    assert_eq!(keys(&mut all, &query(&[], "etoi CYBER", Order::Nearest)), ["near"], "in any order, any case");
    assert_eq!(keys(&mut all, &query(&[], "base", Order::Nearest)), [""; 0], "not from the middle of a word");
    assert_eq!(keys(&mut all, &query(&["sante"], "numérique", Order::Nearest)), [""; 0], "need and words both hold");
}

#[test]
fn a_walk_is_told_when_both_ends_are_known() {
    let mut all = directory();
    let found = all.search(&query(&["numerique"], "", Order::Nearest));
    let walks: Vec<Option<u32>> = found.iter().map(|found| found.walk_m).collect();
    assert_eq!(walks, [Some(72), Some(145), Some(2_891), None], "metres on foot");
    let limited = all.search(&Query { limit: 2, from: None, ..query(&["numerique"], "", Order::Nearest) });
    assert!(limited.len() == 2 && limited.iter().all(|found| found.walk_m.is_none()), "from nowhere, nothing is far");
}
