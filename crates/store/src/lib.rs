//! palier-store
