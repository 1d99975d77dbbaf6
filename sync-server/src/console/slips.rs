//! A partner closes the loop with the code of a slip: no account, five wrong codes, nothing of the person.

use palier_domain::agreement::{RECONTACT, RECORD_NOMINATIVE};
use palier_domain::calendar;
use palier_domain::referral::{FIRST_TIMES, Happening, Outcome, REFUSAL_REASONS, RESULTS, Written};
use palier_domain::slip::{self, NotASlip};
use palier_store::read::referral::ReferralFile;
use palier_sync::catalogue::{referral as rf, referral_event as e};
use palier_sync::{RecordType, Value, resolve};
use uuid::Uuid;

use super::ConsoleError;
use super::api::*;
use super::call::{Call, id};
use crate::CentreError;

/// What a partner may answer, in the order that its page offers it. Agreements, appointments and what the person wants are not
/// for it to say here.
const ANSWERS: [Happening; 7] = [
    Happening::Received,
    Happening::Accepted,
    Happening::Attended,
    Happening::Closed(Outcome::Success),
    Happening::Closed(Outcome::WithoutResult),
    Happening::NoShow,
    Happening::Refused,
];

pub(super) fn slip(call: &mut Call<'_>, request: SlipRequest) -> Result<SlipView, ConsoleError> {
    let code = read(&request.code)?;
    view(call, &code)
}

pub(super) fn answer_slip(call: &mut Call<'_>, request: AnswerSlip) -> Result<SlipView, ConsoleError> {
    let code = read(&request.code)?;
    for (field, value, known) in [
        ("reason", &request.reason, REFUSAL_REASONS),
        ("result", &request.result, RESULTS),
        ("first_time", &request.first_time, FIRST_TIMES),
    ] {
        if !value.is_empty() && !known.contains(&value.as_str()) {
            return Err(ConsoleError::field(field));
        }
    }
    let asked = id(&request.referral)?;
    let file = files(call, &code)?.into_iter().find(|file| file.row.id == asked);
    let file = file.ok_or_else(|| ConsoleError::of(ErrorCode::NotFound))?;
    let what = ANSWERS.iter().find(|what| Written::of(what).what == request.what);
    let now = call.now_ms;
    let what = what.filter(|what| file.reading.at(now).after(what).is_some());
    let what = what.ok_or_else(|| ConsoleError::field("what"))?;
    write(call, &file, what, &request)?;
    view(call, &code)
}

/// A code whose check character fits: a slip of the finger is told as such, and is no wrong try.
fn read(text: &str) -> Result<String, ConsoleError> {
    slip::read(text).map_err(|fault| match fault {
        NotASlip::Check => ConsoleError::field("code_mistyped"),
        _ => ConsoleError::field("code"),
    })
}

/// Referrals of a slip whose household, if there is one, still agrees. None is as if there were no such code.
fn files(call: &Call<'_>, code: &str) -> Result<Vec<ReferralFile>, ConsoleError> {
    let store = &call.centre.store;
    let mut files = Vec::new();
    for row in store.referrals_of_slip(code)? {
        let agrees = match row.household {
            Some(household) => {
                store.agreement(household, RECORD_NOMINATIVE)?.allows()
                    || store.agreement(household, RECONTACT)?.allows()
            }
            None => true,
        };
        if agrees {
            files.extend(store.referral(row.id)?);
        }
    }
    if files.is_empty() { Err(ConsoleError::of(ErrorCode::NotFound)) } else { Ok(files) }
}

fn view(call: &Call<'_>, code: &str) -> Result<SlipView, ConsoleError> {
    let of = |file: ReferralFile| {
        let state = file.reading.at(call.now_ms);
        SlipReferral {
            id: file.row.id.to_string(),
            service_name: resolve::text(&file.state, rf::service_name),
            state: state.code().to_owned(),
            opened_at: calendar::rfc3339(file.row.opened_at),
            offered: ANSWERS
                .iter()
                .filter(|what| state.after(what).is_some())
                .map(|what| Written::of(what).what)
                .collect(),
        }
    };
    Ok(SlipView { code: slip::shown(code), referrals: files(call, code)?.into_iter().map(of).collect() })
}

fn write(call: &mut Call<'_>, file: &ReferralFile, what: &Happening, said: &AnswerSlip) -> Result<(), ConsoleError> {
    let text = |text: &str| if text.is_empty() { Value::Null } else { Value::text(text) };
    // After what is known of it: an event of the same instant would be put in the order of ids.
    let at = call.now_ms.max(file.reading.since_ms.saturating_add(1));
    let fields = [
        (e::referral, Value::text(&file.row.id.to_string())),
        (e::what, Value::text(&Written::of(what).what)),
        (e::at, Value::Int(at)),
        (e::source, Value::text("partner_link")),
        (e::reason, text(&said.reason)),
        (e::result, text(&said.result)),
        (e::first_time, text(&said.first_time)),
    ];
    let scope = file.state.scope;
    call.centre.write(call.now_ms, |draft| {
        draft.make(scope, Uuid::now_v7(), RecordType::ReferralEvent, &fields)?;
        Ok::<_, CentreError>(())
    })?;
    Ok(())
}
