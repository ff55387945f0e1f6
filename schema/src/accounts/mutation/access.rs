//! Who has lost the way in: the beginning of the login, and requests for access.

use async_graphql::{Context, Enum, InputObject, Object, Result};
use domain::{
    access::{Action, Facts},
    accounts::school_space::{Requester, SchoolSpace, SchoolSpaceCommand, SchoolSpaceRefusal},
    kernel::{
        email::Email,
        ids::{AccessRequestId, InvitationId, PersonId},
        personal::Personal,
        uai::Uai,
    },
};
use jiff::{SignedDuration, Timestamp};
use projections::{
    accounts::{access_requests, memberships},
    directory::schools::School,
};
use uuid::Uuid;

use super::super::{
    messages::not_academic,
    outcome::{AccessAsked, LinkUsed, LoginHint, SpaceChanged},
};
use crate::{
    guard::Call,
    input,
    order::{Order, journal_fault},
    ports::LinkPurpose,
    position::Position,
    refused::{Done, Refused, Stop, answer, payload},
};

/// Récupération d’identifiant.
#[derive(InputObject)]
pub(crate) struct ShowLoginHintInput {
    /// Code RNE (UAI) de l’établissement.
    rne: String,
    /// Identifiant de la demande.
    command_id: Option<Uuid>,
}

/// Demande de création de compte.
#[derive(InputObject)]
pub(crate) struct RequestAccessInput {
    /// Code RNE (UAI) de l’établissement.
    rne: String,
    /// Votre nom.
    last_name: String,
    /// Votre prénom.
    first_name: String,
    /// Votre fonction.
    function: String,
    /// Votre adresse académique.
    email: String,
    /// Identifiant de la demande.
    command_id: Option<Uuid>,
}

/// Demande acceptée.
#[derive(InputObject)]
pub(crate) struct GrantAccessInput {
    /// Demande d’accès.
    request: String,
    /// Identifiant de la demande.
    command_id: Option<Uuid>,
}

/// Demande refusée.
#[derive(InputObject)]
pub(crate) struct DeclineAccessInput {
    /// Demande d’accès.
    request: String,
    /// Identifiant de la demande.
    command_id: Option<Uuid>,
}

/// Réponse à une demande d’accès.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub(crate) enum AccessAnswer {
    /// Donner l’accès.
    Grant,
    /// Refuser.
    Decline,
}

/// Réponse à une demande d’accès, par le lien reçu.
#[derive(InputObject)]
pub(crate) struct AnswerAccessInput {
    /// Fin de l’adresse du lien reçu.
    token: String,
    /// Réponse.
    answer: AccessAnswer,
    /// Identifiant de la demande.
    command_id: Option<Uuid>,
}

payload! {
    ShowLoginHintPayload = LoginHint;
    RequestAccessPayload = AccessAsked;
    GrantAccessPayload = SpaceChanged;
    DeclineAccessPayload = SpaceChanged;
    AnswerAccessPayload = LinkUsed;
}

#[derive(Default)]
pub(crate) struct AccessMutation;

#[Object]
impl AccessMutation {
    /// Montre les deux premières lettres de l’identifiant d’un établissement, un nombre limité
    /// de fois par heure.
    async fn show_login_hint(
        &self,
        ctx: &Context<'_>,
        input: ShowLoginHintInput,
    ) -> Result<ShowLoginHintPayload> {
        answer(show_hint(Call::of(ctx)?, input).await)
    }

    /// Demande un accès aux gestionnaires d’un établissement, qui sont prévenus par courriel.
    async fn request_access(
        &self,
        ctx: &Context<'_>,
        input: RequestAccessInput,
    ) -> Result<RequestAccessPayload> {
        answer(request_access(Call::of(ctx)?, input).await)
    }

    /// Donne l’accès demandé : une invitation part.
    async fn grant_access(
        &self,
        ctx: &Context<'_>,
        input: GrantAccessInput,
    ) -> Result<GrantAccessPayload> {
        let call = Call::of(ctx)?;
        answer(by_manager(call, AccessAnswer::Grant, &input.request, input.command_id).await)
    }

    /// Refuse l’accès demandé.
    async fn decline_access(
        &self,
        ctx: &Context<'_>,
        input: DeclineAccessInput,
    ) -> Result<DeclineAccessPayload> {
        let call = Call::of(ctx)?;
        answer(by_manager(call, AccessAnswer::Decline, &input.request, input.command_id).await)
    }

    /// Répond à une demande d’accès par le lien reçu, sans se connecter.
    async fn answer_access(
        &self,
        ctx: &Context<'_>,
        input: AnswerAccessInput,
    ) -> Result<AnswerAccessPayload> {
        answer(by_link(Call::of(ctx)?, input).await)
    }
}

