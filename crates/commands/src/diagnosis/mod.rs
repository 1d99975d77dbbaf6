//! The diagnosis at the door: one question after another, each answer durable before the next is shown.
//!
//! With an agreement it is the household's. Without one it hangs on a slip: no record of it names a door, and only this
//! tablet knows at which door it is under way, until it is closed or the day is over.

mod kept;
mod show;
#[cfg(test)]
mod tests;

pub(crate) use kept::Spoken;
pub(crate) use show::{documents, right_name};

use std::sync::LazyLock;

use palier_domain::agreement::{RECONTACT, RECORD_NOMINATIVE};
use palier_domain::slip;
use palier_rights::interview::{Interview, Reply, Silence, Told};
use palier_rights::survey::NonTakeUpType;
use palier_rights::told::Engine;
use palier_store::read::diagnosis::{DiagnosisFile, right_item_id};
use palier_store::{Store, acts::ActEdit};
use palier_sync::catalogue::{diagnosis as d, right_item as r};
use palier_sync::{RecordType, ScopeKey, Value, resolve};
use serde_json::json;
use uuid::Uuid;

use crate::App;
use crate::act::{act, id, new_id};
use crate::api::*;
use crate::app::lock;
use crate::place::sector_of;
use crate::session::Open;

/// Figures, rules and words, read once.
static ENGINE: LazyLock<Option<Engine>> = LazyLock::new(|| Engine::built_in().ok());

/// Questions of the quick mode (ux.md, U3).
const QUICK_QUESTIONS: usize = 8;
/// Where this tablet keeps at which door a slip's diagnosis is under way; never sent.
const AT_DOORS_FACT: &str = "slips_at_doors";
/// After this the door of a slip is forgotten, in ms.
const AT_DOOR_MS_MAX: i64 = 24 * 3_600_000;
/// Longest amount that a grant may have, in cents a month.
const GRANT_CENTS_MAX: i64 = 10_000_000;
/// What became of a right (model.md, RightFollowUp).
const FOLLOW_UPS: &[&str] = &["", "asked", "granted", "refused", "nothing"];

pub(super) fn engine() -> Result<&'static Engine, CommandError> {
    ENGINE.as_ref().ok_or_else(|| CommandError::new(ErrorCode::Internal, "rights"))
}

/// A slip's diagnosis under way at a door.
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
struct AtDoor {
    door: Uuid,
    diagnosis: Uuid,
    since: i64,
}

impl App {
    pub(crate) fn start_diagnosis(&self, request: StartDiagnosis) -> Result<DiagnosisView, CommandError> {
        let open = self.unveiled()?;
        open.touch(self.clock());
        let mut store = lock(&open.store);
        let now = self.now_ms(&store)?;
        let door = store.door(id(&request.door)?)?.ok_or_else(CommandError::not_found)?;
        let sector = sector_of(&store, door.stair)?;
        let household = if request.household.is_empty() { None } else { Some(id(&request.household)?) };
        let under_way = match household {
            Some(household) => {
                agreed(&store, household)?;
                store.diagnoses_of(household)?.into_iter().find(|row| row.closed_at == 0).map(|row| row.id)
            }
            None => at_door(&store, door.id, now)?,
        };
        let diagnosis = match under_way {
            Some(diagnosis) => diagnosis,
            None => {
                let scope = open.files_in(sector);
                let diagnosis = begin(&mut store, scope, now, household, (&door.id, &door.stair), request.quick)?;
                if household.is_none() {
                    let mut doors = doors(&store, now)?;
                    doors.push(AtDoor { door: door.id, diagnosis, since: now });
                    store.keep_fact(AT_DOORS_FACT, &doors)?;
                }
                diagnosis
            }
        };
        let view = show::view(&open, &store, &load(&store, diagnosis)?, "", now)?;
        drop(store);
        self.wrote(&["households", "places"]);
        Ok(view)
    }

    pub(crate) fn diagnosis(&self, request: DiagnosisRequest) -> Result<DiagnosisView, CommandError> {
        let open = self.unveiled()?;
        open.touch(self.clock());
        let store = lock(&open.store);
        let now = self.now_ms(&store)?;
        show::view(&open, &store, &load(&store, id(&request.diagnosis)?)?, &request.question, now)
    }

