//! A convention as it stood at a moment: its events up to then, folded by its own rules.

use async_graphql::{ID, Object, Result};
use domain::{
    conventions::convention::{
        Convention, ConventionEvent, ConventionState, ConventionTab, current_document, tab,
    },
    facts::Fact,
    kernel::{decider::Decider as _, ids::ConventionId},
};
use jiff::Timestamp;

use crate::{
    conventions::{ConventionStanding, Tab},
    fault::unavailable,
    guard::Call,
    position::Position,
    scalars::{Instant, id},
};

/// Convention telle qu’elle était à un moment.
#[derive(Debug)]
pub(crate) struct ConventionThen {
    convention: ConventionId,
    at: Timestamp,
    position: u64,
    state: ConventionState,
    deposits: u32,
    reason: Option<String>,
}

/// Convention telle qu’elle était à un moment.
#[Object]
impl ConventionThen {
    /// Identifiant de la convention.
    async fn id(&self) -> ID {
        id(self.convention)
    }

    /// Moment demandé.
    async fn at(&self) -> Instant {
        Instant(self.at)
    }

    /// Dernier événement qui lui était arrivé ; rien si elle n’existait pas encore.
    async fn position(&self) -> Option<Position> {
        (self.position > 0).then_some(Position(self.position))
    }

    /// Où elle en était ; rien si elle n’existait pas encore.
    async fn state(&self) -> Option<ConventionStanding> {
        match self.state {
            ConventionState::NotGenerated => None,
            ConventionState::Generated(_) => Some(ConventionStanding::Generated),
            ConventionState::Deposited { .. } => Some(ConventionStanding::Deposited),
            ConventionState::Validated { .. } => Some(ConventionStanding::Validated),
            ConventionState::Reopened { .. } => Some(ConventionStanding::Reopened),
            ConventionState::Lapsed { .. } => Some(ConventionStanding::Lapsed),
        }
    }

    /// Onglet dans lequel elle figurait.
    async fn tab(&self) -> Option<Tab> {
        let tab: Option<ConventionTab> = tab(&self.state);
        tab.map(Into::into)
    }

    /// Vrai si le document déposé avait été jugé non conforme.
    async fn non_conforming(&self) -> bool {
        matches!(self.state, ConventionState::Deposited { non_conforming: true, .. })
    }

    /// Motif de la dernière invalidation, si elle comptait encore et si elle est encore connue.
    async fn reason(&self) -> Option<&str> {
        self.reason.as_deref()
    }

    /// Nombre de dépôts jusque-là.
    async fn deposits(&self) -> u32 {
        self.deposits
    }

    /// Empreinte du document que « Conv. » servait alors, sous laquelle il est conservé.
    async fn document(&self) -> Option<&str> {
        current_document(&self.state).map(|document| document.blob.as_str())
    }

    /// Vrai si l’établissement d’origine avait reçu un rappel.
    async fn reminded(&self) -> bool {
        self.state.generation().is_some_and(|it| it.reminded)
    }
}

impl ConventionThen {
    /// `convention` as it stood at `at`.
    pub(super) async fn read(
        call: Call<'_>,
        convention: ConventionId,
        at: Timestamp,
    ) -> Result<Self> {
        let id = convention.uuid().to_string();
        let events = call.journal().stream("convention", &id);
        let events = match events.await {
            Ok(events) => events,
            Err(fault) => return Err(unavailable(&fault)),
        };
        let mut then = Self {
            convention,
            at,
            position: 0,
            state: ConventionState::default(),
            deposits: 0,
            reason: None,
        };
        for event in events.into_iter().take_while(|it| it.recorded_at <= at) {
            if let Fact::Convention(what) = &event.event {
                then.position = event.position;
                then.take(what);
            }
        }
        Ok(then)
    }

    fn take(&mut self, event: &ConventionEvent) {
        match event {
            ConventionEvent::ConventionDeposited { .. } => {
                self.deposits += 1;
                self.reason = None;
            }
            ConventionEvent::ConventionInvalidated { reason, .. } => {
                self.reason = reason.known().cloned();
            }
            ConventionEvent::ConventionValidated { .. }
            | ConventionEvent::ConventionRegenerated { .. } => self.reason = None,
            ConventionEvent::ConventionGenerated { .. }
            | ConventionEvent::ConventionLapsed { .. }
            | ConventionEvent::ReminderSent { .. } => {}
        }
        self.state = Convention::evolve(std::mem::take(&mut self.state), event);
    }
}
