//! Taking changes in: the one way anything enters the store, from a tap or from the network.
//!
//! One transaction writes the packed rows, the history, the journal and the projections together.

use std::collections::BTreeMap;

use palier_domain::agreement::{AgreementStatus, RECORD_NOMINATIVE};
use palier_sync::digest;
use palier_sync::{Change, FieldClass, Head, ScopeKey, catalogue};
use rusqlite::{Connection, Transaction, TransactionBehavior, params};
use uuid::Uuid;

use crate::alias::TOGETHER;
use crate::touched::Touched;
use crate::{Store, StoreError, project, record};

/// What a set of changes did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Applied {
    /// Records whose shown state may be other than before.
    pub records: Vec<Uuid>,
    /// Records that were erased.
    pub erased: Vec<Uuid>,
}

impl Store {
    /// Takes changes in, in one transaction; the same change twice changes nothing.
    ///
    /// # Errors
    /// A fault of the store; nothing is written then.
    pub fn apply(&mut self, changes: &[Change], now_ms: i64) -> Result<Applied, StoreError> {
        let transaction = self.begin()?;
        let applied = apply_all(&transaction, changes, now_ms)?;
        transaction.commit()?;
        self.after(&applied)?;
        Ok(applied)
    }

    /// Takes a page of a scope in and moves the scope's cursor in the same transaction. The cursor never goes back.
    ///
    /// # Errors
    /// A fault of the store; nothing is written then.
    pub fn apply_page(
        &mut self,
        scope: &ScopeKey,
        changes: &[Change],
        scanned: u64,
        now_ms: i64,
    ) -> Result<Applied, StoreError> {
        #[cfg(feature = "faults")]
        if palier_sync::faults::is_in(palier_sync::faults::Fault::CursorBeforeRows) {
            move_cursor(&self.connection, scope, scanned)?;
        }
        let transaction = self.begin()?;
        let applied = apply_all(&transaction, changes, now_ms)?;
        move_cursor(&transaction, scope, scanned)?;
        transaction.commit()?;
        self.after(&applied)?;
        Ok(applied)
    }

    pub(crate) fn begin(&mut self) -> Result<Transaction<'_>, StoreError> {
        Ok(self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?)
    }

    /// After an erasure the write-ahead log is cut: it held the old pages.
    pub(crate) fn after(&self, applied: &Applied) -> Result<(), StoreError> {
        if applied.erased.is_empty() { Ok(()) } else { self.checkpoint() }
    }
}

fn move_cursor(connection: &Connection, scope: &ScopeKey, scanned: u64) -> Result<(), StoreError> {
    let number = record::scope_number(connection, scope)?;
    connection
        .prepare_cached("UPDATE scope SET scanned = max(scanned, ?2) WHERE n = ?1")?
        .execute(params![number, i64::try_from(scanned).unwrap_or(i64::MAX)])?;
    Ok(())
}

pub(crate) fn apply_all(connection: &Connection, changes: &[Change], now_ms: i64) -> Result<Applied, StoreError> {
    let mut touched = Touched::default();
    let mut rest = changes;
    // A first sync brings runs of changes of the same record: each run is read and written once.
    while let Some(first) = rest.first() {
        let run = rest.iter().take_while(|change| change.record == first.record).count();
        let (these, others) = rest.split_at(run);
        apply_run(connection, these, now_ms, &mut touched)?;
        rest = others;
    }
    touched.finish(connection)
}

fn apply_run(
    connection: &Connection,
    changes: &[Change],
    now_ms: i64,
    touched: &mut Touched,
) -> Result<(), StoreError> {
    let Some(first) = changes.first() else { return Ok(()) };
    let (mut state, old) = record::load_or_new(connection, first.record, first.scope, first.kind)?;
    let mut changed = old.is_none();
    let mut replaced: Vec<(u16, Head)> = Vec::new();
    let mut erased = false;
    for change in changes {
        let outcome = state.apply(change);
        changed |= !outcome.fields.is_empty() || outcome.erased || past_may_grow(change);
        replaced.extend(outcome.replaced);
        erased |= outcome.erased;
    }
    if !changed {
        return Ok(());
    }
    touched.write(connection, first.record, &state, old, erased)?;
    // They hang on the record's row, which is there now.
    if erased { Ok(()) } else { keep_replaced(connection, first.record, &replaced, now_ms) }
}

/// A change may add names to a field's past and leave its heads as they are; the row is written again then.
fn past_may_grow(change: &Change) -> bool {
    matches!(&change.body, palier_sync::Body::Set(edits) if edits.iter().any(|edit| !edit.bases.is_empty()))
}

