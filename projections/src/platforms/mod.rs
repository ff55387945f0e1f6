//! Read models of the platforms: their settings, hosts, formations and offices.

pub mod formations;
pub mod platform_hosts;
pub mod platform_list;
pub mod platform_roles;
