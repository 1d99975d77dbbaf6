//! The slip (*bon*) that a person takes along: a code, where to go, what to bring. It has no field for a name.

use std::rc::Rc;

use palier_domain::slip as code;

use crate::column::{Column, Role};
use crate::face::Faces;
use crate::pictogram::Pictogram;
use crate::sheet::{self, A5, MARGIN, Page, Placed, Row};
use crate::slot::Slot;
use crate::words::{self, Tongue, unbroken};
use crate::{PaperError, field, square};

/// Services on a slip.
const SERVICES_MAX: usize = 3;
/// Things to bring.
const BRING_MAX: usize = 12;
/// White between blocks, points.
const GAP: f32 = 8.0;
/// Side of the QR code with its margin, points: 37 mm, modules of 1 mm.
const SQUARE: f32 = 105.0;
/// Sizes of the text that are tried on one page, then on two, points.
const SIZES: &[(f32, usize)] =
    &[(12.0, 1), (11.5, 1), (11.0, 1), (10.5, 1), (10.0, 1), (9.5, 1), (9.0, 1), (10.5, 2), (9.5, 2), (9.0, 2)];

/// A text in French and in the language of the slip; the second may be empty, French then stands alone.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Spoken {
    /// In French.
    pub french: String,
    /// In the slip's language.
    pub other: String,
}

/// A service to go to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Service {
    /// Its name, as over its door.
    pub name: String,
    /// Its address on one line.
    pub address: String,
    /// Its telephone; may be empty.
    pub phone: String,
    /// When it is open; may be empty.
    pub hours: Spoken,
    /// How to get in: floor, bell, whether to come without an appointment; may be empty.
    pub access: Spoken,
    /// An appointment, if one was made.
    pub appointment: Option<Slot>,
}

/// A slip.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slip {
    /// Its code, eight characters and the check character, as people write it.
    pub code: String,
    /// Name of the structure that hands it out.
    pub structure: String,
    /// The telephone of the structure.
    pub phone: String,
    /// The language beside French, of [`crate::LANGUAGES`]; `fr` for French alone.
    pub language: String,
    /// Where to go, at most three.
    pub services: Vec<Service>,
    /// What to bring, at most twelve.
    pub bring: Vec<Spoken>,
}

/// Prints a slip as PDF/UA-1 on A5: one page, or two when the text is long.
///
/// # Errors
/// See [`PaperError`].
pub fn slip(slip: &Slip) -> Result<Vec<u8>, PaperError> {
    let (shown, tongues) = check(slip)?;
    let mut faces = Faces::new();
    for (size, most) in SIZES {
        let mut pen = Pen { faces: &mut faces, tongues: &tongues, size: *size };
        let pages = match pages(&mut pen, slip, &shown) {
            Err(PaperError::DoesNotFit) => continue,
            other => other?,
        };
        if pages.len() <= *most {
            let pages: Vec<Page> = pages.into_iter().map(|blocks| Page { size: A5, blocks, cut: None }).collect();
            let french = words::of("fr")?;
            return sheet::write(&mut faces, &format!("{} {shown}", french.words.slip), &pages);
        }
    }
    Err(PaperError::DoesNotFit)
}

fn check(slip: &Slip) -> Result<(String, Vec<Tongue>), PaperError> {
    if slip.code.trim().is_empty() {
        return Err(PaperError::Empty("code"));
    }
    let shown = code::shown(&code::read(&slip.code).map_err(PaperError::Code)?);
    field::said("structure", &slip.structure, 80)?;
    field::said("phone", &slip.phone, 24)?;
    if slip.services.len() > SERVICES_MAX {
        return Err(PaperError::TooMany { field: "services", most: SERVICES_MAX });
    }
    if slip.bring.len() > BRING_MAX {
        return Err(PaperError::TooMany { field: "bring", most: BRING_MAX });
    }
    for service in &slip.services {
        field::said("name", &service.name, 120)?;
        field::said("address", &service.address, 160)?;
        field::short("phone", &service.phone, 24)?;
        for (name, text) in [("hours", &service.hours), ("access", &service.access)] {
            field::short(name, &text.french, 300)?;
            field::short(name, &text.other, 300)?;
        }
        if let Some(slot) = service.appointment {
            slot.check()?;
        }
    }
    for text in &slip.bring {
        field::said("bring", &text.french, 120)?;
        field::short("bring", &text.other, 120)?;
    }
    let other = words::of(&slip.language)?;
    let french = words::of("fr")?;
    Ok((shown, if other.code == french.code { vec![french] } else { vec![french, other] }))
}

/// What the blocks of a slip are made with.
struct Pen<'a> {
    faces: &'a mut Faces,
    tongues: &'a [Tongue],
    size: f32,
}

impl Pen<'_> {
    /// A block a language, side by side: French at the left, the other at the right.
    fn pair(
        &mut self,
        mut fill: impl FnMut(&mut Faces, &mut Column, Tongue, f32) -> Result<(), PaperError>,
        width: f32,
        left: f32,
    ) -> Result<Row, PaperError> {
        let count = if self.tongues.len() == 2 { 2.0 } else { 1.0 };
        let each = (width - GAP * (count - 1.0)) / count;
        let mut row = Row::new();
        let mut x = left;
        for tongue in self.tongues {
            let mut column = Column::new(*tongue, each);
            fill(self.faces, &mut column, *tongue, self.size)?;
            row.push((x, Rc::new(column)));
            x += each + GAP;
        }
        Ok(row)
    }
}

impl Spoken {
    /// What it says in a language; French where the other is missing.
    fn said(&self, tongue: Tongue) -> &str {
        if tongue.code == "fr" || self.other.is_empty() { &self.french } else { &self.other }
    }
}

