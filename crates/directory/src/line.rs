//! A line of the directory as it travels and as a sheet shows it, and the pack that holds all of them.

use serde::{Deserialize, Serialize};

use crate::distance::Place;
use crate::entry::{Access, Entry};
use crate::schedule::{Closure, Schedule};

/// Largest pack once decompressed, in bytes: about 30,000 services. More is refused before it takes memory.
pub const PACK_BYTES_MAX: usize = 32 * 1024 * 1024;

/// Level of zstd of a pack: it is made once and fetched by every tablet.
const LEVEL: i32 = 19;

/// The form of packs that this version writes.
const FORM: u16 = 1;

/// A service that a person may be handed on to. An empty text means that the publisher does not say.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Line {
    /// Identifier of the publisher, `source--identifiant`.
    pub key: String,
    /// Name of the service, or of the structure when it publishes no service of its own.
    pub name: String,
    /// Name of the structure, when it is another.
    pub structure: String,
    /// Description, as published.
    pub description: String,
    /// Themes or families of data·inclusion.
    pub themes: Vec<String>,
    /// Whom it is for, data·inclusion codes.
    pub audiences: Vec<String>,
    /// Number and street, floor.
    pub address: String,
    /// Postcode and commune.
    pub commune: String,
    /// Millionths of a degree.
    pub latitude_e6: Option<i32>,
    /// Millionths of a degree.
    pub longitude_e6: Option<i32>,
    /// As published.
    pub phone: String,
    /// E-mail.
    pub email: String,
    /// Web page.
    pub website: String,
    /// OpenStreetMap `opening_hours`; empty when not known.
    pub hours: String,
    /// What was published, when it could not be read as hours.
    pub hours_published: String,
    /// `unconditional`, `appointment`, `referral`, or empty.
    pub access: String,
    /// Languages spoken, ISO 639-3.
    pub languages: Vec<String>,
    /// What it costs, data·inclusion code: `gratuit`, `payant`.
    pub fees: String,
    /// Date of the line at its publisher, `YYYY-MM-DD`.
    pub updated_on: String,
    /// Publisher.
    pub source: String,
    /// Licence of the data.
    pub licence: String,
    /// Made up for the demonstration.
    pub invented: bool,
}

impl Line {
    /// Where it is.
    #[must_use]
    pub fn place(&self) -> Option<Place> {
        self.latitude_e6.zip(self.longitude_e6).map(|(latitude_e6, longitude_e6)| Place { latitude_e6, longitude_e6 })
    }

    /// How one gets in.
    #[must_use]
    pub fn entrance(&self) -> Access {
        match self.access.as_str() {
            "unconditional" => Access::Unconditional,
            "appointment" => Access::Appointment,
            "referral" => Access::Referral,
            _ => Access::Unknown,
        }
    }

    /// Its hours; what cannot be read is hours that nobody knows.
    #[must_use]
    pub fn schedule(&self, closures: Vec<Closure>) -> Schedule {
        Schedule::read(&self.hours, closures.clone()).unwrap_or_else(|_| Schedule::unknown(closures))
    }

    /// As the search knows it.
    #[must_use]
    pub fn entry(&self, closures: Vec<Closure>) -> Entry {
        let mut entry = Entry::new(&self.key, &format!("{} {} {}", self.name, self.structure, self.description));
        entry.themes.clone_from(&self.themes);
        entry.place = self.place();
        entry.access = self.entrance();
        entry.languages.clone_from(&self.languages);
        entry.schedule = self.schedule(closures);
        entry
    }
}

/// Why bytes are no directory.
#[derive(Debug, thiserror::Error)]
pub enum NoPack {
    /// Not zstd, or too large once decompressed.
    #[error("The pack is not compressed as it should be, or too large")]
    Compression(#[source] std::io::Error),
    /// Not the JSON expected.
    #[error("The pack is not of the form")]
    Form(#[from] serde_json::Error),
    /// Made by a newer version.
    #[error("The pack was made by a newer version: update the app")]
    Newer,
}

#[derive(Serialize, Deserialize)]
struct Pack<L> {
    form: u16,
    lines: L,
}

/// The bytes of a pack: the same lines give the same bytes.
///
/// # Errors
/// [`NoPack`] when memory cannot be had.
pub fn write_pack(lines: &[Line]) -> Result<Vec<u8>, NoPack> {
    let json = serde_json::to_vec(&Pack { form: FORM, lines })?;
    zstd::bulk::compress(&json, LEVEL).map_err(NoPack::Compression)
}

/// Reads a pack.
///
/// # Errors
/// [`NoPack`], and nothing is read by half.
pub fn read_pack(bytes: &[u8]) -> Result<Vec<Line>, NoPack> {
    let json = zstd::bulk::decompress(bytes, PACK_BYTES_MAX).map_err(NoPack::Compression)?;
    let pack: Pack<serde_json::Value> = serde_json::from_slice(&json)?;
    if pack.form > FORM {
        return Err(NoPack::Newer);
    }
    Ok(serde_json::from_value(pack.lines)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pack_is_read_back_and_a_bad_one_is_told() {
        let line = Line { key: "demo--1".to_owned(), name: "Accueil".to_owned(), ..Line::default() };
        let bytes = write_pack(std::slice::from_ref(&line)).unwrap();
        assert_eq!(read_pack(&bytes).unwrap(), [line], "what was written");
        for end in 0..bytes.len() {
            assert!(read_pack(&bytes[..end]).is_err(), "a cut pack is no pack");
        }
        let newer = zstd::bulk::compress(br#"{"form":2,"lines":{"other":"shape"}}"#, 3).unwrap();
        assert!(matches!(read_pack(&newer), Err(NoPack::Newer)), "a newer form is told apart");
        let later = zstd::bulk::compress(br#"{"form":1,"lines":[{"key":"a--1","name":"A","later":1}]}"#, 3).unwrap();
        assert_eq!(read_pack(&later).unwrap()[0].name, "A", "a field of a later version is passed over");
    }

    #[test]
    fn hours_that_cannot_be_read_are_unknown() {
        let line = Line { hours: "lundi matin".to_owned(), ..Line::default() };
        assert_eq!(line.schedule(Vec::new()).status(0).state, crate::State::Unknown, "never open");
    }
}
