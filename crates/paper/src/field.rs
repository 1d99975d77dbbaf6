//! What a field of the input must be.

use crate::PaperError;

/// A field that must say something, of at most `most` characters.
pub(crate) fn said(field: &'static str, text: &str, most: usize) -> Result<(), PaperError> {
    if text.trim().is_empty() {
        return Err(PaperError::Empty(field));
    }
    short(field, text, most)
}

/// A field of at most `most` characters, which may be empty.
pub(crate) fn short(field: &'static str, text: &str, most: usize) -> Result<(), PaperError> {
    if text.chars().count() > most { Err(PaperError::TooLong { field, most }) } else { Ok(()) }
}