async fn show_hint(call: Call<'_>, input: ShowLoginHintInput) -> Done<LoginHint> {
    let role = call.require(Action::ShowLoginHint, &Facts::none())?;
    call.allow_from("login_hint").await?;
    let uai = input::uai("rne", &input.rne)?;
    let school = uai.clone();
    let managers = call.read(move |db| memberships::managers(db, &school)).await?;
    let (_, login) =
        managers.first().ok_or_else(|| Refused::from(SchoolSpaceRefusal::NotFounded).at("rne"))?;
    let order = call.order("showLoginHint", input.command_id, role);
    let command = SchoolSpaceCommand::ShowLoginHint {
        at: call.service().now(),
        most: call.service().account_rules().hints_per_hour,
    };
    call.give::<SchoolSpace>(&order, uai.as_str(), command).await?;
    Ok(LoginHint { hint: login.hint() })
}

async fn request_access(call: Call<'_>, input: RequestAccessInput) -> Done<AccessAsked> {
    let role = call.require(Action::RequestAccess, &Facts::none())?;
    call.allow_from("access_request").await?;
    let uai = input::uai("rne", &input.rne)?;
    let requester = Requester {
        last_name: input::line("lastName", &input.last_name, 80)?,
        first_name: input::line("firstName", &input.first_name, 80)?,
        function: input::line("function", &input.function, 80)?,
        email: input::email("email", &input.email)?,
    };
    let school = call.listed_school(&uai).await?;
    check_academic(&requester.email, &call.institutional_login(&school)?, &school)?;
    let person = call.person_at(&uai, &requester.email).await?;
    let order = call.order("requestAccess", input.command_id, role);
    let command = SchoolSpaceCommand::RequestAccess {
        uai: uai.clone(),
        request: AccessRequestId::new(order.step("request").command()),
        requester: Personal::new(person, requester),
        at: call.service().now(),
    };
    let handled = call.give::<SchoolSpace>(&order, uai.as_str(), command);
    Ok(AccessAsked { position: Position(handled.await?.last) })
}

/// An académie's address ends in `ac-….fr` (or an overseas domain); a private school's own
/// domain does as well.
fn check_academic(email: &Email, institutional: &Email, school: &School) -> Done<()> {
    let host = |email: &Email| {
        let address = email.normalised();
        address.rsplit('@').next().unwrap_or_default().to_owned()
    };
    let (theirs, ours) = (host(email), host(institutional));
    if theirs == ours || theirs.starts_with("ac-") {
        return Ok(());
    }
    let academie = domain::kernel::text::folded(&school.listing.academie).replace(' ', "-");
    let expected = if ours.starts_with("ac-") { ours } else { format!("ac-{academie}.fr") };
    Err(Stop::Refused(not_academic(&expected).at("email")))
}

impl Call<'_> {
    /// Whom an address stands for in the space of a school: the same one each time.
    pub(super) async fn person_at(self, uai: &Uai, email: &Email) -> Done<PersonId> {
        let scope = format!("access:{uai}");
        let person = self.journal().keyring();
        let person = person.identify(&scope, &email.normalised()).await;
        Ok(person.map_err(|fault| journal_fault(&fault))?)
    }

    /// When an invitation that leaves now may no longer be accepted.
    pub(super) fn invitation_expiry(self) -> Timestamp {
        let hours = i64::from(self.service().account_rules().invitation_hours);
        let now = self.service().now();
        now.checked_add(SignedDuration::from_hours(hours)).unwrap_or(Timestamp::MAX)
    }
}

fn command_of(
    call: Call<'_>,
    order: &Order,
    answer: AccessAnswer,
    request: AccessRequestId,
) -> SchoolSpaceCommand {
    match answer {
        AccessAnswer::Grant => SchoolSpaceCommand::GrantAccess {
            request,
            invitation: InvitationId::new(order.step("invitation").command()),
            expires_at: call.invitation_expiry(),
        },
        AccessAnswer::Decline => SchoolSpaceCommand::DeclineAccess { request },
    }
}

async fn by_manager(
    call: Call<'_>,
    answer: AccessAnswer,
    request: &str,
    id: Option<Uuid>,
) -> Done<SpaceChanged> {
    let (mutation, action) = match answer {
        AccessAnswer::Grant => ("grantAccess", Action::GrantAccess),
        AccessAnswer::Decline => ("declineAccess", Action::DeclineAccess),
    };
    call.holder()?;
    let request: AccessRequestId = input::id("request", request)?;
    let row = call.read(move |db| access_requests::by_id(db, request)).await?;
    let uai = row.ok_or_else(|| Stop::Error(call.hidden()))?.uai;
    let facts = call.school_facts(&uai).await?;
    let role = call.require_visible(action, &facts)?;
    let order = call.order(mutation, id, role);
    let command = command_of(call, &order, answer, request);
    let handled = call.give::<SchoolSpace>(&order, uai.as_str(), command);
    Ok(SpaceChanged { position: handled.await?.last, uai })
}

async fn by_link(call: Call<'_>, input: AnswerAccessInput) -> Done<LinkUsed> {
    call.allow_from("link").await?;
    let purpose = LinkPurpose::AnswerAccess;
    let link = call.link(purpose, &input.token)?;
    let order = call.order_by_link("answerAccess", input.command_id, purpose);
    let request = AccessRequestId::new(link.id);
    let command = command_of(call, &order, input.answer, request);
    let handled = call.give::<SchoolSpace>(&order, &link.subject, command);
    Ok(LinkUsed { position: Position(handled.await?.last) })
}
