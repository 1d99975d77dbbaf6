//! A QR code as modules on paper.

use fast_qr::{ECL, QRBuilder};
use kurbo::{BezPath, Rect, Shape};

use crate::PaperError;

/// White modules around the code (ISO/IEC 18004).
const MARGIN: usize = 4;

/// The outline of a code's dark modules within a square of side `side` points, its white margin included.
///
/// # Errors
/// [`PaperError::Writer`] for a text that is too long for a QR code; a slip's is not.
pub(crate) fn outline(text: &str, side: f64) -> Result<BezPath, PaperError> {
    let code =
        QRBuilder::new(text).ecl(ECL::Q).build().map_err(|_| PaperError::Writer("no QR code for this text".into()))?;
    let across = code.size + 2 * MARGIN;
    let module = side / f64::from(u32::try_from(across).unwrap_or(u32::MAX));
    let place = |n: usize| f64::from(u32::try_from(n + MARGIN).unwrap_or(u32::MAX)) * module;
    let mut outline = BezPath::new();
    for (y, row) in code.data.chunks(code.size).take(code.size).enumerate() {
        let mut x = 0;
        while let Some(length) = dark_from(row, x) {
            if length > 0 {
                outline.extend(Rect::new(place(x), place(y), place(x + length), place(y + 1)).path_elements(0.1));
            }
            x += length + 1;
        }
    }
    Ok(outline)
}

/// How many dark modules follow one another from a place; none past the end of the row.
fn dark_from(row: &[fast_qr::Module], x: usize) -> Option<usize> {
    row.get(x..).filter(|rest| !rest.is_empty()).map(|rest| rest.iter().take_while(|module| module.value()).count())
}
