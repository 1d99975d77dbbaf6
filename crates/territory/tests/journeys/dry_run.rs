//! The dry run: new, changed, unchanged, refused; the same file twice; what people corrected stays.

use palier_domain::place;
use palier_territory::{
    Change, FieldChange, ImportPlan, KnownBuilding, KnownTerritory, Pack, QpvStatus, RecordEdit, RefusalCode, demo,
    plan, read_dwellings, read_structures, read_zones,
};
use uuid::Uuid;

use crate::cast::{TERRITORY, anywhere};

const HEADER: &str = "DEPCOM;CODEPOSTAL;LIBCOM;NUMVOIE;NOMVOIE;ESC;ETAGE;NUMAPPT;latitude;longitude";
const LINES: &str = "37261;37000;Tours;1;rue A;A;1;11;47.385;0.695\n37261;37000;Tours;1;rue A;A;1;12;;\n37261;37000;Tours;2;rue A;;RDC;gauche;;\n";
const SQUARE: &str = r#"{"type":"FeatureCollection","features":[{"properties":{"code_qp":"QN03709M","lib_qp":"Un"},"geometry":
    {"type":"Polygon","coordinates":[[[0.69,47.38],[0.70,47.38],[0.70,47.39],[0.69,47.39]]]}}]}"#;

fn dwellings(lines: &str) -> Pack {
    let text = format!("{HEADER}\n{lines}");
    Pack { dwellings: Some(read_dwellings(text.as_bytes(), &anywhere()).expect("a readable list")), ..Pack::default() }
}

fn zones(text: &str) -> Pack {
    Pack { zones: Some(read_zones(text.as_bytes(), &anywhere()).expect("readable contours")), ..Pack::default() }
}

/// Writes an accepted plan, as the server does.
fn accept(known: &mut KnownTerritory, plan: &ImportPlan) {
    for edit in &plan.edits {
        match edit {
            RecordEdit::Zone(zone) => {
                known.zones.retain(|old| old.code != zone.code);
                known.zones.push((**zone).clone());
            }
            RecordEdit::Building(edit) => {
                assert_eq!(edit.new, !known.buildings.contains_key(&edit.id), "new is said of what is new");
                let building = known.buildings.entry(edit.id).or_default();
                let set = |field: &mut String, value: &Option<String>| {
                    if let Some(value) = value {
                        field.clone_from(value);
                    }
                };
                set(&mut building.address, &edit.address);
                set(&mut building.commune, &edit.commune);
                set(&mut building.postcode, &edit.postcode);
                building.point = edit.point.or(building.point);
                if let Some((code, status)) = &edit.qpv {
                    building.qpv.clone_from(code);
                    building.qpv_status = Some(*status);
                }
            }
            RecordEdit::Stair(stair) => assert!(known.stairs.insert(stair.id), "a stair is new once"),
            RecordEdit::Door(door) => assert!(known.doors.insert(door.id), "a door is new once"),
            RecordEdit::Structure(structure) => {
                known.structures.insert(structure.id, (**structure).clone());
            }
            RecordEdit::Service(service) => {
                known.services.insert(service.id, (**service).clone());
            }
        }
    }
}

/// Plans and accepts at once.
fn import(known: &mut KnownTerritory, pack: &Pack) {
    let plan = plan(known, pack);
    accept(known, &plan);
}

fn totals(plan: &ImportPlan) -> (u32, u32, u32, u32) {
    (plan.new_total(), plan.changed_total(), plan.unchanged_total(), plan.refused_total())
}

#[test]
fn the_same_file_twice_plans_nothing() {
    let mut known = KnownTerritory::default();
    let pack = Pack { zones: zones(SQUARE).zones, ..dwellings(LINES) };
    let first = plan(&known, &pack);
    assert_eq!(totals(&first), (8, 0, 0, 0), "one neighbourhood, two buildings, two stairs, three doors");
    accept(&mut known, &first);
    let second = plan(&known, &pack);
    assert_eq!((totals(&second), second.edits.len()), ((0, 0, 8, 0), 0), "all is there and the same");
    let demo = demo::territory();
    let mut known = demo.known();
    accept(&mut known, &demo.plan());
    let again = plan(&known, &demo.pack);
    assert_eq!((again.new_total(), again.changed_total(), again.edits.len()), (0, 0, 0), "so is the demonstration");
}

