//! One structure from its cells, whichever format they come from: the same checks, the same result.

use palier_domain::{fold, place};

use super::{Hours, Structure};
use crate::cell;
use crate::limits::{DESCRIPTION_CHARS_MAX, LINK_CHARS_MAX, LIST_VALUES_MAX, TEXT_CHARS_MAX};
use crate::point::Point;
use crate::reading::Context;
use crate::refusal::{Refusal, RefusalCode};
use crate::table::is_unseen;

/// The name of a column or member, and what it holds.
#[derive(Debug, Clone, Default)]
pub(crate) struct Cell {
    /// As the format names it.
    pub name: &'static str,
    /// On one line.
    pub value: String,
}

impl Cell {
    /// A cell.
    pub fn new(name: &'static str, value: &str) -> Self {
        Self { name, value: cell::one_line(value) }
    }
}

/// The cells of a structure.
#[derive(Debug, Default)]
pub(crate) struct Cells {
    /// `source--identifiant`.
    pub key: String,
    /// Publisher.
    pub source: String,
    /// Date of the line.
    pub updated_on: String,
    pub name: Cell,
    pub address: Cell,
    pub address_extra: Cell,
    pub postcode: Cell,
    pub commune: Cell,
    pub commune_insee: String,
    pub latitude: Cell,
    pub longitude: Cell,
    pub phone: Cell,
    pub email: Cell,
    pub website: Cell,
    pub source_link: Cell,
    pub accessibility_link: Cell,
    pub siret: Cell,
    pub hours: Hours,
    pub hours_name: &'static str,
    pub by_appointment: Option<bool>,
    pub networks: Vec<String>,
    pub description: Cell,
}

impl Cells {
    /// The structure, or why it is refused; `remark` hears of what is left out.
    pub fn assemble(self, context: &Context, remark: &mut dyn FnMut(Refusal)) -> Result<Structure, Refusal> {
        if self.name.value.is_empty() {
            return Err(Refusal::of(RefusalCode::ValueMissing).column(self.name.name).expected(self.name.name));
        }
        let limit = |cell: Cell| limited(cell, TEXT_CHARS_MAX);
        if self.hours.to_check {
            remark(Refusal::of(RefusalCode::HoursUnreadable).column(self.hours_name).value(&self.hours.published));
        }
        let point = point_of(&self.latitude, &self.longitude, remark);
        let description = limited(self.description, DESCRIPTION_CHARS_MAX)?;
        Ok(Structure {
            id: place::derived_id("structure", context.territory, &self.key),
            key: self.key,
            source: self.source,
            licence: context.provenance.licence.clone(),
            updated_on: self.updated_on,
            name: limit(self.name)?,
            address: limit(self.address)?,
            address_extra: limit(self.address_extra)?,
            postcode: checked(&self.postcode, cell::postcode, RefusalCode::PostcodeUnreadable, remark),
            commune: limit(self.commune)?,
            commune_insee: self.commune_insee,
            point,
            phone: limit(Cell { value: cell::phone(&self.phone.value), ..self.phone })?,
            email: checked(&self.email, email, RefusalCode::ContactUnreadable, remark),
            website: checked(&self.website, link, RefusalCode::ContactUnreadable, remark),
            source_link: checked(&self.source_link, link, RefusalCode::ContactUnreadable, remark),
            accessibility_link: checked(&self.accessibility_link, link, RefusalCode::ContactUnreadable, remark),
            siret: checked(&self.siret, cell::siret, RefusalCode::SiretUnreadable, remark),
            hours: self.hours,
            by_appointment: self.by_appointment,
            networks: self.networks.into_iter().take(LIST_VALUES_MAX).collect(),
            description_mentions_hours: mentions_hours(&description),
            description,
            invented: false,
        })
    }
}

/// The value, when it is not too long and holds nothing unseen.
pub(crate) fn limited(cell: Cell, chars_max: usize) -> Result<String, Refusal> {
    let refused = |code| Refusal::of(code).column(cell.name).value(&cell.value);
    if cell.value.chars().count() > chars_max {
        return Err(refused(RefusalCode::ValueTooLong).expected(chars_max));
    }
    if cell.value.chars().any(is_unseen) {
        return Err(refused(RefusalCode::ControlCharacter));
    }
    Ok(cell.value)
}

/// The value as `read` gives it, or a remark and nothing.
fn checked(
    cell: &Cell,
    read: impl Fn(&str) -> Option<String>,
    code: RefusalCode,
    remark: &mut dyn FnMut(Refusal),
) -> String {
    if cell.value.is_empty() {
        return String::new();
    }
    read(&cell.value).unwrap_or_else(|| {
        remark(Refusal::of(code).column(cell.name).value(&cell.value));
        String::new()
    })
}

fn point_of(latitude: &Cell, longitude: &Cell, remark: &mut dyn FnMut(Refusal)) -> Option<Point> {
    match Point::from_cells(&latitude.value, &longitude.value, "", "")? {
        Ok(point) => Some(point),
        Err(code) => {
            let value = format!("{}, {}", latitude.value, longitude.value);
            remark(
                Refusal::of(RefusalCode::PointUnreadable).column(latitude.name).value(&value).expected(code.as_str()),
            );
            None
        }
    }
}

fn email(value: &str) -> Option<String> {
    let (user, host) = value.split_once('@')?;
    let plain = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || ".-_+'".contains(c));
    (plain(user) && plain(host) && value.chars().count() <= TEXT_CHARS_MAX).then(|| value.to_owned())
}

fn link(value: &str) -> Option<String> {
    let start = value.get(..8)?.to_ascii_lowercase();
    let web = start.starts_with("http://") || start.starts_with("https://");
    let plain = value.chars().count() <= LINK_CHARS_MAX
        && !value.chars().any(|c| c.is_whitespace() || is_unseen(c) || "<>\"".contains(c));
    (web && plain).then(|| value.to_owned())
}

/// Comments of the list contradict its hours ("exceptionnellement fermés le mercredi…"): a person must read them.
fn mentions_hours(description: &str) -> bool {
    const WORDS: &[&str] = &[
        "lundi",
        "mardi",
        "mercredi",
        "jeudi",
        "vendredi",
        "samedi",
        "dimanche",
        "lundis",
        "mardis",
        "mercredis",
        "jeudis",
        "vendredis",
        "samedis",
        "horaire",
        "horaires",
        "rdv",
        "rendez",
        "ferme",
        "fermes",
        "fermee",
        "fermeture",
        "ouvert",
        "ouverte",
    ];
    fold::spaced(description).split(' ').any(|word| WORDS.contains(&word))
}
