//! What the service is told: defaults, then a TOML file, then `ESCALE_…` variables. Secrets come
//! by environment or by a file of their own, never by the TOML file.

mod seal;

use std::{net::SocketAddr, path::PathBuf};

use domain::kernel::email::Email;
use figment::{
    Figment,
    providers::{Env, Format, Serialized, Toml},
};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};

pub use seal::SealConfig;

/// Everything that is not a secret.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Where the log is: `sqlite:escale.db`, `postgres://…` or `memory:`.
    pub database_url: String,
    /// Where `read.db` and, by default, the keys and the documents live.
    pub data_dir: PathBuf,
    /// Where the persons’ keys are, apart from the log: a file, or `postgres://…` that gateways on
    /// several machines share; `keys.db` in the data folder when it is not said.
    pub keys_url: Option<String>,
    /// Where one listens.
    pub listen: SocketAddr,
    /// The address by which people reach the service, without a slash at the end.
    pub public_url: String,
    /// Where documents are stored: a folder, or `s3://bucket/prefix`; `documents` in the data
    /// folder when it is not said.
    pub documents_url: Option<String>,
    /// A folder with another look for the pages (`theme.css`, fonts, pictures).
    pub theme_dir: Option<PathBuf>,
    /// Whether a reverse proxy on this machine says where requests come from
    /// (`X-Forwarded-For`).
    pub trust_proxy: bool,
    /// Who helps people who are lost.
    pub support_email: String,
    /// Mail.
    pub mail: MailConfig,
    /// Links, sessions and limits of accounts.
    pub accounts: AccountsConfig,
    /// Proofs of the log.
    pub audit: AuditConfig,
    /// The seal on documents, and whose signatures to believe.
    pub seal: SealConfig,
    /// For how many seconds a service that is told to stop goes on answering while `/readyz` says
    /// no, so that the proxy before it sends people elsewhere.
    pub stop_delay_seconds: u32,
    /// `pretty` or `json`.
    pub log_format: LogFormat,
    /// Whether the API carries out any document, not only those of the portal: for programs that
    /// ask it themselves.
    pub open_api: bool,
    /// `GraphiQL`, introspection and the mailbox page; only for demonstrations.
    pub demo: bool,
    /// The program that is started to read scans: this very one when it is not said. No setting:
    /// tests are another program.
    #[serde(skip)]
    pub scan_reader: Option<PathBuf>,
}

/// How mail leaves.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct MailConfig {
    /// The SMTP server; without one, letters go to the mailbox that the demo shows.
    pub smtp_host: Option<String>,
    /// Its port.
    pub smtp_port: u16,
    /// How the connection is protected.
    pub security: MailSecurity,
    /// The user to authenticate as; the password is a secret of its own.
    pub username: Option<String>,
    /// The name that letters come from, when they belong to no platform.
    pub from_name: String,
    /// The address that letters come from.
    pub from: Email,
    /// A PEM file with a certificate authority to trust beside the public ones.
    pub extra_root: Option<PathBuf>,
}

/// How the connection to the SMTP server is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MailSecurity {
    /// Not at all: only for a server on the same machine.
    None,
    /// `STARTTLS`, required.
    Starttls,
    /// TLS from the first byte.
    Tls,
}

/// Links, sessions and limits of accounts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct AccountsConfig {
    /// How many minutes a verification or reset link may be used.
    pub link_minutes: u32,
    /// How many hours an invitation may be accepted.
    pub invitation_hours: u32,
    /// Wrong passwords in a row before an account is locked.
    pub lock_after: u32,
    /// For how many minutes.
    pub lock_minutes: u32,
    /// How many hours a session lasts without « Maintenir ma connexion ».
    pub session_hours: u32,
    /// How many days it lasts with it.
    pub kept_session_days: u32,
    /// How many tries of one kind an address may make in a minute.
    pub tries_per_minute: u32,
    /// How often an hour the beginning of a school’s login is shown.
    pub hints_per_hour: u32,
}

