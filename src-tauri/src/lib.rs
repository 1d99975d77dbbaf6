//! palier-app
