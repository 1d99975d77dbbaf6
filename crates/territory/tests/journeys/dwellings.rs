//! Lists of dwellings, with everything that spreadsheets and exports do to them.

use palier_domain::place;
use palier_territory::{Building, Encoding, Point, Reading, RefusalCode, read_dwellings};

use crate::cast::{TERRITORY, anywhere, only, refusals, remarks};

const HEADER: &str = "DEPCOM;CODEPOSTAL;LIBCOM;NUMVOIE;INDREP;TYPVOIE;NOMVOIE;BAT;ENTREE;ESC;ETAGE;NUMAPPT";

fn read(text: &str) -> Reading<Building> {
    read_dwellings(text.as_bytes(), &anywhere()).expect("a readable file")
}

fn whole_refusal(bytes: &[u8]) -> (RefusalCode, Option<u32>, String) {
    let refusal = read_dwellings(bytes, &anywhere()).expect_err("a refused file");
    (refusal.code, refusal.line, refusal.expected)
}

#[test]
fn a_list_becomes_buildings_stairs_and_doors() {
    let reading = read(&format!(
        "{HEADER}\n\
         37261;37000;TOURS;12;BIS;ALL;DU CERF VOLANT;;;A;RDC;001\n\
         37261;37000;TOURS;12;BIS;ALL;DU CERF VOLANT;;;A;1;101\n\
         37261;37000;TOURS;12;BIS;ALL;DU CERF VOLANT;;;B;1;101\n\
         37261;37000;TOURS;14;;ALL;DU CERF VOLANT;;;;-1;gauche\n"
    ));
    assert_eq!((reading.rows, reading.refused.total(), reading.items.len()), (4, 0, 2), "two buildings of four lines");
    let building = &reading.items[0];
    assert_eq!(building.address, "12 bis allée du Cerf Volant", "capitals and short forms are written for people");
    assert_eq!((building.commune.as_str(), building.postcode.as_str()), ("TOURS", "37000"), "the commune is kept");
    let stairs: Vec<(&str, usize)> =
        building.stairs.iter().map(|stair| (stair.name.as_str(), stair.doors.len())).collect();
    assert_eq!(stairs, [("Escalier A", 2), ("Escalier B", 1)], "stairs keep the order of the file");
    let door = &building.stairs[0].doors[1];
    assert_eq!((door.floor, door.label.as_str()), (1, "101"), "floor and label are kept");
    assert_eq!(reading.items[1].stairs[0].doors[0].floor, -1, "a basement has doors too");
}

#[test]
fn ids_are_those_a_tablet_gives() {
    let reading = read(&format!("{HEADER}\n37261;37000;TOURS;012;BIS;ALL;DU CERF VOLANT;;;A;03;0301.0\n"));
    let building = place::building_id(TERRITORY, "12bis, allée du Cerf-Volant", "37261");
    let stair = place::stair_id(building, "esc. a");
    let door = place::door_id(stair, 3, "Porte 301");
    let read = &reading.items[0];
    assert_eq!(
        (read.id, read.stairs[0].id, read.stairs[0].doors[0].id),
        (building, stair, door),
        "one door, one record"
    );
}

#[test]
fn separators_marks_and_encodings_make_no_difference() {
    let lines = format!(
        "{HEADER}\n37261;37000;TOURS;1;;RUE;DES ÉTOILES;;;;1;11\n37122;37300;JOUÉ-LÈS-TOURS;2;;RUE;D'ICI;;;;0;2\n"
    );
    let expected = read(&lines);
    let (latin, _, lost) = encoding_rs::WINDOWS_1252.encode(&lines);
    assert!(!lost, "the fixture holds in Windows-1252");
    for (name, bytes) in [
        ("comma", lines.replace(';', ",").into_bytes()),
        ("tab", lines.replace(';', "\t").into_bytes()),
        ("byte order mark", [b"\xEF\xBB\xBF", lines.as_bytes()].concat()),
        ("CRLF", lines.replace('\n', "\r\n").into_bytes()),
        ("sep=", format!("sep=;\r\n{lines}").into_bytes()),
        ("Windows-1252", latin.to_vec()),
        ("small header", lines.replace(HEADER, &HEADER.to_lowercase()).into_bytes()),
        ("other columns", lines.replace("NUMAPPT\n", "NUMAPPT;FINAN;QPV\n").into_bytes()),
    ] {
        let reading = read_dwellings(&bytes, &anywhere()).expect("a readable file");
        let ids = |reading: &Reading<Building>| {
            reading
                .items
                .iter()
                .map(|building| (building.id, building.address.clone(), building.stairs.clone()))
                .collect::<Vec<_>>()
        };
        assert_eq!(ids(&reading), ids(&expected), "{name} changes nothing");
        let encoding = if name == "Windows-1252" { Encoding::Windows1252 } else { Encoding::Utf8 };
        assert_eq!(reading.encoding, encoding, "{name}: the encoding found is told");
    }
}

