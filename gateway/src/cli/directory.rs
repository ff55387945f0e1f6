//! `escale directory import`.

use std::{path::PathBuf, process::ExitCode};

use clap::{Args, Subcommand};
use indicatif::{ProgressBar, ProgressStyle};
use journal::Journal;

use super::{CliFault, output};
use crate::directory::{
    Closing, ImportFault, LoggedSchools, OpenError, Options, Progress, Reader, Source, import,
};

/// What can be asked of the directory.
#[derive(Debug, Subcommand)]
pub(super) enum Directory {
    /// Lit un fichier de l’annuaire national et n’écrit que les vraies différences
    Import(Import),
}

/// `directory import`.
#[derive(Debug, Args)]
pub(super) struct Import {
    /// Le fichier CSV (UTF-8, « ; »), tel que l’annuaire de l’éducation le publie
    file: PathBuf,
    /// Le fichier est complet : ferme les établissements qu’il ne contient plus
    #[arg(long)]
    complete: bool,
    /// Écrit le compte rendu en JSON
    #[arg(long)]
    json: bool,
}

impl Directory {
    pub(super) async fn run(self, journal: &Journal) -> Result<ExitCode, CliFault> {
        let Self::Import(import) = self;
        import.run(journal).await
    }
}

impl Import {
    async fn run(self, journal: &Journal) -> Result<ExitCode, CliFault> {
        let reader = Reader::open(&Source::from(self.file.clone())).map_err(unreadable)?;
        let bar = ProgressBar::new(reader.length());
        let template = "Annuaire {wide_bar} {bytes}/{total_bytes} ({msg}, reste {eta})";
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        let closing =
            if self.complete { Closing::Absent { at_most_percent: 10 } } else { Closing::Never };
        let options = Options { closing, ..Options::default() };
        let told = |progress: Progress| {
            bar.set_position(progress.bytes);
            bar.set_message(format!("{} lignes", progress.rows));
        };
        let schools = LoggedSchools::by_import(journal);
        let report =
            import(reader, &schools, options, told).await.map_err(|fault| stopped(&fault))?;
        bar.finish_and_clear();
        if self.json {
            output::line(serde_json::to_string_pretty(&report).unwrap_or_default());
        } else {
            output::line(report.to_string());
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn unreadable(error: OpenError) -> CliFault {
    match error {
        OpenError::Refused(refused) => CliFault::Refused(refused.french()),
        OpenError::Unreadable(err) => CliFault::io("le fichier est illisible")(err),
    }
}

fn stopped(fault: &ImportFault) -> CliFault {
    tracing::error!(err = fault as &dyn std::error::Error, "an import stopped");
    CliFault::Refused(
        "l’import s’est arrêté ; ce qui est fait est gardé, le même fichier peut être repris"
            .to_owned(),
    )
}
