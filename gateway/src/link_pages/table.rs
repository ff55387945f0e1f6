//! Which page each link opens, and what its buttons do.

use schema::ports::LinkPurpose;

/// One kind of page.
#[derive(Debug, Clone, Copy)]
pub(super) struct LinkPage {
    pub(super) purpose: LinkPurpose,
    /// What follows the link in the address: nothing but for a purpose's second page.
    pub(super) below: &'static str,
    pub(super) title: &'static str,
    pub(super) text: &'static str,
    pub(super) fields: &'static [Field],
    /// The first is the main one.
    pub(super) buttons: &'static [Button],
    /// A page below this one, and what leads to it.
    pub(super) other_way: Option<(&'static str, &'static str)>,
    /// Asks whether there is something to do yet, with `$token`; answers under `done`.
    pub(super) asks: Option<&'static str>,
    /// Sends a new link when this one is over.
    pub(super) renewal: Option<&'static str>,
}

/// What one may do on a page.
#[derive(Debug, Clone, Copy)]
pub(super) struct Button {
    /// The value of the form's `choice`.
    pub(super) choice: &'static str,
    pub(super) label: &'static str,
    /// Said before the button.
    pub(super) text: &'static str,
    /// Whether the fields must be filled in.
    pub(super) needs_fields: bool,
    /// The mutation, with `$input`; answers under `done`.
    pub(super) mutation: &'static str,
    /// What is said once it is done.
    pub(super) done: &'static str,
    /// Where one goes on from there.
    pub(super) next: Next,
}

/// A page that leads on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Next {
    pub(super) address: &'static str,
    pub(super) label: &'static str,
}

/// After what lets one sign in.
pub(super) const TO_SIGN_IN: Next = Next { address: "/connexion", label: "Se connecter" };
/// After a sign-in.
const TO_SPACES: Next = Next { address: "/espaces", label: "Aller à mon espace" };
/// When there is nothing more to do.
pub(super) const TO_HOME: Next = Next { address: "/", label: "Aller à l’accueil" };

/// A field of a page's form.
#[derive(Debug, Clone, Copy)]
pub(super) struct Field {
    pub(super) name: &'static str,
    pub(super) label: &'static str,
    pub(super) kind: &'static str,
    pub(super) autocomplete: &'static str,
    pub(super) hint: &'static str,
}

const RULE: &str =
    "Au moins 8 caractères, dont 1 majuscule, 1 minuscule, 1 chiffre et 1 caractère spécial";

const PASSWORD: Field = Field {
    name: "password",
    label: "Mot de passe",
    kind: "password",
    autocomplete: "new-password",
    hint: RULE,
};

const CONFIRMATION: Field = Field {
    name: "passwordConfirmation",
    label: "Confirmation du mot de passe",
    hint: "",
    ..PASSWORD
};

/// A password that was chosen before.
const fn known_password(label: &'static str) -> Field {
    Field { label, autocomplete: "current-password", hint: "", ..PASSWORD }
}

macro_rules! mutation {
    ($name:literal, $input:literal) => {
        concat!(
            "mutation($input: ",
            $input,
            "!) { done: ",
            $name,
            "(input: $input) { __typename ... on Refused { code message field } } }"
        )
    };
}

const PRESS: Button = Button {
    choice: "",
    label: "",
    text: "",
    needs_fields: true,
    mutation: "",
    done: "",
    next: TO_SIGN_IN,
};

const PAGE: LinkPage = LinkPage {
    purpose: LinkPurpose::VerifyEmail,
    below: "",
    title: "",
    text: "",
    fields: &[],
    buttons: &[],
    other_way: None,
    asks: None,
    renewal: None,
};

const SIGN_UP: &str = "query($token: String!) { done: signUp(token: $token) { __typename
    ... on SignUp { civility lastName firstName function school { name city } since }
    ... on Refused { code message } } }";

const DECLINE: Button = Button {
    choice: "decline",
    label: "Ce n’est pas moi",
    text: "Vous n’avez rien demandé\u{202f}? L’inscription sera annulée, et l’établissement pourra \
           s’inscrire à nouveau aussitôt.",
    needs_fields: false,
    mutation: mutation!("declineSignUp", "DeclineSignUpInput"),
    done: "L’inscription est annulée\u{202f}: personne ne peut se connecter avec cette adresse. \
           L’établissement peut s’inscrire à nouveau.",
    next: TO_HOME,
};

/// To verify takes the mailbox and the password: whoever asked for the account without having
/// the mailbox does not get it by the press of a button.
const VERIFY: LinkPage = LinkPage {
    title: "Vérifier votre adresse",
    text: "Si c’est vous, saisissez le mot de passe choisi à l’inscription\u{202f}: votre adresse \
           sera vérifiée.",
    fields: &[known_password("Mot de passe choisi à l’inscription")],
    buttons: &[
        Button {
            choice: "verify",
            label: "Vérifier votre Email",
            mutation: mutation!("verifyEmail", "VerifyEmailInput"),
            done: VERIFIED,
            ..PRESS
        },
        DECLINE,
    ],
    other_way: Some((NEW_PASSWORD, "Mot de passe oublié\u{202f}? En choisir un nouveau")),
    asks: Some(SIGN_UP),
    renewal: Some(mutation!("renewVerification", "RenewVerificationInput")),
    ..PAGE
};

