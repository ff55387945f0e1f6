//! From a letter in words to the message that travels. The same letter makes the same bytes at
//! each attempt, `Message-ID` and boundaries included, so that a mail server or a reader can
//! tell that they had it already.

use std::time::SystemTime;

use domain::kernel::{
    email::Email,
    ids::{LetterId, PersonId},
};
use jiff::Timestamp;
use lettre::{
    Address, Message,
    message::{
        Attachment as AttachmentPart, Mailbox, MultiPart, SinglePart,
        header::{ContentType, Header, HeaderName, HeaderValue},
    },
};

use crate::{calendar::Method, render::Rendered};

/// Who writes to whom, and when.
#[derive(Debug, Clone)]
pub struct Envelope {
    /// Which letter.
    pub letter: LetterId,
    /// How many times someone asked to send it once more: a new edition is a new message, while
    /// the attempts of one edition are the same message.
    pub edition: u16,
    /// The name shown as the sender.
    pub from_name: String,
    /// The address it is sent from.
    pub from: Email,
    /// To whom; one at least.
    pub to: Vec<Email>,
    /// Where answers go, if not to the sender.
    pub reply_to: Option<Email>,
    /// The `Date` it bears: when the letter was requested.
    pub date: Timestamp,
    /// The persons it is about, for a store that seals it.
    pub about: Vec<PersonId>,
}

/// A file that goes with a letter.
#[derive(Clone)]
pub struct Attachment {
    name: String,
    kind: Kind,
    bytes: Vec<u8>,
}

#[derive(Clone, Copy)]
enum Kind {
    Pdf,
    Calendar(Method),
    Text,
}

impl Attachment {
    /// A PDF named `name`.
    pub fn pdf(name: &str, bytes: Vec<u8>) -> Self {
        Self::new(name, Kind::Pdf, bytes)
    }

    /// An .ics named `name`, of the method that `calendar` itself bears.
    pub fn calendar(name: &str, method: Method, calendar: String) -> Self {
        Self::new(name, Kind::Calendar(method), calendar.into_bytes())
    }

    /// A plain text named `name`.
    pub fn text(name: &str, text: String) -> Self {
        Self::new(name, Kind::Text, text.into_bytes())
    }

    fn new(name: &str, kind: Kind, bytes: Vec<u8>) -> Self {
        let name = name
            .chars()
            .map(|c| if c.is_control() || "/\\:\"".contains(c) { ' ' } else { c })
            .collect();
        Self { name, kind, bytes }
    }

    fn part(self) -> Result<SinglePart, BuildFault> {
        let kind = match self.kind {
            Kind::Pdf => "application/pdf".to_owned(),
            Kind::Text => "text/plain; charset=utf-8".to_owned(),
            Kind::Calendar(method) => format!("text/calendar; method={method}; charset=utf-8"),
        };
        let kind = ContentType::parse(&kind)
            .map_err(|source| BuildFault::ContentType { kind, source: Box::new(source) })?;
        Ok(AttachmentPart::new(self.name).body(self.bytes, kind))
    }
}

impl std::fmt::Debug for Attachment {
    /// Without the name and the bytes, which are personal.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Attachment({} bytes)", self.bytes.len())
    }
}

