//! Where a convention stands, in which tab it shows, and which file « Conv. » serves.

use jiff::Timestamp;

use super::event::Parties;
use crate::{
    conventions::terms::Terms,
    kernel::{document::StoredDocument, ids::ConventionId, personal::Personal},
};

/// What is known of a convention from its generation on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Generation {
    /// Which.
    pub convention: ConventionId,
    /// Whom and what it binds.
    pub parties: Parties,
    /// The original of today: what a regeneration brings back, to the byte.
    pub original: StoredDocument,
    /// What the original says; none for one made before that was kept.
    pub terms: Option<Personal<Terms>>,
    /// Which print the original is, from 1.
    pub print: u16,
    /// When it was made, if it is not the first.
    pub amended: Option<Timestamp>,
    /// Whether what was deposited last was signed online.
    pub signed_online: bool,
    /// Whether the school of origin was reminded.
    pub reminded: bool,
}

/// Where a convention stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum ConventionState {
    /// There is none yet.
    #[default]
    NotGenerated,
    /// The original was made and nothing came back, or all that came back was set aside.
    Generated(Generation),
    /// A completed one waits for the host’s decision.
    Deposited {
        /// Of which convention.
        of: Generation,
        /// What came last.
        deposit: StoredDocument,
        /// Whether the host found it wrong.
        non_conforming: bool,
    },
    /// The host found the deposit in order.
    Validated {
        /// Of which convention.
        of: Generation,
        /// What was validated.
        deposit: StoredDocument,
    },
    /// Validated, then invalidated: « non retournée » again.
    Reopened {
        /// Of which convention.
        of: Generation,
        /// What had been validated, kept for the history.
        deposit: StoredDocument,
    },
    /// Void, for good.
    Lapsed {
        /// Of which convention.
        of: Generation,
        /// What had been validated when it became void, if something had.
        validated: Option<StoredDocument>,
    },
}

/// The three tabs of « Gestion du retour des conventions ».
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, strum::Display, strum::EnumString)]
pub enum ConventionTab {
    /// « Conventions non retournées ».
    NotReturned,
    /// « Conventions en attente de validation ».
    AwaitingValidation,
    /// « Conventions validées ».
    Validated,
}

/// The tab in which a convention shows; none before it is generated and once it is void.
pub fn tab(state: &ConventionState) -> Option<ConventionTab> {
    match state {
        ConventionState::NotGenerated | ConventionState::Lapsed { .. } => None,
        ConventionState::Generated(_) | ConventionState::Reopened { .. } => {
            Some(ConventionTab::NotReturned)
        }
        ConventionState::Deposited { .. } => Some(ConventionTab::AwaitingValidation),
        ConventionState::Validated { .. } => Some(ConventionTab::Validated),
    }
}

/// What « Conv. » serves: the original until the convention is validated, the completed one
/// from then on.
pub fn current_document(state: &ConventionState) -> Option<&StoredDocument> {
    match state {
        ConventionState::NotGenerated => None,
        ConventionState::Generated(of)
        | ConventionState::Deposited { of, .. }
        | ConventionState::Reopened { of, .. }
        | ConventionState::Lapsed { of, validated: None } => Some(&of.original),
        ConventionState::Validated { deposit, .. }
        | ConventionState::Lapsed { validated: Some(deposit), .. } => Some(deposit),
    }
}

impl ConventionState {
    /// Its name, as refusals and the history say it.
    pub fn name(&self) -> &'static str {
        match self {
            Self::NotGenerated => "NotGenerated",
            Self::Generated(_) => "Generated",
            Self::Deposited { .. } => "Deposited",
            Self::Validated { .. } => "Validated",
            Self::Reopened { .. } => "Reopened",
            Self::Lapsed { .. } => "Lapsed",
        }
    }

    /// What was generated; none before.
    pub fn generation(&self) -> Option<&Generation> {
        match self {
            Self::NotGenerated => None,
            Self::Generated(of)
            | Self::Deposited { of, .. }
            | Self::Validated { of, .. }
            | Self::Reopened { of, .. }
            | Self::Lapsed { of, .. } => Some(of),
        }
    }

    /// What was deposited last and still counts: waits, is validated, or was until it was
    /// reopened or void.
    pub fn deposit(&self) -> Option<&StoredDocument> {
        match self {
            Self::NotGenerated | Self::Generated(_) => None,
            Self::Deposited { deposit, .. }
            | Self::Validated { deposit, .. }
            | Self::Reopened { deposit, .. } => Some(deposit),
            Self::Lapsed { validated, .. } => validated.as_ref(),
        }
    }
}
