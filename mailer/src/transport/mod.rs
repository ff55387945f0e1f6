//! How a message leaves: by an SMTP server, or into the mailbox of the demo.

mod fault;
mod mailbox;
mod smtp;

use domain::correspondence::letter::DeliveryFault;

pub use self::{
    mailbox::{MailboxStore, MemoryMailbox, StoreFault},
    smtp::{Credentials, Security, SettingsFault, Smtp, SmtpSettings},
};
use crate::message::Outgoing;

/// A way out.
pub enum Transport {
    /// To people.
    Smtp(Smtp),
    /// To a store that a browser reads.
    Mailbox(Box<dyn MailboxStore>),
}

/// The message was taken in charge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted {
    /// How many of the recipients the server refused for good while it took the others.
    pub refused: usize,
}

impl Transport {
    /// Hands `message` over. At least once: after a fault the message may have left all the
    /// same, and bears the same `Message-ID` the next time.
    pub async fn send(&self, message: &Outgoing) -> Result<Accepted, DeliveryFault> {
        match self {
            Self::Smtp(smtp) => smtp.send(message).await,
            Self::Mailbox(store) => {
                mailbox::put(store.as_ref(), message).await?;
                Ok(Accepted { refused: 0 })
            }
        }
    }
}

impl std::fmt::Debug for Transport {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Smtp(_) => "Transport::Smtp",
            Self::Mailbox(_) => "Transport::Mailbox",
        })
    }
}
