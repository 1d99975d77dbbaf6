//! The figures of the contrat de ville (model.md §4), over a period: each with what it is out of and what is in neither.

use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

use palier_domain::{action, calendar, trust};
use palier_rights::told::Engine;
use palier_store::Store;
use palier_store::read::figures::{Counts, Period, ReferralFigures, RightFigures};

use super::ConsoleError;
use super::api::*;
use super::call::{Call, form_date, optional_id};
use super::names::Names;

/// The network of France services, as data·inclusion names it.
const FRANCE_SERVICES: &str = "france-service";
/// States of a referral that was never handed to a service.
const NOT_HANDED: &[&str] = &["draft", "proposed", "declined_by_person", "agreed"];

/// Names of rights, read once.
static ENGINE: LazyLock<Option<Engine>> = LazyLock::new(|| Engine::built_in().ok());

pub(super) fn figures(call: &mut Call<'_>, request: FiguresRequest) -> Result<Figures, ConsoleError> {
    let today = calendar::local_date(call.now_ms);
    let year = today.get(..4).unwrap_or_default();
    let given = |field: &str, text: &str, other: String| -> Result<String, ConsoleError> {
        let date = form_date(field, text)?;
        Ok(if date.is_empty() { other } else { date })
    };
    let from = given("from", &request.from, format!("{year}-01-01"))?;
    let to = given("to", &request.to, today.clone())?;
    if to < from {
        return Err(ConsoleError::field("to"));
    }
    let (Some(from_ms), Some(last_ms)) = (calendar::date_start_ms(&from), calendar::date_start_ms(&to)) else {
        return Err(ConsoleError::field("from"));
    };
    // The day after the last one begins 23 to 25 hours after it does.
    let to_ms = calendar::day_start_ms(last_ms.saturating_add(calendar::DAY_MS + calendar::DAY_MS / 4));
    let period = Period { from_ms, to_ms, sector: optional_id(&request.sector)? };
    let services = Services::read(call)?;
    let store = &call.centre.store;
    let referrals = store.referral_figures(&period)?;
    let rights = store.right_figures(&period)?;
    Ok(Figures {
        sectors: Names::read(call.centre)?.sectors(),
        from,
        to,
        groups: vec![
            doors(store, &period)?,
            met(store, &period)?,
            outdoors(store, &period)?,
            of_rights(&rights),
            granted(&rights),
            of_referrals(&referrals, &services),
            of_trust(store, &period)?,
        ],
    })
}

/// Names of services, and which are France services.
struct Services {
    names: HashMap<String, String>,
    france_services: BTreeSet<String>,
}

impl Services {
    fn read(call: &Call<'_>) -> Result<Self, ConsoleError> {
        let (mut names, mut france_services) = (HashMap::new(), BTreeSet::new());
        for structure in call.centre.registry.directory()? {
            if structure.networks.iter().any(|network| network == FRANCE_SERVICES) {
                france_services.insert(structure.key.clone());
            }
            names.insert(structure.key, structure.name);
        }
        for service in call.centre.registry.services()? {
            if france_services.contains(&service.structure) {
                france_services.insert(service.key.clone());
            }
            names.insert(service.key, service.name);
        }
        Ok(Self { names, france_services })
    }
}

fn doors(store: &Store, period: &Period) -> Result<FigureGroup, ConsoleError> {
    let doors = store.door_figures(period)?;
    Ok(FigureGroup {
        code: "doors".to_owned(),
        figures: vec![
            share("doors_tried", doors.tried, doors.doors),
            share("doors_opened", doors.opened, doors.tried),
            count("visits", sum(&doors.outcomes)),
        ],
        tables: vec![table("outcomes", &doors.outcomes, |_| String::new())],
    })
}

fn met(store: &Store, period: &Period) -> Result<FigureGroup, ConsoleError> {
    let met = store.met_figures(period)?;
    let unasked = Some(met.households.saturating_sub(met.known_asked));
    Ok(FigureGroup {
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
    })
}

