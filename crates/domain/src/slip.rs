//! The code of a slip: what a person who gave no name takes along, eight characters and a check character.
//!
//! Crockford's base 32 with its check modulo 37 (crockford.com/base32): any one wrong character, and any two neighbours
//! that changed places, are noticed. Codes whose check would be one of the five signs `*~$=U` are not given out, so that
//! every character can be said on the phone.

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Characters before the check character.
const BODY: usize = 8;
const MODULUS: u64 = 37;

/// The text is the code of no slip.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotASlip {
    /// Not nine characters of the alphabet.
    #[error("A code has nine letters and figures")]
    Form,
    /// One character is wrong, or two changed places.
    #[error("One character of the code is wrong")]
    Check,
}

/// The code made of five random bytes; none for a number whose check has no letter or figure: draw again.
#[must_use]
pub fn make(random: [u8; 5]) -> Option<String> {
    let number = random.iter().fold(0u64, |number, byte| number << 8 | u64::from(*byte));
    let check = character(number % MODULUS)?;
    let mut code: String = (0..BODY).rev().filter_map(|place| character(number >> (5 * place) & 31)).collect();
    code.push(check);
    Some(code)
}

fn character(value: u64) -> Option<char> {
    ALPHABET.get(usize::try_from(value).ok()?).map(|byte| char::from(*byte))
}

/// Reads a code as people write it: case, spaces, dashes and look-alikes (O, I, L) are forgiven.
///
/// # Errors
/// What is wrong with it.
pub fn read(text: &str) -> Result<String, NotASlip> {
    let mut code = String::new();
    for c in text.chars().filter(|c| !c.is_whitespace() && *c != '-') {
        code.push(match c.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        });
    }
    let values: Option<Vec<u64>> = code.chars().map(value).collect();
    let values = values.filter(|values| values.len() == BODY + 1).ok_or(NotASlip::Form)?;
    let Some((check, body)) = values.split_last() else { return Err(NotASlip::Form) };
    let number = body.iter().fold(0u64, |number, value| number << 5 | value);
    if number % MODULUS == *check { Ok(code) } else { Err(NotASlip::Check) }
}

fn value(c: char) -> Option<u64> {
    let place = ALPHABET.iter().position(|byte| char::from(*byte) == c)?;
    u64::try_from(place).ok()
}

/// The code as it is shown and said: `K7F2-9QXM-4`.
#[must_use]
pub fn shown(code: &str) -> String {
    let groups: Vec<String> = code.chars().collect::<Vec<_>>().chunks(4).map(|group| group.iter().collect()).collect();
    groups.join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_character_in_any_place_and_two_that_changed_places_are_noticed() {
        let code = (0..=255).find_map(|n| make([n, 17, 203, 4, 99])).unwrap();
        assert_eq!(read(&format!(" {} ", shown(&code).to_lowercase())), Ok(code.clone()), "read as people write it");
        for place in 0..code.len() {
            for other in ALPHABET.iter().map(|byte| char::from(*byte)) {
                let mut wrong: Vec<char> = code.chars().collect();
                if wrong[place] == other {
                    continue;
                }
                wrong[place] = other;
                assert_eq!(read(&wrong.iter().collect::<String>()), Err(NotASlip::Check), "{other} in place {place}");
            }
        }
        for place in 1..code.len() {
            let mut wrong: Vec<char> = code.chars().collect();
            wrong.swap(place - 1, place);
            let wrong: String = wrong.into_iter().collect();
            assert!(wrong == code || read(&wrong) == Err(NotASlip::Check), "{wrong}");
        }
        for not in ["", "K7F29QXM", "K7F29QXM44", "K7F29QX!4"] {
            assert_eq!(read(not), Err(NotASlip::Form), "{not:?}");
        }
    }

    #[test]
    fn every_code_given_out_is_of_letters_and_figures() {
        let given = (0..=255u8).flat_map(|n| (0..=255u8).map(move |m| [n, m, 7, 201, 33])).filter_map(make);
        let mut count = 0;
        for code in given {
            assert_eq!(read(&code), Ok(code.clone()));
            count += 1;
        }
        assert!((50_000..65_536).contains(&count), "five numbers of 37 are drawn again: {count}");
    }
}
