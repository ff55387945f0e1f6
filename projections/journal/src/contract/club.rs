//! An aggregate for the contract: whatever a log must carry, and a decision that tells when
//! it is taken.

use std::sync::Arc;

use domain::kernel::{
    decider::{Decider, Event, Refusal},
    ids::PersonId,
    personal::{Claim, ClaimKey, Personal},
};
use serde::{Deserialize, Serialize};
use tokio::sync::mpsc;

pub(super) const NAME: &str = "club_name";
pub(super) const MEMBER: &str = "club_member";

#[derive(Debug)]
pub(super) enum Club {}

#[derive(Debug, Clone)]
pub(super) enum ClubCommand {
    /// Takes the name, which there is one of.
    Open(&'static str),
    /// Gives it back.
    Close,
    /// Once for each person; their mail is claimed.
    Enrol(PersonId, String),
    /// So many events.
    Note(usize),
    /// One event that says how many came before; tells that it is being decided.
    Count(Probe),
    /// Nothing happens.
    Look,
}

/// Hears of each decision.
#[derive(Debug, Clone)]
pub(super) struct Probe(Arc<mpsc::UnboundedSender<usize>>);

impl Probe {
    pub(super) fn new() -> (Self, mpsc::UnboundedReceiver<usize>) {
        let (sender, receiver) = mpsc::unbounded_channel();
        (Self(Arc::new(sender)), receiver)
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type")]
pub(super) enum ClubEvent {
    ClubOpened { name: String },
    ClubClosed { name: String },
    MemberEnrolled { member: Vec<Personal<Member>> },
    Noted { text: String },
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Member {
    pub(super) mail: String,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("already enrolled")]
pub(super) struct AlreadyEnrolled;

#[derive(Debug, Clone, Default)]
pub(super) struct ClubState {
    pub(super) name: Option<String>,
    pub(super) members: Vec<PersonId>,
    /// What can be read of them.
    pub(super) mails: Vec<Option<String>>,
    pub(super) last_note: Option<String>,
    pub(super) events: usize,
}

impl Event for ClubEvent {
    fn name(&self) -> &'static str {
        match self {
            Self::ClubOpened { .. } => "ClubOpened",
            Self::ClubClosed { .. } => "ClubClosed",
            Self::MemberEnrolled { .. } => "MemberEnrolled",
            Self::Noted { .. } => "Noted",
        }
    }

    fn claims(&self) -> Vec<Claim> {
        let named = |name: &String| ClaimKey::Plain(name.clone());
        match self {
            Self::ClubOpened { name } => vec![Claim::Take { scope: NAME, key: named(name) }],
            Self::ClubClosed { name } => vec![Claim::Release { scope: NAME, key: named(name) }],
            Self::MemberEnrolled { member } => member
                .iter()
                .filter_map(|m| Some((m.person(), m.known()?.mail.clone())))
                .map(|(person, mail)| Claim::Take {
                    scope: MEMBER,
                    key: ClaimKey::Personal(person, mail),
                })
                .collect(),
            Self::Noted { .. } => Vec::new(),
        }
    }
}

impl Refusal for AlreadyEnrolled {
    fn code(&self) -> &'static str {
        "AlreadyEnrolled"
    }
}

pub(super) fn noted(text: &str) -> ClubEvent {
    let text = text.to_owned();
    ClubEvent::Noted { text }
}

impl Decider for Club {
    const TYPE: &'static str = "club";
    type Command = ClubCommand;
    type Event = ClubEvent;
    type State = ClubState;
    type Refusal = AlreadyEnrolled;

    fn decide(state: &ClubState, command: ClubCommand) -> Result<Vec<ClubEvent>, AlreadyEnrolled> {
        match command {
            ClubCommand::Open(name) => Ok(vec![ClubEvent::ClubOpened { name: name.to_owned() }]),
            ClubCommand::Close => {
                let name = state.name.clone().unwrap_or_default();
                Ok(vec![ClubEvent::ClubClosed { name }])
            }
            ClubCommand::Enrol(person, _) if state.members.contains(&person) => {
                Err(AlreadyEnrolled)
            }
            ClubCommand::Enrol(person, mail) => Ok(vec![ClubEvent::MemberEnrolled {
                member: vec![Personal::new(person, Member { mail })],
            }]),
            ClubCommand::Note(count) => Ok((1..=count).map(|n| noted(&n.to_string())).collect()),
            ClubCommand::Count(probe) => {
                probe.0.send(state.events).ok();
                Ok(vec![noted(&format!("after {}", state.events))])
            }
            ClubCommand::Look => Ok(Vec::new()),
        }
    }

    fn evolve(mut state: ClubState, event: &ClubEvent) -> ClubState {
        state.events += 1;
        match event {
            ClubEvent::ClubOpened { name } => state.name = Some(name.clone()),
            ClubEvent::ClubClosed { .. } => state.name = None,
            ClubEvent::MemberEnrolled { member } => {
                for member in member {
                    state.members.push(member.person());
                    state.mails.push(member.known().map(|m| m.mail.clone()));
                }
            }
            ClubEvent::Noted { text } => state.last_note = Some(text.clone()),
        }
        state
    }
}
