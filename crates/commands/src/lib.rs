//! What a screen may ask of Palier: one request, one answer.
pub mod api;
