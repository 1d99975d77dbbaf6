//! Opening hours, from what the list of France services writes to the text form of OpenStreetMap.

use serde::{Deserialize, Serialize};

/// The days that the list has columns for, in the order of the week, in OpenStreetMap's letters.
pub(super) const DAYS: [&str; 7] = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];

/// Opening hours of a structure.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hours {
    /// OpenStreetMap `opening_hours` text: `Mo 09:00-12:00,13:30-17:00; PH off`. A day that could not be read stands as
    /// `We unknown "Sur RDV"`. Empty when nothing is published, or when the text is of no known form.
    pub osm: String,
    /// What was published, when it could not be wholly read; empty otherwise.
    pub published: String,
    /// Part of it could not be read: shown "à vérifier".
    pub to_check: bool,
}

/// What a day's cell says.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Day {
    Nothing,
    Closed,
    Open(Vec<(u16, u16)>),
    Unread,
}

impl Hours {
    /// From the cells of a week, Monday first, as `09:00 - 12:00 / 13:30 - 17:00`. An empty day is closed.
    pub(super) fn of_week(cells: &[&str]) -> Self {
        let days: Vec<Day> = cells.iter().map(|cell| day_of(cell)).collect();
        let to_check = days.contains(&Day::Unread);
        let mut rules: Vec<String> =
            DAYS.iter().zip(cells).zip(&days).filter_map(|((name, cell), day)| rule(name, cell, day)).collect();
        if rules.is_empty() && days.contains(&Day::Closed) {
            rules.push("off".to_owned());
        } else if !rules.is_empty() {
            rules.push("PH off".to_owned());
        }
        let published = if to_check { as_published(cells) } else { String::new() };
        Self { osm: rules.join("; "), published, to_check }
    }

    /// From a text that should be of OpenStreetMap's form already.
    pub(crate) fn of_text(text: &str) -> Self {
        if text.is_empty() {
            return Self::default();
        }
        if text.split(';').all(is_rule) {
            return Self { osm: text.to_owned(), published: String::new(), to_check: false };
        }
        Self { osm: String::new(), published: text.to_owned(), to_check: true }
    }
}

fn rule(name: &str, cell: &str, day: &Day) -> Option<String> {
    match day {
        Day::Nothing | Day::Closed => None,
        Day::Open(spans) => {
            let spans: Vec<String> =
                spans.iter().map(|(from, to)| format!("{}-{}", clock(*from), clock(*to))).collect();
            Some(format!("{name} {}", spans.join(",")))
        }
        Day::Unread => Some(format!("{name} unknown \"{}\"", cell.trim().replace('"', "'"))),
    }
}

fn clock(minutes: u16) -> String {
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

fn as_published(cells: &[&str]) -> String {
    let days = DAYS.iter().zip(cells).filter(|(_, cell)| !cell.trim().is_empty());
    days.map(|(day, cell)| format!("{day} {}", cell.trim())).collect::<Vec<_>>().join(" ; ")
}

fn day_of(cell: &str) -> Day {
    let cell = cell.trim().to_lowercase();
    match cell.as_str() {
        "" | "-" => return Day::Nothing,
        "fermé" | "ferme" | "fermée" | "fermeture" => return Day::Closed,
        _ => {}
    }
    let spans: Option<Vec<(u16, u16)>> =
        cell.split(['/', ',', ';', '&']).flat_map(|part| part.split(" et ")).map(span_of).collect();
    match spans {
        Some(spans) if spans.windows(2).all(|pair| matches!(pair, [(_, end), (start, _)] if end <= start)) => {
            Day::Open(spans)
        }
        _ => Day::Unread,
    }
}

/// `09:00 - 12:00`, `9h-12h30`, `9h à 12h`.
fn span_of(part: &str) -> Option<(u16, u16)> {
    let (from, to) = part.split_once(['-', '–', 'à'])?;
    let (from, to) = (minutes_of(from)?, minutes_of(to)?);
    (from < to).then_some((from, to))
}

/// `09:00`, `9h`, `9h30`. A colon without minutes is not believed: something was cut.
fn minutes_of(text: &str) -> Option<u16> {
    let compact: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let (hour, minute, may_lack) = match compact.split_once(':') {
        Some((hour, minute)) => (hour, minute, false),
        None => compact.split_once('h').map(|(hour, minute)| (hour, minute, true))?,
    };
    let number =
        |digits: &str| digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse::<u16>().ok()).flatten();
    let hour = number(hour).filter(|hour| *hour <= 24)?;
    let minute = if minute.is_empty() && may_lack {
        0
    } else {
        number(minute).filter(|value| *value < 60 && minute.len() == 2)?
    };
    Some(hour * 60 + minute).filter(|minutes| *minutes <= 24 * 60)
}

