//! The figures of the contrat de ville (model.md §4), over a period: each with what it is out of and what is in neither. Areas or
//! years stand side by side. Exact: for who may open the rows.

mod counted;
mod groups;
mod period;

pub(super) use counted::{Counted, Services};
pub(super) use groups::{DECIDED, NOT_HANDED, SENIORS, median, right_name, sum, tallied};
pub(super) use period::{Days, areas};

use super::ConsoleError;
use super::api::*;
use super::call::{Call, optional_id};
use super::names::Names;

/// Years of the contrat de ville (fiche S15).
pub(super) const YEARS: std::ops::RangeInclusive<u32> = 2024..=2030;

pub(super) fn figures(call: &mut Call<'_>, request: FiguresRequest) -> Result<Figures, ConsoleError> {
    let days = Days::read(call, &request.from, &request.to)?;
    let sector = optional_id(&request.sector)?;
    let services = Services::read(call)?;
    let groups = groups::groups(&Counted::read(&call.centre.store, &days.sector(sector))?, &services);
    let mut columns = Vec::new();
    match request.beside {
        Beside::Nothing => {}
        Beside::Qpv => {
            for (code, name) in areas(call)? {
                let counted = Counted::read(&call.centre.store, &days.qpv(&code))?;
                columns.push(FigureColumn { code, name, groups: groups::groups(&counted, &services) });
            }
        }
        Beside::Year => {
            for year in YEARS {
                let counted = Counted::read(&call.centre.store, &Days::year(year)?.sector(sector))?;
                if !counted.is_empty() {
                    let code = year.to_string();
                    columns.push(FigureColumn {
                        name: code.clone(),
                        code,
                        groups: groups::groups(&counted, &services),
                    });
                }
            }
        }
    }
    Ok(Figures {
        sectors: Names::read(call.centre)?.sectors(),
        from: days.from,
        to: days.to,
        beside: request.beside,
        groups,
        columns,
    })
}
