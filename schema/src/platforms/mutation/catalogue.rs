//! Hosts, where their notifications go, and the formations they offer.

use async_graphql::{Context, InputObject, Object, Result};
use domain::{
    access::Action,
    kernel::{
        ids::{FormationId, PersonId, derived},
        personal::Personal,
        slug::Slug,
        uai::Uai,
    },
    platforms::platform::PlatformCommand,
};
use projections::platforms::formations;
use uuid::Uuid;

use super::{Change, PlatformChanged};
use crate::{
    guard::Call,
    input,
    order::journal_fault,
    platforms::types::FormationLevel,
    refused::{Done, Stop, answer, payload},
};

/// Établissement d’accueil à rattacher.
#[derive(InputObject)]
pub(crate) struct AttachHostInput {
    /// Plateforme.
    platform: String,
    /// Code UAI de l’établissement.
    host: String,
    /// Identifiant de la demande.
    command_id: Option<Uuid>,
}

/// Établissement d’accueil à détacher.
#[derive(InputObject)]
pub(crate) struct DetachHostInput {
    /// Plateforme.
    platform: String,
    /// Code UAI de l’établissement.
    host: String,
    /// Identifiant de la demande.
    command_id: Option<Uuid>,
}

/// Adresse des notifications.
#[derive(InputObject)]
pub(crate) struct SetNotificationAddressInput {
    /// Plateforme.
    platform: String,
    /// Code UAI de l’établissement d’accueil.
    host: String,
    /// Adresse.
    email: String,
    /// Identifiant de la demande.
    command_id: Option<Uuid>,
}

/// Formation à proposer.
#[derive(InputObject)]
pub(crate) struct AddFormationInput {
    /// Plateforme.
    platform: String,
    /// Code UAI de l’établissement d’accueil.
    host: String,
    /// Niveau.
    level: FormationLevel,
    /// Intitulé.
    label: String,
    /// Identifiant de la demande.
    command_id: Option<Uuid>,
}

/// Formation à ne plus proposer.
#[derive(InputObject)]
pub(crate) struct RetireFormationInput {
    /// Formation.
    formation: String,
    /// Identifiant de la demande.
    command_id: Option<Uuid>,
}

payload! {
    AttachHostPayload = PlatformChanged;
    DetachHostPayload = PlatformChanged;
    SetNotificationAddressPayload = PlatformChanged;
    AddFormationPayload = PlatformChanged;
    RetireFormationPayload = PlatformChanged;
}

#[derive(Default)]
pub(crate) struct CatalogueMutation;

#[Object]
impl CatalogueMutation {
    /// Rattache un établissement d’accueil à une plateforme.
    async fn attach_host(
        &self,
        ctx: &Context<'_>,
        input: AttachHostInput,
    ) -> Result<AttachHostPayload> {
        answer(attach(Call::of(ctx)?, input).await)
    }

    /// Détache un établissement d’accueil d’une plateforme.
    async fn detach_host(
        &self,
        ctx: &Context<'_>,
        input: DetachHostInput,
    ) -> Result<DetachHostPayload> {
        answer(detach(Call::of(ctx)?, input).await)
    }

    /// Dit où vont les notifications d’un établissement d’accueil.
    async fn set_notification_address(
        &self,
        ctx: &Context<'_>,
        input: SetNotificationAddressInput,
    ) -> Result<SetNotificationAddressPayload> {
        answer(set_address(Call::of(ctx)?, input).await)
    }

    /// Propose une formation.
    async fn add_formation(
        &self,
        ctx: &Context<'_>,
        input: AddFormationInput,
    ) -> Result<AddFormationPayload> {
        answer(add_formation(Call::of(ctx)?, input).await)
    }

    /// Ne propose plus une formation ; les créneaux publiés restent.
    async fn retire_formation(
        &self,
        ctx: &Context<'_>,
        input: RetireFormationInput,
    ) -> Result<RetireFormationPayload> {
        answer(retire_formation(Call::of(ctx)?, input).await)
    }
}

fn place(platform: &str, host: &str) -> Done<(Slug, Uai)> {
    Ok((input::slug("platform", platform)?, input::uai("host", host)?))
}

async fn attach(call: Call<'_>, input: AttachHostInput) -> Done<PlatformChanged> {
    let (platform, host) = place(&input.platform, &input.host)?;
    let change =
        Change { mutation: "attachHost", action: Action::AttachHost, id: input.command_id };
    change.check(call, &platform)?;
    call.listed_school(&host).await?;
    let command = PlatformCommand::AttachHost { host };
    change.give(call, platform, command).await
}

async fn detach(call: Call<'_>, input: DetachHostInput) -> Done<PlatformChanged> {
    let (platform, host) = place(&input.platform, &input.host)?;
    let change =
        Change { mutation: "detachHost", action: Action::DetachHost, id: input.command_id };
    let command = PlatformCommand::DetachHost { host };
    change.give(call, platform, command).await
}

async fn set_address(call: Call<'_>, input: SetNotificationAddressInput) -> Done<PlatformChanged> {
    let (platform, host) = place(&input.platform, &input.host)?;
    let facts = call.host_facts(&platform, &host).await?;
    let action = Action::SetNotificationAddress;
    call.require(action, &facts)?;
    let email = input::email("email", &input.email)?;
    let person = call.notified_person(&platform, &host, email.normalised()).await?;
    let change = Change { mutation: "setNotificationAddress", action, id: input.command_id };
    let email = Personal::new(person, email);
    let command = PlatformCommand::SetNotificationAddress { host, email };
    change.give_for(call, platform, &facts, command).await
}

impl Call<'_> {
    /// Whom an address of notifications stands for: the same one each time it is given.
    async fn notified_person(self, platform: &Slug, host: &Uai, email: String) -> Done<PersonId> {
        let scope = format!("notified:{platform}:{host}");
        let keyring = self.journal().keyring();
        let person = keyring.identify(&scope, &email).await;
        Ok(person.map_err(|fault| journal_fault(&fault))?)
    }
}

async fn add_formation(call: Call<'_>, input: AddFormationInput) -> Done<PlatformChanged> {
    let (platform, host) = place(&input.platform, &input.host)?;
    let facts = call.host_facts(&platform, &host).await?;
    call.require(Action::AddFormation, &facts)?;
    let label = input::line("label", &input.label, 120)?;
    let drawn = match input.command_id {
        Some(id) => derived(&["formation", &id.to_string(), platform.as_str(), host.as_str()]),
        None => call.service().draw(),
    };
    let change =
        Change { mutation: "addFormation", action: Action::AddFormation, id: input.command_id };
    let command = PlatformCommand::AddFormation {
        formation: FormationId::new(drawn),
        host,
        level: input.level.into(),
        label,
    };
    change.give_for(call, platform, &facts, command).await
}

async fn retire_formation(call: Call<'_>, input: RetireFormationInput) -> Done<PlatformChanged> {
    let formation: FormationId = input::id("formation", &input.formation)?;
    call.holder()?;
    let row = call.read(move |db| formations::by_id(db, formation)).await?;
    let row = row.ok_or_else(|| Stop::Error(call.hidden()))?;
    let facts = call.host_facts(&row.platform, &row.host).await?;
    let change = Change {
        mutation: "retireFormation",
        action: Action::RetireFormation,
        id: input.command_id,
    };
    let command = PlatformCommand::RetireFormation { formation };
    change.give_for(call, row.platform, &facts, command).await
}
