//! What the holder of an account changes, and what administrators and operators do to it.

use async_graphql::{Context, InputObject, Object, Result};
use domain::{
    access::{Action, Facts, Role},
    accounts::account::{Account, AccountCommand, Holder},
    kernel::{
        ids::{AccountId, PersonId},
        personal::Personal,
        text::folded,
    },
};
use journal::RowWrite;
use uuid::Uuid;

use super::{
    super::{
        login::{Found, credential},
        messages::wrong_password,
        outcome::{AccountChanged, LetterOnItsWay},
        types::Civility,
    },
    sign_up::link_expiry,
};
use crate::{
    guard::{Call, port_fault},
    input,
    order::{Order, journal_fault},
    refused::{Done, Stop, answer, payload},
};

/// Changement de mot de passe.
#[derive(InputObject)]
pub(crate) struct ChangePasswordInput {
    /// Mot de passe actuel.
    current: String,
    /// Nouveau mot de passe.
    password: String,
    /// Confirmation du mot de passe.
    password_confirmation: String,
    /// Identifiant de la demande.
    command_id: Option<Uuid>,
}

/// Profil.
#[derive(InputObject)]
pub(crate) struct ChangeProfileInput {
    /// Civilité.
    civility: Option<Civility>,
    /// Nom.
    last_name: String,
    /// Prénom.
    first_name: String,
    /// Fonction.
    function: Option<String>,
    /// Téléphone.
    phone: Option<String>,
    /// Identifiant de la demande.
    command_id: Option<Uuid>,
}

/// Autre adresse de connexion.
#[derive(InputObject)]
pub(crate) struct RequestEmailChangeInput {
    /// Nouvelle adresse.
    email: String,
    /// Mot de passe actuel.
    password: String,
    /// Identifiant de la demande.
    command_id: Option<Uuid>,
}

/// Conditions d’utilisation.
#[derive(InputObject)]
pub(crate) struct AcceptTermsInput {
    /// Version acceptée.
    version: String,
    /// Identifiant de la demande.
    command_id: Option<Uuid>,
}

/// Question secrète.
#[derive(InputObject)]
pub(crate) struct SetSecretQuestionInput {
    /// Question.
    question: String,
    /// Réponse, comparée sans égard aux accents ni à la casse.
    answer: String,
    /// Identifiant de la demande.
    command_id: Option<Uuid>,
}

/// Compte concerné.
#[derive(InputObject)]
pub(crate) struct UnlockAccountInput {
    /// Compte.
    account: String,
    /// Identifiant de la demande.
    command_id: Option<Uuid>,
}

/// Compte concerné.
#[derive(InputObject)]
pub(crate) struct AppointOperatorInput {
    /// Compte.
    account: String,
    /// Identifiant de la demande.
    command_id: Option<Uuid>,
}

/// Compte concerné.
#[derive(InputObject)]
pub(crate) struct DismissOperatorInput {
    /// Compte.
    account: String,
    /// Identifiant de la demande.
    command_id: Option<Uuid>,
}

payload! {
    ChangePasswordPayload = AccountChanged;
    ChangeProfilePayload = AccountChanged;
    RequestEmailChangePayload = LetterOnItsWay;
    AcceptTermsPayload = AccountChanged;
    SetSecretQuestionPayload = AccountChanged;
    UnlockAccountPayload = AccountChanged;
    AppointOperatorPayload = AccountChanged;
    DismissOperatorPayload = AccountChanged;
}

#[derive(Default)]
pub(crate) struct ProfileMutation;

#[Object]
impl ProfileMutation {
    /// Change le mot de passe, et ferme les autres sessions du compte.
    async fn change_password(
        &self,
        ctx: &Context<'_>,
        input: ChangePasswordInput,
    ) -> Result<ChangePasswordPayload> {
        answer(change_password(Call::of(ctx)?, input).await)
    }

