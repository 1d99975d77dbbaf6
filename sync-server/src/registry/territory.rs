//! What imports brought that is no record: contours, the directory, what an import compares of a building, past imports.

use std::collections::HashMap;

use palier_territory::{RecordEdit, Service, Structure, Zone};
use rusqlite::params;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::Registry;
use crate::CentreError;

/// An import that was accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportRow {
    /// Its id.
    pub id: Uuid,
    /// When, UTC milliseconds.
    pub at: i64,
    /// Login name of the account.
    pub account: String,
    /// Records made.
    pub new: u32,
    /// Records changed.
    pub changed: u32,
    /// Lines refused.
    pub refused: u32,
    /// Its files.
    pub files: Vec<ImportedFile>,
}

/// A file of an accepted import.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportedFile {
    /// `zones`, `structures`, `services`, `dwellings`.
    pub kind: String,
    /// Name of the file.
    pub name: String,
    /// Who publishes it.
    pub source: String,
    /// Licence.
    pub licence: String,
    /// Date of the data; empty when not known.
    pub date: String,
}

/// What an import compares of a building, besides its record.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BuildingNote {
    /// Postcode.
    pub postcode: String,
    /// A person settled its neighbourhood: an import leaves it alone.
    pub qpv_settled: bool,
}

impl Registry {
    /// Keeps what an accepted plan brings that is no record, in one transaction.
    ///
    /// # Errors
    /// A fault of SQLite; nothing is written then.
    pub fn keep_pack(&mut self, edits: &[RecordEdit]) -> Result<(), CentreError> {
        let transaction = self.connection.transaction()?;
        for edit in edits {
            match edit {
                RecordEdit::Zone(zone) => transaction
                    .prepare_cached("INSERT OR REPLACE INTO zone (code, body) VALUES (?1, ?2)")?
                    .execute(params![zone.code, serde_json::to_string(zone)?])?,
                RecordEdit::Structure(structure) => transaction
                    .prepare_cached("INSERT OR REPLACE INTO directory (id, body) VALUES (?1, ?2)")?
                    .execute(params![structure.id, serde_json::to_string(structure)?])?,
                RecordEdit::Service(service) => transaction
                    .prepare_cached("INSERT OR REPLACE INTO service (id, body) VALUES (?1, ?2)")?
                    .execute(params![service.id, serde_json::to_string(service)?])?,
                RecordEdit::Building(building) => match &building.postcode {
                    Some(postcode) => transaction
                        .prepare_cached(
                            "INSERT INTO building_note (building, postcode) VALUES (?1, ?2)
                             ON CONFLICT (building) DO UPDATE SET postcode = excluded.postcode",
                        )?
                        .execute(params![building.id, postcode])?,
                    None => 0,
                },
                RecordEdit::Stair(_) | RecordEdit::Door(_) => 0,
            };
        }
        transaction.commit()?;
        Ok(())
    }

    /// Neighbourhoods, by code.
    ///
    /// # Errors
    /// A fault of SQLite, or a row that does not read.
    pub fn zones(&self) -> Result<Vec<Zone>, CentreError> {
        let mut statement = self.connection.prepare_cached("SELECT body FROM zone ORDER BY code")?;
        let rows = statement.query_map([], |row| row.get::<_, String>(0))?.collect::<Result<Vec<_>, _>>()?;
        rows.iter().map(|body| Ok(serde_json::from_str(body)?)).collect()
    }

    /// Names of the neighbourhoods by code, without their contours.
    ///
    /// # Errors
    /// A fault of SQLite.
    pub fn zone_names(&self) -> Result<HashMap<String, String>, CentreError> {
        let mut statement = self.connection.prepare_cached("SELECT code, body ->> 'name' FROM zone")?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Structures of the directory.
    ///
    /// # Errors
    /// A fault of SQLite, or a row that does not read.
    pub fn directory(&self) -> Result<Vec<Structure>, CentreError> {
        let mut statement = self.connection.prepare_cached("SELECT body FROM directory")?;
        let rows = statement.query_map([], |row| row.get::<_, String>(0))?.collect::<Result<Vec<_>, _>>()?;
        rows.iter().map(|body| Ok(serde_json::from_str(body)?)).collect()
    }

    /// Services of the directory.
    ///
    /// # Errors
    /// A fault of SQLite, or a row that does not read.
    pub fn services(&self) -> Result<Vec<Service>, CentreError> {
        let mut statement = self.connection.prepare_cached("SELECT body FROM service")?;
        let rows = statement.query_map([], |row| row.get::<_, String>(0))?.collect::<Result<Vec<_>, _>>()?;
        rows.iter().map(|body| Ok(serde_json::from_str(body)?)).collect()
    }

    /// What is noted of buildings.
    ///
    /// # Errors
    /// A fault of SQLite.
    pub fn building_notes(&self) -> Result<HashMap<Uuid, BuildingNote>, CentreError> {
        let mut statement =
            self.connection.prepare_cached("SELECT building, postcode, qpv_settled FROM building_note")?;
        let rows = statement
            .query_map([], |row| Ok((row.get(0)?, BuildingNote { postcode: row.get(1)?, qpv_settled: row.get(2)? })))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// A person settled a building's neighbourhood.
    ///
    /// # Errors
    /// A fault of SQLite.
    pub fn qpv_settled(&self, building: Uuid) -> Result<(), CentreError> {
        self.connection.execute(
            "INSERT INTO building_note (building, qpv_settled) VALUES (?1, 1)
             ON CONFLICT (building) DO UPDATE SET qpv_settled = 1",
            [building],
        )?;
        Ok(())
    }

    /// Keeps an import in the list.
    ///
    /// # Errors
    /// A fault of SQLite.
    pub fn keep_import(&self, import: &ImportRow) -> Result<(), CentreError> {
        let ImportRow { id, at, account, new, changed, refused, files } = import;
        self.connection.execute(
            "INSERT INTO import (id, at, account, new, changed, refused, files) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            params![id, at, account, new, changed, refused, serde_json::to_string(files)?],
        )?;
        Ok(())
    }

    /// Imports, newest first.
    ///
    /// # Errors
    /// A fault of SQLite, or a row that does not read.
    pub fn imports(&self, limit: u32) -> Result<Vec<ImportRow>, CentreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT id, at, account, new, changed, refused, files FROM import ORDER BY at DESC, id DESC LIMIT ?1",
        )?;
        let rows = statement
            .query_map([limit], |row| {
                let import = ImportRow {
                    id: row.get(0)?,
                    at: row.get(1)?,
                    account: row.get(2)?,
                    new: row.get(3)?,
                    changed: row.get(4)?,
                    refused: row.get(5)?,
                    files: Vec::new(),
                };
                Ok((import, row.get::<_, String>(6)?))
            })?
            .collect::<Result<Vec<_>, _>>()?;
        rows.into_iter()
            .map(|(import, files)| Ok(ImportRow { files: serde_json::from_str(&files)?, ..import }))
            .collect()
    }
}
