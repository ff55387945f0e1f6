//! Letters to the holder of an account. Their links are secrets: `Debug` leaves them out.

use jiff::civil::DateTime;
use serde::Serialize;

use crate::french;

/// « Vérifier votre Email ».
#[derive(Clone, Serialize)]
pub struct VerifyEmail {
    /// The school whose space the account will found, with its town.
    pub school: Option<String>,
    /// The address that verifies.
    pub link: String,
    /// For how many minutes the link serves.
    #[serde(rename = "validity", serialize_with = "french::minutes")]
    pub minutes: u32,
}

/// « Choisir un nouveau mot de passe ».
#[derive(Clone, Serialize)]
pub struct ResetPassword {
    /// The address where the password is chosen.
    pub link: String,
    /// For how many minutes the link serves.
    #[serde(rename = "validity", serialize_with = "french::minutes")]
    pub minutes: u32,
}

/// « Se connecter ».
#[derive(Clone, Serialize)]
pub struct SignInLink {
    /// The address that signs in.
    pub link: String,
    /// For how many minutes the link serves.
    #[serde(rename = "validity", serialize_with = "french::minutes")]
    pub minutes: u32,
}

/// « Confirmer cette adresse ».
#[derive(Clone, Serialize)]
pub struct EmailChange {
    /// The address that confirms.
    pub link: String,
    /// For how many minutes the link serves.
    #[serde(rename = "validity", serialize_with = "french::minutes")]
    pub minutes: u32,
}

macro_rules! debug_without_link {
    ($($name:ident),+) => {$(
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_struct(stringify!($name)).field("minutes", &self.minutes).finish_non_exhaustive()
            }
        }
    )+};
}
debug_without_link!(VerifyEmail, ResetPassword, SignInLink, EmailChange);

/// The password was changed.
#[derive(Debug, Clone, Serialize)]
pub struct PasswordChanged {
    /// When.
    #[serde(serialize_with = "french::moment")]
    pub at: DateTime,
    /// The page « Mot de passe oublié ? ».
    pub reset: String,
}

/// The account is locked for a while.
#[derive(Debug, Clone, Serialize)]
pub struct AccountLocked {
    /// When it opens again by itself.
    #[serde(serialize_with = "french::moment")]
    pub until: DateTime,
    /// The page « Mot de passe oublié ? ».
    pub reset: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_never_shows_a_link() {
        let letter =
            ResetPassword { link: "https://escale.example/lien/secret".to_owned(), minutes: 5 };

        assert_eq!(format!("{letter:?}"), "ResetPassword { minutes: 5, .. }");
    }
}
