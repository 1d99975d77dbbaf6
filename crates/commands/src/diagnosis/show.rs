//! A diagnosis as the screens show it.

use std::collections::BTreeMap;

use palier_domain::{calendar, slip};
use palier_rights::interview::{Asked, Grade, Reply, Shape, Silence, Step, Told, Whom, grade, inputs};
use palier_rights::told::{Diagnosis, RightTold};
use palier_store::Store;
use palier_store::read::diagnosis::DiagnosisFile;
use palier_sync::catalogue::diagnosis as d;
use palier_sync::resolve;
use serde_json::Value as Json;
use uuid::Uuid;

use super::kept::{self, Item, KeptPack, KeptStatus, Statuses};
use super::{QUICK_QUESTIONS, doors, engine, interview};
use crate::api::*;
use crate::place::door_title;
use crate::session::Open;

/// Reasons that say that the condition of residence is not met.
const RESIDENCE_REASONS: [&str; 3] =
    ["no_residence_permit", "residence_permit_under_5_years", "residence_under_10_years"];

/// Everything told so far.
pub(super) fn told(open: &Open, file: &DiagnosisFile) -> Vec<Told> {
    kept::told(file, &open.spoken_of(file.row.id))
}

/// What a question is asked after: all that was told when it is asked anew, or closer; when it is looked at again, what
/// came before it.
pub(super) fn before(all: &[Told], question: &str, again: bool) -> Vec<Told> {
    match all.iter().position(|one| one.question == question).filter(|_| again) {
        Some(place) => all.iter().take(place).cloned().collect(),
        None => all.to_vec(),
    }
}

pub(super) fn view(
    open: &Open,
    store: &Store,
    file: &DiagnosisFile,
    question: &str,
    now: i64,
) -> Result<DiagnosisView, CommandError> {
    let told = told(open, file);
    let talk = interview(store, file)?;
    let step = talk.step(&told).map_err(|refusal| CommandError::field(&refusal.field))?;
    let (mode, closed) = (resolve::text(&file.state, d::mode), file.row.closed_at > 0);
    let quick = mode == "quick";
    let asked: Vec<String> = told.iter().map(|one| one.question.clone()).collect();
    // A pause: after the eight questions, and before those that only open rights of their own.
    let pause = (quick && asked.len() >= QUICK_QUESTIONS) || (mode != "all" && step.further);
    let shown = if question.is_empty() {
        step.next.as_ref().filter(|_| !pause && !closed).map(|next| question_view(open, file, next, false))
    } else {
        let again = talk.ask(question, &before(&told, question, true)).ok_or_else(CommandError::not_found)?;
        Some(question_view(open, file, &again, true))
    };
    let left = if pause { 0 } else { step.left };
    let left = if quick { left.min(QUICK_QUESTIONS.saturating_sub(asked.len())) } else { left };
    let door = match file.row.household {
        Some(household) => store.household(household)?.map(|file| file.door),
        None => doors(store, now)?.into_iter().find(|at| at.diagnosis == file.row.id).map(|at| at.door),
    };
    Ok(DiagnosisView {
        id: file.row.id.to_string(),
        household: file.row.household.map(|household| household.to_string()),
        // Only where it is shown: not with every question.
        slip_qr: if shown.is_none() { crate::qr::of_slip(&slip::shown(&file.row.slip)) } else { String::new() },
        slip: slip::shown(&file.row.slip),
        door: door.map(|door| door.to_string()),
        place_name: door.map(|door| door_title(store, door)).transpose()?.unwrap_or_default(),
        quick,
        closed,
        started_at: calendar::rfc3339(file.row.started_at),
        question: shown,
        left: u32::try_from(left).unwrap_or(u32::MAX),
        more: !closed && pause && step.next.is_some(),
        rights: lines(file, &step),
        to_review: to_review(file, &step.diagnosis),
        month: step.diagnosis.month.clone(),
        asked,
    })
}

