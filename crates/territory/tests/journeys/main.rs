//! What a coordinator imports, as journeys: each file with its hazards, the dry run, the demonstration territory.

mod any_bytes;
mod cast;
mod demonstration;
mod dry_run;
mod dwellings;
mod guide;
mod shared_files;
mod speed;
mod structures;
mod zones;
