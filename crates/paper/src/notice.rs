//! The notice of a visit (*avis de passage*): what is left in the letter boxes of a building.

use std::rc::Rc;

use crate::column::{Column, Role};
use crate::face::Faces;
use crate::pictogram::Pictogram;
use crate::sheet::{self, A4_ON_ITS_SIDE, A5, MARGIN, Page, Placed, Row};
use crate::slot::Slot;
use crate::words::{self, Tongue, unbroken};
use crate::{PaperError, field};

/// Languages beside French.
const LANGUAGES_MAX: usize = 5;
/// White between blocks, points.
const GAP: f32 = 6.0;
/// Sizes of the text that are tried on one page, then on two, points.
const ON_ONE: &[f32] = &[15.0, 14.0, 13.0, 12.0, 11.5, 11.0, 10.5, 10.0, 9.5, 9.0];
const ON_TWO: &[f32] = &[13.0, 12.0, 11.0, 10.0, 9.0, 8.5];

/// The paper that a notice is printed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A5 upright.
    A5,
    /// Two of them side by side on an A4, to cut.
    TwoOnA4,
}

/// A notice. It is the same for a whole building: nothing in it is about a door or a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Name of the structure.
    pub structure: String,
    /// Name of the team, as the neighbourhood knows it.
    pub team: String,
    /// The telephone of the team, as it is said.
    pub phone: String,
    /// Code of the batch of notices, which callers quote: `A7-24`.
    pub batch: String,
    /// When the team comes back; none when it does not say.
    pub slot: Option<Slot>,
    /// Languages after French, at most five of [`crate::LANGUAGES`].
    pub languages: Vec<String>,
    /// The paper.
    pub format: Format,
}

/// Prints a notice as PDF/UA-1: one page, or two when the text is long.
///
/// # Errors
/// See [`PaperError`].
pub fn notice(notice: &Notice) -> Result<Vec<u8>, PaperError> {
    let tongues = check(notice)?;
    let mut faces = Faces::new();
    let one = ON_ONE.iter().map(|size| (*size, 1));
    for (size, most) in one.chain(ON_TWO.iter().map(|size| (*size, sheet::PAGES_MAX))) {
        let Some(pages) = compose(&mut faces, notice, &tongues, size)? else { continue };
        if pages.len() > most {
            continue;
        }
        let pages: Vec<Page> = pages.into_iter().map(|blocks| on_paper(blocks, notice.format)).collect();
        let french = words::of("fr")?;
        return sheet::write(&mut faces, &format!("{} – {}", french.words.title, notice.structure), &pages);
    }
    Err(PaperError::DoesNotFit)
}

fn check(notice: &Notice) -> Result<Vec<Tongue>, PaperError> {
    field::said("structure", &notice.structure, 80)?;
    field::said("team", &notice.team, 80)?;
    field::said("phone", &notice.phone, 24)?;
    field::said("batch", &notice.batch, 16)?;
    if let Some(slot) = notice.slot {
        slot.check()?;
    }
    if notice.languages.len() > LANGUAGES_MAX {
        return Err(PaperError::TooMany { field: "languages", most: LANGUAGES_MAX });
    }
    let mut tongues = vec![words::of("fr")?];
    for code in &notice.languages {
        let tongue = words::of(code)?;
        if tongues.iter().any(|known| known.code == tongue.code) {
            return Err(PaperError::Language(code.clone()));
        }
        tongues.push(tongue);
    }
    Ok(tongues)
}

/// The blocks of each page with a text of a size; none when a word is wider than its block or two pages are too few.
fn compose(
    faces: &mut Faces,
    notice: &Notice,
    tongues: &[Tongue],
    size: f32,
) -> Result<Option<Vec<Vec<Placed>>>, PaperError> {
    match pages(faces, notice, tongues, size) {
        Err(PaperError::DoesNotFit) => Ok(None),
        other => other.map(Some),
    }
}

