//! Reads a list of dwellings in the columns of the register of social housing (RPLS).

use std::collections::{HashMap, HashSet};

use palier_domain::place::{self, LABEL_CHARS_MAX};
use uuid::Uuid;

use super::address::{address, stair_name};
use super::{Building, Door, Stair};
use crate::cell;
use crate::decode::decode;
use crate::limits::{CODE_CHARS_MAX, DWELLING_ROWS_MAX, DWELLINGS_BYTES_MAX, DWELLINGS_MAX, TEXT_CHARS_MAX};
use crate::point::Point;
use crate::reading::{Context, Reading};
use crate::refusal::{Refusal, RefusalCode};
use crate::table::{Column, Row, Table};

const COLUMNS: &[Column] = &[
    Column::required("NUMVOIE", CODE_CHARS_MAX),
    Column::optional("INDREP", CODE_CHARS_MAX),
    Column::optional("TYPVOIE", CODE_CHARS_MAX),
    Column::required("NOMVOIE", LABEL_CHARS_MAX),
    Column::optional("BAT", CODE_CHARS_MAX),
    Column::optional("ENTREE", CODE_CHARS_MAX),
    Column::optional("ESC", CODE_CHARS_MAX),
    Column::required("ETAGE", CODE_CHARS_MAX),
    Column::required("NUMAPPT", CODE_CHARS_MAX),
    Column::optional("NUMBOITE", CODE_CHARS_MAX),
    Column::required("DEPCOM", CODE_CHARS_MAX).or(&["insee_com", "code_insee"]),
    Column::optional("CODEPOSTAL", CODE_CHARS_MAX),
    Column::optional("LIBCOM", TEXT_CHARS_MAX),
    Column::optional("latitude", CODE_CHARS_MAX).or(&["lat"]),
    Column::optional("longitude", CODE_CHARS_MAX).or(&["lon", "long"]),
    Column::optional("x", CODE_CHARS_MAX),
    Column::optional("y", CODE_CHARS_MAX),
];

const NUMVOIE: usize = 0;
const INDREP: usize = 1;
const TYPVOIE: usize = 2;
const NOMVOIE: usize = 3;
const BAT: usize = 4;
const ENTREE: usize = 5;
const ESC: usize = 6;
const ETAGE: usize = 7;
const NUMAPPT: usize = 8;
const NUMBOITE: usize = 9;
const DEPCOM: usize = 10;
const CODEPOSTAL: usize = 11;
const LIBCOM: usize = 12;
const LATITUDE: usize = 13;
const LONGITUDE: usize = 14;
const X: usize = 15;
const Y: usize = 16;

/// Two lines of one building further apart than this, in metres, are worth a remark.
const POINTS_APART_M: f64 = 100.0;

/// Reads a list of dwellings, one line each: `NUMVOIE`, `NOMVOIE`, `ETAGE`, `NUMAPPT` and `DEPCOM` are needed; `INDREP`,
/// `TYPVOIE`, `BAT`, `ENTREE`, `ESC`, `NUMBOITE`, `CODEPOSTAL`, `LIBCOM`, `latitude` and `longitude` or `x` and `y` are read
/// when they are there; other columns are passed over.
///
/// # Errors
/// The whole file is refused when it is no text, lacks a column or leaves a quotation mark open; a line that is refused stands
/// in `refused` and the others are read.
pub fn read_dwellings(bytes: &[u8], context: &Context) -> Result<Reading<Building>, Refusal> {
    let (text, encoding) = decode(bytes, DWELLINGS_BYTES_MAX)?;
    let mut table = Table::open(&text, COLUMNS)?;
    let mut reading = Reading::new(encoding, &context.provenance);
    let mut tree = Tree::default();
    while table.advance()? {
        reading.rows += 1;
        if reading.rows > DWELLING_ROWS_MAX {
            return Err(Refusal::of(RefusalCode::TooManyRows).expected(DWELLING_ROWS_MAX));
        }
        let taken = table.row().and_then(|row| tree.take(&row, context, &mut |remark| reading.remarks.push(remark)));
        match taken {
            Ok(true) => {}
            Ok(false) => reading.outside += 1,
            Err(refusal) => reading.refused.push(refusal),
        }
        if tree.doors.len() > DWELLINGS_MAX as usize {
            return Err(Refusal::of(RefusalCode::TooManyRows).expected(DWELLINGS_MAX));
        }
    }
    reading.items = tree.buildings;
    Ok(reading)
}

