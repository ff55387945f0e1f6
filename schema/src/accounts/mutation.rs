//! The mutations of accounts and schools' spaces, by theme.

mod access;
mod links;
mod members;
mod pictures;
mod profile;
mod session;
mod sign_up;
mod verification;

use async_graphql::MergedObject;

pub(crate) use self::{
    access::AccessMutation, links::LinkMutation, members::MemberMutation,
    pictures::PictureMutation, profile::ProfileMutation, session::SessionMutation,
    sign_up::SignUpMutation, verification::VerificationMutation,
};

/// Demandes sur les comptes et les espaces.
#[derive(MergedObject, Default)]
pub(crate) struct AccountsMutation(
    SignUpMutation,
    VerificationMutation,
    SessionMutation,
    LinkMutation,
    ProfileMutation,
    AccessMutation,
    MemberMutation,
    PictureMutation,
);
