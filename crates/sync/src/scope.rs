//! What a tablet may hold: the unit of filtering, sequence, digest and sharding (decisions.md 1).

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A scope of a territory. Its text form is `place:<sector>`, `file:<sector>:<structure>`, `territory`, `team:<structure>`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ScopeKey {
    /// Sectors, structures, local numbers: what every tablet of the territory holds.
    Territory,
    /// Buildings, stairs, doors and coded outcomes of a sector, shared by the structures of the territory's agreement.
    Place {
        /// The sector.
        sector: Uuid,
    },
    /// Files of one structure in one sector: households, people, agreements, notes. Never on another structure's tablet.
    File {
        /// The sector.
        sector: Uuid,
        /// The structure.
        structure: Uuid,
    },
    /// A structure's people, outings and hours.
    Team {
        /// The structure.
        structure: Uuid,
    },
}

/// The text is no scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("The text is no scope: territory, place:<sector>, file:<sector>:<structure> or team:<structure>")]
pub struct NotAScope;

impl fmt::Display for ScopeKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Territory => f.write_str("territory"),
            Self::Place { sector } => write!(f, "place:{sector}"),
            Self::File { sector, structure } => write!(f, "file:{sector}:{structure}"),
            Self::Team { structure } => write!(f, "team:{structure}"),
        }
    }
}

impl FromStr for ScopeKey {
    type Err = NotAScope;

    fn from_str(text: &str) -> Result<Self, NotAScope> {
        let uuid = |part: Option<&str>| part.and_then(|p| Uuid::parse_str(p).ok()).ok_or(NotAScope);
        let mut parts = text.split(':');
        let scope = match parts.next() {
            Some("territory") => Self::Territory,
            Some("place") => Self::Place { sector: uuid(parts.next())? },
            Some("file") => Self::File { sector: uuid(parts.next())?, structure: uuid(parts.next())? },
            Some("team") => Self::Team { structure: uuid(parts.next())? },
            _ => return Err(NotAScope),
        };
        if parts.next().is_some() { Err(NotAScope) } else { Ok(scope) }
    }
}

impl Serialize for ScopeKey {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for ScopeKey {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}
