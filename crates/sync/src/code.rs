//! The one-time code: twelve Crockford characters, four that name it and eight that are secret (40 bits).

/// Alphabet of Crockford's base 32: no I, L, O, U.
pub const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Text before the address in a QR code.
pub const QR_PREFIX: &str = "palier1:";

/// A code as typed or scanned.
#[derive(Clone, PartialEq, Eq)]
pub struct Code {
    /// Address of the server.
    pub address: String,
    /// The four characters that name the code.
    pub lookup: String,
    /// The eight that are secret.
    pub secret: String,
}

impl std::fmt::Debug for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Code({} …)", self.lookup)
    }
}

/// The text is no code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("The text is no code of twelve characters")]
pub struct NotACode;

/// Reads a typed code and its address, or the text of a QR code; case, spaces, dashes and look-alikes (O, I, L) are forgiven.
///
/// # Errors
/// When twelve characters of the alphabet are not found.
pub fn read(address: &str, text: &str) -> Result<Code, NotACode> {
    let text = text.trim();
    let (address, text) = match text.strip_prefix(QR_PREFIX).and_then(|rest| rest.rsplit_once('#')) {
        Some((address, code)) => (address, code),
        None => (address, text),
    };
    let mut clean = String::new();
    for c in text.chars().filter(|c| !c.is_whitespace() && *c != '-') {
        let c = match c.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        };
        if !u8::try_from(c).is_ok_and(|byte| ALPHABET.contains(&byte)) {
            return Err(NotACode);
        }
        clean.push(c);
    }
    if clean.len() != 12 {
        return Err(NotACode);
    }
    let (lookup, secret) = clean.split_at(4);
    Ok(Code { address: address.trim().to_owned(), lookup: lookup.to_owned(), secret: secret.to_owned() })
}

/// The text of a QR code.
#[must_use]
pub fn qr_text(address: &str, code: &str) -> String {
    format!("{QR_PREFIX}{address}#{}", code.replace('-', ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_as_people_write_it() {
        let expected = read("https://a:1", "K7F2-9QXM-4TBD").unwrap();
        for typed in ["k7f29qxm4tbd", " K7F2 9QXM 4TBD ", "palier1:https://a:1#K7F29QXM4TBD"] {
            assert_eq!(read("https://a:1", typed).unwrap(), expected, "{typed:?} is the same code");
        }
        assert_eq!(read("", "O1IL-0000-0000").unwrap().lookup, "0111", "look-alikes are forgiven");
        for wrong in ["", "K7F2-9QXM-4TB", "K7F2-9QXM-4TBDX", "K7F2-9QXM-4TB!", "K7F2-9QXM-4TBU"] {
            assert!(read("", wrong).is_err(), "{wrong:?} is no code");
        }
    }
}
