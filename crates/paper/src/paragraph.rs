//! A text shaped and cut into lines of a width.

use krilla::geom::Point;
use krilla::surface::Surface;
use krilla::text::{GlyphId, KrillaGlyph};
use parley::layout::Line;
use parley::style::{FontWeight, LineHeight, StyleProperty};
use parley::{Alignment, AlignmentOptions, BaseDirection, Layout};

use crate::PaperError;
use crate::face::{Faces, families};

/// How a text is set.
#[derive(Clone, Copy)]
pub(crate) struct Setting {
    /// Points.
    pub(crate) size: f32,
    pub(crate) bold: bool,
    pub(crate) right_to_left: bool,
}

/// A text in lines.
pub(crate) struct Paragraph {
    text: String,
    layout: Layout<()>,
}

/// Height of a line, in sizes of the letters. Arabic letters with marks above and below need as much.
const LINE: f32 = 1.32;

/// Marks that steer direction and joining and draw nothing.
fn silent(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{2066}'..='\u{2069}')
}

impl Paragraph {
    /// Cuts a text into lines no wider than `width` points.
    ///
    /// # Errors
    /// [`PaperError::NoGlyph`]; [`PaperError::DoesNotFit`] for a word that cannot be cut and is wider.
    pub(crate) fn new(faces: &mut Faces, text: &str, setting: Setting, width: f32) -> Result<Self, PaperError> {
        if let Some(c) = text.chars().find(|c| c.is_control() || matches!(c, '\u{202A}'..='\u{202E}' | '\u{FEFF}')) {
            return Err(PaperError::NoGlyph(c));
        }
        let mut builder = faces.layouts.ranged_builder(&mut faces.fonts, text, 1.0, false);
        builder.set_base_direction(if setting.right_to_left { BaseDirection::Rtl } else { BaseDirection::Ltr });
        builder.push_default(StyleProperty::FontFamily(families()));
        builder.push_default(StyleProperty::FontSize(setting.size));
        builder.push_default(StyleProperty::LineHeight(LineHeight::FontSizeRelative(LINE)));
        builder.push_default(StyleProperty::FontWeight(if setting.bold {
            FontWeight::BOLD
        } else {
            FontWeight::NORMAL
        }));
        builder.push_default(StyleProperty::OverflowWrap(parley::style::OverflowWrap::Anywhere));
        let mut layout = builder.build(text);
        layout.break_all_lines(Some(width));
        layout.align(Alignment::Start, AlignmentOptions::default());
        let made = Self { text: text.to_owned(), layout };
        made.every_character_is_drawn()?;
        if made.layout.width() > width + 0.5 { Err(PaperError::DoesNotFit) } else { Ok(made) }
    }

    fn every_character_is_drawn(&self) -> Result<(), PaperError> {
        for cluster in self.layout.lines().flat_map(|line| line.runs()).flat_map(|run| run.clusters()) {
            let drawn = self.text.get(cluster.text_range()).unwrap_or("");
            let missing = cluster.glyphs().any(|glyph| glyph.id == 0);
            if let Some(c) = drawn.chars().find(|c| !silent(*c)).filter(|_| missing) {
                return Err(PaperError::NoGlyph(c));
            }
        }
        Ok(())
    }

    /// Points.
    pub(crate) fn height(&self) -> f32 {
        self.layout.height()
    }

