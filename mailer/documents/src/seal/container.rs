//! The CMS container of a seal (RFC 5652), as `PAdES` wants it: the certificate
//! is among what is signed, and the claimed instant is not.

use cms::cert::{CertificateChoices, IssuerAndSerialNumber};
use cms::content_info::{CmsVersion, ContentInfo};
use cms::signed_data::{
    CertificateSet, EncapsulatedContentInfo, SignedData, SignerIdentifier, SignerInfo, SignerInfos,
};
use der::asn1::{ObjectIdentifier, OctetString, SetOfVec};
use der::{Any, Decode, Encode, Sequence};
use sha2::{Digest, Sha256};
use x509_cert::attr::{Attribute, Attributes};
use x509_cert::spki::AlgorithmIdentifierOwned;

use super::fault::SealFault;
use super::key::SealingKey;
use crate::signatures::oid;

/// What is signed, and how: all of a container but the time stamp.
#[derive(Debug, Clone)]
pub(super) struct Signed {
    attributes: Attributes,
    algorithm: AlgorithmIdentifierOwned,
    pub(super) signature: Vec<u8>,
    signer: IssuerAndSerialNumber,
    certificates: CertificateSet,
}

/// `SigningCertificateV2` of RFC 5035, with the default SHA-256.
#[derive(Sequence)]
struct SigningCertificate {
    certificates: Vec<CertificateId>,
}

#[derive(Sequence)]
struct CertificateId {
    hash: OctetString,
}

/// Signs a document of this SHA-256.
pub(super) fn signed(key: &SealingKey, digest: &[u8]) -> Result<Signed, SealFault> {
    let own = key.own().ok_or(SealFault::Signing)?;
    let hash = OctetString::new(Sha256::digest(key.certificate()).as_slice())?;
    let certificate = SigningCertificate { certificates: vec![CertificateId { hash }] };
    let attributes = SetOfVec::try_from(vec![
        attribute(oid::CONTENT_TYPE, &oid::DATA)?,
        attribute(oid::MESSAGE_DIGEST, &OctetString::new(digest)?)?,
        attribute(oid::SIGNING_CERTIFICATE_V2, &certificate)?,
    ])?;
    let signature = key.sign(&attributes.to_der()?)?;
    let chosen = key.certificates.iter().cloned().map(CertificateChoices::Certificate);
    Ok(Signed {
        attributes,
        algorithm: key.algorithm(),
        signature,
        signer: IssuerAndSerialNumber {
            issuer: own.tbs_certificate.issuer.clone(),
            serial_number: own.tbs_certificate.serial_number.clone(),
        },
        certificates: CertificateSet(SetOfVec::try_from(chosen.collect::<Vec<_>>())?),
    })
}

fn attribute(oid: ObjectIdentifier, value: &impl Encode) -> Result<Attribute, der::Error> {
    let value = Any::from_der(&value.to_der()?)?;
    Ok(Attribute { oid, values: SetOfVec::try_from(vec![value])? })
}

impl Signed {
    /// The container in DER, with a time stamp of the signature if there is one.
    pub(super) fn container(self, time_stamp: Option<&ContentInfo>) -> Result<Vec<u8>, SealFault> {
        let sha256 = AlgorithmIdentifierOwned { oid: oid::SHA256, parameters: None };
        let unsigned = match time_stamp {
            Some(token) => {
                Some(SetOfVec::try_from(vec![attribute(oid::TIME_STAMP_TOKEN, token)?])?)
            }
            None => None,
        };
        let signer = SignerInfo {
            version: CmsVersion::V1,
            sid: SignerIdentifier::IssuerAndSerialNumber(self.signer),
            digest_alg: sha256.clone(),
            signed_attrs: Some(self.attributes),
            signature_algorithm: self.algorithm,
            signature: OctetString::new(self.signature)?,
            unsigned_attrs: unsigned,
        };
        let data = SignedData {
            version: CmsVersion::V1,
            digest_algorithms: SetOfVec::try_from(vec![sha256])?,
            encap_content_info: EncapsulatedContentInfo {
                econtent_type: oid::DATA,
                econtent: None,
            },
            certificates: Some(self.certificates),
            crls: None,
            signer_infos: SignerInfos(SetOfVec::try_from(vec![signer])?),
        };
        let content = Any::encode_from(&data)?;
        Ok(ContentInfo { content_type: oid::SIGNED_DATA, content }.to_der()?)
    }
}
