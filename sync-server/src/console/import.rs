//! Import of a territory: a dry run over the staged files, then what it showed is written.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use palier_store::read::coverage::BuildingRow;
use palier_sync::RecordType;
use palier_territory::{
    Context, Encoding, Findings, ImportPlan, KindPlan, KnownBuilding, KnownTerritory, Pack, Point, Provenance,
    QpvStatus, Reading, RecordEdit, Refusal, Zone, plan, read_dwellings, read_services, read_structures, read_zones,
};
use uuid::Uuid;

use super::ConsoleError;
use super::api::*;
use super::call::{Call, form_date, form_text, optional_id};
use super::names::{Names, instant};
use super::staging::{FILE_BYTES_MAX, Planned};
use crate::registry::{BuildingNote, ImportRow, ImportedFile};
use crate::territory::write_edits;

/// Past imports of the list.
const IMPORTS_SHOWN: u32 = 20;
/// Longest source or licence, in characters.
const SAID_CHARS_MAX: usize = 120;
/// Most communes to keep: a large metropolis has about a hundred.
const COMMUNES_MAX: usize = 500;

pub(super) fn import_form(call: &mut Call<'_>, _: Nothing) -> Result<ImportForm, ConsoleError> {
    form(call)
}

fn form(call: &Call<'_>) -> Result<ImportForm, ConsoleError> {
    let mut communes: BTreeSet<String> = call.centre.store.sectors()?.into_iter().map(|sector| sector.insee).collect();
    communes.extend(call.centre.store.buildings()?.into_iter().map(|building| building.insee));
    communes.remove("");
    let done = call.centre.registry.imports(IMPORTS_SHOWN)?.into_iter().map(|import| PastImport {
        at: instant(import.at),
        account: import.account,
        files: import.files.into_iter().map(past_file).collect(),
        new: import.new,
        changed: import.changed,
        refused: import.refused,
    });
    Ok(ImportForm {
        sectors: Names::read(call.centre)?.sectors(),
        communes: communes.into_iter().collect(),
        file_mib_max: u32::try_from(FILE_BYTES_MAX / (1024 * 1024)).unwrap_or(u32::MAX),
        done: done.collect(),
    })
}

fn past_file(file: ImportedFile) -> PastFile {
    let ImportedFile { kind, name, source, licence, date } = file;
    PastFile { kind, name, source, licence, date }
}

pub(super) fn import_plan(call: &mut Call<'_>, request: ImportRequest) -> Result<ImportReport, ConsoleError> {
    let sector = chosen_sector(call, &request.sector)?;
    let communes = communes(&request.communes)?;
    if request.files.is_empty() {
        return Err(ConsoleError::field("files"));
    }
    let mut pack = Pack::default();
    let mut files = Vec::new();
    let mut stopped = Vec::new();
    for file in &request.files {
        let (imported, refusal) = read_file(call, file, &communes, &mut pack)?;
        stopped.extend(refusal.map(|refusal| (imported.kind.clone(), refusal)));
        files.push(imported);
    }
    let plan = plan(&known(call, sector)?, &pack);
    let mut report = report(&plan, &pack, &files, &stopped);
    let sound = stopped.is_empty() && plan.without_sector == 0;
    if sound && plan.new_total() + plan.changed_total() > 0 {
        let refused = plan.refused_total();
        let planned = Planned { pack, sector, edits: plan.edits, files, refused, at: call.now_ms };
        report.plan = call.desk.staging().keep_plan(planned);
    }
    Ok(report)
}

fn chosen_sector(call: &Call<'_>, text: &str) -> Result<Option<Uuid>, ConsoleError> {
    let sector = optional_id(text).map_err(|_| ConsoleError::field("sector"))?;
    let known = call.centre.store.sectors()?;
    match sector {
        Some(sector) if !known.iter().any(|known| known.id == sector) => Err(ConsoleError::field("sector")),
        other => Ok(other),
    }
}

fn communes(texts: &[String]) -> Result<BTreeSet<String>, ConsoleError> {
    let codes: BTreeSet<String> =
        texts.iter().map(|text| text.trim().to_uppercase()).filter(|t| !t.is_empty()).collect();
    let well_formed = |code: &String| code.len() == 5 && code.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if codes.len() > COMMUNES_MAX || !codes.iter().all(well_formed) {
        return Err(ConsoleError::field("communes"));
    }
    Ok(codes)
}

