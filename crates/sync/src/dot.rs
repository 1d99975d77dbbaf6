//! Names of changes and of written values, and the order of true concurrents.

use serde::{Deserialize, Serialize};

/// A profile on a tablet; it holds the credential. 0 is the server itself.
pub type Replica = u32;

/// The replica of what the server writes (erasures it decides, imports, decisions of coordinators).
pub const SERVER_REPLICA: Replica = 0;

/// The name of a change: the replica that made it and its place in that replica's own sequence, from 1, without gaps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Dot {
    /// Who made it.
    pub replica: Replica,
    /// Which of theirs.
    pub sequence: u64,
}

/// The name of one written value: the change that wrote it, and which of the change's values of that field (a set may
/// receive several elements in one change).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HeadId {
    /// The change.
    pub dot: Dot,
    /// The place among the change's values of the same field, from 0.
    pub part: u8,
}

// On the wire a head is `[replica, sequence, part]`: three small numbers compress to a few bytes.
impl Serialize for HeadId {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (self.dot.replica, self.dot.sequence, self.part).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for HeadId {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (replica, sequence, part) = <(Replica, u64, u8)>::deserialize(deserializer)?;
        Ok(Self { dot: Dot { replica, sequence }, part })
    }
}

/// When a change was made: NTP64 time of a hybrid logical clock, then the replica. Orders true concurrents and nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Stamp {
    /// NTP64: seconds since 1970 in the upper 32 bits, fractions below.
    pub time: u64,
    /// Who.
    pub replica: Replica,
}

impl Stamp {
    /// The instant of this stamp, in UTC milliseconds.
    #[must_use]
    pub fn utc_ms(self) -> i64 {
        crate::clock::ms_of(self.time)
    }
}
