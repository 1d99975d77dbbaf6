//! A report on A4 as PDF/UA-1: headings, paragraphs and tables with their captions and headers tagged, over as many pages as needed.
//! French, from left to right.

use std::num::NonZeroU16;

use krilla::configure::{Configuration, Validator};
use krilla::destination::XyzDestination;
use krilla::geom::Point;
use krilla::metadata::{Metadata, TextDirection};
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::surface::Surface;
use krilla::tagging::{
    ArtifactType, ContentTag, Identifier, Node, SpanTag, TableHeaderScope, Tag, TagGroup, TagKind, TagTree,
};
use krilla::{Document, SerializeSettings};
use kurbo::BezPath;

use crate::face::Faces;
use crate::paragraph::{Paragraph, Setting};
use crate::{PaperError, ink};

/// Pages of a report: a printed one that is longer is read by nobody.
const PAGES_MAX: usize = 80;
/// White around what is printed, points.
const MARGIN: f32 = 42.0;
/// Columns from which the page lies on its side.
const WIDE_FROM: usize = 5;
/// Columns of a table.
const COLUMNS_MAX: usize = 16;
/// White within a cell, points.
const INSET: f32 = 4.0;
/// A heading stays with so much of what follows, points.
const KEPT_WITH: f32 = 90.0;
/// Height of the foot, points.
const FOOT: f32 = 24.0;

/// A report. All of it is words of the caller.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Title of the document and first heading.
    pub title: String,
    /// What comes under one another.
    pub parts: Vec<ReportPart>,
    /// Foot of each page; `{page}` and `{pages}` stand for its number and how many there are.
    pub foot: String,
}

/// One thing under another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReportPart {
    /// A heading of the second level.
    Heading(String),
    /// A paragraph.
    Text(String),
    /// A table.
    Table(ReportTable),
}

/// A table: the first cell of a line says what the line is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportTable {
    /// What it is.
    pub caption: String,
    /// Heads of the columns, the first one over what lines are.
    pub head: Vec<String>,
    /// Lines, each with as many cells as there are heads.
    pub rows: Vec<Vec<String>>,
}

/// Prints a report.
///
/// # Errors
/// See [`PaperError`].
pub fn report(report: &Report) -> Result<Vec<u8>, PaperError> {
    let columns = report.parts.iter().map(|part| match part {
        ReportPart::Table(table) => table.head.len(),
        _ => 0,
    });
    let columns = columns.max().unwrap_or(0);
    if columns > COLUMNS_MAX {
        return Err(PaperError::TooMany { field: "columns", most: COLUMNS_MAX });
    }
    let size = if columns >= WIDE_FROM { (841.89, 595.276) } else { (595.276, 841.89) };
    let mut faces = Faces::new();
    let mut flow = Flow { faces: &mut faces, size, page: 0, y: MARGIN, pieces: Vec::new(), lines: Vec::new() };
    flow.text(&report.title, 18.0, true, Place::Heading(1))?;
    flow.y += 6.0;
    for (at, part) in report.parts.iter().enumerate() {
        match part {
            ReportPart::Heading(text) => {
                flow.y += 14.0;
                flow.keep(KEPT_WITH)?;
                flow.text(text, 14.0, true, Place::Heading(2))?;
                flow.y += 4.0;
            }
            ReportPart::Text(text) => {
                flow.text(text, 10.0, false, Place::Text)?;
                flow.y += 4.0;
            }
            ReportPart::Table(table) => flow.table(at, table)?,
        }
    }
    let Flow { page, pieces, lines, .. } = flow;
    write(&mut faces, report, size, (page + 1, &pieces, &lines))
}

/// What a piece of text is in the structure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Heading(u16),
    Text,
    Caption(usize),
    /// Of a table: the column.
    Head(usize, usize),
    /// Of a table: the line and the column.
    Cell(usize, usize, usize),
    /// A head said again on the next page.
    Again,
}

/// A text at its place of a page.
struct Piece {
    page: usize,
    x: f32,
    y: f32,
    text: Paragraph,
    place: Place,
}

/// A rule under a line of a table: page, left, right, height.
type Rule = (usize, f32, f32, f32);

/// Text that runs down pages.
struct Flow<'a> {
    faces: &'a mut Faces,
    size: (f32, f32),
    page: usize,
    y: f32,
    pieces: Vec<Piece>,
    lines: Vec<Rule>,
}

