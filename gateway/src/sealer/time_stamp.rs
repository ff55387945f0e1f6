//! Asking an authority for a time stamp over HTTP (RFC 3161, section 3.4).

use std::time::Duration;

use super::BadSeal;

/// How long an authority may take.
const PATIENCE: Duration = Duration::from_secs(10);
/// The largest answer read, bytes.
const MOST_BYTES: usize = 64 * 1024;

/// An authority that stamps times.
#[derive(Debug, Clone)]
pub(super) struct Authority {
    url: String,
    client: reqwest::Client,
}

/// Why no time stamp was had.
#[derive(Debug, thiserror::Error)]
pub(super) enum NoTimeStamp {
    /// The authority did not answer, or said no.
    #[error("the time stamping authority did not answer")]
    Unanswered(#[from] reqwest::Error),
    /// It answered too much.
    #[error("the time stamping authority answered more than {MOST_BYTES} bytes")]
    TooLong,
}

impl Authority {
    pub(super) fn at(url: &str) -> Result<Self, BadSeal> {
        let client = reqwest::Client::builder().timeout(PATIENCE).build()?;
        Ok(Self { url: url.to_owned(), client })
    }

    pub(super) async fn ask(&self, question: Vec<u8>) -> Result<Vec<u8>, NoTimeStamp> {
        let asked = self.client.post(&self.url).body(question);
        let asked = asked.header("Content-Type", "application/timestamp-query").send().await?;
        let mut answer = asked.error_for_status()?;
        let mut bytes = Vec::new();
        while let Some(part) = answer.chunk().await? {
            bytes.extend_from_slice(&part);
            if bytes.len() > MOST_BYTES {
                return Err(NoTimeStamp::TooLong);
            }
        }
        Ok(bytes)
    }
}
