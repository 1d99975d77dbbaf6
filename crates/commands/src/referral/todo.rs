//! "À faire": what the day asks for, derived from what is recorded; nothing is left to a person's memory.
//!
//! A referral or a right asks for attention by itself when its time comes; a task is a visit or a call that someone planned.
//! What is put off is a task about its subject: it hides the subject until its day, on every tablet of the structure.

use palier_domain::calendar::{self, DAY_MS};
use palier_domain::place::derived_id;
use palier_domain::referral::{Next, Step};
use palier_domain::slip;
use palier_store::read::referral::{AskedRightRow, TaskRow};
use palier_store::{Draft, Store, StoreError};
use palier_sync::catalogue::{referral as rf, right_item as r, task as t};
use palier_sync::{RecordType, ScopeKey, Value, resolve};
use uuid::Uuid;

use super::{done, load, said, say};
use crate::App;
use crate::act::{act, id, new_id};
use crate::api::*;
use crate::app::lock;
use crate::diagnosis::{agreed, right_name};
use crate::place::{door_title, sector_of};
use crate::session::Open;

/// Items of an answer.
const ITEMS_MAX: u32 = 200;
/// A right that was asked for is asked about after this long.
const RIGHT_ANSWER_MS: i64 = 30 * DAY_MS;
/// New residents are welcomed within this long.
const WELCOME_MS: i64 = 60 * DAY_MS;
/// What is put off comes back after so many days.
const PUT_OFF_DAYS: i64 = 7;
/// Purposes that a person plans.
const PURPOSES: &[&str] = &["courtesy_visit", "promised_visit", "call", "bring_document", "accompany"];
/// Purpose of a task that only puts its subject off.
const CALL_BACK: &str = "call_back";
/// Purpose of the task that says that new residents were welcomed.
const WELCOME: &str = "welcome";
/// Longest time between two visits, in days.
const EVERY_DAYS_MAX: u16 = 366;

impl App {
    pub(crate) fn todo(&self, _: Nothing) -> Result<Todo, CommandError> {
        let open = self.open()?;
        let store = lock(&open.store);
        let now = self.now_ms(&store)?;
        Ok(Todo { items: items(&open, &store, now)?, action: String::new() })
    }

    pub(crate) fn settle_todo(&self, request: SettleTodo) -> Result<Todo, CommandError> {
        let open = self.unveiled()?;
        open.touch(self.clock());
        let mut store = lock(&open.store);
        let now = self.now_ms(&store)?;
        let item = items(&open, &store, now)?
            .into_iter()
            .find(|item| item.kind == request.kind && item.id == request.id)
            .ok_or_else(CommandError::not_found)?;
        if !item.outcomes.contains(&request.outcome) {
            return Err(CommandError::field("outcome"));
        }
        let subject = id(&item.id)?;
        match (item.kind.as_str(), request.outcome.as_str()) {
            ("task", outcome) => settle_task(&mut store, subject, outcome, now)?,
            (_, "put_off") => put_off(&open, &mut store, &item, subject, now)?,
            ("referral", outcome) => {
                let file = load(&store, subject)?;
                let told =
                    SayOfReferral { referral: item.id.clone(), what: outcome.to_owned(), ..SayOfReferral::default() };
                say(&mut store, &file, &said(&told)?, &told, now)?;
            }
            ("right", outcome) => follow_up(&mut store, subject, outcome, now)?,
            _ => welcomed(&open, &mut store, subject, now)?,
        }
        let todo = Todo { items: items(&open, &store, now)?, action: done(&store)? };
        drop(store);
        self.wrote(&["referrals", "households"]);
        Ok(todo)
    }

    pub(crate) fn plan_task(&self, request: PlanTask) -> Result<HouseholdSheet, CommandError> {
        if !PURPOSES.contains(&request.purpose.as_str()) {
            return Err(CommandError::field("purpose"));
        }
        if !calendar::is_date(&request.due_on) {
            return Err(CommandError::field("due_on"));
        }
        if request.every_days > EVERY_DAYS_MAX {
            return Err(CommandError::field("every_days"));
        }
        let open = self.unveiled()?;
        let household = id(&request.household)?;
        agreed(&lock(&open.store), household)?;
        self.with_file(&request.household, |draft, file| {
            let scope = file.state.scope;
            let task = new_id();
            let fields = [
                (t::household, Value::text(&household.to_string())),
                (t::purpose, Value::text(&request.purpose)),
                (t::due_on, Value::text(&request.due_on)),
                (t::every_days, Value::Int(i64::from(request.every_days))),
            ];
            draft.make_undoable(scope, task, RecordType::Task, &fields, t::cancelled)?;
            draft.act(act("task", "", Some(file.door), None, 1));
            Ok(())
        })
    }
}

