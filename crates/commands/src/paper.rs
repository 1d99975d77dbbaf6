//! Printed pages: what is left behind holds the code, the places and the team, and nothing of the person.

use chrono::{NaiveDate, NaiveTime};
use palier_domain::{calendar, slip};
use palier_paper::{Format, Notice, PaperError, Service, Slip, Slot, Spoken, When};
use palier_store::Store;
use palier_store::read::referral::ReferralFile;
use palier_sync::catalogue::{building as b, referral as rf};
use palier_sync::resolve;
use serde::{Deserialize, Serialize};

use crate::App;
use crate::act::id;
use crate::api::*;
use crate::app::lock;
use crate::diagnosis::documents;
use crate::services::joined;
use crate::session::Open;

/// Where this tablet keeps what was printed last; never sent.
const FORM_FACT: &str = "paper";
/// Services on a slip.
const SERVICES_MAX: usize = 3;

/// What is kept of a form.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct Kept {
    team: String,
    phone: String,
    languages: Vec<String>,
}

impl App {
    pub(crate) fn paper_form(&self, _: Nothing) -> Result<PaperForm, CommandError> {
        let open = self.open()?;
        let store = lock(&open.store);
        let kept: Kept = store.fact(FORM_FACT)?.unwrap_or_default();
        let team = if kept.team.is_empty() { open.identity.enrolled.structure_name.clone() } else { kept.team };
        let offered = palier_paper::LANGUAGES.iter().map(|code| (*code).to_owned()).collect();
        Ok(PaperForm { team, phone: kept.phone, languages: kept.languages, offered })
    }

    pub(crate) fn print_slip(&self, request: PrintSlip) -> Result<Printed, CommandError> {
        let open = self.unveiled()?;
        let store = lock(&open.store);
        let now = self.now_ms(&store)?;
        let file = store.referral(id(&request.referral)?)?.ok_or_else(CommandError::not_found)?;
        let mut services = vec![service(&open, &store, &file, now)?];
        for row in store.referrals_of_slip(&file.row.slip)?.into_iter().filter(|row| row.id != file.row.id) {
            if let Some(other) = store.referral(row.id)? {
                services.push(service(&open, &store, &other, now)?);
            }
        }
        services.truncate(SERVICES_MAX);
        let right = resolve::text(&file.state, rf::right);
        let page = Slip {
            code: file.row.slip.clone(),
            structure: open.identity.enrolled.structure_name.clone(),
            phone: request.phone.trim().to_owned(),
            language: request.language,
            services,
            bring: documents(&right).into_iter().map(|french| Spoken { french, other: String::new() }).collect(),
        };
        let pdf = palier_paper::slip(&page).map_err(refusal)?;
        let kept: Kept = store.fact(FORM_FACT)?.unwrap_or_default();
        store.keep_fact(FORM_FACT, &Kept { phone: page.phone, ..kept })?;
        Ok(printed(format!("bon-{}.pdf", slip::shown(&page.code)), &pdf, String::new()))
    }

    pub(crate) fn print_notice(&self, request: PrintNotice) -> Result<Printed, CommandError> {
        let open = self.open()?;
        let store = lock(&open.store);
        let now = self.now_ms(&store)?;
        let building = id(&request.building)?;
        let state = store.record(building)?.ok_or_else(CommandError::not_found)?;
        let address = resolve::text(&state, b::address);
        let slot = match request.day.as_str() {
            "" => None,
            day => Some(Slot {
                day: NaiveDate::parse_from_str(day, "%Y-%m-%d").map_err(|_| CommandError::field("day"))?,
                when: match request.part.as_str() {
                    "morning" => When::Morning,
                    "afternoon" => When::Afternoon,
                    _ => return Err(CommandError::field("part")),
                },
            }),
        };
        let batch = batch_code(building.as_bytes(), now);
        let notice = Notice {
            structure: open.identity.enrolled.structure_name.clone(),
            team: request.team.trim().to_owned(),
            phone: request.phone.trim().to_owned(),
            batch: batch.clone(),
            slot,
            languages: request.languages,
            format: if request.two_on_a4 { Format::TwoOnA4 } else { Format::A5 },
        };
        let pdf = palier_paper::notice(&notice).map_err(refusal)?;
        let Notice { team, phone, languages, .. } = notice;
        store.keep_fact(FORM_FACT, &Kept { team, phone, languages })?;
        let place: String = address.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
        Ok(printed(format!("avis-{place}.pdf"), &pdf, batch))
    }
}

/// Where a referral goes, as the directory has it.
fn service(open: &Open, store: &Store, file: &ReferralFile, now: i64) -> Result<Service, CommandError> {
    let known = open.services.line(store, &resolve::text(&file.state, rf::service), None, now)?;
    let (address, phone) =
        known.map_or_else(Default::default, |(line, phone)| (joined(&[&line.address, &line.commune], ", "), phone));
    let appointment = file.reading.appointment_ms.and_then(|at| {
        let day = NaiveDate::parse_from_str(&calendar::local_date(at), "%Y-%m-%d").ok()?;
        let at = NaiveTime::parse_from_str(&calendar::local_time(at), "%H:%M").ok()?;
        Some(Slot { day, when: When::At(at) })
    });
    let name = resolve::text(&file.state, rf::service_name);
    // A service that left the directory has no address any more: its name says where to ask.
    let address = if address.is_empty() { name.clone() } else { address };
    Ok(Service { name, address, phone, hours: Spoken::default(), access: Spoken::default(), appointment })
}

/// A code that is short on the telephone: a letter and a figure of the building, the day of the month. It names nobody.
fn batch_code(building: &[u8], now: i64) -> String {
    const LETTERS: &[u8] = b"ABCDEFGHJKMNPQRSTVWXYZ";
    let sum = building.iter().fold(0usize, |sum, byte| sum.wrapping_mul(31).wrapping_add(usize::from(*byte)));
    let letter = LETTERS.get(sum % LETTERS.len()).map_or('A', |letter| char::from(*letter));
    let day = calendar::local_date(now);
    format!("{letter}{}-{}", (sum / LETTERS.len()) % 10, day.get(8..).unwrap_or_default())
}

fn printed(name: String, pdf: &[u8], batch: String) -> Printed {
    Printed { name, pdf: data_encoding::BASE64.encode(pdf), batch }
}

/// The field of the form that is wrong; a page that cannot be written is a fault of ours.
fn refusal(error: PaperError) -> CommandError {
    match error {
        PaperError::Empty(field) | PaperError::TooLong { field, .. } | PaperError::TooMany { field, .. } => {
            CommandError::field(field)
        }
        PaperError::NoGlyph(_) | PaperError::DoesNotFit => CommandError::field("text"),
        PaperError::Language(_) => CommandError::field("language"),
        PaperError::Hours => CommandError::field("day"),
        PaperError::Code(_) => CommandError::field("slip"),
        PaperError::Writer(_) => CommandError::new(ErrorCode::Internal, "paper"),
    }
}
