//! Where each convention stands, what was ever deposited, and the three tabs.

pub mod deposits;
pub mod register;
pub mod signings;
pub mod tabs;
