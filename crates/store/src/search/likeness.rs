//! How alike a typed word and a word of a name are, from 0 (another word) to 1 (the same).

use strsim::{jaro_winkler, osa_distance};

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
        let distance = osa_distance(&self.sound, heard);
        let shortest = self.sound.len().min(heard.len());
        if sound::skeleton(&self.sound) == sound::skeleton(heard) && distance <= 2 && shortest >= 3 {
            return 0.84 + 0.08 * jaro_winkler(&self.text, word);
        }
        if distance == 1 && shortest >= 4 {
            return 0.80 + 0.08 * jaro_winkler(&self.text, word);
        }
        0.92 * beginning(&self.sound, heard)
    }

    fn misspelt(&self, word: &str) -> f64 {
        let longest = self.text.len().max(word.len());
        let shortest = self.text.len().min(word.len());
        match osa_distance(&self.text, word) {
            1 if shortest >= 4 => 0.86 + 0.08 * jaro_winkler(&self.text, word),
            1 if longest >= 3 => 0.70,
            2 if shortest >= 6 => 0.70,
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
            .any(|start| osa_distance(&self.text, start) <= 1);
        if close { 0.62 } else { 0.0 }
    }
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