impl Flow<'_> {
    fn width(&self) -> f32 {
        self.size.0 - 2.0 * MARGIN
    }

    fn bottom(&self) -> f32 {
        self.size.1 - MARGIN - FOOT
    }

    /// Goes to the next page when less than this is left.
    fn keep(&mut self, height: f32) -> Result<bool, PaperError> {
        if self.y + height <= self.bottom() {
            return Ok(false);
        }
        if height > self.bottom() - MARGIN || self.page + 1 == PAGES_MAX {
            return Err(PaperError::DoesNotFit);
        }
        self.page += 1;
        self.y = MARGIN;
        Ok(true)
    }

    fn paragraph(&mut self, text: &str, size: f32, bold: bool, width: f32) -> Result<Paragraph, PaperError> {
        Paragraph::new(self.faces, text, Setting { size, bold, right_to_left: false }, width)
    }

    fn text(&mut self, text: &str, size: f32, bold: bool, place: Place) -> Result<(), PaperError> {
        let text = self.paragraph(text, size, bold, self.width())?;
        let height = text.height();
        self.keep(height)?;
        self.pieces.push(Piece { page: self.page, x: MARGIN, y: self.y, text, place });
        self.y += height;
        Ok(())
    }

    fn table(&mut self, at: usize, table: &ReportTable) -> Result<(), PaperError> {
        if table.head.is_empty() || table.rows.iter().any(|row| row.len() != table.head.len()) {
            return Err(PaperError::Empty("cell"));
        }
        self.y += 8.0;
        self.keep(KEPT_WITH)?;
        self.text(&table.caption, 11.0, true, Place::Caption(at))?;
        self.y += 2.0;
        self.row(&table.head, true, |column| Place::Head(at, column))?;
        for (line, row) in table.rows.iter().enumerate() {
            let height = self.row_height(row, false)?;
            if self.keep(height)? {
                self.row(&table.head, true, |_| Place::Again)?;
            }
            self.row(row, false, |column| Place::Cell(at, line, column))?;
        }
        self.y += 8.0;
        Ok(())
    }

    /// Left edges of the columns, and the right edge of the last: what lines are takes more than numbers.
    fn edges(&self, columns: usize) -> Vec<f32> {
        #[expect(clippy::cast_precision_loss, reason = "at most sixteen columns")]
        let others = columns.saturating_sub(1) as f32;
        let first = if columns > 1 { self.width() * (0.62 - 0.03 * others).max(0.28) } else { self.width() };
        let each = if columns > 1 { (self.width() - first) / others } else { 0.0 };
        let mut edges = vec![MARGIN];
        let mut x = MARGIN + first;
        for _ in 0..columns {
            edges.push(x);
            x += each;
        }
        edges
    }

    fn cells(&mut self, row: &[String], bold: bool) -> Result<Vec<(f32, f32, Paragraph)>, PaperError> {
        let edges = self.edges(row.len());
        let mut cells = Vec::new();
        for (text, edge) in row.iter().zip(edges.windows(2)) {
            let [left, right] = edge else { continue };
            let paragraph = self.paragraph(text, 9.0, bold, right - left - 2.0 * INSET)?;
            cells.push((*left, *right, paragraph));
        }
        Ok(cells)
    }

    fn row_height(&mut self, row: &[String], bold: bool) -> Result<f32, PaperError> {
        let cells = self.cells(row, bold)?;
        Ok(cells.iter().map(|(.., text)| text.height()).fold(0.0, f32::max) + 2.0 * INSET)
    }

    fn row(&mut self, row: &[String], bold: bool, place: impl Fn(usize) -> Place) -> Result<(), PaperError> {
        let height = self.row_height(row, bold)?;
        let cells = self.cells(row, bold)?;
        for (column, (left, right, text)) in cells.into_iter().enumerate() {
            // Numbers end at the right of their column, under one another.
            let x = if column == 0 { left + INSET } else { (right - INSET - text.width()).max(left + INSET) };
            self.pieces.push(Piece { page: self.page, x, y: self.y + INSET, text, place: place(column) });
        }
        self.y += height;
        self.lines.push((self.page, MARGIN, MARGIN + self.width(), self.y));
        Ok(())
    }
}

/// Marks of the pieces in the file, in their order.
type Marks = Vec<Vec<Identifier>>;

