//! What a coordinator imports, as journeys: each file with its hazards, the dry run, the demonstration territory.

#[cfg(test)]
mod any_bytes;
#[cfg(test)]
mod cast;
#[cfg(test)]
mod demonstration;
#[cfg(test)]
mod dry_run;
#[cfg(test)]
mod dwellings;
#[cfg(test)]
mod guide;
#[cfg(test)]
mod shared_files;
#[cfg(test)]
mod speed;
#[cfg(test)]
mod structures;
#[cfg(test)]
mod zones;