/// The buildings so far, and where each stands.
#[derive(Default)]
struct Tree {
    buildings: Vec<Building>,
    /// Rank of a building, by its id.
    building_ranks: HashMap<Uuid, usize>,
    /// Rank of a building by the cells of its address: most lines repeat the one before and need no new id.
    address_ranks: HashMap<String, usize>,
    /// Rank of a stair in its building, by its id.
    stair_ranks: HashMap<Uuid, usize>,
    /// Stair of a building by the cells of its name.
    stair_cells: HashMap<(usize, String), Uuid>,
    /// What the first line of a stair says of building, entrance and stair, normalised, by the stair's id.
    stairs_said: HashMap<Uuid, [String; 3]>,
    /// Line of a door, by its id.
    doors: HashMap<Uuid, u32>,
    /// Buildings whose points were said to disagree: once is enough.
    disagreeing: HashSet<usize>,
}

impl Tree {
    /// Takes a line; false when its commune is not of the territory.
    fn take(&mut self, row: &Row<'_>, context: &Context, remark: &mut dyn FnMut(Refusal)) -> Result<bool, Refusal> {
        let Some(commune) = cell::insee(row.get(DEPCOM)) else {
            return Err(unread(row, RefusalCode::InseeMalformed, DEPCOM));
        };
        if !context.keeps(&commune) {
            return Ok(false);
        }
        // Everything that may refuse the line comes before anything is kept of it.
        let Some(floor) = cell::floor(row.get(ETAGE)) else {
            return Err(unread(row, RefusalCode::FloorUnreadable, ETAGE));
        };
        let label = label_of(row, floor)?;
        let address_key = [NUMVOIE, INDREP, TYPVOIE, NOMVOIE].map(|column| row.get(column)).join("\u{1}") + &commune;
        let known = self.address_ranks.get(&address_key).copied();
        let (rank, building) = match known.and_then(|rank| Some((rank, self.buildings.get(rank)?.id))) {
            Some(known) => known,
            None => self.building(row, context, address_key, &commune)?,
        };
        let stair = self.stair(row, rank, building, remark);
        let door = place::door_id(stair, floor, &label);
        if let Some(first) = self.doors.get(&door) {
            return Err(row.refusal(RefusalCode::DuplicateDwelling, NUMAPPT).expected(first));
        }
        self.doors.insert(door, row.line);
        self.complete(row, rank, remark);
        let stair_rank = self.stair_ranks.get(&stair).copied();
        let stairs = self.buildings.get_mut(rank).map(|building| &mut building.stairs);
        if let Some(stair) = stairs.zip(stair_rank).and_then(|(stairs, stair_rank)| stairs.get_mut(stair_rank)) {
            stair.doors.push(Door { id: door, floor, label });
        }
        Ok(true)
    }

    fn building(
        &mut self,
        row: &Row<'_>,
        context: &Context,
        address_key: String,
        commune: &str,
    ) -> Result<(usize, Uuid), Refusal> {
        let address = address_of(row)?;
        let id = place::building_id(context.territory, &address, commune);
        let next = self.buildings.len();
        let rank = *self.building_ranks.entry(id).or_insert(next);
        if rank == next {
            self.buildings.push(Building {
                id,
                address,
                commune_insee: commune.to_owned(),
                commune: String::new(),
                postcode: String::new(),
                point: None,
                line: row.line,
                stairs: Vec::new(),
                invented: false,
            });
        }
        self.address_ranks.insert(address_key, rank);
        Ok((rank, id))
    }