fn keep_replaced(connection: &Connection, id: Uuid, replaced: &[(u16, Head)], now_ms: i64) -> Result<(), StoreError> {
    for (field, head) in replaced {
        connection
            .prepare_cached(
                "INSERT INTO replaced (record, field, n, head, replaced_at)
                 SELECT n, ?2, (SELECT coalesce(max(n), 0) + 1 FROM replaced WHERE record = row.n AND field = ?2), ?3, ?4
                 FROM record AS row WHERE id = ?1",
            )?
            .execute(params![id, field, postcard::to_stdvec(head)?, now_ms])?;
    }
    Ok(())
}

/// Values of a record that were replaced here, by field: those of [`crate::outbox`]'s last 90 days.
pub(crate) fn replaced_of(connection: &Connection, id: Uuid) -> Result<Vec<(u16, Head)>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT field, head FROM replaced WHERE record = (SELECT n FROM record WHERE id = ?1) ORDER BY field, n",
    )?;
    let rows = statement
        .query_map([id], |row| Ok((row.get(0)?, row.get::<_, Vec<u8>>(1)?)))?
        .collect::<Result<Vec<(u16, Vec<u8>)>, _>>()?;
    rows.into_iter().map(|(field, head)| Ok((field, postcard::from_bytes(&head)?))).collect()
}

impl Store {
    /// The effective status of an agreement of a household.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn agreement(&self, household: Uuid, purpose: &str) -> Result<AgreementStatus, StoreError> {
        agreement(&self.connection, household, purpose)
    }

    /// People of a household, erased ones left out, whether the agreement lets them be shown or not.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn persons_of(&self, household: Uuid) -> Result<Vec<Uuid>, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached(&format!("SELECT id FROM person WHERE household IN {TOGETHER} ORDER BY id"))?;
        let rows = statement.query_map([household], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Households with people who are not erased although their agreement to be named is not one that allows it.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn named_without_agreement(&self) -> Result<Vec<Uuid>, StoreError> {
        let mut statement = self.connection.prepare("SELECT DISTINCT household FROM person")?;
        let households = statement.query_map([], |row| row.get(0))?.collect::<Result<Vec<Uuid>, _>>()?;
        let mut named = Vec::new();
        for household in households {
            // Read from the records: an agreement may not say whose it is, only its id does.
            if agreement(&self.connection, household, RECORD_NOMINATIVE)? > AgreementStatus::Restricted {
                named.push(household);
            }
        }
        Ok(named)
    }

    /// Builds every projection again from the packed rows, in one transaction.
    ///
    /// # Errors
    /// A fault of the store; nothing is written then.
    pub fn rebuild(&mut self) -> Result<(), StoreError> {
        let transaction = self.begin()?;
        project_all(&transaction)?;
        transaction.commit()?;
        Ok(())
    }
}

/// Writes every projection again from the packed rows.
pub(crate) fn project_all(connection: &Connection) -> Result<(), StoreError> {
    project::clear(connection)?;
    let mut kinds: BTreeMap<Uuid, u16> = BTreeMap::new();
    let mut statement = connection.prepare(
        "SELECT record.id, record.body, scope.key FROM record JOIN scope ON scope.n = record.scope ORDER BY record.kind, record.n",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let id: Uuid = row.get(0)?;
        let body = record::packed(row, 1, &record::scope_of(row, 2)?)?;
        let state = digest::unpack(&body)?;
        project::record(connection, id, &state, true)?;
        kinds.insert(id, state.kind);
    }
    project::finish(connection, &kinds)
}

/// The id of the record that holds a household's agreement for a purpose: one for all tablets, so that decisions meet.
#[must_use]
pub fn agreement_id(household: Uuid, purpose: &str) -> Uuid {
    palier_domain::place::derived_id("agreement", household, purpose)
}

/// The most protective decision of the files that stand together.
pub(crate) fn agreement(
    connection: &Connection,
    household: Uuid,
    purpose: &str,
) -> Result<AgreementStatus, StoreError> {
    let mut status = AgreementStatus::Unknown;
    for member in crate::alias::together(connection, household)? {
        if let Some(loaded) = record::load(connection, agreement_id(member, purpose))? {
            status = status.max(palier_sync::resolve::agreement(loaded.state.field(catalogue::agreement::status)));
        }
    }
    Ok(status)
}

/// Names may be shown: someone agreed, and nobody more protective stands beside.
pub(crate) fn may_name(connection: &Connection, household: Uuid) -> Result<bool, StoreError> {
    Ok(agreement(connection, household, RECORD_NOMINATIVE)?.allows())
}

/// Fields of a kind whose values wait for a person when two stand at once.
pub(crate) fn waits_for_a_person(kind: u16, field: u16) -> bool {
    catalogue::class(kind, field) == FieldClass::KeepAll && catalogue::field(kind, field).is_some()
}
