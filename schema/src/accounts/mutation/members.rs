//! Who belongs to a school: invited, joined, removed; and the second school of one mailbox.

use async_graphql::{Context, InputObject, Object, Result};
use domain::{
    access::{Action, Facts},
    accounts::{
        account::{Account, AccountCommand, Holder},
        school_space::{SchoolSpace, SchoolSpaceCommand, SchoolSpaceRefusal},
    },
    kernel::{
        email::Email,
        envelope::Actor,
        ids::{AccountId, InvitationId},
        personal::Personal,
        uai::Uai,
    },
};
use projections::accounts::{account_list, invitations};
use uuid::Uuid;

use super::{
    super::{
        login::{Found, credential},
        messages::{not_the_institutional_address, wrong_password},
        outcome::SpaceChanged,
        types::MemberRole,
    },
    sign_up::NewAccount,
};
use crate::{
    guard::Call,
    input,
    order::Order,
    ports::{LinkPurpose, SignedLink},
    refused::{Done, Refused, Stop, answer, payload},
};

/// Invitation d’un membre.
#[derive(InputObject)]
pub(crate) struct InviteMemberInput {
    /// Code UAI de l’établissement.
    uai: String,
    /// Adresse à inviter.
    email: String,
    /// Rôle proposé.
    role: MemberRole,
    /// Identifiant de la demande.
    command_id: Option<Uuid>,
}

/// Acceptation d’une invitation.
#[derive(InputObject)]
pub(crate) struct JoinSpaceInput {
    /// Fin de l’adresse du lien reçu.
    token: String,
    /// Votre nom, si vous n’avez pas encore de compte.
    #[graphql(default)]
    last_name: String,
    /// Votre prénom, si vous n’avez pas encore de compte.
    #[graphql(default)]
    first_name: String,
    /// Mot de passe : celui de votre compte, ou celui que vous choisissez.
    password: String,
    /// Confirmation du mot de passe, si vous n’avez pas encore de compte.
    #[graphql(default)]
    password_confirmation: String,
    /// Identifiant de la demande.
    command_id: Option<Uuid>,
}

/// Retrait d’un membre.
#[derive(InputObject)]
pub(crate) struct RemoveMemberInput {
    /// Code UAI de l’établissement.
    uai: String,
    /// Compte à retirer.
    account: String,
    /// Identifiant de la demande.
    command_id: Option<Uuid>,
}

/// Autre établissement de la même adresse.
#[derive(InputObject)]
pub(crate) struct FoundSpaceInput {
    /// Code UAI de l’établissement.
    uai: String,
    /// Identifiant de la demande.
    command_id: Option<Uuid>,
}

payload! {
    InviteMemberPayload = SpaceChanged;
    JoinSpacePayload = SpaceChanged;
    RemoveMemberPayload = SpaceChanged;
    FoundSpacePayload = SpaceChanged;
}

#[derive(Default)]
pub(crate) struct MemberMutation;

#[Object]
impl MemberMutation {
    /// Invite quelqu’un dans l’espace d’un établissement.
    async fn invite_member(
        &self,
        ctx: &Context<'_>,
        input: InviteMemberInput,
    ) -> Result<InviteMemberPayload> {
        answer(invite(Call::of(ctx)?, input).await)
    }

    /// Accepte une invitation. Le lien prouve l’adresse : sans compte à cette adresse, il en
    /// crée un.
    async fn join_space(
        &self,
        ctx: &Context<'_>,
        input: JoinSpaceInput,
    ) -> Result<JoinSpacePayload> {
        answer(join(Call::of(ctx)?, input).await)
    }

    /// Retire un membre de l’espace d’un établissement ; il y reste au moins un gestionnaire.
    async fn remove_member(
        &self,
        ctx: &Context<'_>,
        input: RemoveMemberInput,
    ) -> Result<RemoveMemberPayload> {
        answer(remove(Call::of(ctx)?, input).await)
    }

    /// Ouvre l’espace d’un autre établissement, dont l’adresse dans l’annuaire est celle du
    /// compte connecté.
    async fn found_space(
        &self,
        ctx: &Context<'_>,
        input: FoundSpaceInput,
    ) -> Result<FoundSpacePayload> {
        answer(found(Call::of(ctx)?, input).await)
    }
}

async fn invite(call: Call<'_>, input: InviteMemberInput) -> Done<SpaceChanged> {
    let uai = input::uai("uai", &input.uai)?;
    let facts = call.school_facts(&uai).await?;
    let role = call.require(Action::InviteMember, &facts)?;
    let email = input::email("email", &input.email)?;
    call.allow("letter", uai.as_str()).await?;
    let person = call.person_at(&uai, &email).await?;
    let order = call.order("inviteMember", input.command_id, role);
    let command = SchoolSpaceCommand::InviteMember {
        uai: uai.clone(),
        invitation: InvitationId::new(order.step("invitation").command()),
        email: Personal::new(person, email),
        role: input.role.into(),
        expires_at: call.invitation_expiry(),
    };
    give(call, &order, uai, command).await
}

