//! What the store promises, one subject a module.
#![allow(missing_docs)]

#[cfg(test)]
#[allow(dead_code)]
#[path = "../examples/bench/cast.rs"]
mod cast;
#[cfg(test)]
#[path = "../examples/bench/queries.rs"]
mod queries;
#[cfg(test)]
mod search;
#[cfg(test)]
#[path = "../examples/bench/territory.rs"]
mod territory;