fn pages(faces: &mut Faces, notice: &Notice, tongues: &[Tongue], size: f32) -> Result<Vec<Vec<Placed>>, PaperError> {
    let width = A5.0 - 2.0 * MARGIN;
    let across = if tongues.len() > 2 { 2 } else { 1 };
    let block = if across == 2 { (width - GAP) / 2.0 } else { width };
    let head: Row = head(faces, notice, width, size)?;
    let foot: Row = vec![(MARGIN, Rc::new(foot(faces, tongues, width)?))];
    let mut blocks = Vec::new();
    for tongue in tongues {
        blocks.push(Rc::new(said(faces, notice, *tongue, block, size)?));
    }
    let rows = |blocks: &[Rc<Column>]| -> Vec<Row> {
        let places = [MARGIN, MARGIN + block + GAP];
        blocks.chunks(across).map(|row| places.into_iter().zip(row.iter().cloned()).collect()).collect()
    };
    let bottom = A5.1 - MARGIN - sheet::height(&foot);
    let mut first = Vec::new();
    let (_, top) = sheet::stack(&mut first, std::slice::from_ref(&head), MARGIN, bottom, GAP);
    let (fitted, _) = sheet::stack(&mut first, &rows(&blocks), top, bottom, GAP);
    let put_foot = |page: &mut Vec<Placed>| sheet::stack(page, std::slice::from_ref(&foot), bottom, A5.1, 0.0);
    put_foot(&mut first);
    let left = blocks.get(fitted * across..).unwrap_or_default();
    if left.is_empty() {
        return Ok(vec![first]);
    }
    // French stands beside what nobody proof-read, on the second page too.
    let second_blocks: Vec<Rc<Column>> = blocks.iter().take(1).chain(left).cloned().collect();
    let second_rows = rows(&second_blocks);
    let mut second = Vec::new();
    let (_, top) = sheet::stack(&mut second, &[head], MARGIN, bottom, GAP);
    let (placed, _) = sheet::stack(&mut second, &second_rows, top, bottom, GAP);
    put_foot(&mut second);
    if fitted == 0 || placed < second_rows.len() { Err(PaperError::DoesNotFit) } else { Ok(vec![first, second]) }
}

/// Who we are at the left, the telephone at the right.
fn head(faces: &mut Faces, notice: &Notice, width: f32, size: f32) -> Result<Row, PaperError> {
    let french = words::of("fr")?;
    let call = size.clamp(11.0, 12.0) * 1.5;
    let right = call * 10.5;
    let mut who = Column::new(french, width - right - GAP);
    who.text(faces, &french.words.title, size.max(12.0) * 1.5, true, Role::Heading(1))?;
    who.text(faces, &notice.team, size.max(10.0) * 1.1, true, Role::Text)?;
    who.text(faces, &notice.structure, size.max(10.0), false, Role::Text)?;
    let mut phone = Column::framed(french, right, 7.0);
    phone.beside(faces, Pictogram::Phone, &unbroken(&notice.phone), call, true)?;
    let batch = french.words.code.replace("{code}", &unbroken(&notice.batch));
    phone.text(faces, &batch, size.max(10.0), false, Role::Text)?;
    Ok(vec![(MARGIN, Rc::new(who)), (MARGIN + width - right, Rc::new(phone.close()))])
}

/// What one language says.
fn said(faces: &mut Faces, notice: &Notice, tongue: Tongue, width: f32, size: f32) -> Result<Column, PaperError> {
    let words = tongue.words;
    let (phone, batch) = (unbroken(&notice.phone), unbroken(&notice.batch));
    let mut column = Column::framed(tongue, width, 5.5);
    column.text(faces, tongue.name, size, true, Role::Heading(2))?;
    column.gap(1.5);
    column.beside(faces, Pictogram::Hello, &words.came, size, false)?;
    column.gap(2.5);
    if let Some(slot) = notice.slot {
        let text = words.back.replace("{slot}", &slot.said(tongue));
        column.beside(faces, Pictogram::Calendar, &text, size, true)?;
        column.gap(2.5);
    }
    let call = format!("{} {}", words.call.replace("{phone}", &phone), words.code.replace("{code}", &batch));
    column.beside(faces, Pictogram::Phone, &call, size, false)?;
    column.gap(2.5);
    column.beside(faces, Pictogram::Stop, &words.stop.replace("{phone}", &phone), size, false)?;
    Ok(column.close())
}

/// Says which text counts when one was not proof-read.
fn foot(faces: &mut Faces, tongues: &[Tongue], width: f32) -> Result<Column, PaperError> {
    let french = words::of("fr")?;
    let mut column = Column::new(french, width);
    if tongues.iter().any(|tongue| !tongue.relu) {
        column.text(faces, french.unread, 8.0, false, Role::Text)?;
    }
    Ok(column)
}

fn on_paper(blocks: Vec<Placed>, format: Format) -> Page {
    match format {
        Format::A5 => Page { size: A5, blocks, cut: None },
        Format::TwoOnA4 => {
            let half = A4_ON_ITS_SIDE.0 / 2.0;
            let right = blocks.iter().map(|block| Placed { x: block.x + half, ..block.clone() });
            let blocks = blocks.iter().cloned().chain(right).collect();
            Page { size: A4_ON_ITS_SIDE, blocks, cut: Some(half) }
        }
    }
}
