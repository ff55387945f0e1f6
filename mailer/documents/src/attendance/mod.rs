//! Papers on who came: the attendance sheet of a slot, which pupils sign, and the certificate of
//! a pupil who was there.

mod certificate;
mod sheet;

use jiff::civil::{Date, Time};

use crate::RenderFault;
use crate::convention::Letterhead;
use crate::paper::painter;

/// When and where pupils come, and to do what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visit {
    /// The host: « Lycée des métiers Jean Vilar ».
    pub host: String,
    /// « CAP Composites, plastiques chaudronnés ».
    pub formation: String,
    /// The day.
    pub date: Date,
    /// The beginning.
    pub starts: Time,
    /// The end.
    pub ends: Time,
    /// The room.
    pub room: Option<String>,
    /// The teacher or tutor.
    pub teacher: Option<String>,
}

/// A pupil who signs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Attendee {
    /// « BERTHIER Zoé ».
    pub name: String,
    /// « Collège de la Colline, Angers ».
    pub school: String,
    /// « 3e B ».
    pub class: Option<String>,
}

/// « Feuille d’émargement » of a slot.
#[derive(Debug, Clone, PartialEq)]
pub struct AttendanceSheet {
    /// The platform that prints it.
    pub letterhead: Letterhead,
    /// The day it was made.
    pub issued: Date,
    /// The slot.
    pub visit: Visit,
    /// Who is expected, in the order printed.
    pub pupils: Vec<Attendee>,
}

/// « Attestation de présence » of a pupil who was there.
#[derive(Debug, Clone, PartialEq)]
pub struct AttendanceCertificate {
    /// The platform that prints it.
    pub letterhead: Letterhead,
    /// The day it was made.
    pub issued: Date,
    /// The slot.
    pub visit: Visit,
    /// « 3 avenue de l’Atelier, 49000 Angers ».
    pub host_address: Option<String>,
    /// Where it is signed: « Angers ».
    pub host_city: Option<String>,
    /// The pupil.
    pub pupil: Attendee,
    /// When the pupil was born.
    pub born: Option<Date>,
}

/// The PDF of the sheet; the same bytes for the same content.
pub fn render_sheet(sheet: &AttendanceSheet) -> Result<Vec<u8>, RenderFault> {
    painter::paint(&sheet::laid_out(sheet)?)
}

/// The PDF of the certificate; the same bytes for the same content.
pub fn render_certificate(certificate: &AttendanceCertificate) -> Result<Vec<u8>, RenderFault> {
    painter::paint(&certificate::laid_out(certificate)?)
}

#[cfg(test)]
mod tests;
