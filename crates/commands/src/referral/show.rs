//! A referral, as its sheet and the lists show it.

use palier_domain::referral::{Happening, Reading, State};
use palier_domain::{calendar, slip};
use palier_store::Store;
use palier_store::read::referral::ReferralFile;
use palier_sync::catalogue::{referral as rf, referral_event as e};
use palier_sync::{RecordState, resolve};
use uuid::Uuid;

use super::{load, offered};
use crate::App;
use crate::api::*;
use crate::diagnosis::right_name;
use crate::household::who;
use crate::place::door_title;
use crate::session::Open;

pub(super) fn sheet(app: &App, open: &Open, store: &Store, referral: Uuid) -> Result<ReferralSheet, CommandError> {
    let now = app.now_ms(store)?;
    let file = load(store, referral)?;
    let household = match file.row.household {
        Some(household) => store.household(household)?,
        None => None,
    };
    let service = open.services.line(store, &resolve::text(&file.state, rf::service), None, now)?;
    let (service, phone) = service.map_or((None, String::new()), |(line, phone)| (Some(line), phone));
    let right = resolve::text(&file.state, rf::right);
    let next = file.reading.next(file.row.urgent, now);
    let state = file.reading.at(now);
    let means = file.events.iter().map(|(_, state)| resolve::text(state, e::means)).find(|means| !means.is_empty());
    let place_name = match &household {
        Some(file) => door_title(store, file.door)?,
        None => String::new(),
    };
    Ok(ReferralSheet {
        id: referral.to_string(),
        household: household.as_ref().map(|file| file.id.to_string()).unwrap_or_default(),
        door: household.map(|file| file.door.to_string()).unwrap_or_default(),
        place_name,
        slip_qr: crate::qr::of_slip(&slip::shown(&file.row.slip)),
        slip: slip::shown(&file.row.slip),
        service_name: resolve::text(&file.state, rf::service_name),
        service,
        phone,
        need: resolve::text(&file.state, rf::need),
        right_name: right_name(&right),
        right,
        urgent: file.row.urgent,
        state: state.code().to_owned(),
        answered_late: file.reading.answered_late,
        next: next.map(|next| next.what.code().to_owned()).unwrap_or_default(),
        next_at: next.map(|next| calendar::rfc3339(next.at_ms)),
        appointment: file.reading.appointment_ms.map(calendar::rfc3339),
        shared: shared(&file.reading),
        means: means.unwrap_or_default(),
        offered: offered(state, |what| state.after(what)),
        events: events(open, store, &file)?,
        others: others(store, &file, now)?,
        action: String::new(),
    })
}

/// The other services that the same slip opens.
fn others(store: &Store, file: &ReferralFile, now: i64) -> Result<Vec<ReferralLine>, CommandError> {
    let mut lines = Vec::new();
    for row in store.referrals_of_slip(&file.row.slip)?.into_iter().filter(|row| row.id != file.row.id) {
        lines.extend(store.referral(row.id)?.map(|other| line(&other, now)));
    }
    Ok(lines)
}

/// What happened, the latest first.
fn events(open: &Open, store: &Store, file: &ReferralFile) -> Result<Vec<ReferralEventLine>, CommandError> {
    let who = who(open, store)?;
    let aside: Vec<u128> = file.reading.set_aside.iter().map(|event| event.id).collect();
    let line = |(id, state): &(Uuid, RecordState)| {
        let author = resolve::latest(state.field(e::what)).map(|head| who(head.id.dot.replica)).unwrap_or_default();
        ReferralEventLine {
            id: id.to_string(),
            what: resolve::text(state, e::what),
            at: calendar::rfc3339(resolve::int(state, e::at).unwrap_or(0)),
            author,
            means: resolve::text(state, e::means),
            due: resolve::int(state, e::due).map(calendar::rfc3339),
            source: resolve::text(state, e::source),
            reason: resolve::text(state, e::reason),
            result: resolve::text(state, e::result),
            first_time: resolve::text(state, e::first_time),
            set_aside: aside.contains(&id.as_u128()),
        }
    };
    let mut lines: Vec<ReferralEventLine> = file.events.iter().map(line).collect();
    lines.sort_by(|one, other| (&other.at, &other.id).cmp(&(&one.at, &one.id)));
    Ok(lines)
}

/// Referrals of a household, for its file.
pub(crate) fn lines(store: &Store, household: Uuid, now: i64) -> Result<Vec<ReferralLine>, CommandError> {
    let mut lines = Vec::new();
    for row in store.referrals_of(household)? {
        let Some(file) = store.referral(row.id)? else { continue };
        lines.push(line(&file, now));
    }
    Ok(lines)
}

fn line(file: &ReferralFile, now: i64) -> ReferralLine {
    let state = file.reading.at(now);
    ReferralLine {
        id: file.row.id.to_string(),
        service_name: resolve::text(&file.state, rf::service_name),
        state: state.code().to_owned(),
        opened_at: calendar::rfc3339(file.row.opened_at),
        ended: over(&file.reading, state),
        shared: shared(&file.reading),
        revocable: state.after(&Happening::Revoked).is_some(),
    }
}

/// What the person agreed to be told.
fn shared(reading: &Reading) -> Vec<String> {
    reading.agreed.iter().flat_map(|share| share.fields.iter().cloned()).collect()
}

/// Nothing more is expected of it.
fn over(reading: &Reading, state: State) -> bool {
    reading.state.is_end() || state.is_end()
}
