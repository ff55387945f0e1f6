//! Asks again for the signatures of a convention that says something else.

use domain::{
    conventions::{
        convention::{Convention, Generation},
        signing::{
            self, Contact, Opening, Signatory, SigningCommand, ToInvite, is_of_age, required,
        },
        terms::Change,
    },
    kernel::{
        envelope::Context,
        ids::{ConventionId, LinkId, derived},
    },
};
use projections::{
    accounts::school_spaces,
    conventions::signings::{self, Signing},
    ministages::placements::{self, Placement},
};
use schema::names;

use super::{ReactionFault, perform::give};
use crate::app::App;

/// Has those whom `changes` concern sign `convention` again. Nothing to do where no signature was
/// asked for online, or whose pupil was erased.
pub(super) async fn ask(
    app: &App,
    convention: ConventionId,
    changes: Vec<Change>,
    context: &Context,
) -> Result<(), ReactionFault> {
    let id = convention.uuid().to_string();
    let (state, _) = app.journal.load::<Convention>(&id).await?;
    let Some(of) = state.generation() else {
        return Err(ReactionFault::Missing { what: "the convention" });
    };
    let parties = of.parties.clone();
    let found = app.read.query(move |db| {
        let placement = placements::placement(db, parties.booking)?;
        let round = signings::of_convention(db, convention)?;
        Ok((placement, round, school_spaces::stored_signatures(db, &parties)?))
    });
    let (Some(placement), Some(round), stored) = found.await? else { return Ok(()) };
    if placement.booking.pupil.known().is_none() {
        return Ok(());
    }
    let opening = opening(of, &placement, (&round, stored), &changes, context);
    let command = SigningCommand::AskAgain { opening: Box::new(opening), changes };
    give::<signing::Signing>(app, &id, command, context).await
}

fn opening(
    of: &Generation,
    it: &Placement,
    (round, stored): (&Signing, Vec<Signatory>),
    changes: &[Change],
    context: &Context,
) -> Opening {
    let rule = it.platform.as_ref().map(|platform| platform.rules.signatories.clone());
    let rule = rule.unwrap_or_default();
    let born = it.booking.pupil.known().and_then(|pupil| pupil.birth_date);
    let day = it.slot.details.date;
    let must = required(&rule, is_of_age(born, day));
    let invite = |role: Signatory| {
        let link = derived(&["signing link", &context.command.to_string(), &role.to_string()]);
        let contact = contact(round, it, role, changes)?;
        Some(ToInvite { role, contact, link: LinkId::new(link) })
    };
    let awaited = must.into_iter().filter(|role| !stored.contains(role));
    Opening {
        convention: of.convention,
        pupil: of.parties.pupil,
        document: of.original.digest.clone(),
        invited: awaited.filter_map(invite).collect(),
        rule,
        born,
        day,
        ends: it.ends(),
        stored,
        at: context.at,
    }
}

/// How `role` is reached: as in the last round, but for what was corrected since. Somebody else is
/// never reached where the one before was.
fn contact(
    round: &Signing,
    it: &Placement,
    role: Signatory,
    changes: &[Change],
) -> Option<Contact> {
    let signer = round.signers.iter().find(|signer| signer.role == role)?;
    let last = || {
        Some(Contact {
            name: signer.name.clone()?,
            email: signer.email.clone()?,
            phone: signer.phone.clone(),
        })
    };
    let pupil = it.booking.pupil.known()?;
    match role {
        Signatory::Origin | Signatory::Host => last(),
        Signatory::Pupil => {
            if changes.contains(&Change::Pupil) {
                return None;
            }
            Some(Contact { name: names::of_person(&pupil.last_name, &pupil.first_name), ..last()? })
        }
        Signatory::Guardian => {
            let guardian = pupil.guardian.as_ref();
            if changes.contains(&Change::Guardian) {
                let now = guardian?;
                let (name, phone) = (now.name.clone(), now.phone.clone());
                return Some(Contact { name, email: now.email.clone()?, phone });
            }
            let mut contact = last()?;
            if changes.contains(&Change::GuardianName) {
                contact.name.clone_from(&guardian?.name);
            }
            if changes.contains(&Change::GuardianContact) {
                contact.email = guardian?.email.clone().unwrap_or(contact.email);
                contact.phone = guardian?.phone.clone().or(contact.phone);
            }
            Some(contact)
        }
    }
}
