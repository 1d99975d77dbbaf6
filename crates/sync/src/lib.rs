//! palier-sync
