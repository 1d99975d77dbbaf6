//! The sentences on paper, one file a language (`ui/catalogue/resident/paper`).

use std::sync::OnceLock;

use serde::Deserialize;

use crate::PaperError;

/// The sentences of one language. `{slot}`, `{phone}`, `{code}`, `{from}` and `{to}` stand for what the page says.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Words {
    pub(crate) title: String,
    pub(crate) came: String,
    pub(crate) back: String,
    pub(crate) call: String,
    pub(crate) stop: String,
    pub(crate) code: String,
    pub(crate) morning: String,
    pub(crate) afternoon: String,
    pub(crate) hours: String,
    pub(crate) days: [String; 7],
    pub(crate) slip: String,
    pub(crate) keep: String,
    pub(crate) places: String,
    pub(crate) appointment: String,
    pub(crate) at: String,
    pub(crate) open: String,
    pub(crate) access: String,
    pub(crate) bring: String,
}

/// A language of the paper.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Language {
    /// Its code (BCP 47).
    #[serde(rename = "language")]
    pub(crate) code: String,
    /// Whether a person proof-read it.
    pub(crate) relu: bool,
    /// What French says of languages that nobody proof-read; in the French file alone.
    #[serde(default)]
    pub(crate) unread: String,
    pub(crate) words: Words,
}

/// A language as the catalogue of the screens names it.
#[derive(Debug, Deserialize)]
struct Named {
    code: String,
    name: String,
    dir: String,
}

macro_rules! files {
    ($($code:literal),*) => {
        /// Codes of the languages that the paper speaks, French first.
        pub const LANGUAGES: &[&str] = &[$($code),*];
        const FILES: &[&str] = &[$(include_str!(concat!("../../../ui/catalogue/resident/paper/", $code, ".json"))),*];
    };
}
files!("fr", "en", "ar", "tr", "pt", "ru", "uk", "ro", "fa", "ps", "es");
const NAMES: &str = include_str!("../../../ui/catalogue/resident/languages.json");

fn all() -> &'static [(Language, String, bool)] {
    static ALL: OnceLock<Vec<(Language, String, bool)>> = OnceLock::new();
    ALL.get_or_init(|| {
        // Files of the crate: a test reads each of them and finds all the languages.
        let names: Vec<Named> = serde_json::from_str(NAMES).unwrap_or_default();
        let read = FILES.iter().filter_map(|file| serde_json::from_str::<Language>(file).ok());
        read.filter_map(|language| {
            let named = names.iter().find(|named| named.code == language.code)?;
            Some((language, named.name.clone(), named.dir == "rtl"))
        })
        .collect()
    })
}

/// A language with its own name and the side it is written from.
#[derive(Clone, Copy)]
pub(crate) struct Tongue {
    pub(crate) code: &'static str,
    pub(crate) name: &'static str,
    pub(crate) right_to_left: bool,
    pub(crate) relu: bool,
    pub(crate) unread: &'static str,
    pub(crate) words: &'static Words,
}

/// The words of a language.
///
/// # Errors
/// [`PaperError::Language`] for one without a file.
pub(crate) fn of(code: &str) -> Result<Tongue, PaperError> {
    let found = all().iter().find(|(language, ..)| language.code == code);
    let (language, name, right_to_left) = found.ok_or_else(|| PaperError::Language(code.to_owned()))?;
    Ok(Tongue {
        code: &language.code,
        name,
        right_to_left: *right_to_left,
        relu: language.relu,
        unread: &language.unread,
        words: &language.words,
    })
}

/// Codes and own names of the languages that the paper speaks, French first.
pub fn languages() -> impl Iterator<Item = (&'static str, &'static str)> {
    all().iter().map(|(language, name, _)| (language.code.as_str(), name.as_str()))
}

/// A number of figures said in groups, kept on one line and in its order within a text written from the right.
pub(crate) fn unbroken(number: &str) -> String {
    // A no-break space separates figures in the bidirectional algorithm (class CS), a plain one does not: the groups of
    // a telephone number would change places in Arabic. Word joiners keep a code on one line and are not written.
    number.replace(' ', "\u{A0}").replace('-', "\u{2060}-\u{2060}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_all_its_words_and_says_what_it_must() {
        for (code, file) in LANGUAGES.iter().zip(FILES) {
            let read: Language = serde_json::from_str(file).unwrap_or_else(|error| panic!("{code}: {error}"));
            assert_eq!(read.code, *code);
            let tongue = of(code).unwrap();
            let w = tongue.words;
            for (sentence, marks) in [
                (&w.back, &["{slot}"][..]),
                (&w.call, &["{phone}"]),
                (&w.stop, &["{phone}"]),
                (&w.code, &["{code}"]),
                (&w.hours, &["{from}", "{to}"]),
                (&w.at, &["{from}"]),
            ] {
                assert!(marks.iter().all(|mark| sentence.matches(mark).count() == 1), "{code}: {sentence}");
                assert_eq!(sentence.matches('{').count(), marks.len(), "{code}: {sentence}");
            }
        }
        assert_eq!(languages().count(), LANGUAGES.len());
        assert!(of("fr").unwrap().relu && !of("fr").unwrap().unread.is_empty());
        assert_eq!(of("xx").err(), Some(PaperError::Language("xx".into())));
    }
}
