//! « Vérifier une convention »: whether a document was signed here, by whom in what capacity and
//! when; never a name.

use async_graphql::{Context, InputObject, Object, Result, SimpleObject};
use domain::access::{Action, Facts};
use projections::conventions::{
    register,
    signings::{self, SignedDigest, Signing as Round},
};

use super::types::{Signatory, SignatureMethod};
use crate::{
    guard::Call,
    input,
    refused::{Done, answer, payload},
    scalars::Instant,
};

/// Ce qui permet de vérifier une convention : le fichier lui-même, par son empreinte, ou ce qui
/// est imprimé dessus.
#[derive(InputObject)]
pub(crate) struct VerifySignedConventionInput {
    /// Identification imprimée sur la convention.
    reference: Option<String>,
    /// Code de vérification imprimé.
    code: Option<String>,
    /// Empreinte SHA-256 du fichier, en hexadécimal, calculée sans l’envoyer.
    sha256: Option<String>,
}

/// Signature d’une convention vérifiée, sans nom.
#[derive(Debug, SimpleObject)]
pub(crate) struct VerifiedSignature {
    /// À quel titre.
    role: Signatory,
    /// Quand.
    at: Instant,
    /// Comment.
    method: SignatureMethod,
}

/// Ce qui a été vérifié.
#[derive(Debug, SimpleObject)]
pub(crate) struct ConventionVerified {
    /// Vrai si c’est un document signé ici.
    authentic: bool,
    /// Vrai si ce document ne compte plus : la convention a changé depuis, ou a été signée de
    /// nouveau.
    replaced: bool,
    /// Son identification ; rien s’il n’est pas d’ici.
    reference: Option<String>,
    /// Ses signatures en ligne.
    signatures: Vec<VerifiedSignature>,
}

payload! { VerifySignedConventionPayload = ConventionVerified; }

#[derive(Default)]
pub(crate) struct VerifyQuery;

#[Object]
impl VerifyQuery {
    /// Dit si une convention est bien celle qui a été signée ici, par qui, à quel titre et
    /// quand ; jamais un nom.
    async fn verify_signed_convention(
        &self,
        ctx: &Context<'_>,
        input: VerifySignedConventionInput,
    ) -> Result<VerifySignedConventionPayload> {
        answer(verify(Call::of(ctx)?, input).await)
    }
}

async fn verify(call: Call<'_>, input: VerifySignedConventionInput) -> Done<ConventionVerified> {
    call.require(Action::ReadSignedConvention, &Facts::none())?;
    call.allow_from("verify_convention").await?;
    let named = if let Some(sha256) = &input.sha256 {
        by_file(call, input::line("sha256", sha256, 64)?).await?
    } else {
        let reference = input.reference.as_deref().unwrap_or_default();
        let reference = input::line("reference", reference, 24)?.to_uppercase();
        let code = input::line("code", input.code.as_deref().unwrap_or_default(), 24)?;
        by_code(call, reference, &code).await?
    };
    let Some(SignedDigest { convention, replaced, .. }) = named else { return Ok(unknown()) };
    let found = call.read(move |db| {
        let row = register::by_id(db, convention)?;
        Ok((row, signings::of_convention(db, convention)?))
    });
    let (Some(row), Some(round)) = found.await? else { return Ok(unknown()) };
    Ok(ConventionVerified {
        authentic: true,
        replaced,
        reference: Some(row.reference),
        // The last round is that of the document that replaced it.
        signatures: if replaced { Vec::new() } else { signatures(round) },
    })
}

fn unknown() -> ConventionVerified {
    ConventionVerified {
        authentic: false,
        replaced: false,
        reference: None,
        signatures: Vec::new(),
    }
}

fn signatures(round: Round) -> Vec<VerifiedSignature> {
    let signed = round.signers.into_iter().filter_map(|signer| Some((signer.role, signer.signed?)));
    signed
        .map(|(role, signed)| VerifiedSignature {
            role: role.into(),
            at: Instant(signed.at),
            method: signed.method.into(),
        })
        .collect()
}

async fn by_file(call: Call<'_>, sha256: String) -> Done<Option<SignedDigest>> {
    let sha256 = sha256.to_lowercase();
    Ok(call.read(move |db| signings::by_digest(db, &sha256)).await?)
}

async fn by_code(call: Call<'_>, reference: String, code: &str) -> Done<Option<SignedDigest>> {
    let found = call.read(move |db| {
        let Some(row) = register::by_reference(db, &reference)? else { return Ok(None) };
        signings::signed_document(db, row.id)
    });
    let plain = |text: &str| -> String {
        text.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect()
    };
    let known = found.await?;
    Ok(known.filter(|it| plain(&call.service().verification_code(it.convention)) == plain(code)))
}