#[test]
fn a_changed_field_is_shown_old_and_new_and_alone_is_written() {
    let mut known = KnownTerritory::default();
    import(&mut known, &dwellings(LINES));
    let changed = plan(&known, &dwellings(&LINES.replace("37000", "37100").replace("47.385", "47.386")));
    assert_eq!(totals(&changed), (0, 2, 5, 0), "both buildings change, their stairs and doors do not");
    let field = |field, old: &str, new: &str| FieldChange { field, old: old.to_owned(), new: new.to_owned() };
    let expected = Change {
        name: "1 rue A, Tours".to_owned(),
        fields: vec![field("postcode", "37000", "37100"), field("point", "47.385000, 0.695000", "47.386000, 0.695000")],
    };
    assert_eq!(changed.buildings.changed.shown[0], expected, "field, old and new");
    let RecordEdit::Building(edit) = &changed.edits[0] else { panic!("a building") };
    assert!(edit.commune.is_none() && edit.address.is_none() && edit.qpv.is_none(), "what is the same is not written");
}

#[test]
fn an_empty_value_takes_nothing_away() {
    let mut known = KnownTerritory::default();
    import(&mut known, &dwellings(LINES));
    let louder = plan(&known, &dwellings(&LINES.replace("Tours", "TOURS")));
    assert_eq!(louder.changed_total(), 0, "capitals are no change");
    let poorer = plan(&known, &dwellings("37261;;;1;rue A;A;1;11;;\n"));
    assert_eq!(totals(&poorer), (0, 0, 3, 0), "the postcode, the commune, the point and the other doors stay");
}

#[test]
fn contours_give_known_buildings_their_neighbourhood() {
    let mut known = KnownTerritory::default();
    let first = plan(&known, &dwellings(LINES));
    assert_eq!(first.qpv.get("unknown"), Some(&2), "no contour yet");
    accept(&mut known, &first);
    let contours = plan(&known, &zones(SQUARE));
    let change = &contours.buildings.changed.shown[0].fields[0];
    assert_eq!(
        (change.field, change.old.as_str(), change.new.as_str()),
        ("qpv", "unknown", "inside QN03709M"),
        "it is told"
    );
    assert_eq!(
        (contours.buildings.changed.total, contours.buildings.unchanged),
        (1, 0),
        "a building without a point stays"
    );
    accept(&mut known, &contours);
    let moved = plan(&known, &zones(&SQUARE.replace("47.38]", "47.3849]")));
    assert_eq!(moved.zones.changed.shown[0].fields[0].field, "contour", "a moved contour is told");
    assert_eq!(moved.buildings.changed.shown[0].fields[0].new, "to_confirm QN03709M", "11 m from its new edge");
    for building in known.buildings.values_mut() {
        building.qpv_settled = true;
    }
    assert_eq!(
        plan(&known, &zones(&SQUARE.replace("47.38]", "47.3849]"))).buildings.changed.total,
        0,
        "a person has said"
    );
}

