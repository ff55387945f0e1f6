//! `escale operator`.

use std::process::ExitCode;

use clap::Subcommand;
use domain::{accounts::account::AccountCommand, kernel::email::Email};
use journal::Journal;

use super::{
    CliFault, arguments, output,
    platform::{account_for, give_account},
};
use crate::config::Config;

/// Who runs the service.
#[derive(Debug, Subcommand)]
pub(super) enum Operator {
    /// Confie l’exploitation du service à un compte (créé s’il n’existe pas)
    Appoint {
        /// Son adresse
        #[arg(value_parser = arguments::email)]
        email: Email,
    },
    /// La lui retire
    Dismiss {
        /// Son adresse
        #[arg(value_parser = arguments::email)]
        email: Email,
    },
}

impl Operator {
    pub(super) async fn run(
        self,
        config: &Config,
        journal: &Journal,
    ) -> Result<ExitCode, CliFault> {
        let (email, command, said) = match self {
            Self::Appoint { email } => {
                (email, AccountCommand::AppointOperator, "exploite le service")
            }
            Self::Dismiss { email } => {
                (email, AccountCommand::DismissOperator, "n’exploite plus le service")
            }
        };
        let account = account_for(config, journal, &email).await?;
        give_account(journal, account, command).await?;
        output::line(format!("{} {said}.", email.as_str()));
        Ok(ExitCode::SUCCESS)
    }
}
