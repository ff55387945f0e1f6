//! What an import did: every row of the file is counted once, and each one that did not go
//! through is named with its line and its reason. In French as text, or as JSON.

use std::{collections::BTreeMap, fmt};

use domain::kernel::uai::Uai;
use schema::ports::{DirectoryReportLine, DirectoryReportList, MOST_LINES};
use serde::{Serialize, Serializer};

use super::{
    french::{counted, grouped},
    row::{Notice, RowRejected},
    segpa::Evidence,
};

/// How many lines of a list the text shows; the JSON has them all.
const SHOWN: usize = 50;
/// The list of which the text shows every line.
const REJECTED: &str = "Lignes rejetées";

/// A school of the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Listed {
    /// The line of its last row.
    pub line: u64,
    /// Which.
    pub uai: Uai,
    /// Its name.
    pub name: String,
}

/// A row that is no school.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReportedRejection {
    /// The number of its first line.
    pub line: u64,
    /// Its UAI as the file has it, where there is one.
    pub uai: Option<String>,
    /// Why, in JSON in French.
    #[serde(serialize_with = "reason_in_french")]
    pub reason: RowRejected,
}

/// Something that was left out of a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReportedNotice {
    /// The number of its line.
    pub line: u64,
    /// Which school.
    pub uai: Uai,
    /// What, in JSON in French.
    #[serde(serialize_with = "notice_in_french")]
    pub notice: Notice,
}

fn reason_in_french<S: Serializer>(reason: &RowRejected, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(&reason.french())
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn notice_in_french<S: Serializer>(notice: &Notice, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(notice.french())
}

/// A SEGPA that was attached by the weakest sign.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ToCheck {
    /// The SEGPA.
    #[serde(flatten)]
    pub segpa: Listed,
    /// The collège it was attached to.
    pub parent: Uai,
}

/// What became of the SEGPA.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SegpaTally {
    /// How many were attached to their collège, by what.
    pub attached: BTreeMap<Evidence, u64>,
    /// Those attached by the weakest sign.
    pub to_check: Vec<ToCheck>,
    /// Those of which the collège is not known.
    pub unattached: Vec<Listed>,
}

impl SegpaTally {
    /// How many were attached.
    pub fn total_attached(&self) -> u64 {
        self.attached.values().sum()
    }
}

/// What an import did. `Display` is the French text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// How many rows were read: each is counted in one of the next seven.
    pub read: u64,
    /// How many schools are new.
    pub added: u64,
    /// The schools of which something changed.
    pub changed: Vec<Listed>,
    /// How many schools are as before.
    pub unchanged: u64,
    /// The schools that the file says are closed, and that were open.
    pub closed: Vec<Listed>,
    /// How many rows are a further site of a school counted above.
    pub sites: u64,
    /// How many rows are not of the second degree.
    pub out_of_scope: u64,
    /// The rows that are no school.
    pub rejected: Vec<ReportedRejection>,
    /// What became of the SEGPA.
    pub segpa: SegpaTally,
    /// How many schools have no mail address.
    pub without_mail: u64,
    /// What was left out of rows that were otherwise taken.
    pub notices: Vec<ReportedNotice>,
    /// The schools closed because the file lists them no more.
    pub absent_closed: Vec<Uai>,
    /// How many are absent from the file but were left open, being too many.
    pub absent_kept: u64,
}

impl Report {
    /// How many rows are accounted for: as many as were read.
    pub fn accounted(&self) -> u64 {
        self.added
            + self.changed.len() as u64
            + self.unchanged
            + self.closed.len() as u64
            + self.sites
            + self.out_of_scope
            + self.rejected.len() as u64
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", counted(self.read, "ligne lue", "lignes lues"))?;
        let totals = [
            (self.added, "établissement ajouté", "établissements ajoutés"),
            (self.changed.len() as u64, "modifié", "modifiés"),
            (self.unchanged, "inchangé", "inchangés"),
            (self.closed.len() as u64, "fermé", "fermés"),
            (self.sites, "autre site d’un établissement", "autres sites d’établissements"),
            (self.out_of_scope, "ligne hors du second degré", "lignes hors du second degré"),
            (self.rejected.len() as u64, "ligne rejetée", "lignes rejetées"),
        ];
        for (number, one, several) in totals {
            writeln!(f, "  {}", counted(number, one, several))?;
        }
        self.segpa_text(f)?;
        if self.without_mail > 0 {
            let schools = counted(self.without_mail, "établissement", "établissements");
            writeln!(
                f,
                "{schools} sans adresse électronique\u{202f}: l’inscription s’adressera à ce.<UAI>@<académie>"
            )?;
        }
        self.absent_text(f)?;
        self.sections().iter().try_for_each(|section| write!(f, "{section}"))
    }
}

