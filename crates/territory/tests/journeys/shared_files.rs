//! The published files that play the coordinator's own, read where they are; never copied here.

use std::collections::HashMap;

use palier_territory::{
    KnownTerritory, Pack, Point, QpvStatus, Structure, Zone, ZoneMap, plan, read_data_inclusion, read_france_services,
    read_zones,
};

use crate::cast::{anywhere, only, shared};

const COMMUNES_OF_THE_METROPOLE: [&str; 4] = ["37122", "37195", "37233", "37261"];

#[test]
fn the_fifteen_neighbourhoods_are_read() {
    let Some(bytes) = shared("qpv_2024_dep37.geojson") else { return };
    let all = read_zones(&bytes, &anywhere()).expect("the published contours");
    assert_eq!((all.items.len(), all.refused.total(), all.remarks.total()), (15, 0, 0), "all of the department");
    let metropole = read_zones(&bytes, &only(&COMMUNES_OF_THE_METROPOLE)).expect("the published contours");
    assert_eq!((metropole.items.len(), metropole.outside), (13, 2), "the two of Amboise are not of the métropole");
    for fact in palier_territory::demo::QPV_OF_TOURS_METROPOLE {
        let zone = metropole.items.iter().find(|zone| zone.code == fact.code).expect("a code of the decree");
        let commune = zone.communes.first().map(String::as_str);
        assert_eq!((zone.name.as_str(), commune), (fact.name, Some(fact.commune_insee)), "the typed facts agree");
    }
}

/// Status that follows from the expected code and the expected distance.
fn expected_status(code: &str, edge_m: u32) -> QpvStatus {
    match (edge_m <= 25, code.is_empty()) {
        (true, _) => QpvStatus::ToConfirm,
        (false, true) => QpvStatus::Outside,
        (false, false) => QpvStatus::Inside,
    }
}

#[test]
fn the_points_of_reference_are_placed() {
    let Some(contours) = shared("qpv_2024_dep37.geojson") else { return };
    let Some(points) = shared("qpv_point_tests.csv") else { return };
    let zones: Vec<Zone> = read_zones(&contours, &anywhere()).expect("the published contours").items;
    let map = ZoneMap::new(&zones);
    let mut lines = csv::Reader::from_reader(&points[..]);
    let mut seen = 0;
    for line in lines.records() {
        let line = line.expect("a line of the reference");
        let number = |rank: usize| line[rank].parse::<f64>().expect("a number");
        let point = Point::from_degrees(number(1), number(0)).expect("a point of France");
        let (code, edge_m) = (&line[2], line[3].parse::<u32>().expect("a distance"));
        let answer = map.locate(Some(point));
        let name = &line[4];
        assert_eq!(answer.status, expected_status(code, edge_m), "{name}: {answer:?}, {edge_m} m");
        if !code.is_empty() {
            assert_eq!(answer.code, code, "{name}");
        }
        let found = answer.edge_m.expect("a distance");
        assert!(found.abs_diff(edge_m) <= 1 + edge_m / 100, "{name}: {found} m, expected {edge_m} m");
        seen += 1;
    }
    assert_eq!(seen, 47, "every point of the reference");
}

#[test]
fn the_thirty_two_structures_agree_read_both_ways() {
    let Some(csv) = shared("france_services_37_20240801.csv") else { return };
    let Some(json) = shared("structures_37_data_inclusion_v1.json") else { return };
    let from_csv = read_france_services(&csv, &anywhere()).expect("the published list");
    let from_json = read_data_inclusion(&json, &anywhere()).expect("the mapped list");
    for reading in [&from_csv, &from_json] {
        let faults = (reading.refused.total(), reading.remarks.total());
        assert_eq!((reading.items.len(), faults), (32, (0, 0)), "all are taken, without a remark");
    }
    let by_id: HashMap<_, &Structure> = from_json.items.iter().map(|structure| (structure.id, structure)).collect();
    for structure in from_csv.items {
        let other = by_id.get(&structure.id).expect("the same identifier");
        assert_eq!(**other, Structure { by_appointment: None, ..structure }, "the same structure");
    }
}

#[test]
fn a_second_format_of_the_same_structures_changes_nothing() {
    let Some(csv) = shared("france_services_37_20240801.csv") else { return };
    let Some(json) = shared("structures_37_data_inclusion_v1.json") else { return };
    let from_csv = read_france_services(&csv, &anywhere()).expect("the published list");
    let known = KnownTerritory {
        structures: from_csv.items.into_iter().map(|structure| (structure.id, structure)).collect(),
        ..KnownTerritory::default()
    };
    let pack = Pack { structures: read_data_inclusion(&json, &anywhere()).ok(), ..Pack::default() };
    let plan = plan(&known, &pack);
    assert_eq!((plan.new_total(), plan.changed_total(), plan.unchanged_total()), (0, 0, 32), "they are the same");
}

#[test]
fn files_of_another_kind_are_refused_with_a_reason() {
    for file in
        ["data_inclusion_gabarit_sale.xlsx", "qpv_2024_france_gazetteer.json.gz", "communes_tours_metropole.json"]
    {
        let Some(bytes) = shared(file) else { return };
        let zones = read_zones(&bytes, &anywhere()).map(|reading| reading.items.len());
        assert!(zones.is_err(), "{file} is no contour: {zones:?}");
        assert!(palier_territory::read_dwellings(&bytes, &anywhere()).is_err(), "{file} is no list of dwellings");
        println!("{file}: {}", zones.expect_err("refused"));
    }
}
