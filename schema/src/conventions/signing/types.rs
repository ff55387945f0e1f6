//! Signatures as GraphQL shows them to schools.

use async_graphql::{Enum, SimpleObject};
use domain::conventions::signing;
use projections::conventions::signings::{self, Signer as Row, Signing as Round};

use crate::scalars::Instant;

/// Qui signe une convention.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "signing::Signatory")]
pub(crate) enum Signatory {
    /// Le chef de l’établissement d’origine.
    Origin,
    /// Le responsable légal.
    Guardian,
    /// L’élève.
    Pupil,
    /// Le chef de l’établissement d’accueil.
    Host,
}

/// Comment une signature a été faite.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "signing::SignatureMethod")]
pub(crate) enum SignatureMethod {
    /// Tracée.
    Drawn,
    /// Nom saisi.
    Typed,
}

/// Où en est la signature en ligne d’une convention.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "signings::SigningStanding")]
pub(crate) enum SigningStanding {
    /// Des signatures sont attendues.
    Open,
    /// Quelqu’un a refusé.
    Declined,
    /// Tous ont signé.
    Completed,
    /// Elle ne compte plus.
    Closed,
}

/// Où en est un signataire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "signings::SignerStanding")]
pub(crate) enum SignerStanding {
    /// N’a pas encore signé.
    Awaited,
    /// Sa signature enregistrée est imprimée sur la convention.
    Stored,
    /// A signé en ligne.
    Signed,
    /// A refusé de signer.
    Declined,
}

/// Signataire d’une convention.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct Signer {
    /// À quel titre.
    role: Signatory,
    /// Où il en est.
    standing: SignerStanding,
    /// Son nom ; rien une fois effacé, ou pour une signature enregistrée.
    name: Option<String>,
    /// Son adresse ; de même.
    email: Option<String>,
    /// Quand son dernier lien est parti.
    link_sent_at: Option<Instant>,
    /// À partir de quand un établissement peut lui en envoyer un autre.
    resend_after: Option<Instant>,
    /// Quand il a signé.
    signed_at: Option<Instant>,
    /// Comment.
    method: Option<SignatureMethod>,
    /// Pourquoi il a refusé.
    reason: Option<String>,
}

/// Signature en ligne d’une convention.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct Signing {
    /// Où elle en est.
    state: SigningStanding,
    /// Combien de fois les signatures ont été demandées.
    round: u16,
    /// Quand elles l’ont été pour la dernière fois.
    opened_at: Instant,
    /// Quand le dernier a signé.
    completed_at: Option<Instant>,
    /// Qui signe, dans l’ordre de la convention.
    signers: Vec<Signer>,
}

impl From<Round> for Signing {
    fn from(round: Round) -> Self {
        Self {
            state: round.state.into(),
            round: round.round,
            opened_at: Instant(round.opened_at),
            completed_at: round.completed_at.map(Instant),
            signers: round.signers.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<Row> for Signer {
    fn from(row: Row) -> Self {
        let after = row.link_sent_at.and_then(|at| at.checked_add(signing::SCHOOL_WAITS).ok());
        let signed = row.signed.as_ref();
        Self {
            role: row.role.into(),
            standing: row.standing.into(),
            name: signed.and_then(|it| it.name.clone()).or(row.name),
            email: row.email.map(|it| it.as_str().to_owned()),
            link_sent_at: row.link_sent_at.map(Instant),
            resend_after: after.map(Instant),
            signed_at: signed.map(|it| Instant(it.at)),
            method: signed.map(|it| it.method.into()),
            reason: row.reason,
        }
    }
}
