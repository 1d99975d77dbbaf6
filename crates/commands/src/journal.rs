//! The day's acts, each undone and redone.

use palier_domain::calendar;
use palier_store::Store;

use crate::App;
use crate::act::id;
use crate::api::*;
use crate::app::lock;
use crate::place::{door_title, stair_title};

impl App {
    pub(crate) fn journal(&self, _: Nothing) -> Result<JournalAnswer, CommandError> {
        let open = self.open()?;
        let store = lock(&open.store);
        lines(&store)
    }

    pub(crate) fn undo(&self, request: ActionRequest) -> Result<JournalAnswer, CommandError> {
        self.turn(&request, true)
    }

    pub(crate) fn redo(&self, request: ActionRequest) -> Result<JournalAnswer, CommandError> {
        self.turn(&request, false)
    }

    fn turn(&self, request: &ActionRequest, undo: bool) -> Result<JournalAnswer, CommandError> {
        let open = self.open()?;
        open.touch(self.clock());
        let mut store = lock(&open.store);
        let now = self.now_ms(&store)?;
        store.turn_act(id(&request.action)?, undo, now)?;
        let lines = lines(&store)?;
        drop(store);
        self.records_changed();
        self.wake.now();
        Ok(lines)
    }
}

fn lines(store: &Store) -> Result<JournalAnswer, CommandError> {
    let mut actions = Vec::new();
    for row in store.acts()? {
        let place_name = match (row.door, row.stair) {
            // A whole floor or stair is named by its stair.
            (Some(door), None) => door_title(store, door)?,
            (Some(door), Some(_)) if row.kind != "floor" => door_title(store, door)?,
            (_, Some(stair)) => store.stair(stair)?.map(|stair| stair_title(&stair)).unwrap_or_default(),
            (None, None) => String::new(),
        };
        actions.push(ActionLine {
            id: row.id.to_string(),
            at: calendar::rfc3339(row.at),
            kind: row.kind,
            code: row.code,
            place_name,
            door: row.door.map(|door| door.to_string()).unwrap_or_default(),
            stair: row.stair.map(|stair| stair.to_string()).unwrap_or_default(),
            count: row.count,
            undone: row.undone,
            can_undo: row.undoable,
            sent: row.sent,
        });
    }
    Ok(JournalAnswer { actions })
}
