//! What a screen may ask of Palier: one request, one answer.
pub mod api;
pub mod table;
/// x
pub struct App;