    pub(crate) fn answer_question(&self, request: AnswerQuestion) -> Result<DiagnosisView, CommandError> {
        let reply = reply(&request)?;
        self.with_diagnosis(&request.diagnosis, |open, store, file, now| {
            still_open(file)?;
            let all = show::told(open, file);
            let before = show::before(&all, &request.question, request.again);
            let talk = interview(store, file)?;
            let refused = |_| CommandError::field("answer");
            let told = talk.answer(&request.question, &reply, &before).map_err(refused)?;
            let mut after = all;
            after.retain(|one| one.question != told.question);
            after.push(told.clone());
            // An answer that contradicts another is refused by name before anything is written.
            talk.step(&after).map_err(|refusal| CommandError::field(&refusal.field))?;
            open.spoken(file.row.id, now, &told);
            store.write(now, |draft| kept::write_answer(draft, file.state.scope, file.row.id, &told))?;
            Ok(())
        })
    }

    pub(crate) fn continue_diagnosis(&self, request: DiagnosisRequest) -> Result<DiagnosisView, CommandError> {
        self.with_diagnosis(&request.diagnosis, |open, store, file, now| {
            still_open(file)?;
            // After the eight questions those of the rights with an amount; after these, those of the rules.
            let over = interview(store, file)?.step(&show::told(open, file)).is_ok_and(|step| step.further);
            let mode = [(d::mode, Value::text(if over { "all" } else { "full" }))];
            store.write(now, |draft| draft.set(file.state.scope, file.row.id, RecordType::Diagnosis, &mode))?;
            Ok(())
        })
    }

    pub(crate) fn close_diagnosis(&self, request: DiagnosisRequest) -> Result<DiagnosisView, CommandError> {
        self.with_diagnosis(&request.diagnosis, |open, store, file, now| {
            if file.row.closed_at > 0 {
                return Ok(());
            }
            let (diagnosis, residence) = show::outcome(open, store, file)?;
            let text = |value: Result<String, serde_json::Error>| {
                value.map(|text| Value::text(&text)).map_err(CommandError::bad_request)
            };
            let fields = [
                (d::statuses, text(serde_json::to_string(&kept::statuses(&diagnosis)))?),
                (d::pack, text(serde_json::to_string(&kept::KeptPack::of(&diagnosis)))?),
                (
                    d::residence,
                    if residence.is_empty() { Value::Null } else { Value::text(&json!(residence).to_string()) },
                ),
                (d::closed_at, Value::Int(now)),
            ];
            let (scope, id) = (file.state.scope, file.row.id);
            let door = doors(store, now)?.into_iter().find(|at| at.diagnosis == id).map(|at| at.door);
            store.write(now, |draft| {
                draft.set(scope, id, RecordType::Diagnosis, &fields)?;
                draft.undo_with(ActEdit {
                    record: id,
                    kind: RecordType::Diagnosis.number(),
                    scope,
                    field: d::closed_at,
                    head: draft.written(id, d::closed_at).pop(),
                    before: Value::Null,
                    after: Value::Int(now),
                });
                draft.act(act("diagnosis_closed", "", door, None, 1));
                Ok::<_, CommandError>(())
            })?;
            let mut doors = doors(store, now)?;
            doors.retain(|at| at.diagnosis != id);
            Ok(store.keep_fact(AT_DOORS_FACT, &doors)?)
        })
    }

    pub(crate) fn right(&self, request: RightRequest) -> Result<RightSheet, CommandError> {
        let open = self.unveiled()?;
        let store = lock(&open.store);
        show::sheet(&open, &store, &load(&store, id(&request.diagnosis)?)?, &request.right)
    }

    pub(crate) fn say_of_right(&self, request: SayOfRight) -> Result<RightSheet, CommandError> {
        check_said(&request)?;
        self.with_diagnosis(&request.diagnosis, |open, store, file, now| {
            show::sheet(open, store, file, &request.right)?;
            say(open, store, file, &request, now)
        })?;
        self.right(RightRequest { diagnosis: request.diagnosis, right: request.right })
    }

    fn with_diagnosis(
        &self,
        diagnosis: &str,
        change: impl FnOnce(&Open, &mut Store, &DiagnosisFile, i64) -> Result<(), CommandError>,
    ) -> Result<DiagnosisView, CommandError> {
        let open = self.unveiled()?;
        open.touch(self.clock());
        let mut store = lock(&open.store);
        let now = self.now_ms(&store)?;
        let file = load(&store, id(diagnosis)?)?;
        change(&open, &mut store, &file, now)?;
        let view = show::view(&open, &store, &load(&store, file.row.id)?, "", now)?;
        drop(store);
        self.wrote(&["households"]);
        Ok(view)
    }
}

