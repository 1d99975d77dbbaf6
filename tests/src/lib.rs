//! palier-tests
