//! What the refusals of signing say.

use domain::conventions::signing::{Signatory, SigningRefusal};
use jiff::Timestamp;

use crate::{
    french::{in_paris, moment},
    refused::{RefusalCode, Refused},
};

const OF_BOOKING: &str = "L’adresse du responsable légal est celle de la réservation\u{202f}: \
    corrigez-la avec «\u{a0}Corriger\u{a0}», à côté de l’élève.";
const CONTACTS_CHANGED: &str = "Les adresses des signataires viennent de changer\u{202f}: \
    relisez-les et recommencez.";
const TOO_MANY_CORRECTIONS: &str = "Les adresses de cette demande ont été corrigées trop souvent. \
    Pour en changer encore, l’un des signataires doit refuser\u{202f}: les signatures pourront alors être \
    redemandées.";
const LINK_OVER: &str = "Ce lien ne sert plus\u{202f}: il a été remplacé par un plus récent, ou son \
    délai est passé. Demandez-en un autre.";
const NOT_OPEN: &str = "Les signatures en ligne de cette convention ne sont pas demandées, ou ne le \
    sont plus.";

impl From<SigningRefusal> for Refused {
    fn from(refusal: SigningRefusal) -> Self {
        use SigningRefusal as R;
        let (code, message) = match refusal {
            R::NotOpen => (RefusalCode::SigningNotOpen, NOT_OPEN.to_owned()),
            R::AlreadyOpen => (
                RefusalCode::SigningOpen,
                "Les signatures de cette convention sont déjà demandées.".to_owned(),
            ),
            R::AlreadyComplete => {
                (RefusalCode::SigningComplete, "Tous ont déjà signé cette convention.".to_owned())
            }
            R::PlacementOver => (
                RefusalCode::PlacementOver,
                "Le mini-stage est passé\u{202f}: la convention ne peut plus être signée."
                    .to_owned(),
            ),
            R::NoContact { role } => (
                RefusalCode::SignatoryMissing,
                format!("Il manque le nom et l’adresse d’un signataire\u{202f}: {}.", who(role)),
            ),
            R::NotToAsk { role } => (
                RefusalCode::SignatoryNotAsked,
                format!("Une signature n’est pas à demander\u{202f}: {}.", who(role)),
            ),
            R::SameContact { role, other } => (RefusalCode::SameContact, same_contact(role, other)),
            R::OfBooking => (RefusalCode::ContactOfBooking, OF_BOOKING.to_owned()),
            R::ContactsChanged => (RefusalCode::ContactsChanged, CONTACTS_CHANGED.to_owned()),
            R::TooManyCorrections => {
                (RefusalCode::TooManyCorrections, TOO_MANY_CORRECTIONS.to_owned())
            }
            R::LinkOver => (RefusalCode::LinkExpired, LINK_OVER.to_owned()),
            R::AlreadySigned => (
                RefusalCode::AlreadySigned,
                "Vous avez déjà signé cette convention\u{202f}: il n’y a plus rien à faire."
                    .to_owned(),
            ),
            R::TooSoon { after } => (RefusalCode::TooSoon, too_soon(after)),
            R::TooManyCodes { after } => (RefusalCode::TooManyCodes, too_many_codes(after)),
            R::CodeOver => (
                RefusalCode::CodeOver,
                "Ce code ne sert plus\u{202f}: demandez-en un nouveau.".to_owned(),
            ),
            R::WordsMissing => (
                RefusalCode::WordsMissing,
                "Écrivez «\u{a0}lu et approuvé\u{a0}» avant de signer.".to_owned(),
            ),
            R::NoSignature => (
                RefusalCode::SignatureMissing,
                "Tracez votre signature, ou saisissez votre nom.".to_owned(),
            ),
        };
        Self::new(code, message)
    }
}

fn same_contact(role: Signatory, other: Signatory) -> String {
    format!(
        "Deux signataires ne peuvent pas avoir la même adresse ni le même téléphone\u{202f}: {}, et {}.",
        who(role),
        who(other),
    )
}

fn too_soon(after: Timestamp) -> String {
    format!(
        "Un lien a été envoyé il y a moins d’un jour\u{202f}: le prochain pourra partir à partir du {}.",
        moment(in_paris(after)),
    )
}

fn too_many_codes(after: Timestamp) -> String {
    format!(
        "Trop de codes ont été demandés\u{202f}: le prochain pourra partir à partir du {}.",
        moment(in_paris(after)),
    )
}

/// Another code was typed than the one that was sent.
pub(super) fn wrong_code() -> Refused {
    Refused::new(
        RefusalCode::WrongCode,
        "Ce n’est pas le code envoyé\u{202f}: saisissez les six chiffres du dernier courriel reçu.",
    )
    .at("code")
}

/// The address of a link is cut, or not ours.
pub(super) fn not_our_link() -> Refused {
    Refused::new(
        RefusalCode::LinkUnknown,
        "Cette adresse n’est pas complète. Ouvrez le lien depuis le courriel, ou copiez-le en \
         entier.",
    )
}

fn who(role: Signatory) -> &'static str {
    match role {
        Signatory::Origin => "la personne qui signe pour l’établissement d’origine",
        Signatory::Guardian => "le responsable légal",
        Signatory::Pupil => "l’élève",
        Signatory::Host => "la personne qui signe pour l’établissement d’accueil",
    }
}

/// One of each, for the list of all refusals that people may meet.
#[cfg(test)]
pub(crate) fn examples() -> Vec<SigningRefusal> {
    let after = jiff::Timestamp::UNIX_EPOCH;
    let role = Signatory::Guardian;
    vec![
        SigningRefusal::NotOpen,
        SigningRefusal::AlreadyOpen,
        SigningRefusal::AlreadyComplete,
        SigningRefusal::PlacementOver,
        SigningRefusal::NoContact { role },
        SigningRefusal::NotToAsk { role: Signatory::Pupil },
        SigningRefusal::SameContact { role: Signatory::Host, other: role },
        SigningRefusal::OfBooking,
        SigningRefusal::ContactsChanged,
        SigningRefusal::TooManyCorrections,
        SigningRefusal::LinkOver,
        SigningRefusal::AlreadySigned,
        SigningRefusal::TooSoon { after },
        SigningRefusal::TooManyCodes { after },
        SigningRefusal::CodeOver,
        SigningRefusal::WordsMissing,
        SigningRefusal::NoSignature,
    ]
}