/// Whether a rule begins and is written as OpenStreetMap's rules are. The whole grammar is the evaluator's affair; this keeps
/// sentences out.
fn is_rule(rule: &str) -> bool {
    const STARTS: &[&str] =
        &["PH", "SH", "off", "closed", "open", "unknown", "24/7", "week", "sunrise", "dawn", "easter"];
    const MONTHS: &[&str] = &["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    const WORDS: &[&str] = &[
        "PH", "SH", "off", "closed", "open", "unknown", "week", "sunrise", "sunset", "dawn", "dusk", "easter", "days",
        "day",
    ];
    let rule = rule.trim().trim_start_matches("||").trim_start();
    if rule.is_empty() {
        return true;
    }
    let starts = STARTS.iter().chain(MONTHS).chain(&DAYS).any(|start| rule.starts_with(start));
    if !starts && !rule.starts_with(|c: char| c.is_ascii_digit() || c == '"') {
        return false;
    }
    // Comments stand between quotation marks and may say anything.
    let outside: String = rule.split('"').step_by(2).collect::<Vec<_>>().join(" ");
    let letters = outside.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    rule.matches('"').count().is_multiple_of(2)
        && letters.into_iter().all(|word| DAYS.contains(&word) || MONTHS.contains(&word) || WORDS.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(cell: &str, expected: &str) {
        let hours = Hours::of_week(&[cell]);
        assert_eq!(hours.osm, expected, "{cell:?}");
        assert_eq!(hours.to_check, expected.contains("unknown"), "what is not read is flagged: {cell:?}");
        let kept = if hours.to_check { format!("Mo {cell}") } else { String::new() };
        assert_eq!(hours.published, kept, "and kept as published: {cell:?}");
    }

    #[test]
    fn a_day_is_read() {
        check("09:00 - 12:00 / 13:30 - 17:00", "Mo 09:00-12:00,13:30-17:00; PH off");
        check("9h-12h30", "Mo 09:00-12:30; PH off");
        check("9h00 à 12h et 14H - 16h30", "Mo 09:00-12:00,14:00-16:30; PH off");
        check("", "");
        check("Fermé", "off");
    }

    #[test]
    fn dirty_hours_are_kept_and_flagged() {
        for cell in [
            "Horaires non communiqués",
            "Sur RDV : 9h - 12h",
            "14: - 16:30",
            "12:00 - 09:00",
            "09:00 - 14:00 / 13:00 - 17:00",
            "00:00 - 00:00",
            "09:60 - 12:00",
            "09:00",
        ] {
            check(cell, &format!("Mo unknown \"{cell}\"; PH off"));
        }
        check("fermé le \"pont\"", "Mo unknown \"fermé le 'pont'\"; PH off");
        let week = Hours::of_week(&["09:00 - 12:00", "sur RDV", "", ""]);
        assert_eq!(week.osm, "Mo 09:00-12:00; Tu unknown \"sur RDV\"; PH off", "the days that are read stay");
        assert_eq!(week.published, "Mo 09:00 - 12:00 ; Tu sur RDV", "and the whole is kept as published");
    }

    #[test]
    fn a_text_of_the_right_form_is_taken() {
        for text in [
            "Mo-Fr 08:30-12:30; PH off",
            "Mo 09:00-12:00,13:30-17:00; Tu off; PH,SH off",
            "24/7",
            "Jul-Aug Mo-Fr 09:00-12:00 \"sur rendez-vous, fermé au public\"",
            "week 1-53/2 We 10:00-12:00;",
            "08:30-17:00",
        ] {
            assert_eq!(Hours::of_text(text), Hours { osm: text.to_owned(), ..Hours::default() }, "{text:?}");
        }
        for text in ["Lundi 9h-12h", "Monsieur est là", "sur rendez-vous", "Mo 09:00-12:00 \"ouvert", "Mo de 9 à 12"]
        {
            let hours = Hours::of_text(text);
            assert_eq!((hours.osm.as_str(), hours.published.as_str(), hours.to_check), ("", text, true), "{text:?}");
        }
    }
}
