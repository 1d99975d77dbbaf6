//! How copies agree: changes, their dots and stamps, the merge, the record catalogue, the wire.
//!
//! What it is: pure functions and plain data, the same code on the tablet and on the server. What it is not: storage,
//! network or clock (time comes in as an argument).
//!
//! The idea in one paragraph. A [`change::Change`] is one save: it sets the fields that were edited, no others, and
//! names, field by field, the values its author saw ([`dot::HeadId`]s, the *bases*). The state of a field is the set of
//! written values that no other write names as a base (its *heads*) together with the set of all named bases (its
//! *past*); see [`state`]. Both are unions over the set of changes, so the order of arrival, repetition and batching
//! cannot matter, and a change whose base has not arrived yet needs no waiting room. What the heads *mean* (the
//! greatest stamp, all of them for a person to decide, the most protective, a set, a sum) is the field's class and is
//! decided only when it is read; see [`resolve`]. A version of the app that does not know a field merges it all the same.
//!
//! Invariants: merging is commutative, associative and idempotent (I1, I2); erasure absorbs (I10); nothing here refuses
//! a stamp (I12). Start reading at [`state`], then [`resolve`], then [`wire`].

pub mod catalogue;
pub mod change;
pub mod clock;
pub mod code;
pub mod columns;
pub mod compact;
pub mod digest;
pub mod dot;
pub mod enrolment;
#[cfg(feature = "faults")]
pub mod faults;
pub mod limits;
mod packed;
pub mod resolve;
pub mod roster;
pub mod rules;
pub mod scope;
pub mod sign;
pub mod snapshot;
pub mod state;
mod take_out;
pub mod value;
pub mod wire;

pub use catalogue::{FieldClass, FieldSpec, Group, RecordType};
pub use change::{Body, Change, Edit};
pub use clock::Hlc;
pub use dot::{Dot, HeadId, Replica, Stamp};
pub use scope::ScopeKey;
pub use state::{FieldState, Head, RecordState};
pub use value::Value;
