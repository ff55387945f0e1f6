//! `escale config check`.

use std::{path::Path, process::ExitCode};

use clap::Subcommand;

use super::{CliFault, output};
use crate::config::{Config, Secrets};

/// What can be asked of the settings.
#[derive(Debug, Subcommand)]
pub(super) enum ConfigCommand {
    /// Lit les réglages, les montre (sans les secrets) et dit ce qui manque
    Check,
}

impl ConfigCommand {
    pub(super) fn run(self, file: Option<&Path>) -> Result<ExitCode, CliFault> {
        let Self::Check = self;
        let config = Config::load(file)?;
        let shown = serde_json::to_string_pretty(&shown(&config)).unwrap_or_default();
        output::line(shown);
        Secrets::load()?;
        output::line("Les réglages sont complets.");
        Ok(ExitCode::SUCCESS)
    }
}

/// The settings, without the password that an address may bear.
fn shown(config: &Config) -> Config {
    let mut shown = config.clone();
    if let Some((scheme, rest)) = config.database_url.split_once("://")
        && let Some((user, host)) = rest.rsplit_once('@')
    {
        let user = user.split(':').next().unwrap_or_default();
        shown.database_url = format!("{scheme}://{user}:***@{host}");
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_password_of_an_address_is_not_shown() {
        let config = Config {
            database_url: "postgres://escale:secret@db/escale".to_owned(),
            ..Config::default()
        };

        assert_eq!(shown(&config).database_url, "postgres://escale:***@db/escale");
    }
}
