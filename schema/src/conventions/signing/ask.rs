//! Whom a school is to ask, with the contacts that the booking and the directory know.

use async_graphql::{Result, SimpleObject};
use domain::{
    access::{Action, Facts},
    conventions::signing::{self, is_of_age, required},
};
use projections::{
    conventions::{
        register::{Convention as Row, Standing},
        signings::{self, SigningStanding},
    },
    ministages::placements::{self, Placement},
};

use super::{school::stored, types::Signatory};
use crate::guard::Call;

/// Signataire à inviter, avec ce que la réservation et l’annuaire en savent.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct SignatoryToAsk {
    /// À quel titre il signe.
    role: Signatory,
    /// Son nom, s’il est connu.
    name: Option<String>,
    /// Son adresse, si elle est connue.
    email: Option<String>,
    /// Son téléphone, s’il est connu.
    phone: Option<String>,
}

/// Whom « Faire signer en ligne » would ask; nobody where it would be refused.
pub(crate) async fn to_ask(
    call: Call<'_>,
    row: &Row,
    facts: &Facts,
) -> Result<Vec<SignatoryToAsk>> {
    let is_out = matches!(row.state, Standing::Generated | Standing::Reopened);
    if !is_out || !call.may(Action::OpenSigning, facts) {
        return Ok(Vec::new());
    }
    let (id, booking) = (row.id, row.parties.booking);
    let found = call.read(move |db| {
        Ok((signings::of_convention(db, id)?, placements::placement(db, booking)?))
    });
    let (round, placement) = found.await?;
    let is_open = round.is_some_and(|round| match round.state {
        SigningStanding::Open | SigningStanding::Completed => true,
        SigningStanding::Declined | SigningStanding::Closed => false,
    });
    let Some(placement) = placement.filter(|it| it.ends() > call.service().now()) else {
        return Ok(Vec::new());
    };
    if is_open || placement.booking.pupil.known().is_none() {
        return Ok(Vec::new());
    }
    let stored = stored(call, row).await?;
    Ok(must_sign(&placement)
        .into_iter()
        .filter(|role| !stored.contains(role))
        .map(|role| known(&placement, role))
        .collect())
}

fn must_sign(it: &Placement) -> Vec<signing::Signatory> {
    let rule = it.platform.as_ref().map(|platform| platform.rules.signatories.as_slice());
    let born = it.booking.pupil.known().and_then(|pupil| pupil.birth_date);
    let of_age = is_of_age(born, it.slot.details.date);
    required(rule.unwrap_or_default(), of_age).into_iter().collect()
}

fn known(it: &Placement, role: signing::Signatory) -> SignatoryToAsk {
    let pupil = it.booking.pupil.known();
    let (name, email, phone) = match role {
        signing::Signatory::Guardian => {
            let guardian = pupil.and_then(|pupil| pupil.guardian.as_ref());
            (
                guardian.map(|it| it.name.clone()),
                guardian.and_then(|it| it.email.clone()),
                guardian.and_then(|it| it.phone.clone()),
            )
        }
        signing::Signatory::Pupil => {
            (pupil.map(|it| format!("{} {}", it.last_name, it.first_name)), None, None)
        }
        signing::Signatory::Origin | signing::Signatory::Host => {
            let is_host = role == signing::Signatory::Host;
            let school = if is_host { it.host.as_ref() } else { it.origin.as_ref() };
            (None, school.and_then(|it| it.listing.mail.clone()), None)
        }
    };
    let email = email.map(|it| it.as_str().to_owned());
    SignatoryToAsk { role: role.into(), name, email, phone }
}
