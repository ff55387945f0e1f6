//! Makes the signed document of a convention that all have signed, puts the platform’s seal on it,
//! stores it and deposits it: from there on it is a deposit like any other, which the host
//! validates.

use documents::{
    convention::{Hand, Signatory, Signing as Paper, Verification, render_signed},
    picture,
};
use domain::{
    conventions::{
        convention::{Convention, ConventionCommand, Recognition},
        signing,
    },
    kernel::{document::StoredDocument, envelope::Context, ids::ConventionId},
    ministages::slot::Side,
};
use projections::{
    conventions::signings::{self, Signer, Signing, SigningStanding},
    ministages::placements,
};

use super::{
    ReactionFault,
    draw::{self, Print},
    generate,
    perform::give,
};
use crate::{
    app::App,
    signed_files,
    signing::verification_code,
    store::{Document, StoreFault},
};

/// Deposits the signed document of `convention`. Nothing to do for one that came back meanwhile,
/// or whose pupil was erased.
pub(super) async fn deposit(
    app: &App,
    convention: ConventionId,
    context: &Context,
) -> Result<(), ReactionFault> {
    let id = convention.uuid().to_string();
    let (state, _) = app.journal.load::<Convention>(&id).await?;
    let Some(of) = state.generation() else {
        return Err(ReactionFault::Missing { what: "the convention" });
    };
    let booking = of.parties.booking;
    let found = app.read.query(move |db| {
        Ok((placements::placement(db, booking)?, signings::of_convention(db, convention)?))
    });
    let (Some(placement), Some(round)) = found.await? else {
        return Err(ReactionFault::Missing { what: "the signatures" });
    };
    let (Some(original), Some(_)) = (of.original.digest.known(), placement.booking.pupil.known())
    else {
        return Ok(());
    };
    // Made anew meanwhile: whom that concerns signs the new one, and this follows from that.
    if round.state != SigningStanding::Completed || round.document.as_ref() != Some(original) {
        return Ok(());
    }
    let print = Print::last(of, &placement);
    let content = draw::content(app, convention, &placement, print).await?;
    // What is signed is what was shown: to the byte, under the signatures. Where the texts, a
    // stored signature or the layout are others since, all sign what it is now.
    if draw::original(app, &content).await?.digest != *original {
        return generate::print_anew(app, of, &placement, context).await;
    }
    let paper = paper(app, &round, &content.reference).await?;
    let drawn = draw::drawn(app, move |key| render_signed(&content, &paper, key)).await?;
    let pdf = app.sealer.seal(drawn.pdf, app.journal.clock().now()).await?;
    let document = match app.store.put(of.parties.pupil, &pdf).await {
        Ok(document) => document,
        Err(StoreFault::Erased(_)) => return Ok(()),
        Err(fault) => return Err(fault.into()),
    };
    // What was signed is not the original itself, but another file that shows the same.
    let signatures = signed_files::look(app, of.parties.pupil, pdf, None).await?;
    let command = ConventionCommand::DepositConvention {
        document,
        pages: drawn.pages,
        side: Side::Origin,
        recognised: Recognition::SignedOnline,
        signatures,
        print: Some(of.print),
    };
    give::<Convention>(app, &id, command, context).await
}

async fn paper(app: &App, round: &Signing, reference: &str) -> Result<Paper, ReactionFault> {
    let mut paper = Paper {
        origin: None,
        guardian: None,
        pupil: None,
        host: None,
        verification: verification(app, round.convention, reference),
    };
    for signer in &round.signers {
        let mut signatory = signatory(app, signer).await?;
        if let (Some(signatory), Some(now)) = (&mut signatory, &round.document) {
            signatory.earlier = hex::encode(signatory.document) != *now;
        }
        match signer.role {
            signing::Signatory::Origin => paper.origin = signatory,
            signing::Signatory::Guardian => paper.guardian = signatory,
            signing::Signatory::Pupil => paper.pupil = signatory,
            signing::Signatory::Host => paper.host = signatory,
        }
    }
    Ok(paper)
}

/// The link bears identification and code where browsers keep them to themselves.
fn verification(app: &App, convention: ConventionId, reference: &str) -> Verification {
    let address = format!("{}/verifier", app.config.public_url);
    let code = verification_code(app.journal.keyring(), convention);
    Verification { link: format!("{address}#{reference}/{code}"), address, code }
}

async fn signatory(app: &App, signer: &Signer) -> Result<Option<Signatory>, ReactionFault> {
    let Some(signed) = &signer.signed else { return Ok(None) };
    let name = signed.name.clone().unwrap_or_default();
    let hand = match drawn(app, signed.picture.as_ref()).await? {
        Some(picture) => Hand::Drawn(picture),
        None => Hand::Typed(name.clone()),
    };
    let mut document = [0; 32];
    let shown = signed.document.as_deref().unwrap_or_default();
    hex::decode_to_slice(shown, &mut document)
        .map_err(|_| ReactionFault::Missing { what: "the hash of what was signed" })?;
    let to = signer.email.as_ref().map(|email| masked(email.as_str())).unwrap_or_default();
    Ok(Some(Signatory {
        name,
        capacity: None,
        hand,
        at: signed.at,
        address: signed.network.clone().unwrap_or_else(|| "inconnue".to_owned()),
        method: format!("Lien personnel et code reçu à {to}"),
        document,
        earlier: false,
    }))
}

async fn drawn(
    app: &App,
    picture: Option<&StoredDocument>,
) -> Result<Option<picture::Picture>, ReactionFault> {
    let Some(picture) = picture else { return Ok(None) };
    match app.store.get(picture).await? {
        Document::Clear(bytes) => Ok(picture::restore(&bytes).ok()),
        Document::Erased => Ok(None),
    }
}

/// `c…@example.org`.
fn masked(email: &str) -> String {
    let (local, host) = email.split_once('@').unwrap_or((email, ""));
    let first: String = local.chars().take(1).collect();
    format!("{first}…@{host}")
}
