//! What a household answered, each answer exact, a range, or open.

use crate::month::Birth;
use crate::number::Number;
use crate::truth::{Questions, Truth};

/// One of a few words, or the words still possible.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choice {
    /// One bit for each word still possible.
    pub possible: u8,
    /// The question that would tell, empty when known.
    pub open: Questions,
}

impl Choice {
    /// The answer is one of these words (one bit each).
    #[must_use]
    pub fn is(self, words: u8) -> Truth {
        Truth::possible(self.possible & words != 0, self.possible & !words != 0, self.open)
    }
}

macro_rules! words {
    ($(#[$about:meta])* $name:ident: $($word:ident = $bit:literal $text:literal,)*) => {
        $(#[$about])*
        #[allow(non_snake_case, missing_docs, reason = "the words of the data README, one bit each")]
        pub mod $name {
            $(pub const $word: u8 = 1 << $bit;)*
            /// Each word with its bit.
            pub const WORDS: &[(&str, u8)] = &[$(($text, $word),)*];
        }
    };
}

words!(
    /// Family situation of the adults.
    situation: ALONE = 0 "seul", MARRIED = 1 "marie", PACS = 2 "pacse", UNMARRIED = 3 "concubinage",
);
words!(
    /// How the home is held.
    home: SOCIAL_TENANT = 0 "locataire_hlm", TENANT = 1 "locataire_vide", FURNISHED = 2 "locataire_meuble",
    HOSTED = 3 "heberge", OWNER = 4 "proprietaire", NONE = 5 "sans_domicile",
);
words!(
    /// What an adult does.
    activity: JOB = 0 "emploi", SELF_EMPLOYED = 1 "independant", UNEMPLOYED = 2 "chomage", RETIRED = 3 "retraite",
    STUDENT = 4 "etudiant", NONE = 5 "sans_activite",
);
words!(
    /// What nationality opens; asked last, never kept.
    nationality: FRANCE = 0 "france", EUROPE = 1 "ue_eee", SWITZERLAND = 2 "suisse", OTHER = 3 "hors_ue",
);
words!(
    /// School of a child.
    school: NURSERY = 0 "maternelle", PRIMARY = 1 "elementaire", COLLEGE = 2 "college", LYCEE = 3 "lycee",
    HIGHER = 4 "superieur", NONE = 5 "",
);

/// An adult. Amounts are net, monthly.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "the fields of the data README, in its order of meaning")]
pub struct Adult {
    pub birth: Birth,
    pub activity: Choice,
    /// Months since unemployment began; -1 when not unemployed.
    pub months_unemployed: Number,
    pub nationality: Choice,
    pub permit_years: Number,
    /// Holds a resident card of ten years, or the like, which asks for no five years of residence (L262-4 CASF).
    pub resident_card: bool,
    /// Said to have no right to stay.
    pub without_permit: bool,
    pub wage: Number,
    pub unemployment: Number,
    pub pension: Number,
    pub invalidity: Number,
    pub alimony_received: Number,
    pub alimony_paid: Number,
    pub self_employed: Number,
    /// Taxable, of the year N-2, as the two below.
    pub wage_taxed: Number,
    pub unemployment_taxed: Number,
    pub pension_taxed: Number,
    pub savings: Number,
    pub disability: Number,
    pub hard_to_employ: Truth,
    pub unfit: Truth,
    pub pregnant: Truth,
    pub grant: Truth,
    pub young_worker: Truth,
}

/// A child.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "the fields of the data README")]
pub struct Child {
    pub birth: Birth,
    pub school: Choice,
    pub wage: Number,
    pub shared_custody: Truth,
    pub disability: Number,
    pub aeeh_complement: Number,
}

/// What was already done about a right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It is received.
    Held,
    /// It was asked for, nobody answered yet.
    InProgress,
}

/// A household: one family, one home.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "the fields of the data README")]
pub struct Household {
    pub adults: Vec<Adult>,
    pub children: Vec<Child>,
    pub situation: Choice,
    pub recently_alone: Truth,
    pub rsa_received: Number,
    pub home: Choice,
    /// Without charges.
    pub rent: Number,
    pub shared_home: Truth,
    pub pays_host: Truth,
    /// Questions that the person would not answer.
    pub refused: Questions,
    /// Questions that were asked and that the person could not answer.
    pub not_known: Questions,
    /// Questions answered by a range.
    pub told_in_part: Questions,
    /// Code of the commune (INSEE), when it was told.
    pub commune: Option<String>,
    /// Rights that it already has or has asked for, by their key.
    pub standing: Vec<(String, Standing)>,
    /// Paths of answers that no rule covers yet: what depends on incomes of today is to be checked.
    pub uncovered: Vec<String>,
    /// No question has an answer, not even a partial one.
    pub nothing_told: bool,
}
