//! From records to pairs: compare, estimate, weigh, decide.

use crate::address::{DoorLevel, PlaceLevel};
use crate::birth::BirthLevel;
use crate::blocking::Blocks;
use crate::clusters::{self, Link, Verdict};
use crate::comparison::{Comparer, Comparison};
use crate::estimation;
use crate::name::NameLevel;
use crate::phone::PhoneLevel;
use crate::prepared::People;
use crate::record::{Pair, PersonRecord, Reason};

/// A pair at least this likely is proposed.
const PROPOSED_MIN: f64 = 0.82;
/// In a file that leaves little doubt, less likely pairs are proposed too, down to this.
const PROPOSED_MIN_CLEAR: f64 = 0.6;
/// A file leaves little doubt when no more than this share of what is proposed is expected to be wrong.
const EXPECTED_WRONG_MAX: f64 = 0.005;
/// A pair less likely is not worth anyone's time.
const POSSIBLE_MIN: f64 = 0.03;
/// A pair less likely does not weigh on others either.
const LINK_MIN: f64 = 0.02;
/// Less likely pairs, before the estimation, are not kept for it.
const KEPT_MIN: f64 = 1e-6;
/// Pairs of a household that are kept for the estimation.
const HOME_KEPT_MIN: f64 = 0.05;

/// Two records that were compared.
#[derive(Debug, Clone, Copy)]
struct Compared {
    a: u32,
    b: u32,
    comparison: Comparison,
}

/// Finds the pairs of records that look like one person: those to propose and those that are possible.
///
/// The answer is in the order of ids and does not depend on the order of `records`.
#[must_use]
pub fn pairs(records: &[PersonRecord]) -> Vec<Pair> {
    let mut sorted: Vec<&PersonRecord> = records.iter().collect();
    sorted.sort();
    let people = People::read(sorted.iter().copied());
    let blocks = Blocks::of(&people);
    let mut comparer = Comparer::of(&people);
    let mut model = estimation::start(&people, &mut comparer);
    let mut compared: Vec<Compared> = Vec::new();
    let mut others = Vec::new();
    for (at, _) in (0u32..).zip(&people.persons) {
        blocks.after(at, &mut others);
        for other in &others {
            let Some(comparison) = comparer.compare(at, *other) else { continue };
            let posterior = model.posterior(&comparison);
            if posterior.person > KEPT_MIN || posterior.home > HOME_KEPT_MIN {
                compared.push(Compared { a: at, b: *other, comparison });
            }
        }
    }
    let comparisons: Vec<Comparison> = compared.iter().map(|pair| pair.comparison).collect();
    let by_chance = estimation::namesakes_by_chance(&people, &comparer);
    estimation::estimate(&mut model, records.len(), &comparisons, &by_chance);
    drop(comparisons);
    let links: Vec<Link> = compared
        .iter()
        .map(|pair| Link {
            a: pair.a,
            b: pair.b,
            score: model.posterior(&pair.comparison).person,
            tells_a_person: !model.has_homes() || tells_a_person(&pair.comparison),
        })
        .filter(|link| link.score >= LINK_MIN)
        .collect();
    drop(compared);
    let verdicts = clusters::decide(&links, proposed_min(&links), |a, b| {
        comparer.compare(a, b).map_or(0.0, |comparison| model.posterior(&comparison).person)
    });
    let mut kept: Vec<((u32, u32), Verdict)> =
        verdicts.into_iter().filter(|(_, verdict)| verdict.proposed || verdict.score >= POSSIBLE_MIN).collect();
    kept.sort_by_key(|(pair, _)| *pair);
    let mut out = Vec::with_capacity(kept.len());
    for ((a, b), verdict) in kept {
        let ids = sorted.get(a as usize).zip(sorted.get(b as usize));
        let (Some((first, second)), Some(comparison)) = (ids, comparer.compare(a, b)) else { continue };
        let mut reasons = reasons(&comparison);
        reasons.extend(verdict.through_others.then_some(Reason::SamePersonElsewhere));
        reasons.extend(verdict.several.then_some(Reason::SeveralCandidates));
        out.push(Pair {
            a: first.id.clone(),
            b: second.id.clone(),
            score: (verdict.score * 1e6).round() / 1e6,
            proposed: verdict.proposed,
            reasons,
        });
    }
    out
}

