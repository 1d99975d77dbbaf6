//! Coverage: doors, tried, opened, by stair. A building's and a sector's figures are sums of these.

use uuid::Uuid;

use crate::{Store, StoreError};

/// A building of a sector.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BuildingRow {
    /// Building id.
    pub id: Uuid,
    /// Sector id.
    pub sector: Uuid,
    /// Address.
    pub address: String,
    /// INSEE code of the commune.
    pub insee: String,
    /// Name of the commune.
    pub commune: String,
    /// Millionths of a degree.
    pub latitude: Option<i64>,
    /// Millionths of a degree.
    pub longitude: Option<i64>,
    /// QPV code, empty when outside.
    pub qpv: String,
    /// `inside`, `outside`, `to_confirm`, or empty when the point is unknown.
    pub qpv_status: String,
    /// Access line.
    pub access: String,
    /// Invented for the demonstration.
    pub invented: bool,
}

/// Coverage of one stair.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StairCoverage {
    /// Stair id.
    pub stair: Uuid,
    /// Building id.
    pub building: Uuid,
    /// Stair name.
    pub name: String,
    /// Doors.
    pub doors: u32,
    /// Doors tried at least once.
    pub tried: u32,
    /// Doors opened at least once.
    pub opened: u32,
    /// Last passage, UTC milliseconds.
    pub last_at: Option<i64>,
}

impl Store {
    /// Buildings, by sector then address.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn buildings(&self) -> Result<Vec<BuildingRow>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT id, sector, address, insee, commune, latitude, longitude, qpv, qpv_status, access, invented
             FROM building ORDER BY sector, address",
        )?;
        let rows = statement.query_map([], |row| {
            Ok(BuildingRow {
                id: row.get(0)?,
                sector: row.get(1)?,
                address: row.get(2)?,
                insee: row.get(3)?,
                commune: row.get(4)?,
                latitude: row.get(5)?,
                longitude: row.get(6)?,
                qpv: row.get(7)?,
                qpv_status: row.get(8)?,
                access: row.get(9)?,
                invented: row.get(10)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Coverage of every stair, by name inside each building. A stair without a door counts zero.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn stair_coverage(&self) -> Result<Vec<StairCoverage>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT stair.id, stair.building, stair.name, coalesce(d.doors, 0), coalesce(d.tried, 0), coalesce(d.opened, 0), d.last_at
             FROM stair LEFT JOIN (SELECT stair, count(*) AS doors, sum(tried) AS tried, sum(opened) AS opened, max(last_at) AS last_at
                                   FROM door GROUP BY stair) AS d ON d.stair = stair.id
             ORDER BY stair.name, stair.id",
        )?;
        let rows = statement.query_map([], |row| {
            Ok(StairCoverage {
                stair: row.get(0)?,
                building: row.get(1)?,
                name: row.get(2)?,
                doors: row.get(3)?,
                tried: row.get(4)?,
                opened: row.get(5)?,
                last_at: row.get(6)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