/// Reads one staged file into the pack; a file that cannot be read at all gives its refusal.
fn read_file(
    call: &Call<'_>,
    file: &ImportFile,
    communes: &BTreeSet<String>,
    pack: &mut Pack,
) -> Result<(ImportedFile, Option<Refusal>), ConsoleError> {
    let imported = |kind: &str, name: &str| -> Result<ImportedFile, ConsoleError> {
        Ok(ImportedFile {
            kind: kind.to_owned(),
            name: name.to_owned(),
            source: form_text("source", &file.source, SAID_CHARS_MAX)?,
            licence: form_text("licence", &file.licence, SAID_CHARS_MAX)?,
            date: form_date("date", &file.date)?,
        })
    };
    let (imported, bytes) = {
        let mut staging = call.desk.staging();
        let staged = staging.file(&file.token, call.now_ms)?;
        (imported(&staged.kind, &staged.name)?, staged.bytes.clone())
    };
    let provenance = Provenance {
        source: imported.source.clone(),
        licence: imported.licence.clone(),
        date: Some(imported.date.clone()).filter(|date| !date.is_empty()),
    };
    let context = Context { territory: call.centre.territory(), communes: communes.clone(), provenance };
    let refusal = match imported.kind.as_str() {
        "zones" => keep(read_zones(&bytes, &context), &mut pack.zones),
        "structures" => keep(read_structures(&bytes, &context), &mut pack.structures),
        "services" => keep(read_services(&bytes, &context), &mut pack.services),
        _ => keep(read_dwellings(&bytes, &context), &mut pack.dwellings),
    };
    Ok((imported, refusal))
}

fn keep<T>(read: Result<Reading<T>, Refusal>, place: &mut Option<Reading<T>>) -> Option<Refusal> {
    match read {
        Ok(reading) => {
            *place = Some(reading);
            None
        }
        Err(refusal) => Some(refusal),
    }
}

/// What the server holds, as far as an import compares with it.
fn known(call: &Call<'_>, sector: Option<Uuid>) -> Result<KnownTerritory, ConsoleError> {
    let store = &call.centre.store;
    let notes = call.centre.registry.building_notes()?;
    let buildings = store.buildings()?;
    let structures = call.centre.registry.directory()?;
    // A sector that was chosen takes every new building; else each goes to the sector of its neighbourhood.
    let by_zone = match sector {
        Some(_) => BTreeMap::new(),
        None => store.sectors()?.into_iter().filter(|s| !s.qpv.is_empty()).map(|s| (s.qpv, s.id)).collect(),
    };
    Ok(KnownTerritory {
        zones: call.centre.registry.zones()?,
        buildings: buildings.into_iter().map(|row| (row.id, known_building(row, &notes))).collect(),
        stairs: store.ids_of(RecordType::Stair)?,
        doors: store.ids_of(RecordType::Door)?,
        structures: structures.into_iter().map(|structure| (structure.id, structure)).collect(),
        services: call.centre.registry.services()?.into_iter().map(|service| (service.id, service)).collect(),
        aliases: HashMap::new(),
        sector_of_zone: by_zone,
        default_sector: sector,
    })
}

fn known_building(row: BuildingRow, notes: &HashMap<Uuid, BuildingNote>) -> KnownBuilding {
    let note = notes.get(&row.id).cloned().unwrap_or_default();
    let degrees = |value: Option<i64>| value.and_then(|value| i32::try_from(value).ok());
    let point = degrees(row.latitude).zip(degrees(row.longitude));
    KnownBuilding {
        address: row.address,
        commune: row.commune,
        postcode: note.postcode,
        point: point.map(|(latitude_e6, longitude_e6)| Point { latitude_e6, longitude_e6 }),
        qpv: row.qpv,
        qpv_status: Some(QpvStatus::of(&row.qpv_status)),
        qpv_settled: note.qpv_settled,
    }
}

pub(super) fn import_accept(call: &mut Call<'_>, request: ImportAccept) -> Result<ImportForm, ConsoleError> {
    let planned = call.desk.staging().take_plan(&request.plan, call.now_ms)?;
    let again = plan(&known(call, planned.sector)?, &planned.pack);
    if again.edits != planned.edits {
        return Err(ConsoleError::of(ErrorCode::Changed));
    }
    write(call.centre, &again.edits, planned.sector, call.now_ms)?;
    let row = ImportRow {
        id: Uuid::now_v7(),
        at: call.now_ms,
        account: call.who(),
        new: again.new_total(),
        changed: again.changed_total(),
        refused: planned.refused,
        files: planned.files,
    };
    call.centre.registry.keep_import(&row)?;
    call.desk.staging().clear();
    form(call)
}

