//! Sectors, structures, people at work, local numbers.

use uuid::Uuid;

use super::visits::split;
use crate::{Store, StoreError};

/// A sector.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SectorRow {
    /// Sector id.
    pub id: Uuid,
    /// Name.
    pub name: String,
    /// QPV code.
    pub qpv: String,
    /// INSEE code of the commune.
    pub insee: String,
    /// Structures that work here.
    pub structures: Vec<Uuid>,
}

/// A structure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StructureRow {
    /// Structure id.
    pub id: Uuid,
    /// Name.
    pub name: String,
    /// Kind code (model.md, PartnerKind).
    pub kind: String,
}

/// A person at work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProfileRow {
    /// Profile id.
    pub id: Uuid,
    /// First name.
    pub display_name: String,
    /// Role code.
    pub role: String,
    /// Structure.
    pub structure: Uuid,
    /// Works there now.
    pub active: bool,
    /// Replicas that write for this person, one a tablet.
    pub replicas: Vec<u32>,
}

impl Store {
    /// Sectors, by name.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn sectors(&self) -> Result<Vec<SectorRow>, StoreError> {
        let mut statement =
            self.connection.prepare_cached("SELECT id, name, qpv, insee, structures FROM sector ORDER BY name, id")?;
        let rows = statement.query_map([], |row| {
            Ok(SectorRow {
                id: row.get(0)?,
                name: row.get(1)?,
                qpv: row.get(2)?,
                insee: row.get(3)?,
                structures: split(&row.get::<_, String>(4)?).iter().filter_map(|id| Uuid::parse_str(id).ok()).collect(),
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Structures, by name.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn structures(&self) -> Result<Vec<StructureRow>, StoreError> {
        let mut statement = self.connection.prepare_cached("SELECT id, name, kind FROM structure ORDER BY name, id")?;
        let rows = statement
            .query_map([], |row| Ok(StructureRow { id: row.get(0)?, name: row.get(1)?, kind: row.get(2)? }))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// People at work, by first name.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn profiles(&self) -> Result<Vec<ProfileRow>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT id, display_name, role, structure, active, replicas FROM profile ORDER BY display_name, id",
        )?;
        let rows = statement.query_map([], |row| {
            Ok(ProfileRow {
                id: row.get(0)?,
                display_name: row.get(1)?,
                role: row.get(2)?,
                structure: row.get(3)?,
                active: row.get(4)?,
                replicas: split(&row.get::<_, String>(5)?).iter().filter_map(|n| n.parse().ok()).collect(),
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Local emergency numbers: label and number, in the coordinators' order.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn local_numbers(&self) -> Result<Vec<(String, String)>, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT label, number FROM local_number WHERE number <> '' ORDER BY rank, label")?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
