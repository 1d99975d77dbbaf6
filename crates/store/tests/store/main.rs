//! What the store promises, one subject a module.

#[cfg(test)]
mod alias;
#[cfg(test)]
#[path = "../../examples/bench/cast.rs"]
mod cast;
#[cfg(test)]
mod erasure;
#[cfg(test)]
mod journal;
#[cfg(test)]
mod opening;
#[cfg(test)]
mod projections;
#[cfg(test)]
#[allow(dead_code, reason = "the bench reads what these tests do not")]
#[path = "../../examples/bench/queries.rs"]
mod queries;
#[cfg(test)]
mod schema;
#[cfg(test)]
mod search;
#[cfg(test)]
mod snapshot;
#[cfg(test)]
mod stair;
#[cfg(test)]
mod tables;
#[cfg(test)]
#[allow(dead_code, reason = "the bench reads what these tests do not")]
#[path = "../../examples/bench/territory.rs"]
mod territory;
#[cfg(test)]
mod tidy;
