//! The certificate of the platform, and the key that seals.

use std::fmt;

use der::asn1::{AnyRef, ObjectIdentifier};
use der::{Decode, Encode};
use jiff::Timestamp;
use ring::rand::SystemRandom;
use ring::rsa;
use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair, RSA_PKCS1_SHA256};
use rustls_pki_types::pem::PemObject;
use rustls_pki_types::{CertificateDer, PrivatePkcs8KeyDer};
use x509_cert::Certificate;
use x509_cert::spki::AlgorithmIdentifierOwned;

use super::fault::{BadKey, SealFault};

const ECDSA_WITH_SHA256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.4.3.2");
const RSA_WITH_SHA256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.11");

/// A certificate with those that vouch for it, and its private key.
pub struct SealingKey {
    /// The one to seal with first, then its issuers as given.
    pub(super) certificates: Vec<Certificate>,
    der: Vec<u8>,
    secret: Secret,
}

enum Secret {
    P256(Box<EcdsaKeyPair>),
    Rsa(Box<rsa::KeyPair>),
}

impl fmt::Debug for SealingKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let subject = self.certificates.first().map(|one| one.tbs_certificate.subject.to_string());
        write!(formatter, "SealingKey({})", subject.unwrap_or_default())
    }
}

impl SealingKey {
    /// Certificates in PEM, the one to seal with first, and its key in PEM, PKCS #8.
    pub fn from_pem(certificates: &str, key: &str) -> Result<Self, BadKey> {
        let chain = CertificateDer::pem_slice_iter(certificates.as_bytes())
            .collect::<Result<Vec<_>, _>>()
            .map_err(|_| BadKey::Certificate)?;
        let key = PrivatePkcs8KeyDer::from_pem_slice(key.as_bytes()).map_err(|_| BadKey::Key)?;
        let chain: Vec<&[u8]> = chain.iter().map(AsRef::as_ref).collect();
        Self::from_der(&chain, key.secret_pkcs8_der())
    }

    /// The same without PEM.
    pub fn from_der(certificates: &[&[u8]], key: &[u8]) -> Result<Self, BadKey> {
        let der = (*certificates.first().ok_or(BadKey::Certificate)?).to_vec();
        let certificates = certificates
            .iter()
            .map(|der| Certificate::from_der(der))
            .collect::<Result<Vec<_>, _>>()
            .map_err(|_| BadKey::Certificate)?;
        let secret = Secret::read(key)?;
        let own = certificates.first().ok_or(BadKey::Certificate)?;
        let certified = own.tbs_certificate.subject_public_key_info.subject_public_key.raw_bytes();
        if certified == secret.public() {
            Ok(Self { certificates, der, secret })
        } else {
            Err(BadKey::Mismatch)
        }
    }

    /// The certificate that seals, in DER.
    pub fn certificate(&self) -> &[u8] {
        &self.der
    }

    /// When the certificate is no longer valid.
    pub fn expires(&self) -> Option<Timestamp> {
        let end = self.own()?.tbs_certificate.validity.not_after.to_unix_duration();
        Timestamp::from_second(i64::try_from(end.as_secs()).ok()?).ok()
    }

    pub(super) fn own(&self) -> Option<&Certificate> {
        self.certificates.first()
    }

    /// The length of all certificates, bytes.
    pub(super) fn weight(&self) -> usize {
        let length = |one: &Certificate| one.to_der().map_or(0, |der| der.len());
        self.certificates.iter().map(length).sum()
    }

    /// How signatures of this key are told.
    pub(super) fn algorithm(&self) -> AlgorithmIdentifierOwned {
        match self.secret {
            Secret::P256(_) => {
                AlgorithmIdentifierOwned { oid: ECDSA_WITH_SHA256, parameters: None }
            }
            Secret::Rsa(_) => AlgorithmIdentifierOwned {
                oid: RSA_WITH_SHA256,
                parameters: Some(AnyRef::NULL.into()),
            },
        }
    }

    pub(super) fn sign(&self, message: &[u8]) -> Result<Vec<u8>, SealFault> {
        let chance = SystemRandom::new();
        match &self.secret {
            Secret::P256(pair) => {
                let signature = pair.sign(&chance, message).map_err(|_| SealFault::Signing)?;
                Ok(signature.as_ref().to_vec())
            }
            Secret::Rsa(pair) => {
                let mut signature = vec![0; pair.public().modulus_len()];
                pair.sign(&RSA_PKCS1_SHA256, &chance, message, &mut signature)
                    .map_err(|_| SealFault::Signing)?;
                Ok(signature)
            }
        }
    }
}

impl Secret {
    fn read(pkcs8: &[u8]) -> Result<Self, BadKey> {
        let curve = &ECDSA_P256_SHA256_ASN1_SIGNING;
        if let Ok(pair) = EcdsaKeyPair::from_pkcs8(curve, pkcs8, &SystemRandom::new()) {
            return Ok(Self::P256(Box::new(pair)));
        }
        let pair = rsa::KeyPair::from_pkcs8(pkcs8).map_err(|_| BadKey::Key)?;
        Ok(Self::Rsa(Box::new(pair)))
    }

    fn public(&self) -> &[u8] {
        match self {
            Self::P256(pair) => pair.public_key().as_ref(),
            Self::Rsa(pair) => pair.public_key().as_ref(),
        }
    }
}
