//! The signature and the stamp that are printed on a school's conventions.

use async_graphql::{Context, InputObject, Object, Result, Upload};
use domain::{
    access::Action,
    accounts::school_space::{SchoolSpace, SchoolSpaceCommand},
    kernel::{document::StoredDocument, uai::Uai},
};
use uuid::Uuid;

use super::super::outcome::SpaceChanged;
use crate::{
    guard::{Call, port_fault},
    input,
    refused::{Done, Stop, answer, payload},
};

/// The largest picture that is read, in bytes.
const MOST: u64 = 5 * 1024 * 1024;

/// Signature à enregistrer.
#[derive(InputObject)]
pub(crate) struct StoreSignatureInput {
    /// Code UAI de l’établissement.
    uai: String,
    /// Image PNG ou JPEG.
    file: Upload,
    /// Identifiant de la demande.
    command_id: Option<Uuid>,
}

/// Signature à retirer.
#[derive(InputObject)]
pub(crate) struct RemoveSignatureInput {
    /// Code UAI de l’établissement.
    uai: String,
    /// Identifiant de la demande.
    command_id: Option<Uuid>,
}

/// Cachet à enregistrer.
#[derive(InputObject)]
pub(crate) struct StoreStampInput {
    /// Code UAI de l’établissement.
    uai: String,
    /// Image PNG ou JPEG.
    file: Upload,
    /// Identifiant de la demande.
    command_id: Option<Uuid>,
}

/// Cachet à retirer.
#[derive(InputObject)]
pub(crate) struct RemoveStampInput {
    /// Code UAI de l’établissement.
    uai: String,
    /// Identifiant de la demande.
    command_id: Option<Uuid>,
}

payload! {
    StoreSignaturePayload = SpaceChanged;
    RemoveSignaturePayload = SpaceChanged;
    StoreStampPayload = SpaceChanged;
    RemoveStampPayload = SpaceChanged;
}

#[derive(Default)]
pub(crate) struct PictureMutation;

#[Object]
impl PictureMutation {
    /// Enregistre la signature imprimée sur les conventions.
    async fn store_signature(
        &self,
        ctx: &Context<'_>,
        input: StoreSignatureInput,
    ) -> Result<StoreSignaturePayload> {
        let change = Change {
            mutation: "storeSignature",
            action: Action::StoreSignature,
            id: input.command_id,
        };
        let store = |picture| SchoolSpaceCommand::StoreSignature { picture };
        answer(change.store(ctx, &input.uai, &input.file, store).await)
    }

    /// N’imprime plus la signature.
    async fn remove_signature(
        &self,
        ctx: &Context<'_>,
        input: RemoveSignatureInput,
    ) -> Result<RemoveSignaturePayload> {
        let change = Change {
            mutation: "removeSignature",
            action: Action::RemoveSignature,
            id: input.command_id,
        };
        let remove = SchoolSpaceCommand::RemoveSignature;
        answer(change.remove(Call::of(ctx)?, &input.uai, remove).await)
    }

    /// Enregistre le cachet imprimé sur les conventions.
    async fn store_stamp(
        &self,
        ctx: &Context<'_>,
        input: StoreStampInput,
    ) -> Result<StoreStampPayload> {
        let change =
            Change { mutation: "storeStamp", action: Action::StoreStamp, id: input.command_id };
        let store = |picture| SchoolSpaceCommand::StoreStamp { picture };
        answer(change.store(ctx, &input.uai, &input.file, store).await)
    }

    /// N’imprime plus le cachet.
    async fn remove_stamp(
        &self,
        ctx: &Context<'_>,
        input: RemoveStampInput,
    ) -> Result<RemoveStampPayload> {
        let change =
            Change { mutation: "removeStamp", action: Action::RemoveStamp, id: input.command_id };
        let remove = SchoolSpaceCommand::RemoveStamp;
        answer(change.remove(Call::of(ctx)?, &input.uai, remove).await)
    }
}

struct Change {
    mutation: &'static str,
    action: Action,
    id: Option<Uuid>,
}

impl Change {
    async fn store(
        self,
        ctx: &Context<'_>,
        uai: &str,
        file: &Upload,
        command: fn(StoredDocument) -> SchoolSpaceCommand,
    ) -> Done<SpaceChanged> {
        let call = Call::of(ctx)?;
        let uai = input::uai("uai", uai)?;
        let facts = call.school_facts(&uai).await?;
        call.require(self.action, &facts)?;
        let bytes = input::file(ctx, "file", file, MOST)?;
        let picture = call.service().accept_picture(&uai, bytes).await;
        let picture = picture
            .map_err(port_fault)?
            .map_err(|bad| Stop::Refused(input::bad_file("file", &bad)))?;
        self.give(call, uai, command(picture)).await
    }

    async fn remove(
        self,
        call: Call<'_>,
        uai: &str,
        command: SchoolSpaceCommand,
    ) -> Done<SpaceChanged> {
        let uai = input::uai("uai", uai)?;
        self.give(call, uai, command).await
    }

    async fn give(
        self,
        call: Call<'_>,
        uai: Uai,
        command: SchoolSpaceCommand,
    ) -> Done<SpaceChanged> {
        let facts = call.school_facts(&uai).await?;
        let role = call.require(self.action, &facts)?;
        let order = call.order(self.mutation, self.id, role);
        let handled = call.give::<SchoolSpace>(&order, uai.as_str(), command);
        Ok(SpaceChanged { position: handled.await?.last, uai })
    }
}
