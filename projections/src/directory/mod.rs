//! Read models of the national directory of schools.

pub mod schools;
