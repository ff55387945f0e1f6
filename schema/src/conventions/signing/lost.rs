//! A lost link: sent again to the address on file, whatever is answered here.

use async_graphql::{Context, InputObject, Object, Result, SimpleObject};
use domain::{
    access::{Action, Facts},
    conventions::signing::{self, Channel, LinkCause, Signing as Aggregate, SigningCommand},
};
use projections::{conventions::register, ministages::placements};
use uuid::Uuid;

use super::types::Signatory;
use crate::{
    guard::Call,
    input,
    order::journal_fault,
    refused::{Done, Stop, answer, payload},
};

/// Lien de signature perdu.
#[derive(InputObject)]
pub(crate) struct RecoverSigningLinkInput {
    /// Identification imprimée sur la convention.
    reference: String,
    /// Date de naissance de l’élève.
    birth_date: String,
    /// À quel titre signer.
    role: Signatory,
    /// Identifiant de la demande.
    command_id: Option<Uuid>,
}

/// Si ces renseignements sont ceux d’une convention à signer, un lien vient de partir.
#[derive(Debug, SimpleObject)]
pub(crate) struct SigningLinkOnItsWay {
    /// Toujours vrai : la réponse est la même quoi qu’on ait saisi.
    received: bool,
}

payload! { RecoverSigningLinkPayload = SigningLinkOnItsWay; }

#[derive(Default)]
pub(crate) struct LostLinkMutation;

#[Object]
impl LostLinkMutation {
    /// Renvoie le lien de signature à l’adresse connue. La réponse est la même, que la
    /// convention existe ou non.
    async fn recover_signing_link(
        &self,
        ctx: &Context<'_>,
        input: RecoverSigningLinkInput,
    ) -> Result<RecoverSigningLinkPayload> {
        answer(recover(Call::of(ctx)?, &input).await)
    }
}

async fn recover(call: Call<'_>, input: &RecoverSigningLinkInput) -> Done<SigningLinkOnItsWay> {
    let role = call.require(Action::RecoverSigningLink, &Facts::none())?;
    call.allow_from("lost_link").await?;
    let reference = input::line("reference", &input.reference, 24)?.to_uppercase();
    let born = input::day("birthDate", &input.birth_date)?;
    let mac = call.journal().keyring().mac("lost links", reference.as_bytes());
    call.allow("lost_link_reference", &hex::encode(mac)).await?;
    let found = call.read(move |db| {
        let Some(row) = register::by_reference(db, &reference)? else { return Ok(None) };
        let placement = placements::placement(db, row.parties.booking)?;
        Ok(placement.map(|placement| (row, placement)))
    });
    let known = found.await?.filter(|(_, placement)| {
        placement.booking.pupil.known().and_then(|pupil| pupil.birth_date) == Some(born)
    });
    let sent = match known {
        Some((row, _)) => {
            let order = call.order("recoverSigningLink", input.command_id, role);
            let order = order.on(&row.parties.platform);
            let who: signing::Signatory = input.role.into();
            let command = SigningCommand::SendSigningLink {
                role: who,
                link: order.link(),
                channel: Channel::Mail,
                cause: LinkCause::Lost,
                at: call.service().now(),
            };
            let stream = row.id.uuid().to_string();
            match call.give::<Aggregate>(&order, &stream, command).await {
                Ok(_) => true,
                Err(Stop::Refused(_)) => false,
                Err(stop @ Stop::Error(_)) => return Err(stop),
            }
        }
        None => false,
    };
    if !sent {
        // One write, as an event would be: it takes its time.
        let now = call.service().now();
        let put = call.journal().rows().put("decoy", "letter", &(), Some(now)).await;
        put.map_err(|fault| journal_fault(&fault))?;
    }
    Ok(SigningLinkOnItsWay { received: true })
}
