//! The electronic signatures in a file that came: looked for where a hostile one harms nothing.

use documents::signatures::{Integrity, Signature};
use domain::{
    conventions::convention::{FoundSignature, OriginalWithin, SignatureCheck, SignatureIntegrity},
    kernel::{ids::PersonId, personal::Personal},
};
use scans::{Limits, SignaturesFound};

use crate::{looker::LookFault, ports::Service};

/// What the signatures of a PDF say now. Names are sealed with the key of `person`; `original` is
/// the length of our original when the file begins with it.
pub(crate) async fn look(
    service: &Service,
    person: PersonId,
    pdf: Vec<u8>,
    original: Option<u64>,
) -> Result<SignatureCheck, LookFault> {
    let original = original.and_then(|length| usize::try_from(length).ok());
    let question = service.sealer.question(service.journal.clock().now(), original);
    let looking = service.looker.ask(move |reader| {
        // Pages are not drawn: nothing but its length bounds the file here.
        let limits = Limits { bytes: pdf.len(), pages: 0, pixels: 0 };
        reader.signatures(&pdf, &limits, &question)
    });
    let found = match looking.await {
        // A thread that is lost is a look that did not end.
        Err(LookFault::Lost(_)) => None,
        found => found?,
    };
    if found.is_none() {
        tracing::warn!("a file’s signatures could not be looked at within the limits");
    }
    Ok(found.map_or(SignatureCheck::Unfinished, |found| looked(person, found)))
}

fn looked(person: PersonId, found: SignaturesFound) -> SignatureCheck {
    let original = match found.original_kept {
        Some(true) => OriginalWithin::Kept,
        Some(false) => OriginalWithin::Altered,
        None => OriginalWithin::Absent,
    };
    let signatures = found.signatures.into_iter().map(|one| signature(person, one)).collect();
    SignatureCheck::Looked { original, signatures }
}

fn signature(person: PersonId, found: Signature) -> FoundSignature {
    FoundSignature {
        signer: found.signer.map(|name| Personal::new(person, name)),
        organisation: found.organisation.map(|name| Personal::new(person, name)),
        claimed: found.claimed,
        time_stamped: found.time_stamped,
        integrity: match found.integrity {
            Integrity::Intact => SignatureIntegrity::Intact,
            Integrity::AlteredAfterSigning => SignatureIntegrity::Altered,
            Integrity::Invalid => SignatureIntegrity::Invalid,
        },
        trusted: found.trusted,
        by_platform: found.by_us,
    }
}
