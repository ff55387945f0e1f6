//! Signing the log at an interval, and putting each note where the operator does not reach: only
//! what someone else holds proves anything against whoever runs the service.

use std::{num::NonZeroU32, time::Duration};

use domain::{
    conventions::{convention::Convention, signing::Signing},
    correspondence::letter::Letter,
    kernel::{decider::Decider as _, ids::ConventionId},
};
use journal::{Bundle, Checkpoint, Journal, Note, ProofFault, ReadFault, StreamName};
use object_store::{ObjectStore as _, PutMode, PutOptions};
use schema::words::sentence;
use tokio::sync::watch;

use crate::{
    config::Config,
    reactions::Turns,
    store::{Place, StoreFault},
};

/// How many events are looked at to find one that is worth a signature.
const LOOKED_AT: usize = 1000;

/// Signs the log.
#[derive(Debug, Clone)]
pub(crate) struct Notary {
    journal: Journal,
    origin: String,
    export: Option<String>,
}

/// Why the log was not signed, or the note not put where it should be.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NotaryFault {
    /// Nothing was signed.
    #[error("the log was not signed")]
    Proof(#[from] ProofFault),
    /// The log cannot be read.
    #[error("the log cannot be read")]
    Read(#[from] ReadFault),
    /// It was signed, but the note was not exported.
    #[error("the note was signed, but not exported")]
    Export(#[from] StoreFault),
}

impl Notary {
    pub(crate) fn new(journal: Journal, config: &Config) -> Self {
        let export = config.audit.export_url.clone().filter(|url| !url.is_empty());
        Self { journal, origin: config.log_origin(), export }
    }

    /// Signs at each interval, until the service stops, when it is this gateway’s turn.
    pub(crate) async fn run(
        self,
        minutes: NonZeroU32,
        mut turns: Turns,
        mut stop: watch::Receiver<bool>,
    ) {
        let pause = Duration::from_secs(60 * u64::from(minutes.get()));
        while turns.come(&mut stop).await.is_some() {
            if let Err(fault) = self.keep_up().await {
                let err: &dyn std::error::Error = &fault;
                tracing::error!(err, "the log could not be signed");
            }
            tokio::select! {
                () = tokio::time::sleep(pause) => {}
                _ = stop.changed() => {}
            }
        }
    }

    /// Signs the log if something happened since, and sees that the last note is exported.
    async fn keep_up(&self) -> Result<(), NotaryFault> {
        match self.journal.last_checkpoint().await? {
            Some(last) if !self.has_news(last.note.size()).await? => self.export(&last.note).await,
            Some(_) | None => self.sign().await.map(drop),
        }
    }

    /// Whether more happened than letters: those follow from something else, and never end.
    async fn has_news(&self, after: u64) -> Result<bool, NotaryFault> {
        let events = self.journal.read_undecoded(after, LOOKED_AT).await?;
        Ok(events.len() == LOOKED_AT || events.iter().any(|event| event.stream != Letter::TYPE))
    }

    /// Signs the log as it stands, and exports the note.
    pub(crate) async fn sign(&self) -> Result<Checkpoint, NotaryFault> {
        let signed = self.journal.checkpoint(&self.origin).await?;
        self.export(&signed.note).await?;
        Ok(signed)
    }

    /// One object for each size, never written over.
    async fn export(&self, note: &Note) -> Result<(), NotaryFault> {
        let Some(url) = &self.export else {
            return Ok(());
        };
        let place = Place::at(url)?;
        let key = place.prefix.child(file_name(note));
        let once = PutOptions { mode: PutMode::Create, ..PutOptions::default() };
        let text = note.text().to_owned();
        match place.objects.put_opts(&key, text.into(), once).await {
            Ok(_) | Err(object_store::Error::AlreadyExists { .. }) => Ok(()),
            Err(err) => Err(NotaryFault::Export(err.into())),
        }
    }
}

/// What a note is called as a file: in the order of the sizes.
pub(crate) fn file_name(note: &Note) -> String {
    format!("journal-{:012}.note", note.size())
}

/// The proof of a convention and of its signing online, with what each event says when `in_words`.
pub(crate) async fn prove_convention(
    journal: &Journal,
    config: &Config,
    convention: ConventionId,
    earlier: Option<&Note>,
    in_words: bool,
) -> Result<Bundle, ProofFault> {
    let id = convention.uuid().to_string();
    let streams = [StreamName::of::<Convention>(&id), StreamName::of::<Signing>(&id)];
    let mut bundle = journal.prove(&config.log_origin(), &streams, earlier).await?;
    if in_words {
        // What this version cannot read is proved all the same, without words.
        for StreamName { stream, stream_id } in streams {
            for told in journal.stream(&stream, &stream_id).await.unwrap_or_default() {
                let event = bundle.events.iter_mut().find(|event| event.position == told.position);
                if let Some(event) = event {
                    event.words = Some(sentence(&told.event));
                }
            }
        }
    }
    Ok(bundle)
}
