//! What was counted, as the page shows it: subjects with their figures and tables.

use std::sync::LazyLock;

use palier_domain::action;
use palier_rights::told::Engine;
use palier_store::read::figures::{ActionFigures, Counts, DoorFigures, MetFigures, ReferralFigures, RightFigures};

use super::counted::{Counted, Moved, Services};
use crate::console::api::*;

/// States of a referral that was never handed to a service.
pub(in crate::console) const NOT_HANDED: &[&str] = &["draft", "proposed", "declined_by_person", "agreed"];
/// Statuses of a right that is decided.
pub(in crate::console) const DECIDED: &[&str] = &["held", "in_progress", "claimable", "not_claimable"];
/// Age bands of seniors (fiche S41).
pub(in crate::console) const SENIORS: &[&str] = &["60_69", "over_70"];

/// Names of rights, read once.
static ENGINE: LazyLock<Option<Engine>> = LazyLock::new(|| Engine::built_in().ok());

/// All subjects, in the order of the page.
pub(super) fn groups(counted: &Counted, services: &Services) -> Vec<FigureGroup> {
    vec![
        doors(&counted.doors),
        met(&counted.met),
        outdoors(&counted.actions),
        of_rights(&counted.rights),
        granted(&counted.rights),
        of_referrals(&counted.referrals, services),
        of_trust(&counted.trust),
    ]
}

fn doors(doors: &DoorFigures) -> FigureGroup {
    FigureGroup {
        code: "doors".to_owned(),
        figures: vec![
            share("doors_tried", doors.tried, doors.doors),
            share("doors_opened", doors.opened, doors.tried),
            count("visits", sum(&doors.outcomes)),
        ],
        tables: vec![table("outcomes", &doors.outcomes, |_| String::new())],
    }
}

fn met(met: &MetFigures) -> FigureGroup {
    let unasked = Some(met.households.saturating_sub(met.known_asked));
    FigureGroup {
        code: "met".to_owned(),
        figures: vec![
            count("households", met.households),
            count("slips", met.slips),
            Figure { aside: unasked, ..share("known_by_none", met.known_by_none, met.known_asked) },
        ],
        tables: vec![
            table("needs", &met.needs, |_| String::new()),
            table("last_contact", &met.last_contact, |_| String::new()),
        ],
    }
}

fn outdoors(actions: &ActionFigures) -> FigureGroup {
    let (bands, needs) = tallied(actions);
    let (people, unknown) = (sum(&bands), bands.get(action::AGE_UNKNOWN).copied().unwrap_or(0));
    let seniors = SENIORS.iter().filter_map(|band| bands.get(*band)).sum();
    let of_age = Figure { aside: Some(unknown), ..share("seniors", seniors, people.saturating_sub(unknown)) };
    FigureGroup {
        code: "actions".to_owned(),
        figures: vec![count("actions_done", sum(&actions.kinds)), count("counted", people), of_age],
        tables: vec![
            table("action_kinds", &actions.kinds, |_| String::new()),
            table("bands", &bands, |_| String::new()),
            table("heard", &needs, |_| String::new()),
        ],
    }
}

fn of_rights(rights: &RightFigures) -> FigureGroup {
    let status = |code: &str| rights.statuses.get(code).copied().unwrap_or(0);
    let assessed = DECIDED.iter().map(|code| status(code)).sum();
    let aside = Some(status("to_check"));
    let of = |code: &str, what: &str| Figure { aside, ..share(code, status(what), assessed) };
    FigureGroup {
        code: "rights".to_owned(),
        figures: vec![
            count("diagnosed", rights.diagnosed),
            of("non_take_up", "claimable"),
            of("not_claimable", "not_claimable"),
            of("held", "held"),
        ],
        tables: vec![
            table("claimable", &rights.claimable, right_name),
            table("non_take_up_types", &rights.non_take_up, |_| String::new()),
            table("motives", &rights.motives, |_| String::new()),
        ],
    }
}

