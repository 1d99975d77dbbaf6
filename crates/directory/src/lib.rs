//! The directory of services on the tablet: what is open, how far one walks, what answers a need.
//!
//! What it is: plain values in, decisions out. [`Schedule`] reads OpenStreetMap opening hours and says, at an instant, open,
//! closed or unknown, and when the next sure opening is; [`distance`] estimates a walk; [`advise`] warns before someone is sent to a closed door and [`Reminder`] writes the calendar file; [`Directory`] searches and ranks; [`Line`] is a service as it travels, in a pack.
//!
//! What it is not: storage, network, clock or words; instants come in as UTC milliseconds, days are Europe/Paris days.
//!
//! Invariants:
//! - what is not known is [`State::Unknown`], never [`State::Open`]: no hours, hours that cannot be read, a public holiday of
//!   which the hours say nothing, school holidays and the height of the sun, which a tablet does not know;
//! - a dated closure wins over the hours;
//! - the same services, place and instant give the same list in the same order.
//!
//! Start reading at [`Schedule::status`], then at [`Directory::search`].

pub mod distance;
mod entry;
mod going;
pub mod holidays;
mod line;
pub mod needs;
mod schedule;
mod search;

pub use distance::Place;
pub use entry::{Access, Entry};
pub use going::{Advice, Reminder, advise};
pub use line::{Line, NoPack, PACK_BYTES_MAX, read_pack, write_pack};
pub use schedule::{Closure, Openings, Schedule, State, Status, Unreadable};
pub use search::{Directory, Found, Order, Query};
