//! Where each convention stands, what was ever deposited, the three tabs, and stacks of
//! scans.

pub mod deposits;
pub mod register;
pub mod scans;
pub mod signings;
pub mod tabs;
