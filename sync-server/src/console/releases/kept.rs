//! A release as it is kept: true numbers with what is hidden of them. It is counted once; what is read of it later is its copy.

use std::collections::BTreeMap;

use palier_disclosure::{Protected, Rule, Told};
use serde::{Deserialize, Serialize};

use super::span::Span;
use super::subjects::{Ground, sheets};
use crate::console::ConsoleError;
use crate::console::api::ErrorCode;
use crate::console::call::Call;
use crate::console::figures::{Counted, Services, areas, median};
use crate::registry::ReleaseRow;

/// The figures of a release.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Release {
    pub(super) rule: Rule,
    /// Codes and names of the areas; one without a code or a name for everything together.
    pub(super) areas: Vec<(String, String)>,
    pub(super) by_qpv: bool,
    pub(super) sheets: BTreeMap<String, Protected>,
    /// Days in the middle, for each column, where enough people are behind them.
    pub(super) medians: BTreeMap<String, Vec<Option<u32>>>,
    /// Names of the services at that time, by key.
    pub(super) services: BTreeMap<String, String>,
}

/// Medians with the sheet and the line that say how many are behind them.
const MEDIANS: &[(&str, &str, &str)] =
    &[("granted_days", "granted", "rights_granted"), ("closed_days", "referrals", "referrals_closed")];

impl Release {
    /// Reads what the registry keeps.
    pub(super) fn read(row: &ReleaseRow) -> Result<Self, ConsoleError> {
        serde_json::from_str(&row.body).map_err(|error| {
            tracing::error!(number = row.number, category = ?error.classify(), "a release that does not read");
            ConsoleError::of(ErrorCode::Internal)
        })
    }

    /// Counts a period and hides what must be, beside the releases that there are.
    pub(super) fn count(call: &Call<'_>, span: Span, by_qpv: bool, rows: &[ReleaseRow]) -> Result<Self, ConsoleError> {
        let days = span.days()?;
        let mut quarters = Vec::new();
        for row in rows.iter().filter(|_| span.quarter.is_none()) {
            if Span::read(&row.period).is_some_and(|told| told.year == span.year && told.quarter.is_some()) {
                quarters.push((row.period.clone(), Self::read(row)?));
            }
        }
        quarters.sort_by(|(one, _), (other, _)| one.cmp(other));
        // One year has one kind of columns: a sum over areas less areas that were told would be an area.
        if quarters.iter().any(|(_, quarter)| quarter.by_qpv != by_qpv) {
            return Err(ConsoleError::field("by_qpv"));
        }
        let store = &call.centre.store;
        let services = Services::read(call)?;
        let everywhere = Counted::read(store, &days.everywhere())?;
        let areas = if by_qpv { areas(call)? } else { vec![("*".to_owned(), String::new())] };
        let mut counted = Vec::new();
        for (code, _) in &areas {
            let period = if by_qpv { days.qpv(code) } else { days.everywhere() };
            counted.push(Counted::read(store, &period)?);
        }
        let codes: Vec<String> = areas.iter().map(|(code, _)| code.clone()).collect();
        let rule = Rule::LEAVING;
        let mut told = BTreeMap::new();
        for (code, sheet) in sheets(&Ground { areas: &codes, counted: &counted, services: &services }) {
            let before: Vec<&Protected> =
                quarters.iter().filter_map(|(_, quarter)| quarter.sheets.get(&code)).collect();
            let sheet = sheet.protect(rule, &before).map_err(|exposed| {
                tracing::error!(
                    period = span.code(),
                    code,
                    cells = exposed.cells.len(),
                    "a release would expose what was hidden"
                );
                ConsoleError::of(ErrorCode::Internal)
            })?;
            told.insert(code, sheet);
        }
        if by_qpv && areas.len() > 1 {
            counted.push(everywhere);
        }
        let attended = told.get("came").into_iter().flat_map(|came| came.sheet.lines.keys());
        let keys = attended.filter_map(|line| line.strip_prefix("attended:"));
        let services = keys.map(|key| (key.to_owned(), services.name(key))).collect();
        let medians = medians(&told, &counted);
        Ok(Self { rule, areas, by_qpv, sheets: told, medians, services })
    }

    /// How many numbers about people are hidden, and how many there are.
    pub(super) fn hidden_of(&self) -> (u32, u32) {
        let counts = self.sheets.values().map(Protected::hidden_of);
        let (hidden, all) = counts.fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
        (u32::try_from(hidden).unwrap_or(u32::MAX), u32::try_from(all).unwrap_or(u32::MAX))
    }
}

fn medians(sheets: &BTreeMap<String, Protected>, counted: &[Counted]) -> BTreeMap<String, Vec<Option<u32>>> {
    let of = |code: &str, sheet: &str, line: &str| -> Vec<Option<u32>> {
        let days = |one: &Counted| match code {
            "granted_days" => median(&one.rights.granted_days),
            _ => median(&one.referrals.closed_days),
        };
        let enough = |column| sheets.get(sheet).is_some_and(|sheet| matches!(sheet.told(line, column), Told::Shown(_)));
        counted.iter().enumerate().map(|(column, one)| days(one).filter(|_| enough(column))).collect()
    };
    MEDIANS.iter().map(|(code, sheet, line)| ((*code).to_owned(), of(code, sheet, line))).collect()
}
