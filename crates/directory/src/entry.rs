//! One service of the directory, as the search knows it.

use palier_domain::fold;

use crate::distance::Place;
use crate::schedule::Schedule;

/// How one gets in (after the access conditions of data·inclusion v1, `modes_mobilisation`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// One comes as one is.
    Unconditional,
    /// By appointment.
    Appointment,
    /// A professional writes or calls first.
    Referral,
    /// The publisher does not say.
    Unknown,
}

/// One service.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Identifier of the publisher, `source--identifiant`; breaks ties.
    pub key: String,
    /// Themes, data·inclusion codes: `numerique--acceder-a-une-connexion-internet`. A family is the part before `--`.
    pub themes: Vec<String>,
    /// Where it is; a service without a place comes last.
    pub place: Option<Place>,
    /// How one gets in.
    pub access: Access,
    /// Languages spoken, ISO 639-3; empty when unknown.
    pub languages: Vec<String>,
    /// Opening hours and dated closures.
    pub schedule: Schedule,
    /// Name and description, folded for the search.
    words: String,
}

impl Entry {
    /// A service with its name and description; the rest is unknown until it is set.
    #[must_use]
    pub fn new(key: &str, text: &str) -> Self {
        Self {
            key: key.to_owned(),
            themes: Vec::new(),
            place: None,
            access: Access::Unknown,
            languages: Vec::new(),
            schedule: Schedule::default(),
            words: format!(" {}", fold::spaced(text)),
        }
    }

    /// Every word begins a word of the name or description; `words` are folded, each behind a space.
    pub(crate) fn says(&self, words: &[String]) -> bool {
        words.iter().all(|word| self.words.contains(word.as_str()))
    }

    /// One of the themes, or a theme of one of the families, is wanted; nothing wanted takes all.
    pub(crate) fn answers(&self, needs: &[String]) -> bool {
        let family = |theme: &str, need: &str| {
            theme.strip_prefix(need).is_some_and(|rest| rest.is_empty() || rest.starts_with("--"))
        };
        needs.is_empty() || needs.iter().any(|need| self.themes.iter().any(|theme| family(theme, need)))
    }
}