/// A message could not be made.
#[derive(Debug, thiserror::Error)]
pub enum BuildFault {
    /// There is no recipient.
    #[error("a message needs one recipient at least")]
    NoRecipient,
    /// An address cannot travel by SMTP. Which one is not said: it is personal.
    #[error("an address cannot be used in a message")]
    Address(#[source] lettre::address::AddressError),
    /// A content type cannot be written.
    #[error("failed to write the content type {kind}")]
    ContentType {
        /// Which.
        kind: String,
        /// Why.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The parts do not make a message.
    #[error("failed to put the message together")]
    Assembly(#[source] lettre::error::Error),
}

/// A message ready to leave.
#[derive(Clone)]
pub struct Outgoing {
    letter: LetterId,
    about: Vec<PersonId>,
    message: Message,
}

impl Outgoing {
    /// Which letter it is.
    pub fn letter(&self) -> LetterId {
        self.letter
    }

    /// The persons it is about.
    pub fn about(&self) -> &[PersonId] {
        &self.about
    }

    /// As it travels.
    pub fn bytes(&self) -> Vec<u8> {
        self.message.formatted()
    }

    pub(crate) fn envelope(&self) -> &lettre::address::Envelope {
        self.message.envelope()
    }
}

impl std::fmt::Debug for Outgoing {
    /// Without addresses and words.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Outgoing({})", self.letter)
    }
}

/// The message that carries `rendered` and `attachments`.
pub fn build(
    rendered: Rendered,
    envelope: &Envelope,
    attachments: Vec<Attachment>,
) -> Result<Outgoing, BuildFault> {
    if envelope.to.is_empty() {
        return Err(BuildFault::NoRecipient);
    }
    let from = Mailbox::new(Some(printable(&envelope.from_name)), address(&envelope.from)?);
    let mut builder = Message::builder()
        .message_id(Some(message_id(envelope)))
        .date(SystemTime::from(envelope.date))
        .from(from)
        .subject(printable(&rendered.subject))
        .header(AutoSubmitted)
        .header(ContentLanguage);
    for to in &envelope.to {
        builder = builder.to(Mailbox::new(None, address(to)?));
    }
    if let Some(reply_to) = &envelope.reply_to {
        builder = builder.reply_to(Mailbox::new(None, address(reply_to)?));
    }
    let body = body(rendered, envelope, attachments)?;
    Ok(Outgoing {
        letter: envelope.letter,
        about: envelope.about.clone(),
        message: builder.multipart(body).map_err(BuildFault::Assembly)?,
    })
}

/// Text and page as alternatives, beside the attachments if there are any.
fn body(
    rendered: Rendered,
    envelope: &Envelope,
    attachments: Vec<Attachment>,
) -> Result<MultiPart, BuildFault> {
    let boundary = |part: &str| format!("escale-{}-{part}", envelope.letter.uuid().simple());
    let alternatives = MultiPart::alternative()
        .boundary(boundary("words"))
        .singlepart(SinglePart::plain(rendered.text))
        .singlepart(SinglePart::html(rendered.html));
    if attachments.is_empty() {
        return Ok(alternatives);
    }
    let mut mixed = MultiPart::mixed().boundary(boundary("files")).multipart(alternatives);
    for attachment in attachments {
        mixed = mixed.singlepart(attachment.part()?);
    }
    Ok(mixed)
}

/// `<letter@domain>`, or `<letter.2@domain>` for the second time someone asked for it.
fn message_id(envelope: &Envelope) -> String {
    let host = envelope.from.as_str().rsplit('@').next().unwrap_or_default();
    let letter = envelope.letter.uuid();
    match envelope.edition {
        0 => format!("<{letter}@{host}>"),
        edition => format!("<{letter}.{edition}@{host}>"),
    }
}

fn address(email: &Email) -> Result<Address, BuildFault> {
    email.as_str().parse().map_err(BuildFault::Address)
}

/// `text` as part of a header: a line feed in it would begin another header.
fn printable(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

macro_rules! fixed_header {
    ($(#[$doc:meta])+ $type:ident, $name:literal, $value:literal) => {
        $(#[$doc])+
        #[derive(Clone)]
        struct $type;

        impl Header for $type {
            fn name() -> HeaderName {
                HeaderName::new_from_ascii_str($name)
            }

            fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
                Ok(Self)
            }

            fn display(&self) -> HeaderValue {
                HeaderValue::new(Self::name(), $value.to_owned())
            }
        }
    };
}

fixed_header!(
    /// Tells auto-responders to keep silent (RFC 3834).
    AutoSubmitted, "Auto-Submitted", "auto-generated"
);
fixed_header!(
    /// The letters are in French.
    ContentLanguage, "Content-Language", "fr"
);
