//! The rights with an amount, one file each, the article above each step.

pub(crate) mod aah;
pub(crate) mod aeeh;
pub(crate) mod af;
pub(crate) mod ars;
pub(crate) mod asf;
pub(crate) mod asi;
pub(crate) mod aspa;
pub(crate) mod bourses;
pub(crate) mod cf;
pub(crate) mod cheque_energie;
pub(crate) mod css;
pub(crate) mod housing_aid;
pub(crate) mod housing_resources;
pub(crate) mod mva;
pub(crate) mod paje;
pub(crate) mod ppa;
pub(crate) mod rent_reduction;
pub(crate) mod rsa;
