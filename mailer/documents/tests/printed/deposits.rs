//! Deposits.
