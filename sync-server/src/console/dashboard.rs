//! The first screen: figures with what they are out of, coverage, what waits. Every figure is counted from the records.

use std::collections::BTreeMap;

use palier_domain::calendar;
use palier_territory::QpvStatus;
use uuid::Uuid;

use super::ConsoleError;
use super::api::*;
use super::call::{Call, optional_id};
use super::coverage::{Ground, Tally};
use super::names::Names;
use super::{duplicates, points, server_state, tablets};

/// A backup older than this is said to be missing, in days.
const BACKUP_DAYS_MAX: i64 = 2;

pub(super) fn dashboard(call: &mut Call<'_>, request: DashboardRequest) -> Result<Dashboard, ConsoleError> {
    let sector = optional_id(&request.sector)?;
    let ground = Ground::read(call, sector)?;
    let names = Names::read(call.centre)?;
    let (week, monday) = calendar::week(call.now_ms);
    let mut all = Tally::default();
    for building in &ground.buildings {
        add(&mut all, ground.tally(building.id));
    }
    let in_use = tablets::in_use(call)?;
    let silent = in_use.iter().filter(|tablet| tablets::is_silent(tablet, call.now_ms)).count();
    let store = &call.centre.store;
    Ok(Dashboard {
        week,
        today: calendar::local_date(call.now_ms),
        sectors: names.sectors(),
        doors: all.doors,
        tried: all.tried,
        opened: all.opened,
        visits: store.visits_counted(sector)?,
        visits_this_week: store.visits_counted_since(sector, monday)?,
        points: points::waiting(call)?,
        tablets: u32::try_from(in_use.len()).unwrap_or(u32::MAX),
        tablets_silent: u32::try_from(silent).unwrap_or(u32::MAX),
        by_sector: by_sector(&ground, &names, sector),
        by_qpv: by_qpv(call, &ground)?,
        todo: todo(call, &ground, &names)?,
    })
}

fn add(sum: &mut Tally, tally: Tally) {
    sum.doors += tally.doors;
    sum.tried += tally.tried;
    sum.opened += tally.opened;
}

fn by_sector(ground: &Ground, names: &Names, only: Option<Uuid>) -> Vec<CoverageLine> {
    let lines = names.sectors().into_iter().filter(|sector| only.is_none_or(|only| only.to_string() == sector.id));
    let lines = lines.map(|sector| {
        let mut sum = Tally::default();
        for building in ground.buildings.iter().filter(|building| building.sector.to_string() == sector.id) {
            add(&mut sum, ground.tally(building.id));
        }
        coverage_line(sector.id, sector.name, sum)
    });
    lines.collect()
}

fn by_qpv(call: &Call<'_>, ground: &Ground) -> Result<Vec<CoverageLine>, ConsoleError> {
    let zones = call.centre.registry.zone_names()?;
    // Neighbourhoods by name; outside and unknown after them.
    let mut sums: BTreeMap<(u8, String, String), Tally> = BTreeMap::new();
    for building in &ground.buildings {
        let key = match QpvStatus::of(&building.qpv_status) {
            QpvStatus::Inside => {
                let name = zones.get(&building.qpv).unwrap_or(&building.qpv);
                (0, name.clone(), building.qpv.clone())
            }
            QpvStatus::Outside => (1, String::new(), "outside".to_owned()),
            QpvStatus::ToConfirm | QpvStatus::Unknown => (2, String::new(), "unknown".to_owned()),
        };
        add(sums.entry(key).or_default(), ground.tally(building.id));
    }
    Ok(sums.into_iter().map(|((_, name, id), sum)| coverage_line(id, name, sum)).collect())
}

fn coverage_line(id: String, name: String, sum: Tally) -> CoverageLine {
    CoverageLine { id, name, doors: sum.doors, tried: sum.tried, opened: sum.opened }
}

fn todo(call: &mut Call<'_>, ground: &Ground, names: &Names) -> Result<Vec<TodoLine>, ConsoleError> {
    let mut todo = Vec::new();
    let mut push = |kind: &str, count: usize| {
        let count = u32::try_from(count).unwrap_or(u32::MAX);
        todo.push(TodoLine { kind: kind.to_owned(), count, name: String::new(), days: 0 });
    };
    let (fields, visits) = points::waiting_parts(call)?;
    if fields > 0 {
        push("points", fields as usize);
    }
    if visits > 0 {
        push("same_visits", visits as usize);
    }
    let alike = duplicates::waiting(call)?;
    if alike > 0 {
        push("duplicates", alike);
    }
    let store = &call.centre.store;
    let tablets = call.centre.registry.tablets()?;
    let first_steps = [
        ("no_structure", store.structures()?.is_empty()),
        ("no_sector", names.sectors().is_empty()),
        ("no_territory", ground.buildings.is_empty()),
        ("no_mediator", store.profiles()?.is_empty()),
        ("no_tablet", tablets.is_empty()),
    ];
    for (kind, missing) in first_steps {
        if missing {
            push(kind, 0);
        }
    }
    let to_confirm =
        ground.buildings.iter().filter(|building| QpvStatus::of(&building.qpv_status) == QpvStatus::ToConfirm).count();
    if to_confirm > 0 {
        push("qpv_to_confirm", to_confirm);
    }
    let backup = server_state::backup_ms(call)?;
    if backup.is_none_or(|at| call.now_ms - at > BACKUP_DAYS_MAX * calendar::DAY_MS) {
        push("no_backup", 0);
    }
    let decisions = ["points", "same_visits", "duplicates"];
    let place = todo.iter().position(|line| !decisions.contains(&line.kind.as_str())).unwrap_or(todo.len());
    todo.splice(place..place, tablets::todo(call, names)?);
    Ok(todo)
}
