//! New and changed buildings, stairs and doors, and the neighbourhood of each building.

use std::collections::HashSet;

use palier_domain::{fold, place};
use uuid::Uuid;

use super::structures::point_text;
use super::{BuildingEdit, Change, DoorEdit, FieldChange, FilePlan, ImportPlan, KnownBuilding, KnownTerritory};
use super::{Pack, RecordEdit, StairEdit, differs};
use crate::dwelling::{Building, Door, Stair};
use crate::zone::{QpvOfPoint, QpvStatus, Zone, ZoneMap};

/// Plans the dwellings of the pack, then the buildings already known that new contours move to another neighbourhood.
pub(super) fn plan_dwellings(known: &KnownTerritory, pack: &Pack, zones: &[Zone], plan: &mut ImportPlan) {
    let map = ZoneMap::new(zones);
    let mut planner = Planner { known, map, plan, seen: HashSet::new() };
    if let Some(reading) = &pack.dwellings {
        planner.plan.files.push(FilePlan::of("dwellings", reading));
        for building in &reading.items {
            planner.building(building);
        }
    }
    if pack.zones.is_some() {
        planner.moved_contours();
    }
}

struct Planner<'p> {
    known: &'p KnownTerritory,
    map: ZoneMap<'p>,
    plan: &'p mut ImportPlan,
    /// Places of the pack already planned: two of them may have been joined into one.
    seen: HashSet<Uuid>,
}

