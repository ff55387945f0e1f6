//! What must not be read by others.

use std::path::PathBuf;

use schemars::JsonSchema;
use secrecy::{ExposeSecret, SecretString};

use super::BadConfig;

/// What must not be read by others. `Debug` shows nothing.
#[derive(Debug, Clone, JsonSchema)]
pub struct Secrets {
    /// 64 hexadecimal digits (`openssl rand -hex 32`): wraps the persons’ keys, signs links and
    /// the codes of pages. **Without it everything personal is lost**, and it cannot be changed
    /// yet.
    #[schemars(with = "String")]
    pub master_key: SecretString,
    /// The password of `mail.username`.
    #[schemars(with = "Option<String>")]
    pub smtp_password: Option<SecretString>,
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
    fn a_master_key_has_32_bytes() {
        let secrets = Secrets { master_key: "00ff".to_owned().into(), smtp_password: None };

        assert!(matches!(secrets.key(), Err(BadConfig::BadMasterKey)));
    }
}
