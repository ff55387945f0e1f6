//! The contents of the letters. Links are whole addresses; instants are the wall clock of the
//! platform; names are ready to print (« NOM Prénom »).

pub mod access;
pub mod account;
pub mod audit;
pub mod booking;
pub mod convention;
mod placement;
pub mod signing;
pub mod slot;
pub mod waitlist;

pub use placement::Placement;