fn load(store: &Store, diagnosis: Uuid) -> Result<DiagnosisFile, CommandError> {
    let file = store.diagnosis(diagnosis)?.ok_or_else(CommandError::not_found)?;
    if let Some(household) = file.row.household {
        agreed(store, household)?;
    }
    Ok(file)
}

/// A household's diagnosis is read and written while the household agrees to be followed.
pub(crate) fn agreed(store: &Store, household: Uuid) -> Result<(), CommandError> {
    let file = store.household(household)?.ok_or_else(CommandError::not_found)?;
    if file.allows(RECORD_NOMINATIVE) || file.allows(RECONTACT) {
        Ok(())
    } else {
        Err(CommandError::new(ErrorCode::AgreementNeeded, RECONTACT))
    }
}

fn still_open(file: &DiagnosisFile) -> Result<(), CommandError> {
    if file.row.closed_at == 0 { Ok(()) } else { Err(CommandError::field("diagnosis")) }
}

fn interview(store: &Store, file: &DiagnosisFile) -> Result<Interview<'static>, CommandError> {
    // The month of a birth is asked for a file that may name people; a year is enough for a slip.
    let named = match file.row.household {
        Some(household) => store.agreement(household, RECORD_NOMINATIVE)?.allows(),
        None => false,
    };
    let closer = resolve::text(&file.state, d::mode) != "quick";
    Ok(Interview { engine: engine()?, day: kept::day(file.row.started_at), birth_months: named, closer })
}

/// Doors of this tablet where a slip's diagnosis is under way today.
fn doors(store: &Store, now: i64) -> Result<Vec<AtDoor>, CommandError> {
    let mut doors: Vec<AtDoor> = store.fact(AT_DOORS_FACT)?.unwrap_or_default();
    doors.retain(|at| now.saturating_sub(at.since) < AT_DOOR_MS_MAX);
    Ok(doors)
}

/// The diagnosis under way at a door without a household's agreement.
pub(crate) fn at_door(store: &Store, door: Uuid, now: i64) -> Result<Option<Uuid>, CommandError> {
    for at in doors(store, now)?.into_iter().filter(|at| at.door == door) {
        if store.diagnosis(at.diagnosis)?.is_some_and(|file| file.row.closed_at == 0) {
            return Ok(Some(at.diagnosis));
        }
    }
    Ok(None)
}

/// Diagnoses of a household, for its file.
pub(crate) fn lines(store: &Store, household: Uuid) -> Result<Vec<DiagnosisLine>, CommandError> {
    let line = |row: palier_store::read::diagnosis::DiagnosisRow| DiagnosisLine {
        id: row.id.to_string(),
        started_at: palier_domain::calendar::rfc3339(row.started_at),
        open: row.closed_at == 0,
    };
    Ok(store.diagnoses_of(household)?.into_iter().map(line).collect())
}

fn begin(
    store: &mut Store,
    scope: ScopeKey,
    now: i64,
    household: Option<Uuid>,
    (door, stair): (&Uuid, &Uuid),
    quick: bool,
) -> Result<Uuid, CommandError> {
    let slip = if household.is_some() { Value::Null } else { Value::text(&new_slip(store)?) };
    let written = store.write(now, |draft| {
        let diagnosis = new_id();
        let fields = [
            (d::household, household.map_or(Value::Null, |household| Value::text(&household.to_string()))),
            (d::slip, slip),
            (d::started_at, Value::Int(now)),
            (d::mode, Value::text(if quick { "quick" } else { "full" })),
        ];
        draft.make_undoable(scope, diagnosis, RecordType::Diagnosis, &fields, d::cancelled)?;
        draft.act(act("diagnosis", "", Some(*door), Some(*stair), 1));
        Ok::<_, CommandError>(diagnosis)
    })?;
    Ok(written.answer)
}

/// A code that no diagnosis, no referral and no answer of this tablet has. Forty random bits: two tablets do not meet.
pub(crate) fn new_slip(store: &Store) -> Result<String, CommandError> {
    loop {
        let [a, b, c, d, e, ..] = *Uuid::new_v4().as_bytes();
        if let Some(code) = slip::make([a, b, c, d, e])
            && store.diagnosis_of_slip(&code)?.is_none()
            && store.referrals_of_slip(&code)?.is_empty()
            && store.trust_of_slip(&code)?.is_empty()
        {
            return Ok(code);
        }
    }
}

