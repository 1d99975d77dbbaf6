//! The registry of who may speak, kept in the database as the pages of its file, which its own key encrypts: a territory
//! that another process takes over finds its tablets, its accounts and its authority there.

use super::super::LedgerError;
use super::lease::Lease;
use super::link::Postgres;
use uuid::Uuid;

/// Length of a page, in bytes: that of the file's own pages, so that a small change is a small write.
pub const REGISTRY_PAGE_BYTES: usize = 4_096;

/// Pages of a file to keep.
pub struct RegistryPages {
    /// Those that changed, by number from 0.
    pub changed: Vec<(i64, Vec<u8>)>,
    /// How many pages the file has.
    pub count: i64,
}

impl Postgres {
    /// Keeps pages of the registry, in one transaction.
    ///
    /// # Errors
    /// `Lost` when another process serves the territory, or a fault of the database.
    pub fn keep_registry(&self, lease: &Lease, pages: RegistryPages) -> Result<(), LedgerError> {
        let (link, given) = (self.link.clone(), (lease.clone(), pages));
        let kept = self.run(async move {
            link.transact(&given, |transaction, (lease, pages)| {
                Box::pin(async move {
                    lease.hold(transaction).await?;
                    let numbers: Vec<i64> = pages.changed.iter().map(|(number, _)| *number).collect();
                    let bodies: Vec<&[u8]> = pages.changed.iter().map(|(_, body)| body.as_slice()).collect();
                    let text = "INSERT INTO registry_page (territory, page, body)
                         SELECT $1, page, body FROM unnest($2::BIGINT[], $3::BYTEA[]) AS new (page, body)
                         ON CONFLICT (territory, page) DO UPDATE SET body = excluded.body";
                    let text = transaction.prepare_cached(text).await?;
                    transaction.execute(&text, &[&lease.territory, &numbers, &bodies]).await?;
                    let text = "DELETE FROM registry_page WHERE territory = $1 AND page >= $2";
                    let text = transaction.prepare_cached(text).await?;
                    transaction.execute(&text, &[&lease.territory, &pages.count]).await?;
                    Ok(())
                })
            })
            .await
        });
        if matches!(kept, Err(LedgerError::Unsure)) {
            lease.give_up();
        }
        kept
    }

    /// The file of the registry, if one was ever kept.
    ///
    /// # Errors
    /// A fault of the database.
    pub fn registry(&self, territory: Uuid) -> Result<Option<Vec<u8>>, LedgerError> {
        let link = self.link.clone();
        self.run(async move {
            let connection = link.connection().await?;
            let text = "SELECT body FROM registry_page WHERE territory = $1 ORDER BY page";
            let mut file = Vec::new();
            for row in connection.query(text, &[&territory]).await? {
                file.extend_from_slice(row.try_get(0)?);
            }
            Ok((!file.is_empty()).then_some(file))
        })
    }

    /// Territories of the database.
    ///
    /// # Errors
    /// A fault of the database.
    pub fn territories(&self) -> Result<Vec<Uuid>, LedgerError> {
        self.territories_where("SELECT territory FROM lease ORDER BY territory")
    }

    /// Territories whose lease has ended: to be asked for, without a lock on those that are served.
    ///
    /// # Errors
    /// A fault of the database.
    pub fn left_alone(&self) -> Result<Vec<Uuid>, LedgerError> {
        self.territories_where(
            "SELECT territory FROM lease WHERE expires_ms < CAST(extract(epoch FROM now()) * 1000 AS BIGINT)
             ORDER BY expires_ms",
        )
    }

    fn territories_where(&self, text: &'static str) -> Result<Vec<Uuid>, LedgerError> {
        let link = self.link.clone();
        self.run(async move {
            let rows = link.connection().await?.query(text, &[]).await?;
            rows.iter().map(|row| Ok(row.try_get(0)?)).collect()
        })
    }
}
