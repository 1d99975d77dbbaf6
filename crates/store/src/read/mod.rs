//! What screens read: each file one question.

pub mod action;
pub mod coordination;
pub mod coverage;
pub mod day;
pub mod diagnosis;
pub mod figures;
pub mod heard;
pub mod household;
pub mod pack;
pub mod people;
pub mod plan;
pub mod points;
pub mod programme;
pub mod referral;
pub mod visits;
