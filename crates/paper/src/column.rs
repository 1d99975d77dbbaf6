//! A block of one language: headings, paragraphs, lists and drawings under one another.

use kurbo::BezPath;

use crate::PaperError;
use crate::face::Faces;
use crate::paragraph::{Paragraph, Setting};
use crate::pictogram::Pictogram;
use crate::words::Tongue;

/// What a part is for a reader's voice.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Heading(u16),
    Text,
    Item,
}

/// What is drawn at a place.
pub(crate) enum What {
    Words(Box<Paragraph>, Role),
    /// A drawing that repeats the words; its scale.
    Beside(Pictogram, f32),
    /// A filled drawing that says something by itself, with that said in words.
    Figure(BezPath, String),
}

/// A part and its place within the block, in points.
pub(crate) struct Part {
    pub(crate) x: f32,
    pub(crate) y: f32,
    pub(crate) what: What,
}

/// A block under construction, then to be placed on a page.
pub(crate) struct Column {
    pub(crate) tongue: Tongue,
    pub(crate) width: f32,
    pub(crate) height: f32,
    pub(crate) parts: Vec<Part>,
    /// A line around it.
    pub(crate) framed: bool,
    inset: f32,
}

impl Column {
    pub(crate) fn new(tongue: Tongue, width: f32) -> Self {
        Self { tongue, width, height: 0.0, parts: Vec::new(), framed: false, inset: 0.0 }
    }

    /// A block with a line around it, `inset` points from what it holds.
    pub(crate) fn framed(tongue: Tongue, width: f32, inset: f32) -> Self {
        Self { framed: true, inset, height: inset, ..Self::new(tongue, width) }
    }

    /// Ends a framed block.
    pub(crate) fn close(mut self) -> Self {
        self.height += self.inset;
        self
    }

    /// White below what is there.
    pub(crate) fn gap(&mut self, points: f32) {
        self.height += points;
    }

    fn setting(&self, size: f32, bold: bool) -> Setting {
        Setting { size, bold, right_to_left: self.tongue.right_to_left }
    }

    /// Adds a text at the full width.
    pub(crate) fn text(
        &mut self,
        faces: &mut Faces,
        text: &str,
        size: f32,
        bold: bool,
        role: Role,
    ) -> Result<(), PaperError> {
        let setting = self.setting(size, bold);
        let paragraph = Paragraph::new(faces, text, setting, self.width - 2.0 * self.inset)?;
        self.put(paragraph, self.inset, role);
        Ok(())
    }

    fn put(&mut self, paragraph: Paragraph, x: f32, role: Role) {
        let height = paragraph.height();
        self.parts.push(Part { x, y: self.height, what: What::Words(Box::new(paragraph), role) });
        self.height += height;
    }

    /// Adds a text with a drawing before it: at its left, or at its right when it is written from there.
    pub(crate) fn beside(
        &mut self,
        faces: &mut Faces,
        pictogram: Pictogram,
        text: &str,
        size: f32,
        bold: bool,
    ) -> Result<(), PaperError> {
        self.drawn(faces, pictogram, text, (size, bold), Role::Text)
    }

    fn drawn(
        &mut self,
        faces: &mut Faces,
        pictogram: Pictogram,
        text: &str,
        (size, bold): (f32, bool),
        role: Role,
    ) -> Result<(), PaperError> {
        let side = size * 1.25;
        let indent = side + size * 0.5;
        let paragraph = Paragraph::new(faces, text, self.setting(size, bold), self.width - 2.0 * self.inset - indent)?;
        let (drawing_x, text_x) = if self.tongue.right_to_left {
            (self.width - self.inset - side, self.inset)
        } else {
            (self.inset, self.inset + indent)
        };
        let what = What::Beside(pictogram, side / 24.0);
        self.parts.push(Part { x: drawing_x, y: self.height + size * 0.1, what });
        self.put(paragraph, text_x, role);
        Ok(())
    }

    /// Adds an item of a list, with a box to tick.
    pub(crate) fn item(&mut self, faces: &mut Faces, text: &str, size: f32) -> Result<(), PaperError> {
        self.drawn(faces, Pictogram::Box, text, (size, false), Role::Item)
    }

    /// Adds a drawing that is content, in the middle.
    pub(crate) fn figure(&mut self, drawing: BezPath, side: f32, said: String) {
        let what = What::Figure(drawing, said);
        self.parts.push(Part { x: (self.width - side) / 2.0, y: self.height, what });
        self.height += side;
    }
}
