//! Periods and places of the figures, from what a page asks.

use palier_domain::calendar;
use palier_store::read::figures::Period;
use uuid::Uuid;

use super::super::ConsoleError;
use super::super::call::{Call, form_date};

/// Whole days, first and last within, in Paris.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::console) struct Days {
    pub(in crate::console) from: String,
    pub(in crate::console) to: String,
    from_ms: i64,
    to_ms: i64,
}

impl Days {
    /// The days of a form; from the first of January to today where it says nothing.
    pub(in crate::console) fn read(call: &Call<'_>, from: &str, to: &str) -> Result<Self, ConsoleError> {
        let today = calendar::local_date(call.now_ms);
        let year = today.get(..4).unwrap_or_default();
        let given = |field: &str, text: &str, other: String| -> Result<String, ConsoleError> {
            let date = form_date(field, text)?;
            Ok(if date.is_empty() { other } else { date })
        };
        let from = given("from", from, format!("{year}-01-01"))?;
        Self::between(&from, &given("to", to, today.clone())?)
    }

    /// From a day to a day, both within.
    pub(in crate::console) fn between(from: &str, to: &str) -> Result<Self, ConsoleError> {
        if to < from {
            return Err(ConsoleError::field("to"));
        }
        let (Some(from_ms), Some(last_ms)) = (calendar::date_start_ms(from), calendar::date_start_ms(to)) else {
            return Err(ConsoleError::field("from"));
        };
        // The day after the last one begins 23 to 25 hours after it does.
        let to_ms = calendar::day_start_ms(last_ms.saturating_add(calendar::DAY_MS + calendar::DAY_MS / 4));
        Ok(Self { from: from.to_owned(), to: to.to_owned(), from_ms, to_ms })
    }

    /// A calendar year.
    pub(in crate::console) fn year(year: u32) -> Result<Self, ConsoleError> {
        Self::between(&format!("{year}-01-01"), &format!("{year}-12-31"))
    }

    /// Everywhere.
    pub(in crate::console) fn everywhere(&self) -> Period<'static> {
        Period { from_ms: self.from_ms, to_ms: self.to_ms, sector: None, qpv: None }
    }

    /// In one sector, or everywhere.
    pub(in crate::console) fn sector(&self, sector: Option<Uuid>) -> Period<'static> {
        Period { sector, ..self.everywhere() }
    }

    /// In one QPV; outside of all when the code is empty.
    pub(in crate::console) fn qpv<'a>(&self, code: &'a str) -> Period<'a> {
        Period { from_ms: self.from_ms, to_ms: self.to_ms, sector: None, qpv: Some(code) }
    }

    /// The instant after the last day.
    pub(in crate::console) const fn end_ms(&self) -> i64 {
        self.to_ms
    }
}

/// The QPV that sectors are in, by code with their names, in the order of the names; outside of all last, where some are.
pub(in crate::console) fn areas(call: &Call<'_>) -> Result<Vec<(String, String)>, ConsoleError> {
    let zones = call.centre.registry.zones()?;
    let name = |code: &str| zones.iter().find(|zone| zone.code == code).map(|zone| zone.name.clone());
    let sectors = call.centre.store.sectors()?;
    let mut areas: Vec<(String, String)> = Vec::new();
    for sector in &sectors {
        if !areas.iter().any(|(code, _)| *code == sector.qpv) {
            let named = name(&sector.qpv).filter(|name| !name.is_empty()).unwrap_or_else(|| sector.qpv.clone());
            areas.push((sector.qpv.clone(), named));
        }
    }
    areas.sort_by(|(one_code, one), (other_code, other)| {
        (one_code.is_empty(), one, one_code).cmp(&(other_code.is_empty(), other, other_code))
    });
    Ok(areas)
}
