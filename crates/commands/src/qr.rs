//! The code of a slip as a picture that a phone reads. It holds the code and nothing else.

use fast_qr::convert::Builder;
use fast_qr::convert::svg::SvgBuilder;
use fast_qr::{ECL, QRBuilder};

/// Share of the picture around the code that stays white (ISO/IEC 18004 asks for four modules).
const MARGIN_MODULES: usize = 4;

/// An SVG of a slip's code as it is shown; empty for no code.
pub(crate) fn of_slip(shown: &str) -> String {
    if shown.is_empty() {
        return String::new();
    }
    // A code of a dozen characters fits the smallest picture at every level of correction: this cannot fail.
    let code = QRBuilder::new(shown).ecl(ECL::Q).build();
    code.map(|code| SvgBuilder::default().margin(MARGIN_MODULES).to_str(&code)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_picture_for_a_code_and_none_for_nothing() {
        let picture = super::of_slip("ABCD-EFGH-J");
        assert!(picture.starts_with("<svg") && picture.len() < 40_000, "{} bytes", picture.len());
        assert_ne!(picture, super::of_slip("ABCD-EFGH-K"), "another code, another picture");
        assert_eq!(super::of_slip(""), "");
    }
}
