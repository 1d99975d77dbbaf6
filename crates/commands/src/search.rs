//! Finding a place or a household.

use palier_domain::calendar;
use palier_domain::slip::{self, NotASlip};
use palier_store::Store;
use palier_store::read::diagnosis::DiagnosisRow;
use palier_store::read::heard::TrustRow;
use palier_store::read::referral::ReferralRow;
use palier_store::search::{Hit, HitKind};
use palier_sync::catalogue::referral as rf;
use palier_sync::resolve;
use uuid::Uuid;

use crate::App;
use crate::api::*;
use crate::app::lock;
use crate::place::{door_title, stair_title};

impl App {
    pub(crate) fn search(&self, request: SearchRequest) -> Result<SearchAnswer, CommandError> {
        let open = self.open()?;
        let store = lock(&open.store);
        let stair = Uuid::parse_str(&request.stair).ok();
        let mut hits = Vec::new();
        let slip = slip::read(&request.text);
        if let Ok(code) = &slip
            && !open.veiled()
            && let Some(row) = store.diagnosis_of_slip(code)?
        {
            hits.push(of_slip(&row));
        }
        if let Ok(code) = &slip
            && !open.veiled()
        {
            for row in store.referrals_of_slip(code)? {
                hits.extend(of_referral(&store, &row)?);
            }
            if let [first, ..] = store.trust_of_slip(code)?.as_slice() {
                hits.push(of_trust(first));
            }
        }
        for hit in store.search(&request.text, stair)? {
            // Under the veil no name leaves: not even that someone of that name lives somewhere.
            if hit.kind == HitKind::Household && open.veiled() {
                continue;
            }
            hits.push(line(&store, hit)?);
        }
        // Nine letters without a figure are a name more often than a code.
        let figured = request.text.chars().any(|c| c.is_ascii_digit());
        Ok(SearchAnswer { hits, slip_mistyped: figured && slip == Err(NotASlip::Check) })
    }
}

fn of_slip(row: &DiagnosisRow) -> SearchHit {
    SearchHit {
        kind: "diagnosis".to_owned(),
        id: row.id.to_string(),
        title: slip::shown(&row.slip),
        detail: calendar::local_date(row.started_at),
        door: String::new(),
        stair: String::new(),
        here: false,
    }
}

fn of_trust(row: &TrustRow) -> SearchHit {
    SearchHit {
        kind: "trust".to_owned(),
        id: row.measure.slip.clone(),
        title: slip::shown(&row.measure.slip),
        detail: calendar::local_date(row.measure.at_ms),
        door: String::new(),
        stair: String::new(),
        here: false,
    }
}

fn of_referral(store: &Store, row: &ReferralRow) -> Result<Option<SearchHit>, CommandError> {
    let Some(file) = store.referral(row.id)? else { return Ok(None) };
    Ok(Some(SearchHit {
        kind: "referral".to_owned(),
        id: row.id.to_string(),
        title: slip::shown(&row.slip),
        detail: resolve::text(&file.state, rf::service_name),
        door: String::new(),
        stair: String::new(),
        here: false,
    }))
}

fn line(store: &Store, hit: Hit) -> Result<SearchHit, CommandError> {
    let kind = match hit.kind {
        HitKind::Household => "household",
        HitKind::Building => "building",
        HitKind::Stair => "stair",
        HitKind::Door => "door",
    };
    let detail = match (hit.door, hit.stair) {
        (Some(door), _) if hit.kind == HitKind::Household => door_title(store, door)?,
        (_, Some(stair)) if hit.kind == HitKind::Door => {
            store.stair(stair)?.map(|stair| stair_title(&stair)).unwrap_or_default()
        }
        _ => String::new(),
    };
    Ok(SearchHit {
        kind: kind.to_owned(),
        id: hit.id.to_string(),
        title: hit.title,
        detail,
        door: hit.door.map(|door| door.to_string()).unwrap_or_default(),
        stair: hit.stair.map(|stair| stair.to_string()).unwrap_or_default(),
        here: hit.here,
    })
}
