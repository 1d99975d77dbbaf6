//! Pages of blocks, written as PDF/UA-1: tagged, titled, each block with its language.

use std::num::NonZeroU16;
use std::rc::Rc;

use krilla::configure::{Configuration, Validator};
use krilla::destination::XyzDestination;
use krilla::geom::Point;
use krilla::metadata::{Metadata, TextDirection};
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::surface::Surface;
use krilla::tagging::{
    ArtifactType, ContentTag, Identifier, ListNumbering, Node, SpanTag, Tag, TagGroup, TagKind, TagTree,
};
use krilla::{Document, SerializeSettings};
use kurbo::{BezPath, Shape};

use crate::PaperError;
use crate::column::{Column, Part, Role, What};
use crate::face::Faces;
use crate::ink;

/// A5 upright, in points (ISO 216: 148 × 210 mm).
pub(crate) const A5: (f32, f32) = (419.528, 595.276);
/// A4 on its side.
pub(crate) const A4_ON_ITS_SIDE: (f32, f32) = (841.89, 595.276);
/// White around what is printed: a printer needs 5 mm, a thumb more.
pub(crate) const MARGIN: f32 = 22.0;
/// Pages of one document. A sheet has two sides.
pub(crate) const PAGES_MAX: usize = 2;

/// A block at a place of a page.
#[derive(Clone)]
pub(crate) struct Placed {
    pub(crate) x: f32,
    pub(crate) y: f32,
    /// Of the line around it: as tall as its neighbours.
    pub(crate) height: f32,
    pub(crate) column: Rc<Column>,
}

/// Blocks side by side.
pub(crate) type Row = Vec<(f32, Rc<Column>)>;

/// The height of a row.
pub(crate) fn height(row: &Row) -> f32 {
    row.iter().map(|(_, column)| column.height).fold(0.0, f32::max)
}

/// Puts rows under one another from a height down; how many fit above `bottom`, and where the last ends.
pub(crate) fn stack(page: &mut Vec<Placed>, rows: &[Row], top: f32, bottom: f32, gap: f32) -> (usize, f32) {
    let mut y = top;
    for (count, row) in rows.iter().enumerate() {
        if y + height(row) > bottom {
            return (count, y);
        }
        page.extend(row.iter().map(|(x, column)| Placed { x: *x, y, height: height(row), column: Rc::clone(column) }));
        y += height(row) + gap;
    }
    (rows.len(), y)
}

/// A page: its size, its blocks, and where it is cut in two, if it is.
pub(crate) struct Page {
    pub(crate) size: (f32, f32),
    pub(crate) blocks: Vec<Placed>,
    pub(crate) cut: Option<f32>,
}

/// Writes the pages.
///
/// # Errors
/// [`PaperError::Writer`] when the writer's own check of PDF/UA-1 refuses.
pub(crate) fn write(faces: &mut Faces, title: &str, pages: &[Page]) -> Result<Vec<u8>, PaperError> {
    let settings = SerializeSettings {
        configuration: Configuration::new_with_validator(Validator::UA1),
        ..SerializeSettings::default()
    };
    let mut document = Document::new_with(settings);
    let mut tree = TagTree::new().with_lang(Some("fr".into()));
    let mut outline = Outline::new();
    for (number, page) in pages.iter().enumerate() {
        let size = PageSettings::from_wh(page.size.0, page.size.1);
        let settings = size.ok_or_else(|| PaperError::Writer("a page without a size".into()))?;
        let mut written = document.start_page_with(settings);
        let mut surface = written.surface();
        surface.set_fill(Some(ink::fill()));
        for block in &page.blocks {
            tree.push(draw(faces, &mut surface, block)?);
            for (y, heading) in headings(&block.column) {
                let to = XyzDestination::new(number, Point::from_xy(block.x, block.y + y));
                outline.push_child(OutlineNode::new(heading.to_owned(), to));
            }
        }
        if let Some(x) = page.cut {
            cut_mark(&mut surface, x, page.size.1);
        }
        surface.finish();
        written.finish();
    }
    document.set_tag_tree(tree);
    document.set_outline(outline);
    let metadata =
        Metadata::new().title(title.to_owned()).language("fr".into()).text_direction(TextDirection::LeftToRight);
    document.set_metadata(metadata);
    document.finish().map_err(|error| PaperError::Writer(format!("{error:?}")))
}

fn headings(column: &Column) -> impl Iterator<Item = (f32, &str)> {
    column.parts.iter().filter_map(|part| match &part.what {
        What::Words(paragraph, Role::Heading(_)) => Some((part.y, paragraph.text())),
        _ => None,
    })
}

