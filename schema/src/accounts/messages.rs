//! What the refusals of accounts and of schools' spaces say.

use domain::accounts::{account::AccountRefusal, school_space::SchoolSpaceRefusal};

use crate::refused::{RefusalCode, Refused};

impl From<AccountRefusal> for Refused {
    fn from(refusal: AccountRefusal) -> Self {
        use AccountRefusal as R;
        use RefusalCode as C;
        let say = |code: C, message: &str| Self::new(code, message);
        match refusal {
            R::NoSuchAccount => say(C::NoSuchAccount, "Ce compte n’existe pas."),
            R::AlreadyRegistered => say(
                C::AlreadyRegistered,
                "L’adresse de cet établissement a déjà un compte. Connectez-vous, ou choisissez \
                 un nouveau mot de passe par «\u{a0}Mot de passe oublié\u{202f}?\u{a0}».",
            ),
            R::NotVerified => say(
                C::NotVerified,
                "Votre adresse n’est pas encore vérifiée\u{202f}: ouvrez le courriel reçu à \
                 l’inscription, ou demandez-en un nouveau.",
            ),
            R::LinkUnknown => say(
                C::LinkUnknown,
                "Ce lien a déjà servi, ou un lien plus récent l’a remplacé. Ouvrez le dernier \
                 courriel reçu, ou demandez un nouveau lien.",
            ),
            R::LinkExpired { .. } => say(
                C::LinkExpired,
                "Ce lien n’est plus valable\u{202f}: son délai est passé. Demandez-en un nouveau.",
            ),
            R::Locked { .. } => say(
                C::Locked,
                "Ce compte est bloqué pour quelques minutes après plusieurs mots de passe \
                 erronés. Réessayez plus tard, ou choisissez un nouveau mot de passe par «\u{a0}Mot \
                 de passe oublié\u{202f}?\u{a0}».",
            ),
            R::NotLocked => say(C::NotLocked, "Ce compte n’est pas bloqué."),
            R::AccountIsClosed => say(C::AccountIsClosed, "Ce compte est fermé."),
            R::SameOffice => say(
                C::SameOffice,
                "Rien à changer\u{202f}: ce compte est déjà dans cette situation.",
            ),
        }
    }
}

impl From<SchoolSpaceRefusal> for Refused {
    fn from(refusal: SchoolSpaceRefusal) -> Self {
        use RefusalCode as C;
        use SchoolSpaceRefusal as R;
        let say = |code: C, message: &str| Self::new(code, message);
        match refusal {
            R::NotFounded => say(
                C::NotFounded,
                "Cet établissement n’a pas encore de compte\u{202f}: inscrivez-le avec son code RNE.",
            ),
            R::InvitationUnknown => say(
                C::InvitationUnknown,
                "Cette invitation a déjà servi, ou n’existe plus. Demandez-en une nouvelle à \
                 l’établissement.",
            ),
            R::InvitationExpired { .. } => say(
                C::InvitationExpired,
                "Le délai de cette invitation est passé. Demandez-en une nouvelle à \
                 l’établissement.",
            ),
            R::AlreadyMember => {
                say(C::AlreadyMember, "Ce compte fait déjà partie de l’établissement.")
            }
            R::NotAMember => say(C::NotAMember, "Ce compte ne fait pas partie de l’établissement."),
            R::LastManager => say(
                C::LastManager,
                "Un établissement garde au moins un gestionnaire\u{202f}: invitez-en un autre avant \
                 de retirer celui-ci.",
            ),
            R::RequestUnknown => {
                say(C::RequestUnknown, "Cette demande a déjà reçu une réponse, ou n’existe pas.")
            }
            R::TooManyHints { .. } => say(
                C::TooManyHints,
                "L’identifiant de cet établissement a été demandé trop souvent. Réessayez dans \
                 une heure.",
            ),
            R::NothingStored => say(C::NothingStored, "Aucune image n’est enregistrée."),
        }
    }
}

/// The address or the password is wrong; never which.
pub(crate) fn invalid_credentials() -> Refused {
    Refused::new(
        RefusalCode::InvalidCredentials,
        "L’adresse ou le mot de passe n’est pas le bon. Vérifiez-les, puis réessayez.",
    )
}

/// The password of the account signed in with is another.
pub(crate) fn wrong_password() -> Refused {
    Refused::new(RefusalCode::WrongPassword, "Ce n’est pas votre mot de passe actuel.")
}

/// The password is not the one with which the account was asked for.
pub(crate) fn not_the_password_of_the_sign_up() -> Refused {
    Refused::new(
        RefusalCode::WrongPassword,
        "Ce n’est pas le mot de passe choisi à l’inscription. Réessayez, ou choisissez-en un \
         nouveau\u{202f}; si vous n’avez rien demandé, choisissez «\u{a0}Ce n’est pas moi\u{a0}».",
    )
}

/// The password is not that of the account whose login is to change.
pub(crate) fn not_the_password_of_the_account() -> Refused {
    Refused::new(
        RefusalCode::WrongPassword,
        "Ce n’est pas le mot de passe du compte qui a demandé à changer d’adresse. Si vous n’avez \
         rien demandé, fermez cette page\u{202f}: rien ne changera.",
    )
}

/// Access is asked for from an address that is not academic.
pub(crate) fn not_academic(expected: &str) -> Refused {
    Refused::new(
        RefusalCode::NotAcademic,
        format!("Saisissez votre adresse professionnelle académique, comme prenom.nom@{expected}."),
    )
}

/// The account’s login is not the school’s own address.
pub(crate) fn not_the_institutional_address() -> Refused {
    Refused::new(
        RefusalCode::NotTheInstitutionalAddress,
        "L’adresse de votre compte n’est pas celle de cet établissement dans l’annuaire national\u{202f}: \
         inscrivez l’établissement, ou demandez un accès à ses gestionnaires.",
    )
}

/// No verified account signs in with this address.
pub(crate) fn no_such_account() -> Refused {
    Refused::new(
        RefusalCode::NoSuchAccount,
        "Aucun compte vérifié ne se connecte avec cette adresse.",
    )
}
