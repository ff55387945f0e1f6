//! Read models of the accounts: who signs in, who belongs to which school.

pub mod access_requests;
pub mod account_list;
pub mod invitations;
pub mod memberships;
pub mod school_spaces;
pub mod viewer;