fn reply(request: &AnswerQuestion) -> Result<Reply, CommandError> {
    match (request.silence.as_str(), request.typed) {
        ("unknown", None) if request.choices.is_empty() => Ok(Reply::Silent(Silence::Unknown)),
        ("refused", None) if request.choices.is_empty() => Ok(Reply::Silent(Silence::Refused)),
        ("", Some(number)) if request.choices.is_empty() => Ok(Reply::Typed(number)),
        ("", None) => Ok(Reply::Choices(request.choices.clone())),
        _ => Err(CommandError::field("answer")),
    }
}

fn check_said(request: &SayOfRight) -> Result<(), CommandError> {
    let kind = request.non_take_up.as_deref().unwrap_or_default();
    let kind = NonTakeUpType::ALL.into_iter().find(|known| known.code() == kind);
    if kind.is_none() && request.non_take_up.as_ref().is_some_and(|kind| !kind.is_empty()) {
        return Err(CommandError::field("non_take_up"));
    }
    if let Some(motive) = request.motive.as_deref().filter(|motive| !motive.is_empty())
        && !kind.map_or_else(any_motive, |kind| kind.motives().to_vec()).contains(&motive)
    {
        return Err(CommandError::field("motive"));
    }
    if request.follow_up.as_deref().is_some_and(|code| !FOLLOW_UPS.contains(&code)) {
        return Err(CommandError::field("follow_up"));
    }
    if request.standing.as_deref().is_some_and(|code| !["", "held", "in_progress"].contains(&code)) {
        return Err(CommandError::field("standing"));
    }
    if request.monthly_cents.is_some_and(|cents| !(0..=GRANT_CENTS_MAX).contains(&cents)) {
        return Err(CommandError::field("monthly_cents"));
    }
    Ok(())
}

fn any_motive() -> Vec<&'static str> {
    NonTakeUpType::ALL.into_iter().flat_map(|kind| kind.motives().iter().copied()).collect()
}

fn say(
    open: &Open,
    store: &mut Store,
    file: &DiagnosisFile,
    request: &SayOfRight,
    now: i64,
) -> Result<(), CommandError> {
    let (scope, diagnosis) = (file.state.scope, file.row.id);
    let standing = match &request.standing {
        Some(standing) => {
            still_open(file)?;
            Some(standing_answer(&show::told(open, file), &request.right, standing))
        }
        None => None,
    };
    store.write(now, |draft| {
        if let Some(told) = &standing {
            kept::write_answer(draft, scope, diagnosis, told)?;
        }
        let texts =
            [(r::non_take_up, &request.non_take_up), (r::motive, &request.motive), (r::follow_up, &request.follow_up)];
        if texts.iter().all(|(_, text)| text.is_none()) && request.monthly_cents.is_none() {
            return Ok(());
        }
        let item = right_item_id(diagnosis, &request.right);
        let named = [(r::diagnosis, Value::text(&diagnosis.to_string())), (r::right, Value::text(&request.right))];
        draft.make(scope, item, RecordType::RightItem, &named)?;
        for (field, text) in texts {
            if let Some(text) = text {
                draft.set_undoable(scope, item, RecordType::RightItem, field, Value::text(text))?;
            }
        }
        if request.follow_up.is_some() {
            draft.set(scope, item, RecordType::RightItem, &[(r::follow_up_at, Value::Int(now))])?;
        }
        if let Some(cents) = request.monthly_cents {
            draft.set_undoable(scope, item, RecordType::RightItem, r::monthly_cents, Value::Int(cents))?;
        }
        draft.act(act("right", "", None, None, 1));
        Ok::<_, CommandError>(())
    })?;
    Ok(())
}

/// What comes in already, with one right more or less.
fn standing_answer(told: &[Told], right: &str, standing: &str) -> Told {
    let known = told.iter().find(|one| one.question == "droits");
    let mut answer = known.cloned().unwrap_or_else(|| Told {
        question: "droits".to_owned(),
        value: serde_json::Map::new(),
        no_closer: false,
    });
    let rights = answer.value.entry("droits").or_insert_with(|| json!({}));
    if let Some(rights) = rights.as_object_mut() {
        if standing.is_empty() {
            rights.remove(right);
        } else {
            rights.insert(right.to_owned(), json!(standing));
        }
    }
    if right == "rsa" && standing == "held" {
        answer.value.remove("rsa_percu_mensuel");
    }
    answer
}