    /// Change les nom, prénom, fonction et téléphone.
    async fn change_profile(
        &self,
        ctx: &Context<'_>,
        input: ChangeProfileInput,
    ) -> Result<ChangeProfilePayload> {
        answer(change_profile(Call::of(ctx)?, input).await)
    }

    /// Demande une autre adresse de connexion ; un lien part à la nouvelle adresse.
    async fn request_email_change(
        &self,
        ctx: &Context<'_>,
        input: RequestEmailChangeInput,
    ) -> Result<RequestEmailChangePayload> {
        answer(request_email_change(Call::of(ctx)?, input).await)
    }

    /// Accepte les conditions d’utilisation.
    async fn accept_terms(
        &self,
        ctx: &Context<'_>,
        input: AcceptTermsInput,
    ) -> Result<AcceptTermsPayload> {
        answer(accept_terms(Call::of(ctx)?, input).await)
    }

    /// Choisit la question secrète et sa réponse.
    async fn set_secret_question(
        &self,
        ctx: &Context<'_>,
        input: SetSecretQuestionInput,
    ) -> Result<SetSecretQuestionPayload> {
        answer(set_secret_question(Call::of(ctx)?, input).await)
    }

    /// Débloque un compte avant l’heure.
    async fn unlock_account(
        &self,
        ctx: &Context<'_>,
        input: UnlockAccountInput,
    ) -> Result<UnlockAccountPayload> {
        let office = Office {
            mutation: "unlockAccount",
            action: Action::UnlockAccount,
            command: AccountCommand::UnlockAccount,
        };
        answer(office.act(Call::of(ctx)?, &input.account, input.command_id).await)
    }

    /// Confie l’exploitation du service à un compte.
    async fn appoint_operator(
        &self,
        ctx: &Context<'_>,
        input: AppointOperatorInput,
    ) -> Result<AppointOperatorPayload> {
        let office = Office {
            mutation: "appointOperator",
            action: Action::AppointOperator,
            command: AccountCommand::AppointOperator,
        };
        answer(office.act(Call::of(ctx)?, &input.account, input.command_id).await)
    }

    /// Retire l’exploitation du service à un compte.
    async fn dismiss_operator(
        &self,
        ctx: &Context<'_>,
        input: DismissOperatorInput,
    ) -> Result<DismissOperatorPayload> {
        let office = Office {
            mutation: "dismissOperator",
            action: Action::DismissOperator,
            command: AccountCommand::DismissOperator,
        };
        answer(office.act(Call::of(ctx)?, &input.account, input.command_id).await)
    }
}

/// The account signed in with, about to change itself.
struct Own {
    account: AccountId,
    stream: String,
    person: PersonId,
    role: Role,
}

impl Own {
    async fn of(call: Call<'_>, action: Action) -> Done<Self> {
        let account = call.holder()?;
        let role = call.require(action, &Facts::account(account))?;
        let stream = account.uuid().to_string();
        let found: Option<Found> = call.account_of(stream.clone()).await?;
        let found = found.ok_or_else(|| Stop::Error(call.hidden()))?;
        Ok(Self { account, stream, person: found.person, role })
    }

    /// Refuses a wrong password, and too many of them.
    async fn prove(&self, call: Call<'_>, field: &str, password: String) -> Done<()> {
        call.allow("password", &self.stream).await?;
        if call.is_password(Some(self.account), password).await? {
            return Ok(());
        }
        Err(Stop::Refused(wrong_password().at(field)))
    }

    async fn give(
        &self,
        call: Call<'_>,
        order: &Order,
        command: AccountCommand,
        rows: Vec<RowWrite>,
    ) -> Done<AccountChanged> {
        let handled = call.give_with_rows::<Account>(order, &self.stream, command, rows).await?;
        Ok(AccountChanged { position: handled.last, account: self.account })
    }
}

