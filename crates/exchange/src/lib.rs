//! palier-exchange
