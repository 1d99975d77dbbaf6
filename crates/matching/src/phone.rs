//! A telephone number as it was written, and how near two of them are.

/// How near two telephone numbers are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum PhoneLevel {
    /// One of the two was not written down.
    Missing,
    /// The same number.
    Exact,
    /// One digit differs, or two stand one for the other.
    Close,
    /// Two numbers.
    Different,
}

/// Number of levels.
pub(crate) const PHONE_LEVELS: usize = 4;

/// The digits that tell a line: without the country's prefix and the leading zero. `None` under six digits, which is no number.
pub(crate) fn read(text: &str) -> Option<String> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let bare = digits.strip_prefix("00").unwrap_or(&digits);
    // `+33 (0)6` keeps its zero.
    let bare = bare.strip_prefix("33").filter(|rest| rest.len() >= 9).unwrap_or(bare);
    let bare = bare.trim_start_matches('0');
    (bare.len() >= 6).then(|| bare.to_owned())
}

/// How near two numbers are. Symmetric.
pub(crate) fn compare(a: &str, b: &str) -> PhoneLevel {
    if a == b {
        PhoneLevel::Exact
    } else if a.len().abs_diff(b.len()) <= 1 && strsim::osa_distance(a, b) <= 1 {
        PhoneLevel::Close
    } else {
        PhoneLevel::Different
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_line_has_one_number() {
        for text in ["06 12 34 56 78", "06.12.34.56.78", "+33612345678", "0033 6 12 34 56 78", "+33 (0)6 12 34 56 78"] {
            assert_eq!(read(text).as_deref(), Some("612345678"), "{text}");
        }
        assert_eq!(read("0000"), None, "too short to tell a line");
        assert_eq!(read("pas de téléphone"), None, "no figures");
    }

    #[test]
    fn one_digit_is_close() {
        assert_eq!(compare("612345678", "612345678"), PhoneLevel::Exact);
        assert_eq!(compare("612345678", "612345687"), PhoneLevel::Close, "two digits stand one for the other");
        assert_eq!(compare("612345678", "612945678"), PhoneLevel::Close, "one digit differs");
        assert_eq!(compare("612345678", "712945678"), PhoneLevel::Different);
    }
}
