//! What a coordinator imports, and the demonstration territory.
//!
//! What it is: bytes in, a plan out. Four readers ([`read_zones`], [`read_structures`], [`read_services`], [`read_dwellings`]) turn a file into
//! plain values and list what they refuse with line, column and reason; [`plan()`] compares them with what is known and says
//! what would be new, changed, unchanged. The server shows the plan and, once it is accepted, writes its `edits`.
//!
//! What it is not: storage, network or clock. Words for people are not here either: a refusal is a code ([`RefusalCode`])
//! whose message stands in the catalogue, with the line, the column and the value as arguments.
//!
//! Invariants:
//! - no sequence of bytes makes a reader panic, and every limit is a named constant of [`limits`];
//! - nothing is dropped in silence: a line is taken, taken with a remark, refused with a reason, or counted as outside;
//! - the same file read twice plans nothing the second time;
//! - an import never takes a place away and never writes over a label that people may have corrected.
//!
//! Start reading at [`plan()`], then at a reader.

mod cell;
mod decode;
pub mod demo;
mod dwelling;
mod json;
pub mod limits;
mod offer;
mod plan;
mod point;
mod provenance;
mod reading;
mod refusal;
mod structure;
mod table;
mod zone;

pub use decode::Encoding;
pub use dwelling::{Building, Door, Stair, read_dwellings};
pub use offer::{Service, read_services};
pub use plan::{
    BuildingEdit, Change, DoorEdit, FieldChange, FilePlan, ImportPlan, KindPlan, KnownBuilding, KnownTerritory, Pack,
    RecordEdit, StairEdit, plan,
};
pub use point::Point;
pub use provenance::{LICENCE_OUVERTE, Provenance, date_in_name};
pub use reading::{Context, Reading};
pub use refusal::{Findings, Listed, Refusal, RefusalCode};
pub use structure::{Hours, Structure, read_data_inclusion, read_france_services, read_structures};
pub use zone::{Contour, EDGE_MARGIN_M, QpvOfPoint, QpvStatus, Zone, ZoneMap, read_zones};