fn question_view(open: &Open, file: &DiagnosisFile, asked: &Asked, again: bool) -> QuestionView {
    let all = told(open, file);
    let before = before(&all, &asked.question, again);
    let given = all.iter().find(|one| one.question == asked.question).filter(|_| again);
    let talk = interview_of(file);
    let chosen = match (given, &talk) {
        (Some(given), Some(talk)) => talk.chosen(asked, &before, given),
        _ => Vec::new(),
    };
    let (whom, person) = match asked.whom {
        Whom::Household => ("household", 0),
        Whom::Adult(adult) => ("adult", adult + 1),
        Whom::Child(child) => ("child", child + 1),
        Whom::Children => ("children", 0),
    };
    let inputs = inputs(&all);
    let people = |list: &str| inputs.get(list).and_then(Json::as_array).map_or(0, Vec::len);
    let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    QuestionView {
        question: asked.question.clone(),
        key: asked.key.clone(),
        sentence: asked.sentence.as_deref().map(printed),
        whom: whom.to_owned(),
        person: count(person),
        people: count(people(if whom == "adult" { "adultes" } else { "enfants" })),
        shape: match asked.shape {
            Shape::One => "one",
            Shape::Several => "several",
            Shape::Pad { .. } => "pad",
        }
        .to_owned(),
        unit: asked.unit.code().to_owned(),
        choices: asked
            .choices
            .iter()
            .map(|choice| ChoiceView {
                chosen: chosen.contains(&choice.code),
                code: choice.code.clone(),
                min: choice.band.map(|band| band.min),
                max: choice.band.and_then(|band| band.max),
            })
            .collect(),
        typed_up_to: asked.typed_up_to,
        silent: given.is_some_and(|given| given.no_closer),
        again,
        kept: is_kept(&talk, asked, &before),
    }
}

/// The words and bands of a question do not hang on whether births may be told by month.
fn interview_of(file: &DiagnosisFile) -> Option<palier_rights::interview::Interview<'static>> {
    let engine = engine().ok()?;
    Some(palier_rights::interview::Interview {
        engine,
        day: kept::day(file.row.started_at),
        birth_months: true,
        closer: true,
    })
}

/// Whether what a question asks is written down: an answer about residence is not.
fn is_kept(talk: &Option<palier_rights::interview::Interview<'static>>, asked: &Asked, before: &[Told]) -> bool {
    let silent =
        talk.as_ref().and_then(|talk| talk.answer(&asked.question, &Reply::Silent(Silence::Unknown), before).ok());
    silent.is_none_or(|told| told.value.keys().all(|path| grade(path) != Grade::Residence))
}

/// The likeliest first, then what is to be checked, what is held, what is not.
fn rank(status: &str) -> u8 {
    match status {
        "claimable" => 0,
        "in_progress" => 1,
        "held" => 2,
        "to_check" => 3,
        "not_asked" => 4,
        "declined_to_say" => 5,
        _ => 6,
    }
}

fn lines(file: &DiagnosisFile, step: &Step) -> Vec<RightLine> {
    let items = kept::items(file);
    let kept = kept_statuses(file);
    let mut lines: Vec<RightLine> = step
        .diagnosis
        .rights
        .iter()
        .map(|(key, told)| line(key, told, kept.as_ref().and_then(|kept| kept.get(key)), items.get(key)))
        .collect();
    let worth = |line: &RightLine| {
        let monthly = line.monthly.map_or(0, |[_, hi]| hi.saturating_mul(12));
        monthly.max(line.yearly.map_or(0, |[_, hi]| hi))
    };
    lines.sort_by(|one, other| {
        let place = |line: &RightLine| (rank(&line.status), std::cmp::Reverse(worth(line)));
        place(one).cmp(&place(other)).then_with(|| one.name.cmp(&other.name))
    });
    lines
}

/// What was told when the diagnosis was closed.
fn kept_statuses(file: &DiagnosisFile) -> Option<Statuses> {
    if file.row.closed_at > 0 { kept::json(&file.state, d::statuses) } else { None }
}

/// The rules are typed with the apostrophe of a keyboard; a screen shows that of print.
fn printed(text: &str) -> String {
    text.replace('\'', "’")
}

/// The name of a right by its key; the key itself for one of a newer version, empty for none.
pub(crate) fn right_name(key: &str) -> String {
    let name = engine().ok().and_then(|engine| engine.name_of(key));
    name.map_or_else(|| key.to_owned(), printed)
}

/// What to bring for a right by its key; nothing for one of a newer version.
pub(crate) fn documents(key: &str) -> Vec<String> {
    let documents = engine().ok().and_then(|engine| engine.documents_of(key));
    all_printed(documents.unwrap_or_default())
}

fn all_printed(texts: &[String]) -> Vec<String> {
    texts.iter().map(|text| printed(text)).collect()
}

fn line(key: &str, told: &RightTold, kept: Option<&KeptStatus>, item: Option<&Item>) -> RightLine {
    let about = told.about.as_ref();
    let (status, monthly, yearly) = match kept {
        Some(kept) => (kept.status.clone(), kept.monthly, kept.yearly),
        None => (told.status.clone(), told.monthly_cents, told.yearly_cents),
    };
    RightLine {
        right: key.to_owned(),
        name: about.map_or_else(|| key.to_owned(), |about| printed(&about.name)),
        status,
        monthly,
        yearly,
        decides: about.map(|about| printed(&about.decides)).unwrap_or_default(),
        stale: !told.stale.is_empty(),
        non_take_up: item.map(|item| item.non_take_up.clone()).unwrap_or_default(),
        follow_up: item.map(|item| item.follow_up.clone()).unwrap_or_default(),
    }
}

