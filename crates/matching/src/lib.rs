//! Which people of households were written down twice.
//!
//! What it is: [`pairs`] takes records as several people may have written them and gives the pairs that look like one person,
//! each with a probability, whether it is sure enough to be proposed, and why. The parameters are estimated on the records
//! themselves: no training, no flags.
//!
//! What it is not: a merge. Nothing is changed; people decide.
//!
//! Invariants:
//! - the answer depends on the set of records alone, not on their order;
//! - members of one household are never proposed for what a household shares: without a given name or a date of birth that
//!   agrees, a pair is at most possible;
//! - no text makes it panic; what cannot be read counts as missing.
//!
//! Start reading at [`pairs`], then at `model.rs`.

mod address;
mod birth;
mod blocking;
mod chances;
mod clusters;
mod comparison;
mod decision;
mod estimation;
mod letters;
mod lines;
mod model;
mod name;
mod phone;
mod prepared;
mod record;

pub use decision::pairs;
pub use lines::{LineError, read_lines};
pub use record::{Pair, PersonRecord, Reason};
