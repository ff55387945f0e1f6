//! Signing online: what a personal link shows and does, and what schools ask for and see.

mod ask;
mod by_link;
mod correct;
mod lost;
mod messages;
mod school;
mod types;
mod verify;

pub(crate) use ask::{SignatoryToAsk, to_ask};
pub(crate) use by_link::{SigningLinkMutation, SigningLinkQuery};
pub(crate) use lost::LostLinkMutation;
#[cfg(test)]
pub(crate) use messages::examples;
pub(crate) use school::SigningSchoolMutation;
pub(crate) use types::{Signatory, SignerStanding, Signing, SigningStanding};
pub(crate) use verify::VerifyQuery;