async fn give(
    call: Call<'_>,
    order: &Order,
    uai: Uai,
    command: SchoolSpaceCommand,
) -> Done<SpaceChanged> {
    let handled = call.give::<SchoolSpace>(order, uai.as_str(), command).await?;
    Ok(SpaceChanged { position: handled.last, uai })
}

async fn join(call: Call<'_>, input: JoinSpaceInput) -> Done<SpaceChanged> {
    call.allow_from("link").await?;
    let purpose = LinkPurpose::JoinSpace;
    let link = call.link(purpose, &input.token)?;
    call.allow("join_space", &link.id.to_string()).await?;
    let uai = input::uai("token", &link.subject)?;
    let order = call.order_by_link("joinSpace", input.command_id, purpose);
    let email = call.invited_address(&link).await?;
    let known = call.account_by_login(&email).await?;
    let known = known.filter(|found| found.verified);
    let join = |account| SchoolSpaceCommand::JoinSpace {
        invitation: InvitationId::new(link.id),
        account,
        at: call.service().now(),
    };
    let found = if let Some(found) = known {
        existing(call, found, input.password).await?
    } else {
        // Refused before an account is made for nothing.
        call.try_out::<SchoolSpace>(uai.as_str(), join(AccountId::new(link.id))).await?;
        new_account(call, &order.step("account"), email, input).await?
    };
    let order = order.by(Actor::Account {
        account: found.account,
        role: domain::access::Role::Holder.to_string(),
    });
    give(call, &order, uai, join(found.account)).await
}

impl Call<'_> {
    /// The address that an invitation was mailed to.
    async fn invited_address(self, link: &SignedLink) -> Done<Email> {
        let invitation = InvitationId::new(link.id);
        let row = self.read(move |db| invitations::by_id(db, invitation)).await?;
        let email = row.and_then(|row| row.email);
        email.ok_or_else(|| Refused::from(SchoolSpaceRefusal::InvitationUnknown).into())
    }
}

async fn existing(call: Call<'_>, found: Found, password: String) -> Done<Found> {
    if call.is_password(Some(found.account), password).await? {
        return Ok(found);
    }
    Err(Stop::Refused(wrong_password().at("password")))
}

/// The invitation proves the address: whoever signed up with it before without proving it is
/// superseded.
async fn new_account(
    call: Call<'_>,
    order: &Order,
    email: Email,
    input: JoinSpaceInput,
) -> Done<Found> {
    let holder = Holder {
        civility: None,
        last_name: input::line("lastName", &input.last_name, 80)?,
        first_name: input::line("firstName", &input.first_name, 80)?,
        function: None,
        phone: None,
    };
    let again = &input.password_confirmation;
    let hash = call.chosen_password(input.password, again).await?;
    let new = NewAccount { school: None, login: email, holder, hash: hash.clone() };
    let found = new.register(call, order).await?;
    // The password once more: what is proved is this one, whoever signed up in between.
    let rows = credential(&found.stream, &hash)?;
    let (proof, command) = (order.step("proof"), AccountCommand::ProveEmail);
    call.give_with_rows::<Account>(&proof, &found.stream, command, rows).await?;
    Ok(found)
}

async fn remove(call: Call<'_>, input: RemoveMemberInput) -> Done<SpaceChanged> {
    let uai = input::uai("uai", &input.uai)?;
    let facts = call.school_facts(&uai).await?;
    let role = call.require(Action::RemoveMember, &facts)?;
    let account: AccountId = input::id("account", &input.account)?;
    let order = call.order("removeMember", input.command_id, role);
    let command = SchoolSpaceCommand::RemoveMember { account };
    give(call, &order, uai, command).await
}

async fn found(call: Call<'_>, input: FoundSpaceInput) -> Done<SpaceChanged> {
    let account = call.holder()?;
    let role = call.require(Action::JoinSpace, &Facts::account(account))?;
    let uai = input::uai("uai", &input.uai)?;
    let school = call.listed_school(&uai).await?;
    let institutional = call.institutional_login(&school)?;
    let own = call.read(move |db| account_list::by_id(db, account)).await?;
    if own.and_then(|own| own.login) != Some(institutional) {
        return Err(Stop::Refused(not_the_institutional_address().at("uai")));
    }
    let order = call.order("foundSpace", input.command_id, role);
    let command = SchoolSpaceCommand::FoundSpace { uai: uai.clone(), account };
    give(call, &order, uai, command).await
}
