//! What a mailed link does: another password, another login.

use async_graphql::{Context, InputObject, Object, Result};
use domain::{
    access::{Action, Facts},
    accounts::account::{Account, AccountCommand, AccountRefusal},
    kernel::ids::LinkId,
};
use uuid::Uuid;

use super::{
    super::{
        login::credential,
        messages::not_the_password_of_the_account,
        outcome::{LetterOnItsWay, LinkUsed},
    },
    sign_up::{ask_for_link, link_expiry},
};
use crate::{
    guard::{Call, port_fault},
    input,
    ports::{LinkPurpose, SignedLink},
    position::Position,
    refused::{Done, Refused, Stop, answer, payload},
};

/// Mot de passe oublié.
#[derive(InputObject)]
pub(crate) struct RequestPasswordResetInput {
    /// Votre adresse Email.
    email: String,
    /// Identifiant de la demande.
    command_id: Option<Uuid>,
}

/// Nouveau mot de passe, par le lien reçu.
#[derive(InputObject)]
pub(crate) struct ResetPasswordInput {
    /// Fin de l’adresse du lien reçu.
    token: String,
    /// Nouveau mot de passe.
    password: String,
    /// Confirmation du mot de passe.
    password_confirmation: String,
    /// Identifiant de la demande.
    command_id: Option<Uuid>,
}

/// Nouvelle adresse de connexion, par le lien reçu.
#[derive(InputObject)]
pub(crate) struct ChangeEmailInput {
    /// Fin de l’adresse du lien reçu.
    token: String,
    /// Mot de passe du compte qui a demandé à changer d’adresse.
    password: String,
    /// Identifiant de la demande.
    command_id: Option<Uuid>,
}

payload! {
    RequestPasswordResetPayload = LetterOnItsWay;
    ResetPasswordPayload = LinkUsed;
    ChangeEmailPayload = LinkUsed;
}

#[derive(Default)]
pub(crate) struct LinkMutation;

#[Object]
impl LinkMutation {
    /// Envoie un lien pour choisir un nouveau mot de passe. La réponse est la même, que le
    /// compte existe ou non.
    async fn request_password_reset(
        &self,
        ctx: &Context<'_>,
        input: RequestPasswordResetInput,
    ) -> Result<RequestPasswordResetPayload> {
        answer(request_reset(Call::of(ctx)?, input).await)
    }

    /// Change le mot de passe par le lien reçu, et ferme toutes les sessions du compte. Le lien
    /// qui vérifie une adresse convient aussi : l’adresse est alors vérifiée.
    async fn reset_password(
        &self,
        ctx: &Context<'_>,
        input: ResetPasswordInput,
    ) -> Result<ResetPasswordPayload> {
        answer(reset(Call::of(ctx)?, input).await)
    }

    /// Change l’adresse de connexion par le lien reçu à la nouvelle adresse. Il y faut aussi le
    /// mot de passe du compte : qui lit la nouvelle adresse n’est pas forcément son titulaire.
    async fn change_email(
        &self,
        ctx: &Context<'_>,
        input: ChangeEmailInput,
    ) -> Result<ChangeEmailPayload> {
        answer(change_email(Call::of(ctx)?, input).await)
    }
}

impl Call<'_> {
    /// The link that `token` stands for, if it is one of ours for `purpose`.
    pub(crate) fn link(self, purpose: LinkPurpose, token: &str) -> Done<SignedLink> {
        let link = self.service().read_link(purpose, token.trim());
        link.ok_or_else(|| Stop::Refused(Refused::from(AccountRefusal::LinkUnknown)))
    }

    /// The link by which a password may be chosen, and which of the two it is.
    fn password_link(self, token: &str) -> Done<(LinkPurpose, SignedLink)> {
        let of = |purpose| self.link(purpose, token).map(|link| (purpose, link));
        of(LinkPurpose::VerifyEmail).or_else(|_| of(LinkPurpose::ResetPassword))
    }
}

async fn request_reset(call: Call<'_>, input: RequestPasswordResetInput) -> Done<LetterOnItsWay> {
    let role = call.require(Action::RequestPasswordReset, &Facts::none())?;
    call.allow_from("password_reset").await?;
    let email = input::email("email", &input.email)?;
    let order = call.order("requestPasswordReset", input.command_id, role);
    let found = call.account_by_login(&email).await?;
    let command =
        AccountCommand::RequestPasswordReset { link: order.link(), expires_at: link_expiry(call) };
    ask_for_link(call, &order, &email, found.map(|it| (it, command))).await
}

async fn reset(call: Call<'_>, input: ResetPasswordInput) -> Done<LinkUsed> {
    call.require(Action::ResetPassword, &Facts::none())?;
    call.allow_from("link").await?;
    let (purpose, link) = call.password_link(&input.token)?;
    let again = &input.password_confirmation;
    let hash = call.chosen_password(input.password, again).await?;
    let order = call.order_by_link("resetPassword", input.command_id, purpose);
    let command =
        AccountCommand::ResetPassword { link: LinkId::new(link.id), at: call.service().now() };
    let rows = credential(&link.subject, &hash)?;
    let handled = call.give_with_rows::<Account>(&order, &link.subject, command, rows).await?;
    if let Some(found) = call.account_of(link.subject).await? {
        let closed = call.service().close_sessions(found.account, None).await;
        closed.map_err(port_fault)?;
    }
    Ok(LinkUsed { position: Position(handled.last) })
}

async fn change_email(call: Call<'_>, input: ChangeEmailInput) -> Done<LinkUsed> {
    call.require(Action::ChangeEmail, &Facts::none())?;
    call.allow_from("link").await?;
    let link = call.link(LinkPurpose::ChangeEmail, &input.token)?;
    let purpose = LinkPurpose::ChangeEmail;
    let order = call.order_by_link("changeEmail", input.command_id, purpose);
    let command =
        AccountCommand::ChangeEmail { link: LinkId::new(link.id), at: call.service().now() };
    call.try_out::<Account>(&link.subject, command.clone()).await?;
    call.allow("password", &link.subject).await?;
    let account = call.account_of(link.subject.clone()).await?.map(|found| found.account);
    if !call.is_password(account, input.password).await? {
        return Err(Stop::Refused(not_the_password_of_the_account().at("password")));
    }
    let handled = call.give::<Account>(&order, &link.subject, command).await?;
    Ok(LinkUsed { position: Position(handled.last) })
}
