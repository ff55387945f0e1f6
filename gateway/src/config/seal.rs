//! The seal on documents, and whose signatures to believe.

use std::path::PathBuf;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::BadConfig;

/// The seal on documents, and whose signatures to believe.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct SealConfig {
    /// A PEM file: the certificate, then those that vouch for it. Without one a certificate that
    /// signs itself, « Escale · host », is made at first start for ten years, and renewed at a
    /// start within its last year; `escale seal certificate` prints it.
    #[schemars(example = &"/etc/escale/seal.pem")]
    pub certificate: Option<PathBuf>,
    /// Its key in PEM (PKCS #8; P-256 or RSA).
    #[schemars(example = &"/etc/escale/seal.key")]
    pub key: Option<PathBuf>,
    /// The address of an authority that stamps times (RFC 3161). When it does not answer within
    /// ten seconds, or wrongly, the seal goes without.
    #[schemars(example = &"https://horodatage.exemple.fr/tsa")]
    pub tsa_url: Option<String>,
    /// A folder of certificates in PEM: signatures on what is deposited that lead to one are told
    /// as trusted.
    #[schemars(example = &"/etc/escale/roots")]
    pub trusted_roots: Option<PathBuf>,
}

impl SealConfig {
    /// Whether the settings go together.
    pub(super) fn check(&self) -> Result<(), BadConfig> {
        let impossible = |setting, expected| Err(BadConfig::Impossible { setting, expected });
        if self.certificate.is_some() != self.key.is_some() {
            return impossible("seal.certificate et seal.key", "attendus : les deux, ou aucun");
        }
        if self.tsa_url.as_ref().is_some_and(|url| !url.starts_with("http")) {
            return impossible("seal.tsa_url", "attendu : https://hôte/chemin");
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_certificate_without_its_key_is_half_a_setting() {
        let seal = SealConfig { certificate: Some("c.pem".into()), ..SealConfig::default() };

        assert_eq!(
            seal.check().unwrap_err().to_string(),
            "seal.certificate et seal.key : attendus : les deux, ou aucun"
        );
    }

    #[test]
    fn an_authority_has_a_web_address() {
        let tsa_url = Some("ftp://horloge.example".to_owned());
        let seal = SealConfig { tsa_url, ..SealConfig::default() };

        assert_eq!(
            seal.check().unwrap_err().to_string(),
            "seal.tsa_url : attendu : https://hôte/chemin"
        );
    }
}
