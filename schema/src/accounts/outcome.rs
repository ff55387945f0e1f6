//! What the mutations of accounts answer when they succeed.

use async_graphql::{Context, Object, Result, SimpleObject};
use domain::kernel::{ids::AccountId, uai::Uai};
use projections::accounts::school_spaces;

use super::{
    query::me::Me,
    types::{Account, SchoolSpace},
};
use crate::{guard::Call, position::Position};

/// Un compte a changé.
#[derive(Debug, Clone)]
pub(crate) struct AccountChanged {
    pub(crate) position: u64,
    pub(crate) account: AccountId,
}

/// Un compte a changé.
#[Object]
impl AccountChanged {
    /// Position à donner à la lecture suivante.
    async fn position(&self) -> Position {
        Position(self.position)
    }

    /// Le compte, pour ceux qui peuvent le lire.
    async fn account(&self, ctx: &Context<'_>) -> Result<Option<Account>> {
        Call::of(ctx)?.is_stale(Some(Position(self.position))).await;
        Account::load_visible(ctx, self.account).await
    }
}

/// Une session est ouverte.
#[derive(Debug, Clone)]
pub(crate) struct SignedIn {
    pub(crate) position: u64,
    pub(crate) account: AccountId,
}

/// Une session est ouverte.
#[Object]
impl SignedIn {
    /// Position à donner à la lecture suivante.
    async fn position(&self) -> Position {
        Position(self.position)
    }

    /// Le compte connecté.
    async fn me(&self, ctx: &Context<'_>) -> Result<Option<Me>> {
        let stale = Call::of(ctx)?.is_stale(Some(Position(self.position))).await;
        Me::load(ctx, self.account, stale).await
    }
}

/// La session est fermée.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct SignedOut {
    /// Position à donner à la lecture suivante.
    pub(crate) position: Position,
}

/// Le compte attend que son adresse soit vérifiée.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct AccountRegistered {
    /// Position à donner à la lecture suivante.
    pub(crate) position: Position,
    /// Adresse à laquelle le courriel de confirmation est envoyé.
    pub(crate) login: String,
}

/// Si l’adresse est celle d’un compte, un courriel vient de partir. La réponse est la même
/// dans tous les cas.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct LetterOnItsWay {
    /// Durée du lien, en minutes.
    pub(crate) minutes: u32,
}

/// Le lien a été utilisé.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct LinkUsed {
    /// Position à donner à la lecture suivante.
    pub(crate) position: Position,
}

/// Début de l’identifiant d’un établissement.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct LoginHint {
    /// Les deux premières lettres : « ce..... ».
    pub(crate) hint: String,
}

/// La demande est faite : les gestionnaires de l’établissement sont prévenus.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct AccessAsked {
    /// Position à donner à la lecture suivante.
    pub(crate) position: Position,
}

/// L’espace d’un établissement a changé.
#[derive(Debug, Clone)]
pub(crate) struct SpaceChanged {
    pub(crate) position: u64,
    pub(crate) uai: Uai,
}

/// L’espace d’un établissement a changé.
#[Object]
impl SpaceChanged {
    /// Position à donner à la lecture suivante.
    async fn position(&self) -> Position {
        Position(self.position)
    }

    /// Code UAI de l’établissement.
    async fn uai(&self) -> String {
        self.uai.to_string()
    }

    /// L’espace.
    async fn space(&self, ctx: &Context<'_>) -> Result<Option<SchoolSpace>> {
        let call = Call::of(ctx)?;
        let stale = call.is_stale(Some(Position(self.position))).await;
        let uai = self.uai.clone();
        let row = call.read(move |db| school_spaces::by_uai(db, &uai)).await?;
        Ok(row.map(|row| SchoolSpace::new(row, stale)))
    }
}
