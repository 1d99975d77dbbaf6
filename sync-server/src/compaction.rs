//! Compaction: what was replaced longer ago than the history reaches leaves the ledger, what stands is packed (decision 028).
//!
//! The server does it every day beside its other work, in steps; an operator may do it at once. Nobody's state changes by it, and
//! nobody has to be waited for: whoever was away goes on from where they were.

use palier_sync::ScopeKey;

use crate::ledger::Compaction;
use crate::{Centre, CentreError};

/// Changes stay as they came for so long, in ms: the 90 days of the history.
pub const KEEP_MS: i64 = 90 * 86_400_000;

/// How far the changes have come is noted again after so long, in ms: a little less than the day between two runs.
const MARK_MS: i64 = 20 * 3_600_000;

/// Changes looked at in a step: a tablet that asks meanwhile waits for one.
pub const STEP_CHANGES: usize = 500;

/// A scope's part of a compaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Part {
    scope: ScopeKey,
    after: u64,
    up_to: u64,
}

/// A compaction under way: what is still to do of it, and what it did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Run {
    parts: Vec<Part>,
    /// Changes looked at for the first time.
    pub looked: u64,
    /// Changes that are gone.
    pub gone: u64,
}

impl Run {
    /// Nothing is left to do.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.parts.is_empty()
    }

    /// Scopes that are not compacted to the end.
    #[must_use]
    pub fn scopes_left(&self) -> usize {
        self.parts.len()
    }
}

impl Centre {
    /// Notes how far the changes have come, and finds those that are kept for longer than `keep_ms`.
    ///
    /// # Errors
    /// A fault of a database.
    pub fn begin_compaction(&mut self, keep_ms: i64, now_ms: i64) -> Result<Run, CentreError> {
        let mut run = Run::default();
        for (scope, head) in self.ledger().heads()? {
            let noted = self.registry.marked_at(&scope)?;
            if noted.is_none_or(|at| at.saturating_add(MARK_MS.min(keep_ms)) <= now_ms) {
                self.registry.mark(&scope, head, now_ms)?;
            }
            let up_to = self.registry.marked(&scope, now_ms.saturating_sub(keep_ms))?.min(head);
            let after = self.registry.compacted(&scope)?;
            if up_to > after {
                run.parts.push(Part { scope, after, up_to });
            }
        }
        Ok(run)
    }

    /// Does a step of a compaction.
    ///
    /// # Errors
    /// A fault of a database; the step is not done then.
    pub fn compact_step(&mut self, run: &mut Run) -> Result<(), CentreError> {
        let Some(part) = run.parts.last().copied() else { return Ok(()) };
        let Compaction { reached, looked, gone } =
            self.ledger_mut().compact(&part.scope, part.after, part.up_to, STEP_CHANGES)?;
        (run.looked, run.gone) = (run.looked.saturating_add(looked), run.gone.saturating_add(gone));
        self.registry.set_compacted(&part.scope, reached)?;
        run.parts.pop();
        if reached < part.up_to {
            run.parts.push(Part { after: reached, ..part });
        }
        Ok(())
    }

    /// Does a whole compaction. `progress` is told of it after each step.
    ///
    /// # Errors
    /// A fault of a database; what was done so far stays, and the next one goes on from there.
    pub fn compact(&mut self, keep_ms: i64, now_ms: i64, progress: &mut dyn FnMut(&Run)) -> Result<Run, CentreError> {
        let mut run = self.begin_compaction(keep_ms, now_ms)?;
        while !run.is_done() {
            self.compact_step(&mut run)?;
            progress(&run);
        }
        Ok(run)
    }

    /// Gives the disk back what a compaction freed.
    ///
    /// # Errors
    /// A fault of the database or of the disk.
    pub fn shrink(&self) -> Result<(), CentreError> {
        Ok(self.ledger().shrink()?)
    }
}
