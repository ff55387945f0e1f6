//! A platform: its look, its rules, its catalogue of formations and the hosts attached.

pub mod platform;
pub mod rules;
