//! Actions away from the doors. People are counted in one tap and never named; tablets that count at one stand add up.

use palier_domain::calendar::{self, DAY_MS};
use palier_domain::{action as codes, action::is_counted};
use palier_store::read::action::{ActionRow, tally_id};
use palier_store::read::programme::SectorRow;
use palier_store::{Draft, Store};
use palier_sync::catalogue::{action as a, tally as t};
use palier_sync::{RecordType, Value, resolve};

use crate::App;
use crate::act::{act, id, new_id, place};
use crate::api::*;
use crate::app::lock;
use crate::visit::check_codes;

/// Longest name of an action, in characters.
const NAME_CHARS_MAX: usize = 80;
/// Actions are listed this long after they began.
const LISTED_MS: i64 = 30 * DAY_MS;
/// Why an action did not take place (model.md).
const REASONS: &[&str] = &["weather", "partner", "other"];

impl App {
    pub(crate) fn actions(&self, _: Nothing) -> Result<ActionsView, CommandError> {
        let open = self.open()?;
        let store = lock(&open.store);
        let now = self.now_ms(&store)?;
        let sectors = store.sectors()?;
        let mut actions = Vec::new();
        for id in store.actions_since(now.saturating_sub(LISTED_MS), codes::OPEN)? {
            if let Some(row) = store.action(id)? {
                actions.push(card(&sectors, &row));
            }
        }
        Ok(ActionsView { actions })
    }

    pub(crate) fn action(&self, request: ActionSheetRequest) -> Result<ActionSheet, CommandError> {
        let open = self.open()?;
        let store = lock(&open.store);
        sheet(&store, &load(&store, &request.action)?)
    }

    pub(crate) fn start_action(&self, request: StartAction) -> Result<ActionSheet, CommandError> {
        check_codes(std::slice::from_ref(&request.kind), codes::TYPES, "kind")?;
        check_codes(std::slice::from_ref(&request.place), codes::PLACES, "place")?;
        let name = request.name.trim();
        if name.chars().count() > NAME_CHARS_MAX || name.chars().any(char::is_control) {
            return Err(CommandError::field("name"));
        }
        let open = self.open()?;
        open.touch(self.clock());
        let mut store = lock(&open.store);
        let now = self.now_ms(&store)?;
        let sector = id(&request.sector)?;
        if !store.sectors()?.iter().any(|known| known.id == sector) {
            return Err(CommandError::not_found());
        }
        let fields = [
            (a::kind, Value::text(&request.kind)),
            (a::place, Value::text(&request.place)),
            (a::name, if name.is_empty() { Value::Null } else { Value::text(name) }),
            (a::status, Value::text(codes::OPEN)),
            (a::started_at, Value::Int(now)),
        ];
        let written = store.write(now, |draft| {
            let action = new_id();
            draft.make_undoable(place(sector), action, RecordType::Action, &fields, a::withdrawn)?;
            draft.act(act("action_start", &request.kind, None, None, 1));
            Ok::<_, CommandError>(action)
        })?;
        let sheet = sheet(&store, &store.action(written.answer)?.ok_or_else(CommandError::not_found)?)?;
        drop(store);
        self.wrote(&["actions"]);
        Ok(sheet)
    }

    /// One tap is one change: durable before the number on the screen moves. It is taken back by a tap, not by the journal.
    pub(crate) fn count(&self, request: CountRequest) -> Result<ActionSheet, CommandError> {
        if !is_counted(&request.code) {
            return Err(CommandError::field("code"));
        }
        if ![1, -1].contains(&request.by) {
            return Err(CommandError::field("by"));
        }
        self.with_open_action(&request.action, |draft, row| {
            if request.by < 0 && row.counts.get(&request.code).copied().unwrap_or(0) <= 0 {
                return Err(CommandError::field("by"));
            }
            let record = tally_id(row.id, &request.code);
            if draft.state(record)?.is_none() {
                let fields = [(t::action, Value::text(&row.id.to_string())), (t::code, Value::text(&request.code))];
                draft.make(place(row.sector), record, RecordType::Tally, &fields)?;
            }
            Ok(draft.count(place(row.sector), record, RecordType::Tally, t::count, i64::from(request.by))?)
        })
    }

    pub(crate) fn end_action(&self, request: EndAction) -> Result<ActionSheet, CommandError> {
        if !request.cancelled.is_empty() {
            check_codes(std::slice::from_ref(&request.cancelled), REASONS, "cancelled")?;
        }
        let (status, reason) = match request.cancelled.as_str() {
            "" => (codes::DONE, Value::Null),
            reason => (codes::CANCELLED, Value::text(reason)),
        };
        self.with_open_action(&request.action, |draft, row| {
            // A clock that was set back ends it no earlier than it began.
            let ended = Value::Int(draft.now_ms().max(row.started_at));
            for (field, value) in [(a::status, Value::text(status)), (a::reason, reason), (a::ended_at, ended)] {
                draft.set_undoable(place(row.sector), row.id, RecordType::Action, field, value)?;
            }
            draft.act(act("action_end", status, None, None, 1));
            Ok(())
        })
    }

    /// What is over is not written any more here; what another tablet counted meanwhile still adds up.
    fn with_open_action(
        &self,
        action: &str,
        change: impl FnOnce(&mut Draft<'_>, &ActionRow) -> Result<(), CommandError>,
    ) -> Result<ActionSheet, CommandError> {
        let open = self.open()?;
        open.touch(self.clock());
        let mut store = lock(&open.store);
        let now = self.now_ms(&store)?;
        let row = load(&store, action)?;
        if row.status != codes::OPEN {
            return Err(CommandError::field("status"));
        }
        store.write(now, |draft| change(draft, &row))?;
        let sheet = sheet(&store, &load(&store, action)?)?;
        drop(store);
        self.wrote(&["actions"]);
        Ok(sheet)
    }
}

fn load(store: &Store, action: &str) -> Result<ActionRow, CommandError> {
    store.action(id(action)?)?.ok_or_else(CommandError::not_found)
}

fn card(sectors: &[SectorRow], row: &ActionRow) -> ActionCard {
    let sector = sectors.iter().find(|sector| sector.id == row.sector);
    let people: i64 =
        row.counts.iter().filter(|(code, _)| codes::band(code).is_some()).map(|(_, count)| (*count).max(0)).sum();
    ActionCard {
        id: row.id.to_string(),
        kind: row.kind.clone(),
        place: row.place.clone(),
        name: resolve::text(&row.state, a::name),
        sector_name: sector.map(|sector| sector.name.clone()).unwrap_or_default(),
        status: row.status.clone(),
        started_at: calendar::rfc3339(row.started_at),
        ended_at: (row.ended_at > 0).then(|| calendar::rfc3339(row.ended_at)),
        people: u32::try_from(people).unwrap_or(u32::MAX),
    }
}

fn sheet(store: &Store, row: &ActionRow) -> Result<ActionSheet, CommandError> {
    let line = |(code, count): (&String, &i64)| CountLine {
        code: code.clone(),
        // Two tablets that each took the last one back leave less than nothing: nobody is there.
        count: u32::try_from((*count).max(0)).unwrap_or(u32::MAX),
    };
    Ok(ActionSheet {
        card: card(&store.sectors()?, row),
        reason: resolve::text(&row.state, a::reason),
        counts: row.counts.iter().map(line).filter(|line| line.count > 0).collect(),
    })
}

#[cfg(test)]
#[path = "action_tests.rs"]
mod tests;
