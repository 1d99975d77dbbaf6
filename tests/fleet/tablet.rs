//! One tablet: an encrypted store and its credential, driven by the functions that the app's commands call.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use palier_commands::SystemClock;
use palier_exchange::{Clock, Report};
use palier_store::acts::{Act, ActEdit};
use palier_store::{Store, StoreError, StoreKey};
use palier_sync::catalogue::fleet_visit as f;
use palier_sync::{RecordType, ScopeKey, Value};
use palier_tests::BareTablet;
use uuid::Uuid;

use crate::workload::{Created, Edited};

/// A tablet of the measure.
pub struct Tablet {
    bare: BareTablet,
    file: PathBuf,
    key: [u8; 32],
}

impl Tablet {
    /// Enrols a new tablet; its store is a new encrypted file, opened with a key of its own.
    pub fn enrolled(address: &str, code: &str, file: &Path) -> anyhow::Result<Self> {
        let mut key = [0u8; 32];
        getrandom::fill(&mut key).map_err(|_| anyhow::anyhow!("The system gave no randomness"))?;
        Ok(Self { bare: BareTablet::enrolled(address, code, file, key)?, file: file.to_owned(), key })
    }

    /// Its replica.
    pub fn replica(&self) -> u32 {
        self.bare.replica()
    }

    /// The scope of the workload: the files of the mediator's structure in its sector.
    pub fn scope(&self) -> anyhow::Result<ScopeKey> {
        self.bare.files()
    }

    /// Does something with the store.
    pub fn with<T>(&self, act: impl FnOnce(&mut Store) -> T) -> T {
        self.bare.with(act)
    }

    /// Writes one record as a visit is written: one transaction, with its act and what undoes it.
    pub fn create(&self, record: &Created) -> anyhow::Result<()> {
        let (scope, id, fields) = (self.scope()?, record.id, record.fields()?);
        let outcome = fields.iter().find(|(number, _)| *number == f::outcome).map(|(_, value)| value.clone());
        let outcome = outcome.unwrap_or(Value::Null);
        self.with(|store| {
            store.write(SystemClock.wall_ms(), |draft| -> Result<(), StoreError> {
                draft.make(scope, id, RecordType::FleetVisit, &fields)?;
                let head = draft.written(id, f::outcome).pop();
                let (kind, field) = (RecordType::FleetVisit.number(), f::outcome);
                let edit =
                    ActEdit { record: id, kind, scope, field, head, before: Value::Null, after: outcome.clone() };
                draft.undo_with(edit);
                draft.act(act("visit", outcome.as_text()));
                Ok(())
            })
        })?;
        Ok(())
    }

    /// Writes many records in one transaction: the history that a new tablet finds, which nobody waits for.
    pub fn load(&self, records: &[Created]) -> anyhow::Result<()> {
        let scope = self.scope()?;
        let filled =
            records.iter().map(|record| Ok((record.id, record.fields()?))).collect::<anyhow::Result<Vec<_>>>()?;
        self.with(|store| {
            store.write(SystemClock.wall_ms(), |draft| -> Result<(), StoreError> {
                for (id, fields) in &filled {
                    draft.make(scope, *id, RecordType::FleetVisit, fields)?;
                }
                Ok(())
            })
        })?;
        Ok(())
    }

    /// Writes one edit, which the journal can undo.
    pub fn edit(&self, edited: &Edited) -> anyhow::Result<()> {
        let (scope, (field, value)) = (self.scope()?, edited.edit()?);
        self.with(|store| {
            store.write(SystemClock.wall_ms(), |draft| -> Result<(), StoreError> {
                draft.set_undoable(scope, edited.id, RecordType::FleetVisit, field, value)?;
                draft.act(act("amend", ""));
                Ok(())
            })
        })?;
        Ok(())
    }

    /// One sync, on a connection of its own as the app makes one.
    pub fn sync(&self) -> anyhow::Result<Report> {
        Ok(self.bare.sync(&self.bare.transport()?)?)
    }

    /// Closes the store as the app does, which gives back room and folds its log; answers the bytes of its files, and of each
    /// table and index.
    pub fn close(self) -> anyhow::Result<(u64, BTreeMap<String, i64>)> {
        let Self { bare, file, key } = self;
        bare.with(Store::tidy)?;
        drop(bare);
        let tables = {
            let connection = palier_store::connect(&file, &StoreKey::new(key))?;
            let mut statement = connection.prepare("SELECT name, sum(pgsize) FROM dbstat GROUP BY name")?;
            let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
            rows.collect::<Result<_, _>>()?
        };
        let mut bytes = 0;
        for end in ["", "-wal", "-shm"] {
            let mut path = file.clone().into_os_string();
            path.push(end);
            bytes += std::fs::metadata(path).map_or(0, |data| data.len());
        }
        Ok((bytes, tables))
    }
}

fn act(kind: &'static str, code: &str) -> Act {
    Act { id: Uuid::now_v7(), kind, code: code.to_owned(), door: None, stair: None, count: 1, undoable: true }
}
