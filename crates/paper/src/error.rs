//! Why a page is not printed.

/// What is wrong with the input of a page. Nothing in it names a person: no input does.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PaperError {
    /// A field that must say something is empty; its name.
    #[error("The field `{0}` is empty")]
    Empty(&'static str),
    /// A field is longer than a page of paper bears; its name, and the most characters it may have.
    #[error("The field `{field}` has more than {most} characters")]
    TooLong {
        /// The field.
        field: &'static str,
        /// Characters it may have.
        most: usize,
    },
    /// A character that no embedded font draws, or that draws nothing (a control character).
    #[error("No font of the paper draws the character U+{:04X}", u32::from(*.0))]
    NoGlyph(char),
    /// Not the code of a slip.
    #[error("The code of the slip is wrong: {0}")]
    Code(palier_domain::slip::NotASlip),
    /// A language that has no file of words, or one said twice; its code.
    #[error("No words on paper for the language `{0}`")]
    Language(String),
    /// More of something than fits: languages of a notice, services or things to bring of a slip.
    #[error("At most {most} in `{field}`")]
    TooMany {
        /// The field.
        field: &'static str,
        /// How many fit.
        most: usize,
    },
    /// Hours of a slot that are not hours of a day, or end before they begin.
    #[error("The hours of the slot are wrong")]
    Hours,
    /// All of it does not fit on two pages at the smallest size.
    #[error("The text does not fit on two pages")]
    DoesNotFit,
    /// The writer or its check of PDF/UA-1 refused: a defect of this crate.
    #[error("The page was not written: {0}")]
    Writer(String),
}
