//! A stack as GraphQL shows it.

use async_graphql::{Context, Enum, ID, Object, Result, SimpleObject};
use projections::conventions::scans::{self, Scan as Row};

use super::{
    contents::{self, ScanContents},
    words,
};
use crate::{
    guard::Call,
    ministages::types::Side,
    ports::ScanProgress as Told,
    position::Position,
    scalars::{Instant, id},
};

/// Où en est une pile numérisée.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "scans::ScanStanding")]
pub(crate) enum ScanStanding {
    /// Reçue : ses pages sont lues, ou vont l’être.
    Received,
    /// Triée.
    Sorted,
    /// Elle n’a pas pu être triée : c’est à faire à la main.
    Refused,
}

/// Avancement de la lecture d’une pile.
#[derive(Debug, Clone, Copy, SimpleObject)]
pub(crate) struct ScanProgress {
    /// Pages lues.
    read: u16,
    /// Pages du fichier ; rien tant qu’il n’est pas ouvert.
    pages: Option<u16>,
    /// Position à rendre avec la prochaine lecture, quand quelque chose a changé dans la pile.
    position: Option<Position>,
}

impl From<Told> for ScanProgress {
    fn from(told: Told) -> Self {
        Self { read: told.read, pages: told.pages, position: None }
    }
}

impl ScanProgress {
    /// That something of the stack is in the read models.
    pub(super) fn changed(position: u64) -> Self {
        Self { read: 0, pages: None, position: Some(Position(position)) }
    }
}

/// Pile de conventions numérisée en un fichier.
#[derive(Debug)]
pub(crate) struct Scan(pub(super) Row);

/// Pile de conventions numérisée en un fichier.
#[Object]
impl Scan {
    /// Identifiant de la pile.
    async fn id(&self) -> ID {
        id(self.0.id)
    }

    /// Nom qu’avait le fichier, tant qu’il est connu.
    async fn name(&self) -> Option<&str> {
        self.0.name.as_deref()
    }

    /// Code UAI de l’établissement qui l’a déposée.
    async fn school(&self) -> String {
        self.0.school.to_string()
    }

    /// À quel titre.
    async fn side(&self) -> Side {
        self.0.side.into()
    }

    /// Où elle en est.
    async fn state(&self) -> ScanStanding {
        self.0.state.into()
    }

    /// Quand elle a été reçue.
    async fn received_at(&self) -> Instant {
        Instant(self.0.received_at)
    }

    /// Quand elle a été triée, ou n’a pas pu l’être.
    async fn settled_at(&self) -> Option<Instant> {
        self.0.settled_at.map(Instant)
    }

    /// Nombre de pages, une fois triée.
    async fn pages(&self) -> Option<u16> {
        self.0.pages
    }

    /// Vrai si le fichier et les images des pages ont été effacés.
    async fn erased(&self) -> bool {
        self.0.erased
    }

    /// Pourquoi elle n’a pas pu être triée, et que faire.
    async fn refusal(&self) -> Option<String> {
        self.0.flaw.map(|flaw| words::flaw(flaw, self.0.flaw_page))
    }

    /// Avancement de sa lecture, si elle est en cours.
    async fn progress(&self, ctx: &Context<'_>) -> Result<Option<ScanProgress>> {
        let told = *Call::of(ctx)?.service().scan_progress().borrow();
        Ok(told.filter(|told| told.batch == self.0.id).map(Into::into))
    }

    /// Ce que sont ses pages, et ce qu’il en est advenu.
    async fn contents(&self, ctx: &Context<'_>) -> Result<ScanContents> {
        contents::of(ctx, self.0.id).await
    }
}