/// Proofs of the log, for those who trust nobody.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct AuditConfig {
    /// The name under which the log is signed; the host of `public_url`, and `/journal`, when it is
    /// not said.
    pub origin: Option<String>,
    /// How often the log is signed if it grew; never by itself when 0.
    pub checkpoint_minutes: u32,
    /// Where each note is put besides: a folder, or `s3://bucket/prefix`, that the operator cannot
    /// write over.
    pub export_url: Option<String>,
    /// How often each auditor is mailed the last note, days; never when 0.
    pub mail_days: u32,
}

/// How log lines look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// For people.
    Pretty,
    /// For machines.
    Json,
}

impl Default for MailConfig {
    #[expect(clippy::expect_used, reason = "the address stands right below")]
    fn default() -> Self {
        Self {
            smtp_host: None,
            smtp_port: 587,
            security: MailSecurity::Starttls,
            username: None,
            from_name: "Escale".to_owned(),
            from: "ne-pas-repondre@escale.localhost".parse().expect("an address"),
            extra_root: None,
        }
    }
}

impl Default for AuditConfig {
    fn default() -> Self {
        Self { origin: None, checkpoint_minutes: 60, export_url: None, mail_days: 0 }
    }
}

impl Default for AccountsConfig {
    fn default() -> Self {
        Self {
            link_minutes: 5,
            invitation_hours: 168,
            lock_after: 8,
            lock_minutes: 15,
            session_hours: 8,
            kept_session_days: 30,
            tries_per_minute: 20,
            hints_per_hour: 10,
        }
    }
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
            support_email: "assistance@escale.localhost".to_owned(),
            mail: MailConfig::default(),
            accounts: AccountsConfig::default(),
            audit: AuditConfig::default(),
            seal: SealConfig::default(),
            stop_delay_seconds: 0,
            log_format: LogFormat::Pretty,
            open_api: false,
            demo: false,
            scan_reader: None,
        }
    }
}

/// What must not be read by others. `Debug` shows nothing.
#[derive(Debug, Clone)]
pub struct Secrets {
    /// 32 bytes in hexadecimal: wraps the persons’ keys and derives links and codes.
    pub master_key: SecretString,
    /// The SMTP user’s password.
    pub smtp_password: Option<SecretString>,
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

impl AuditConfig {
    fn origin(&self) -> Option<&str> {
        self.origin.as_deref().filter(|origin| !origin.is_empty())
    }
}

impl Secrets {
    /// Reads the secrets from the environment, or from the files it names.
    pub fn load() -> Result<Self, BadConfig> {
        let master_key =
            secret("ESCALE_MASTER_KEY", "ESCALE_MASTER_KEY_FILE")?.ok_or(BadConfig::NoMasterKey)?;
        let secrets = Self {
            master_key,
            smtp_password: secret("ESCALE_SMTP_PASSWORD", "ESCALE_SMTP_PASSWORD_FILE")?,
        };
        secrets.key().map(|_| secrets)
    }

    /// The master key’s bytes.
    pub fn key(&self) -> Result<[u8; 32], BadConfig> {
        let mut key = [0; 32];
        hex::decode_to_slice(self.master_key.expose_secret().trim(), &mut key)
            .map_err(|_| BadConfig::BadMasterKey)?;
        Ok(key)
    }
}

#[expect(clippy::disallowed_methods, reason = "configuration is read here")]
fn secret(name: &'static str, file: &'static str) -> Result<Option<SecretString>, BadConfig> {
    if let Ok(value) = std::env::var(name) {
        return Ok(Some(value.into()));
    }
    let Ok(path) = std::env::var(file).map(PathBuf::from) else {
        return Ok(None);
    };
    match std::fs::read_to_string(&path) {
        Ok(value) => Ok(Some(value.trim().to_owned().into())),
        Err(err) => Err(BadConfig::SecretFile { name, path, err }),
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

    #[test]
    fn a_master_key_has_32_bytes() {
        let secrets = Secrets { master_key: "00ff".to_owned().into(), smtp_password: None };

        assert!(matches!(secrets.key(), Err(BadConfig::BadMasterKey)));
    }
}
