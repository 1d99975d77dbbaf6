//! Services that structures offer, in the data·inclusion schema.

mod data_inclusion;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::point::Point;
use crate::structure::Hours;

pub use data_inclusion::read_services;

/// A service of a structure. An empty text means that the file does not say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Service {
    /// Derived from the territory and `key`.
    pub id: Uuid,
    /// Identifier of the publisher: `dora--…`.
    pub key: String,
    /// `key` of the structure that offers it.
    pub structure: String,
    /// Publisher of the line.
    pub source: String,
    /// Licence of the file.
    pub licence: String,
    /// Date of the line at its publisher, `2024-08-01`.
    pub updated_on: String,
    /// Name.
    pub name: String,
    /// Description, with the conditions of access.
    pub description: String,
    /// Themes, data·inclusion codes.
    pub themes: Vec<String>,
    /// Whom it is for, data·inclusion codes.
    pub audiences: Vec<String>,
    /// Number and street, floor; empty when it is where its structure is.
    pub address: String,
    /// Postcode and commune.
    pub commune: String,
    /// Where it is.
    pub point: Option<Point>,
    /// Phone, as published.
    pub phone: String,
    /// E-mail.
    pub email: String,
    /// Page on which one asks for it.
    pub link: String,
    /// Opening hours; empty when they are those of its structure.
    pub hours: Hours,
    /// `unconditional`, `appointment`, `referral`, or empty.
    pub access: String,
    /// `gratuit`, `payant`, or empty.
    pub fees: String,
    /// Made up for the demonstration.
    pub invented: bool,
}
