//! How mail leaves.

use std::path::PathBuf;

use domain::kernel::email::Email;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How mail leaves.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct MailConfig {
    /// The SMTP server. Without one **nothing is sent**: letters are kept, sealed, in `mailbox` of
    /// the data folder.
    #[schemars(example = &"smtp.ac-exemple.fr")]
    pub smtp_host: Option<String>,
    /// Its port.
    pub smtp_port: u16,
    /// How the connection is protected.
    pub security: MailSecurity,
    /// The user to authenticate as; the password is a secret of its own.
    #[schemars(example = &"escale")]
    pub username: Option<String>,
    /// The name that letters come from, when they belong to no platform.
    pub from_name: String,
    /// The address that letters come from.
    #[schemars(with = "String")]
    pub from: Email,
    /// A PEM file with a certificate authority to trust beside the public ones.
    #[schemars(example = &"/etc/escale/mail-root.pem")]
    pub extra_root: Option<PathBuf>,
}

/// How the connection to the SMTP server is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum MailSecurity {
    /// Not at all: only for a server on the same machine.
    None,
    /// `STARTTLS`, required.
    Starttls,
    /// TLS from the first byte.
    Tls,
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
