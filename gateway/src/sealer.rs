//! The seal of the platform: its certificate, made at first start unless one is given, its key,
//! and whose signatures are believed.

mod certificate;
mod roots;
mod time_stamp;

use documents::{
    seal::{self, SealFault, SealingKey},
    signatures::Trust,
};
use jiff::Timestamp;
use journal::Journal;
use scans::SignatureQuestion;

use crate::config::Config;

pub use certificate::{BadSeal, Pair};
use time_stamp::Authority;

/// Puts the seal of the platform on documents, and looks at the signatures of others.
#[derive(Debug, Clone)]
pub struct Sealer {
    pair: Pair,
    /// In PEM: whom the operator trusts.
    roots: String,
    authority: Option<Authority>,
}

/// Why a document was not sealed.
#[derive(Debug, thiserror::Error)]
pub enum Unsealed {
    /// The document, or the key.
    #[error(transparent)]
    Seal(#[from] SealFault),
    /// The key could not be used any more.
    #[error("the key of the seal cannot be used")]
    Key(#[from] documents::seal::BadKey),
    /// The thread that seals was lost.
    #[error("the sealing thread was lost")]
    Thread(#[from] tokio::task::JoinError),
}

impl Sealer {
    /// The seal that the settings name, or one of the service’s own, made when there is none or
    /// when it comes to its end.
    pub async fn open(config: &Config, journal: &Journal) -> Result<Self, BadSeal> {
        let now = journal.clock().now();
        let pair = Pair::open(config, journal, now).await?;
        let ours = Trust::nobody(now).and_ours(&pair.certificates);
        ours.map_err(|_| BadSeal::Certificate)?;
        let roots = roots::trusted(config.seal.trusted_roots.as_deref(), now)?;
        let authority = config.seal.tsa_url.as_deref().map(Authority::at).transpose()?;
        Ok(Self { pair, roots, authority })
    }

    /// The certificates of the seal in PEM, the one in use first.
    pub fn certificates(&self) -> &str {
        &self.pair.certificates
    }

    /// The document with the seal after its last byte; with a time stamp when an authority is
    /// set and answers with one, without otherwise: who signed waits for nobody else.
    pub async fn seal(&self, pdf: Vec<u8>, at: Timestamp) -> Result<Vec<u8>, Unsealed> {
        let key = self.pair.key()?;
        let Some(authority) = &self.authority else {
            return Ok(blocking(move || seal::seal(&pdf, &key, at)).await??);
        };
        let prepared = blocking(move || seal::prepare(&pdf, &key, at)).await??;
        let answer = authority.ask(prepared.time_stamp_request()?).await;
        let sealed = blocking(move || {
            let stamped = match &answer {
                Ok(answer) => prepared.time_stamped(answer).inspect_err(|err| no_time_stamp(err)),
                Err(err) => {
                    no_time_stamp(err);
                    return prepared.without_time_stamp();
                }
            };
            stamped.or_else(|_| prepared.without_time_stamp())
        });
        Ok(sealed.await??)
    }

    /// Whom to believe at this instant, for whoever looks at the signatures of a file.
    pub(crate) fn question(&self, at: Timestamp, original: Option<usize>) -> SignatureQuestion {
        let (roots, ours) = (self.roots.clone(), self.pair.certificates.clone());
        SignatureQuestion { roots, ours, at, original }
    }
}

fn no_time_stamp(err: &(dyn std::error::Error + 'static)) {
    tracing::warn!(err, "no time stamp was had; the seal goes without");
}

/// Does what takes its time where it may.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, tokio::task::JoinError> {
    tokio::task::spawn_blocking(work).await
}

impl Pair {
    fn key(&self) -> Result<SealingKey, documents::seal::BadKey> {
        SealingKey::from_pem(self.current(), self.secret())
    }
}