/// What a pair must reach to be proposed, in this file.
fn proposed_min(links: &[Link]) -> f64 {
    let mut scores: Vec<f64> = links.iter().filter(|link| link.tells_a_person).map(|link| link.score).collect();
    scores.sort_by(|x, y| y.total_cmp(x));
    let mut lowest = PROPOSED_MIN;
    let mut wrong = 0.0;
    for (count, score) in (1u32..).zip(&scores) {
        wrong += 1.0 - score;
        if wrong > EXPECTED_WRONG_MAX * f64::from(count) || *score < PROPOSED_MIN_CLEAR {
            break;
        }
        lowest = lowest.min(*score);
    }
    lowest
}

/// True when the given name or the date of birth agrees: without either, a household explains the rest.
fn tells_a_person(c: &Comparison) -> bool {
    let given = !matches!(c.given, NameLevel::Missing | NameLevel::Different | NameLevel::Similar);
    let birth = !matches!(c.birth, BirthLevel::Missing | BirthLevel::Different);
    given || birth
}

/// Reasons in the order of their declaration.
fn reasons(c: &Comparison) -> Vec<Reason> {
    let mut out = Vec::with_capacity(6);
    out.push(match c.given {
        NameLevel::Exact => Reason::SameGivenName,
        NameLevel::Variant | NameLevel::Close | NameLevel::Similar => Reason::CloseGivenName,
        NameLevel::Part => Reason::PartialGivenName,
        NameLevel::Initial => Reason::InitialGivenName,
        NameLevel::Gendered => Reason::GenderedGivenName,
        NameLevel::Missing => Reason::NoGivenName,
        NameLevel::Different => Reason::OtherGivenName,
    });
    out.extend(match c.family {
        NameLevel::Exact => Some(Reason::SameFamilyName),
        NameLevel::Variant | NameLevel::Close | NameLevel::Similar | NameLevel::Gendered => {
            Some(Reason::CloseFamilyName)
        }
        NameLevel::Part | NameLevel::Initial => Some(Reason::PartialFamilyName),
        NameLevel::Different => Some(Reason::OtherFamilyName),
        NameLevel::Missing => None,
    });
    if c.swapped {
        out.push(Reason::NamesSwapped);
    }
    out.push(match c.birth {
        BirthLevel::Exact => Reason::SameBirthDate,
        BirthLevel::Swapped => Reason::DayMonthSwapped,
        BirthLevel::OneOff | BirthLevel::YearOff | BirthLevel::YearOther | BirthLevel::Near => Reason::CloseBirthDate,
        BirthLevel::YearOnly => Reason::SameBirthYear,
        BirthLevel::Missing => Reason::NoBirthDate,
        BirthLevel::Different => Reason::OtherBirthDate,
    });
    out.extend(match c.place {
        PlaceLevel::Same => Some(Reason::SameAddress),
        PlaceLevel::NoNumber | PlaceLevel::OtherNumber => Some(Reason::SameStreet),
        PlaceLevel::Different => Some(Reason::OtherAddress),
        PlaceLevel::Missing => None,
    });
    if c.place != PlaceLevel::Different {
        match c.door {
            DoorLevel::Same => out.push(Reason::SameDoor),
            DoorLevel::Different => out.push(Reason::OtherDoor),
            DoorLevel::Compatible | DoorLevel::Missing => {}
        }
    }
    match c.phone {
        PhoneLevel::Exact => out.push(Reason::SamePhone),
        PhoneLevel::Close => out.push(Reason::ClosePhone),
        PhoneLevel::Different | PhoneLevel::Missing => {}
    }
    out
}