/// Records first: if the contours were kept and the buildings not, the next dry run would not show them.
fn write(
    centre: &mut crate::Centre,
    edits: &[RecordEdit],
    sector: Option<Uuid>,
    now_ms: i64,
) -> Result<(), ConsoleError> {
    write_edits(centre, edits, sector, now_ms)?;
    centre.registry.keep_pack(edits)?;
    Ok(crate::directory::publish(centre, now_ms)?)
}

fn report(plan: &ImportPlan, pack: &Pack, files: &[ImportedFile], stopped: &[(String, Refusal)]) -> ImportReport {
    let kinds = [
        ("zones", &plan.zones),
        ("buildings", &plan.buildings),
        ("stairs", &plan.stairs),
        ("doors", &plan.doors),
        ("structures", &plan.structures),
        ("services", &plan.services),
    ];
    let seen = |kind: &KindPlan| kind.new.total + kind.changed.total + kind.unchanged > 0;
    let qpv = plan.qpv.iter().map(|(code, count)| CodeCount { code: (*code).to_owned(), count: *count });
    ImportReport {
        plan: String::new(),
        new: plan.new_total(),
        changed: plan.changed_total(),
        unchanged: plan.unchanged_total(),
        refused: plan.refused_total(),
        kinds: kinds.iter().filter(|(_, kind)| seen(kind)).map(|(name, kind)| kind_report(name, kind)).collect(),
        files: files.iter().map(|file| file_report(plan, pack, file, stopped)).collect(),
        qpv: qpv.collect(),
        without_sector: plan.without_sector,
    }
}

fn kind_report(name: &str, kind: &KindPlan) -> KindReport {
    let changes = kind.changed.shown.iter().map(|change| ChangeReport {
        name: change.name.clone(),
        fields: change
            .fields
            .iter()
            .map(|field| FieldReport { field: field.field.to_owned(), old: field.old.clone(), new: field.new.clone() })
            .collect(),
    });
    KindReport {
        kind: name.to_owned(),
        new: kind.new.total,
        changed: kind.changed.total,
        unchanged: kind.unchanged,
        new_names: kind.new.shown.clone(),
        changes: changes.collect(),
    }
}

fn file_report(plan: &ImportPlan, pack: &Pack, file: &ImportedFile, stopped: &[(String, Refusal)]) -> FileReport {
    let read = plan.files.iter().find(|read| read.kind == file.kind);
    let refused = read.map(|read| &read.refused);
    let remarks = read.map(|read| &read.remarks);
    let total = |findings: Option<&Findings>| findings.map_or(0, Findings::total);
    FileReport {
        kind: file.kind.clone(),
        name: file.name.clone(),
        rows: read.map_or(0, |read| read.rows),
        outside: read.map_or(0, |read| read.outside),
        encoding: encoding(pack, &file.kind).to_owned(),
        stopped: stopped.iter().find(|(kind, _)| *kind == file.kind).map(|(_, refusal)| finding(refusal)),
        refused: total(refused),
        refusals: listed(refused),
        remarked: total(remarks),
        remarks: listed(remarks),
    }
}

fn encoding(pack: &Pack, kind: &str) -> &'static str {
    let encoding = match kind {
        "zones" => pack.zones.as_ref().map(|reading: &Reading<Zone>| reading.encoding),
        "structures" => pack.structures.as_ref().map(|reading| reading.encoding),
        "services" => pack.services.as_ref().map(|reading| reading.encoding),
        _ => pack.dwellings.as_ref().map(|reading| reading.encoding),
    };
    match encoding {
        Some(Encoding::Utf8) => "utf8",
        Some(Encoding::Windows1252) => "windows1252",
        None => "",
    }
}

fn listed(findings: Option<&Findings>) -> Vec<Finding> {
    findings.map(|findings| findings.list.shown.iter().map(finding).collect()).unwrap_or_default()
}

fn finding(refusal: &Refusal) -> Finding {
    Finding {
        code: refusal.code.as_str().to_owned(),
        line: refusal.line,
        element: refusal.element,
        column: refusal.column.clone().unwrap_or_default(),
        value: refusal.value.clone(),
        expected: refusal.expected.clone(),
    }
}
