//! Which PINs and pass-phrases are accepted.
//!
//! A PIN is accepted only where a device secret strengthens it (security of the CNIL's 2022 guidance: a PIN alone,
//! 20 bits, falls in an hour). Without a keystore a pass-phrase carries the whole weight and must reach about 80 bits.

use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

/// Fewest digits of a PIN.
pub const PIN_DIGITS_MIN: usize = 6;
/// Most digits of a PIN: more is not remembered, and a pass-phrase does better.
pub const PIN_DIGITS_MAX: usize = 10;
/// Fewest characters of a pass-phrase that mixes three kinds of characters (CNIL 2022: 14 characters, 3 kinds).
pub const PHRASE_CHARS_MIN: usize = 14;
/// Fewest words of a pass-phrase made of words (CNIL 2022: 7 words).
pub const PHRASE_WORDS_MIN: usize = 7;
/// Most characters of a secret, so that a paste of a whole document is refused before any work.
pub const SECRET_CHARS_MAX: usize = 256;

/// What kind of secret opens a profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SecretKind {
    /// Six to ten digits, bound to a device secret.
    Pin,
    /// A long pass-phrase, on a device without a keystore.
    Passphrase,
}

/// Why a PIN or pass-phrase was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.code())]
pub enum Weakness {
    /// A PIN holds something else than the digits 0–9.
    NotDigits,
    /// A PIN of fewer than [`PIN_DIGITS_MIN`] digits.
    TooShort,
    /// More than [`PIN_DIGITS_MAX`] digits, or than [`SECRET_CHARS_MAX`] characters.
    TooLong,
    /// Digits that follow each other by a fixed step, forwards or back (`123456`, `975310`).
    Sequence,
    /// Fewer than three different digits, or one block again and again (`121212`, `123123`).
    Repeated,
    /// Among the first that a thief tries: a date, a figure on the pad, a mirror, a known favourite.
    Common,
    /// A pass-phrase under about 80 bits: give 7 different words, or 14 characters of three kinds.
    PhraseTooWeak,
}

impl Weakness {
    /// The code the screen turns into words.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotDigits => "not_digits",
            Self::TooShort => "too_short",
            Self::TooLong => "too_long",
            Self::Sequence => "sequence",
            Self::Repeated => "repeated",
            Self::Common => "common",
            Self::PhraseTooWeak => "phrase_too_weak",
        }
    }
}

/// Favourites that no rule below catches: figures drawn on the pad, and numbers everyone knows.
const FAVOURITES: &[&str] = &[
    "147258",
    "147852",
    "159357",
    "159753",
    "258147",
    "258369",
    "258456",
    "258852",
    "321456",
    "321654",
    "357159",
    "369147",
    "369258",
    "369852",
    "456123",
    "456258",
    "456852",
    "654123",
    "741258",
    "741852",
    "741963",
    "753159",
    "753951",
    "789123",
    "789456",
    "789654",
    "852258",
    "852456",
    "852741",
    "951357",
    "951753",
    "963258",
    "963852",
    "963741",
    "142536",
    "152535",
    "131420",
    "520131",
    "520520",
    "314159",
    "271828",
    "161803",
    "112358",
    "007007",
    "102030",
    "010203",
    "100200",
    "123698",
    "147896",
    "159632",
    "123654",
    "147369",
    "258025",
    "1234554321",
    "31415926",
    "14725836",
    "147258369",
    "369258147",
    "123456789",
    "789456123",
    "159753159",
    "1357924680",
    "2468013579",
    "1470258369",
];

/// The bytes of a secret as it is hashed: NFKC, so that another keyboard's "é" is the same.
pub(crate) fn normalise(secret: &str) -> Zeroizing<String> {
    Zeroizing::new(secret.chars().take(SECRET_CHARS_MAX).nfkc().collect())
}

/// Refuses a weak PIN or pass-phrase.
///
/// # Errors
/// The first [`Weakness`] found, in the order of its variants.
pub fn check_secret(kind: SecretKind, secret: &str) -> Result<(), Weakness> {
    if secret.chars().count() > SECRET_CHARS_MAX {
        return Err(Weakness::TooLong);
    }
    match kind {
        SecretKind::Pin => check_pin(&normalise(secret)),
        SecretKind::Passphrase => check_phrase(&normalise(secret)),
    }
}

