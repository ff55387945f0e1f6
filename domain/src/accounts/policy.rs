//! What schools’ spaces do about what happens to accounts.

use crate::{
    kernel::{
        ids::{AccountId, PersonId},
        uai::Uai,
    },
    reaction::Reaction,
};

/// The holder of the verified institutional address becomes a manager of the school.
pub fn when_email_verified(account: AccountId, school: Option<&Uai>) -> Vec<Reaction> {
    school.map(|uai| Reaction::FoundSpace { uai: uai.clone(), account }).into_iter().collect()
}

/// Whoever was erased signs in no more: what opens their accounts is no event, and goes.
pub fn when_subject_erased(person: PersonId) -> Vec<Reaction> {
    vec![Reaction::CloseAccess { person }]
}