/// Tasks of a household that are to be done, for its file.
pub(crate) fn lines_of(store: &Store, household: Uuid) -> Result<Vec<TaskLine>, CommandError> {
    let mut lines = Vec::new();
    for row in store.tasks_of(household)?.into_iter().filter(|row| PURPOSES.contains(&row.purpose.as_str())) {
        let every = every_days(store, row.id)?;
        lines.push(TaskLine { id: row.id.to_string(), purpose: row.purpose, due_on: row.due_on, every_days: every });
    }
    Ok(lines)
}

/// The household does not agree to be contacted any more: what was planned there goes.
pub(crate) fn take_back(draft: &mut Draft<'_>, tasks: &[Uuid]) -> Result<(), StoreError> {
    for task in tasks {
        if let Some(state) = draft.state(*task)? {
            draft.set(state.scope, *task, RecordType::Task, &[(t::cancelled, Value::Bool(true))])?;
        }
    }
    Ok(())
}

fn every_days(store: &Store, task: Uuid) -> Result<u16, CommandError> {
    let state = store.task(task)?.map(|(_, state)| state);
    let days = state.and_then(|state| resolve::int(&state, t::every_days));
    Ok(days.and_then(|days| u16::try_from(days).ok()).unwrap_or(0))
}

fn items(open: &Open, store: &Store, now: i64) -> Result<Vec<TodoItem>, CommandError> {
    let today = calendar::local_date(now);
    let end_of_day = calendar::day_start_ms(now).saturating_add(DAY_MS - 1);
    let mut items = Vec::new();
    for referral in store.referrals_due(end_of_day, ITEMS_MAX)? {
        if !put_off_beyond(store, referral, &today)? {
            items.extend(of_referral(open, store, referral, now)?);
        }
    }
    for row in store.tasks_due(&today, ITEMS_MAX)?.into_iter().filter(|row| PURPOSES.contains(&row.purpose.as_str())) {
        items.extend(of_task(open, store, row, now)?);
    }
    for row in store.rights_asked(end_of_day.saturating_sub(RIGHT_ANSWER_MS), ITEMS_MAX)? {
        if !put_off_beyond(store, row.item, &today)? {
            items.extend(of_right(open, store, row, now)?);
        }
    }
    for (door, since) in store.moved_in_since(now.saturating_sub(WELCOME_MS), ITEMS_MAX)? {
        let known = store.task(derived_id("task", door, WELCOME))?;
        if known.is_none_or(|(row, _)| row.done_at < since) && !put_off_beyond(store, door, &today)? {
            items.push(of_door(store, door, since, now)?);
        }
    }
    items.sort_by(|one, other| (!one.urgent, &one.due_on, &one.id).cmp(&(!other.urgent, &other.due_on, &other.id)));
    items.truncate(ITEMS_MAX as usize);
    Ok(items)
}

/// How many things the day asks for.
pub(crate) fn count(open: &Open, store: &Store, now: i64) -> Result<u32, CommandError> {
    Ok(u32::try_from(items(open, store, now)?.len()).unwrap_or(u32::MAX))
}

fn put_off_beyond(store: &Store, subject: Uuid, today: &str) -> Result<bool, CommandError> {
    Ok(store.put_off_until(subject)?.is_some_and(|until| until.as_str() > today))
}

/// What an item says of its day.
fn dated(item: TodoItem, due_ms: i64, now: i64) -> TodoItem {
    let days = calendar::day_start_ms(now).saturating_sub(calendar::day_start_ms(due_ms)) / DAY_MS;
    TodoItem { due_on: calendar::local_date(due_ms), days: u32::try_from(days).unwrap_or(0), ..item }
}

