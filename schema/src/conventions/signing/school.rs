//! What schools ask for: the signatures, and another link to one signatory.

use async_graphql::{Context, InputObject, Object, Result};
use domain::{
    access::{Action, Role},
    conventions::signing::{
        self, Channel, Contact, LinkCause, Opening, Signing as Aggregate, SigningCommand,
        SigningRefusal, ToInvite,
    },
    kernel::ids::{ConventionId, LinkId},
};
use projections::{
    accounts::school_spaces,
    conventions::register::{Convention as Row, Standing},
    ministages::placements,
};
use uuid::Uuid;

use super::super::{mutation, types::Convention};
use super::{
    correct::{CorrectSignatoryInput, correct},
    types::Signatory,
};
use crate::{
    guard::Call,
    input,
    order::Order,
    position::Position,
    refused::{Done, Refused, answer, payload},
};

/// Signataire à inviter.
#[derive(Debug, InputObject)]
pub(crate) struct SignatoryInput {
    /// À quel titre il signe.
    role: Signatory,
    /// Son nom.
    name: String,
    /// Son adresse, où partent le lien et le code.
    email: String,
    /// Son téléphone.
    phone: Option<String>,
}

/// Demande des signatures en ligne d’une convention.
#[derive(Debug, InputObject)]
pub(crate) struct OpenSigningInput {
    /// Identifiant de la convention.
    convention: String,
    /// Qui inviter ; ceux dont la signature est enregistrée n’y figurent pas.
    signatories: Vec<SignatoryInput>,
    /// Identifiant de la demande : la même, répétée, a la même réponse.
    command_id: Option<Uuid>,
}

/// Nouveau lien pour un signataire.
#[derive(Debug, InputObject)]
pub(crate) struct ResendSigningLinkInput {
    /// Identifiant de la convention.
    convention: String,
    /// À qui.
    role: Signatory,
    /// Identifiant de la demande : la même, répétée, a la même réponse.
    command_id: Option<Uuid>,
}

/// La demande est partie aux signataires.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SigningChanged {
    pub(super) convention: ConventionId,
    pub(super) position: u64,
}

/// La demande est partie aux signataires.
#[Object]
impl SigningChanged {
    /// Position de l’événement, à rendre avec la prochaine lecture.
    async fn position(&self) -> Position {
        Position(self.position)
    }

    /// Convention, telle qu’elle est désormais.
    async fn convention(&self, ctx: &Context<'_>) -> Result<Option<Convention>> {
        mutation::reread(ctx, self.convention, self.position).await
    }
}

payload! {
    OpenSigningPayload = SigningChanged;
    ResendSigningLinkPayload = SigningChanged;
    CorrectSignatoryPayload = SigningChanged;
}

#[derive(Default)]
pub(crate) struct SigningSchoolMutation;

#[Object]
impl SigningSchoolMutation {
    /// « Faire signer en ligne » : envoie à chaque signataire un lien personnel.
    async fn open_signing(
        &self,
        ctx: &Context<'_>,
        input: OpenSigningInput,
    ) -> Result<OpenSigningPayload> {
        answer(open(Call::of(ctx)?, input).await)
    }

    /// Envoie un nouveau lien à un signataire ; le précédent ne sert plus. Une fois par jour au
    /// plus.
    async fn resend_signing_link(
        &self,
        ctx: &Context<'_>,
        input: ResendSigningLinkInput,
    ) -> Result<ResendSigningLinkPayload> {
        answer(resend(Call::of(ctx)?, input).await)
    }

    /// « Corriger » un signataire qui n’a pas encore signé : un nouveau lien part aussitôt à la
    /// nouvelle adresse, et celui d’avant ne sert plus.
    async fn correct_signatory(
        &self,
        ctx: &Context<'_>,
        input: CorrectSignatoryInput,
    ) -> Result<CorrectSignatoryPayload> {
        answer(correct(Call::of(ctx)?, input).await)
    }
}

/// The convention typed, if the viewer may do `action` to it.
pub(super) async fn permitted(call: Call<'_>, action: Action, typed: &str) -> Done<(Row, Role)> {
    let row = mutation::row(call, typed).await?;
    let facts = call.parties_facts(&row.parties).await?;
    call.require_visible(Action::ReadConvention, &facts)?;
    let role = call.require(action, &facts)?;
    Ok((row, role))
}

async fn open(call: Call<'_>, input: OpenSigningInput) -> Done<SigningChanged> {
    let (row, role) = permitted(call, Action::OpenSigning, &input.convention).await?;
    match row.state {
        Standing::Generated | Standing::Reopened => {}
        Standing::Deposited | Standing::Validated | Standing::Lapsed => {
            return Err(Refused::from(SigningRefusal::NotOpen).at("convention").into());
        }
    }
    let order = call.order(Action::OpenSigning.into(), input.command_id, role);
    let order = order.on(&row.parties.platform);
    let booking = row.parties.booking;
    let found = call.read(move |db| placements::placement(db, booking)).await?;
    let placement = found.ok_or_else(|| Refused::from(SigningRefusal::NotOpen))?;
    let opening = Opening {
        convention: row.id,
        pupil: row.parties.pupil,
        document: row.original.digest.clone(),
        rule: call.platform_of(&row.parties.platform).await?.rules.signatories,
        born: placement.booking.pupil.known().and_then(|pupil| pupil.birth_date),
        day: placement.slot.details.date,
        ends: placement.ends(),
        stored: stored(call, &row).await?,
        invited: invited(&order, input.signatories)?,
        at: call.service().now(),
    };
    let command = SigningCommand::OpenSigning(Box::new(opening));
    let stream = row.id.uuid().to_string();
    let handled = call.give::<Aggregate>(&order, &stream, command).await?;
    Ok(SigningChanged { convention: row.id, position: handled.last })
}

fn invited(order: &Order, signatories: Vec<SignatoryInput>) -> Result<Vec<ToInvite>, Refused> {
    let invite = |(at, it): (usize, SignatoryInput)| {
        let role: signing::Signatory = it.role.into();
        let field = |name: &str| format!("signatories.{at}.{name}");
        Ok(ToInvite {
            role,
            contact: Contact {
                name: input::line(&field("name"), &it.name, 120)?,
                email: input::email(&field("email"), &it.email)?,
                phone: input::maybe_line(&field("phone"), it.phone.as_deref(), 30)?,
            },
            link: LinkId::new(order.step(&format!("link:{at}:{role}")).command()),
        })
    };
    signatories.into_iter().enumerate().map(invite).collect()
}

/// Which schools had stored a signature: it is printed on the original.
pub(super) async fn stored(call: Call<'_>, row: &Row) -> Result<Vec<signing::Signatory>> {
    let parties = row.parties.clone();
    call.read(move |db| school_spaces::stored_signatures(db, &parties)).await
}

async fn resend(call: Call<'_>, input: ResendSigningLinkInput) -> Done<SigningChanged> {
    let (row, role) = permitted(call, Action::SendSigningLink, &input.convention).await?;
    let order = call.order("resendSigningLink", input.command_id, role);
    let order = order.on(&row.parties.platform);
    let command = SigningCommand::SendSigningLink {
        role: input.role.into(),
        link: order.link(),
        channel: Channel::Mail,
        cause: LinkCause::School,
        at: call.service().now(),
    };
    let stream = row.id.uuid().to_string();
    let handled = call.give::<Aggregate>(&order, &stream, command).await?;
    Ok(SigningChanged { convention: row.id, position: handled.last })
}
