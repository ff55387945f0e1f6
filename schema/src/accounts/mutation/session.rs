//! Signing in and out.

use async_graphql::{Context, InputObject, Object, Result};
use domain::{
    access::{Action, Facts},
    accounts::account::{Account, AccountCommand, AccountEvent, AccountRefusal, Lockout},
    kernel::{
        email::Email,
        ids::{AccountId, LinkId},
    },
};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::{
    super::{
        messages::invalid_credentials,
        outcome::{LetterOnItsWay, SignedIn, SignedOut},
    },
    sign_up::{ask_for_link, holder_of, link_expiry},
};
use crate::{
    guard::{Call, port_fault},
    input,
    order::journal_fault,
    ports::LinkPurpose,
    position::Position,
    refused::{Done, Refused, Stop, answer, payload},
};

/// Connexion.
#[derive(InputObject)]
pub(crate) struct SignInInput {
    /// Votre adresse Email.
    email: String,
    /// Votre mot de passe.
    password: String,
    /// Maintenir ma connexion.
    #[graphql(default)]
    keep: bool,
}

/// Lien de connexion.
#[derive(InputObject)]
pub(crate) struct RequestSignInLinkInput {
    /// Votre adresse Email.
    email: String,
    /// Identifiant de la demande.
    command_id: Option<uuid::Uuid>,
}

/// Connexion par le lien reçu.
#[derive(InputObject)]
pub(crate) struct UseSignInLinkInput {
    /// Fin de l’adresse du lien reçu.
    token: String,
    /// Maintenir ma connexion.
    #[graphql(default)]
    keep: bool,
}

payload! {
    SignInPayload = SignedIn;
    SignOutPayload = SignedOut;
    RequestSignInLinkPayload = LetterOnItsWay;
    UseSignInLinkPayload = SignedIn;
}

#[derive(Default)]
pub(crate) struct SessionMutation;

#[Object]
impl SessionMutation {
    /// Ouvre une session. Le refus est le même, que l’adresse soit inconnue ou le mot de passe
    /// erroné.
    async fn sign_in(&self, ctx: &Context<'_>, input: SignInInput) -> Result<SignInPayload> {
        answer(sign_in(ctx, input).await)
    }

    /// Ferme la session.
    async fn sign_out(&self, ctx: &Context<'_>) -> Result<SignOutPayload> {
        answer(sign_out(ctx).await)
    }

    /// Envoie un lien qui ouvre une session sans mot de passe. La réponse est la même, que le
    /// compte existe ou non.
    async fn request_sign_in_link(
        &self,
        ctx: &Context<'_>,
        input: RequestSignInLinkInput,
    ) -> Result<RequestSignInLinkPayload> {
        answer(request_link(Call::of(ctx)?, input).await)
    }

    /// Ouvre une session par le lien reçu ; il ne sert qu’une fois.
    async fn use_sign_in_link(
        &self,
        ctx: &Context<'_>,
        input: UseSignInLinkInput,
    ) -> Result<UseSignInLinkPayload> {
        answer(use_link(ctx, input).await)
    }
}

async fn sign_in(ctx: &Context<'_>, input: SignInInput) -> Done<SignedIn> {
    let call = Call::of(ctx)?;
    call.require(Action::SignIn, &Facts::none())?;
    call.allow_from("sign_in").await?;
    // What is no address is nobody’s: no reason to say more.
    let email: Email = input.email.parse().map_err(|_| invalid_credentials())?;
    let found = call.account_by_login(&email).await?;
    let account = found.as_ref().map(|it| it.account);
    let right = call.is_password(account, input.password).await?;
    let Some(found) = found else {
        return Err(unknown_address(call, &email).await?.into());
    };
    let rules = call.service().account_rules();
    let command = AccountCommand::SignIn {
        right,
        at: call.service().now(),
        lockout: Lockout { failures: rules.lock_after, minutes: rules.lock_minutes },
    };
    // Never repeated: an answer given once must not open a second session.
    let order = call.order("signIn", None, domain::access::Role::Visitor);
    let order = if right { order.by(holder_of(&found)) } else { order };
    let handled = call.give::<Account>(&order, &found.stream, command).await?;
    let signed_in =
        handled.events.iter().any(|event| matches!(event, AccountEvent::SignedIn { .. }));
    if !(right && signed_in) {
        return Err(Stop::Refused(invalid_credentials()));
    }
    open_session(ctx, found.account, input.keep).await?;
    Ok(SignedIn { position: handled.last, account: found.account })
}