fn pages(pen: &mut Pen<'_>, slip: &Slip, shown: &str) -> Result<Vec<Vec<Placed>>, PaperError> {
    let width = A5.0 - 2.0 * MARGIN;
    let foot = vec![(MARGIN, Rc::new(foot(pen, slip, width)?))];
    let bottom = A5.1 - MARGIN - sheet::height(&foot) - 4.0;
    let mut groups = vec![head(pen, shown, width)?];
    if !slip.services.is_empty() {
        let title = |faces: &mut Faces, column: &mut Column, tongue: Tongue, size: f32| {
            column.text(faces, &tongue.words.places, size * 1.1, true, Role::Heading(2))
        };
        let mut title = vec![pen.pair(title, width, MARGIN)?];
        for service in &slip.services {
            let mut rows = std::mem::take(&mut title);
            rows.extend(place(pen, service, width)?);
            groups.push(rows);
        }
    }
    if !slip.bring.is_empty() {
        groups.push(vec![bring(pen, slip, width)?]);
    }
    let mut pages: Vec<Vec<Placed>> = vec![Vec::new()];
    let mut y = MARGIN;
    for group in &groups {
        // A group stays whole: an address is not cut from its service.
        let tall: f32 = group.iter().map(sheet::height).sum();
        if y + tall > bottom && y > MARGIN {
            pages.push(Vec::new());
            y = MARGIN;
        }
        let Some(page) = pages.last_mut() else { continue };
        let (placed, end) = sheet::stack(page, group, y, bottom, 1.0);
        if placed < group.len() {
            return Err(PaperError::DoesNotFit);
        }
        y = end + GAP;
    }
    for page in &mut pages {
        sheet::stack(page, std::slice::from_ref(&foot), bottom + 4.0, A5.1, 0.0);
    }
    Ok(pages)
}

/// The code, large and as a square, and what it is for.
fn head(pen: &mut Pen<'_>, shown: &str, width: f32) -> Result<Vec<Row>, PaperError> {
    let french = words::of("fr")?;
    let beside = width - SQUARE - 2.0 * GAP;
    let mut left = Column::new(french, beside);
    left.text(pen.faces, &french.words.slip, 18.0, true, Role::Heading(1))?;
    left.text(pen.faces, &unbroken(shown), 27.0, true, Role::Text)?;
    let mut right = Column::new(french, SQUARE);
    let outline = square::outline(shown, f64::from(SQUARE))?;
    right.figure(outline, SQUARE, format!("{} {shown}", french.words.slip));
    let first = left.height;
    let mut row: Row = vec![(MARGIN, Rc::new(left)), (A5.0 - MARGIN - SQUARE, Rc::new(right))];
    let keep = |faces: &mut Faces, column: &mut Column, tongue: Tongue, size: f32| {
        column.gap(first + 4.0);
        column.text(faces, &tongue.words.keep, size.min(10.0), false, Role::Text)
    };
    let keep = pen.pair(keep, beside, MARGIN)?;
    row.splice(1..1, keep);
    Ok(vec![row])
}

/// A service: what is the same in every language, then a block each.
fn place(pen: &mut Pen<'_>, service: &Service, width: f32) -> Result<Vec<Row>, PaperError> {
    let french = words::of("fr")?;
    let size = pen.size;
    let mut same = Column::new(french, width);
    same.text(pen.faces, &service.name, size * 1.1, true, Role::Heading(3))?;
    same.beside(pen.faces, Pictogram::Pin, &service.address, size, false)?;
    if !service.phone.is_empty() {
        same.beside(pen.faces, Pictogram::Phone, &unbroken(&service.phone), size, true)?;
    }
    let each = |faces: &mut Faces, column: &mut Column, tongue: Tongue, size: f32| {
        let words = tongue.words;
        if let Some(slot) = service.appointment {
            let text = labelled(tongue, &words.appointment, &slot.said(tongue));
            column.beside(faces, Pictogram::Calendar, &text, size, true)?;
        }
        for (pictogram, label, text) in
            [(Pictogram::Clock, &words.open, &service.hours), (Pictogram::Door, &words.access, &service.access)]
        {
            if !text.french.is_empty() {
                column.beside(faces, pictogram, &labelled(tongue, label, text.said(tongue)), size, false)?;
            }
        }
        Ok(())
    };
    Ok(vec![vec![(MARGIN, Rc::new(same))], pen.pair(each, width, MARGIN)?])
}

/// `Ouvert : …`, with the space that French puts before a colon.
fn labelled(tongue: Tongue, label: &str, text: &str) -> String {
    let colon = if tongue.code == "fr" { "\u{A0}:" } else { ":" };
    format!("{label}{colon} {text}")
}

fn bring(pen: &mut Pen<'_>, slip: &Slip, width: f32) -> Result<Row, PaperError> {
    let each = |faces: &mut Faces, column: &mut Column, tongue: Tongue, size: f32| {
        column.text(faces, &tongue.words.bring, size * 1.1, true, Role::Heading(2))?;
        slip.bring.iter().try_for_each(|text| column.item(faces, text.said(tongue), size))
    };
    pen.pair(each, width, MARGIN)
}

/// Who handed it out.
fn foot(pen: &mut Pen<'_>, slip: &Slip, width: f32) -> Result<Column, PaperError> {
    let french = words::of("fr")?;
    let mut column = Column::new(french, width);
    let who = format!("{} · {}", slip.structure, unbroken(&slip.phone));
    column.beside(pen.faces, Pictogram::File, &who, 9.0, true)?;
    if pen.tongues.iter().any(|tongue| !tongue.relu) {
        column.text(pen.faces, french.unread, 8.0, false, Role::Text)?;
    }
    Ok(column)
}