fn write(
    faces: &mut Faces,
    report: &Report,
    size: (f32, f32),
    (pages, pieces, lines): (usize, &[Piece], &[Rule]),
) -> Result<Vec<u8>, PaperError> {
    let settings = SerializeSettings {
        configuration: Configuration::new_with_validator(Validator::UA1),
        ..SerializeSettings::default()
    };
    let mut document = Document::new_with(settings);
    let mut marks: Marks = pieces.iter().map(|_| Vec::new()).collect();
    let mut outline = Outline::new();
    for page in 0..pages {
        let settings = PageSettings::from_wh(size.0, size.1);
        let settings = settings.ok_or_else(|| PaperError::Writer("a page without a size".into()))?;
        let mut written = document.start_page_with(settings);
        let mut surface = written.surface();
        surface.set_fill(Some(ink::fill()));
        for (piece, marks) in pieces.iter().zip(&mut marks).filter(|(piece, _)| piece.page == page) {
            *marks = draw(faces, &mut surface, piece)?;
            if let Place::Heading(_) = piece.place {
                let to = XyzDestination::new(page, Point::from_xy(piece.x, piece.y));
                outline.push_child(OutlineNode::new(piece.text.text().to_owned(), to));
            }
        }
        for (_, left, right, y) in lines.iter().filter(|(of, ..)| *of == page) {
            rule(&mut surface, *left, *right, *y);
        }
        let foot = report.foot.replace("{page}", &(page + 1).to_string()).replace("{pages}", &pages.to_string());
        let setting = Setting { size: 8.0, bold: false, right_to_left: false };
        let text = Paragraph::new(faces, &foot, setting, size.0 - 2.0 * MARGIN)?;
        draw(faces, &mut surface, &Piece { page, x: MARGIN, y: size.1 - MARGIN - 8.0, text, place: Place::Again })?;
        surface.finish();
        written.finish();
    }
    document.set_tag_tree(tree(report, pieces, &marks));
    document.set_outline(outline);
    let metadata = Metadata::new().title(report.title.clone()).language("fr".into());
    document.set_metadata(metadata.text_direction(TextDirection::LeftToRight));
    document.finish().map_err(|error| PaperError::Writer(format!("{error:?}")))
}

/// Draws a text; its marks, none for what repeats.
fn draw(faces: &mut Faces, surface: &mut Surface<'_>, piece: &Piece) -> Result<Vec<Identifier>, PaperError> {
    let mut marks = Vec::new();
    for line in piece.text.lines() {
        if piece.place == Place::Again {
            let _none = surface.start_tagged(ContentTag::Artifact(ArtifactType::Other));
        } else {
            marks.push(surface.start_tagged(ContentTag::Span(SpanTag::empty().with_lang(Some("fr")))));
        }
        piece.text.draw(faces, surface, &line, (piece.x, piece.y))?;
        surface.end_tagged();
    }
    Ok(marks)
}

fn rule(surface: &mut Surface<'_>, left: f32, right: f32, y: f32) {
    let mut drawing = BezPath::new();
    drawing.move_to((f64::from(left), f64::from(y)));
    drawing.line_to((f64::from(right), f64::from(y)));
    let _none = surface.start_tagged(ContentTag::Artifact(ArtifactType::Other));
    if let Some(path) = ink::path(&drawing, 0.0, 0.0, 1.0) {
        surface.set_fill(None);
        surface.set_stroke(Some(ink::pen(0.4)));
        surface.draw_path(&path);
        surface.set_stroke(None);
        surface.set_fill(Some(ink::fill()));
    }
    surface.end_tagged();
}

fn tree(report: &Report, pieces: &[Piece], marks: &Marks) -> TagTree {
    let find = |place: Place| -> Vec<Node> {
        let at = pieces.iter().position(|piece| piece.place == place);
        at.and_then(|at| marks.get(at)).into_iter().flatten().map(|mark| Node::from(*mark)).collect()
    };
    let mut tree = TagTree::new().with_lang(Some("fr".into()));
    for (piece, marks) in pieces.iter().zip(marks) {
        let own = || marks.iter().map(|mark| Node::from(*mark)).collect::<Vec<Node>>();
        match piece.place {
            Place::Heading(level) => {
                let level = NonZeroU16::new(level).unwrap_or(NonZeroU16::MIN);
                let kind: TagKind = Tag::Hn(level, Some(piece.text.text().to_owned())).into();
                tree.push(TagGroup::with_children(kind, own()));
            }
            Place::Text => tree.push(TagGroup::with_children(Tag::P, own())),
            Place::Caption(at) => {
                let Some(ReportPart::Table(table)) = report.parts.get(at) else { continue };
                tree.push(table_group(at, table, own(), &find));
            }
            Place::Head(..) | Place::Cell(..) | Place::Again => {}
        }
    }
    tree
}

fn table_group(at: usize, table: &ReportTable, caption: Vec<Node>, find: &impl Fn(Place) -> Vec<Node>) -> TagGroup {
    let head = (0..table.head.len()).map(|column| {
        let kind: TagKind = Tag::TH(TableHeaderScope::Column).into();
        TagGroup::with_children(kind, find(Place::Head(at, column))).into()
    });
    let head = TagGroup::with_children(Tag::TR, head.collect());
    let mut body = TagGroup::new(Tag::TBody);
    for (line, row) in table.rows.iter().enumerate() {
        let cells = (0..row.len()).map(|column| {
            let kind: TagKind = if column == 0 { Tag::TH(TableHeaderScope::Row).into() } else { Tag::TD.into() };
            TagGroup::with_children(kind, find(Place::Cell(at, line, column))).into()
        });
        body.push(TagGroup::with_children(Tag::TR, cells.collect()));
    }
    let head = TagGroup::with_children(Tag::THead, vec![head.into()]);
    let caption = TagGroup::with_children(Tag::Caption, caption);
    TagGroup::with_children(Tag::Table, vec![caption.into(), head.into(), body.into()])
}
