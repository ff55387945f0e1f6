//! Does one reaction. A rule that says no ends it: what it was for is over (a booking that was
//! cancelled meanwhile cannot be confirmed).

use domain::{
    accounts::school_space::{SchoolSpace, SchoolSpaceCommand},
    conventions::{
        convention::{Convention, ConventionCommand, Parties},
        signing::{Signing, SigningCommand},
    },
    correspondence::{
        letter::{About, Letter, LetterCommand, Recipient},
        template::Template,
    },
    facts::Fact,
    kernel::{
        decider::Decider,
        envelope::{Context, Recorded},
        ids::{ConventionId, LetterId, derived},
    },
    ministages::slot::{Slot, SlotCommand},
    reaction::Reaction,
};
use journal::HandleError;

use super::{ReactionFault, again, context_of, generate, sign};
use crate::{app::App, erasing, stacks};

/// Does what `reaction` to `event` asks.
pub(super) async fn perform(
    app: &App,
    event: &Recorded<Fact>,
    reaction: Reaction,
) -> Result<(), ReactionFault> {
    match reaction {
        Reaction::FoundSpace { uai, account } => {
            let context = reaction_context(app, event, "found_space");
            let id = uai.to_string();
            let command = SchoolSpaceCommand::FoundSpace { uai, account };
            give::<SchoolSpace>(app, &id, command, &context).await
        }
        Reaction::CloseAccess { person } => {
            erasing::close_access(&app.journal, &app.read, &app.sessions, person).await
        }
        Reaction::EraseScans { person } => stacks::forget_showing(app, person).await,
        Reaction::GenerateConvention { slot: _, booking } => {
            let context = reaction_context(app, event, "generate_convention");
            generate::generate(app, booking, &context).await
        }
        Reaction::AmendConvention { booking } => {
            let policy = format!("amend_convention:{booking}");
            let context = reaction_context(app, event, &policy);
            generate::amend(app, booking, &context).await
        }
        Reaction::AskSignaturesAgain { convention, changes } => {
            let context = reaction_context(app, event, "ask_signatures_again");
            again::ask(app, convention, changes, &context).await
        }
        Reaction::LapseConvention { booking, cause } => {
            let policy = format!("lapse_convention:{booking}");
            let context = reaction_context(app, event, &policy);
            let id = ConventionId::of(booking).uuid().to_string();
            let command = ConventionCommand::LapseConvention { cause };
            give::<Convention>(app, &id, command, &context).await
        }
        Reaction::ConfirmBooking { convention } => {
            let confirm =
                |parties: &Parties| SlotCommand::ConfirmBooking { booking: parties.booking };
            give_to_slot(app, event, convention, "confirm_booking", confirm).await
        }
        Reaction::UnconfirmBooking { convention } => {
            let unconfirm =
                |parties: &Parties| SlotCommand::UnconfirmBooking { booking: parties.booking };
            give_to_slot(app, event, convention, "unconfirm_booking", unconfirm).await
        }
        Reaction::CloseSigning { convention, cause } => {
            let context = reaction_context(app, event, "close_signing");
            let id = convention.uuid().to_string();
            give::<Signing>(app, &id, SigningCommand::CloseSigning { cause }, &context).await
        }
        Reaction::DepositSigned { convention } => {
            let context = reaction_context(app, event, "deposit_signed");
            sign::deposit(app, convention, &context).await
        }
        Reaction::SendLetter { template, recipient, about } => {
            send(app, event, template, recipient, about).await
        }
    }
}

async fn give_to_slot(
    app: &App,
    event: &Recorded<Fact>,
    convention: ConventionId,
    policy: &str,
    command: impl FnOnce(&Parties) -> SlotCommand,
) -> Result<(), ReactionFault> {
    let (state, _) = app.journal.load::<Convention>(&convention.uuid().to_string()).await?;
    let Some(parties) = state.generation().map(|generation| &generation.parties) else {
        return Err(ReactionFault::Missing { what: "the convention" });
    };
    let context = reaction_context(app, event, policy);
    give::<Slot>(app, &parties.slot.uuid().to_string(), command(parties), &context).await
}

async fn send(
    app: &App,
    event: &Recorded<Fact>,
    template: Template,
    recipient: Recipient,
    about: About,
) -> Result<(), ReactionFault> {
    let cause = event.id.to_string();
    let subject = serde_json::to_string(&(&recipient, &about)).unwrap_or_default();
    let letter = LetterId::new(derived(&["letter", &cause, &template.to_string(), &subject]));
    let context = reaction_context(app, event, &format!("send_letter:{letter}"));
    let command = LetterCommand::RequestLetter { letter, template, recipient, about };
    give::<Letter>(app, &letter.uuid().to_string(), command, &context).await
}

/// Around the command of a policy that reacts to `event`; its id is derived from both.
fn reaction_context(app: &App, event: &Recorded<Fact>, policy: &str) -> Context {
    let command = derived(&["reaction", &event.id.to_string(), policy]);
    let name = policy.split(':').next().unwrap_or_default();
    let tenant = event.context.tenant.clone();
    let now = app.journal.clock().now();
    context_of(name, command, Some(event.position), event.context.correlation, tenant, now)
}

/// Gives a command in a policy’s name; a refusal ends it.
pub(crate) async fn give<D: Decider>(
    app: &App,
    id: &str,
    command: D::Command,
    context: &Context,
) -> Result<(), ReactionFault> {
    match app.journal.handle::<D>(id, command, context).await {
        Err(HandleError::Refused(refusal)) => {
            tracing::info!(stream = D::TYPE, id, %refusal, "a policy's command was refused");
            Ok(())
        }
        Ok(_) | Err(HandleError::Erased(_)) => Ok(()),
        Err(HandleError::Claimed { .. } | HandleError::Conflict) => Err(ReactionFault::Conflict),
        Err(HandleError::Fault(fault)) => Err(fault.into()),
    }
}
