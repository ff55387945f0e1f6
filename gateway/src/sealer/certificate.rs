//! The certificate of the platform and its key: given by the operator, or made here and kept among
//! the rows of the log, which its gateways share, sealed by the master key.

use std::path::{Path, PathBuf};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use chacha20poly1305::{
    XChaCha20Poly1305, XNonce,
    aead::{Aead as _, AeadCore as _, KeyInit as _, OsRng},
};
use documents::seal::{BadKey, SealingKey};
use jiff::{Timestamp, ToSpan as _, tz::TimeZone};
use journal::{Journal, Rows};
use rcgen::{
    CertificateParams, DistinguishedName, DnType, IsCa, KeyPair, KeyUsagePurpose,
    PKCS_ECDSA_P256_SHA256,
};
use secrecy::{ExposeSecret as _, SecretString};

use crate::config::Config;

/// How long a certificate of ours is valid.
const YEARS: i64 = 10;
/// How long before its end the next one is made.
const DAYS_BEFORE: i64 = 365;
const NONCE: usize = 24;
/// One row for each certificate that was made, by its number. In base64: the nonce, then, sealed,
/// the key, a zero, the certificates.
const KIND: &str = "seal";
const PURPOSE: &str = "key of the seal";
const END: &str = "-----END CERTIFICATE-----";

/// A certificate and its key.
#[derive(Clone)]
pub struct Pair {
    /// In PEM: the one in use, then those that vouch for it, or those that were used before.
    pub certificates: String,
    /// Whether the certificates after the first vouch for it.
    is_chain: bool,
    secret: SecretString,
}

impl std::fmt::Debug for Pair {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Pair").finish_non_exhaustive()
    }
}