fn outdoors(store: &Store, period: &Period) -> Result<FigureGroup, ConsoleError> {
    let actions = store.action_figures(period)?;
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
    let (people, unknown) = (sum(&bands), bands.get(action::AGE_UNKNOWN).copied().unwrap_or(0));
    let seniors = ["60_69", "over_70"].iter().filter_map(|band| bands.get(*band)).sum();
    let of_age = Figure { aside: Some(unknown), ..share("seniors", seniors, people.saturating_sub(unknown)) };
    Ok(FigureGroup {
        code: "actions".to_owned(),
        figures: vec![count("actions_done", sum(&actions.kinds)), count("counted", people), of_age],
        tables: vec![
            table("action_kinds", &actions.kinds, |_| String::new()),
            table("bands", &bands, |_| String::new()),
            table("heard", &needs, |_| String::new()),
        ],
    })
}

fn of_rights(rights: &RightFigures) -> FigureGroup {
    let status = |code: &str| rights.statuses.get(code).copied().unwrap_or(0);
    let assessed = ["held", "in_progress", "claimable", "not_claimable"].iter().map(|code| status(code)).sum();
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
    let here = referrals.attended_first.iter().filter(|(service, _)| services.france_services.contains(*service));
    let named = |key: &str| services.names.get(key).cloned().unwrap_or_default();
    FigureGroup {
        code: "referrals".to_owned(),
        figures: vec![
            count("referrals_made", referrals.made),
            share("referrals_closed", closed, referrals.made.saturating_sub(not_handed)),
            Figure { code: "closed_days".to_owned(), count: median(&referrals.closed_days), ..Figure::default() },
            count("newcomers", referrals.newcomers),
            count("enrolled_first", referrals.enrolled_first),
            count("france_services_first", here.map(|(_, count)| *count).sum()),
        ],
        tables: vec![
            table("referral_states", &referrals.states, |_| String::new()),
            table("referral_needs", &referrals.needs, |_| String::new()),
            table("attended", &referrals.attended, named),
            table("sources", &referrals.sources, |_| String::new()),
        ],
    }
}

fn of_trust(store: &Store, period: &Period) -> Result<FigureGroup, ConsoleError> {
    let measures = store.trust_figures(period)?;
    let mut figures = Vec::new();
    for object in trust::OBJECTS {
        let progress = trust::progress(&measures, object);
        if progress.paired == 0 && progress.alone == 0 {
            continue;
        }
        let of = |code: &str, moved: u32| Figure {
            about: (*object).to_owned(),
            aside: Some(progress.alone),
            ..share(code, moved, progress.paired)
        };
        figures.extend([of("trust_gained", progress.gained), of("trust_lost", progress.lost)]);
    }
    Ok(FigureGroup { code: "trust".to_owned(), figures, tables: Vec::new() })
}

fn count(code: &str, count: u32) -> Figure {
    Figure { code: code.to_owned(), count: Some(count), ..Figure::default() }
}

fn share(code: &str, part: u32, of: u32) -> Figure {
    Figure { of: Some(of), ..count(code, part) }
}

fn sum(counts: &Counts) -> u32 {
    counts.values().sum()
}

/// The middle of sorted numbers, the lower one of two.
fn median(sorted: &[u32]) -> Option<u32> {
    sorted.get(sorted.len().checked_sub(1)? / 2).copied()
}

fn table(code: &str, counts: &Counts, name: impl Fn(&str) -> String) -> FigureTable {
    let line = |(code, count): (&String, &u32)| FigureLine { code: code.clone(), name: name(code), count: *count };
    let mut lines: Vec<FigureLine> = counts.iter().map(line).collect();
    lines.sort_by(|one, other| (other.count, &one.code).cmp(&(one.count, &other.code)));
    FigureTable { code: code.to_owned(), lines }
}

fn right_name(key: &str) -> String {
    let name = ENGINE.as_ref().and_then(|engine| engine.name_of(key));
    name.map_or_else(|| key.to_owned(), |name| name.replace('\'', "’"))
}
