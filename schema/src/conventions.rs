//! Conventions: the three tabs, deposits, stacks of scans, decisions.

pub(crate) mod amended;
mod deposit;
pub(crate) mod messages;
mod mutation;
mod query;
pub(crate) mod scans;
mod signatures;
pub(crate) mod signing;
mod types;

pub(crate) use mutation::ConventionsMutation;
pub(crate) use query::{ConventionsQuery, scope};
pub(crate) use scans::{ScansMutation, ScansQuery, ScansSubscription};
pub(crate) use signing::{
    LostLinkMutation, Signatory, SignerStanding, SigningLinkMutation, SigningLinkQuery,
    SigningSchoolMutation, SigningStanding, VerifyQuery,
};
pub(crate) use types::{Convention, ConventionStanding, Tab};
