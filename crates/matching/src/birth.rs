//! A date of birth as it was written, and how near two of them are.

/// A date of birth; zero stands for a part that was not written. The parts are not checked against a calendar: a date typed
/// wrong still tells something.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Birth {
    pub(crate) year: u16,
    pub(crate) month: u8,
    pub(crate) day: u8,
}

/// How near two dates of birth are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum BirthLevel {
    /// One of the two was not written down.
    Missing,
    /// The same date.
    Exact,
    /// Day and month stand one for the other.
    Swapped,
    /// Only the day or only the month differs, or one digit.
    OneOff,
    /// Same day and month; the year differs by one digit, by one or by ten.
    YearOff,
    /// Same day and month of quite another year.
    YearOther,
    /// Same year, and one of the two is a first of January or a year alone: the date was not known.
    YearOnly,
    /// Two slips.
    Near,
    /// Two dates.
    Different,
}

/// Number of levels.
pub(crate) const BIRTH_LEVELS: usize = 9;

fn digits(text: &str) -> Option<Vec<u16>> {
    let parts: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    parts.into_iter().map(|part| part.parse().ok()).collect()
}

fn from_parts(year: u16, month: u16, day: u16) -> Option<Birth> {
    if year == 0 || month > 99 || day > 99 {
        return None;
    }
    Some(Birth { year, month: u8::try_from(month).ok()?, day: u8::try_from(day).ok()? })
}

impl Birth {
    /// Reads `1985-02-14`, `19850214`, `14/02/1985`, `14.2.1985`, `1985`, and a time after the date; `None` for anything else.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        let text = text.split(['T', ' ']).next().unwrap_or(text);
        if text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit()) {
            let number = |from: usize, to: usize| text.get(from..to)?.parse::<u16>().ok();
            return from_parts(number(0, 4)?, number(4, 6)?, number(6, 8)?);
        }
        let long = |part: u16| part > 999;
        match *digits(text)?.as_slice() {
            [year] if long(year) => from_parts(year, 0, 0),
            [year, month] if long(year) => from_parts(year, month, 0),
            [month, year] if long(year) => from_parts(year, month, 0),
            [year, month, day] if long(year) => from_parts(year, month, day),
            [day, month, year] if long(year) => from_parts(year, month, day),
            _ => None,
        }
    }

    fn typed(self) -> String {
        format!("{:04}{:02}{:02}", self.year, self.month, self.day)
    }

    /// True for a date that stands for an unknown one.
    fn is_stand_in(self) -> bool {
        self.month <= 1 && self.day <= 1
    }
}

fn year_is_near(a: u16, b: u16) -> bool {
    matches!(a.abs_diff(b), 1 | 10) || one_digit(&format!("{a:04}"), &format!("{b:04}"))
}

fn one_digit(a: &str, b: &str) -> bool {
    strsim::osa_distance(a, b) <= 1
}

/// How near two dates are. Symmetric.
pub(crate) fn compare(a: Birth, b: Birth) -> BirthLevel {
    if a == b {
        return BirthLevel::Exact;
    }
    let swapped = a.day == b.month && a.month == b.day;
    if a.year == b.year {
        if a.is_stand_in() || b.is_stand_in() || a.month == b.month && (a.day == 0 || b.day == 0) {
            return BirthLevel::YearOnly;
        }
        if swapped {
            return BirthLevel::Swapped;
        }
        if a.day == b.day || a.month == b.month {
            return BirthLevel::OneOff;
        }
    }
    let near_year = year_is_near(a.year, b.year);
    if a.day == b.day && a.month == b.month && !a.is_stand_in() {
        return if near_year { BirthLevel::YearOff } else { BirthLevel::YearOther };
    }
    let (x, y) = (a.typed(), b.typed());
    if one_digit(&x, &y) {
        return BirthLevel::OneOff;
    }
    let slips = strsim::osa_distance(&x, &y);
    if slips <= 2 || near_year && (swapped || a.is_stand_in() != b.is_stand_in()) {
        return BirthLevel::Near;
    }
    BirthLevel::Different
}