/// Names of the rights that today's figures tell otherwise than those of the closed diagnosis. What hangs on an answer that
/// was never kept cannot be told again, and is left out.
fn to_review(file: &DiagnosisFile, today: &Diagnosis) -> Vec<String> {
    let (Some(kept), Some(pack)) = (kept_statuses(file), kept::json::<KeptPack>(&file.state, d::pack)) else {
        return Vec::new();
    };
    if pack == KeptPack::of(today) {
        return Vec::new();
    }
    let residence: BTreeMap<String, String> = kept::json(&file.state, d::residence).unwrap_or_default();
    let statuses = kept::statuses(today);
    let differs = |key: &&String| !residence.contains_key(*key) && statuses.get(*key) != kept.get(*key);
    let name = |key: &String| {
        let about = today.rights.get(key).and_then(|told| told.about.as_ref());
        about.map_or_else(|| key.clone(), |about| printed(&about.name))
    };
    kept.keys().chain(statuses.keys().filter(|key| !kept.contains_key(*key))).filter(differs).map(name).collect()
}

/// What the answers say, and whether the condition of residence is met for each right that has one.
pub(super) fn outcome(
    open: &Open,
    store: &Store,
    file: &DiagnosisFile,
) -> Result<(Diagnosis, BTreeMap<String, &'static str>), CommandError> {
    let told = told(open, file);
    let talk = interview(store, file)?;
    let refused = |refusal: palier_rights::reading::Refusal| CommandError::field(&refusal.field);
    let with = talk.step(&told).map_err(refused)?.diagnosis;
    let without: Vec<Told> = told
        .iter()
        .map(|one| Told {
            value: one
                .value
                .iter()
                .filter(|(path, _)| grade(path) != Grade::Residence)
                .map(|(path, value)| (path.clone(), value.clone()))
                .collect(),
            ..one.clone()
        })
        .collect();
    let bare = talk.step(&without).map_err(refused)?.diagnosis;
    let hangs = |told: &RightTold| told.missing.iter().any(|path| grade(path) == Grade::Residence);
    let mut residence = BTreeMap::new();
    for (key, _) in bare.rights.iter().filter(|(_, told)| hangs(told)) {
        let Some(told) = with.rights.get(key) else { continue };
        let met = match () {
            () if told.reasons.iter().any(|reason| RESIDENCE_REASONS.contains(&reason.as_str())) => "not_met",
            () if hangs(told) => "to_check",
            () => "met",
        };
        residence.insert(key.clone(), met);
    }
    Ok((with, residence))
}

pub(super) fn sheet(open: &Open, store: &Store, file: &DiagnosisFile, right: &str) -> Result<RightSheet, CommandError> {
    let told = told(open, file);
    let talk = interview(store, file)?;
    let step = talk.step(&told).map_err(|refusal| CommandError::field(&refusal.field))?;
    let told = step.diagnosis.rights.get(right).ok_or_else(CommandError::not_found)?;
    let item = kept::items(file).remove(right).unwrap_or_default();
    let line = lines(file, &step).into_iter().find(|line| line.right == right).ok_or_else(CommandError::not_found)?;
    let about = told.about.clone();
    let about = about.ok_or_else(CommandError::not_found)?;
    let household = match file.row.household {
        Some(household) => store.household(household)?,
        None => None,
    };
    Ok(RightSheet {
        household: household.as_ref().map(|file| file.id.to_string()).unwrap_or_default(),
        door: household.map(|file| file.door.to_string()).unwrap_or_default(),
        because: if line.status == told.status { all_printed(&told.because) } else { Vec::new() },
        line,
        theme: about.theme,
        article: about.article,
        documents: all_printed(&about.documents),
        pays: printed(&about.pays),
        apply: printed(&about.apply),
        affects: about.affects.iter().map(|affect| printed(&affect.sentence)).collect(),
        motive: item.motive,
        follow_up_at: (item.follow_up_at > 0).then(|| calendar::rfc3339(item.follow_up_at)),
        monthly_cents: item.monthly_cents,
        closed: file.row.closed_at > 0,
    })
}

impl Open {
    /// Remembers an answer that is told at the door and never written down; gone with the lock.
    pub(super) fn spoken(&self, diagnosis: Uuid, now: i64, told: &Told) {
        let mut spoken = crate::app::lock(&self.spoken);
        let of = spoken.entry(diagnosis).or_default();
        of.retain(|one| one.told.question != told.question);
        if kept::has_unkept(told) {
            of.push(kept::Spoken { at: now, told: told.clone() });
        }
    }

    fn spoken_of(&self, diagnosis: Uuid) -> Vec<kept::Spoken> {
        crate::app::lock(&self.spoken).get(&diagnosis).cloned().unwrap_or_default()
    }
}
