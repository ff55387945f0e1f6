//! What a personal link shows and does. It opens no session: each request bears it again.

use async_graphql::{Context, InputObject, Object, Result, SimpleObject, Upload};
use domain::{
    access::{Action, Facts},
    conventions::signing::{
        self, Channel, Evidence, Signing as Aggregate, SigningCommand, SigningEvent,
        SigningRefusal, SigningState,
    },
    kernel::{
        ids::{CodeId, ConventionId, LinkId},
        personal::Personal,
    },
};
use projections::{
    conventions::{
        register::{self, Convention as Row},
        signings::{self, Signer, SignerStanding, Signing as Round, SigningStanding},
    },
    ministages::placements,
};
use uuid::Uuid;

use super::super::amended::said;
use super::{
    messages::{not_our_link, wrong_code},
    types::{Signatory, SignatureMethod},
};
use crate::{
    guard::{Call, port_fault},
    input, names,
    order::{Order, journal_fault},
    ports::{LinkPurpose, read_signing_subject},
    position::Position,
    refused::{Done, Refused, answer, payload},
    scalars::{Day, Hour, Instant},
};

/// The largest drawn signature that is read, in bytes.
const MOST: u64 = 1024 * 1024;

/// Convention à signer, telle qu’un lien personnel la montre.
#[derive(Debug, SimpleObject)]
pub(crate) struct SigningRequest {
    /// À quel titre signer.
    role: Signatory,
    /// Nom du signataire, tel que l’établissement l’a donné.
    name: Option<String>,
    /// Début et fin de l’adresse où part le code.
    email_hint: Option<String>,
    /// Identification imprimée sur la convention.
    reference: String,
    /// Élève.
    pupil: Option<String>,
    /// Établissement d’origine.
    origin: String,
    /// Établissement d’accueil.
    host: String,
    /// Formation découverte, avec son niveau.
    formation: String,
    /// Jour.
    date: Day,
    /// Début.
    start: Hour,
    /// Fin.
    end: Hour,
    /// Salle.
    room: Option<String>,
    /// Ce qui a changé depuis la version précédente, en toutes lettres.
    changed: Option<String>,
    /// Jusqu’à quand le lien sert.
    until: Option<Instant>,
}

/// Demande d’un code de signature.
#[derive(InputObject)]
pub(crate) struct RequestSigningCodeInput {
    /// Fin de l’adresse du lien reçu.
    token: String,
    /// Identifiant de la demande.
    command_id: Option<Uuid>,
}

/// Signature d’une convention.
#[derive(InputObject)]
pub(crate) struct SignConventionInput {
    /// Fin de l’adresse du lien reçu.
    token: String,
    /// Code à six chiffres reçu.
    code: String,
    /// Comment la signature est faite.
    method: SignatureMethod,
    /// Nom de qui signe.
    name: String,
    /// « lu et approuvé », écrit par qui signe.
    words: String,
    /// Signature tracée : image PNG ou JPEG.
    picture: Option<Upload>,
    /// Identifiant de la demande.
    command_id: Option<Uuid>,
}

/// Refus de signer.
#[derive(InputObject)]
pub(crate) struct DeclineToSignInput {
    /// Fin de l’adresse du lien reçu.
    token: String,
    /// Motif, obligatoire : l’établissement d’origine le lit.
    reason: String,
    /// Identifiant de la demande.
    command_id: Option<Uuid>,
}

/// Un code est parti.
#[derive(Debug, SimpleObject)]
pub(crate) struct SigningCodeSent {
    /// Position de l’événement, à rendre avec la prochaine lecture.
    position: Position,
    /// Pendant combien de minutes il sert.
    minutes: i64,
}

/// La convention est signée.
#[derive(Debug, SimpleObject)]
pub(crate) struct ConventionSigned {
    /// Position de l’événement, à rendre avec la prochaine lecture.
    position: Position,
    /// Vrai si tous ont signé.
    complete: bool,
}

/// La signature est refusée ; l’établissement est prévenu.
#[derive(Debug, SimpleObject)]
pub(crate) struct SignatureDeclined {
    /// Position de l’événement, à rendre avec la prochaine lecture.
    position: Position,
}

payload! {
    SigningRequestPayload = SigningRequest;
    RequestSigningCodePayload = SigningCodeSent;
    SignPayload = ConventionSigned;
    DeclineToSignPayload = SignatureDeclined;
}

#[derive(Default)]
pub(crate) struct SigningLinkQuery;

#[Object]
impl SigningLinkQuery {
    /// Convention que le lien reçu permet de signer.
    async fn signing_request(
        &self,
        ctx: &Context<'_>,
        token: String,
    ) -> Result<SigningRequestPayload> {
        answer(request(Call::of(ctx)?, &token).await)
    }
}