    /// Points, of the widest line.
    pub(crate) fn width(&self) -> f32 {
        self.layout.width()
    }

    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// The lines, in the order of reading.
    pub(crate) fn lines(&self) -> impl Iterator<Item = Line<'_, ()>> {
        self.layout.lines()
    }

    /// Draws a line; `x` and `y` are the upper left corner of the paragraph.
    pub(crate) fn draw(
        &self,
        faces: &mut Faces,
        surface: &mut Surface<'_>,
        line: &Line<'_, ()>,
        (x, y): (f32, f32),
    ) -> Result<(), PaperError> {
        let mut at = x + line.metrics().offset;
        for run in line.runs() {
            let Some(font) = faces.written(run.font()) else {
                return Err(PaperError::Writer("an embedded font is not readable".into()));
            };
            let start = Point::from_xy(at, y + line.metrics().baseline);
            surface.draw_glyphs(start, &self.glyphs(&run), font, &self.text, run.font_size(), false);
            at += run.advance();
        }
        Ok(())
    }

    /// The glyphs of a run from left to right, each with the text it stands for.
    fn glyphs(&self, run: &parley::layout::Run<'_, ()>) -> Vec<KrillaGlyph> {
        let size = run.font_size();
        // In the order of reading, so that a ligature takes the text of the letters that follow its first.
        let mut groups: Vec<Vec<KrillaGlyph>> = Vec::new();
        for cluster in run.clusters() {
            let range = cluster.text_range();
            if cluster.is_ligature_continuation() {
                for glyph in groups.last_mut().into_iter().flatten() {
                    glyph.text_range.end = glyph.text_range.end.max(range.end);
                }
                continue;
            }
            if self.text.get(range.clone()).is_some_and(|text| text.chars().all(silent)) {
                continue;
            }
            let made = cluster.glyphs().map(|glyph| {
                let (advance, dx, dy) = (glyph.advance / size, glyph.x / size, -glyph.y / size);
                KrillaGlyph::new(GlyphId::new(glyph.id), advance, dx, dy, 0.0, range.clone(), None)
            });
            groups.push(made.collect());
        }
        if run.is_rtl() {
            groups.reverse();
        }
        groups.into_iter().flatten().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ARABIC: Setting = Setting { size: 10.0, bold: false, right_to_left: true };

    #[test]
    fn glyphs_written_from_the_right_say_the_text_in_its_order_with_its_ligatures() {
        let text = "والمعاملات إلى الآن";
        let paragraph = Paragraph::new(&mut Faces::new(), text, ARABIC, 400.0).unwrap();
        let mut said = Vec::new();
        for run in paragraph.lines().flat_map(|line| line.runs().collect::<Vec<_>>()) {
            assert!(run.is_rtl());
            said.extend(paragraph.glyphs(&run).into_iter().map(|glyph| glyph.text_range));
        }
        // Runs and glyphs stand from the left.
        said.reverse();
        said.dedup();
        assert_eq!(said.iter().filter_map(|range| text.get(range.clone())).collect::<String>(), text);
        assert!(said.iter().any(|range| &text[range.clone()] == "لا"), "lam and alef are joined: {said:?}");
    }

    #[test]
    fn letters_are_joined() {
        let mut faces = Faces::new();
        let mut ids = |text: &str| -> Vec<u32> {
            let paragraph = Paragraph::new(&mut faces, text, ARABIC, 400.0).unwrap();
            let runs: Vec<_> = paragraph.lines().flat_map(|line| line.runs().collect::<Vec<_>>()).collect();
            runs.iter().flat_map(|run| paragraph.glyphs(run)).map(|glyph| glyph.glyph_id.to_u32()).collect()
        };
        let (alone, joined) = (ids("ه"), ids("ههه"));
        assert!(joined.len() == 3 && joined[0] != joined[1] && joined[1] != joined[2] && !joined.contains(&alone[0]));
    }

    #[test]
    fn the_groups_of_a_telephone_number_keep_their_places() {
        let text = format!("اتصلوا بالرقم {}.", crate::words::unbroken("02 47 00 00 09"));
        let paragraph = Paragraph::new(&mut Faces::new(), &text, ARABIC, 400.0).unwrap();
        let mut seen = String::new();
        for run in paragraph.lines().flat_map(|line| line.runs().collect::<Vec<_>>()) {
            for glyph in paragraph.glyphs(&run) {
                seen.push_str(&text[glyph.text_range]);
            }
        }
        assert!(seen.contains("02\u{A0}47\u{A0}00\u{A0}00\u{A0}09"), "from left to right: {seen:?}");
    }

    #[test]
    fn a_character_that_no_font_draws_is_named() {
        let setting = Setting { right_to_left: false, ..ARABIC };
        for (text, c) in [("Tour 漢", '漢'), ("a\tb", '\t'), ("a\u{202E}b", '\u{202E}'), ("x 🙂", '🙂')] {
            let made = Paragraph::new(&mut Faces::new(), text, setting, 400.0);
            assert_eq!(made.err(), Some(PaperError::NoGlyph(c)), "{text:?}");
        }
    }

    #[test]
    fn a_word_wider_than_its_block_is_cut() {
        let setting = Setting { right_to_left: false, ..ARABIC };
        let paragraph =
            Paragraph::new(&mut Faces::new(), &"Anticonstitutionnellement".repeat(4), setting, 100.0).unwrap();
        assert!(paragraph.lines().count() > 4 && paragraph.layout.width() <= 100.5);
    }
}
