//! New and changed services. A line of the file replaces the one that is known: its publisher keeps it.

use super::{Change, FilePlan, ImportPlan, KnownTerritory, RecordEdit, differs};
use crate::offer::Service;
use crate::reading::Reading;

/// Plans the services.
pub(super) fn plan_services(known: &KnownTerritory, reading: Option<&Reading<Service>>, plan: &mut ImportPlan) {
    let Some(reading) = reading else { return };
    plan.files.push(FilePlan::of("services", reading));
    for service in &reading.items {
        match known.services.get(&service.id) {
            None => plan.services.new.push(service.name.clone()),
            Some(old) if old == service => {
                plan.services.unchanged += 1;
                continue;
            }
            Some(old) => plan.services.changed.push(changes(old, service)),
        }
        plan.edits.push(RecordEdit::Service(Box::new(service.clone())));
    }
}

fn changes(old: &Service, new: &Service) -> Change {
    let pairs = [
        ("name", &old.name, &new.name),
        ("address", &old.address, &new.address),
        ("commune", &old.commune, &new.commune),
        ("phone", &old.phone, &new.phone),
        ("email", &old.email, &new.email),
        ("website", &old.link, &new.link),
        ("hours", &old.hours.osm, &new.hours.osm),
        ("updated_on", &old.updated_on, &new.updated_on),
        ("description", &old.description, &new.description),
    ];
    let fields = pairs.into_iter().filter_map(|(field, old, new)| differs(field, old, new)).collect();
    Change { name: new.name.clone(), fields }
}
