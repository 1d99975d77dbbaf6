//! New and changed contours.

use std::collections::BTreeMap;

use super::{Change, FieldChange, FilePlan, ImportPlan, KnownTerritory, RecordEdit, differs};
use crate::reading::Reading;
use crate::zone::{Contour, Zone};

/// Plans the contours and returns the neighbourhoods as they would stand afterwards.
pub(super) fn plan_zones(known: &KnownTerritory, reading: Option<&Reading<Zone>>, plan: &mut ImportPlan) -> Vec<Zone> {
    let mut all: BTreeMap<String, Zone> = known.zones.iter().map(|zone| (zone.code.clone(), zone.clone())).collect();
    let Some(reading) = reading else { return all.into_values().collect() };
    plan.files.push(FilePlan::of("zones", reading));
    for zone in &reading.items {
        let name = format!("{} {}", zone.code, zone.name);
        let Some(old) = all.get(&zone.code) else {
            plan.zones.new.push(name);
            plan.edits.push(RecordEdit::Zone(Box::new(zone.clone())));
            all.insert(zone.code.clone(), zone.clone());
            continue;
        };
        let mut new = zone.clone();
        if new.communes.is_empty() {
            new.communes.clone_from(&old.communes);
        }
        let fields = changes(old, &new);
        if fields.is_empty() {
            plan.zones.unchanged += 1;
            continue;
        }
        plan.zones.changed.push(Change { name, fields });
        plan.edits.push(RecordEdit::Zone(Box::new(new.clone())));
        all.insert(new.code.clone(), new);
    }
    all.into_values().collect()
}

fn changes(old: &Zone, new: &Zone) -> Vec<FieldChange> {
    let mut fields = Vec::new();
    fields.extend(differs("name", &old.name, &new.name));
    fields.extend(differs("communes", &old.communes.join(", "), &new.communes.join(", ")));
    if old.contours != new.contours {
        let (old, new) = (corners(&old.contours), corners(&new.contours));
        fields.push(FieldChange { field: "contour", old: old.to_string(), new: new.to_string() });
    }
    if old.invented != new.invented {
        fields.push(FieldChange { field: "invented", old: old.invented.to_string(), new: new.invented.to_string() });
    }
    fields
}

/// A contour is shown by the number of its corners.
fn corners(contours: &[Contour]) -> usize {
    contours.iter().map(|contour| contour.outer.len() + contour.holes.iter().map(Vec::len).sum::<usize>()).sum()
}
