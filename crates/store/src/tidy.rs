//! Room given back: rows that grew leave pages half full, and what went leaves pages empty.

use crate::{Store, StoreError};

/// What was still unused after the file was last written anew, in bytes.
const UNUSED_FACT: &str = "unused_bytes";

/// The file is written anew when this part of it is unused, beyond what was so after the last time.
const PART: i64 = 8;

/// Tables of fewer pages are left out of the count: one that is nearly empty takes a page.
const PAGES_MIN: i64 = 8;

/// A larger file stays as it is, in bytes: while it is written anew, a copy is in memory.
const FILE_BYTES_MAX: i64 = 64 * 1024 * 1024;

/// Bytes of the file, and how many of them hold nothing.
struct Room {
    total: i64,
    unused: i64,
}

impl Store {
    /// Writes the file anew when an eighth of it or more is unused; says whether it did. Takes a time that grows with the file, a
    /// tenth of a second for 10,000 records on a desk computer: call it when nobody waits. A stop in between loses nothing.
    ///
    /// # Errors
    /// `Full` when the disk has no room for a second copy, or a fault of SQLite; the file is as it was then.
    pub fn tidy(&mut self) -> Result<bool, StoreError> {
        let room = self.room()?;
        let left = self.fact::<i64>(UNUSED_FACT)?.unwrap_or(0);
        if room.total > FILE_BYTES_MAX || room.unused.saturating_sub(left).saturating_mul(PART) < room.total {
            return Ok(false);
        }
        self.connection.execute_batch("VACUUM")?;
        // Rows of half a page leave the other half empty however they are written: not again for that.
        self.keep_fact(UNUSED_FACT, &self.room()?.unused)?;
        self.checkpoint()?;
        Ok(true)
    }

    fn room(&self) -> Result<Room, StoreError> {
        let (bytes, pages, unused): (i64, i64, i64) = self.connection.query_row(
            "SELECT sum(pgsize), sum(pageno), coalesce(sum(unused) FILTER (WHERE pageno > ?1), 0) FROM dbstat WHERE aggregate = TRUE",
            [PAGES_MIN],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
        )?;
        let empty: i64 = self.connection.pragma_query_value(None, "freelist_count", |row| row.get(0))?;
        let free = empty.saturating_mul(bytes.checked_div(pages).unwrap_or(0));
        Ok(Room { total: bytes.saturating_add(free), unused: unused.saturating_add(free) })
    }
}
