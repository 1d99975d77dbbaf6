//! Values as spreadsheet programs leave them: `12.0`, `01`, `37 000`, `6,04876E+13`.

use crate::limits::{FLOOR_MAX, FLOOR_MIN};
use palier_domain::fold;

/// A text on one line: every run of spaces, tabs and line breaks is one space.
pub(crate) fn one_line(value: &str) -> String {
    value.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `12.0` and `12,00` are the number `12`; any other value stays as it is.
pub(crate) fn without_decimals(value: &str) -> &str {
    let value = value.trim();
    match value.split_once(['.', ',']) {
        Some((whole, zeros)) if !whole.is_empty() && all_digits(whole) && !zeros.is_empty() && all_of(zeros, '0') => {
            whole
        }
        _ => value,
    }
}

fn all_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

fn all_of(text: &str, wanted: char) -> bool {
    text.chars().all(|c| c == wanted)
}

/// The digits of a code: decimals and spaces are taken off.
fn digits(value: &str) -> String {
    let compact: String = value.chars().filter(|c| !c.is_whitespace()).collect();
    without_decimals(&compact).to_owned()
}

/// A commune code: five characters, Corsica included; `1004` has lost its zero and is `01004`.
pub(crate) fn insee(value: &str) -> Option<String> {
    let code = digits(value).to_ascii_uppercase();
    let code = if code.len() == 4 && all_digits(&code) { format!("0{code}") } else { code };
    let mut bytes = code.bytes();
    let department = (bytes.next()?, bytes.next()?);
    let known =
        department.0.is_ascii_digit() && (department.1.is_ascii_digit() || matches!(department, (b'2', b'A' | b'B')));
    (known && code.len() == 5 && bytes.all(|byte| byte.is_ascii_digit())).then_some(code)
}

/// A postcode: five digits; `1000` has lost its zero and is `01000`.
pub(crate) fn postcode(value: &str) -> Option<String> {
    let code = digits(value);
    let code = if code.len() == 4 { format!("0{code}") } else { code };
    (code.len() == 5 && all_digits(&code)).then_some(code)
}

/// A SIRET: fourteen digits. One that a spreadsheet turned into a number has lost its zeros, which come back when the
/// check digit agrees; one rounded to `6,04876E+13` is lost.
pub(crate) fn siret(value: &str) -> Option<String> {
    let code = digits(value);
    if code.is_empty() || !all_digits(&code) {
        return None;
    }
    match code.len() {
        14 => Some(code),
        11..=13 => Some(format!("{code:0>14}")).filter(|padded| luhn_holds(padded)),
        _ => None,
    }
}

fn luhn_holds(code: &str) -> bool {
    let sum: u32 = code
        .bytes()
        .rev()
        .enumerate()
        .map(|(rank, byte)| {
            let digit = u32::from(byte.saturating_sub(b'0')) << (rank % 2);
            digit / 10 + digit % 10
        })
        .sum();
    sum.is_multiple_of(10)
}

/// A phone number as published; `247295740` has lost its zero and is `0247295740`.
pub(crate) fn phone(value: &str) -> String {
    let code = digits(value);
    if code.len() == 9 && all_digits(&code) && !code.starts_with('0') { format!("0{code}") } else { one_line(value) }
}

/// A house number: `12.0` is `12`, `0012` is `12`; empty for none (`0`, `SN`, `S/N`). None when it is not one.
pub(crate) fn house_number(value: &str) -> Option<String> {
    let value = one_line(without_decimals(value));
    let bare = value.trim_start_matches('0');
    let key: String = value.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    if (bare.is_empty() && !value.is_empty()) || matches!(key.as_str(), "sn" | "sansnumero") {
        return Some(String::new());
    }
    let readable = bare.starts_with(|c: char| c.is_ascii_digit())
        && bare.chars().count() <= 15
        && bare.chars().all(|c| c.is_alphanumeric() || " -/".contains(c));
    readable.then(|| bare.to_owned())
}

/// A floor: `RDC`, `3`, `03`, `3.0`, `3e étage`, `R+3`, `-1`, `SS1`.
pub(crate) fn floor(value: &str) -> Option<i16> {
    let value = value.trim();
    if let Some(number) = value.parse().ok().filter(|number| (FLOOR_MIN..=FLOOR_MAX).contains(number)) {
        return Some(number);
    }
    let signed = value.trim_start_matches(['r', 'R']).trim_start();
    let below = signed.starts_with(['-', '−', '–']);
    let folded = fold::spaced(without_decimals(value.trim_start_matches(['-', '−', '–'])));
    let words: Vec<&str> =
        folded.split(' ').filter(|word| !matches!(*word, "etage" | "niveau" | "niv" | "et")).collect();
    if words.iter().filter(|word| word.starts_with(|c: char| c.is_ascii_digit())).count() > 1 {
        return None;
    }
    let key = words.concat();
    let number = match key.as_str() {
        "rdc" | "rc" | "rch" | "rez" | "rezdechaussee" | "r" | "rdch" => Some(0),
        "ss" | "sousol" | "soussol" => Some(-1),
        other => numbered_floor(other, below),
    }?;
    (FLOOR_MIN..=FLOOR_MAX).contains(&number).then_some(number)
}

fn numbered_floor(key: &str, below: bool) -> Option<i16> {
    let (number, below) = match key.strip_prefix("soussol").or_else(|| key.strip_prefix("ss")) {
        Some(depth) => (depth, true),
        None => (key.strip_prefix('r').unwrap_or(key), below),
    };
    let number =
        ["eme", "ere", "nd", "er", "e"].iter().find_map(|ending| number.strip_suffix(ending)).unwrap_or(number);
    if number.is_empty() || number.len() > 3 || !all_digits(number) {
        return None;
    }
    let number: i16 = number.parse().ok()?;
    Some(if below { -number } else { number })
}

/// A decimal number, with a point or a comma.
pub(crate) fn decimal(value: &str) -> Option<f64> {
    let compact: String = value.chars().filter(|c| !c.is_whitespace()).collect();
    let number: f64 = compact.replace(',', ".").parse().ok()?;
    number.is_finite().then_some(number)
}

/// A date `2026-11-22`, alone or at the start of an instant.
pub(crate) fn date(value: &str) -> Option<String> {
    let day = value.trim().get(..10)?;
    let after = value.trim().get(10..)?;
    let mut parts = day.split('-');
    let (year, month, date) = (parts.next()?, parts.next()?, parts.next()?);
    let numbers = [year, month, date].iter().all(|part| all_digits(part));
    let month_days = match month.parse().ok()? {
        2 => 29,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0_u8,
    };
    let holds = numbers && year.len() == 4 && (1..=month_days).contains(&date.parse().ok()?);
    (holds && parts.next().is_none() && (after.is_empty() || after.starts_with(['T', ' ']))).then(|| day.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(read: fn(&str) -> Option<String>, cases: &[(&str, Option<&str>)]) {
        for (value, expected) in cases {
            assert_eq!(read(value).as_deref(), *expected, "{value:?}");
        }
    }

    #[test]
    fn codes_come_back_from_a_spreadsheet() {
        check(
            insee,
            &[
                ("37261", Some("37261")),
                ("37261.0", Some("37261")),
                ("1004", Some("01004")),
                ("2a004", Some("2A004")),
                ("3726", Some("03726")),
                ("372611", None),
                ("Tours", None),
                ("", None),
                ("２６１３７", None),
            ],
        );
        check(
            postcode,
            &[
                ("37000", Some("37000")),
                ("37 000", Some("37000")),
                ("1000.0", Some("01000")),
                ("750121.0", None),
                ("", None),
                ("-7000", None),
            ],
        );
        check(
            siret,
            &[
                ("60487647500499", Some("60487647500499")),
                ("60487647500499.0", Some("60487647500499")),
                ("243 700 820 00117", Some("24370082000117")),
                ("6,04876475005E+13", None),
                ("pas un siret", None),
            ],
        );
        assert_eq!(phone("247295740.0"), "0247295740", "a phone number gets its zero back");
        assert_eq!(phone("02 47 29 57 40"), "02 47 29 57 40", "a phone number stays as published");
        assert_eq!(phone("+33 2 47 29 57 40"), "+33 2 47 29 57 40", "so does a number with its country");
    }

    #[test]
    fn a_siret_gets_its_zeros_back_when_its_check_digit_agrees() {
        // A made-up number that starts with a zero and whose check digit holds.
        let padded =
            (0..100).map(|end| format!("012345678000{end:02}")).find(|code| luhn_holds(code)).expect("one in ten");
        assert_eq!(siret(padded.trim_start_matches('0')), Some(padded.clone()), "the zero comes back");
        let wrong = (0..100).map(|end| format!("12345678000{end:02}")).find(|code| !luhn_holds(&format!("0{code}")));
        assert_eq!(siret(&wrong.expect("nine in ten")), None, "a number that was cut is not repaired by guessing");
    }

    #[test]
    fn numbers_and_floors_are_read_as_people_write_them() {
        check(
            house_number,
            &[
                ("12.0", Some("12")),
                ("0012", Some("12")),
                ("12-14", Some("12-14")),
                ("12 bis", Some("12 bis")),
                ("0", Some("")),
                ("S/N", Some("")),
                ("", None),
                ("Tours", None),
                ("12;14", None),
            ],
        );
        for (value, expected) in [
            ("RDC", Some(0)),
            ("rez-de-chaussée", Some(0)),
            ("0", Some(0)),
            ("0.0", Some(0)),
            ("03", Some(3)),
            ("3.0", Some(3)),
            ("3e étage", Some(3)),
            ("1er", Some(1)),
            ("2ème", Some(2)),
            ("R+4", Some(4)),
            ("-1", Some(-1)),
            ("-1.0", Some(-1)),
            ("SS1", Some(-1)),
            ("Sous-sol", Some(-1)),
            ("étage 5", Some(5)),
            ("61", None),
            ("-6", None),
            ("", None),
            ("haut", None),
            ("3 ou 4", None),
            ("3-4", None),
            ("R-1", Some(-1)),
            ("R + 2", Some(2)),
            ("99999999999", None),
        ] {
            assert_eq!(floor(value), expected, "{value:?}");
        }
    }

    #[test]
    fn dates_and_decimals_are_read() {
        check(
            date,
            &[
                ("2024-08-01", Some("2024-08-01")),
                ("2024-08-01T10:00:00Z", Some("2024-08-01")),
                ("2024-13-01", None),
                ("2024-02-30", None),
                ("01/08/2024", None),
                ("2024-8-1", None),
                ("2024-08-01x", None),
                ("été 2024 donc", None),
            ],
        );
        assert_eq!(decimal("47,39"), Some(47.39), "a French comma");
        assert_eq!(decimal("NaN"), None, "not a number");
        assert_eq!(decimal("inf"), None, "not a number");
    }
}
