//! Read models and the log as GraphQL shows them to who runs the service.

use async_graphql::{Enum, SimpleObject};
use journal::VerifyReport;
use projections::{Stage, State, Status, Verified};

use crate::{position::Position, scalars::Instant, words::of_flaw};

/// Si un modèle de lecture suit le journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "Status")]
pub(crate) enum ProjectionStatus {
    /// Il le suit.
    Live,
    /// Il attend devant un événement qu’il n’a pas pu prendre.
    Paused,
}

/// Modèle de lecture.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct ProjectionState {
    /// Nom.
    name: String,
    /// Version.
    version: u32,
    /// Dernier événement pris.
    position: Position,
    /// Événements du journal qu’il n’a pas encore pris.
    lag: u64,
    /// Quand le journal a reçu le dernier événement pris.
    as_of: Option<Instant>,
    /// S’il suit le journal.
    status: ProjectionStatus,
    /// Pourquoi il est en pause.
    error: Option<String>,
}

impl ProjectionState {
    /// Where a read model stands, when the log ends at `head`.
    pub(crate) fn new(state: State, head: u64) -> Self {
        Self {
            name: state.name,
            version: state.version,
            position: Position(state.position),
            lag: head.saturating_sub(state.position),
            as_of: state.as_of.map(Instant),
            status: state.status.into(),
            error: state.error,
        }
    }
}

/// Où en est une reconstruction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "Stage")]
pub(crate) enum RebuildStage {
    /// Demandée.
    Asked,
    /// En cours.
    Running,
    /// En cours d’annulation.
    Cancelling,
    /// Terminée : les nouvelles lignes servent.
    Done,
    /// Annulée : les anciennes lignes servent.
    Cancelled,
    /// Échouée : les anciennes lignes servent.
    Failed,
}

/// Reconstruction de modèles de lecture.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct Rebuild {
    /// Numéro.
    run: u64,
    /// Modèles reconstruits.
    names: Vec<String>,
    /// Où elle en est.
    stage: RebuildStage,
    /// Événements pris.
    done: u64,
    /// Événements à prendre.
    total: u64,
    /// Événements pris par seconde.
    rate: u64,
    /// Secondes restantes à ce rythme, si on le sait.
    seconds_left: Option<u64>,
    /// Pourquoi elle a échoué.
    error: Option<String>,
}

impl From<projections::Rebuild> for Rebuild {
    fn from(rebuild: projections::Rebuild) -> Self {
        Self {
            seconds_left: rebuild.left().map(|left| left.as_secs()),
            run: rebuild.run,
            names: rebuild.names,
            stage: rebuild.stage.into(),
            done: rebuild.done,
            total: rebuild.total,
            rate: rebuild.rate,
            error: rebuild.error,
        }
    }
}

/// Comparaison d’un modèle de lecture avec le journal rejoué.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct ProjectionVerified {
    /// Nom.
    name: String,
    /// Position à laquelle il a été comparé.
    position: Position,
    /// Vrai si ses lignes sont celles que dit le journal.
    holds: bool,
    /// Pourquoi il n’a pas pu être comparé.
    obstacle: Option<String>,
    /// Nombre de lignes qui diffèrent, parmi celles qui ont été relevées.
    differences: Vec<RowDifference>,
}

/// Ligne qui diffère de ce que dit le journal.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct RowDifference {
    /// Table.
    table: String,
    /// Clé de la ligne ; jamais une donnée personnelle.
    key: String,
}

impl From<Verified> for ProjectionVerified {
    fn from(verified: Verified) -> Self {
        let holds = verified.holds();
        let differences = verified.tables.iter().flat_map(|table| {
            table.differences.iter().map(|difference| RowDifference {
                table: table.table.to_owned(),
                key: difference.key.clone(),
            })
        });
        Self {
            differences: differences.collect(),
            name: verified.name,
            position: Position(verified.position),
            holds,
            obstacle: verified.obstacle,
        }
    }
}

/// Vérification du journal.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct LogReport {
    /// Événements sains, depuis le premier.
    events: u64,
    /// Flux qu’ils forment.
    streams: u64,
    /// Événements qui portent des données de personnes connues.
    sealed: u64,
    /// Événements qui portent des données de personnes effacées.
    erased: u64,
    /// Dernier maillon de la chaîne : qui le garde peut prouver plus tard que rien n’a changé.
    chain: String,
    /// Vrai si tout est sain.
    sound: bool,
    /// Position du premier événement qui ne l’est pas.
    wrong_position: Option<Position>,
    /// Ce qui ne va pas.
    flaw: Option<String>,
}

impl From<VerifyReport> for LogReport {
    fn from(report: VerifyReport) -> Self {
        let wrong = report.wrong.as_ref();
        Self {
            events: report.events,
            streams: report.streams,
            sealed: report.sealed,
            erased: report.erased,
            sound: report.is_sound(),
            wrong_position: wrong.map(|(position, _)| Position(*position)),
            flaw: wrong.map(|(_, flaw)| of_flaw(flaw)),
            chain: report.chain,
        }
    }
}
