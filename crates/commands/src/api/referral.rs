//! Referrals: a person is handed on to a service, and the loop is closed.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::ServiceLine;

/// `refer`: the person agrees, and is handed on; the answer is the first referral. One of `household` and `door` says whose it is: without a household it hangs on
/// a slip.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
#[serde(deny_unknown_fields)]
pub struct Refer {
    /// Household id; empty without an agreement.
    pub household: String,
    /// Door id: only its sector is kept when there is no household.
    pub door: String,
    /// Diagnosis it comes from; may be empty.
    pub diagnosis: String,
    /// Right it is about; may be empty.
    pub right: String,
    /// Theme of needs; may be empty.
    pub need: String,
    /// Keys of the services, at most three: one slip for all of them.
    pub services: Vec<String>,
    /// A reminder after 48 hours instead of ten days.
    pub urgent: bool,
    /// `slip`, `phone`, `email`, `accompanied`.
    pub means: String,
    /// What the person agrees to tell the service: `name`, `phone`, `need`, `composition`.
    pub share: Vec<String>,
}

/// `referral`.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
#[serde(deny_unknown_fields)]
pub struct ReferralRequest {
    /// Referral id.
    pub referral: String,
}

/// A referral of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
pub struct ReferralLine {
    /// Referral id.
    pub id: String,
    /// Name of the service.
    pub service_name: String,
    /// State code.
    pub state: String,
    /// When it was made (instant).
    pub opened_at: String,
    /// It is over.
    pub ended: bool,
    /// What the person agreed to be told to it: `need`, `name`, `phone`, `composition`.
    pub shared: Vec<String>,
    /// The agreement can still be taken back.
    pub revocable: bool,
}

/// A referral with what happened to it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
pub struct ReferralSheet {
    /// Referral id.
    pub id: String,
    /// Household id; empty when it hangs on a slip.
    pub household: String,
    /// Door of the household; empty when it hangs on a slip.
    pub door: String,
    /// Where, when it is a household's.
    pub place_name: String,
    /// Code of its slip, as it is shown: `ABCD-EFGH-J`.
    pub slip: String,
    /// The code as a picture (SVG).
    pub slip_qr: String,
    /// Name of the service, as it was.
    pub service_name: String,
    /// The service as the directory has it now; none when it is in it no more.
    pub service: Option<ServiceLine>,
    /// Phone of the service.
    pub phone: String,
    /// Theme of needs.
    pub need: String,
    /// Right it is about.
    pub right: String,
    /// Name of the right.
    pub right_name: String,
    /// A reminder after 48 hours.
    pub urgent: bool,
    /// State code.
    pub state: String,
    /// The partner's first answer came after the expiry.
    pub answered_late: bool,
    /// What is to be done next (step code); empty when nothing is.
    pub next: String,
    /// From when on (instant).
    pub next_at: Option<String>,
    /// The time set with the partner (instant).
    pub appointment: Option<String>,
    /// What the person agreed to tell the service.
    pub shared: Vec<String>,
    /// How it was handed over.
    pub means: String,
    /// What can be said of it now (codes).
    pub offered: Vec<String>,
    /// What happened, the latest first.
    pub events: Vec<ReferralEventLine>,
    /// Other referrals with the same slip.
    pub others: Vec<ReferralLine>,
    /// What was just done, for its undo; empty when it was only read.
    pub action: String,
}

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
pub struct ReferralEventLine {
    /// Event id.
    pub id: String,
    /// Code.
    pub what: String,
    /// When (instant).
    pub at: String,
    /// First name of who wrote it; empty when not known here.
    pub author: String,
    /// How it was handed over.
    pub means: String,
    /// The time set (instant).
    pub due: Option<String>,
    /// Who said it.
    pub source: String,
    /// Why the partner does not take it.
    pub reason: String,
    /// What came of it.
    pub result: String,
    /// `yes`, `no`, or empty.
    pub first_time: String,
    /// It changed nothing: the state did not allow it.
    pub set_aside: bool,
}

/// `say_of_referral`: what happened.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
#[serde(deny_unknown_fields)]
pub struct SayOfReferral {
    /// Referral id.
    pub referral: String,
    /// Code of what happened, one of `offered`.
    pub what: String,
    /// The time set (instant), for `appointment`.
    pub due: String,
    /// Who said it: `partner_phone`, `partner_slip`, `mediator_saw`, `person_said`; may be empty.
    pub source: String,
    /// Why the partner does not take it, for `refused`; may be empty.
    pub reason: String,
    /// What came of it, for `closed_success`: `right_opened`, `enrolled`, `service_delivered`; may be empty.
    pub result: String,
    /// For the first time in this structure: `yes`, `no`, or empty.
    pub first_time: String,
}

/// `todo`: what the day asks for.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
pub struct Todo {
    /// At most 200, the most pressing first.
    pub items: Vec<TodoItem>,
    /// What was just done, for its undo; empty when it was only read.
    pub action: String,
}

/// A thing to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
pub struct TodoItem {
    /// `referral`, `right`, `task`, `welcome`.
    pub kind: String,
    /// Id of the referral, the record of the right, the task, or the door.
    pub id: String,
    /// What is to be done: a step of a referral, a purpose of a task, `ask_right`, `welcome`.
    pub what: String,
    /// Name of the service or of the right; empty for the others.
    pub title: String,
    /// Where, or the code of the slip.
    pub place: String,
    /// Name of the household, while an agreement allows it and the veil is off.
    pub name: String,
    /// Since when it is to be done (date).
    pub due_on: String,
    /// Days it has been waiting, 0 for today.
    pub days: u32,
    /// It is urgent.
    pub urgent: bool,
    /// Phone of the service, when there is one to call.
    pub phone: String,
    /// What can be said of it in one tap (codes).
    pub outcomes: Vec<String>,
    /// Household to open, empty for none.
    pub household: String,
    /// Door to open, empty for none.
    pub door: String,
    /// Diagnosis of the right, empty for none.
    pub diagnosis: String,
    /// Key of the right, empty for none.
    pub right: String,
}

/// `settle_todo`: what became of it, in one tap.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
#[serde(deny_unknown_fields)]
pub struct SettleTodo {
    /// Kind of the item.
    pub kind: String,
    /// Id of the item.
    pub id: String,
    /// One of its `outcomes`.
    pub outcome: String,
}

/// `plan_task`: a visit or a call to make at a household.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
#[serde(deny_unknown_fields)]
pub struct PlanTask {
    /// Household id: it agreed to be contacted again.
    pub household: String,
    /// `courtesy_visit`, `promised_visit`, `call`, `bring_document`, `accompany`.
    pub purpose: String,
    /// The day (date).
    pub due_on: String,
    /// Again after so many days, 0 for once.
    pub every_days: u16,
}

/// A task of a household.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
pub struct TaskLine {
    /// Task id.
    pub id: String,
    /// Code.
    pub purpose: String,
    /// The day (date).
    pub due_on: String,
    /// Again after so many days, 0 for once.
    pub every_days: u16,
}