impl Report {
    fn segpa_text(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (attached, unattached) =
            (self.segpa.total_attached(), self.segpa.unattached.len() as u64);
        if attached + unattached == 0 {
            return Ok(());
        }
        let ways: Vec<String> = self
            .segpa
            .attached
            .iter()
            .map(|(evidence, number)| format!("{} {}", grouped(*number), evidence.french()))
            .collect();
        let ways = if ways.is_empty() { String::new() } else { format!(" ({})", ways.join(", ")) };
        writeln!(
            f,
            "SEGPA\u{202f}: {}{ways}, {} sans collège connu",
            counted(attached, "rattachée à son collège", "rattachées à leur collège"),
            grouped(unattached)
        )
    }

    fn absent_text(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.absent_closed.is_empty() {
            let number = self.absent_closed.len() as u64;
            let schools = counted(number, "établissement fermé", "établissements fermés");
            let verb = if number < 2 { "il n’est" } else { "ils ne sont" };
            writeln!(f, "{schools}\u{202f}: {verb} plus dans le fichier")?;
        }
        if self.absent_kept > 0 {
            let schools = counted(
                self.absent_kept,
                "établissement absent du fichier a été laissé ouvert",
                "établissements absents du fichier ont été laissés ouverts",
            );
            writeln!(f, "{schools}\u{202f}: c’est trop pour un fichier complet, vérifiez-le")?;
        }
        Ok(())
    }

    /// What is to be looked at, list by list; those without a line are left out.
    pub(crate) fn sections(&self) -> Vec<Section> {
        let named = |listed: &Listed| format!("{} {}", listed.uai, listed.name);
        let schools = |list: &[Listed]| -> Vec<(Option<u64>, String)> {
            list.iter().map(|l| (Some(l.line), named(l))).collect()
        };
        let rejected = self.rejected.iter().map(|r| match &r.uai {
            Some(uai) => (Some(r.line), format!("{uai}, {}", r.reason.french())),
            None => (Some(r.line), r.reason.french()),
        });
        let notices = self
            .notices
            .iter()
            .map(|n| (Some(n.line), format!("{}, {}", n.uai, n.notice.french())));
        let to_check = self
            .segpa
            .to_check
            .iter()
            .map(|c| (Some(c.segpa.line), format!("{} → {}", named(&c.segpa), c.parent)));
        let absent = self.absent_closed.iter().map(|uai| (None, uai.to_string()));
        let sections = [
            (REJECTED, rejected.collect()),
            ("Modifiés", schools(&self.changed)),
            ("Fermés", schools(&self.closed)),
            ("Fermés, absents du fichier", absent.collect()),
            ("Remarques", notices.collect()),
            ("SEGPA dont le collège est à vérifier", to_check.collect()),
            ("SEGPA sans collège connu", schools(&self.segpa.unattached)),
        ];
        let sections = sections.into_iter().map(|(title, lines)| Section { title, lines });
        sections.filter(|section| !section.lines.is_empty()).collect()
    }
}

/// Lines of a report that are to be looked at, with their numbers in the file.
pub(crate) struct Section {
    title: &'static str,
    lines: Vec<(Option<u64>, String)>,
}

impl Section {
    /// As the API tells it.
    pub(crate) fn told(self) -> DirectoryReportList {
        let total = self.lines.len() as u64;
        let lines = self.lines.into_iter().take(MOST_LINES);
        DirectoryReportList {
            title: self.title.to_owned(),
            total,
            lines: lines.map(|(line, text)| DirectoryReportLine { line, text }).collect(),
        }
    }
}

impl fmt::Display for Section {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let most = if self.title == REJECTED { usize::MAX } else { SHOWN };
        writeln!(f, "\n{}\u{202f}:", self.title)?;
        for (number, text) in self.lines.iter().take(most) {
            match number {
                Some(number) => writeln!(f, "  ligne {}\u{202f}: {text}", grouped(*number))?,
                None => writeln!(f, "  {text}")?,
            }
        }
        let more = self.lines.len().saturating_sub(most) as u64;
        if more > 0 {
            writeln!(f, "  … et {}", counted(more, "autre", "autres"))?;
        }
        Ok(())
    }
}