/// Draws a block; its place in the structure.
fn draw(faces: &mut Faces, surface: &mut Surface<'_>, block: &Placed) -> Result<TagGroup, PaperError> {
    let column = &block.column;
    let language = Some(column.tongue.code.to_owned());
    let mut section = TagGroup::new(Tag::Section.with_lang(language));
    let mut list: Option<TagGroup> = None;
    if column.framed {
        frame(surface, block);
    }
    for part in &column.parts {
        let Some((role, marks)) = draw_part(faces, surface, block, part)? else { continue };
        let marks: Vec<Node> = marks.into_iter().map(Node::from).collect();
        if let Some(Role::Item) = role {
            let body = TagGroup::with_children(Tag::LBody, marks);
            let item = TagGroup::with_children(Tag::LI, vec![body.into()]);
            list.get_or_insert_with(|| TagGroup::new(Tag::L(ListNumbering::None))).push(item);
            continue;
        }
        if let Some(list) = list.take() {
            section.push(list);
        }
        section.push(TagGroup::with_children(kind(part, role), marks));
    }
    if let Some(list) = list {
        section.push(list);
    }
    Ok(section)
}

/// The structure type of a part.
fn kind(part: &Part, role: Option<Role>) -> TagKind {
    match (&part.what, role) {
        (What::Words(paragraph, _), Some(Role::Heading(level))) => {
            Tag::Hn(NonZeroU16::new(level).unwrap_or(NonZeroU16::MIN), Some(paragraph.text().to_owned())).into()
        }
        (What::Figure(_, said), _) => Tag::Figure(Some(said.clone())).into(),
        _ => Tag::P.into(),
    }
}

/// What a drawn part is, none for a figure, and its marks in the file.
type Marked = (Option<Role>, Vec<Identifier>);

/// Draws a part; what it is and its mark, none for a drawing that only repeats the words.
fn draw_part(
    faces: &mut Faces,
    surface: &mut Surface<'_>,
    block: &Placed,
    part: &Part,
) -> Result<Option<Marked>, PaperError> {
    let (x, y) = (block.x + part.x, block.y + part.y);
    match &part.what {
        What::Words(paragraph, role) => {
            let mut marks = Vec::new();
            for line in paragraph.lines() {
                let span = SpanTag::empty().with_lang(Some(block.column.tongue.code));
                marks.push(surface.start_tagged(ContentTag::Span(span)));
                paragraph.draw(faces, surface, &line, (x, y))?;
                surface.end_tagged();
            }
            Ok(Some((Some(*role), marks)))
        }
        What::Beside(pictogram, scale) => {
            artifact(surface, &pictogram.outline(), x, y, *scale, 2.0 * scale);
            Ok(None)
        }
        What::Figure(drawing, _) => {
            let identifier = surface.start_tagged(ContentTag::Other);
            if let Some(path) = ink::path(drawing, x, y, 1.0) {
                surface.draw_path(&path);
            }
            surface.end_tagged();
            Ok(Some((None, vec![identifier])))
        }
    }
}

/// Draws with a pen what is no content.
fn artifact(surface: &mut Surface<'_>, drawing: &BezPath, x: f32, y: f32, scale: f32, pen: f32) {
    let _none = surface.start_tagged(ContentTag::Artifact(ArtifactType::Other));
    if let Some(path) = ink::path(drawing, x, y, scale) {
        surface.set_fill(None);
        surface.set_stroke(Some(ink::pen(pen)));
        surface.draw_path(&path);
        surface.set_stroke(None);
        surface.set_fill(Some(ink::fill()));
    }
    surface.end_tagged();
}

fn frame(surface: &mut Surface<'_>, block: &Placed) {
    let (width, height) = (f64::from(block.column.width), f64::from(block.height));
    let drawing = kurbo::RoundedRect::new(0.0, 0.0, width, height, 6.0).to_path(0.1);
    artifact(surface, &drawing, block.x, block.y, 1.0, 0.8);
}

/// Two short lines at the edges, where the sheet is cut.
fn cut_mark(surface: &mut Surface<'_>, x: f32, height: f32) {
    let mut drawing = BezPath::new();
    for (from, to) in [(4.0, 22.0), (f64::from(height) - 22.0, f64::from(height) - 4.0)] {
        drawing.move_to((0.0, from));
        drawing.line_to((0.0, to));
    }
    artifact(surface, &drawing, x, 0.0, 1.0, 0.6);
}
