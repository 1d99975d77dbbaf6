//! What can go wrong at the centre, and what the reader can do about it.

use palier_store::StoreError;

use crate::ledger::LedgerError;

/// A fault of the server. Nothing was written by half.
#[derive(Debug, thiserror::Error)]
pub enum CentreError {
    /// The data were written by a newer version.
    #[error("The data were written by a newer version of the server; install that version, nothing is lost")]
    Newer,
    /// The thing is not here.
    #[error("Not found")]
    NotFound,
    /// A thing of that name is there already.
    #[error("It exists already")]
    Exists,
    /// No number is left.
    #[error("No replica number is left")]
    Full,
    /// The folder's ledger is in a database, and none was named.
    #[error("The ledger of this folder is in a database; name it with --store")]
    Elsewhere,
    /// The folder has a ledger of its own, and a database was named.
    #[error("This folder has its own ledger; move it to the database first, with `palier-server move`")]
    NotMoved,
    /// The database is another server's, and its key is not in the folder.
    #[error("The database is in use with a key that is not here; copy server.key from a server of it into the folder")]
    KeyNeeded,
    /// The database holds several territories, and none was named.
    #[error("The database holds several territories; name one with --territory, or be a spare with --spare")]
    Several,
    /// What was moved is not what was there.
    #[error("The copy is not what it was made from ({0}); nothing was given up, the folder serves as before")]
    Differs(String),
    /// Another process serves this folder.
    #[error("A server runs on this data folder; stop it first")]
    InUse,
    /// The list of erasures does not read at this line.
    #[error("Line {0} of the list of erasures does not read; nothing was restored")]
    List(usize),
    /// The system gave no randomness, or no memory for a key.
    #[error("The system gave no randomness or no memory")]
    NoRandomness,
    /// The data folder cannot be read or written.
    #[error("The data folder cannot be read or written")]
    Disk(#[from] std::io::Error),
    /// The key file of the data folder is not one.
    #[error("The key file of the data folder does not read; restore it from the backup")]
    KeyFile,
    /// The store.
    #[error(transparent)]
    Store(StoreError),
    /// The ledger.
    #[error(transparent)]
    Ledger(LedgerError),
    /// A certificate could not be made.
    #[error("A certificate could not be made")]
    Certificate,
    /// A pack could not be made.
    #[error("A pack could not be made")]
    Pack(#[source] palier_directory::NoPack),
    /// A stored value does not read.
    #[error("A stored value does not read")]
    Stored(#[from] serde_json::Error),
}

impl From<StoreError> for CentreError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Newer => Self::Newer,
            StoreError::NotFound => Self::NotFound,
            other => Self::Store(other),
        }
    }
}

impl From<LedgerError> for CentreError {
    fn from(error: LedgerError) -> Self {
        match error {
            LedgerError::Newer => Self::Newer,
            LedgerError::Open(StoreError::Newer) => Self::Newer,
            other => Self::Ledger(other),
        }
    }
}

impl From<rusqlite::Error> for CentreError {
    fn from(error: rusqlite::Error) -> Self {
        Self::from(StoreError::from(error))
    }
}
