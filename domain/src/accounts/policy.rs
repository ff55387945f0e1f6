//! What schools’ spaces do about what happens to accounts.

use crate::{
    kernel::{ids::AccountId, uai::Uai},
    reaction::Reaction,
};

/// The holder of the verified institutional address becomes a manager of the school.
pub fn when_email_verified(account: AccountId, school: Option<&Uai>) -> Vec<Reaction> {
    school.map(|uai| Reaction::FoundSpace { uai: uai.clone(), account }).into_iter().collect()
}
