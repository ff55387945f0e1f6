//! What surrounds an event in the log: where it stands, who caused it, from where and why.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::ids::AccountId;

/// Who acted. Never a name: ids only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Actor {
    /// Nobody signed in (sign-up, public forms).
    Visitor,
    /// An account, in one of its roles (`school_manager`, `host_manager`, `operator`…).
    Account {
        /// Which account.
        account: AccountId,
        /// In which role it acted.
        role: String,
    },
    /// Whoever held a link that was mailed.
    Link {
        /// What the link was for (`verify_email`, `grant_access`…).
        purpose: String,
    },
    /// A policy that reacted to an event, or the clock.
    Policy {
        /// Its name (`when_seat_booked`, `clock`).
        name: String,
    },
    /// An import of the national directory.
    Import,
    /// Someone at the command line of the service.
    Operator,
}

/// What a caller says of a command; the journal writes it beside each event, as a flat map of
/// strings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Context {
    /// Repeating a command with the same id answers with the first positions. Reactions
    /// derive it from their cause.
    pub command: Uuid,
    /// Who.
    pub actor: Actor,
    /// From where: an address cut to /24 or /48, never whole.
    pub from: Option<String>,
    /// Groups all that one request or one reaction chain caused.
    pub correlation: Uuid,
    /// The position of the event that this reacts to.
    pub cause: Option<u64>,
    /// The platform concerned, if one is.
    pub tenant: Option<String>,
    /// The instant of the command, by the caller's clock.
    pub at: Timestamp,
}

/// An event as the log holds it.
#[derive(Debug, Clone, PartialEq)]
pub struct Recorded<E> {
    /// Its place in the one order of all events; from 1, without gaps.
    pub position: u64,
    /// Its own id.
    pub id: Uuid,
    /// The type of its stream (`slot`).
    pub stream: String,
    /// The id of its stream.
    pub stream_id: String,
    /// Its place in its stream, from 1.
    pub sequence: u64,
    /// When the log took it.
    pub recorded_at: Timestamp,
    /// Who, from where, why.
    pub context: Context,
    /// What happened.
    pub event: E,
}
