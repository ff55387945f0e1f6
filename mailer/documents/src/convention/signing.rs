//! What was signed online: who put what in which box, and how it is proved.

use jiff::Timestamp;

use crate::picture::Picture;

/// A convention that all have signed online who had to, box by box, with what
/// proves it. In a box without a signatory a stored signature counts, or nobody
/// had to sign: a minor, the guardian of a pupil of age.
#[derive(Debug, Clone, PartialEq)]
pub struct Signing {
    /// « Établissement d’origine ».
    pub origin: Option<Signatory>,
    /// « Responsable légal ».
    pub guardian: Option<Signatory>,
    /// « Élève ».
    pub pupil: Option<Signatory>,
    /// « Établissement d’accueil ».
    pub host: Option<Signatory>,
    /// Where anybody can check the document.
    pub verification: Verification,
}

/// Somebody who signed online.
#[derive(Debug, Clone, PartialEq)]
pub struct Signatory {
    /// Who signed: « BERTHIER Sophie ».
    pub name: String,
    /// In what capacity, when known: « mère », « proviseur ».
    pub capacity: Option<String>,
    /// What stands in the box.
    pub hand: Hand,
    /// When, to the second.
    pub at: Timestamp,
    /// The address the person came from, already cut short: « 203.0.113.× ».
    pub address: String,
    /// How the person was known: « Lien personnel et code reçu à s…@example.fr ».
    pub method: String,
    /// The SHA-256 of the document that was read and signed.
    pub document: [u8; 32],
    /// Whether that was a print before this one, whose change did not concern them.
    pub earlier: bool,
}

/// How somebody signed.
#[derive(Debug, Clone, PartialEq)]
pub enum Hand {
    /// With a finger, a pen or a mouse.
    Drawn(Picture),
    /// By typing their name, as typed.
    Typed(String),
}

/// Where a signed convention can be checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verification {
    /// The address to open, without the code: « `https://stages.example.fr/verifier` ».
    pub address: String,
    /// What to type there.
    pub code: String,
    /// What the printed code opens, at most 200 characters: usually the address, and after a `#`
    /// the identification and the code.
    pub link: String,
}

/// The four boxes, in the order printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Party {
    Origin,
    Guardian,
    Pupil,
    Host,
}

impl Party {
    pub(super) const ALL: [Self; 4] = [Self::Origin, Self::Guardian, Self::Pupil, Self::Host];

    pub(super) fn label(self) -> &'static str {
        match self {
            Self::Origin => "Établissement d’origine",
            Self::Guardian => "Responsable légal",
            Self::Pupil => "Élève",
            Self::Host => "Établissement d’accueil",
        }
    }
}

impl Signing {
    pub(super) fn of(&self, party: Party) -> Option<&Signatory> {
        match party {
            Party::Origin => self.origin.as_ref(),
            Party::Guardian => self.guardian.as_ref(),
            Party::Pupil => self.pupil.as_ref(),
            Party::Host => self.host.as_ref(),
        }
    }

    /// Those who signed, the first to sign first.
    pub(super) fn signatories(&self) -> Vec<(Party, &Signatory)> {
        let mut signed: Vec<(Party, &Signatory)> =
            Party::ALL.into_iter().filter_map(|party| Some((party, self.of(party)?))).collect();
        signed.sort_by_key(|(_, signatory)| signatory.at);
        signed
    }
}
