//! Tablet to tablet by a file, without a network.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What could be given now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
pub struct BundleState {
    /// Own changes that the server has not acknowledged.
    pub own: u32,
    /// Changes of colleagues that this tablet carries to the server.
    pub carried: Vec<BundleAuthor>,
}

/// Changes of one author.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
pub struct BundleAuthor {
    /// First name; empty when it did not reach this tablet yet.
    pub name: String,
    /// How many.
    pub changes: u32,
}

/// A bundle was made. Nothing left the queue: the server has none of it yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
pub struct BundleGiven {
    /// Name of the file.
    pub name: String,
    /// The folder where it was written; none where the host has no folder for it, and `file` holds it.
    pub folder: Option<String>,
    /// The file itself in base64, where no folder holds it.
    pub file: Option<String>,
    /// Own changes in it.
    pub own: u32,
    /// Changes of colleagues in it.
    pub carried: Vec<BundleAuthor>,
    /// First names of who can read it, each once.
    pub readers: Vec<String>,
    /// Changes for which there was no room: they wait for the network.
    pub left: u32,
}

/// `receive_bundle`.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
#[serde(deny_unknown_fields)]
pub struct ReceiveBundle {
    /// The file in base64.
    pub file: String,
}

/// What a bundle brought.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
pub struct BundleReceived {
    /// First name of who made it; empty when it did not reach this tablet yet.
    pub giver: String,
    /// When it was made (instant).
    pub made_at: String,
    /// What became of each author's changes.
    pub authors: Vec<BundleBrought>,
}

/// What became of the changes of one author.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
pub struct BundleBrought {
    /// First name; empty when it did not reach this tablet yet.
    pub name: String,
    /// Changes that are new here.
    pub new: u32,
    /// Changes that were here already.
    pub known: u32,
    /// Changes left out.
    pub left: Vec<BundleLeft>,
}

/// Changes left out of a bundle, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
pub struct BundleLeft {
    /// Reason code: `author_unknown`, `author_revoked`, `author_suspended`, `not_signed`, `scope`, `not_allowed`, `no_room`.
    pub reason: String,
    /// How many.
    pub changes: u32,
}
