//! Tablets: who holds them, what they last said, one-time codes, suspension.

use palier_domain::calendar;
use palier_sync::clock::AHEAD_MS_MAX;
use palier_sync::code;

use super::ConsoleError;
use super::api::*;
use super::call::{Call, id};
use super::names::{Names, instant, optional_instant};
use crate::registry::{CodeRefusal, Tablet, TabletStatus};

/// A tablet in use that says nothing for this long waits for a call: three days (ux.md §5.2).
const SILENT_MS: i64 = 3 * calendar::DAY_MS;
/// What a tablet had not sent at its last contact is worth a word after this long: an outing's length.
const UNSENT_MS: i64 = 4 * 3_600_000;

/// Tablets in use.
pub(super) fn in_use(call: &Call<'_>) -> Result<Vec<Tablet>, ConsoleError> {
    let mut tablets = call.centre.registry.tablets()?;
    tablets.retain(|tablet| tablet.status == TabletStatus::Active);
    Ok(tablets)
}

/// In use, and not heard from for three days.
pub(super) fn is_silent(tablet: &Tablet, now_ms: i64) -> bool {
    let last = tablet.last_contact.max(tablet.enrolled_at);
    tablet.status == TabletStatus::Active && now_ms.saturating_sub(last) > SILENT_MS
}

fn clock_wrong(tablet: &Tablet) -> bool {
    tablet.last_contact > 0 && tablet.clock_off_ms.abs() > AHEAD_MS_MAX
}

/// How many tablets wait for attention.
pub(super) fn waiting(call: &Call<'_>) -> Result<u32, ConsoleError> {
    let tablets = in_use(call)?;
    let waiting = tablets.iter().filter(|tablet| is_silent(tablet, call.now_ms) || clock_wrong(tablet)).count();
    Ok(u32::try_from(waiting).unwrap_or(u32::MAX))
}

/// Lines of the dashboard, the longest silence first.
pub(super) fn todo(call: &Call<'_>, names: &Names) -> Result<Vec<TodoLine>, ConsoleError> {
    let mut tablets = in_use(call)?;
    tablets.sort_by_key(|tablet| tablet.last_contact.max(tablet.enrolled_at));
    let now_ms = call.now_ms;
    let mut lines = Vec::new();
    for tablet in &tablets {
        let age_ms = now_ms.saturating_sub(tablet.last_contact.max(tablet.enrolled_at));
        let mut push = |kind: &str, count: u64| {
            lines.push(TodoLine {
                kind: kind.to_owned(),
                count: u32::try_from(count).unwrap_or(u32::MAX),
                name: names.person(tablet.profile),
                days: u32::try_from(age_ms / calendar::DAY_MS).unwrap_or(0),
            });
        };
        if is_silent(tablet, now_ms) {
            push("tablet_silent", tablet.left_to_send);
        } else if tablet.last_contact == 0 {
            push("tablet_never", 0);
        } else if tablet.left_to_send > 0 && age_ms > UNSENT_MS {
            push("tablet_unsent", tablet.left_to_send);
        }
        if clock_wrong(tablet) {
            push("tablet_clock", tablet.clock_off_ms.unsigned_abs() / 60_000);
        }
    }
    Ok(lines)
}

pub(super) fn tablets(call: &mut Call<'_>, _: Nothing) -> Result<Tablets, ConsoleError> {
    list(call)
}

fn list(call: &Call<'_>) -> Result<Tablets, ConsoleError> {
    let names = Names::read(call.centre)?;
    let sectors = call.centre.store.sectors()?;
    let of_structure = |structure| {
        let working = sectors.iter().filter(move |sector| sector.structures.contains(&structure));
        working.map(|sector| sector.name.clone()).collect::<Vec<_>>()
    };
    let mut tablets = call.centre.registry.tablets()?;
    // In use first, the longest silence at the top.
    tablets.sort_by_key(|tablet| (tablet.status != TabletStatus::Active, tablet.last_contact.max(tablet.enrolled_at)));
    let lines = tablets.iter().map(|tablet| TabletLine {
        replica: tablet.replica,
        name: tablet.name.clone(),
        person: names.person(tablet.profile),
        structure: names.structure(Some(tablet.structure)),
        sectors: of_structure(tablet.structure),
        status: tablet.status.code().to_owned(),
        version: tablet.app_version.clone(),
        last_contact: optional_instant(tablet.last_contact),
        silent: is_silent(tablet, call.now_ms),
        left_to_send: u32::try_from(tablet.left_to_send).unwrap_or(u32::MAX),
        clock_seconds: i32::try_from(tablet.clock_off_ms / 1_000).unwrap_or(if tablet.clock_off_ms > 0 {
            i32::MAX
        } else {
            i32::MIN
        }),
        clock_wrong: clock_wrong(tablet),
    });
    let people = call.centre.store.profiles()?.into_iter().filter(|profile| profile.active);
    let people = people.map(|profile| EnrolChoice {
        id: profile.id.to_string(),
        name: profile.display_name,
        structure: names.structure(Some(profile.structure)),
        sectors: of_structure(profile.structure),
    });
    Ok(Tablets { tablets: lines.collect(), people: people.collect() })
}

pub(super) fn enrol(call: &mut Call<'_>, request: EnrolRequest) -> Result<EnrolCode, ConsoleError> {
    let person = id(&request.person)?;
    if !call.centre.store.profiles()?.iter().any(|profile| profile.id == person && profile.active) {
        return Err(ConsoleError::of(ErrorCode::NotFound));
    }
    let made = call.centre.registry.make_code(person, call.now_ms)?;
    let address = call.addresses.first().cloned().unwrap_or_default();
    Ok(EnrolCode {
        lookup: made.text.chars().take(4).collect(),
        qr_svg: picture(&code::qr_text(&address, &made.text))?,
        code: made.text,
        address,
        expires_at: instant(made.expires_at),
        now: instant(call.now_ms),
    })
}

/// A QR code as an SVG, black on white with its quiet zone.
fn picture(text: &str) -> Result<String, ConsoleError> {
    let code = fast_qr::QRBuilder::new(text).ecl(fast_qr::ECL::M).build();
    let code = code.map_err(|_| ConsoleError::of(ErrorCode::Internal))?;
    Ok(fast_qr::convert::svg::SvgBuilder::default().to_str(&code))
}

pub(super) fn enrol_state(call: &mut Call<'_>, request: EnrolLookup) -> Result<EnrolState, ConsoleError> {
    let state = match call.centre.registry.live_code(&request.lookup, call.now_ms)? {
        Ok(_) => "waiting",
        Err(CodeRefusal::Used) => "used",
        Err(CodeRefusal::Dead | CodeRefusal::Wrong(_)) => "dead",
        Err(CodeRefusal::Expired | CodeRefusal::Unknown) => "expired",
    };
    Ok(EnrolState { state: state.to_owned() })
}

pub(super) fn set_tablet(call: &mut Call<'_>, request: SetTablet) -> Result<Tablets, ConsoleError> {
    let known = [TabletStatus::Active, TabletStatus::Suspended, TabletStatus::Revoked];
    let status = known.into_iter().find(|status| status.code() == request.status);
    let status = status.ok_or_else(|| ConsoleError::field("status"))?;
    call.centre.set_tablet_status(request.replica, status)?;
    list(call)
}