#[derive(Default)]
pub(crate) struct SigningLinkMutation;

#[Object]
impl SigningLinkMutation {
    /// Envoie le code qui prouve qui signe, à l’adresse donnée par l’établissement.
    async fn request_signing_code(
        &self,
        ctx: &Context<'_>,
        input: RequestSigningCodeInput,
    ) -> Result<RequestSigningCodePayload> {
        answer(send_code(Call::of(ctx)?, &input).await)
    }

    /// Signe la convention, par le lien et le code reçus.
    async fn sign(&self, ctx: &Context<'_>, input: SignConventionInput) -> Result<SignPayload> {
        answer(sign(ctx, input).await)
    }

    /// Refuse de signer, par le lien reçu.
    async fn decline_to_sign(
        &self,
        ctx: &Context<'_>,
        input: DeclineToSignInput,
    ) -> Result<DeclineToSignPayload> {
        answer(decline(Call::of(ctx)?, &input).await)
    }
}

/// A link that is ours: which convention, in which role.
#[derive(Debug, Clone, Copy)]
struct Link {
    convention: ConventionId,
    role: signing::Signatory,
    id: LinkId,
}

impl Link {
    /// The link of `token`, counted as one more try from where the caller is.
    async fn read(call: Call<'_>, action: Action, token: &str) -> Done<Self> {
        call.require(action, &Facts::none())?;
        call.allow_from("signing").await?;
        let link = call.service().read_link(LinkPurpose::Sign, token.trim());
        let link = link.ok_or_else(not_our_link)?;
        let (convention, role) = read_signing_subject(&link.subject).ok_or_else(not_our_link)?;
        Ok(Self { convention, role, id: LinkId::new(link.id) })
    }

    fn stream(self) -> String {
        self.convention.uuid().to_string()
    }
}

fn order_by(call: Call<'_>, mutation: &str, id: Option<Uuid>, row: &Row) -> Order {
    call.order_by_link(mutation, id, LinkPurpose::Sign).on(&row.parties.platform)
}

/// What is known of a link that counts: the convention, its round, and who has it.
struct Known {
    row: Row,
    round: Round,
    signer: Signer,
}

async fn known(call: Call<'_>, link: Link) -> Done<Known> {
    let id = link.convention;
    call.catches_up().await?;
    let found =
        call.read(move |db| Ok((register::by_id(db, id)?, signings::of_convention(db, id)?)));
    let (Some(row), Some(round)) = found.await? else {
        return Err(Refused::from(SigningRefusal::NotOpen).into());
    };
    let signer = round.signers.iter().find(|it| it.role == link.role).cloned();
    let signer = signer.ok_or_else(|| Refused::from(SigningRefusal::LinkOver))?;
    Ok(Known { row, round, signer })
}

async fn request(call: Call<'_>, token: &str) -> Done<SigningRequest> {
    let link = Link::read(call, Action::ReadSigningRequest, token).await?;
    let Known { row, round, signer } = known(call, link).await?;
    counts(call, link, &round, &signer)?;
    let booking = row.parties.booking;
    let placement = call.read(move |db| placements::placement(db, booking)).await?;
    let placement = placement.ok_or_else(|| Refused::from(SigningRefusal::NotOpen))?;
    let details = &placement.slot.details;
    let pupil = placement.booking.pupil.known();
    Ok(SigningRequest {
        role: signer.role.into(),
        name: signer.name,
        email_hint: signer.email.map(|email| hint(email.as_str())),
        reference: row.reference,
        pupil: pupil.map(|it| names::of_person(&it.last_name, &it.first_name)),
        origin: names::of_school(placement.origin.as_ref(), &placement.booking.origin),
        host: names::of_school(placement.host.as_ref(), &placement.slot.host),
        formation: names::of_formation(placement.formation.as_ref()),
        date: Day(details.date),
        start: Hour(details.start),
        end: Hour(details.end),
        room: details.room.clone(),
        changed: Some(said(&round.changes)).filter(|said| !said.is_empty()),
        until: signer.link_expires.map(Instant),
    })
}

/// `c…@example.org`: enough to know which mailbox to open, too little to learn the address.
fn hint(email: &str) -> String {
    let (local, host) = email.split_once('@').unwrap_or((email, ""));
    let first: String = local.chars().take(1).collect();
    format!("{first}…@{host}")
}

