//! Reads a message back: for the mailbox of the demo, which a browser shows, and for the tests.

use mail_parser::{Address, Message, MessageParser, MimeHeaders as _, PartType};

/// A message, decoded.
#[derive(Clone, PartialEq, Eq)]
pub struct ReadMessage {
    /// The sender, `name <address>`.
    pub from: String,
    /// The recipients' addresses.
    pub to: Vec<String>,
    /// Where answers go, if it is said.
    pub reply_to: Option<String>,
    /// One line.
    pub subject: String,
    /// When, in RFC 3339, if it is said.
    pub date: Option<String>,
    /// Its identification, without angle brackets.
    pub message_id: Option<String>,
    /// The plain text.
    pub text: String,
    /// The page; show it in a sandboxed frame only.
    pub html: String,
    /// The files.
    pub attachments: Vec<ReadAttachment>,
}

/// A file in a message.
#[derive(Clone, PartialEq, Eq)]
pub struct ReadAttachment {
    /// As it should be saved.
    pub name: String,
    /// `application/pdf`, with its attributes.
    pub content_type: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

impl std::fmt::Debug for ReadMessage {
    /// Without addresses and words.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ReadMessage")
            .field("message_id", &self.message_id)
            .field("attachments", &self.attachments.len())
            .finish_non_exhaustive()
    }
}

impl std::fmt::Debug for ReadAttachment {
    /// Without name and bytes.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ReadAttachment({} bytes)", self.bytes.len())
    }
}

/// The bytes are no message.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the bytes are not a mail message")]
pub struct NotAMessage;

/// Decodes `bytes`, a message as it travels.
pub fn read(bytes: &[u8]) -> Result<ReadMessage, NotAMessage> {
    let message = MessageParser::default().parse(bytes).ok_or(NotAMessage)?;
    Ok(ReadMessage {
        from: message.from().map(named).unwrap_or_default(),
        to: message.to().map(addresses).unwrap_or_default(),
        reply_to: message.reply_to().and_then(|to| addresses(to).into_iter().next()),
        subject: message.subject().unwrap_or_default().to_owned(),
        date: message.date().map(mail_parser::DateTime::to_rfc3339),
        message_id: message.message_id().map(str::to_owned),
        text: message.body_text(0).map(|text| text.replace("\r\n", "\n")).unwrap_or_default(),
        html: message.body_html(0).map(|html| html.replace("\r\n", "\n")).unwrap_or_default(),
        attachments: attachments(&message),
    })
}

fn addresses(list: &Address<'_>) -> Vec<String> {
    list.iter().filter_map(|one| one.address().map(str::to_owned)).collect()
}

fn named(list: &Address<'_>) -> String {
    let Some(one) = list.first() else {
        return String::new();
    };
    let address = one.address().unwrap_or_default();
    match one.name() {
        Some(name) => format!("{name} <{address}>"),
        None => address.to_owned(),
    }
}

fn attachments(message: &Message<'_>) -> Vec<ReadAttachment> {
    message
        .attachments()
        .map(|part| ReadAttachment {
            name: part.attachment_name().unwrap_or_default().to_owned(),
            content_type: part.content_type().map(content_type).unwrap_or_default(),
            bytes: match &part.body {
                PartType::Text(text) | PartType::Html(text) => text.as_bytes().to_vec(),
                PartType::Binary(bytes) | PartType::InlineBinary(bytes) => bytes.to_vec(),
                PartType::Message(inner) => inner.raw_message().to_vec(),
                PartType::Multipart(_) => Vec::new(),
            },
        })
        .collect()
}

fn content_type(value: &mail_parser::ContentType<'_>) -> String {
    let mut text = value.ctype().to_owned();
    if let Some(subtype) = value.subtype() {
        text.push('/');
        text.push_str(subtype);
    }
    for attribute in value.attributes().unwrap_or_default() {
        text.push_str("; ");
        text.push_str(&attribute.name);
        text.push('=');
        text.push_str(&attribute.value);
    }
    text
}
