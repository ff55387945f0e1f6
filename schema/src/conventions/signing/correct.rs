//! A signatory who is called or reached otherwise than was said.

use async_graphql::InputObject;
use domain::{
    access::Action,
    conventions::signing::{
        self, Contact, Correction, Signing as Aggregate, SigningCommand, SigningRefusal, ToInvite,
    },
};
use projections::conventions::signings::{self, Signer};
use uuid::Uuid;

use super::{
    school::{SigningChanged, permitted},
    types::Signatory,
};
use crate::{
    guard::Call,
    input,
    order::journal_fault,
    position::Position,
    refused::{Done, Refused},
};

/// Contact corrigé d’un signataire qui n’a pas encore signé.
#[derive(Debug, InputObject)]
pub(crate) struct CorrectSignatoryInput {
    /// Identifiant de la convention.
    convention: String,
    /// De qui ; le responsable légal se corrige sur la réservation.
    role: Signatory,
    /// Son nom.
    name: String,
    /// Son adresse, où partent désormais le lien et le code.
    email: String,
    /// Son téléphone.
    phone: Option<String>,
    /// Identifiant de la demande : la même, répétée, a la même réponse.
    command_id: Option<Uuid>,
}

/// What is on record is read once all of the log is, and the rule that no two share a contact
/// decides on it: the number of corrections says whether it is still so. A contact that is the one
/// on record changes nothing.
pub(super) async fn correct(call: Call<'_>, asked: CorrectSignatoryInput) -> Done<SigningChanged> {
    let (row, role) = permitted(call, Action::CorrectSignatory, &asked.convention).await?;
    let order = call.order("correctSignatory", asked.command_id, role);
    let order = order.on(&row.parties.platform);
    let contact = Contact {
        name: input::line("name", &asked.name, 120)?,
        email: input::email("email", &asked.email)?,
        phone: input::maybe_line("phone", asked.phone.as_deref(), 30)?,
    };
    let who: signing::Signatory = asked.role.into();
    let stream = row.id.uuid().to_string();
    let loaded = call.journal().load::<Aggregate>(&stream).await;
    let (state, _) = loaded.map_err(|fault| journal_fault(&fault))?;
    let head = *call.journal().head().borrow();
    if call.is_stale(Some(Position(head))).await {
        return Err(Refused::from(SigningRefusal::ContactsChanged).into());
    }
    let id = row.id;
    let signers = call.read(move |db| signings::of_convention(db, id)).await?;
    let others = contacts(signers.map(|it| it.signers).unwrap_or_default());
    if others.contains(&(who, contact.clone())) {
        return Ok(SigningChanged { convention: row.id, position: head });
    }
    let correction = Correction {
        to: ToInvite { role: who, contact, link: order.link() },
        others,
        corrections: state.round().map_or(0, |round| round.corrections),
        at: call.service().now(),
    };
    let command = SigningCommand::CorrectSignatory(Box::new(correction));
    let handled = call.give::<Aggregate>(&order, &stream, command).await?;
    Ok(SigningChanged { convention: row.id, position: handled.last })
}

fn contacts(signers: Vec<Signer>) -> Vec<(signing::Signatory, Contact)> {
    let known = |it: Signer| {
        let (name, email) = it.name.zip(it.email)?;
        Some((it.role, Contact { name, email, phone: it.phone }))
    };
    signers.into_iter().filter_map(known).collect()
}
