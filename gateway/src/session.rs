//! Sessions: a random token in an `HttpOnly` cookie; a row under the token's hash. Rows, not
//! events: what is in the log (`SignedIn`, `SignedOut`) opens nothing.

use axum::http::{HeaderMap, header};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::kernel::ids::AccountId;
use futures::{StreamExt as _, TryStreamExt as _};
use jiff::{SignedDuration, Timestamp};
use journal::{Fault, Journal};
use rand::{TryRngCore as _, rngs::OsRng};
use schema::ports::{SessionCookie, SessionKey};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::config::Config;

/// The cookie's name.
pub const COOKIE: &str = "escale_session";

const KIND: &str = "session";
/// One row per session of an account, so that all of them can be closed.
const INDEX: &str = "sessions_of";
/// How many are closed at once.
const AT_ONCE: usize = 64;

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Session {
    account: AccountId,
    opened_at: Timestamp,
}

/// Why a session could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum SessionFault {
    /// The operating system gave no random bytes.
    #[error("no random bytes")]
    Random,
    /// The rows failed.
    #[error(transparent)]
    Rows(#[from] Fault),
}

/// Opens, finds and closes sessions.
#[derive(Debug, Clone)]
pub struct Sessions {
    journal: Journal,
    secure: bool,
    hours: i64,
    kept_hours: i64,
}

impl Sessions {
    /// Sessions kept in the journal's rows, as the configuration says.
    pub fn new(journal: Journal, config: &Config) -> Self {
        Self {
            journal,
            secure: config.is_https(),
            hours: i64::from(config.accounts.session_hours),
            kept_hours: i64::from(config.accounts.kept_session_days) * 24,
        }
    }

    /// Opens a session; with `keep`, one that outlives the browser.
    pub async fn open(
        &self,
        account: AccountId,
        keep: bool,
        now: Timestamp,
    ) -> Result<SessionCookie, SessionFault> {
        let mut token = [0_u8; 32];
        OsRng.try_fill_bytes(&mut token).map_err(|_| SessionFault::Random)?;
        let token = URL_SAFE_NO_PAD.encode(token);
        let key = key_of(&token);
        let hours = if keep { self.kept_hours } else { self.hours };
        let until = now.saturating_add(SignedDuration::from_hours(hours)).unwrap_or(Timestamp::MAX);
        let session = Session { account, opened_at: now };
        let rows = self.journal.rows();
        rows.put(KIND, &key.0, &session, Some(until)).await?;
        rows.put(&index_of(account), &key.0, &(), Some(until)).await?;
        let age = if keep { format!("; Max-Age={}", hours * 3600) } else { String::new() };
        Ok(self.cookie(&token, &age))
    }

    /// Whose session a request's `Cookie` header names, and its key.
    pub async fn find(&self, cookies: &str) -> Result<Option<(AccountId, SessionKey)>, Fault> {
        let Some(token) = token_in(cookies) else {
            return Ok(None);
        };
        let key = key_of(token);
        let session: Option<Session> = self.journal.rows().get(KIND, &key.0).await?;
        Ok(session.map(|session| (session.account, key)))
    }

    /// Closes a session, and clears its cookie.
    pub async fn close(&self, key: &SessionKey) -> Result<SessionCookie, Fault> {
        let rows = self.journal.rows();
        let session: Option<Session> = rows.get(KIND, &key.0).await?;
        rows.delete(KIND, &key.0).await?;
        if let Some(session) = session {
            rows.delete(&index_of(session.account), &key.0).await?;
        }
        Ok(self.cookie("", "; Max-Age=0"))
    }

    /// Closes every session of an account but `except`.
    pub async fn close_all(
        &self,
        account: AccountId,
        except: Option<&SessionKey>,
    ) -> Result<(), Fault> {
        let rows = self.journal.rows();
        let index = index_of(account);
        for (key, ()) in rows.list::<()>(&index).await? {
            if except.is_none_or(|kept| kept.0 != key) {
                rows.delete(KIND, &key).await?;
                rows.delete(&index, &key).await?;
            }
        }
        Ok(())
    }