/// That the link is the one that counts: nothing is shown by another.
fn counts(call: Call<'_>, link: Link, round: &Round, signer: &Signer) -> Result<(), Refused> {
    let refused = |refusal| Err(Refused::from(refusal));
    match (round.state, signer.standing) {
        (SigningStanding::Open | SigningStanding::Completed, SignerStanding::Signed) => {
            return refused(SigningRefusal::AlreadySigned);
        }
        (SigningStanding::Open, SignerStanding::Awaited) => {}
        (
            SigningStanding::Open
            | SigningStanding::Declined
            | SigningStanding::Completed
            | SigningStanding::Closed,
            SignerStanding::Awaited
            | SignerStanding::Stored
            | SignerStanding::Signed
            | SignerStanding::Declined,
        ) => return refused(SigningRefusal::NotOpen),
    }
    let now = call.service().now();
    let alive = signer.link == Some(link.id) && signer.link_expires.is_some_and(|at| now < at);
    if alive { Ok(()) } else { refused(SigningRefusal::LinkOver) }
}

async fn send_code(call: Call<'_>, input: &RequestSigningCodeInput) -> Done<SigningCodeSent> {
    let link = Link::read(call, Action::RequestSigningCode, &input.token).await?;
    let Known { row, .. } = known(call, link).await?;
    let order = order_by(call, "requestSigningCode", input.command_id, &row);
    let command = SigningCommand::RequestSigningCode {
        role: link.role,
        link: link.id,
        code: CodeId::new(order.step("code").command()),
        channel: Channel::Mail,
        at: call.service().now(),
    };
    let handled = call.give::<Aggregate>(&order, &link.stream(), command).await?;
    let minutes = signing::CODE_LASTS.as_mins();
    Ok(SigningCodeSent { position: Position(handled.last), minutes })
}

async fn sign(ctx: &Context<'_>, input: SignConventionInput) -> Done<ConventionSigned> {
    let call = Call::of(ctx)?;
    let link = Link::read(call, Action::ApplySignature, &input.token).await?;
    let Known { row, round, .. } = known(call, link).await?;
    let pupil = row.parties.pupil;
    let name = input::line("name", &input.name, 120)?;
    let words = input::line("words", &input.words, 40)?;
    let (code, channel) = sent_code(call, link).await?;
    let typed: String = input.code.chars().filter(|c| !c.is_whitespace()).collect();
    let right = typed == call.service().signing_code(link.convention, link.role, code);
    // Nothing is stored for whoever has not the code.
    let picture = match &input.picture {
        Some(upload) if right => {
            let bytes = input::file(ctx, "picture", upload, MOST)?;
            let kept = call.service().accept_signature(pupil, bytes).await.map_err(port_fault)?;
            Some(kept.map_err(|refusal| input::bad_file("picture", &refusal))?)
        }
        Some(_) | None => None,
    };
    let method: signing::SignatureMethod = input.method.into();
    let evidence = Evidence {
        name: Personal::new(pupil, name),
        // Whether there is a picture matters only to whoever has the code.
        method: if right { method } else { signing::SignatureMethod::Typed },
        picture,
        words: Personal::new(pupil, words),
        network: call.caller().from.clone().map(|from| Personal::new(pupil, from)),
        document: Personal::new(pupil, round.document.unwrap_or_default()),
        channel,
    };
    let order = order_by(call, "sign", input.command_id, &row);
    let command = SigningCommand::ApplySignature {
        role: link.role,
        link: link.id,
        code,
        code_is_right: right,
        evidence: Box::new(evidence),
        at: call.service().now(),
    };
    let handled = call.give::<Aggregate>(&order, &link.stream(), command).await?;
    if !right {
        return Err(wrong_code().into());
    }
    let complete =
        handled.events.iter().any(|event| matches!(event, SigningEvent::SigningCompleted { .. }));
    Ok(ConventionSigned { position: Position(handled.last), complete })
}

/// The code that was sent last in this role.
async fn sent_code(call: Call<'_>, link: Link) -> Done<(CodeId, Channel)> {
    let loaded = call.journal().load::<Aggregate>(&link.stream()).await;
    let (state, _): (SigningState, _) = loaded.map_err(|fault| journal_fault(&fault))?;
    match state.code_of(link.role) {
        Some(sent) => Ok(sent),
        // The aggregate says why: signed already, another link, or no code.
        None => Ok((CodeId::new(Uuid::nil()), Channel::Mail)),
    }
}

async fn decline(call: Call<'_>, input: &DeclineToSignInput) -> Done<SignatureDeclined> {
    let link = Link::read(call, Action::DeclineSignature, &input.token).await?;
    let Known { row, .. } = known(call, link).await?;
    let reason = input::line("reason", &input.reason, 500)?;
    let order = order_by(call, "declineToSign", input.command_id, &row);
    let command = SigningCommand::DeclineSignature {
        role: link.role,
        link: link.id,
        reason: Personal::new(row.parties.pupil, reason),
        at: call.service().now(),
    };
    let handled = call.give::<Aggregate>(&order, &link.stream(), command).await?;
    Ok(SignatureDeclined { position: Position(handled.last) })
}