#[test]
fn numbers_come_back_from_a_spreadsheet() {
    let reading = read(&format!(
        "{HEADER}\n37261.0;37000.0;TOURS;12.0;;RUE;DES ÉTOILES;1.0;;;3.0;301.0\n1004;1500;AMBÉRIEU;7;;RUE;D'ICI;;;;00;02\n"
    ));
    let [tours, amberieu] = &reading.items[..] else { panic!("two buildings") };
    assert_eq!((tours.address.as_str(), tours.commune_insee.as_str()), ("12 rue des Étoiles", "37261"), "no decimals");
    assert_eq!(tours.stairs[0].name, "Bât. 1", "no decimals in a stair's name");
    assert_eq!(tours.stairs[0].doors[0].label, "301", "no decimals on a door");
    assert_eq!((amberieu.commune_insee.as_str(), amberieu.postcode.as_str()), ("01004", "01500"), "zeros come back");
    assert_eq!(amberieu.stairs[0].doors[0].label, "02", "a label stays as it is read on the door");
}

#[test]
fn each_refused_line_has_its_place_and_its_reason() {
    let reading = read(&format!(
        "{HEADER}\n\
         37261;37000;TOURS;1;;RUE;DES ETOILES;;;;1;11\n\
         3726X;37000;TOURS;1;;RUE;DES ETOILES;;;;1;12\n\
         37261;37000;TOURS;;;RUE;DES ETOILES;;;;1;13\n\
         37261;37000;TOURS;abc;;RUE;DES ETOILES;;;;1;14\n\
         37261;37000;TOURS;1;;RUE;-;;;;1;15\n\
         37261;37000;TOURS;1;;RUE;DES ETOILES;;;;haut;16\n\
         37261;37000;TOURS;1;;RUE;DES ETOILES;;;;;17\n\
         37261;37000;TOURS;1;;RUE;DES ETOILES;;;;1;\n\
         37261;37000;TOURS;1;;RUE;DES ETOILES;;;;1;Porte\n\
         37261;37000;TOURS;1;;RUE;DES ETOILES;;;;1;Appt 11\n\
         37261;37000;TOURS;1;;RUE;DES; ETOILES;;;;1;19\n\
         37261;37000;TOURS;1;;RUE;DES ETOILES;;;;1;20\n"
    ));
    assert_eq!(
        refusals(&reading),
        [
            (3, "DEPCOM", RefusalCode::InseeMalformed),
            (4, "NUMVOIE", RefusalCode::ValueMissing),
            (5, "NUMVOIE", RefusalCode::HouseNumberUnreadable),
            (6, "NOMVOIE", RefusalCode::ValueMissing),
            (7, "ETAGE", RefusalCode::FloorUnreadable),
            (8, "ETAGE", RefusalCode::ValueMissing),
            (9, "NUMAPPT", RefusalCode::ValueMissing),
            (10, "NUMAPPT", RefusalCode::LabelUnreadable),
            (11, "NUMAPPT", RefusalCode::DuplicateDwelling),
            (12, "", RefusalCode::ExtraValues),
        ],
        "line, column and reason of each"
    );
    assert_eq!(reading.refused.list.shown[8].expected, "2", "a repeated door names its first line");
    assert_eq!(reading.items[0].door_count(), 2, "the good lines around them are taken");
}

