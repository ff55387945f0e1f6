//! Whom to believe.

use der::Encode;
use jiff::Timestamp;
use rustls_pki_types::pem::PemObject;
use rustls_pki_types::{CertificateDer, TrustAnchor, UnixTime};
use webpki::{
    ALL_VERIFICATION_ALGS, EndEntityCert, Error, ExtendedKeyUsageValidator, KeyPurposeIdIter,
};
use x509_cert::Certificate;

/// The certificates that are trusted, and the instant to judge them at.
#[derive(Debug, Clone)]
pub struct Trust {
    roots: Vec<CertificateDer<'static>>,
    ours: Vec<Vec<u8>>,
    at: Timestamp,
}

/// The text holds no certificate that can be a root.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no certificate is there: PEM is expected")]
pub struct BadRoot;

/// Any purpose: what the certificates of signatures are for is told in a dozen ways.
struct AnyPurpose;

impl ExtendedKeyUsageValidator for AnyPurpose {
    fn validate(&self, _purposes: KeyPurposeIdIter<'_, '_>) -> Result<(), Error> {
        Ok(())
    }
}

impl Trust {
    /// Trusts nobody, at this instant.
    pub fn nobody(at: Timestamp) -> Self {
        Self { roots: Vec::new(), ours: Vec::new(), at }
    }

    /// And the certificates in this PEM, of authorities or of signers.
    pub fn and_roots(mut self, pem: &str) -> Result<Self, BadRoot> {
        let read: Vec<CertificateDer<'static>> = CertificateDer::pem_slice_iter(pem.as_bytes())
            .collect::<Result<_, _>>()
            .map_err(|_| BadRoot)?;
        if read.is_empty() || read.iter().any(|one| webpki::anchor_from_trusted_cert(one).is_err())
        {
            return Err(BadRoot);
        }
        self.roots.extend(read);
        Ok(self)
    }

    /// The same, judged at another instant.
    #[must_use]
    pub fn judged_at(mut self, at: Timestamp) -> Self {
        self.at = at;
        self
    }

    /// And the certificates of the platform in this PEM, those of before too.
    pub fn and_ours(mut self, pem: &str) -> Result<Self, BadRoot> {
        let read = CertificateDer::pem_slice_iter(pem.as_bytes()).collect::<Result<Vec<_>, _>>();
        self.ours.extend(read.map_err(|_| BadRoot)?.iter().map(|one| one.as_ref().to_vec()));
        Ok(self)
    }

    pub(super) fn is_ours(&self, certificate: &Certificate) -> bool {
        certificate.to_der().is_ok_and(|der| self.ours.contains(&der))
    }

    /// Whether a certificate leads to a root by way of the others.
    pub(super) fn reaches(&self, certificate: &Certificate, others: &[Certificate]) -> bool {
        let Ok(der) = certificate.to_der() else {
            return false;
        };
        let der = CertificateDer::from(der);
        let between: Vec<CertificateDer<'static>> =
            others.iter().filter_map(|one| one.to_der().ok()).map(CertificateDer::from).collect();
        let anchors: Vec<TrustAnchor<'_>> = self
            .roots
            .iter()
            .filter_map(|root| webpki::anchor_from_trusted_cert(root).ok())
            .collect();
        if self.roots.contains(&der) {
            return self.is_current(certificate);
        }
        let Ok(end) = EndEntityCert::try_from(&der) else {
            return false;
        };
        end.verify_for_usage(
            ALL_VERIFICATION_ALGS,
            &anchors,
            &between,
            self.unix_time(),
            AnyPurpose,
            None,
            None,
        )
        .is_ok()
    }

    fn unix_time(&self) -> UnixTime {
        let seconds = u64::try_from(self.at.as_second()).unwrap_or_default();
        UnixTime::since_unix_epoch(std::time::Duration::from_secs(seconds))
    }

    fn is_current(&self, certificate: &Certificate) -> bool {
        let validity = &certificate.tbs_certificate.validity;
        let now = self.unix_time().as_secs();
        let from = validity.not_before.to_unix_duration().as_secs();
        (from..=validity.not_after.to_unix_duration().as_secs()).contains(&now)
    }
}
