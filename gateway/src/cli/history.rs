//! `escale history`.

use std::process::ExitCode;

use clap::{Args, Subcommand};
use domain::kernel::ids::ConventionId;
use jiff::Timestamp;
use journal::Journal;

use super::{CliFault, arguments, output};
use crate::history;

/// Whose history.
#[derive(Debug, Subcommand)]
pub(super) enum History {
    /// L’histoire d’une convention : chaque événement en clair, et l’état tel qu’il était
    Convention(OfConvention),
}

/// `history convention`.
#[derive(Debug, Args)]
pub(super) struct OfConvention {
    /// La convention : convention_…
    #[arg(value_parser = arguments::convention)]
    convention: ConventionId,
    /// L’instant auquel on se place : 2027-01-13T10:00:00Z ; maintenant si rien n’est dit
    #[arg(long, value_name = "INSTANT")]
    at: Option<Timestamp>,
}

impl History {
    pub(super) async fn run(self, journal: &Journal) -> Result<ExitCode, CliFault> {
        let Self::Convention(of) = self;
        let lines = history::lines(journal, of.convention, of.at).await?;
        if lines.is_empty() {
            let nothing =
                "il n’y a pas de convention à cet identifiant, ou pas encore à cet instant";
            return Err(CliFault::Refused(nothing.to_owned()));
        }
        lines.into_iter().for_each(output::line);
        Ok(ExitCode::SUCCESS)
    }
}
