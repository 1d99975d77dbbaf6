//! Finding a household, a building, a stair or a door by what people type (ux.md §2.4).
//!
//! What is indexed: the folded words of each person that an agreement lets be named, and of each building's address.
//! Stairs and doors are not: a few buildings are found first, then their own doors are read. Where a person lives is
//! read when found, so nothing here depends on the order in which records arrive.
//!
//! How a word is found: as written or as a beginning (the vocabulary is sorted), by sound (`sound.rs`), or with one letter
//! too many, missing, wrong or swapped: two words one such error apart share a form with one letter left out, and the
//! hashes of those forms are kept (`search_near`). Candidates are then compared word by word (`likeness.rs`).

mod compare;
mod find;
mod item;
mod likeness;
mod people;
mod place;
mod sound;
mod vocabulary;
mod words;

pub use find::{Hit, HitKind};
pub(crate) use item::index;
