//! `escale log`.

use std::process::ExitCode;

use clap::Subcommand;
use journal::{Journal, Note};
use schema::words;

use super::{CliFault, output, projections::bar};

/// What can be asked of the log.
#[derive(Debug, Subcommand)]
pub(super) enum Log {
    /// Recalcule le journal entier : positions, chaîne d’empreintes, scellés
    Verify,
}

impl Log {
    pub(super) async fn run(self, journal: &Journal) -> Result<ExitCode, CliFault> {
        let Self::Verify = self;
        verify(journal, &[]).await
    }
}

/// Verifies the whole log, against notes that someone kept, and says what was found.
pub(super) async fn verify(journal: &Journal, notes: &[Note]) -> Result<ExitCode, CliFault> {
    let bar = bar("Vérification");
    let report = journal
        .verify_since(notes, |done, total| {
            bar.set_length(total);
            bar.set_position(done);
        })
        .await?;
    bar.finish_and_clear();
    output::line(format!(
        "{} événements dans {} flux ; {} parlent d’une personne, {} d’une personne effacée.",
        report.events, report.streams, report.sealed, report.erased
    ));
    match report.wrong {
        None => {
            output::line(format!("Notes signées qui concordent : {}", report.notes));
            output::line(format!("Racine de l’arbre : {}", report.root));
            output::line(format!("Le journal est intact. Dernière empreinte : {}", report.chain));
            Ok(ExitCode::SUCCESS)
        }
        Some((position, flaw)) => {
            let flaw = words::of_flaw(&flaw);
            output::line(format!("Le journal n’est pas intact, à la position {position}. {flaw}"));
            Ok(ExitCode::FAILURE)
        }
    }
}
