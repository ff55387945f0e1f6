//! `escale config`.

use std::{path::Path, process::ExitCode};

use clap::Subcommand;

use super::{CliFault, output};
use crate::config::{self, Config, Secrets};

/// What can be asked of the settings.
#[derive(Debug, Subcommand)]
pub(super) enum ConfigCommand {
    /// Lit les réglages, les montre (sans les secrets) et dit ce qui manque
    Check,
    /// Écrit la référence de tous les réglages (Markdown)
    Reference,
    /// Écrit un fichier de réglages où tout est à sa valeur d’origine (TOML)
    Example,
}

impl ConfigCommand {
    pub(super) fn run(self, file: Option<&Path>) -> Result<ExitCode, CliFault> {
        match self {
            Self::Check => check(file)?,
            Self::Reference => output::line(config::reference().trim_end()),
            Self::Example => output::line(config::example().trim_end()),
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn check(file: Option<&Path>) -> Result<(), CliFault> {
    let config = Config::load(file)?;
    let shown = serde_json::to_string_pretty(&shown(&config)).unwrap_or_default();
    output::line(shown);
    Secrets::load()?;
    output::line("Les réglages sont complets.");
    Ok(())
}

/// The settings, without the passwords that addresses may bear.
fn shown(config: &Config) -> Config {
    Config {
        database_url: without_password(&config.database_url),
        keys_url: config.keys_url.as_deref().map(without_password),
        ..config.clone()
    }
}

fn without_password(url: &str) -> String {
    let parts = url.split_once("://").zip(url.rsplit_once('@'));
    let Some(((scheme, rest), (_, host))) = parts else {
        return url.to_owned();
    };
    let user = rest.split([':', '@']).next().unwrap_or_default();
    format!("{scheme}://{user}:***@{host}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_password_of_an_address_is_not_shown() {
        let config = Config {
            database_url: "postgres://escale:secret@db/escale".to_owned(),
            keys_url: Some("postgres://keys:p@ss@db/keys".to_owned()),
            ..Config::default()
        };

        assert_eq!(shown(&config).database_url, "postgres://escale:***@db/escale");
        assert_eq!(shown(&config).keys_url.unwrap(), "postgres://keys:***@db/keys");
        assert_eq!(shown(&Config::default()), Config::default());
    }
}
