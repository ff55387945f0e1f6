//! `escale seal`.

use std::process::ExitCode;

use clap::Subcommand;
use journal::Journal;

use super::{CliFault, output};
use crate::{app::OpenFault, config::Config, sealer::Sealer};

/// What can be asked of the seal.
#[derive(Debug, Subcommand)]
pub(super) enum Seal {
    /// Écrit le certificat du cachet de la plateforme (PEM), à remettre à qui vérifie les documents
    Certificate,
}

impl Seal {
    pub(super) async fn run(
        self,
        config: &Config,
        journal: &Journal,
    ) -> Result<ExitCode, CliFault> {
        let Self::Certificate = self;
        let sealer = Sealer::open(config, journal).await.map_err(OpenFault::from)?;
        output::line(sealer.certificates().trim_end());
        Ok(ExitCode::SUCCESS)
    }
}
