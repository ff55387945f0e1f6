//! What letters about signing online say.

use domain::{
    conventions::signing::{CODE_LASTS, LinkCause},
    correspondence::{letter::Recipient, template::Template},
};
use mailer::{
    letter::LetterContent,
    letters::signing::{SigningCode, SigningCompleted, SigningDeclined, SigningInvitation},
    message::Attachment,
};
use projections::{
    conventions::{
        register::Convention,
        signings::{self, Signer, SignerStanding},
    },
    ministages::placements::{self, Placement},
};
use schema::{
    ports::{LinkPurpose, SignedLink, signing_subject},
    words::of_changes,
};

use super::{Due, NOTHING, Words, WriteFault, placements as about_placements, recipients};
use crate::{app::App, signing, store::Document};

/// What the letter says.
pub(super) async fn words(app: &App, due: &Due) -> Result<Words, WriteFault> {
    let about = due.about.clone();
    let found = app.read.query(move |db| {
        let placement = match recipients::booking_of(db, &about)? {
            Some(booking) => placements::placement(db, booking)?,
            None => None,
        };
        let signer = match (about.convention, about.role) {
            (Some(convention), Some(role)) => signings::signer(db, convention, role)?,
            (Some(_) | None, _) => None,
        };
        Ok(placement.map(|placement| (placement, signer)))
    });
    let (placement, signer) = found.await?.ok_or(NOTHING)?;
    let convention = placement.convention.as_ref().ok_or(NOTHING)?;
    let content = content(app, due, &placement, signer).ok_or(NOTHING)?;
    let mut words = Words::of(content);
    if due.template == Template::SigningCompleted {
        words.attachments.push(signed(app, convention).await?);
    }
    words.persons.push(placement.booking.pupil.person());
    words.platform = placement.platform;
    Ok(words)
}

fn content(app: &App, due: &Due, it: &Placement, signer: Option<Signer>) -> Option<LetterContent> {
    let convention = it.convention.as_ref()?;
    let reference = convention.reference.clone();
    let placement = about_placements::said(it);
    if due.template == Template::SigningCompleted {
        let has_account = matches!(due.recipient, Recipient::Origin | Recipient::Host);
        let link = has_account.then(|| about_placements::link(app, it));
        return Some(SigningCompleted { placement, reference, link }.into());
    }
    let signer = signer?;
    let role = signer.role;
    if due.template == Template::SigningDeclined {
        let link = about_placements::link(app, it);
        let reason = signer.reason;
        return Some(SigningDeclined { placement, reference, role, reason, link }.into());
    }
    // A link or a code of somebody who has signed meanwhile serves nothing any more.
    if signer.standing != SignerStanding::Awaited {
        return None;
    }
    if due.template == Template::SigningCode {
        let code = signing::code(app.journal.keyring(), convention.id, role, due.about.code?);
        let minutes = u32::try_from(CODE_LASTS.as_mins()).ok()?;
        return Some(SigningCode { reference, code, minutes }.into());
    }
    let link = due.about.link.filter(|link| signer.link == Some(*link))?;
    let subject = signing_subject(convention.id, role);
    let link = app.links.url(LinkPurpose::Sign, &SignedLink { subject, id: link.uuid() });
    let until = about_placements::local(it, signer.link_expires?);
    let changed =
        (signer.link_cause == Some(LinkCause::Amended)).then(|| of_changes(&convention.changes));
    let lost = format!("{}/signer", app.config.public_url);
    Some(SigningInvitation { placement, reference, role, changed, link, until, lost }.into())
}

/// The signed document, as it was deposited.
async fn signed(app: &App, convention: &Convention) -> Result<Attachment, WriteFault> {
    let deposit = convention.deposit.as_ref().ok_or(NOTHING)?;
    match app.store.get(&deposit.document).await? {
        Document::Clear(bytes) => {
            let name = format!("Convention {} signée.pdf", convention.reference);
            Ok(Attachment::pdf(&name, bytes))
        }
        Document::Erased => Err(NOTHING),
    }
}
