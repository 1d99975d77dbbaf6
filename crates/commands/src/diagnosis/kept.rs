//! A diagnosis as its records keep it: answers by question, statuses, what became of each right.

use std::collections::BTreeMap;

use palier_domain::calendar;
use palier_rights::interview::{Grade, Told, grade};
use palier_rights::month::{Day, Month};
use palier_rights::told::{Diagnosis, ENGINE, PackUsed};
use palier_store::read::diagnosis::{DiagnosisFile, answer_id};
use palier_store::{Draft, StoreError};
use palier_sync::catalogue::{answer as a, right_item as r};
use palier_sync::{RecordState, RecordType, ScopeKey, Value, resolve};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

/// What a right was told as when its diagnosis was closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct KeptStatus {
    /// A code of `DiagnosticState`.
    pub status: String,
    /// Lowest and highest amount a month, in cents.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub monthly: Option<[i64; 2]>,
    /// Lowest and highest amount a year, in cents.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub yearly: Option<[i64; 2]>,
}

/// What a closed diagnosis rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct KeptPack {
    #[serde(flatten)]
    pub pack: PackUsed,
    /// The version of the rules as code.
    pub engine: String,
}

impl KeptPack {
    pub(super) fn of(diagnosis: &Diagnosis) -> Self {
        Self { pack: diagnosis.pack.clone(), engine: ENGINE.to_owned() }
    }
}

/// Statuses by the key of the right.
pub(super) type Statuses = BTreeMap<String, KeptStatus>;

pub(super) fn statuses(diagnosis: &Diagnosis) -> Statuses {
    let kept = diagnosis.rights.iter().map(|(key, told)| {
        let kept = KeptStatus { status: told.status.clone(), monthly: told.monthly_cents, yearly: told.yearly_cents };
        (key.clone(), kept)
    });
    kept.collect()
}

/// What was said of a right besides its status.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Item {
    pub non_take_up: String,
    pub motive: String,
    pub follow_up: String,
    pub follow_up_at: i64,
    pub monthly_cents: Option<i64>,
}

pub(super) fn json<T: serde::de::DeserializeOwned>(state: &RecordState, field: u16) -> Option<T> {
    serde_json::from_str(&resolve::text(state, field)).ok()
}

/// What became of each right, by its key.
pub(super) fn items(file: &DiagnosisFile) -> BTreeMap<String, Item> {
    let item = |state: &RecordState| {
        let item = Item {
            non_take_up: resolve::text(state, r::non_take_up),
            motive: resolve::text(state, r::motive),
            follow_up: resolve::text(state, r::follow_up),
            follow_up_at: resolve::int(state, r::follow_up_at).unwrap_or(0),
            monthly_cents: resolve::int(state, r::monthly_cents),
        };
        (resolve::text(state, r::right), item)
    };
    file.items.iter().map(item).collect()
}

/// An answer with the moment it was told, UTC milliseconds.
#[derive(Debug, Clone)]
pub(crate) struct Spoken {
    pub at: i64,
    pub told: Told,
}

/// The answers of a diagnosis in the order they were told: those of its records, and those told and not kept.
pub(super) fn told(file: &DiagnosisFile, spoken: &[Spoken]) -> Vec<Told> {
    let kept = file.answers.iter().filter_map(|state| {
        let question = resolve::text(state, a::question);
        let mut value: Map<String, Json> = json(state, a::value).unwrap_or_default();
        value.extend(json::<Map<String, Json>>(state, a::health).unwrap_or_default());
        let no_closer = resolve::latest(state.field(a::no_closer)).is_some_and(|head| head.value.is_true());
        let at = resolve::int(state, a::at).unwrap_or(0);
        (!question.is_empty()).then_some(Spoken { at, told: Told { question, value, no_closer } })
    });
    let mut all: Vec<Spoken> = kept.collect();
    for one in spoken {
        // Told at the door after it was refused: the record says that it was refused, this says what it is.
        match all.iter_mut().find(|kept| kept.told.question == one.told.question) {
            Some(kept) => *kept = one.clone(),
            None => all.push(one.clone()),
        }
    }
    all.sort_by(|one, other| one.at.cmp(&other.at).then_with(|| one.told.question.cmp(&other.told.question)));
    all.into_iter().map(|one| one.told).collect()
}

/// What residence lets be written down: nothing of the answer itself, only that it was not given.
fn may_be_kept(path: &str, value: &Json) -> bool {
    let silence = value.get("unknown").is_some() || value.get("refused").is_some();
    grade(path) != Grade::Residence || silence
}

/// Whether the answer has a part that is told at the door and never written down.
pub(super) fn has_unkept(told: &Told) -> bool {
    told.value.iter().any(|(path, value)| !may_be_kept(path, value))
}

/// Writes an answer, what is linked to health in a field of its own. Residence is left out.
pub(super) fn write_answer(
    draft: &mut Draft<'_>,
    scope: ScopeKey,
    diagnosis: uuid::Uuid,
    told: &Told,
) -> Result<(), StoreError> {
    let id = answer_id(diagnosis, &told.question);
    let part = |health: bool| -> Value {
        let of =
            |(path, value): &(&String, &Json)| may_be_kept(path, value) && (grade(path) == Grade::Health) == health;
        let part: Map<String, Json> =
            told.value.iter().filter(of).map(|(path, value)| (path.clone(), value.clone())).collect();
        if part.is_empty() { Value::Null } else { Value::text(&Json::Object(part).to_string()) }
    };
    let fields = [
        (a::diagnosis, Value::text(&diagnosis.to_string())),
        (a::question, Value::text(&told.question)),
        (a::value, part(false)),
        (a::health, part(true)),
        (a::no_closer, if told.no_closer { Value::Bool(true) } else { Value::Null }),
        (a::at, Value::Int(draft.now_ms())),
    ];
    draft.make(scope, id, RecordType::Answer, &fields)?;
    Ok(())
}

/// The day of a moment, on the calendar of the place.
pub(super) fn day(utc_ms: i64) -> Day {
    let date = calendar::local_date(utc_ms);
    Day::parse(&date).unwrap_or(Day { month: Month::of(1970, 1), day: 1 })
}
