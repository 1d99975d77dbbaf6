//! Priority neighbourhoods: their contours, and whether a point is in one.

mod locate;
mod read;

use serde::{Deserialize, Serialize};

use crate::point::Point;

pub use locate::{EDGE_MARGIN_M, QpvOfPoint, QpvStatus, ZoneMap};
pub use read::read_zones;

/// A priority neighbourhood (QPV) with its contour.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Zone {
    /// `QN03709M`.
    pub code: String,
    /// "Sanitas".
    pub name: String,
    /// INSEE codes of its communes; empty when the file does not say.
    pub communes: Vec<String>,
    /// Its contours: one, or several when it is in pieces.
    pub contours: Vec<Contour>,
    /// Made up for the demonstration.
    pub invented: bool,
}

/// One piece of a neighbourhood. Rings are not closed: the last corner is joined to the first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contour {
    /// The outer ring.
    pub outer: Vec<Point>,
    /// What is left out of it.
    pub holes: Vec<Vec<Point>>,
}