/// Why there is no seal. Shown in French at the command line.
#[derive(Debug, thiserror::Error)]
pub enum BadSeal {
    /// A file cannot be read or written.
    #[error("le fichier {path} du cachet ne peut pas être lu ou écrit")]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        #[source]
        err: std::io::Error,
    },
    /// The certificate and the key cannot seal.
    #[error("le certificat du cachet ou sa clé ne convient pas (seal.certificate, seal.key)")]
    Pair(#[from] BadKey),
    /// Our own key was sealed by another master key, or is damaged.
    #[error(
        "la clé du cachet est abîmée, ou scellée par une autre clé maîtresse ; remettez la bonne \
         ESCALE_MASTER_KEY, ou donnez un certificat (seal.certificate, seal.key)"
    )]
    OtherMasterKey,
    /// The rows of the log cannot be read or written.
    #[error("la clé du cachet ne peut pas être lue ou écrite")]
    Rows(#[from] journal::Fault),
    /// A certificate cannot be made.
    #[error("le certificat du cachet ne peut pas être créé")]
    Making(#[from] rcgen::Error),
    /// A certificate to trust cannot be read.
    #[error("{path} n’est pas un certificat au format PEM (seal.trusted_roots)")]
    Root {
        /// Its file.
        path: PathBuf,
    },
    /// A certificate of ours cannot be read.
    #[error("le certificat du cachet est illisible : attendu, le format PEM")]
    Certificate,
    /// The client that asks for time stamps cannot be made.
    #[error("le service d’horodatage ne peut pas être joint (seal.tsa_url)")]
    Authority(#[from] reqwest::Error),
}

impl Pair {
    /// The pair that the settings name, or the service’s own.
    pub(super) async fn open(
        config: &Config,
        journal: &Journal,
        now: Timestamp,
    ) -> Result<Self, BadSeal> {
        let (Some(certificate), Some(key)) = (&config.seal.certificate, &config.seal.key) else {
            let key = journal.keyring().mac(PURPOSE, &[]);
            return Self::own(&journal.rows(), &key, &config.public_url, now).await;
        };
        let read = |path: &Path| std::fs::read_to_string(path).map_err(failed(path));
        let secret = read(key)?.into();
        let pair = Self { certificates: read(certificate)?, is_chain: true, secret };
        pair.checked()
    }

    async fn own(
        rows: &Rows,
        key: &[u8; 32],
        public_url: &str,
        now: Timestamp,
    ) -> Result<Self, BadSeal> {
        let (number, known) = last(rows, key).await?;
        let lasting = now.saturating_add((DAYS_BEFORE * 24).hours()).unwrap_or(now);
        if let Some(known) = &known
            && SealingKey::from_pem(known.current(), known.secret())?.expires() > Some(lasting)
        {
            return Ok(known.clone());
        }
        let earlier = known.as_ref().map(|known| known.certificates.as_str());
        let made = make(public_url, now, earlier.unwrap_or_default())?;
        let name = format!("{:04}", number + 1);
        if rows.put_if_absent(KIND, &name, &sealed(key, &made)?, None).await? {
            tracing::info!(number = number + 1, "a certificate was made for the seal");
            return made.checked();
        }
        // Another gateway was quicker.
        last(rows, key).await?.1.ok_or(BadSeal::OtherMasterKey)
    }

    fn checked(self) -> Result<Self, BadSeal> {
        SealingKey::from_pem(self.current(), self.secret())?;
        Ok(self)
    }

    /// What goes into a signature: the certificate in use, and what vouches for it.
    pub(super) fn current(&self) -> &str {
        let end = self.certificates.find(END).map(|at| at + END.len());
        match end.filter(|_| !self.is_chain).and_then(|end| self.certificates.get(..end)) {
            Some(first) => first,
            None => &self.certificates,
        }
    }

    pub(super) fn secret(&self) -> &str {
        self.secret.expose_secret()
    }
}

fn failed(path: &Path) -> impl FnOnce(std::io::Error) -> BadSeal {
    let path = path.to_owned();
    move |err| BadSeal::File { path, err }
}

/// The pair that was made last, and how many were.
async fn last(rows: &Rows, key: &[u8; 32]) -> Result<(usize, Option<Pair>), BadSeal> {
    let made: Vec<(String, String)> = rows.list(KIND).await?;
    let pair = made.last().map(|(_, text)| opened(key, text).ok_or(BadSeal::OtherMasterKey));
    Ok((made.len(), pair.transpose()?))
}

fn opened(key: &[u8; 32], text: &str) -> Option<Pair> {
    let bytes = STANDARD.decode(text).ok()?;
    let (nonce, sealed) = bytes.split_at_checked(NONCE)?;
    let plain = XChaCha20Poly1305::new(key.into()).decrypt(XNonce::from_slice(nonce), sealed);
    let plain = String::from_utf8(plain.ok()?).ok()?;
    let (secret, certificates) = plain.split_once('\0')?;
    let certificates = certificates.to_owned();
    Some(Pair { certificates, is_chain: false, secret: secret.to_owned().into() })
}

fn sealed(key: &[u8; 32], pair: &Pair) -> Result<String, BadSeal> {
    let plain = format!("{}\0{}", pair.secret(), pair.certificates);
    let nonce = XChaCha20Poly1305::generate_nonce(&mut OsRng);
    let sealed = XChaCha20Poly1305::new(key.into()).encrypt(&nonce, plain.as_bytes());
    let sealed = sealed.map_err(|_| BadSeal::OtherMasterKey)?;
    Ok(STANDARD.encode([nonce.as_slice(), &sealed].concat()))
}

/// A new certificate that signs itself, before the `earlier` ones.
fn make(public_url: &str, now: Timestamp, earlier: &str) -> Result<Pair, BadSeal> {
    let key = KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256)?;
    let host = public_url.split_once("://").map_or(public_url, |(_, host)| host);
    let mut name = DistinguishedName::new();
    name.push(DnType::CommonName, format!("Escale · {host}"));
    name.push(DnType::OrganizationName, "Escale");
    let mut wanted = CertificateParams::default();
    wanted.distinguished_name = name;
    wanted.is_ca = IsCa::ExplicitNoCa;
    wanted.key_usages = vec![KeyUsagePurpose::DigitalSignature, KeyUsagePurpose::ContentCommitment];
    let day = now.to_zoned(TimeZone::UTC).date();
    let until = day.saturating_add(YEARS.years());
    let on = |day: jiff::civil::Date| {
        rcgen::date_time_ymd(
            day.year().into(),
            day.month().unsigned_abs(),
            day.day().unsigned_abs(),
        )
    };
    (wanted.not_before, wanted.not_after) = (on(day), on(until));
    let certificate = wanted.self_signed(&key)?;
    let certificates = format!("{}{earlier}", certificate.pem());
    Ok(Pair { certificates, is_chain: false, secret: key.serialize_pem().into() })
}

#[cfg(test)]
mod tests;
