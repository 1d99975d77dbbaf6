//! How alike a typed word and a word of a name are, from 0 (another word) to 1 (the same).

use strsim::jaro_winkler;

use super::sound;
use super::words::is_number;

/// The least likeness that counts as the same word at all.
pub(super) const LEAST: f64 = 0.5;

/// What is typed, with its sound.
#[derive(Debug, Clone)]
pub(super) struct Typed {
    pub(super) text: String,
    sound: String,
}

impl Typed {
    pub(super) fn new(text: &str) -> Self {
        Self { text: text.to_owned(), sound: sound::of(text) }
    }

    /// Exact over beginning over sound over one letter wrong over the rest; below [`LEAST`] is 0.
    pub(super) fn likeness(&self, word: &str) -> f64 {
        if self.text == word {
            return 1.0;
        }
        let begins = beginning(&self.text, word);
        if is_number(&self.text) || is_number(word) || self.text.len() < 2 || word.len() < 2 {
            return begins;
        }
        let heard = sound::of(word);
        let alike = begins.max(self.heard(&heard, word)).max(self.misspelt(word)).max(self.misspelt_beginning(word));
        if alike < LEAST { 0.0 } else { alike }
    }

    /// As [`Typed::likeness`], but a single letter is the name of a stair rather than the beginning of a street's.
    pub(super) fn likeness_in_address(&self, word: &str) -> f64 {
        if self.text.len() < 2 && self.text != word { 0.0 } else { self.likeness(word) }
    }

    fn heard(&self, heard: &str, word: &str) -> f64 {
        if self.sound == heard {
            return 0.94 + 0.04 * jaro_winkler(&self.text, word);
        }
        let shortest = self.sound.len().min(heard.len());
        match errors(&self.sound, heard) {
            Some(_) if same_consonants(&self.sound, heard) => 0.84 + 0.08 * jaro_winkler(&self.text, word),
            Some(1) if shortest >= 4 => 0.80 + 0.08 * jaro_winkler(&self.text, word),
            _ => 0.92 * beginning(&self.sound, heard),
        }
    }

    fn misspelt(&self, word: &str) -> f64 {
        let longest = self.text.len().max(word.len());
        let shortest = self.text.len().min(word.len());
        match errors(&self.text, word) {
            Some(1) if shortest >= 4 => 0.86 + 0.08 * jaro_winkler(&self.text, word),
            Some(1) if longest >= 3 => 0.70,
            Some(2) if shortest >= 6 => 0.70,
            _ => {
                let alike = jaro_winkler(&self.text, word);
                if alike >= 0.88 { 0.6 * alike } else { 0.0 }
            }
        }
    }

    /// An error in the first letters of a longer word.
    fn misspelt_beginning(&self, word: &str) -> f64 {
        let length = self.text.len();
        if length < 4 || word.len() <= length {
            return 0.0;
        }
        let close = [length - 1, length, length + 1]
            .iter()
            .filter_map(|end| word.get(..*end))
            .any(|start| errors(&self.text, start).is_some_and(|errors| errors <= 1));
        if close { 0.62 } else { 0.0 }
    }
}

/// Two consonants are those of too many names.
fn same_consonants(a: &str, b: &str) -> bool {
    let skeleton = sound::skeleton(a);
    skeleton.len() >= 3 && skeleton == sound::skeleton(b)
}

/// How many letters wrong, missing, too many or swapped lie between two words; none when more than two.
fn errors(a: &str, b: &str) -> Option<usize> {
    // One error changes at most two of the letters that are there at all: most pairs are told apart without counting.
    if a.len().abs_diff(b.len()) > 2 || (letters(a) ^ letters(b)).count_ones() > 4 {
        return None;
    }
    Some(strsim::osa_distance(a, b)).filter(|errors| *errors <= 2)
}

/// A bit for each letter that is there.
fn letters(word: &str) -> u32 {
    word.bytes().fold(0, |bits, byte| bits | 1 << (byte % 32))
}

/// The likeness of a word being typed: the more of it is there, the more.
fn beginning(typed: &str, word: &str) -> f64 {
    if !word.starts_with(typed) || word.is_empty() {
        return 0.0;
    }
    let part = typed.len() as f64 / word.len() as f64;
    if is_number(typed) { 0.55 } else { 0.80 + 0.15 * part }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exact_comes_before_beginning_before_error() {
        let like = |typed: &str, word: &str| Typed::new(typed).likeness(word);
        assert!(like("diallo", "diallo") > like("diall", "diallo"), "the whole word comes first");
        assert!(like("diall", "diallo") > like("dialko", "diallo"), "a beginning comes before an error");
        assert!(like("mohamed", "muhammad") > like("mohamed", "mohand"), "a spelling comes before another name");
        assert!(like("dialko", "diallo") > like("dialko", "dia"), "the nearest word comes first");
        assert_eq!(like("samia", "karim"), 0.0, "another name is not alike");
        assert_eq!(like("12", "13"), 0.0, "a house number is exact");
        assert!(like("12", "12") > like("1", "12"), "and may be being typed");
    }
}
