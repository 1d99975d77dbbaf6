//! Who takes a stair today: said, so that two teams do not climb the same one. It forbids nothing, and is over at midnight.

use palier_domain::calendar;
use palier_store::Store;
use palier_sync::catalogue::stair as s;
use palier_sync::{Edit, FieldState, Head, HeadId, RecordType, Value, resolve};
use uuid::Uuid;

use crate::App;
use crate::act::{id, place};
use crate::api::*;
use crate::app::lock;
use crate::session::Open;

impl App {
    pub(crate) fn take_stair(&self, request: TakeStair) -> Result<StairPlan, CommandError> {
        let open = self.open()?;
        open.touch(self.clock());
        let mut store = lock(&open.store);
        let now = self.now_ms(&store)?;
        let row = store.stair(id(&request.stair)?)?.ok_or_else(CommandError::not_found)?;
        let state = store.record(row.id)?.ok_or_else(CommandError::not_found)?;
        let me = open.identity.enrolled.profile.to_string();
        let field = state.field(s::taken_by);
        let is_mine = |head: &Head| head.value.as_text() == me;
        let held = today(field, now).heads.iter().any(&is_mine);
        if held != request.taken {
            // What was said another day, and what one said oneself, is replaced; what another said today stands: first come.
            let past = |head: &&Head| is_mine(head) || !is_today(head, now);
            let bases: Vec<HeadId> = field.heads.iter().filter(past).map(|head| head.id).collect();
            let value = if request.taken { Value::text(&me) } else { Value::Null };
            store.write(now, |draft| {
                let edit = Edit { field: s::taken_by, value, bases };
                draft.replace(place(row.sector), row.id, RecordType::Stair, vec![edit])?;
                Ok::<_, CommandError>(())
            })?;
        }
        let plan = crate::place::plan(&open, &store, row.id, now)?;
        drop(store);
        self.wrote(&["places"]);
        Ok(plan)
    }
}

/// Who has a stair today; none when nobody said so.
pub(crate) fn taken(open: &Open, store: &Store, stair: Uuid, now: i64) -> Result<Option<Taken>, CommandError> {
    let Some(state) = store.record(stair)? else { return Ok(None) };
    let field = today(state.field(s::taken_by), now);
    let Some(head) = resolve::claim(&field) else { return Ok(None) };
    let profile = Uuid::parse_str(head.value.as_text()).unwrap_or_default();
    let known = store.profiles()?.into_iter().find(|known| known.id == profile);
    Ok(Some(Taken {
        who: known.map(|known| known.display_name).unwrap_or_default(),
        mine: profile == open.identity.enrolled.profile,
        at: calendar::rfc3339(head.stamp.utc_ms()),
    }))
}

/// What was said today, and nothing older.
fn today(field: &FieldState, now: i64) -> FieldState {
    let mut field = field.clone();
    field.heads.retain(|head| is_today(head, now));
    field
}

fn is_today(head: &Head, now: i64) -> bool {
    calendar::local_date(head.stamp.utc_ms()) == calendar::local_date(now)
}

#[cfg(test)]
mod tests {
    use palier_sync::catalogue::profile;
    use palier_sync::{Body, Change, Dot, ScopeKey, Stamp, clock};
    use serde_json::{Value as Json, json};

    use super::*;
    use crate::rig::{NOW, PIN, Tablet};

    const KARIM: Uuid = Uuid::from_u128(22);

    /// What Karim's tablet says of himself, and of a stair that he takes at a time.
    fn karim(tablet: &Tablet, stair: &Json, at_ms: i64) {
        let change = |sequence: u64, scope: ScopeKey, record: Uuid, kind: RecordType, field: u16, value: &str| Change {
            dot: Dot { replica: 6, sequence },
            stamp: Stamp { time: clock::ntp_of(at_ms), replica: 6 },
            effective: None,
            scope,
            record,
            kind: kind.number(),
            body: Body::Set(vec![Edit { field, value: Value::text(value), bases: vec![] }]),
        };
        let open = tablet.app.open().unwrap();
        let team = ScopeKey::Team { structure: open.structure() };
        let stair = id(stair["stair"].as_str().unwrap()).unwrap();
        let changes = [
            change(1, team, KARIM, RecordType::Profile, profile::display_name, "Karim"),
            change(2, place(tablet.sector), stair, RecordType::Stair, s::taken_by, &KARIM.to_string()),
        ];
        lock(&open.store).apply(&changes, at_ms).unwrap();
    }

    fn takes(tablet: &Tablet, stair: &Json, taken: bool) -> Json {
        said(&tablet.call("take_stair", json!({ "stair": stair["stair"], "taken": taken })))
    }

    /// Who has it, and whether that is oneself.
    fn said(plan: &Json) -> Json {
        json!([plan["taken_by"]["who"], plan["taken_by"]["mine"]])
    }

    #[test]
    fn the_first_has_it_and_who_gives_it_back_leaves_it_to_the_other() {
        let tablet = Tablet::enrolled();
        let stair = tablet.stair();
        assert_eq!(said(&tablet.plan(&stair)), json!([null, null]));
        tablet.clock.pass(120_000);
        assert_eq!(takes(&tablet, &stair, true)[1], true);
        // Karim had taken it before, on a tablet that is heard of later.
        karim(&tablet, &stair, NOW + 60_000);
        assert_eq!(said(&tablet.plan(&stair)), json!(["Karim", false]));
        assert_eq!(takes(&tablet, &stair, false), json!(["Karim", false]));
        assert_eq!(takes(&tablet, &stair, true), json!(["Karim", false]), "who asks again comes second");
        tablet.clock.pass(86_400_000);
        let profile = tablet.call("app_state", json!({}))["profiles"][0]["id"].clone();
        tablet.call("unlock", json!({ "profile": profile, "pin": PIN }));
        assert_eq!(said(&tablet.plan(&stair)), json!([null, null]), "over at midnight");
        assert_eq!(takes(&tablet, &stair, true)[1], true, "and what was said yesterday does not come first today");
        assert_eq!(takes(&tablet, &stair, false), json!([null, null]));
    }

    #[test]
    fn who_comes_later_does_not_take_it() {
        let tablet = Tablet::enrolled();
        let stair = tablet.stair();
        assert_eq!(takes(&tablet, &stair, true)[1], true);
        karim(&tablet, &stair, NOW + 60_000);
        assert_eq!(said(&tablet.plan(&stair))[1], true);
        assert_eq!(takes(&tablet, &stair, false), json!(["Karim", false]), "he had asked for it too");
    }
}
