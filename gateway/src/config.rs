//! What the service is told: defaults, then a TOML file, then `ESCALE_…` variables. Secrets come
//! by environment or by a file of their own, never by the TOML file.

mod accounts;
mod audit;
mod backup;
mod mail;
mod reference;
mod seal;
mod secrets;

use std::{net::SocketAddr, path::PathBuf};

use figment::{
    Figment,
    providers::{Env, Format, Serialized, Toml},
};
use ipnet::IpNet;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use accounts::AccountsConfig;
pub use audit::AuditConfig;
pub use backup::BackupConfig;
pub use mail::{MailConfig, MailSecurity};
pub use reference::{example, reference};
pub use seal::SealConfig;
pub use secrets::Secrets;

/// Everything that is not a secret.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// Where the log is: `sqlite:FILE` (a bare name lies in the data folder) or `postgres://…`;
    /// `memory:` forgets all.
    pub database_url: String,
    /// Where `read.db`, `keys.db` and, unless told otherwise, documents and mailbox live.
    pub data_dir: PathBuf,
    /// Where the persons’ keys are, apart from the log: a file, or `postgres://…` (its schema
    /// `escale_keys`) that gateways on several machines share; `keys.db` in the data folder when
    /// it is not said.
    #[schemars(example = &"postgres://escale_keys@keys.example/escale_keys")]
    pub keys_url: Option<String>,
    /// Where one listens; `serve --listen` wins.
    #[schemars(with = "String")]
    pub listen: SocketAddr,
    /// The address by which people reach the service, without a slash at the end: it stands in
    /// links, and with `https://` cookies are Secure.
    pub public_url: String,
    /// Where documents are stored: a folder, or `s3://bucket/prefix`; `documents` in the data
    /// folder when it is not said.
    #[schemars(example = &"s3://escale/documents")]
    pub documents_url: Option<String>,
    /// A folder with another look: `theme.css`, read after the portal’s own style (its custom
    /// properties are in `gateway/portal/src/theme/tokens.css`), and the fonts and pictures it
    /// names as `/theme/NAME`; `serve --theme-dir` wins.
    #[schemars(example = &"/etc/escale/theme")]
    pub theme_dir: Option<PathBuf>,
    /// Whether a reverse proxy on this machine says where requests come from
    /// (`X-Forwarded-For`).
    pub trust_proxy: bool,
    /// The networks of reverse proxies on other machines that say where requests come from
    /// (`X-Forwarded-For`), like `["192.0.2.7/32"]`. Whoever is in one can say what they like.
    #[schemars(with = "Vec<String>")]
    pub trusted_proxies: Vec<IpNet>,
    /// Who helps people who are lost; shown in pages, letters and refusals.
    pub support_email: String,
    /// Mail.
    pub mail: MailConfig,
    /// Links, sessions and limits of accounts.
    pub accounts: AccountsConfig,
    /// Proofs of the log ([how to prove](how-to/prove.md)).
    pub audit: AuditConfig,
    /// The seal on documents ([why](adr/0017-pdf-signatures.md)), and whose signatures to believe.
    pub seal: SealConfig,
    /// Backups ([how to](how-to/back-up.md)).
    pub backup: BackupConfig,
    /// For how many seconds a service that is told to stop goes on answering while `/readyz` says
    /// no, so that the proxy before it sends people elsewhere.
    pub stop_delay_seconds: u32,
    /// How log lines look, on standard error.
    pub log_format: LogFormat,
    /// Whether the API carries out any document, not only those of the portal: for programs that
    /// ask it themselves.
    pub open_api: bool,
    /// `GraphiQL`, introspection and the mailbox page, for everybody: never with real data.
    pub demo: bool,
    /// The program that is started to read scans: this very one when it is not said. No setting:
    /// tests are another program.
    #[serde(skip)]
    pub scan_reader: Option<PathBuf>,
}

/// How log lines look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// For people.
    Pretty,
    /// For machines.
    Json,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            database_url: "sqlite:escale.db".to_owned(),
            data_dir: PathBuf::from("data"),
            keys_url: None,
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            public_url: "http://localhost:8080".to_owned(),
            documents_url: None,
            theme_dir: None,
            trust_proxy: false,
            trusted_proxies: Vec::new(),
            support_email: "assistance@escale.localhost".to_owned(),
            mail: MailConfig::default(),
            accounts: AccountsConfig::default(),
            audit: AuditConfig::default(),
            seal: SealConfig::default(),
            backup: BackupConfig::default(),
            stop_delay_seconds: 0,
            log_format: LogFormat::Pretty,
            open_api: false,
            demo: false,
            scan_reader: None,
        }
    }
}