    fn stair(&mut self, row: &Row<'_>, rank: usize, building: Uuid, remark: &mut dyn FnMut(Refusal)) -> Uuid {
        let cells = [BAT, ENTREE, ESC].map(|column| row.get(column)).join("\u{1}");
        if let Some(id) = self.stair_cells.get(&(rank, cells.clone())) {
            return *id;
        }
        let said = [BAT, ENTREE, ESC].map(|column| place::normalise_stair(cell::without_decimals(row.get(column))));
        let name = stair_name(row.get(BAT), row.get(ENTREE), row.get(ESC));
        let id = place::stair_id(building, &name);
        self.stair_cells.insert((rank, cells), id);
        let says_otherwise = *self.stairs_said.entry(id).or_insert_with(|| said.clone()) != said;
        let Some(building) = self.buildings.get_mut(rank) else { return id };
        match self.stair_ranks.get(&id).and_then(|known| building.stairs.get(*known)) {
            Some(twin) if says_otherwise => {
                let merged = Refusal::of(RefusalCode::StairsMerged).line(row.line).column("BAT, ENTREE, ESC");
                remark(merged.value(&name).expected(&twin.name));
            }
            Some(_) => {}
            None => {
                self.stair_ranks.insert(id, building.stairs.len());
                building.stairs.push(Stair { id, name, doors: Vec::new() });
            }
        }
        id
    }

    /// Fills what an earlier line of the building left empty: commune, postcode, point.
    fn complete(&mut self, row: &Row<'_>, rank: usize, remark: &mut dyn FnMut(Refusal)) {
        let Some(building) = self.buildings.get_mut(rank) else { return };
        if building.commune.is_empty() {
            building.commune = cell::one_line(row.get(LIBCOM));
        }
        if building.postcode.is_empty() && !row.get(CODEPOSTAL).is_empty() {
            match cell::postcode(row.get(CODEPOSTAL)) {
                Some(postcode) => building.postcode = postcode,
                None => remark(row.refusal(RefusalCode::PostcodeUnreadable, CODEPOSTAL)),
            }
        }
        match Point::from_cells(row.get(LATITUDE), row.get(LONGITUDE), row.get(X), row.get(Y)) {
            None => {}
            Some(Err(code)) => {
                let column = if row.get(LATITUDE).is_empty() && row.get(LONGITUDE).is_empty() { X } else { LATITUDE };
                remark(row.refusal(RefusalCode::PointUnreadable, column).expected(code.as_str()));
            }
            Some(Ok(point)) => match building.point {
                None => building.point = Some(point),
                Some(first) if first.distance_m(point) > POINTS_APART_M && self.disagreeing.insert(rank) => {
                    remark(
                        Refusal::of(RefusalCode::PointsDisagree)
                            .line(row.line)
                            .value(&building.address)
                            .expected(building.line),
                    );
                }
                Some(_) => {}
            },
        }
    }
}

/// A value that cannot be read, or is not there at all.
fn unread(row: &Row<'_>, code: RefusalCode, column: usize) -> Refusal {
    if row.get(column).is_empty() { row.refusal(RefusalCode::ValueMissing, column) } else { row.refusal(code, column) }
}

fn address_of(row: &Row<'_>) -> Result<String, Refusal> {
    let Some(number) = cell::house_number(row.get(NUMVOIE)) else {
        return Err(unread(row, RefusalCode::HouseNumberUnreadable, NUMVOIE));
    };
    if !row.get(NOMVOIE).chars().any(char::is_alphanumeric) {
        return Err(row.refusal(RefusalCode::ValueMissing, NOMVOIE));
    }
    let address = address(&number, row.get(INDREP), row.get(TYPVOIE), row.get(NOMVOIE));
    if address.chars().count() > LABEL_CHARS_MAX {
        return Err(row.refusal(RefusalCode::ValueTooLong, NOMVOIE).expected(LABEL_CHARS_MAX));
    }
    Ok(address)
}

/// The number on the door, or else the letter box.
fn label_of(row: &Row<'_>, floor: i16) -> Result<String, Refusal> {
    let number = cell::one_line(cell::without_decimals(row.get(NUMAPPT)));
    let mail_box = cell::one_line(cell::without_decimals(row.get(NUMBOITE)));
    let label = if number.is_empty() && !mail_box.is_empty() { format!("Boîte {mail_box}") } else { number };
    if label.is_empty() {
        return Err(row.refusal(RefusalCode::ValueMissing, NUMAPPT));
    }
    if place::normalise_door(floor, &label).is_empty() {
        return Err(row.refusal(RefusalCode::LabelUnreadable, NUMAPPT));
    }
    Ok(label)
}
