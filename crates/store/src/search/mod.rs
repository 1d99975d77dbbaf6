//! Finding a household or a place by what people type (ux.md §2.4).

mod find;
mod item;

pub use find::{Hit, HitKind};
pub(crate) use item::index;
