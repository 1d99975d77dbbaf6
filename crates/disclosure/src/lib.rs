//! Hides small numbers of the figures that leave a structure, so that no hidden one can be computed from what stays.
//!
//! What it is: the rule ([`Rule`]), a table as the equations that its reader knows ([`System`]), the choice of what else to hide
//! ([`protect`]), the proof that it is enough ([`audit`]), and the figures of a period over areas, with the releases before them
//! ([`Sheet`]). What it is not: counting, keeping releases, words.
//!
//! Invariant: nothing is shown that was not audited; a hidden number, whatever it is, can be any of [`Rule::width`] + 1 whole numbers in
//! a row at least, for a reader who knows every equation and every release. Start reading at `system.rs`, then `protect.rs`.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic))]

mod audit;
mod protect;
mod sheet;
mod system;

pub use audit::{Narrow, audit};
pub use protect::{Exposed, protect};
pub use sheet::{Line, OverTime, Protected, Sheet, Sum, Told};
pub use system::{Bound, Cell, Kind, Rule, System};
