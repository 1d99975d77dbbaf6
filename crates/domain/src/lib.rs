//! The trade: places, outcomes of a passage, agreements, the local calendar, the folding of names.
//!
//! What it is: plain values and pure decisions. What it is not: storage, network, clock or randomness; time and ids
//! come in as arguments, so every rule is tested with a plain value and nothing here fails for a technical reason.
//!
//! Invariants: a place's id derives from what the place is ([`place`]); an outcome code that this version does not
//! know is kept and sent back untouched ([`outcome`]); the most protective agreement wins ([`agreement`]); no event of
//! a referral is lost, and nothing is handed on beyond what was agreed ([`referral`]).
//!
//! Start reading at [`place`] and [`outcome`].

pub mod action;
pub mod agreement;
pub mod calendar;
pub mod codes;
pub mod fold;
pub mod hours;
pub mod outcome;
pub mod place;
pub mod referral;
pub mod slip;
pub mod trust;
