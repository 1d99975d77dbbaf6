//! Journeys through the real thing: the server in its own process, tablets over encrypted files.

mod bundles;
mod compacted;
mod fleet;
mod harsh;
mod kept;
mod killed;
mod refused;
mod scanned;