async fn open_session(ctx: &Context<'_>, account: AccountId, keep: bool) -> Done<()> {
    let opened = Call::of(ctx)?.service().open_session(account, keep).await;
    ctx.append_http_header("set-cookie", opened.map_err(port_fault)?.0);
    Ok(())
}

/// What is remembered of an address that no account has, so that it is answered as one would
/// be: after as many failures it is locked, for as long.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Attempts {
    failures: u32,
    locked_until: Option<Timestamp>,
}

/// The refusal that an account would have given.
async fn unknown_address(call: Call<'_>, email: &Email) -> Done<Refused> {
    const KIND: &str = "unknown_login";
    let rules = call.service().account_rules();
    let now = call.service().now();
    let journal = call.journal();
    let key = hex::encode(journal.keyring().mac(KIND, email.normalised().as_bytes()));
    let kept = journal.rows().get::<Attempts>(KIND, &key).await;
    let mut attempts = kept.map_err(|fault| journal_fault(&fault))?.unwrap_or_default();
    if let Some(until) = attempts.locked_until.filter(|until| now < *until) {
        return Ok(AccountRefusal::Locked { until }.into());
    }
    attempts.failures += 1;
    attempts.locked_until = None;
    let minutes = SignedDuration::from_mins(i64::from(rules.lock_minutes));
    let until = now.checked_add(minutes).unwrap_or(Timestamp::MAX);
    if attempts.failures >= rules.lock_after {
        attempts = Attempts { failures: 0, locked_until: Some(until) };
    }
    let day = now.checked_add(SignedDuration::from_hours(24));
    let rows = journal.rows();
    let put = rows.put(KIND, &key, &attempts, day.ok().max(Some(until)));
    put.await.map_err(|fault| journal_fault(&fault))?;
    Ok(invalid_credentials())
}

async fn sign_out(ctx: &Context<'_>) -> Done<SignedOut> {
    let call = Call::of(ctx)?;
    let account = call.holder()?;
    let role = call.require(Action::SignOut, &Facts::account(account))?;
    if let Some(session) = &call.caller().session {
        let closed = call.service().close_session(session).await;
        ctx.append_http_header("set-cookie", closed.map_err(port_fault)?.0);
    }
    let order = call.order("signOut", None, role);
    let stream = account.uuid().to_string();
    let handled = call.give::<Account>(&order, &stream, AccountCommand::SignOut).await?;
    Ok(SignedOut { position: Position(handled.last) })
}

async fn request_link(call: Call<'_>, input: RequestSignInLinkInput) -> Done<LetterOnItsWay> {
    let role = call.require(Action::RequestSignInLink, &Facts::none())?;
    call.allow_from("sign_in_link").await?;
    let email = input::email("email", &input.email)?;
    let order = call.order("requestSignInLink", input.command_id, role);
    let found = call.account_by_login(&email).await?;
    // An address that is not proved gets no such link; it is not told so either.
    let found = found.filter(|found| found.verified);
    let command =
        AccountCommand::RequestSignInLink { link: order.link(), expires_at: link_expiry(call) };
    ask_for_link(call, &order, &email, found.map(|it| (it, command))).await
}

async fn use_link(ctx: &Context<'_>, input: UseSignInLinkInput) -> Done<SignedIn> {
    let call = Call::of(ctx)?;
    call.require(Action::UseSignInLink, &Facts::none())?;
    call.allow_from("link").await?;
    let link = call.link(LinkPurpose::SignIn, &input.token)?;
    let order = call.order_by_link("useSignInLink", None, LinkPurpose::SignIn);
    let command =
        AccountCommand::UseSignInLink { link: LinkId::new(link.id), at: call.service().now() };
    let handled = call.give::<Account>(&order, &link.subject, command).await?;
    let found = call.account_of(link.subject).await?;
    let account = found.ok_or(AccountRefusal::LinkUnknown).map_err(Refused::from)?.account;
    open_session(ctx, account, input.keep).await?;
    Ok(SignedIn { position: handled.last, account })
}
