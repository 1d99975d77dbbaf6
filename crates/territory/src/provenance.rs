//! Where a file comes from: kept with what it brought, and shown beside it.

use serde::Serialize;

/// Source, licence and date of a file.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Provenance {
    /// Who publishes it: "ANCT", "Bailleur".
    pub source: String,
    /// Under which licence: "Licence Ouverte 2.0".
    pub licence: String,
    /// Date of the data, `2024-08-01`; none when it is not known, and the screen then says so.
    pub date: Option<String>,
}

/// The open licence of French public data.
pub const LICENCE_OUVERTE: &str = "Licence Ouverte 2.0";

impl Provenance {
    /// The published list of France services.
    #[must_use]
    pub fn france_services(date: Option<String>) -> Self {
        Self {
            source: "ANCT, liste des structures France services".to_owned(),
            licence: LICENCE_OUVERTE.to_owned(),
            date,
        }
    }

    /// The published contours of the priority neighbourhoods.
    #[must_use]
    pub fn qpv(date: Option<String>) -> Self {
        Self { source: "ANCT, contours des QPV 2024".to_owned(), licence: LICENCE_OUVERTE.to_owned(), date }
    }

    /// The structures published by data·inclusion.
    #[must_use]
    pub fn data_inclusion(date: Option<String>) -> Self {
        Self { source: "data·inclusion".to_owned(), licence: LICENCE_OUVERTE.to_owned(), date }
    }
}

/// The date that a file's name holds, as published names do: `liste-fs-20240801.csv` gives `2024-08-01`.
#[must_use]
pub fn date_in_name(name: &str) -> Option<String> {
    let runs = name.split(|c: char| !c.is_ascii_digit() && c != '-');
    runs.flat_map(|run| [run.replace('-', ""), run.rsplit('-').next().unwrap_or_default().to_owned()])
        .filter(|digits| digits.len() == 8 && digits.is_ascii())
        .find_map(|digits| {
            let (year, rest) = digits.split_at_checked(4)?;
            let (month, day) = rest.split_at_checked(2)?;
            crate::cell::date(&format!("{year}-{month}-{day}")).filter(|date| date.starts_with("20"))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_date_of_a_file_name_is_found() {
        for (name, date) in [
            ("liste-fs-20240801.csv", Some("2024-08-01")),
            ("rpls_2025-01-01.csv", Some("2025-01-01")),
            ("qpv_2024.geojson", None),
            ("export-12345678.csv", None),
            ("", None),
        ] {
            assert_eq!(date_in_name(name).as_deref(), date, "{name:?}");
        }
    }
}
