//! What a person agreed to, by purpose; the most protective of concurrent decisions wins.

/// Purposes of an agreement (model.md, ConsentScope).
pub const PURPOSES: &[&str] = &[RECORD_NOMINATIVE, RECONTACT, VERBATIM_QUOTE, "audio", "survey_follow_up"];

/// Purpose that allows a name and a phone; its withdrawal erases both on every copy (decisions.md 3).
pub const RECORD_NOMINATIVE: &str = "record_nominative";

/// Purpose that allows to come back to the household, without a name.
pub const RECONTACT: &str = "recontact";

/// Purpose that allows what a person said to be kept in their words; its withdrawal erases it on every copy.
pub const VERBATIM_QUOTE: &str = "verbatim_quote";

/// Status of an agreement, from the least to the most protective; the order is the lattice of the merge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AgreementStatus {
    /// Never asked.
    Unknown,
    /// Granted.
    Granted,
    /// Granted with limits.
    Restricted,
    /// Refused.
    Refused,
    /// Granted once, withdrawn since.
    Withdrawn,
}

impl AgreementStatus {
    /// Reads a code. A code of a newer version reads as `Withdrawn`: not understanding must protect.
    #[must_use]
    pub fn from_code(code: &str) -> Self {
        match code {
            "" | "unknown" => Self::Unknown,
            "granted" => Self::Granted,
            "restricted" => Self::Restricted,
            "refused" => Self::Refused,
            _ => Self::Withdrawn,
        }
    }

    /// The code that is stored and sent.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Granted => "granted",
            Self::Restricted => "restricted",
            Self::Refused => "refused",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// A name and a phone may be kept and shown.
    #[must_use]
    pub fn allows(self) -> bool {
        matches!(self, Self::Granted | Self::Restricted)
    }
}