fn granted(rights: &RightFigures) -> FigureGroup {
    let became = |code: &str| rights.follow_ups.get(code).copied().unwrap_or(0);
    FigureGroup {
        code: "granted".to_owned(),
        figures: vec![
            count("rights_granted", became("granted")),
            Figure { code: "granted_days".to_owned(), count: median(&rights.granted_days), ..Figure::default() },
            count("rights_asked", became("asked")),
            count("rights_refused", became("refused")),
        ],
        tables: Vec::new(),
    }
}

fn of_referrals(referrals: &ReferralFigures, services: &Services) -> FigureGroup {
    let not_handed: u32 = NOT_HANDED.iter().filter_map(|state| referrals.states.get(*state)).sum();
    let closed = u32::try_from(referrals.closed_days.len()).unwrap_or(u32::MAX);
    let named = |key: &str| services.name(key);
    FigureGroup {
        code: "referrals".to_owned(),
        figures: vec![
            count("referrals_made", referrals.made),
            share("referrals_closed", closed, referrals.made.saturating_sub(not_handed)),
            Figure { code: "closed_days".to_owned(), count: median(&referrals.closed_days), ..Figure::default() },
            count("newcomers", referrals.newcomers),
            count("enrolled_first", referrals.enrolled_first),
            count("france_services_first", services.france_services_first(referrals)),
        ],
        tables: vec![
            table("referral_states", &referrals.states, |_| String::new()),
            table("referral_needs", &referrals.needs, |_| String::new()),
            table("attended", &referrals.attended, named),
            table("sources", &referrals.sources, |_| String::new()),
        ],
    }
}

fn of_trust(trust: &[Moved]) -> FigureGroup {
    let mut figures = Vec::new();
    for Moved { object, progress } in trust {
        let of = |code: &str, moved: u32| Figure {
            about: (*object).to_owned(),
            aside: Some(progress.alone),
            ..share(code, moved, progress.paired)
        };
        figures.extend([of("trust_gained", progress.gained), of("trust_lost", progress.lost)]);
    }
    FigureGroup { code: "trust".to_owned(), figures, tables: Vec::new() }
}

/// People counted outdoors by age band, and needs heard there.
pub(in crate::console) fn tallied(actions: &ActionFigures) -> (Counts, Counts) {
    let (mut bands, mut needs) = (Counts::new(), Counts::new());
    for (code, count) in &actions.tallies {
        let (into, code) = match (action::band(code), code.strip_prefix("need:")) {
            (Some(band), _) => (&mut bands, band),
            (_, Some(need)) => (&mut needs, need),
            _ => continue,
        };
        let sum = into.entry(code.to_owned()).or_default();
        *sum = sum.saturating_add(*count);
    }
    (bands, needs)
}

fn count(code: &str, count: u32) -> Figure {
    Figure { code: code.to_owned(), count: Some(count), ..Figure::default() }
}

fn share(code: &str, part: u32, of: u32) -> Figure {
    Figure { of: Some(of), ..count(code, part) }
}

pub(in crate::console) fn sum(counts: &Counts) -> u32 {
    counts.values().sum()
}

/// The middle of sorted numbers, the lower one of two.
pub(in crate::console) fn median(sorted: &[u32]) -> Option<u32> {
    sorted.get(sorted.len().checked_sub(1)? / 2).copied()
}

fn table(code: &str, counts: &Counts, name: impl Fn(&str) -> String) -> FigureTable {
    let line = |(code, count): (&String, &u32)| FigureLine { code: code.clone(), name: name(code), count: *count };
    let mut lines: Vec<FigureLine> = counts.iter().map(line).collect();
    lines.sort_by(|one, other| (other.count, &one.code).cmp(&(one.count, &other.code)));
    FigureTable { code: code.to_owned(), lines }
}

/// The name of a right, as the catalogue of rights has it.
pub(in crate::console) fn right_name(key: &str) -> String {
    let name = ENGINE.as_ref().and_then(|engine| engine.name_of(key));
    name.map_or_else(|| key.to_owned(), |name| name.replace('\'', "’"))
}
