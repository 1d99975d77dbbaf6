//! When something happens, in the words of a language.

use chrono::{Datelike, NaiveDate, NaiveTime};

use crate::PaperError;
use crate::words::{Tongue, unbroken};

/// The part of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// Before noon.
    Morning,
    /// After noon.
    Afternoon,
    /// From an hour to another.
    Hours(NaiveTime, NaiveTime),
    /// At an hour.
    At(NaiveTime),
}

/// A day and a part of it, in the time of Paris.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slot {
    /// The day.
    pub day: NaiveDate,
    /// The part of the day.
    pub when: When,
}

impl Slot {
    pub(crate) fn check(self) -> Result<(), PaperError> {
        match self.when {
            When::Hours(from, to) if from >= to => Err(PaperError::Hours),
            _ => Ok(()),
        }
    }

    /// `mardi 24/11/2026 de 14:00 à 17:00`. The day is written in figures as in France, in every language: it is what letters and screens show.
    pub(crate) fn said(self, tongue: Tongue) -> String {
        let words = tongue.words;
        let place = usize::try_from(self.day.weekday().num_days_from_monday()).unwrap_or_default();
        let name = words.days.get(place).map_or("", String::as_str);
        let time = |time: NaiveTime| time.format("%H:%M").to_string();
        let when = match self.when {
            When::Morning => words.morning.clone(),
            When::Afternoon => words.afternoon.clone(),
            When::Hours(from, to) => words.hours.replace("{from}", &time(from)).replace("{to}", &time(to)),
            When::At(at) => words.at.replace("{from}", &time(at)),
        };
        let day = unbroken(&self.day.format("%d/%m/%Y").to_string());
        format!("{name} {day} {when}")
    }
}
