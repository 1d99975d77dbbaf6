//! What a field holds.

use serde::{Deserialize, Serialize};

/// A written value. Enumerations are text codes, identifiers are text, amounts are integers.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Value {
    /// No value: a field that was emptied, an element that was taken out of a set.
    #[serde(rename = "n")]
    Null,
    /// Yes or no.
    #[serde(rename = "b")]
    Bool(bool),
    /// A whole number: a count, cents, UTC milliseconds, millionths of a degree.
    #[serde(rename = "i")]
    Int(i64),
    /// A text, a code or an identifier.
    #[serde(rename = "t")]
    Text(String),
}

impl Value {
    /// A text value; an empty text is no value.
    #[must_use]
    pub fn text(text: &str) -> Self {
        if text.is_empty() { Self::Null } else { Self::Text(text.to_owned()) }
    }

    /// The text, or an empty one.
    #[must_use]
    pub fn as_text(&self) -> &str {
        if let Self::Text(text) = self { text } else { "" }
    }

    /// The number, or none.
    #[must_use]
    pub fn as_int(&self) -> Option<i64> {
        if let Self::Int(number) = self { Some(*number) } else { None }
    }

    /// True for `Bool(true)`.
    #[must_use]
    pub fn is_true(&self) -> bool {
        matches!(self, Self::Bool(true))
    }
}

impl From<Option<i64>> for Value {
    fn from(number: Option<i64>) -> Self {
        number.map_or(Self::Null, Self::Int)
    }
}
