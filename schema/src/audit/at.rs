//! A convention and its signing online as they stood at a moment: their events up to then, folded by
//! their own rules.

use async_graphql::{ID, Object, Result, SimpleObject};
use domain::{
    conventions::convention::{
        Convention, ConventionEvent, ConventionState, ConventionTab, current_document, tab,
    },
    conventions::signing::{self, Signing, SigningEvent, SigningState, Standing},
    facts::Fact,
    kernel::{decider::Decider as _, ids::ConventionId},
};
use jiff::Timestamp;

use crate::{
    conventions::{ConventionStanding, Signatory, SignerStanding, SigningStanding, Tab},
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
    signing: SigningState,
    declined_by: Option<signing::Signatory>,
}

/// Signature en ligne telle qu’elle était à un moment.
#[derive(Debug, SimpleObject)]
pub(crate) struct SigningThen {
    /// Où elle en était.
    state: SigningStanding,
    /// Combien de fois les signatures avaient été demandées.
    round: u16,
    /// Qui devait signer, dans l’ordre de la convention.
    signers: Vec<SignerThen>,
}

/// Signataire tel qu’il était à un moment.
#[derive(Debug, SimpleObject)]
pub(crate) struct SignerThen {
    /// À quel titre.
    role: Signatory,
    /// Où il en était.
    standing: SignerStanding,
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

    /// Dernier événement qui lui était arrivé, à elle ou à sa signature ; rien si elle n’existait pas encore.
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

    /// Où en était sa signature en ligne ; rien si personne n’avait été invité à signer.
    async fn signing(&self) -> Option<SigningThen> {
        let state = match self.signing {
            SigningState::NotOpened => return None,
            SigningState::Open(_) => SigningStanding::Open,
            SigningState::Declined(_) => SigningStanding::Declined,
            SigningState::Completed(_) => SigningStanding::Completed,
            SigningState::Closed(_) => SigningStanding::Closed,
        };
        let round = self.signing.round()?;
        let signers = round.standings().map(|(role, standing)| SignerThen {
            role: role.into(),
            standing: match standing {
                Standing::Awaited if self.declined_by == Some(role) => SignerStanding::Declined,
                Standing::Awaited => SignerStanding::Awaited,
                Standing::Stored => SignerStanding::Stored,
                Standing::Signed => SignerStanding::Signed,
            },
        });
        Some(SigningThen { state, round: round.round, signers: signers.collect() })
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
        let mut events = Vec::new();
        for stream in [Convention::TYPE, Signing::TYPE] {
            match call.journal().stream(stream, &id).await {
                Ok(of_stream) => events.extend(of_stream),
                Err(fault) => return Err(unavailable(&fault)),
            }
        }
        let mut then = Self {
            convention,
            at,
            position: 0,
            state: ConventionState::default(),
            deposits: 0,
            reason: None,
            signing: SigningState::default(),
            declined_by: None,
        };
        for event in events.into_iter().filter(|it| it.recorded_at <= at) {
            then.position = then.position.max(event.position);
            match &event.event {
                Fact::Convention(what) => then.take(what),
                Fact::Signing(what) => then.take_signing(what),
                _ => {}
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
            ConventionEvent::ConventionAmended { .. }
            | ConventionEvent::ConventionValidated { .. }
            | ConventionEvent::ConventionRegenerated { .. } => self.reason = None,
            ConventionEvent::ConventionGenerated { .. }
            | ConventionEvent::ConventionLapsed { .. }
            | ConventionEvent::ReminderSent { .. } => {}
        }
        self.state = Convention::evolve(std::mem::take(&mut self.state), event);
    }

    fn take_signing(&mut self, event: &SigningEvent) {
        match event {
            SigningEvent::SigningOpened { .. } | SigningEvent::SignaturesAskedAgain { .. } => {
                self.declined_by = None;
            }
            SigningEvent::SignatureDeclined { role, .. } => self.declined_by = Some(*role),
            _ => {}
        }
        self.signing = Signing::evolve(std::mem::take(&mut self.signing), event);
    }
}
