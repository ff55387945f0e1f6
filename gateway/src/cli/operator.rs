//! `escale operator`.

use std::process::ExitCode;

use clap::Subcommand;
use domain::{
    accounts::account::{AccountCommand, AccountRefusal},
    kernel::email::Email,
};
use journal::Journal;
use schema::words;

use super::{
    CliFault, arguments, output,
    platform::{account_for, give_account},
};
use crate::config::Config;

/// Who runs the service.
#[derive(Debug, Subcommand)]
pub(super) enum Operator {
    /// Confie l’exploitation du service à un compte. S’il n’existe pas, il est créé : son
    /// titulaire choisit son mot de passe par le courriel reçu, puis la commande est répétée
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
        give_account(journal, account, command, |refusal| in_french(refusal, &email)).await?;
        output::line(format!("{} {said}.", email.as_str()));
        Ok(ExitCode::SUCCESS)
    }
}

/// Whoever runs the service has proved to hold the address first.
fn in_french(refusal: AccountRefusal, email: &Email) -> String {
    if refusal == AccountRefusal::NotVerified {
        let email = email.as_str();
        return format!(
            "{email} n’a pas encore choisi de mot de passe : le courriel qui le demande part dès \
             que le service tourne. Ensuite, répétez cette commande"
        );
    }
    words::of_account(refusal)
}
