//! The demonstration territory: of the promised size, marked as made up, the same every time.

use std::collections::HashSet;

use palier_territory::{RecordEdit, demo, read_dwellings};

use crate::cast::anywhere;

#[test]
fn it_has_the_promised_size_and_is_marked() {
    let demo = demo::territory();
    let buildings = &demo.pack.dwellings.as_ref().expect("dwellings").items;
    let doors: usize = buildings.iter().map(palier_territory::Building::door_count).sum();
    assert_eq!((buildings.len(), doors), (40, 1_200), "as the issue says");
    assert_eq!(demo.sectors.len(), 5, "four to six sectors");
    let zones = &demo.pack.zones.as_ref().expect("zones").items;
    let structures = &demo.pack.structures.as_ref().expect("structures").items;
    assert_eq!((zones.len(), structures.len()), (13, 3), "neighbourhoods and structures");
    let marked = buildings.iter().all(|one| one.invented) && zones.iter().all(|one| one.invented);
    assert!(marked && structures.iter().all(|one| one.invented), "everything made up is marked");
    let named = demo.sectors.iter().all(|sector| sector.name.contains("démonstration"));
    assert!(named && structures.iter().all(|one| one.name.contains("démonstration")), "and its name says so");
}

#[test]
fn it_is_the_same_every_time() {
    let (first, second) = (demo::territory(), demo::territory());
    assert_eq!(first.territory, second.territory, "the same territory");
    assert_eq!(first.plan().edits, second.plan().edits, "the same records");
    assert_eq!(first.territory.to_string(), "fe8ec81e-9a47-5567-ae08-bd3e57b562c6", "stores already made depend on it");
}

#[test]
fn its_plan_makes_each_place_once_with_its_sector_and_neighbourhood() {
    let plan = demo::territory().plan();
    assert_eq!(
        (plan.buildings.new.total, plan.doors.new.total, plan.structures.new.total),
        (40, 1_200, 3),
        "all is new"
    );
    assert_eq!((plan.changed_total(), plan.refused_total(), plan.without_sector), (0, 0, 0), "nothing is left aside");
    let statuses: Vec<(&str, u32)> = plan.qpv.iter().map(|(status, count)| (*status, *count)).collect();
    assert_eq!(statuses, [("inside", 34), ("outside", 1), ("to_confirm", 5)], "every case can be shown");
    let mut known = HashSet::new();
    for edit in &plan.edits {
        let (id, parent) = match edit {
            RecordEdit::Building(building) => (building.id, None),
            RecordEdit::Stair(stair) => (stair.id, Some(stair.building)),
            RecordEdit::Door(door) => (door.id, Some(door.stair)),
            RecordEdit::Structure(structure) => (structure.id, None),
            RecordEdit::Service(service) => (service.id, None),
            RecordEdit::Zone(_) => continue,
        };
        assert!(parent.is_none_or(|parent| known.contains(&parent)), "a parent comes before its children");
        assert!(known.insert(id), "no id comes twice");
    }
}

#[test]
fn written_as_a_list_it_is_read_back_with_the_same_ids() {
    let demo = demo::territory();
    let buildings = demo.pack.dwellings.expect("dwellings").items;
    let mut text = "DEPCOM,NUMVOIE,NOMVOIE,ESC,ETAGE,NUMAPPT\n".to_owned();
    for building in &buildings {
        let (number, street) = building.address.split_once(' ').expect("a number and a street");
        for stair in &building.stairs {
            for door in &stair.doors {
                let cells =
                    [&building.commune_insee, number, street, &stair.name, &door.floor.to_string(), &door.label];
                text.push_str(&format!("{}\n", cells.join(",")));
            }
        }
    }
    let context = palier_territory::Context { territory: demo.territory, ..anywhere() };
    let reading = read_dwellings(text.as_bytes(), &context).expect("a readable list");
    assert_eq!(reading.refused.total(), 0, "every door is read");
    for (read, made) in reading.items.iter().zip(&buildings) {
        assert_eq!(read.id, made.id, "the same building");
        let ids = |building: &palier_territory::Building| -> Vec<_> {
            building.stairs.iter().flat_map(|stair| stair.doors.iter().map(|door| door.id)).collect()
        };
        assert_eq!(ids(read), ids(made), "the same doors");
    }
}
