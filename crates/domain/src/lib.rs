//! palier-domain
