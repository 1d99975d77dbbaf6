//! Structures of the directory: France services, social centres, associations.

pub(crate) mod cells;
mod data_inclusion;
mod france_services;
mod hours;
pub(crate) mod members;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::decode::decode;
use crate::limits::STRUCTURES_BYTES_MAX;
use crate::point::Point;
use crate::reading::{Context, Reading};
use crate::refusal::Refusal;

pub use data_inclusion::read_data_inclusion;
pub use france_services::read_france_services;
pub use hours::Hours;

/// A structure that residents may be directed to. An empty text means that the file does not say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Structure {
    /// Derived from the territory and `key`: the same structure read from two formats is one.
    pub id: Uuid,
    /// Identifier of the publisher, data·inclusion form: `anct-france-services--226`.
    pub key: String,
    /// Publisher of the line: `anct-france-services`.
    pub source: String,
    /// Licence of the file.
    pub licence: String,
    /// Date of the line at its publisher, `2024-08-01`; empty when unknown.
    pub updated_on: String,
    /// Name.
    pub name: String,
    /// Number and street.
    pub address: String,
    /// Building, floor, "Centre social …".
    pub address_extra: String,
    /// Five digits.
    pub postcode: String,
    /// Commune.
    pub commune: String,
    /// INSEE code of the commune.
    pub commune_insee: String,
    /// Where it is.
    pub point: Option<Point>,
    /// Phone, as published.
    pub phone: String,
    /// E-mail.
    pub email: String,
    /// Web page.
    pub website: String,
    /// Page of the publisher about it.
    pub source_link: String,
    /// Page about its accessibility.
    pub accessibility_link: String,
    /// Fourteen digits.
    pub siret: String,
    /// Opening hours.
    pub hours: Hours,
    /// Whether one must make an appointment; none when the file does not say.
    pub by_appointment: Option<bool>,
    /// Networks that carry it, data·inclusion codes: `france-service`, `ccas-cias`.
    pub networks: Vec<String>,
    /// Description and comment, as published.
    pub description: String,
    /// The description speaks of days, hours or appointments: read it before trusting the hours.
    pub description_mentions_hours: bool,
    /// Made up for the demonstration.
    pub invented: bool,
}

/// Reads structures in either format: a data·inclusion v1 JSON, or the CSV list of France services.
///
/// # Errors
/// As [`read_data_inclusion`] and [`read_france_services`].
pub fn read_structures(bytes: &[u8], context: &Context) -> Result<Reading<Structure>, Refusal> {
    let (text, _) = decode(bytes, STRUCTURES_BYTES_MAX)?;
    if text.trim_start().starts_with(['[', '{']) {
        read_data_inclusion(bytes, context)
    } else {
        read_france_services(bytes, context)
    }
}
