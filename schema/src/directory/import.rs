//! An import of the national directory, as whoever runs the service follows it.

use async_graphql::{Enum, SimpleObject};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::scalars::Instant;

/// The most lines of one list that a report carries.
pub const MOST_LINES: usize = 200;

/// Où en est un import de l’annuaire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum, Serialize, Deserialize)]
pub enum ImportStage {
    /// En cours.
    Running,
    /// Terminé.
    Done,
    /// Arrêté avant la fin : ce qui est fait est gardé, le même fichier peut être repris.
    Stopped,
}

/// An import of the directory.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DirectoryImport {
    /// When it began.
    pub started_at: Timestamp,
    /// When it was last heard of.
    pub told_at: Timestamp,
    /// Where it stands.
    pub stage: ImportStage,
    /// How many rows were read.
    pub rows: u64,
    /// How many bytes of the file were read.
    pub bytes: u64,
    /// Of how many.
    pub length: u64,
    /// What it did, once it is done.
    pub report: Option<DirectoryReport>,
}

/// Import de l’annuaire.
#[derive(Debug, SimpleObject)]
#[graphql(name = "DirectoryImport")]
pub(crate) struct Import {
    /// Début.
    started_at: Instant,
    /// Dernières nouvelles.
    told_at: Instant,
    /// Où il en est.
    stage: ImportStage,
    /// Lignes lues.
    rows: u64,
    /// Octets lus.
    bytes: u64,
    /// Octets du fichier.
    length: u64,
    /// Compte rendu, une fois l’import terminé.
    report: Option<DirectoryReport>,
}

impl From<DirectoryImport> for Import {
    fn from(import: DirectoryImport) -> Self {
        Self {
            started_at: Instant(import.started_at),
            told_at: Instant(import.told_at),
            stage: import.stage,
            rows: import.rows,
            bytes: import.bytes,
            length: import.length,
            report: import.report,
        }
    }
}

/// Ce qu’un import a fait. Chaque ligne lue est comptée une fois.
#[derive(Debug, Clone, Default, PartialEq, Eq, SimpleObject, Serialize, Deserialize)]
pub struct DirectoryReport {
    /// Lignes lues.
    pub read: u64,
    /// Établissements ajoutés.
    pub added: u64,
    /// Établissements modifiés.
    pub changed: u64,
    /// Établissements inchangés.
    pub unchanged: u64,
    /// Établissements fermés d’après le fichier.
    pub closed: u64,
    /// Autres sites d’établissements déjà comptés.
    pub sites: u64,
    /// Lignes hors du second degré.
    pub out_of_scope: u64,
    /// Lignes rejetées.
    pub rejected: u64,
    /// Établissements fermés parce que le fichier ne les contient plus.
    pub absent_closed: u64,
    /// Établissements absents du fichier mais laissés ouverts : trop nombreux pour un fichier
    /// complet.
    pub absent_kept: u64,
    /// Établissements sans adresse électronique.
    pub without_mail: u64,
    /// SEGPA rattachées à leur collège.
    pub segpa_attached: u64,
    /// SEGPA sans collège connu.
    pub segpa_unattached: u64,
    /// Les lignes à regarder, par rubrique.
    pub lists: Vec<DirectoryReportList>,
}

/// Rubrique d’un compte rendu.
#[derive(Debug, Clone, PartialEq, Eq, SimpleObject, Serialize, Deserialize)]
pub struct DirectoryReportList {
    /// Titre.
    pub title: String,
    /// Nombre de lignes de la rubrique ; `lines` montre les 200 premières.
    pub total: u64,
    /// Lignes.
    pub lines: Vec<DirectoryReportLine>,
}

/// Ligne d’un compte rendu.
#[derive(Debug, Clone, PartialEq, Eq, SimpleObject, Serialize, Deserialize)]
pub struct DirectoryReportLine {
    /// Numéro de la ligne du fichier ; rien pour un établissement qui n’y est plus.
    pub line: Option<u64>,
    /// Ce qu’il y a à en dire.
    pub text: String,
}

/// Why an import did not begin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ImportRefusal {
    /// The file is no directory; why, in French.
    NotADirectory(String),
    /// Another import runs.
    AlreadyRunning,
}