/// Why the configuration cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum BadConfig {
    /// A setting is missing, unknown or of the wrong kind.
    #[error("réglage illisible : {0}")]
    Setting(#[from] Box<figment::Error>),
    /// A secret’s file cannot be read.
    #[error("le fichier du secret {name} est illisible ({path})")]
    SecretFile {
        /// Which secret.
        name: &'static str,
        /// Its file.
        path: PathBuf,
        /// Why.
        #[source]
        err: std::io::Error,
    },
    /// There is no master key.
    #[error(
        "il manque ESCALE_MASTER_KEY (64 caractères hexadécimaux, par exemple `openssl rand -hex 32`) \
         ou ESCALE_MASTER_KEY_FILE (un fichier qui la contient)"
    )]
    NoMasterKey,
    /// The master key is not 32 bytes in hexadecimal.
    #[error("ESCALE_MASTER_KEY doit compter 64 caractères hexadécimaux")]
    BadMasterKey,
    /// A setting is of the right kind, but cannot be.
    #[error("{setting} : {expected}")]
    Impossible {
        /// Which.
        setting: &'static str,
        /// What was expected.
        expected: &'static str,
    },
}

impl Config {
    /// Reads the file (if one is named) and the environment, and checks that it can be.
    pub fn load(file: Option<&std::path::Path>) -> Result<Self, BadConfig> {
        let mut figment = Figment::from(Serialized::defaults(Self::default()));
        if let Some(file) = file {
            figment = figment.merge(Toml::file_exact(file));
        }
        let secrets = ["master_key", "master_key_file", "smtp_password", "smtp_password_file"];
        let config: Self = figment
            .merge(
                Env::prefixed("ESCALE_")
                    .ignore(&secrets)
                    .ignore(&["config", "test_postgres"])
                    .split("__"),
            )
            .merge(Env::raw().only(&["DATABASE_URL"]))
            .extract()
            .map_err(Box::new)?;
        config.checked()
    }

    /// Itself, if it can be.
    fn checked(self) -> Result<Self, BadConfig> {
        let impossible = |setting, expected| Err(BadConfig::Impossible { setting, expected });
        let known = ["sqlite:", "postgres://", "postgresql://", "memory:"];
        if !known.iter().any(|scheme| self.database_url.starts_with(scheme)) {
            return impossible("DATABASE_URL", "attendu : sqlite:FICHIER ou postgres://…");
        }
        if !self.public_url.starts_with("http") || self.public_url.ends_with('/') {
            return impossible("public_url", "attendu : https://hôte, sans barre à la fin");
        }
        if self
            .audit
            .origin()
            .is_some_and(|it| it.contains('+') || it.contains(char::is_whitespace))
        {
            return impossible("audit.origin", "attendu : un nom sans espace ni signe plus");
        }
        self.seal.check()?;
        Ok(self)
    }

    /// The name under which the log is signed.
    pub fn log_origin(&self) -> String {
        self.audit.origin().map_or_else(
            || {
                let host = self.public_url.split_once("://").map_or("", |(_, host)| host);
                format!("{host}/journal")
            },
            ToOwned::to_owned,
        )
    }

    /// Whether people reach the service by HTTPS, so that cookies may demand it.
    pub fn is_https(&self) -> bool {
        self.public_url.starts_with("https://")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_defaults_can_be() {
        assert_eq!(Config::default().checked().unwrap(), Config::default());
    }

    #[test]
    fn an_impossible_setting_says_what_was_expected() {
        let config = Config { database_url: "mysql://x".to_owned(), ..Config::default() };

        let message = config.checked().unwrap_err().to_string();

        assert_eq!(message, "DATABASE_URL : attendu : sqlite:FICHIER ou postgres://…");
    }

    #[test]
    fn the_log_is_signed_under_the_name_of_the_service() {
        let named = |origin: &str| {
            let audit = AuditConfig { origin: Some(origin.to_owned()), ..AuditConfig::default() };
            Config { audit, ..Config::default() }
        };

        assert_eq!(Config::default().log_origin(), "localhost:8080/journal");
        assert_eq!(named("").log_origin(), "localhost:8080/journal");
        assert_eq!(named("escale.example").checked().unwrap().log_origin(), "escale.example");
        assert!(named("a b").checked().is_err());
    }
}
