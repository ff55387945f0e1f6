//! The mailbox of the demo: messages are kept instead of sent.

use std::sync::Mutex;

use async_trait::async_trait;
use domain::{
    correspondence::letter::DeliveryFault,
    kernel::ids::{LetterId, PersonId},
};

use super::fault::UNREACHABLE;
use crate::message::Outgoing;

/// Keeps messages. Whoever implements it seals them with the keys of the persons they are
/// about, so that an erasure reaches them.
#[async_trait]
pub trait MailboxStore: Send + Sync {
    /// Keeps `message`, which is `letter` and speaks of the persons `about`. The same letter
    /// again replaces the first.
    async fn put(
        &self,
        letter: LetterId,
        about: &[PersonId],
        message: Vec<u8>,
    ) -> Result<(), StoreFault>;
}

/// A message could not be kept.
#[derive(Debug, thiserror::Error)]
#[error("failed to keep a message in the mailbox")]
pub struct StoreFault(#[source] pub Box<dyn std::error::Error + Send + Sync>);

pub(super) async fn put(store: &dyn MailboxStore, message: &Outgoing) -> Result<(), DeliveryFault> {
    store.put(message.letter(), message.about(), message.bytes()).await.map_err(|fault| {
        tracing::warn!(
            letter.id = %message.letter(),
            error = &fault as &dyn std::error::Error,
            "the mailbox did not keep a message"
        );
        UNREACHABLE
    })
}

/// A mailbox in memory, gone with the process.
#[derive(Default)]
pub struct MemoryMailbox {
    kept: Mutex<Vec<(LetterId, Vec<u8>)>>,
}

impl MemoryMailbox {
    /// The messages kept, in the order they first came.
    pub fn messages(&self) -> Vec<(LetterId, Vec<u8>)> {
        self.lock().clone()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<(LetterId, Vec<u8>)>> {
        // A writer that panicked left whole messages behind.
        self.kept.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

#[async_trait]
impl MailboxStore for MemoryMailbox {
    async fn put(
        &self,
        letter: LetterId,
        _about: &[PersonId],
        message: Vec<u8>,
    ) -> Result<(), StoreFault> {
        let mut kept = self.lock();
        match kept.iter_mut().find(|(id, _)| *id == letter) {
            Some((_, bytes)) => *bytes = message,
            None => kept.push((letter, message)),
        }
        Ok(())
    }
}

#[async_trait]
impl<S: MailboxStore> MailboxStore for std::sync::Arc<S> {
    async fn put(
        &self,
        letter: LetterId,
        about: &[PersonId],
        message: Vec<u8>,
    ) -> Result<(), StoreFault> {
        self.as_ref().put(letter, about, message).await
    }
}