/// What is said once the address is verified, and to whoever comes back.
pub(super) const VERIFIED: &str = "Votre adresse est vérifiée\u{202f}: vous pouvez vous connecter.";

const NEW_PASSWORD: &str = "/nouveau-mot-de-passe";

const VERIFY_ANEW: LinkPage = LinkPage {
    below: NEW_PASSWORD,
    title: "Choisir un nouveau mot de passe",
    text: "Si c’est vous, choisissez un mot de passe\u{202f}: il remplace celui de l’inscription, et \
           votre adresse sera vérifiée.",
    fields: &[PASSWORD, CONFIRMATION],
    buttons: &[
        Button {
            choice: "reset",
            label: "Enregistrer le mot de passe",
            mutation: mutation!("resetPassword", "ResetPasswordInput"),
            done: VERIFIED,
            ..PRESS
        },
        DECLINE,
    ],
    other_way: None,
    ..VERIFY
};

const RESET: LinkPage = LinkPage {
    purpose: LinkPurpose::ResetPassword,
    title: "Choisir un nouveau mot de passe",
    text: "Le nouveau mot de passe remplace l’ancien, et ferme vos autres sessions.",
    fields: &[PASSWORD, CONFIRMATION],
    buttons: &[Button {
        choice: "reset",
        label: "Enregistrer le mot de passe",
        mutation: mutation!("resetPassword", "ResetPasswordInput"),
        done: "Votre mot de passe est changé\u{202f}: vous pouvez vous connecter.",
        ..PRESS
    }],
    ..PAGE
};

const CHANGE: LinkPage = LinkPage {
    purpose: LinkPurpose::ChangeEmail,
    title: "Confirmer votre nouvelle adresse",
    text: "Vous vous connecterez désormais avec cette adresse. Si vous n’avez rien demandé, fermez \
           cette page\u{202f}: rien ne changera.",
    fields: &[known_password("Mot de passe de votre compte")],
    buttons: &[Button {
        choice: "change",
        label: "Confirmer cette adresse",
        mutation: mutation!("changeEmail", "ChangeEmailInput"),
        done: "Votre adresse est changée\u{202f}: connectez-vous avec elle la prochaine fois.",
        next: TO_SPACES,
        ..PRESS
    }],
    ..PAGE
};

const SIGN_IN: LinkPage = LinkPage {
    purpose: LinkPurpose::SignIn,
    title: "Se connecter",
    text: "Ce lien vous connecte une fois, sans mot de passe.",
    buttons: &[Button {
        choice: "sign-in",
        label: "Me connecter",
        mutation: mutation!("useSignInLink", "UseSignInLinkInput"),
        done: "Vous êtes connecté.",
        next: TO_SPACES,
        ..PRESS
    }],
    ..PAGE
};

const JOIN: LinkPage = LinkPage {
    purpose: LinkPurpose::JoinSpace,
    title: "Rejoindre l’espace de l’établissement",
    text: "Si vous avez déjà un compte à cette adresse, vos nom et mot de passe ne changent pas\u{202f}: \
           indiquez votre mot de passe actuel.",
    fields: &[
        Field {
            name: "lastName",
            label: "Votre nom",
            kind: "text",
            autocomplete: "family-name",
            hint: "",
        },
        Field {
            name: "firstName",
            label: "Votre prénom",
            kind: "text",
            autocomplete: "given-name",
            hint: "",
        },
        PASSWORD,
        CONFIRMATION,
    ],
    buttons: &[Button {
        choice: "join",
        label: "Rejoindre l’espace",
        mutation: mutation!("joinSpace", "JoinSpaceInput"),
        done: "Vous avez rejoint l’espace de l’établissement\u{202f}: vous pouvez vous connecter.",
        ..PRESS
    }],
    ..PAGE
};

const ANSWER_ACCESS: Button = Button {
    mutation: mutation!("answerAccess", "AnswerAccessInput"),
    done: "Votre réponse est enregistrée\u{202f}; la personne est prévenue.",
    next: TO_HOME,
    ..PRESS
};

const ANSWER: LinkPage = LinkPage {
    purpose: LinkPurpose::AnswerAccess,
    title: "Demande d’accès",
    text: "Une personne demande à partager l’espace de votre établissement\u{202f}; le courriel dit qui.",
    buttons: &[
        Button { choice: "GRANT", label: "Donner l’accès", ..ANSWER_ACCESS },
        Button { choice: "DECLINE", label: "Refuser", ..ANSWER_ACCESS },
    ],
    ..PAGE
};

/// All pages.
pub(super) const PAGES: [LinkPage; 7] = [VERIFY, VERIFY_ANEW, RESET, CHANGE, SIGN_IN, JOIN, ANSWER];
