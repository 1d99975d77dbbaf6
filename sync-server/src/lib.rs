//! palier-sync-server
