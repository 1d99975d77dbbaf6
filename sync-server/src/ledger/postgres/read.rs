//! What is asked of the ledger. No lease is needed to read: a process that waits for its turn follows this way.

use std::str::FromStr;

use deadpool_postgres::Client;
use palier_sync::{Replica, ScopeKey};
use tokio_postgres::error::SqlState;
use uuid::Uuid;

use super::super::rules::{signed, unsigned};
use super::super::{Erasure, LedgerError, Page, PageLimits, packing};
use super::seal::{Seal, What};

/// Most rows asked for at once.
const ROWS_AT_ONCE: usize = 1_000;

/// Changes of a scope after a sequence.
pub(super) async fn page(
    connection: &Client,
    seal: &Seal,
    (territory, scope): (Uuid, &str),
    since: u64,
    except: Option<Replica>,
    limits: PageLimits,
) -> Result<Page, LedgerError> {
    let mut page = Page { scanned: since, ..Page::default() };
    // The head before the rows: all up to it is committed, so that no row below it can appear after they are read.
    let head = head(connection, territory, scope).await?;
    let at_once = limits.changes.saturating_add(1).min(ROWS_AT_ONCE);
    let text = connection
        .prepare_cached(
            "SELECT seq, replica, sequence, payload, packed FROM change
             WHERE territory = $1 AND scope = $2 AND seq > $3 ORDER BY seq LIMIT $4",
        )
        .await?;
    let count = i64::try_from(at_once).unwrap_or(i64::MAX);
    let mut bytes = 0usize;
    loop {
        let rows = connection.query(&text, &[&territory, &scope, &signed(page.scanned), &count]).await?;
        for row in &rows {
            let (seq, replica, sequence): (i64, i64, i64) = (row.try_get(0)?, row.try_get(1)?, row.try_get(2)?);
            let sealed: Option<&[u8]> = row.try_get(3)?;
            let replica = Replica::try_from(replica).unwrap_or(Replica::MAX);
            let name = (replica, unsigned(sequence));
            let packed: bool = row.try_get(4)?;
            let payload = sealed.map(|sealed| seal.open(What::of(packed), name, sealed)).transpose()?;
            let length = payload.as_ref().map_or(0, |clear| if packed { packing::length(clear) } else { clear.len() });
            let full = page.changes.len() >= limits.changes || bytes.saturating_add(length) > limits.bytes;
            if full && !page.changes.is_empty() {
                page.more = true;
                return Ok(page);
            }
            page.scanned = unsigned(seq);
            // A packed one is told to its author too: it may say what others' said that are gone.
            if let Some(payload) = payload.filter(|_| packed || except != Some(replica)) {
                bytes = bytes.saturating_add(length);
                page.changes.push(if packed { packing::unpack(&payload)? } else { serde_json::from_slice(&payload)? });
            }
        }
        if rows.len() < at_once {
            break;
        }
    }
    // Nothing follows: sequences that hold nothing (a restore leaves some) are scanned over as well.
    page.scanned = page.scanned.max(head);
    Ok(page)
}

async fn head(connection: &Client, territory: Uuid, scope: &str) -> Result<u64, LedgerError> {
    let text = connection.prepare_cached("SELECT seq FROM scope_head WHERE territory = $1 AND scope = $2").await?;
    let row = connection.query_opt(&text, &[&territory, &scope]).await?;
    Ok(row.map(|row| row.try_get::<_, i64>(0)).transpose()?.map_or(0, unsigned))
}

/// Scopes that hold something, each with its last sequence.
pub(super) async fn heads(connection: &Client, territory: Uuid) -> Result<Vec<(ScopeKey, u64)>, LedgerError> {
    let text = connection.prepare_cached("SELECT scope, seq FROM scope_head WHERE territory = $1").await?;
    let mut heads = Vec::new();
    for row in connection.query(&text, &[&territory]).await? {
        if let Ok(scope) = ScopeKey::from_str(row.try_get(0)?) {
            heads.push((scope, unsigned(row.try_get(1)?)));
        }
    }
    // Here and not there: databases do not agree on the order of texts.
    heads.sort_unstable_by_key(|(scope, _)| scope.to_string());
    Ok(heads)
}

/// How many changes are kept.
pub(super) async fn count(connection: &Client, territory: Uuid) -> Result<u64, LedgerError> {
    let text = connection.prepare_cached("SELECT count(*) FROM change WHERE territory = $1").await?;
    Ok(unsigned(connection.query_one(&text, &[&territory]).await?.try_get(0)?))
}

/// The last consumed sequence of an author.
pub(super) async fn last_of(connection: &Client, territory: Uuid, replica: Replica) -> Result<u64, LedgerError> {
    let text = connection.prepare_cached("SELECT last FROM author WHERE territory = $1 AND replica = $2").await?;
    let row = connection.query_opt(&text, &[&territory, &i64::from(replica)]).await?;
    Ok(row.map(|row| row.try_get::<_, i64>(0)).transpose()?.map_or(0, unsigned))
}

/// Records that were erased.
pub(super) async fn erased(connection: &Client, territory: Uuid) -> Result<Vec<Erasure>, LedgerError> {
    let text = "SELECT record, scope, kind FROM home WHERE territory = $1 AND erased ORDER BY record";
    let text = connection.prepare_cached(text).await?;
    let mut erased = Vec::new();
    for row in connection.query(&text, &[&territory]).await? {
        let kind: i64 = row.try_get(2)?;
        if let (Ok(scope), Ok(kind)) = (ScopeKey::from_str(row.try_get(1)?), u16::try_from(kind)) {
            erased.push(Erasure { record: row.try_get(0)?, scope, kind });
        }
    }
    Ok(erased)
}

/// Drops the rows' former versions at once, sealed as they are. An engine without this command drops them by itself.
pub(super) async fn scrub(connection: &Client) -> Result<(), LedgerError> {
    for table in ["change", "batch"] {
        match connection.batch_execute(&format!("VACUUM {table}")).await {
            Err(error) if matches!(error.code(), Some(&SqlState::SYNTAX_ERROR | &SqlState::FEATURE_NOT_SUPPORTED)) => {}
            done => done?,
        }
    }
    Ok(())
}