    /// Closes every session of everybody.
    pub(crate) async fn close_everyones(&self) -> Result<(), Fault> {
        let rows = &self.journal.rows();
        let sessions = rows.list::<Session>(KIND).await?;
        futures::stream::iter(sessions)
            .map(Ok)
            .try_for_each_concurrent(AT_ONCE, |(key, session)| async move {
                rows.delete(KIND, &key).await?;
                rows.delete(&index_of(session.account), &key).await.map(drop)
            })
            .await
    }

    fn cookie(&self, token: &str, age: &str) -> SessionCookie {
        let secure = if self.secure { "; Secure" } else { "" };
        SessionCookie(format!("{COOKIE}={token}; Path=/; HttpOnly; SameSite=Lax{secure}{age}"))
    }
}

fn index_of(account: AccountId) -> String {
    format!("{INDEX}:{}", account.uuid())
}

fn key_of(token: &str) -> SessionKey {
    SessionKey(hex::encode(Sha256::digest(token.as_bytes())))
}

/// All that a request's `Cookie` headers say.
pub(crate) fn cookies_of(headers: &HeaderMap) -> String {
    let all = headers.get_all(header::COOKIE).iter();
    all.filter_map(|cookie| cookie.to_str().ok()).collect::<Vec<_>>().join("; ")
}

fn token_in(cookies: &str) -> Option<&str> {
    cookies
        .split(';')
        .filter_map(|cookie| cookie.trim().split_once('='))
        .find(|(name, value)| *name == COOKIE && !value.is_empty())
        .map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use journal::{Clock, Settings};

    use super::*;

    async fn sessions() -> (Sessions, Clock) {
        let clock = Clock::held("2027-01-13T08:15:00Z".parse().unwrap());
        let journal = Journal::open(Settings::memory().with_clock(clock.clone())).await.unwrap();
        (Sessions::new(journal, &Config::default()), clock)
    }

    fn sent(cookie: &SessionCookie) -> String {
        let pair = cookie.0.split(';').next().unwrap();
        format!("other=1; {pair}")
    }

    const LEA: AccountId = AccountId::from_u128(1);

    #[tokio::test]
    async fn a_cookie_opens_the_session_until_its_time_is_over() {
        let (sessions, clock) = sessions().await;

        let cookie = sessions.open(LEA, false, clock.now()).await.unwrap();

        assert!(cookie.0.ends_with("; Path=/; HttpOnly; SameSite=Lax"));
        assert_eq!(sessions.find(&sent(&cookie)).await.unwrap().unwrap().0, LEA);
        assert!(sessions.find("escale_session=guess").await.unwrap().is_none());
        assert!(sessions.find("").await.unwrap().is_none());
        clock.advance(SignedDuration::from_hours(9));
        assert!(sessions.find(&sent(&cookie)).await.unwrap().is_none());
    }

    #[tokio::test]
    async fn a_kept_session_lasts_thirty_days() {
        let (sessions, clock) = sessions().await;

        let cookie = sessions.open(LEA, true, clock.now()).await.unwrap();

        assert!(cookie.0.ends_with("; Max-Age=2592000"));
        clock.advance(SignedDuration::from_hours(29 * 24));
        assert!(sessions.find(&sent(&cookie)).await.unwrap().is_some());
    }

    #[tokio::test]
    async fn a_new_password_closes_the_other_sessions() {
        let (sessions, clock) = sessions().await;
        let here = sessions.open(LEA, true, clock.now()).await.unwrap();
        let there = sessions.open(LEA, true, clock.now()).await.unwrap();
        let key = sessions.find(&sent(&here)).await.unwrap().unwrap().1;

        sessions.close_all(LEA, Some(&key)).await.unwrap();

        assert!(sessions.find(&sent(&here)).await.unwrap().is_some());
        assert!(sessions.find(&sent(&there)).await.unwrap().is_none());
        sessions.close(&key).await.unwrap();
        assert!(sessions.find(&sent(&here)).await.unwrap().is_none());
    }
}
