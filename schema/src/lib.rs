//! The GraphQL API: its types, who may see or do what, and every French message of a refusal.
//! Knows nothing of HTTP: what it needs from the service is in [`ports`].

pub mod ports;