async fn change_password(call: Call<'_>, input: ChangePasswordInput) -> Done<AccountChanged> {
    let own = Own::of(call, Action::ChangePassword).await?;
    own.prove(call, "current", input.current).await?;
    let again = &input.password_confirmation;
    let hash = call.chosen_password(input.password, again).await?;
    let order = call.order("changePassword", input.command_id, own.role);
    let rows = credential(&own.stream, &hash)?;
    let changed = own.give(call, &order, AccountCommand::ChangePassword, rows).await?;
    let kept = call.caller().session.as_ref();
    let closed = call.service().close_sessions(own.account, kept).await;
    closed.map_err(port_fault)?;
    Ok(changed)
}

async fn change_profile(call: Call<'_>, input: ChangeProfileInput) -> Done<AccountChanged> {
    let own = Own::of(call, Action::ChangeProfile).await?;
    let holder = Holder {
        civility: input.civility.map(Into::into),
        last_name: input::line("lastName", &input.last_name, 80)?,
        first_name: input::line("firstName", &input.first_name, 80)?,
        function: input::maybe_line("function", input.function.as_deref(), 80)?,
        phone: input::maybe_line("phone", input.phone.as_deref(), 30)?,
    };
    let order = call.order("changeProfile", input.command_id, own.role);
    let holder = Personal::new(own.person, holder);
    let command = AccountCommand::ChangeProfile { holder };
    own.give(call, &order, command, Vec::new()).await
}

async fn request_email_change(
    call: Call<'_>,
    input: RequestEmailChangeInput,
) -> Done<LetterOnItsWay> {
    let own = Own::of(call, Action::RequestEmailChange).await?;
    let login = input::email("email", &input.email)?;
    own.prove(call, "password", input.password).await?;
    call.allow("letter", &own.stream).await?;
    let order = call.order("requestEmailChange", input.command_id, own.role);
    let command = AccountCommand::RequestEmailChange {
        link: order.link(),
        login: Personal::new(own.person, login),
        expires_at: link_expiry(call),
    };
    own.give(call, &order, command, Vec::new()).await?;
    Ok(LetterOnItsWay { minutes: call.service().account_rules().link_minutes })
}

async fn accept_terms(call: Call<'_>, input: AcceptTermsInput) -> Done<AccountChanged> {
    let own = Own::of(call, Action::AcceptTerms).await?;
    let version = input::line("version", &input.version, 20)?;
    let order = call.order("acceptTerms", input.command_id, own.role);
    let command = AccountCommand::AcceptTerms { version };
    own.give(call, &order, command, Vec::new()).await
}

/// The answer is kept as a keyed hash, bound to the account; alone it opens nothing.
async fn set_secret_question(
    call: Call<'_>,
    input: SetSecretQuestionInput,
) -> Done<AccountChanged> {
    let own = Own::of(call, Action::SetSecretQuestion).await?;
    let question = input::line("question", &input.question, 200)?;
    let secret = input::line("answer", &input.answer, 200)?;
    let bound = format!("{}\u{1f}{}", own.stream, folded(&secret));
    let keyring = call.journal().keyring();
    let hash = hex::encode(keyring.mac("secret_answer", bound.as_bytes()));
    let row = RowWrite::put("secret_answer", &own.stream, &hash, None);
    let rows = vec![row.map_err(|fault| journal_fault(&fault))?];
    let order = call.order("setSecretQuestion", input.command_id, own.role);
    let question = Personal::new(own.person, question);
    let command = AccountCommand::SetSecretQuestion { question };
    own.give(call, &order, command, rows).await
}

/// What an administrator or an operator does to another's account.
struct Office {
    mutation: &'static str,
    action: Action,
    command: AccountCommand,
}

impl Office {
    async fn act(self, call: Call<'_>, account: &str, id: Option<Uuid>) -> Done<AccountChanged> {
        let account: AccountId = input::id("account", account)?;
        let facts = call.account_facts(account).await?;
        let role = call.require_visible(self.action, &facts)?;
        let order = call.order(self.mutation, id, role);
        let stream = account.uuid().to_string();
        let handled = call.give::<Account>(&order, &stream, self.command).await?;
        Ok(AccountChanged { position: handled.last, account })
    }
}
