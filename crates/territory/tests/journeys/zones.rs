//! Contours of neighbourhoods, good and bad.

use palier_territory::{QpvStatus, RefusalCode, Zone, ZoneMap, read_zones};

use crate::cast::{anywhere, only, refusals};

const SQUARE: &str = "[[[0.69,47.38],[0.70,47.38],[0.70,47.39],[0.69,47.39],[0.69,47.38]]]";

fn feature(code: &str, geometry: &str) -> String {
    format!(
        r#"{{"type":"Feature","properties":{{"code_qp":"{code}","lib_qp":"Un","insee_com":["37261"]}},"geometry":{geometry}}}"#
    )
}

fn polygon(coordinates: &str) -> String {
    format!(r#"{{"type":"Polygon","coordinates":{coordinates}}}"#)
}

fn collection(features: &[String]) -> String {
    format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(","))
}

#[test]
fn polygons_and_multipolygons_are_read_under_both_names() {
    let multi = format!(r#"{{"type":"MultiPolygon","coordinates":[{SQUARE},{}]}}"#, SQUARE.replace("47.", "48."));
    let other = format!(
        r#"{{"properties":{{"label":"Deux","code":"qn03702m","insee":"37122|37261.0"}},"geometry":{}}}"#,
        polygon(SQUARE)
    );
    let text = collection(&[feature("QN03709M", &multi), other]);
    let reading = read_zones(text.as_bytes(), &anywhere()).expect("a readable file");
    let seen: Vec<(&str, &str, usize)> =
        reading.items.iter().map(|zone| (zone.code.as_str(), zone.name.as_str(), zone.contours.len())).collect();
    assert_eq!(seen, [("QN03709M", "Un", 2), ("QN03702M", "Deux", 1)], "both are read");
    assert_eq!(reading.items[1].communes, ["37122", "37261"], "a list may be a text");
    assert_eq!(reading.items[0].contours[0].outer.len(), 4, "the closing corner is no corner");
}

#[test]
fn each_refused_feature_has_its_reason() {
    let cases = [
        (feature("QN03709M", &polygon(SQUARE)), None),
        (feature("QN03709M", &polygon(SQUARE)), Some(("", RefusalCode::DuplicateCode))),
        (feature("SANITAS", &polygon(SQUARE)), Some(("code_qp", RefusalCode::CodeMalformed))),
        (feature("QN03701A", "null"), Some(("geometry", RefusalCode::GeometryMissing))),
        (
            feature("QN03701B", r#"{"type":"Point","coordinates":[0.69,47.38]}"#),
            Some(("geometry", RefusalCode::GeometryNotPolygon)),
        ),
        (
            feature("QN03701C", &polygon("[[[0.69,47.38],[0.70,47.38],[0.69,47.38]]]")),
            Some(("geometry", RefusalCode::RingTooShort)),
        ),
        (
            feature("QN03701D", &polygon("[[[525000,6700000],[525100,6700000],[525100,6700100]]]")),
            Some(("coordinates", RefusalCode::CoordinatesOutOfRange)),
        ),
        (
            feature("QN03701E", &polygon("[[[47.38,0.69],[47.38,0.70],[47.39,0.70]]]")),
            Some(("coordinates", RefusalCode::CoordinatesSwapped)),
        ),
        (feature("QN03701F", &polygon("[[[\"a\",47.38]]]")), Some(("coordinates", RefusalCode::WrongType))),
        (feature("QN03701G", &polygon("{}")), Some(("coordinates", RefusalCode::WrongType))),
        (feature("QN03701H", &polygon("[]")), Some(("geometry", RefusalCode::GeometryMissing))),
        (r#"{"type":"Feature"}"#.to_owned(), Some(("properties", RefusalCode::WrongType))),
        (r#"{"properties":{"lib_qp":"Sans code"}}"#.to_owned(), Some(("code_qp", RefusalCode::ValueMissing))),
    ];
    let features: Vec<String> = cases.iter().map(|(feature, _)| feature.clone()).collect();
    let reading = read_zones(collection(&features).as_bytes(), &anywhere()).expect("a readable file");
    let expected: Vec<_> =
        (1..).zip(&cases).filter_map(|(rank, (_, fault))| fault.map(|(column, code)| (rank, column, code))).collect();
    assert_eq!(refusals(&reading), expected, "rank, member and reason of each");
    assert_eq!(reading.items.len(), 1, "the good one is taken");
}

#[test]
fn a_file_that_is_none_is_refused_whole() {
    let code = |text: &str| read_zones(text.as_bytes(), &anywhere()).expect_err("a refused file").code;
    assert_eq!(code("[1, 2]"), RefusalCode::NotGeojson, "a list is no GeoJSON");
    assert_eq!(code(r#"{"meta":{}}"#), RefusalCode::NotGeojson, "an object without features");
    assert_eq!(
        code(r#"{"type":"FeatureCollection","features":{}}"#),
        RefusalCode::NotGeojson,
        "features that are no list"
    );
    assert_eq!(code(r#"{"type":"FeatureCollection","features":[]}"#), RefusalCode::NoRows, "an empty collection");
    assert_eq!(code("code_qp;lib_qp\nQN03709M;Sanitas"), RefusalCode::JsonMalformed, "a CSV is no GeoJSON");
    let lambert = collection(&[feature("QN03709M", &polygon(SQUARE))]).replacen(
        '{',
        r#"{"crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::2154"}},"#,
        1,
    );
    assert_eq!(code(&lambert), RefusalCode::CrsNotWgs84, "another reference system");
    let wgs84 = lambert.replace("EPSG::2154", "OGC:1.3:CRS84");
    assert!(read_zones(wgs84.as_bytes(), &anywhere()).is_ok(), "WGS84 said aloud is WGS84");
}

#[test]
fn other_communes_are_passed_over_and_counted() {
    let text = collection(&[feature("QN03709M", &polygon(SQUARE))]);
    let reading = read_zones(text.as_bytes(), &only(&["37003"])).expect("a readable file");
    assert_eq!((reading.items.len(), reading.outside), (0, 1), "none is of the territory");
}

#[test]
fn points_are_placed_as_on_the_ground() {
    // The square is 1,112 m high and 753 m wide.
    let text = collection(&[feature("QN03709M", &polygon(SQUARE))]);
    let zones: Vec<Zone> = read_zones(text.as_bytes(), &anywhere()).expect("a readable file").items;
    let map = ZoneMap::new(&zones);
    for (latitude, longitude, status, code, edge_m) in [
        (47.385, 0.695, QpvStatus::Inside, "QN03709M", 376),
        (47.3803, 0.695, QpvStatus::Inside, "QN03709M", 33),
        (47.3802, 0.695, QpvStatus::ToConfirm, "QN03709M", 22),
        (47.3798, 0.695, QpvStatus::ToConfirm, "QN03709M", 22),
        (47.3797, 0.695, QpvStatus::Outside, "", 33),
        (47.385, 0.7003, QpvStatus::ToConfirm, "QN03709M", 23),
        (47.4, 0.695, QpvStatus::Outside, "", 1112),
    ] {
        let point = palier_territory::Point::from_degrees(latitude, longitude).expect("a point of France");
        let answer = map.locate(Some(point));
        assert_eq!(
            (answer.status, answer.code.as_str(), answer.edge_m),
            (status, code, Some(edge_m)),
            "{latitude}, {longitude}"
        );
    }
}
