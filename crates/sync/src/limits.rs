//! Limits on what comes from outside. The same numbers hold on the tablet, so that it never writes what the server refuses.

/// Largest body of a sync request, compressed, in bytes: a week of a busy tablet is about 1 MiB.
pub const REQUEST_BYTES_MAX: usize = 2 * 1024 * 1024;

/// Largest body once decompressed, in bytes: guards against a compression bomb.
pub const DECOMPRESSED_BYTES_MAX: usize = 16 * 1024 * 1024;

/// Most batches in one request: a tablet's own, and those of a few others that it relays.
pub const REQUEST_BATCHES_MAX: usize = 64;

/// Most records asked for whole in one request.
pub const REQUEST_RECORDS_MAX: usize = 200;

/// Aim of the records of the buckets that one answer tells, in bytes before compression; one bucket at least.
pub const BUCKET_BYTES: usize = 512 * 1024;

/// Largest bundle that a tablet reads, in bytes: what fits in [`DECOMPRESSED_BYTES_MAX`] is smaller as a file.
pub const BUNDLE_BYTES_MAX: usize = 16 * 1024 * 1024;

/// Aim of the changes of a bundle, in bytes before compression: quoted twice they stay below [`DECOMPRESSED_BYTES_MAX`].
pub const BUNDLE_PLAIN_BYTES: usize = 4 * 1024 * 1024;

/// Most tablets that a bundle is sealed for: a structure's.
pub const BUNDLE_READERS_MAX: usize = 256;

/// Most bytes of other tablets' batches that a tablet carries: a week of a team of twenty without any network.
pub const CARRIED_BYTES_MAX: u64 = 32 * 1024 * 1024;

/// Most changes in one batch.
pub const BATCH_CHANGES_MAX: usize = 2_000;

/// Most edits in one change: no screen edits more fields at once.
pub const EDITS_MAX: usize = 64;

/// Most bases named by one edit: more concurrent values than that of one field is no honest conflict.
pub const BASES_MAX: usize = 64;

/// Longest text value, in bytes: a note of 2,000 characters in any script.
pub const TEXT_BYTES_MAX: usize = 8_192;

/// Most changes in a page of a pull.
pub const PAGE_CHANGES_MAX: usize = 2_000;

/// Most changes that the records of a page of a snapshot stand on: visits with their notes come to about 240 KiB as sent, and
/// a larger page is compressed better.
pub const SNAPSHOT_CHANGES_MAX: usize = 3_000;

/// Aim of a page of a pull, in bytes before compression: 2,000 visits with their notes, about 160 KiB once compressed.
pub const PAGE_BYTES: usize = 2 * 1024 * 1024;

/// Longest piece of a pack, in bytes: what a slow link carries before it is cut.
pub const PACK_PIECE_BYTES: u32 = 64 * 1024;

/// Longest pack that a tablet fetches, in bytes: the directory of a metropolis takes under one million.
pub const PACK_BYTES_MAX: u64 = 16 * 1024 * 1024;
