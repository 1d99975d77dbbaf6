//! The words of a name or an address, alone and joined: "Ben Ali" is found as "benali", and "Benali" as "ben ali".

/// Most words of one name or address that are indexed, and of a query that are read: more is no name.
pub(super) const WORDS_MAX: usize = 12;
/// Longest word that is indexed or looked for, in characters.
pub(super) const WORD_CHARS_MAX: usize = 40;

/// A word, or two or more written as one, with the places it covers among the words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Form {
    /// What is written, folded.
    pub(super) text: String,
    /// A bit for each word it covers.
    pub(super) covers: u32,
}

/// The forms of a folded text: each word, each two neighbours joined, and each part joined as a whole.
///
/// Parts are separated by `|` (given name, family name); words are joined within a part only. A house number joins nothing.
pub(super) fn forms(key: &str) -> Vec<Form> {
    let mut forms = Vec::new();
    let mut place = 0usize;
    for part in key.split('|') {
        let words: Vec<String> = part
            .split_whitespace()
            .take(WORDS_MAX.saturating_sub(place))
            .map(|word| word.chars().take(WORD_CHARS_MAX).collect())
            .collect();
        for length in 1..=words.len() {
            if length > 2 && length < words.len() {
                continue;
            }
            for (start, window) in words.windows(length).enumerate() {
                if length > 1 && window.iter().any(|word| is_number(word)) {
                    continue;
                }
                let text: String = window.concat().chars().take(WORD_CHARS_MAX).collect();
                forms.push(Form { text, covers: bits(place + start, length) });
            }
        }
        place += words.len();
    }
    forms
}

/// A word that holds a digit: compared exactly, since 12 is not a typing error of 13.
pub(super) fn is_number(word: &str) -> bool {
    word.contains(|c: char| c.is_ascii_digit())
}

fn bits(start: usize, length: usize) -> u32 {
    (start..start + length)
        .fold(0, |bits, place| bits | 1u32.checked_shl(u32::try_from(place).unwrap_or(31)).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_joined_and_spaced() {
        let texts = |key: &str| forms(key).into_iter().map(|form| form.text).collect::<Vec<_>>();
        assert_eq!(texts("samia|ben ali"), ["samia", "ben", "ali", "benali"], "words are joined within a part only");
        assert_eq!(texts("12 saint pierre"), ["12", "saint", "pierre", "saintpierre"], "a house number joins nothing");
        assert_eq!(forms("samia|ben ali")[3].covers, 0b110, "a joined word covers both");
        assert_eq!(texts(""), Vec::<String>::new(), "nothing written gives nothing");
        let long = "mot ".repeat(500);
        assert!(forms(&long).len() < 3 * WORDS_MAX, "a text without end is cut");
    }
}
