//! Which rights a household has, could have, cannot have.
//!
//! What it is: answers in, amounts out. [`reading::read`] takes the answers, a [`pack::Pack`] holds the dated figures of the
//! law, [`diagnosis::Amounts::of`] computes the rights,
//! [`partial`] says what incomplete answers decide and what to ask next. A rule is written once over [`number::Number`] and [`truth::Truth`],
//! which are exact when the answers are and hold every possible result when they are not.
//!
//! What it is not: files, network, clock or words for people.
//!
//! Invariants:
//! - no answer makes it panic, and what is absurd is refused by the name of its field;
//! - the result of incomplete answers contains the result of every completion of them;
//! - no figure of the law stands in the code: it stands in a pack, with its day and its source.
//!
//! Start reading at [`diagnosis`], then at a right such as `rights/rsa.rs`.

pub mod answers;
pub mod case;
pub mod catalogue;
pub mod diagnosis;
pub mod explain;
pub mod interview;
pub mod month;
pub mod next;
pub mod number;
mod optional;
pub mod oracle_shape;
pub mod pack;
pub mod pack_files;
pub mod parameter;
pub mod partial;
pub mod question;
pub mod reading;
mod resources;
mod rights;
pub mod rules;
pub mod survey;
pub mod told;
pub mod trace;
pub mod truth;

pub use rights::css::HealthCover;
