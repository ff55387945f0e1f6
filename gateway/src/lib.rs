//! The binary `escale` as a library, so that its tests can start it.

pub mod address;
pub mod clock;
pub mod config;
pub mod deposits;
pub mod directory;
pub mod ids;
pub mod limits;
pub mod link;
pub mod pages;
pub mod password;
pub mod post;
pub mod service;
pub mod session;
pub mod store;
pub mod telemetry;
