//! What refusals and events say in French, for those who do not speak GraphQL: the command line.

use domain::{
    accounts::account::AccountRefusal, facts::Fact, kernel::envelope::Actor,
    platforms::platform::PlatformRefusal,
};

use crate::{audit, refused::Refused};

/// Why an account says no.
pub fn of_account(refusal: AccountRefusal) -> String {
    Refused::from(refusal).message
}

/// Why a platform says no.
pub fn of_platform(refusal: PlatformRefusal) -> String {
    Refused::from(refusal).message
}

/// What happened, as a sentence; « effacé » stands for what was.
pub fn sentence(fact: &Fact) -> String {
    audit::sentence(fact)
}

/// Who acted; never a name.
pub fn who(actor: &Actor) -> &'static str {
    match actor {
        Actor::Visitor => audit::who("visitor", None),
        Actor::Account { role, .. } => audit::who("account", Some(role)),
        Actor::Link { purpose } => audit::who("link", Some(purpose)),
        Actor::Policy { name } => audit::who("policy", Some(name)),
        Actor::Import => audit::who("import", None),
        Actor::Operator => audit::who("operator", None),
    }
}
