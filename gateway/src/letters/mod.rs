//! From the ids that a letter’s events bear to what it says, to whom and with what joined.
//! Read when it is sent, so that it says how things stand then.

mod accounts;
mod placements;
mod recipients;
mod signing;

pub(crate) use placements::{appointment, zone};

use domain::{
    correspondence::{
        letter::{About, DeliveryFaultKind, Recipient},
        template::Template,
    },
    kernel::{
        email::Email,
        ids::{LetterId, PersonId},
    },
};
use jiff::Timestamp;
use mailer::{
    letter::LetterContent,
    letterhead::{Colour, Letterhead},
    message::{Attachment, BuildFault, Envelope, Outgoing, build},
};
use projections::platforms::platform_list::Platform;

use crate::{app::App, store::StoreFault};

/// A letter that is due.
#[derive(Debug, Clone)]
pub struct Due {
    /// Which.
    pub letter: LetterId,
    /// What it says.
    pub template: Template,
    /// To whom.
    pub recipient: Recipient,
    /// What about.
    pub about: About,
    /// How often someone asked to send it once more.
    pub edition: u16,
    /// When it was requested.
    pub requested_at: Timestamp,
}

/// What a letter says, before it is a message.
#[derive(Debug)]
struct Words {
    content: LetterContent,
    platform: Option<Platform>,
    attachments: Vec<Attachment>,
    persons: Vec<PersonId>,
}

impl Words {
    fn of(content: impl Into<LetterContent>) -> Self {
        Self {
            content: content.into(),
            platform: None,
            attachments: Vec::new(),
            persons: Vec::new(),
        }
    }
}

/// Why a letter cannot be written now.
#[derive(Debug, thiserror::Error)]
pub enum WriteFault {
    /// There is nothing to write, or nobody to write to: final.
    #[error("{0}")]
    Final(DeliveryFaultKind),
    /// The read models failed.
    #[error(transparent)]
    Projections(#[from] projections::Fault),
    /// The documents’ store failed.
    #[error(transparent)]
    Store(#[from] StoreFault),
    /// The note of the log cannot be read.
    #[error(transparent)]
    Proof(#[from] journal::ProofFault),
    /// The template is wrong.
    #[error(transparent)]
    Render(#[from] mailer::render::RenderFault),
    /// The message could not be put together.
    #[error(transparent)]
    Build(#[from] BuildFault),
}

/// What the letter is about is gone.
const NOTHING: WriteFault = WriteFault::Final(DeliveryFaultKind::NothingToSay);

/// The message of a letter that is due.
pub async fn write(app: &App, due: &Due) -> Result<Outgoing, WriteFault> {
    let to = recipients::addresses(app, due).await?;
    if to.is_empty() {
        return Err(WriteFault::Final(DeliveryFaultKind::NoAddress));
    }
    let words = words(app, due).await?;
    let head = letterhead(app, words.platform.as_ref());
    let rendered = app.post.renderer.render(&words.content, &head)?;
    let envelope = envelope(app, due, to, &head, words.persons);
    match build(rendered, &envelope, words.attachments) {
        Ok(outgoing) => Ok(outgoing),
        Err(BuildFault::NoRecipient | BuildFault::Address(_)) => {
            Err(WriteFault::Final(DeliveryFaultKind::NoAddress))
        }
        Err(fault @ (BuildFault::ContentType { .. } | BuildFault::Assembly(_))) => {
            Err(fault.into())
        }
    }
}

async fn words(app: &App, due: &Due) -> Result<Words, WriteFault> {
    match due.template {
        Template::VerifyEmail
        | Template::ResetPassword
        | Template::PasswordChanged
        | Template::AccountLocked
        | Template::SignInLink
        | Template::EmailChange
        | Template::AccessRequested
        | Template::AccessDeclined
        | Template::MemberInvited
        | Template::SignedNote => accounts::words(app, due).await,
        Template::SigningInvitation
        | Template::SigningCode
        | Template::SigningDeclined
        | Template::SigningCompleted => signing::words(app, due).await,
        Template::ConventionToOrigin
        | Template::BookingToHost
        | Template::ConventionDeposited
        | Template::ConventionValidated
        | Template::ConventionInvalidated
        | Template::ConventionRegenerated
        | Template::ConventionAmended
        | Template::ConventionReminder
        | Template::BookingCancelled
        | Template::BookingExpired
        | Template::SlotWithdrawn
        | Template::SlotChanged
        | Template::WaitlistJoined
        | Template::WaitlistPromoted
        | Template::WaitlistLapsed
        | Template::AbsenceRecorded => placements::words(app, due).await,
    }
}

fn letterhead(app: &App, platform: Option<&Platform>) -> Letterhead {
    let support = Some(app.config.support_email.clone());
    match platform {
        None => Letterhead {
            name: app.post.from_name.clone(),
            colour: Colour::ESCALE,
            home: app.config.public_url.clone(),
            support,
        },
        Some(platform) => {
            let branding = platform.branding.as_ref();
            let colour = branding.and_then(|branding| branding.colour.parse().ok());
            Letterhead {
                name: branding.map_or_else(|| platform.name.clone(), |it| it.display_name.clone()),
                colour: colour.unwrap_or(Colour::ESCALE),
                home: format!("{}/{}/", app.config.public_url, platform.platform),
                support,
            }
        }
    }
}

fn envelope(
    app: &App,
    due: &Due,
    to: Vec<Email>,
    head: &Letterhead,
    persons: Vec<PersonId>,
) -> Envelope {
    Envelope {
        letter: due.letter,
        edition: due.edition,
        from_name: head.name.clone(),
        from: app.post.from.clone(),
        to,
        reply_to: None,
        date: due.requested_at,
        about: persons,
    }
}
