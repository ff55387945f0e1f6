//! The list of the day.
