//! palier-territory
