//! What the letter of a sign-up allows: to prove the address, to have another letter, or to say
//! that one did not ask for the account.

use async_graphql::{Context, InputObject, Object, Result};
use domain::{
    access::{Action, Facts},
    accounts::account::{Account, AccountCommand, AccountState},
    kernel::ids::LinkId,
};
use uuid::Uuid;

use super::{
    super::{
        login::no_credential,
        messages::not_the_password_of_the_sign_up,
        outcome::{LetterOnItsWay, LinkUsed},
    },
    sign_up::{ask_for_link, verification},
};
use crate::{
    guard::Call,
    input,
    order::journal_fault,
    ports::LinkPurpose,
    position::Position,
    refused::{Done, Stop, answer, payload},
};

/// Nouveau courriel de confirmation, par le code RNE ou par l’adresse.
#[derive(InputObject)]
pub(crate) struct RequestVerificationInput {
    /// Code RNE (UAI) de l’établissement.
    rne: Option<String>,
    /// Adresse de connexion.
    email: Option<String>,
    /// Identifiant de la demande.
    command_id: Option<Uuid>,
}

/// Nouveau courriel de confirmation, par le lien expiré.
#[derive(InputObject)]
pub(crate) struct RenewVerificationInput {
    /// Fin de l’adresse du lien reçu.
    token: String,
    /// Identifiant de la demande.
    command_id: Option<Uuid>,
}

/// Vérification de l’adresse par le lien reçu.
#[derive(InputObject)]
pub(crate) struct VerifyEmailInput {
    /// Fin de l’adresse du lien reçu.
    token: String,
    /// Mot de passe choisi à l’inscription.
    password: String,
    /// Identifiant de la demande.
    command_id: Option<Uuid>,
}

/// « Ce n’est pas moi », par le lien reçu.
#[derive(InputObject)]
pub(crate) struct DeclineSignUpInput {
    /// Fin de l’adresse du lien reçu.
    token: String,
    /// Identifiant de la demande.
    command_id: Option<Uuid>,
}

payload! {
    RequestVerificationPayload = LetterOnItsWay;
    RenewVerificationPayload = LetterOnItsWay;
    VerifyEmailPayload = LinkUsed;
    DeclineSignUpPayload = LinkUsed;
}

#[derive(Default)]
pub(crate) struct VerificationMutation;

#[Object]
impl VerificationMutation {
    /// Renvoie le courriel de confirmation. La réponse est la même, que le compte existe ou
    /// non.
    async fn request_verification(
        &self,
        ctx: &Context<'_>,
        input: RequestVerificationInput,
    ) -> Result<RequestVerificationPayload> {
        answer(request_verification(Call::of(ctx)?, input).await)
    }

    /// Renvoie le courriel de confirmation à celui qui a un lien expiré.
    async fn renew_verification(
        &self,
        ctx: &Context<'_>,
        input: RenewVerificationInput,
    ) -> Result<RenewVerificationPayload> {
        answer(renew(Call::of(ctx)?, input).await)
    }

    /// Vérifie l’adresse. Il y faut le lien et le mot de passe choisi à l’inscription : le lien
    /// seul n’ouvrirait à un tiers le compte qu’il aurait demandé. Recommencer ne fait aucun mal.
    async fn verify_email(
        &self,
        ctx: &Context<'_>,
        input: VerifyEmailInput,
    ) -> Result<VerifyEmailPayload> {
        answer(verify(Call::of(ctx)?, input).await)
    }

    /// Annule l’inscription que le titulaire de l’adresse n’a pas demandée ; l’adresse est libre
    /// aussitôt. Recommencer ne fait aucun mal.
    async fn decline_sign_up(
        &self,
        ctx: &Context<'_>,
        input: DeclineSignUpInput,
    ) -> Result<DeclineSignUpPayload> {
        answer(decline(Call::of(ctx)?, input).await)
    }
}

async fn request_verification(
    call: Call<'_>,
    input: RequestVerificationInput,
) -> Done<LetterOnItsWay> {
    let role = call.require(Action::RequestVerification, &Facts::none())?;
    call.allow_from("verification").await?;
    let email = match (&input.rne, &input.email) {
        (Some(rne), _) => {
            let school = call.listed_school(&input::uai("rne", rne)?).await?;
            call.institutional_login(&school)?
        }
        (None, Some(email)) => input::email("email", email)?,
        (None, None) => input::email("email", "")?,
    };
    let order = call.order("requestVerification", input.command_id, role);
    let found = call.account_by_login(&email).await?;
    // An address that is proved needs no letter; it is answered like one that is unknown.
    let found = found.filter(|found| !found.verified);
    let command = verification(call, &order);
    ask_for_link(call, &order, &email, found.map(|it| (it, command))).await
}

async fn renew(call: Call<'_>, input: RenewVerificationInput) -> Done<LetterOnItsWay> {
    let role = call.require(Action::RequestVerification, &Facts::none())?;
    call.allow_from("verification").await?;
    let link = call.link(LinkPurpose::VerifyEmail, &input.token)?;
    call.allow("letter", &link.subject).await?;
    let order = call.order("renewVerification", input.command_id, role);
    if let Some(found) = call.account_of(link.subject).await? {
        let command = verification(call, &order);
        call.give::<Account>(&order, &found.stream, command).await?;
    }
    Ok(LetterOnItsWay { minutes: call.service().account_rules().link_minutes })
}

async fn verify(call: Call<'_>, input: VerifyEmailInput) -> Done<LinkUsed> {
    call.require(Action::VerifyEmail, &Facts::none())?;
    call.allow_from("link").await?;
    let link = call.link(LinkPurpose::VerifyEmail, &input.token)?;
    let order = call.order_by_link("verifyEmail", input.command_id, LinkPurpose::VerifyEmail);
    let command =
        AccountCommand::VerifyEmail { link: LinkId::new(link.id), at: call.service().now() };
    let awaited = call.try_out::<Account>(&link.subject, command.clone()).await?;
    if !awaited.is_empty() {
        // Whoever signs up anew meanwhile replaces password and link at once: this link is then
        // refused below.
        prove(call, &link.subject, input.password).await?;
    }
    let handled = call.give::<Account>(&order, &link.subject, command).await?;
    Ok(LinkUsed { position: Position(handled.last) })
}

/// Refuses a password that is not the one of the sign-up, and too many of them.
async fn prove(call: Call<'_>, stream: &str, password: String) -> Done<()> {
    call.allow("password", stream).await?;
    let account = call.account_of(stream.to_owned()).await?.map(|found| found.account);
    if call.is_password(account, password).await? {
        return Ok(());
    }
    Err(Stop::Refused(not_the_password_of_the_sign_up().at("password")))
}

async fn decline(call: Call<'_>, input: DeclineSignUpInput) -> Done<LinkUsed> {
    call.require(Action::VerifyEmail, &Facts::none())?;
    call.allow_from("link").await?;
    let link = call.link(LinkPurpose::VerifyEmail, &input.token)?;
    let loaded = call.journal().load::<Account>(&link.subject).await;
    let (state, _) = loaded.map_err(|fault| journal_fault(&fault))?;
    if state == AccountState::Closed {
        return Ok(LinkUsed { position: Position(*call.journal().head().borrow()) });
    }
    let order = call.order_by_link("declineSignUp", input.command_id, LinkPurpose::VerifyEmail);
    let command = AccountCommand::DeclineSignUp { link: LinkId::new(link.id) };
    let rows = no_credential(&link.subject)?;
    let handled = call.give_with_rows::<Account>(&order, &link.subject, command, rows).await?;
    Ok(LinkUsed { position: Position(handled.last) })
}
