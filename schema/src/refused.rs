//! Refusals as data: a rule that says no answers with its code and a French sentence, beside
//! the field concerned. Faults are errors, and mean something else.

mod code;
#[cfg(test)]
mod tests;

use async_graphql::{Error, SimpleObject};

pub(crate) use code::RefusalCode;

/// Refus : une règle s’y oppose, rien n’a été changé.
#[derive(Debug, Clone, PartialEq, Eq, SimpleObject)]
pub(crate) struct Refused {
    /// Règle qui s’y oppose.
    pub(crate) code: RefusalCode,
    /// Phrase à montrer : ce qui ne va pas et ce qui est attendu.
    pub(crate) message: String,
    /// Champ de la saisie concerné, s’il y en a un.
    pub(crate) field: Option<String>,
}

impl Refused {
    /// A refusal that concerns no field in particular.
    pub(crate) fn new(code: RefusalCode, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), field: None }
    }

    /// The same, beside `field`.
    #[must_use]
    pub(crate) fn at(mut self, field: &str) -> Self {
        self.field = Some(field.to_owned());
        self
    }
}

/// Why a mutation does not succeed.
#[derive(Debug)]
pub(crate) enum Stop {
    /// A rule says no.
    Refused(Refused),
    /// One may not, or something failed.
    Error(Error),
}

impl From<Refused> for Stop {
    fn from(refused: Refused) -> Self {
        Self::Refused(refused)
    }
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Self::Error(error)
    }
}

/// What a mutation comes to.
pub(crate) type Done<T> = Result<T, Stop>;

/// The payload of a mutation: what it did, or why not.
pub(crate) fn answer<S, P>(done: Done<S>) -> async_graphql::Result<P>
where
    P: From<S> + From<Refused>,
{
    match done {
        Ok(success) => Ok(success.into()),
        Err(Stop::Refused(refused)) => Ok(refused.into()),
        Err(Stop::Error(error)) => Err(error),
    }
}

/// Defines the payload of a mutation: `payload! { SignInPayload = SignedIn }`.
macro_rules! payload {
    ($($name:ident = $success:ident;)+) => {$(
        /// Ce que la demande a fait, ou son refus.
        #[derive(async_graphql::Union)]
        pub(crate) enum $name {
            Done($success),
            Refused($crate::refused::Refused),
        }
    )+};
}

pub(crate) use payload;
