//! Read models of those who run and audit the service.

pub mod audit_trail;
