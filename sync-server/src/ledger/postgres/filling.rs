//! A territory's ledger being poured into the database: until it is whole and was compared, no server takes it.

use uuid::Uuid;

use super::super::LedgerError;
use super::lease::{Lease, WHOLE};
use super::link::Postgres;

/// Tables with rows of a territory, but for the lease.
const TABLES: [&str; 8] =
    ["change", "author", "refusal", "home", "batch", "batch_record", "scope_head", "registry_page"];

impl Postgres {
    /// Takes a territory that the database does not hold yet, to fill it. What a filling that was cut left there is removed.
    ///
    /// # Errors
    /// `Occupied` when the database holds it, `Held` while another filling lasts, or a fault of the database.
    pub fn take_to_fill(&self, territory: Uuid, holder: Uuid) -> Result<Lease, LedgerError> {
        let lease = self.take_as(territory, holder, "", true)?;
        for table in TABLES {
            let (link, given) =
                (self.link.clone(), (lease.clone(), format!("DELETE FROM {table} WHERE territory = $1")));
            self.run(async move {
                link.transact(&given, |transaction, (lease, text)| {
                    Box::pin(async move {
                        lease.hold(transaction).await?;
                        transaction.execute(text.as_str(), &[&lease.territory]).await?;
                        Ok(())
                    })
                })
                .await
            })?;
        }
        Ok(lease)
    }

    /// Says that a territory is whole: servers may take it.
    ///
    /// # Errors
    /// `Lost`, or a fault of the database.
    pub fn declare_whole(&self, lease: &Lease) -> Result<(), LedgerError> {
        let (link, lease) = (self.link.clone(), lease.clone());
        self.run(async move {
            link.transact(&lease, |transaction, lease| {
                Box::pin(async move {
                    lease.hold(transaction).await?;
                    let text = "UPDATE lease SET state = $2 WHERE territory = $1";
                    transaction.execute(text, &[&lease.territory, &WHOLE]).await?;
                    Ok(())
                })
            })
            .await
        })
    }
}