fn empty(kind: &str, id: Uuid, what: &str, outcomes: &[&str]) -> TodoItem {
    TodoItem {
        kind: kind.to_owned(),
        id: id.to_string(),
        what: what.to_owned(),
        title: String::new(),
        place: String::new(),
        name: String::new(),
        due_on: String::new(),
        days: 0,
        urgent: false,
        phone: String::new(),
        outcomes: outcomes.iter().map(|code| (*code).to_owned()).collect(),
        household: String::new(),
        door: String::new(),
        diagnosis: String::new(),
        right: String::new(),
    }
}

/// Where a household lives and, without the veil, its name; none when it does not agree any more.
fn at_household(open: &Open, store: &Store, item: TodoItem, household: Uuid) -> Result<Option<TodoItem>, CommandError> {
    if agreed(store, household).is_err() {
        return Ok(None);
    }
    let Some(file) = store.household(household)? else { return Ok(None) };
    let name = if open.veiled() { String::new() } else { store.household_name(household)? };
    Ok(Some(TodoItem {
        place: door_title(store, file.door)?,
        name,
        household: household.to_string(),
        door: file.door.to_string(),
        ..item
    }))
}

fn of_referral(open: &Open, store: &Store, referral: Uuid, now: i64) -> Result<Option<TodoItem>, CommandError> {
    let Some(file) = store.referral(referral)? else { return Ok(None) };
    let Some(Next { what, at_ms }) = file.reading.next(file.row.urgent, now) else { return Ok(None) };
    let outcomes: &[&str] = match what {
        Step::HandOver => &["put_off"],
        Step::AskPartner | Step::Silent => &["received", "accepted", "attended", "put_off"],
        Step::AskWhere => &["attended", "put_off"],
        Step::AskPerson => &["attended", "no_show", "put_off"],
        Step::AskResult => &["closed_success", "closed_without_result", "put_off"],
        Step::ResumeContact => &["lost_contact", "put_off"],
    };
    // A partner who is silent for a month already said "received", or never will.
    let allowed = |code: &&&str| {
        let what = palier_domain::referral::Written { what: (**code).to_owned(), ..Default::default() }.read();
        what.is_none_or(|what| file.reading.at(now).after(&what).is_some())
    };
    let outcomes: Vec<&str> = outcomes.iter().filter(allowed).copied().collect();
    let service = open.services.line(store, &resolve::text(&file.state, rf::service), None, now)?;
    let item = TodoItem {
        title: resolve::text(&file.state, rf::service_name),
        urgent: file.row.urgent,
        phone: service.map(|(_, phone)| phone).unwrap_or_default(),
        ..empty("referral", referral, what.code(), &outcomes)
    };
    let item = dated(item, at_ms, now);
    match file.row.household {
        Some(household) => at_household(open, store, item, household),
        None => Ok(Some(TodoItem { place: slip::shown(&file.row.slip), ..item })),
    }
}

fn of_task(open: &Open, store: &Store, row: TaskRow, now: i64) -> Result<Option<TodoItem>, CommandError> {
    let Some(household) = row.household else { return Ok(None) };
    let item = empty("task", row.id, &row.purpose, &["done", "nobody", "put_off", "cancelled"]);
    let due_ms = calendar::parse_rfc3339(&format!("{}T12:00:00Z", row.due_on)).unwrap_or(now);
    at_household(open, store, dated(item, due_ms, now), household)
}

fn of_right(open: &Open, store: &Store, row: AskedRightRow, now: i64) -> Result<Option<TodoItem>, CommandError> {
    let Some(state) = store.record(row.item)? else { return Ok(None) };
    let right = resolve::text(&state, r::right);
    let item = TodoItem {
        title: right_name(&right),
        diagnosis: row.diagnosis.to_string(),
        right,
        ..empty("right", row.item, "ask_right", &["granted", "refused", "nothing", "put_off"])
    };
    let item = dated(item, row.asked_at.saturating_add(RIGHT_ANSWER_MS), now);
    match row.household {
        Some(household) => at_household(open, store, item, household),
        None => {
            let slip = store.diagnosis(row.diagnosis)?.map(|file| slip::shown(&file.row.slip));
            Ok(Some(TodoItem { place: slip.unwrap_or_default(), ..item }))
        }
    }
}