fn check_pin(pin: &str) -> Result<(), Weakness> {
    if pin.is_empty() {
        return Err(Weakness::TooShort);
    }
    let digits: Zeroizing<Vec<u8>> = pin
        .bytes()
        .map(|b| b.is_ascii_digit().then(|| b - b'0').ok_or(Weakness::NotDigits))
        .collect::<Result<Vec<u8>, _>>()?
        .into();
    if digits.len() < PIN_DIGITS_MIN {
        return Err(Weakness::TooShort);
    }
    if digits.len() > PIN_DIGITS_MAX {
        return Err(Weakness::TooLong);
    }
    if is_repeated(&digits) {
        return Err(Weakness::Repeated);
    }
    if has_fixed_step(&digits) {
        return Err(Weakness::Sequence);
    }
    if FAVOURITES.contains(&pin) || is_mirror(&digits) || is_pairs(&digits) || is_date(pin) {
        return Err(Weakness::Common);
    }
    Ok(())
}

/// Fewer than three different digits, or one block of at most half the length repeated to the end.
fn is_repeated(digits: &[u8]) -> bool {
    distinct(digits.iter()) < 3
        || (1..=digits.len() / 2).any(|block| digits.iter().zip(digits.iter().skip(block)).all(|(a, b)| a == b))
}

/// Each digit is the one before plus the same step, around the clock of ten (`123456`, `890123`, `246802`, `975319`).
fn has_fixed_step(digits: &[u8]) -> bool {
    let mut steps = digits.windows(2).filter_map(|pair| match pair {
        [a, b] => Some((10 + b - a) % 10),
        _ => None,
    });
    let first = steps.next();
    steps.all(|step| Some(step) == first)
}

/// A sequence and its mirror (`123321`, `456654`): reads the same backwards.
fn is_mirror(digits: &[u8]) -> bool {
    digits.iter().eq(digits.iter().rev())
}

/// Every digit twice, the doubles in sequence (`112233`, `998877`).
fn is_pairs(digits: &[u8]) -> bool {
    let halves: Vec<u8> = digits
        .chunks(2)
        .filter_map(|pair| matches!(pair, [a, b] if a == b).then(|| pair.first().copied()).flatten())
        .collect();
    halves.len() * 2 == digits.len() && has_fixed_step(&halves)
}

/// A date as people write one: DDMMYY, YYMMDD, DDMMYYYY or YYYYMMDD with a year of 1900 to 2099.
fn is_date(pin: &str) -> bool {
    let number = |from: usize, to: usize| pin.get(from..to).and_then(|part| part.parse::<u16>().ok()).unwrap_or(0);
    let day_month = |day: u16, month: u16| (1..=31).contains(&day) && (1..=12).contains(&month);
    let century = |year: u16| (1900..=2099).contains(&year);
    match pin.len() {
        6 => day_month(number(0, 2), number(2, 4)) || day_month(number(4, 6), number(2, 4)),
        8 => {
            (day_month(number(0, 2), number(2, 4)) && century(number(4, 8)))
                || (century(number(0, 4)) && day_month(number(6, 8), number(4, 6)))
        }
        _ => false,
    }
}

/// About 80 bits: seven different words of three letters, or 14 characters of three kinds with eight of them different.
fn check_phrase(phrase: &str) -> Result<(), Weakness> {
    let words: Vec<String> = phrase
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().count() >= 3)
        .map(str::to_lowercase)
        .collect();
    let by_words = distinct(words.iter()) >= PHRASE_WORDS_MIN;
    let kinds = [char::is_lowercase, char::is_uppercase, char::is_numeric, |c: char| !c.is_alphanumeric()];
    let kinds = kinds.iter().filter(|kind| phrase.chars().any(kind)).count();
    let by_kinds = phrase.chars().count() >= PHRASE_CHARS_MIN && kinds >= 3 && distinct(phrase.chars()) >= 8;
    if by_words || by_kinds { Ok(()) } else { Err(Weakness::PhraseTooWeak) }
}