impl Planner<'_> {
    fn building(&mut self, read: &Building) {
        let id = self.known.kept(read.id);
        let first = self.seen.insert(id);
        match self.known.buildings.get(&id) {
            Some(old) if first => self.known_building(id, old, read),
            None if first => self.new_building(id, read),
            _ => {}
        }
        for stair in &read.stairs {
            self.stair(id, read.id, stair);
        }
    }

    fn new_building(&mut self, id: Uuid, read: &Building) {
        let qpv = self.map.locate(read.point);
        let sector = self.known.sector_of_zone.get(&qpv.code).copied().or(self.known.default_sector);
        self.plan.without_sector += u32::from(sector.is_none());
        self.count_qpv(qpv.status);
        self.plan.buildings.new.push(building_name(&read.address, &read.commune));
        self.plan.edits.push(RecordEdit::Building(Box::new(BuildingEdit {
            id,
            new: true,
            sector,
            address: Some(read.address.clone()),
            commune_insee: Some(read.commune_insee.clone()),
            commune: Some(read.commune.clone()),
            postcode: Some(read.postcode.clone()),
            point: read.point,
            qpv: Some((qpv.code, qpv.status)),
            invented: read.invented,
        })));
    }

    fn known_building(&mut self, id: Uuid, old: &KnownBuilding, read: &Building) {
        let mut edit = BuildingEdit { id, ..BuildingEdit::default() };
        let mut fields = Vec::new();
        // "TOURS" and "Tours" are one commune: two files would otherwise change it back and forth.
        let other_commune = fold::spaced(&old.commune) != fold::spaced(&read.commune);
        if let Some(change) = differs("commune", &old.commune, &read.commune).filter(|_| other_commune) {
            edit.commune = Some(read.commune.clone());
            fields.push(change);
        }
        if let Some(change) = differs("postcode", &old.postcode, &read.postcode) {
            edit.postcode = Some(read.postcode.clone());
            fields.push(change);
        }
        let point = read.point.or(old.point);
        if point != old.point {
            edit.point = point;
            fields.push(FieldChange { field: "point", old: point_text(old.point), new: point_text(point) });
        }
        let qpv = self.map.locate(point);
        fields.extend(qpv_change(old, &qpv, &mut edit));
        self.changed(&building_name(&old.address, &old.commune), fields, edit);
    }

    /// Contours of this pack change the neighbourhood of buildings that it does not list.
    fn moved_contours(&mut self) {
        let mut others: Vec<(&Uuid, &KnownBuilding)> =
            self.known.buildings.iter().filter(|(id, _)| !self.seen.contains(id)).collect();
        others.sort_by(|a, b| (&a.1.address, a.0).cmp(&(&b.1.address, b.0)));
        for (id, old) in others {
            let mut edit = BuildingEdit { id: *id, ..BuildingEdit::default() };
            let qpv = self.map.locate(old.point);
            if let Some(change) = qpv_change(old, &qpv, &mut edit) {
                self.changed(&building_name(&old.address, &old.commune), vec![change], edit);
            }
        }
    }

    fn changed(&mut self, name: &str, fields: Vec<FieldChange>, edit: BuildingEdit) {
        if fields.is_empty() {
            self.plan.buildings.unchanged += 1;
            return;
        }
        if let Some((_, status)) = &edit.qpv {
            self.count_qpv(*status);
        }
        self.plan.buildings.changed.push(Change { name: name.to_owned(), fields });
        self.plan.edits.push(RecordEdit::Building(Box::new(edit)));
    }

    fn count_qpv(&mut self, status: QpvStatus) {
        *self.plan.qpv.entry(status.as_str()).or_default() += 1;
    }

    fn stair(&mut self, building: Uuid, read_building: Uuid, read: &Stair) {
        let id = self
            .place_id(&self.known.stairs, read.id, building != read_building, || place::stair_id(building, &read.name));
        if self.known.stairs.contains(&id) {
            self.plan.stairs.unchanged += u32::from(self.seen.insert(id));
        } else if self.seen.insert(id) {
            self.plan.stairs.new.push(read.name.clone());
            self.plan.edits.push(RecordEdit::Stair(StairEdit { id, building, name: read.name.clone() }));
        }
        for (rank, door) in (0..).zip(&read.doors) {
            self.door(id, read.id, rank, door);
        }
    }

    fn door(&mut self, stair: Uuid, read_stair: Uuid, rank: u32, read: &Door) {
        let derived = || place::door_id(stair, read.floor, &read.label);
        let id = self.place_id(&self.known.doors, read.id, stair != read_stair, derived);
        if !self.seen.insert(id) {
            return;
        }
        if self.known.doors.contains(&id) {
            self.plan.doors.unchanged += 1;
            return;
        }
        self.plan.doors.new.push(read.label.clone());
        let (floor, label) = (read.floor, read.label.clone());
        self.plan.edits.push(RecordEdit::Door(DoorEdit { id, stair, floor, label, rank }));
    }

    /// The id under which a place is or will be known. When its parent was joined to another, what is already there under the
    /// parent given up stays; what is new is named by the parent kept, as a tablet would name it.
    fn place_id(&self, there: &HashSet<Uuid>, read: Uuid, parent_joined: bool, derived: impl FnOnce() -> Uuid) -> Uuid {
        let kept = self.known.kept(read);
        if !parent_joined || there.contains(&kept) { kept } else { self.known.kept(derived()) }
    }
}

/// "12 allée de Milan, Tours".
fn building_name(address: &str, commune: &str) -> String {
    if commune.is_empty() { address.to_owned() } else { format!("{address}, {commune}") }
}

/// The neighbourhood from the point, unless a person settled it or nothing can be said.
fn qpv_change(old: &KnownBuilding, found: &QpvOfPoint, edit: &mut BuildingEdit) -> Option<FieldChange> {
    let old_status = old.qpv_status.unwrap_or(QpvStatus::Unknown);
    let same = old_status == found.status && old.qpv == found.code;
    if old.qpv_settled || found.status == QpvStatus::Unknown || same {
        return None;
    }
    edit.qpv = Some((found.code.clone(), found.status));
    let shown = |code: &str, status: QpvStatus| format!("{} {code}", status.as_str()).trim_end().to_owned();
    Some(FieldChange { field: "qpv", old: shown(&old.qpv, old_status), new: shown(&found.code, found.status) })
}
