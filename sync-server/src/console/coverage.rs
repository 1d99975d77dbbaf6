//! Coverage per building and stair, and the list of visits.

use std::collections::HashMap;

use palier_domain::calendar;
use palier_store::read::coordination::VisitFilter;
use palier_store::read::coverage as rows;
use palier_store::read::visits::VisitRow;
use palier_sync::catalogue::building as b;
use palier_sync::{RecordType, Value};
use palier_territory::QpvStatus;
use uuid::Uuid;

use super::ConsoleError;
use super::api::*;
use super::call::{Call, id, optional_id};
use super::names::{Names, instant, optional_instant, place};

/// Visits of a page.
const VISITS_PAGE: u32 = 50;

/// Buildings of a sector, or of all, each with its stairs.
pub(super) struct Ground {
    pub(super) buildings: Vec<rows::BuildingRow>,
    pub(super) stairs: HashMap<Uuid, Vec<rows::StairCoverage>>,
}

impl Ground {
    pub(super) fn read(call: &Call<'_>, sector: Option<Uuid>) -> Result<Self, ConsoleError> {
        let store = &call.centre.store;
        let mut buildings = store.buildings()?;
        buildings.retain(|building| sector.is_none_or(|sector| building.sector == sector));
        let mut stairs: HashMap<Uuid, Vec<rows::StairCoverage>> = HashMap::new();
        for stair in store.stair_coverage()? {
            stairs.entry(stair.building).or_default().push(stair);
        }
        Ok(Self { buildings, stairs })
    }

    /// Doors, tried, opened and last passage of a building.
    pub(super) fn tally(&self, building: Uuid) -> Tally {
        let mut tally = Tally::default();
        for stair in self.stairs.get(&building).into_iter().flatten() {
            tally.doors += stair.doors;
            tally.tried += stair.tried;
            tally.opened += stair.opened;
            tally.last_at = tally.last_at.max(stair.last_at);
        }
        tally
    }
}

/// Sums of doors.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Tally {
    pub(super) doors: u32,
    pub(super) tried: u32,
    pub(super) opened: u32,
    pub(super) last_at: Option<i64>,
}

/// A neighbourhood's status as the page knows it: what was never asked is unknown.
pub(super) fn status_code(stored: &str) -> String {
    QpvStatus::of(stored).as_str().to_owned()
}

pub(super) fn coverage(call: &mut Call<'_>, request: CoverageRequest) -> Result<Coverage, ConsoleError> {
    let ground = Ground::read(call, optional_id(&request.sector)?)?;
    let zones = call.centre.registry.zone_names()?;
    let buildings = ground.buildings.iter().map(|building| line(&ground, building, &zones)).collect();
    Ok(Coverage { sectors: Names::read(call.centre)?.sectors(), buildings })
}

fn line(ground: &Ground, building: &rows::BuildingRow, zones: &HashMap<String, String>) -> BuildingCoverage {
    let tally = ground.tally(building.id);
    let stairs = ground.stairs.get(&building.id).into_iter().flatten().map(|stair| StairCoverage {
        id: stair.stair.to_string(),
        name: stair.name.clone(),
        doors: stair.doors,
        tried: stair.tried,
        opened: stair.opened,
        last_at: stair.last_at.map(instant),
    });
    BuildingCoverage {
        id: building.id.to_string(),
        address: building.address.clone(),
        commune: building.commune.clone(),
        sector: building.sector.to_string(),
        qpv: building.qpv.clone(),
        qpv_name: zones.get(&building.qpv).cloned().unwrap_or_else(|| building.qpv.clone()),
        qpv_status: status_code(&building.qpv_status),
        invented: building.invented,
        doors: tally.doors,
        tried: tally.tried,
        opened: tally.opened,
        last_at: tally.last_at.map(instant),
        stairs: stairs.collect(),
    }
}

pub(super) fn settle_qpv(call: &mut Call<'_>, request: SettleQpv) -> Result<Done, ConsoleError> {
    let building = id(&request.building)?;
    let row = call.centre.store.buildings()?.into_iter().find(|row| row.id == building);
    let row = row.ok_or_else(|| ConsoleError::of(ErrorCode::NotFound))?;
    if QpvStatus::of(&row.qpv_status) != QpvStatus::ToConfirm {
        return Err(ConsoleError::of(ErrorCode::Changed));
    }
    let (code, status) = if request.inside { (row.qpv.as_str(), QpvStatus::Inside) } else { ("", QpvStatus::Outside) };
    let scope = palier_sync::ScopeKey::Place { sector: row.sector };
    let fields = [(b::qpv, Value::text(code)), (b::qpv_status, Value::text(status.as_str()))];
    call.centre.write(call.now_ms, |draft| -> Result<bool, crate::CentreError> {
        Ok(draft.set(scope, building, RecordType::Building, &fields)?)
    })?;
    call.centre.registry.qpv_settled(building)?;
    Ok(Done {})
}

pub(super) fn visits(call: &mut Call<'_>, request: VisitsRequest) -> Result<VisitPage, ConsoleError> {
    let filter = VisitFilter {
        sector: optional_id(&request.sector)?,
        outcome: Some(request.outcome).filter(|outcome| !outcome.is_empty()),
        from_ms: day_start("from", request.from.as_deref(), 0)?,
        to_ms: day_start("to", request.to.as_deref(), 1)?,
    };
    let store = &call.centre.store;
    let names = Names::read(call.centre)?;
    let total = store.visit_count(&filter)?;
    let rows = store.visits_page(&filter, VISITS_PAGE, request.offset)?;
    let visits = rows.iter().map(|row| visit_line(call, &names, row)).collect::<Result<_, _>>()?;
    Ok(VisitPage { sectors: names.sectors(), total, page: VISITS_PAGE, visits })
}

fn visit_line(call: &Call<'_>, names: &Names, row: &VisitRow) -> Result<VisitLine, ConsoleError> {
    let (place, sector) = place(&call.centre.store, row.door)?;
    Ok(VisitLine {
        id: row.id.to_string(),
        at: optional_instant(row.at).unwrap_or_default(),
        outcome: row.outcome.clone(),
        callback: row.callback.clone(),
        flags: row.flags.clone(),
        place,
        sector: names.sector(sector),
        people: names.people(&row.participants, row.author),
        structure: names.structure(row.structure),
    })
}

/// First instant of a local date, or of the one that follows it by `days`.
fn day_start(field: &str, date: Option<&str>, days: i64) -> Result<Option<i64>, ConsoleError> {
    let Some(date) = date.filter(|date| !date.is_empty()) else { return Ok(None) };
    let noon = calendar::parse_rfc3339(&format!("{date}T12:00:00Z")).ok_or_else(|| ConsoleError::field(field))?;
    Ok(Some(calendar::day_start_ms(noon.saturating_add(days * calendar::DAY_MS))))
}
