//! What can go wrong with a store, and what the reader can do about it.

/// A fault of the store. Nothing was written by half: every write is one transaction.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The key does not open the file, or the file is not a store.
    #[error("The key does not open this store")]
    WrongKey,
    /// The file was written by a newer version of the app.
    #[error("The store was written by a newer version; install the newer app, nothing is lost")]
    Newer,
    /// The disk is full.
    #[error("The storage is full; free some space, nothing was written")]
    Full,
    /// The file is damaged.
    #[error("The store is damaged; it was not changed")]
    Damaged,
    /// The record is not here.
    #[error("The record is not in this store")]
    NotFound,
    /// The record was erased: nothing is written to it any more.
    #[error("The record was erased")]
    Erased,
    /// Nobody agreed to it being written down, or it was withdrawn: the purpose.
    #[error("There is no agreement to {0}")]
    NotAgreed(&'static str),
    /// The act cannot be undone: final by nature, too old, or changed since by someone else.
    #[error("The act cannot be undone")]
    NotUndoable,
    /// This store has no author: it is a read model and writes nothing of its own.
    #[error("The store has no author")]
    NoAuthor,
    /// Any other fault of SQLite.
    #[error("The store could not be read or written")]
    Sqlite(#[source] rusqlite::Error),
    /// A migration failed; the file is as it was.
    #[error("The store could not be brought to this version; it is as it was")]
    Migration(#[source] rusqlite_migration::Error),
    /// A packed row does not read.
    #[error("A row of the store does not read")]
    Packed(#[from] postcard::Error),
    /// A change of the journal does not read.
    #[error("A change of the journal does not read")]
    Journal(#[from] serde_json::Error),
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode;
        match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => Self::WrongKey,
            Some(ErrorCode::DiskFull) => Self::Full,
            Some(ErrorCode::DatabaseCorrupt) => Self::Damaged,
            _ if matches!(error, rusqlite::Error::QueryReturnedNoRows) => Self::NotFound,
            _ if matches!(error, rusqlite::Error::FromSqlConversionFailure(..)) => Self::Damaged,
            _ => Self::Sqlite(error),
        }
    }
}