#[test]
fn a_file_that_is_none_is_refused_whole() {
    let (code, line, expected) = whole_refusal(HEADER.replace("ETAGE;", "").as_bytes());
    assert_eq!((code, line, expected.as_str()), (RefusalCode::ColumnMissing, Some(1), "ETAGE"), "the column is named");
    assert_eq!(whole_refusal(HEADER.as_bytes()).0, RefusalCode::NoRows, "a header alone");
    assert_eq!(whole_refusal(b"").0, RefusalCode::FileEmpty, "nothing at all");
    assert_eq!(
        whole_refusal(b"{\"type\":\"FeatureCollection\"}").0,
        RefusalCode::ColumnMissing,
        "another kind of file"
    );
    let utf16: Vec<u8> = [0xFF, 0xFE].into_iter().chain(HEADER.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    assert_eq!(whole_refusal(&utf16).0, RefusalCode::EncodingUtf16, "the Unicode text of a spreadsheet program");
    let dos = [HEADER.as_bytes(), b"\n37261;37000;TOURS;1;;rue;de la libert\x82;;;;1;1\n"].concat();
    assert_eq!(whole_refusal(&dos), (RefusalCode::EncodingUnknown, Some(2), String::new()), "an old DOS export");
    let open =
        format!("{HEADER}\n37261;37000;TOURS;1;;RUE;\"DES ETOILES;;;;1;11\n37261;37000;TOURS;1;;RUE;D'ICI;;;;1;1\n");
    assert_eq!(whole_refusal(open.as_bytes()).0, RefusalCode::UnclosedQuote, "what follows would be lost");
}

#[test]
fn points_come_in_degrees_or_lambert_and_faults_are_told() {
    let reading = read(
        "DEPCOM;NUMVOIE;NOMVOIE;ETAGE;NUMAPPT;latitude;longitude;x;y\n\
         37261;1;rue A;0;1;47,39;0,69;;\n\
         31591;9;rue B;0;1;;;539416.13;6225601.11\n\
         37261;2;rue C;0;1;0.69;47.39;;\n\
         37261;2;rue C;0;2;47.39;0.69;;\n\
         37261;3;rue D;0;1;;;;\n\
         37261;1;rue A;0;2;47.40;0.69;;\n\
         37261;1;rue A;0;3;47.40;0.69;;\n",
    );
    let points: Vec<Option<Point>> = reading.items.iter().map(|building| building.point).collect();
    let at = |latitude, longitude| Some(Point::from_degrees(latitude, longitude).expect("a point of France"));
    assert_eq!(
        points,
        [at(47.39, 0.69), at(43.111_637, 1.028_392), at(47.39, 0.69), None],
        "the first good point is kept"
    );
    assert_eq!(
        remarks(&reading),
        [RefusalCode::PointUnreadable, RefusalCode::PointsDisagree],
        "each fault is told once"
    );
    assert_eq!(reading.remarks.list.shown[0].expected, "coordinates_swapped", "and the reason with it");
    assert_eq!(reading.refused.total(), 0, "a dwelling without a point is a dwelling");
}

#[test]
fn other_communes_are_passed_over_and_counted() {
    let text = format!("{HEADER}\n37261;37000;TOURS;1;;RUE;A;;;;1;11\n37003;37400;AMBOISE;1;;RUE;A;;;;1;11\n");
    let reading = read_dwellings(text.as_bytes(), &only(&["37261"])).expect("a readable file");
    assert_eq!((reading.items.len(), reading.outside, reading.rows), (1, 1, 2), "one of two is of the territory");
}

#[test]
fn stairs_that_read_the_same_are_put_together_and_told() {
    let reading =
        read(&format!("{HEADER}\n37261;;;1;;RUE;A;C;;;1;11\n37261;;;1;;RUE;A;;;C;1;12\n37261;;;1;;RUE;A;;;C;1;11\n"));
    let same = read(&format!("{HEADER}\n37261;;;1;;RUE;A;01;;;1;11\n37261;;;1;;RUE;A;Bât. 1;;;1;12\n"));
    assert_eq!((same.items[0].stairs.len(), same.remarks.total()), (1, 0), "two forms of one name are no merge");
    assert_eq!(reading.items[0].stairs.len(), 1, "building C and stair C are one name on the ground");
    assert_eq!(remarks(&reading), [RefusalCode::StairsMerged], "and it is said");
    assert_eq!(refusals(&reading), [(4, "NUMAPPT", RefusalCode::DuplicateDwelling)], "a door they share is told");
}

#[test]
fn a_letter_box_names_a_door_without_a_number() {
    let reading = read("DEPCOM,NUMVOIE,NOMVOIE,ETAGE,NUMAPPT,NUMBOITE\n37261,1,rue A,2,,14.0\n");
    assert_eq!(reading.items[0].stairs[0].doors[0].label, "Boîte 14", "better than a refusal, and it says what it is");
}
