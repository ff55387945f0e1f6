//! What the electronic signatures in a deposited file said on the day it came.

use async_graphql::{Context, Enum, Result, SimpleObject};
use domain::{
    conventions::convention::{self, FoundSignature, SignatureCheck as Found},
    kernel::{ids::ConventionId, personal::Personal},
};
use projections::conventions::deposits;

use crate::{guard::Call, scalars::Instant};

/// Ce qu’il en est des signatures électroniques d’un document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub(crate) enum SignatureOutcome {
    /// Le document est antérieur à leur recherche.
    NotLooked,
    /// La recherche n’a pas abouti : on n’en sait rien.
    Unfinished,
    /// Elles ont été recherchées ; la liste est vide s’il n’y en a pas.
    Looked,
}

/// Ce qu’il est advenu de l’original dans un document déposé.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "convention::OriginalWithin")]
pub(crate) enum OriginalWithin {
    /// Le fichier commence par l’original, et la suite ne fait que signer.
    Kept,
    /// Le fichier commence par l’original, et la suite en change le contenu.
    Altered,
    /// Le fichier ne commence pas par l’original : numérisé, réimprimé ou refait.
    Absent,
}

/// Le document est-il tel qu’il a été signé.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "convention::SignatureIntegrity")]
pub(crate) enum SignatureIntegrity {
    /// Tel qu’il a été signé.
    Intact,
    /// Modifié après la signature.
    Altered,
    /// La signature ne prouve rien : abîmée, ou faite d’une manière inconnue ici.
    Invalid,
}

/// Signature électronique trouvée dans un document.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct FileSignature {
    /// Nom inscrit dans le certificat ; il n’est établi que si le certificat est de confiance.
    signer: Option<String>,
    /// Organisation inscrite dans le certificat.
    organisation: Option<String>,
    /// Date que la signature déclare.
    claimed_at: Option<Instant>,
    /// Date attestée par un horodatage de confiance.
    time_stamped_at: Option<Instant>,
    /// Le document est-il tel qu’il a été signé.
    integrity: SignatureIntegrity,
    /// Vrai si le certificat menait à une autorité de confiance, ou est celui de la plateforme.
    trusted: bool,
    /// Vrai si c’est le cachet de la plateforme.
    by_platform: bool,
}

/// Ce que disaient les signatures électroniques d’un document le jour de son dépôt.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct SignatureCheck {
    /// Ce qu’il en est.
    outcome: SignatureOutcome,
    /// Ce qu’il est advenu de l’original ; rien tant qu’on n’en sait rien.
    original: Option<OriginalWithin>,
    /// Signatures, dans l’ordre du fichier.
    signatures: Vec<FileSignature>,
}

impl From<&FoundSignature> for FileSignature {
    fn from(found: &FoundSignature) -> Self {
        let known =
            |name: &Option<Personal<String>>| name.as_ref().and_then(Personal::known).cloned();
        Self {
            signer: known(&found.signer),
            organisation: known(&found.organisation),
            claimed_at: found.claimed.map(Instant),
            time_stamped_at: found.time_stamped.map(Instant),
            integrity: found.integrity.into(),
            trusted: found.trusted,
            by_platform: found.by_platform,
        }
    }
}

impl From<Found> for SignatureCheck {
    fn from(found: Found) -> Self {
        let (outcome, original, signatures) = match found {
            Found::NotLooked => (SignatureOutcome::NotLooked, None, Vec::new()),
            Found::Unfinished => (SignatureOutcome::Unfinished, None, Vec::new()),
            Found::Looked { original, signatures } => {
                (SignatureOutcome::Looked, Some(original.into()), signatures)
            }
        };
        let signatures = signatures.iter().map(FileSignature::from).collect();
        Self { outcome, original, signatures }
    }
}

/// What is known of the deposit that event `sequence` told; without one, of the last.
pub(super) async fn of_deposit(
    ctx: &Context<'_>,
    convention: ConventionId,
    sequence: Option<u64>,
) -> Result<SignatureCheck> {
    let call = Call::of(ctx)?;
    let found = call.read(move |db| deposits::check(db, convention, sequence)).await?;
    Ok(found.unwrap_or_default().into())
}