fn of_door(store: &Store, door: Uuid, since: i64, now: i64) -> Result<TodoItem, CommandError> {
    let item = empty("welcome", door, WELCOME, &["done", "put_off"]);
    let item = TodoItem { place: door_title(store, door)?, door: door.to_string(), ..item };
    Ok(dated(item, since, now))
}

/// A task is done, again in so many days, put off, or given up.
fn settle_task(store: &mut Store, task: Uuid, outcome: &str, now: i64) -> Result<(), CommandError> {
    let (_, state) = store.task(task)?.ok_or_else(CommandError::not_found)?;
    let every = i64::from(every_days(store, task)?);
    let (scope, kind) = (state.scope, RecordType::Task);
    let day = |days: i64| Value::text(&calendar::local_date(now.saturating_add(days * DAY_MS)));
    store.write(now, |draft| {
        match outcome {
            "cancelled" => draft.set_undoable(scope, task, kind, t::cancelled, Value::Bool(true))?,
            // Nobody was there, or another day: it comes back.
            "nobody" | "put_off" => draft.set_undoable(scope, task, kind, t::due_on, day(PUT_OFF_DAYS))?,
            _ if every > 0 => draft.set_undoable(scope, task, kind, t::due_on, day(every))?,
            _ => draft.set_undoable(scope, task, kind, t::done_at, Value::Int(now))?,
        };
        draft.set_undoable(scope, task, kind, t::outcome, Value::text(outcome))?;
        draft.act(act("task_settled", "", None, None, 1));
        Ok::<_, CommandError>(())
    })?;
    Ok(())
}

/// Hides a referral, a right or a door until the day comes.
fn put_off(open: &Open, store: &mut Store, item: &TodoItem, subject: Uuid, now: i64) -> Result<(), CommandError> {
    let scope = scope_of(open, store, item, subject)?;
    let day = calendar::local_date(now.saturating_add(PUT_OFF_DAYS * DAY_MS));
    let task = derived_id("task", subject, CALL_BACK);
    store.write(now, |draft| {
        let fields = [(t::subject, Value::text(&subject.to_string())), (t::purpose, Value::text(CALL_BACK))];
        draft.make(scope, task, RecordType::Task, &fields)?;
        draft.set_undoable(scope, task, RecordType::Task, t::due_on, Value::text(&day))?;
        draft.act(act("put_off", "", None, None, 1));
        Ok::<_, CommandError>(())
    })?;
    Ok(())
}

fn scope_of(open: &Open, store: &Store, item: &TodoItem, subject: Uuid) -> Result<ScopeKey, CommandError> {
    if item.kind != "welcome" {
        return Ok(store.record(subject)?.ok_or_else(CommandError::not_found)?.scope);
    }
    let door = store.door(subject)?.ok_or_else(CommandError::not_found)?;
    Ok(open.files_in(sector_of(store, door.stair)?))
}

fn follow_up(store: &mut Store, item: Uuid, outcome: &str, now: i64) -> Result<(), CommandError> {
    let scope = store.record(item)?.ok_or_else(CommandError::not_found)?.scope;
    store.write(now, |draft| {
        draft.set_undoable(scope, item, RecordType::RightItem, r::follow_up, Value::text(outcome))?;
        draft.set(scope, item, RecordType::RightItem, &[(r::follow_up_at, Value::Int(now))])?;
        draft.act(act("right", "", None, None, 1));
        Ok::<_, CommandError>(())
    })?;
    Ok(())
}

fn welcomed(open: &Open, store: &mut Store, door: Uuid, now: i64) -> Result<(), CommandError> {
    let item = empty("welcome", door, WELCOME, &[]);
    let scope = scope_of(open, store, &item, door)?;
    let task = derived_id("task", door, WELCOME);
    store.write(now, |draft| {
        let fields = [(t::subject, Value::text(&door.to_string())), (t::purpose, Value::text(WELCOME))];
        draft.make(scope, task, RecordType::Task, &fields)?;
        draft.set_undoable(scope, task, RecordType::Task, t::done_at, Value::Int(now))?;
        draft.act(act("welcomed", "", Some(door), None, 1));
        Ok::<_, CommandError>(())
    })?;
    Ok(())
}
