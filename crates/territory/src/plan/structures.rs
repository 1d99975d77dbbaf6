//! New and changed structures of the directory.

use super::{Change, FieldChange, FilePlan, ImportPlan, KnownTerritory, RecordEdit, differs};
use crate::point::Point;
use crate::reading::Reading;
use crate::structure::Structure;

/// Plans the structures.
pub(super) fn plan_structures(known: &KnownTerritory, reading: Option<&Reading<Structure>>, plan: &mut ImportPlan) {
    let Some(reading) = reading else { return };
    plan.files.push(FilePlan::of("structures", reading));
    for structure in &reading.items {
        let Some(old) = known.structures.get(&structure.id) else {
            plan.structures.new.push(structure.name.clone());
            plan.edits.push(RecordEdit::Structure(Box::new(structure.clone())));
            continue;
        };
        let new = completed(old, structure);
        let fields = changes(old, &new);
        if fields.is_empty() {
            plan.structures.unchanged += 1;
        } else {
            plan.structures.changed.push(Change { name: new.name.clone(), fields });
            plan.edits.push(RecordEdit::Structure(Box::new(new)));
        }
    }
}

/// What the file says, and what is known where it says nothing.
fn completed(old: &Structure, read: &Structure) -> Structure {
    let mut new = read.clone();
    for (new, old) in texts_mut(&mut new).into_iter().zip(texts(old)) {
        if new.is_empty() {
            old.clone_into(new);
        }
    }
    if new.hours.osm.is_empty() && new.hours.published.is_empty() {
        new.hours = old.hours.clone();
    }
    if new.description.is_empty() {
        new.description.clone_from(&old.description);
        new.description_mentions_hours = old.description_mentions_hours;
    }
    if new.networks.is_empty() {
        new.networks.clone_from(&old.networks);
    }
    new.point = new.point.or(old.point);
    new.by_appointment = new.by_appointment.or(old.by_appointment);
    new
}

/// The texts that are compared one by one, and their names.
const TEXT_FIELDS: [&str; 14] = [
    "name",
    "address",
    "address_extra",
    "postcode",
    "commune",
    "commune_insee",
    "phone",
    "email",
    "website",
    "source_link",
    "accessibility_link",
    "siret",
    "licence",
    "updated_on",
];

fn texts(structure: &Structure) -> [&str; 14] {
    let Structure { name, address, address_extra, postcode, commune, commune_insee, phone, email, .. } = structure;
    let Structure { website, source_link, accessibility_link, siret, licence, updated_on, .. } = structure;
    [
        name,
        address,
        address_extra,
        postcode,
        commune,
        commune_insee,
        phone,
        email,
        website,
        source_link,
        accessibility_link,
        siret,
        licence,
        updated_on,
    ]
}

fn texts_mut(structure: &mut Structure) -> [&mut String; 14] {
    let Structure {
        name,
        address,
        address_extra,
        postcode,
        commune,
        commune_insee,
        phone,
        email,
        website,
        source_link,
        accessibility_link,
        siret,
        licence,
        updated_on,
        ..
    } = structure;
    [
        name,
        address,
        address_extra,
        postcode,
        commune,
        commune_insee,
        phone,
        email,
        website,
        source_link,
        accessibility_link,
        siret,
        licence,
        updated_on,
    ]
}

fn changes(old: &Structure, new: &Structure) -> Vec<FieldChange> {
    let pairs = TEXT_FIELDS.into_iter().zip(texts(old).into_iter().zip(texts(new)));
    let mut fields: Vec<FieldChange> = pairs.filter_map(|(field, (old, new))| differs(field, old, new)).collect();
    fields.extend(differs("description", &old.description, &new.description));
    fields.extend(differs("networks", &old.networks.join(", "), &new.networks.join(", ")));
    if old.hours != new.hours {
        let shown = |structure: &Structure| {
            let hours = &structure.hours;
            if hours.to_check { hours.published.clone() } else { hours.osm.clone() }
        };
        fields.push(FieldChange { field: "hours", old: shown(old), new: shown(new) });
    }
    if old.point != new.point {
        fields.push(FieldChange { field: "point", old: point_text(old.point), new: point_text(new.point) });
    }
    if old.by_appointment != new.by_appointment {
        let shown = |answer: Option<bool>| answer.map_or(String::new(), |answer| answer.to_string());
        let (old, new) = (shown(old.by_appointment), shown(new.by_appointment));
        fields.push(FieldChange { field: "by_appointment", old, new });
    }
    fields
}

/// "47.390000, 0.690000", or nothing.
pub(super) fn point_text(point: Option<Point>) -> String {
    point.map_or(String::new(), |point| format!("{:.6}, {:.6}", point.latitude(), point.longitude()))
}
