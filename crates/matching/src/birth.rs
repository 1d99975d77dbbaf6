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

    fn digits(self) -> [u16; 8] {
        let (year, month, day) = (self.year, u16::from(self.month), u16::from(self.day));
        [year / 1000, year / 100 % 10, year / 10 % 10, year % 10, month / 10, month % 10, day / 10, day % 10]
    }

    /// True for a date that stands for an unknown one.
    fn is_stand_in(self) -> bool {
        self.month <= 1 && self.day <= 1
    }
}

/// Digits that differ; two neighbours that stand one for the other count once.
fn slips(a: Birth, b: Birth) -> usize {
    let (x, y) = (a.digits(), b.digits());
    let differ = x.iter().zip(&y).filter(|(x, y)| x != y).count();
    let crossed = x.windows(2).zip(y.windows(2)).any(|(x, y)| x != y && x.iter().eq(y.iter().rev()));
    differ - usize::from(differ >= 2 && crossed)
}

fn year_is_near(a: u16, b: u16) -> bool {
    let year = |year| Birth { year, month: 0, day: 0 };
    matches!(a.abs_diff(b), 1 | 10) || slips(year(a), year(b)) <= 1
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
    let slips = slips(a, b);
    if slips <= 1 {
        return BirthLevel::OneOff;
    }
    if slips == 2 || near_year && (swapped || a.is_stand_in() != b.is_stand_in()) {
        return BirthLevel::Near;
    }
    BirthLevel::Different
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(a: &str, b: &str, expected: BirthLevel) {
        let (x, y) = (Birth::read(a).unwrap(), Birth::read(b).unwrap());
        assert_eq!(compare(x, y), expected, "{a} and {b}");
        assert_eq!(compare(y, x), expected, "{b} and {a}: the order changes nothing");
    }

    #[test]
    fn every_writing_of_a_date_is_read() {
        for text in ["1985-02-14", "19850214", "14/02/1985", "14.2.1985", " 14-02-1985 ", "1985-02-14T00:00:00Z"] {
            assert_eq!(Birth::read(text), Some(Birth { year: 1985, month: 2, day: 14 }), "{text}");
        }
        assert_eq!(Birth::read("1985"), Some(Birth { year: 1985, month: 0, day: 0 }), "a year alone is kept");
        for text in ["", "inconnue", "14 février", "0000-00-00", "99999-1-1"] {
            assert_eq!(Birth::read(text), None, "{text} is no date");
        }
        assert!(Birth::read("19451345").is_some(), "a date that no calendar has is still compared");
    }

    #[test]
    fn slips_are_told_from_other_dates() {
        check("1985-02-14", "14/02/1985", BirthLevel::Exact);
        check("1985-02-11", "1985-11-02", BirthLevel::Swapped);
        check("1985-02-14", "1985-02-17", BirthLevel::OneOff);
        check("1985-02-14", "1986-02-14", BirthLevel::YearOff);
        check("1985-02-14", "1995-02-14", BirthLevel::YearOff);
        check("1985-02-14", "1958-02-14", BirthLevel::YearOff);
        check("1985-02-14", "2012-02-14", BirthLevel::YearOther);
        check("1985-01-01", "1985-09-23", BirthLevel::YearOnly);
        check("1985", "1985-09-23", BirthLevel::YearOnly);
        check("1985-02-14", "1962-11-30", BirthLevel::Different);
    }
}