#[test]
fn sectors_follow_the_neighbourhood() {
    let (sector, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
    let pack = Pack { zones: zones(SQUARE).zones, ..dwellings(LINES) };
    let mut known = KnownTerritory::default();
    assert_eq!(plan(&known, &pack).without_sector, 2, "no sector is known: the coordinator is told");
    known.sector_of_zone.insert("QN03709M".to_owned(), sector);
    known.default_sector = Some(other);
    let sectors: Vec<_> = plan(&known, &pack)
        .edits
        .iter()
        .filter_map(|edit| if let RecordEdit::Building(building) = edit { building.sector } else { None })
        .collect();
    assert_eq!(sectors, [sector, other], "inside, then without a point");
}

#[test]
fn joined_places_are_not_made_again() {
    let mut known = KnownTerritory::default();
    import(&mut known, &dwellings(LINES));
    // "1 r. Aa" was typed on a tablet and later joined to "1 rue A".
    let typo = place::building_id(TERRITORY, "1 rue Aa", "37261");
    let kept = place::building_id(TERRITORY, "1 rue A", "37261");
    known.aliases.insert(typo, kept);
    let file = LINES.replace("1;rue A;", "1;rue Aa;");
    let plan_of_typo = plan(&known, &dwellings(&file));
    assert_eq!(
        totals(&plan_of_typo),
        (0, 0, 7, 0),
        "the building, the stair and the doors are those of the place kept"
    );
    let more = plan(&known, &dwellings(&file.replace("A;1;12", "A;1;13")));
    let RecordEdit::Door(door) = &more.edits[0] else { panic!("a door") };
    let stair = place::stair_id(kept, "A");
    assert_eq!((door.stair, door.id), (stair, place::door_id(stair, 1, "13")), "a new door is named by the place kept");
}

#[test]
fn labels_that_people_corrected_stay() {
    let mut known = KnownTerritory::default();
    let id = place::building_id(TERRITORY, "1 rue A", "37261");
    let corrected = KnownBuilding { address: "1 rue de l'Atelier".to_owned(), ..KnownBuilding::default() };
    known.buildings.insert(id, corrected);
    let plan = plan(&known, &dwellings(LINES));
    let fields: Vec<&str> = plan.buildings.changed.shown[0].fields.iter().map(|change| change.field).collect();
    assert_eq!(fields, ["commune", "postcode", "point"], "the address is not among what changes");
    assert!(plan.buildings.changed.shown[0].name.starts_with("1 rue de l'Atelier"), "and the corrected one is shown");
}

#[test]
fn structures_change_by_field_and_keep_what_the_file_leaves_out() {
    let read = |text: &str| Pack { structures: read_structures(text.as_bytes(), &anywhere()).ok(), ..Pack::default() };
    let full = r#"[{"id":"s--1","source":"s","nom":"Une","date_maj":"2024-08-01","telephone":"02 61 91 00 01",
        "horaires_accueil":"Mo-Fr 09:00-12:00","latitude":47.39,"longitude":0.69}]"#;
    let mut known = KnownTerritory::default();
    import(&mut known, &read(full));
    assert_eq!(totals(&plan(&known, &read(full))), (0, 0, 1, 0), "the same list changes nothing");
    let newer =
        r#"[{"id":"s--1","source":"s","nom":"Une","date_maj":"2025-01-01","horaires_accueil":"Mo-Fr 09:00-13:00"}]"#;
    let change = plan(&known, &read(newer));
    let fields: Vec<&str> = change.structures.changed.shown[0].fields.iter().map(|change| change.field).collect();
    assert_eq!(fields, ["updated_on", "hours"], "only what differs");
    accept(&mut known, &change);
    let stored = known.structures.values().next().expect("one structure");
    assert_eq!((stored.phone.as_str(), stored.point.is_some()), ("02 61 91 00 01", true), "what is left out stays");
}

#[test]
fn refusals_are_counted_whole_and_listed_in_part() {
    let lines: String = (0..500).map(|number| format!("37261;37000;Tours;1;rue A;A;haut;{number};;\n")).collect();
    let plan = plan(&KnownTerritory::default(), &dwellings(&lines));
    let file = &plan.files[0];
    assert_eq!(
        (file.rows, file.refused.total(), file.refused.list.shown.len()),
        (500, 500, 200),
        "all counted, 200 listed"
    );
    assert_eq!(plan.refused_by_code().get(&RefusalCode::FloorUnreadable), Some(&500), "and by reason");
    assert!(plan.edits.is_empty(), "nothing would be written");
    let shown = serde_json::to_value(&plan).expect("a plan is shown");
    assert_eq!(shown["files"][0]["refused"]["list"]["shown"][0]["code"], "floor_unreadable", "codes, not words");
    assert_eq!(shown["files"][0]["refused"]["list"]["shown"][0]["line"], 2, "with their line");
    assert!(shown.get("edits").is_none(), "what is written is not sent to the screen");
}

#[test]
fn statuses_are_the_codes_that_records_hold() {
    let codes =
        [QpvStatus::Inside, QpvStatus::Outside, QpvStatus::ToConfirm, QpvStatus::Unknown].map(QpvStatus::as_str);
    assert_eq!(codes, ["inside", "outside", "to_confirm", "unknown"], "as the screens read them");
}
