//! Signing up by UAI, and asking for the letters that bear links.

use async_graphql::{Context, InputObject, Object, Result};
use domain::{
    access::{Action, Facts, Role},
    accounts::account::{Account, AccountCommand, Holder},
    kernel::{
        email::Email,
        ids::{AccountId, PersonId},
        personal::Personal,
        uai::Uai,
    },
};
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use super::super::{
    login::{Found, credential},
    outcome::{AccountRegistered, LetterOnItsWay},
    types::Civility,
};
use crate::{
    guard::Call,
    input,
    order::{Order, journal_fault},
    position::Position,
    refused::{Done, answer, payload},
};

/// Inscription d’un établissement.
#[derive(InputObject)]
pub(crate) struct RegisterAccountInput {
    /// Code RNE (UAI) de l’établissement.
    rne: String,
    /// Civilité.
    civility: Option<Civility>,
    /// Votre nom.
    last_name: String,
    /// Votre prénom.
    first_name: String,
    /// Votre fonction.
    function: Option<String>,
    /// Votre téléphone.
    phone: Option<String>,
    /// Mot de passe.
    password: String,
    /// Confirmation du mot de passe.
    password_confirmation: String,
    /// Identifiant de la demande : répétée, elle n’a d’effet qu’une fois.
    command_id: Option<Uuid>,
}

payload! {
    RegisterAccountPayload = AccountRegistered;
}

#[derive(Default)]
pub(crate) struct SignUpMutation;

#[Object]
impl SignUpMutation {
    /// Inscrit un établissement. L’adresse de connexion est celle de l’annuaire ; le courriel
    /// de confirmation part aussitôt.
    async fn register_account(
        &self,
        ctx: &Context<'_>,
        input: RegisterAccountInput,
    ) -> Result<RegisterAccountPayload> {
        answer(register(Call::of(ctx)?, input).await)
    }
}

async fn register(call: Call<'_>, input: RegisterAccountInput) -> Done<AccountRegistered> {
    let role = call.require(Action::RegisterAccount, &Facts::none())?;
    call.allow_from("sign_up").await?;
    let uai = input::uai("rne", &input.rne)?;
    let holder = Holder {
        civility: input.civility.map(Into::into),
        last_name: input::line("lastName", &input.last_name, 80)?,
        first_name: input::line("firstName", &input.first_name, 80)?,
        function: input::maybe_line("function", input.function.as_deref(), 80)?,
        phone: input::maybe_line("phone", input.phone.as_deref(), 30)?,
    };
    let school = call.listed_school(&uai).await?;
    let login = call.institutional_login(&school)?;
    let again = &input.password_confirmation;
    let hash = call.chosen_password(input.password, again).await?;
    let order = call.order("registerAccount", input.command_id, role);
    let new = NewAccount { school: Some(uai), login: login.clone(), holder, hash };
    let found = new.register(call, &order).await?;
    let order = order.step("verification");
    let command = verification(call, &order);
    let handled = call.give::<Account>(&order, &found.stream, command).await?;
    Ok(AccountRegistered { position: Position(handled.last), login: login.into() })
}

/// An account to be registered, or registered anew as long as its address is not proved.
pub(super) struct NewAccount {
    pub(super) school: Option<Uai>,
    pub(super) login: Email,
    pub(super) holder: Holder,
    pub(super) hash: String,
}

impl NewAccount {
    /// Registers it, under the id that holds the login already if one does.
    pub(super) async fn register(self, call: Call<'_>, order: &Order) -> Done<Found> {
        let known = call.account_by_login(&self.login).await?;
        let fresh = |name| order.step(name).command();
        let found = known.unwrap_or_else(|| Found {
            account: AccountId::new(fresh("account")),
            stream: fresh("account").to_string(),
            person: PersonId::new(fresh("person")),
            verified: false,
        });
        let command = AccountCommand::RegisterAccount {
            account: found.account,
            school: self.school,
            login: Personal::new(found.person, self.login),
            holder: Personal::new(found.person, self.holder),
        };
        let rows = credential(&found.stream, &self.hash)?;
        let stream = found.stream.clone();
        call.give_with_rows::<Account>(order, &stream, command, rows).await?;
        Ok(found)
    }
}

/// When a link that is asked for now may no longer be used.
pub(super) fn link_expiry(call: Call<'_>) -> Timestamp {
    let minutes = i64::from(call.service().account_rules().link_minutes);
    let now = call.service().now();
    now.checked_add(SignedDuration::from_mins(minutes)).unwrap_or(Timestamp::MAX)
}

/// Asks for the link that verifies the address.
pub(super) fn verification(call: Call<'_>, order: &Order) -> AccountCommand {
    AccountCommand::RequestVerification { link: order.link(), expires_at: link_expiry(call) }
}

/// Gives the command that has a letter sent, when an account was found; answers the same, in
/// about the same time, when none was.
pub(super) async fn ask_for_link(
    call: Call<'_>,
    order: &Order,
    email: &Email,
    found: Option<(Found, AccountCommand)>,
) -> Done<LetterOnItsWay> {
    let mac = call.journal().keyring().mac("letters", email.normalised().as_bytes());
    call.allow("letter", &hex::encode(mac)).await?;
    match found {
        Some((found, command)) => {
            call.give::<Account>(order, &found.stream, command).await?;
        }
        None => write_nothing_of_use(call).await?,
    }
    Ok(LetterOnItsWay { minutes: call.service().account_rules().link_minutes })
}

/// One write, as an event would be: it takes its time.
async fn write_nothing_of_use(call: Call<'_>) -> Done<()> {
    let now = call.service().now();
    let rows = call.journal().rows();
    let put = rows.put("decoy", "letter", &(), Some(now));
    Ok(put.await.map_err(|fault| journal_fault(&fault))?)
}

/// Who acts when an account acts for itself.
pub(super) fn holder_of(found: &Found) -> domain::kernel::envelope::Actor {
    domain::kernel::envelope::Actor::Account {
        account: found.account,
        role: Role::Holder.to_string(),
    }
}
