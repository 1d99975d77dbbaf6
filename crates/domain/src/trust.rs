//! Trust in institutions, measured before and after (fiche S60): who said it is not known, the code of a slip pairs the answers.

/// Whom the question is about (model.md, `TrustMeasure`). The police is left out by default: nobody asked for it.
pub const OBJECTS: &[&str] = &["services_publics", "caf", "ecole", "bailleur", "mairie", "associations", "mediateurs"];

/// What a person says of their trust since the time before.
pub const RETROS: &[&str] = &["more", "same", "less"];

/// Levels of the four faces: 1 not at all, 2 rather not, 3 rather, 4 wholly.
pub const LEVELS: std::ops::RangeInclusive<i64> = 1..=4;

/// One answer to the question about one object, by who holds a slip.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measure {
    /// The slip's code.
    pub slip: String,
    /// Whom it is about.
    pub object: String,
    /// One of [`LEVELS`].
    pub level: i64,
    /// When, UTC milliseconds.
    pub at_ms: i64,
}

/// How trust moved between the first and the last answer of each slip. Who answered once is counted apart, never among the
/// pairs: nothing is known of how they changed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Progress {
    /// Answered once.
    pub alone: u32,
    /// Answered at least twice.
    pub paired: u32,
    /// Of them, a level higher at least.
    pub gained: u32,
    /// Of them, a level lower at least.
    pub lost: u32,
}

/// Counts the answers about one object. The order of the answers does not matter.
#[must_use]
pub fn progress(measures: &[Measure], object: &str) -> Progress {
    let mut sorted: Vec<&Measure> = measures.iter().filter(|one| one.object == object).collect();
    sorted.sort_by(|a, b| (&a.slip, a.at_ms, a.level).cmp(&(&b.slip, b.at_ms, b.level)));
    let mut progress = Progress::default();
    for of_slip in sorted.chunk_by(|a, b| a.slip == b.slip) {
        match of_slip {
            [first, .., last] => {
                progress.paired = progress.paired.saturating_add(1);
                progress.gained = progress.gained.saturating_add(u32::from(last.level > first.level));
                progress.lost = progress.lost.saturating_add(u32::from(last.level < first.level));
            }
            _ => progress.alone = progress.alone.saturating_add(1),
        }
    }
    progress
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(slip: &str, level: i64, at_ms: i64) -> Measure {
        Measure { slip: slip.to_owned(), object: "caf".to_owned(), level, at_ms }
    }

    #[test]
    fn pairs_alone_are_counted_and_who_answered_once_stands_apart() {
        let mut all = vec![said("A", 4, 9), said("A", 2, 1), said("B", 3, 1), said("B", 1, 5), said("C", 1, 1)];
        all.extend([said("D", 2, 1), said("D", 2, 8), said("E", 1, 1), said("E", 4, 2), said("E", 1, 3)]);
        let expected = Progress { alone: 1, paired: 4, gained: 1, lost: 1 };
        assert_eq!(progress(&all, "caf"), expected, "first against last, whatever stands between");
        all.reverse();
        assert_eq!(progress(&all, "caf"), expected, "in any order");
        assert_eq!(progress(&all, "ecole"), Progress::default(), "another object");
    }
}
