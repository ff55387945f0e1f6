//! All that can be said of the signatures of a file.

use lopdf::{Dictionary, Document, Object};

use super::checked::{Checked, checked};
use super::claims;
use super::field::{self, Covered};
use super::finding::{Integrity, Signature};
use super::oid;
use super::revisions::only_signed;
use super::trust::Trust;
use crate::deposit;

/// The signatures of a PDF, in the order of its form, sixteen at most; none when
/// it has none or cannot be read. The file should have passed
/// [`inspect`](crate::deposit::inspect), which bounds its size. Never panics.
pub fn verify(pdf: &[u8], trust: &Trust) -> Vec<Signature> {
    let Ok(document) = deposit::load(pdf) else {
        return Vec::new();
    };
    let found = field::signatures(&document);
    found.into_iter().map(|one| finding(pdf, &document, one, trust)).collect()
}

fn finding(pdf: &[u8], document: &Document, signature: &Dictionary, trust: &Trust) -> Signature {
    let claimed = signature.get(b"M").and_then(Object::as_str).ok().and_then(claims::instant);
    let covered = field::covered(pdf, signature);
    let checked = covered.as_ref().and_then(|it| checked(&it.container, &it.parts));
    let (Some(covered), Some(checked)) = (covered, checked) else {
        return Signature {
            signer: None,
            organisation: None,
            claimed,
            time_stamped: None,
            covers_whole_file: false,
            integrity: Integrity::Invalid,
            trusted: false,
            by_us: false,
        };
    };
    let by_us = trust.is_ours(&checked.certificate);
    Signature {
        signer: claims::named(&checked.certificate, oid::COMMON_NAME),
        organisation: claims::named(&checked.certificate, oid::ORGANISATION),
        claimed: checked.signing_time.or(claimed),
        time_stamped: time_stamped(&checked, trust),
        covers_whole_file: covered.end == pdf.len(),
        integrity: integrity(pdf, document, &covered, &checked),
        trusted: by_us || trust.reaches(&checked.certificate, &checked.others),
        by_us,
    }
}

fn time_stamped(checked: &Checked, trust: &Trust) -> Option<jiff::Timestamp> {
    let (at, by) = checked.time_stamp.as_ref()?;
    trust.reaches(&by.certificate, &by.others).then_some(*at)
}

fn integrity(pdf: &[u8], now: &Document, covered: &Covered<'_>, checked: &Checked) -> Integrity {
    if !checked.same_content {
        return Integrity::AlteredAfterSigning;
    }
    if covered.end == pdf.len() {
        return Integrity::Intact;
    }
    let then = pdf.get(..covered.end).and_then(|then| deposit::load(then).ok());
    match then {
        Some(then) if only_signed(&then, now) => Integrity::Intact,
        Some(_) | None => Integrity::AlteredAfterSigning,
    }
}
