//! palier-vault