fn distinct<T: Ord>(things: impl Iterator<Item = T>) -> usize {
    things.collect::<std::collections::BTreeSet<T>>().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn pin(secret: &str, expected: Option<Weakness>) {
        assert_eq!(check_secret(SecretKind::Pin, secret).err(), expected, "{secret}");
    }

    #[track_caller]
    fn phrase(secret: &str, expected: Option<Weakness>) {
        assert_eq!(check_secret(SecretKind::Passphrase, secret).err(), expected, "{secret}");
    }

    #[test]
    fn ordinary_pins_pass() {
        for secret in ["493817", "8820417", "70412963", "402958", "1928374650", "905713"] {
            pin(secret, None);
        }
    }

    #[test]
    fn each_refusal_has_its_reason() {
        pin("", Some(Weakness::TooShort));
        pin("49381", Some(Weakness::TooShort));
        pin("49381700253", Some(Weakness::TooLong));
        pin(&"4".repeat(300), Some(Weakness::TooLong));
        pin("49a817", Some(Weakness::NotDigits));
        pin("49381 7", Some(Weakness::NotDigits));
        pin("-493817", Some(Weakness::NotDigits));
        pin("111111", Some(Weakness::Repeated));
        pin("121212", Some(Weakness::Repeated));
        pin("493493", Some(Weakness::Repeated));
        pin("4938493849", Some(Weakness::Repeated));
        pin("889898", Some(Weakness::Repeated));
        pin("123456", Some(Weakness::Sequence));
        pin("987654", Some(Weakness::Sequence));
        pin("789012", Some(Weakness::Sequence));
        pin("246802", Some(Weakness::Sequence));
        pin("147258", Some(Weakness::Common));
        pin("493394", Some(Weakness::Common));
        pin("112233", Some(Weakness::Common));
        pin("140789", Some(Weakness::Common));
        pin("890714", Some(Weakness::Common));
        pin("14071989", Some(Weakness::Common));
        pin("19890714", Some(Weakness::Common));
    }

    #[test]
    fn both_sides_of_the_lengths() {
        pin("4938172", None);
        pin("493817", None);
        pin("1928374650", None);
        phrase("Escalier-rouge4", None);
        phrase("Escalier-roug4", None);
        phrase("Escalier-rou4", Some(Weakness::PhraseTooWeak));
    }

    #[test]
    fn digits_of_another_keyboard_are_digits() {
        let wide = "\u{FF14}\u{FF19}\u{FF13}\u{FF18}\u{FF11}\u{FF17}";
        pin(wide, None);
        assert_eq!(*normalise(wide), "493817", "NFKC makes wide digits plain");
    }

    #[test]
    fn phrases_reach_eighty_bits() {
        phrase("493817", Some(Weakness::PhraseTooWeak));
        phrase("porte palier escalier", Some(Weakness::PhraseTooWeak));
        phrase("porte porte porte porte porte porte porte", Some(Weakness::PhraseTooWeak));
        phrase("Aa1-Aa1-Aa1-Aa1-", Some(Weakness::PhraseTooWeak));
        phrase("sept mots sans lien pour ouvrir chaque porte", None);
    }

    proptest::proptest! {
        #[test]
        fn no_text_makes_the_policy_fail(text in "\\PC{0,300}") {
            let _ = check_secret(SecretKind::Pin, &text);
            let _ = check_secret(SecretKind::Passphrase, &text);
        }

        #[test]
        fn what_passes_is_six_to_ten_digits(text in "[0-9]{0,12}") {
            if check_secret(SecretKind::Pin, &text).is_ok() {
                proptest::prop_assert!((PIN_DIGITS_MIN..=PIN_DIGITS_MAX).contains(&text.len()));
            }
        }
    }

    #[test]
    fn few_enough_pins_are_refused() {
        let refused = (0..1_000_000).filter(|n| check_secret(SecretKind::Pin, &format!("{n:06}")).is_err()).count();
        assert!((40_000..120_000).contains(&refused), "most PINs stay free, the guessable ones do not: {refused}");
    }
}
