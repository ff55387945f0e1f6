//! Makes the convention of a booking: draws it, stores it sealed, records it. Makes it anew once it
//! says something else.

use documents::convention::{ConventionContent, TEMPLATE_VERSION};
use domain::{
    conventions::{
        convention::{Convention, ConventionCommand, Generation, Parties},
        terms::{Change, Terms, changes},
    },
    kernel::{
        document::StoredDocument,
        envelope::Context,
        ids::{BookingId, ConventionId},
        personal::Personal,
    },
};
use projections::ministages::placements::{self, Placement};

use super::{
    ReactionFault,
    draw::{self, Drawn, Print},
    perform::give,
};
use crate::{app::App, store::StoreFault};

/// Makes the convention of `booking`. Once it is recorded nothing more is made; a booking
/// that is over, or of someone who was erased, has none.
pub(super) async fn generate(
    app: &App,
    booking: BookingId,
    context: &Context,
) -> Result<(), ReactionFault> {
    let convention = ConventionId::of(booking);
    let id = convention.uuid().to_string();
    let (state, _) = app.journal.load::<Convention>(&id).await?;
    let placement = app.read.query(move |db| placements::placement(db, booking)).await?;
    let placement = placement.ok_or(ReactionFault::Missing { what: "the booking" })?;
    if state.generation().is_some() || placement.booking.status.is_over() {
        return Ok(());
    }
    let content = draw::content(app, convention, &placement, Print::first(&placement)).await?;
    let Some(made) = make(app, &content, &placement).await? else { return Ok(()) };
    let Made { original, pages, terms } = made;
    let command = ConventionCommand::GenerateConvention {
        convention,
        parties: parties(&placement),
        reference: content.reference,
        original,
        pages,
        template: TEMPLATE_VERSION.to_string(),
        terms,
    };
    give::<Convention>(app, &id, command, context).await
}

/// What was drawn and stored.
struct Made {
    original: StoredDocument,
    pages: u16,
    terms: Personal<Terms>,
}

/// Draws and stores; none when the pupil was erased.
async fn make(
    app: &App,
    content: &ConventionContent,
    it: &Placement,
) -> Result<Option<Made>, ReactionFault> {
    let Some(terms) = draw::terms(app, content, it).await? else { return Ok(None) };
    let Drawn { pdf, pages, .. } = draw::original(app, content).await?;
    match app.store.put(terms.person(), &pdf).await {
        Ok(original) => Ok(Some(Made { original, pages, terms })),
        Err(StoreFault::Erased(_)) => Ok(None),
        Err(fault) => Err(fault.into()),
    }
}

fn parties(it: &Placement) -> Parties {
    Parties {
        platform: it.slot.platform.clone(),
        slot: it.slot.id,
        booking: it.booking.id,
        host: it.slot.host.clone(),
        origin: it.booking.origin.clone(),
        pupil: it.booking.pupil.person(),
    }
}

/// Makes the convention of `booking` anew if it says something else than its original. What only
/// the wording or the layout changed is left as it was: nobody changed this convention.
pub(super) async fn amend(
    app: &App,
    booking: BookingId,
    context: &Context,
) -> Result<(), ReactionFault> {
    let id = ConventionId::of(booking).uuid().to_string();
    let (state, _) = app.journal.load::<Convention>(&id).await?;
    let placement = app.read.query(move |db| placements::placement(db, booking)).await?;
    let (Some(of), Some(placement)) = (state.generation(), placement) else { return Ok(()) };
    if placement.booking.status.is_over() {
        return Ok(());
    }
    let content =
        draw::content(app, of.convention, &placement, Print::last(of, &placement)).await?;
    let Some(terms) = draw::terms(app, &content, &placement).await? else { return Ok(()) };
    let changes = changed(of, &terms);
    let drawn = draw::original(app, &content).await?;
    let same = of.original.digest.known() == Some(&drawn.digest);
    let kept = of.terms.as_ref().is_some_and(|it| it.known().is_some());
    if same || (kept && changes == [Change::Wording]) {
        return Ok(());
    }
    print_anew(app, of, &placement, context).await
}

/// Makes the convention anew, as everything stands now.
pub(super) async fn print_anew(
    app: &App,
    of: &Generation,
    placement: &Placement,
    context: &Context,
) -> Result<(), ReactionFault> {
    let now = app.journal.clock().now();
    let print = Print::next(of, placement, now);
    let content = draw::content(app, of.convention, placement, print).await?;
    let Some(made) = make(app, &content, placement).await? else { return Ok(()) };
    let Made { original, pages, terms } = made;
    let command = ConventionCommand::AmendConvention {
        print: print.number,
        original,
        pages,
        template: TEMPLATE_VERSION.to_string(),
        changes: changed(of, &terms),
        terms,
        at: now,
    };
    give::<Convention>(app, &of.convention.uuid().to_string(), command, context).await
}

/// What is other in `now` than in the original; the wording, where nothing else is known.
fn changed(of: &Generation, now: &Personal<Terms>) -> Vec<Change> {
    let before = of.terms.as_ref().and_then(Personal::known);
    let found = before.zip(now.known()).map(|(before, now)| changes(before, now));
    found.filter(|found| !found.is_empty()).unwrap_or_else(|| vec![Change::Wording])
}
