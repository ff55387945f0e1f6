//! What a convention says.

use jiff::civil::{Date, Time};

use crate::paper::Colour;
use crate::picture::Picture;

/// Everything printed on a convention.
#[derive(Debug, Clone, PartialEq)]
pub struct ConventionContent {
    /// The identification, 1 to 24 characters of `A-Z`, `0-9` and `-`; see
    /// [`crate::codes::reference_of`].
    pub reference: String,
    /// The day this print of the convention is made.
    pub issued: Date,
    /// Which print it is, from 1; see [`crate::codes::PageCode::print`].
    pub print: u16,
    /// The platform that issues it.
    pub letterhead: Letterhead,
    /// The school that receives the pupil.
    pub host: School,
    /// The school that sends the pupil.
    pub origin: School,
    /// The pupil.
    pub pupil: Pupil,
    /// Who answers for the pupil, as far as known.
    pub guardian: Guardian,
    /// When and where.
    pub placement: Placement,
    /// What the parties agree on, in the order printed; none: the wording of
    /// [`default_articles`](super::default_articles).
    pub articles: Vec<Note>,
    /// The free texts of the platform, printed before the signatures.
    pub notes: Vec<Note>,
    /// The signatures and stamps already stored.
    pub marks: Marks,
}

/// Who issues the document, and in what colour.
#[derive(Debug, Clone, PartialEq)]
pub struct Letterhead {
    /// « Lycée des métiers Démo Paul ».
    pub name: String,
    /// Under the name: « Plateforme de gestion des stages ».
    pub tagline: Option<String>,
    /// Beside the name.
    pub logo: Option<Picture>,
    /// Titles and lines.
    pub colour: Colour,
}

/// A school, of origin or host.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct School {
    /// Its full name.
    pub name: String,
    /// Its code, `0491234A`.
    pub uai: Option<String>,
    /// Its address, on one line or several.
    pub address: Option<String>,
    /// Who represents it: « Mme Hérault, proviseure ».
    pub head: Option<String>,
    /// Its mail.
    pub email: Option<String>,
    /// Its phone.
    pub phone: Option<String>,
}

/// The pupil.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pupil {
    /// « BERTHIER Zoé ».
    pub name: String,
    /// The day of birth.
    pub born: Option<Date>,
    /// « 3e B ».
    pub class: Option<String>,
}

/// Who answers for the pupil. Unknown fields are left to be filled in by hand.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Guardian {
    /// « BERTHIER Sophie ».
    pub name: Option<String>,
    /// Phone.
    pub phone: Option<String>,
    /// Mail.
    pub email: Option<String>,
}

/// When and where the pupil comes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placement {
    /// « CAP Composites, plastiques chaudronnés ».
    pub formation: String,
    /// The day.
    pub date: Date,
    /// The beginning.
    pub starts: Time,
    /// The end.
    pub ends: Time,
    /// Where, when it is not the address of the host.
    pub place: Option<String>,
    /// The room.
    pub room: Option<String>,
    /// The teacher or tutor.
    pub teacher: Option<String>,
}

/// A free text of the platform.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Note {
    /// Its title; may be empty.
    pub title: String,
    /// Its text; line feeds are kept.
    pub text: String,
}

/// What is already in the four boxes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Marks {
    /// « Établissement d’origine ».
    pub origin: Mark,
    /// « Responsable légal ».
    pub guardian: Mark,
    /// « Élève ».
    pub pupil: Mark,
    /// « Établissement d’accueil ».
    pub host: Mark,
}

/// What is drawn in one box.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Mark {
    /// A signature.
    pub signature: Option<Picture>,
    /// A stamp.
    pub stamp: Option<Picture>,
}
