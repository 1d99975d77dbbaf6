//! A text shaped and cut into lines of a width.

use krilla::geom::Point;
use krilla::surface::Surface;
use krilla::text::{GlyphId, KrillaGlyph};
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
    pub(crate) centred: bool,
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
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{2066}'..='\u{2069}')
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
        layout.align(if setting.centred { Alignment::Center } else { Alignment::Start }, AlignmentOptions::default());
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

    /// Points, of the longest line.
    pub(crate) fn width(&self) -> f32 {
        self.layout.width()
    }

    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Draws it with its upper left corner at a point.
    pub(crate) fn draw(&self, faces: &mut Faces, surface: &mut Surface<'_>, x: f32, y: f32) -> Result<(), PaperError> {
        for line in self.layout.lines() {
            let mut at = x + line.metrics().offset;
            for run in line.runs() {
                let Some(font) = faces.written(run.font()) else {
                    return Err(PaperError::Writer("an embedded font is not readable".into()));
                };
                let glyphs = self.glyphs(&run);
                let start = Point::from_xy(at, y + line.metrics().baseline);
                surface.draw_glyphs(start, &glyphs, font, &self.text, run.font_size(), false);
                at += run.advance();
            }
        }
        Ok(())
    }

    /// The glyphs of a run from left to right, each with the text it stands for.
    fn glyphs(&self, run: &parley::layout::Run<'_, ()>) -> Vec<KrillaGlyph> {
        let size = run.font_size();
        let mut glyphs: Vec<KrillaGlyph> = Vec::new();
        for cluster in run.visual_clusters() {
            let range = cluster.text_range();
            if cluster.is_ligature_continuation() {
                // A ligature stands for the text of all its letters; written from the right, the others come before it.
                if let Some(last) = glyphs.last_mut() {
                    last.text_range = last.text_range.start.min(range.start)..last.text_range.end.max(range.end);
                }
                continue;
            }
            if self.text.get(range.clone()).is_some_and(|text| text.chars().all(silent)) {
                continue;
            }
            for glyph in cluster.glyphs() {
                let id = GlyphId::new(glyph.id);
                let (advance, dx, dy) = (glyph.advance / size, glyph.x / size, -glyph.y / size);
                glyphs.push(KrillaGlyph::new(id, advance, dx, dy, 0.0, range.clone(), None));
            }
        }
        glyphs
    }
}
