//! The directory as a screen uses it: statuses on dated cases, the published list, the search.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot be set up fails")]

mod calendar_file;
mod france_services;
mod search;
mod status_table;
