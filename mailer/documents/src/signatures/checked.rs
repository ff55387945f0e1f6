//! A container (CMS, RFC 5652) checked against what it signs.

use cms::cert::CertificateChoices;
use cms::content_info::ContentInfo;
use cms::signed_data::{SignedData, SignerIdentifier, SignerInfo};
use der::asn1::{Int, ObjectIdentifier, OctetString};
use der::{Any, Decode, Encode, Sequence};
use jiff::Timestamp;
use x509_cert::Certificate;
use x509_cert::attr::Attributes;
use x509_cert::spki::AlgorithmIdentifierOwned;
use x509_cert::time::Time;
use x509_tsp::TstInfo;

use super::{algorithm, oid};

/// A container whose signature holds.
#[derive(Debug)]
pub(super) struct Checked {
    pub(super) certificate: Certificate,
    /// All certificates in the container.
    pub(super) others: Vec<Certificate>,
    pub(super) signing_time: Option<Timestamp>,
    /// A time stamp of the signature, who made it, and with what.
    pub(super) time_stamp: Option<(Timestamp, Box<Checked>)>,
    /// Whether what it signs is what it was given.
    pub(super) same_content: bool,
}

/// `SigningCertificateV2` of RFC 5035.
#[derive(Sequence)]
struct SigningCertificate {
    certificates: Vec<CertificateId>,
    #[asn1(optional = "true")]
    policies: Option<Any>,
}

#[derive(Sequence)]
struct CertificateId {
    /// SHA-256 when left out.
    #[asn1(optional = "true")]
    algorithm: Option<AlgorithmIdentifierOwned>,
    hash: OctetString,
    #[asn1(optional = "true")]
    issuer: Option<Any>,
}

/// Checks a detached signature over these parts; `None` when it proves nothing.
pub(super) fn checked(container: &[u8], parts: &[&[u8]]) -> Option<Checked> {
    let container = ContentInfo::from_der(container).ok()?;
    let data = signed_data(&container)?;
    if data.encap_content_info.econtent.is_some() {
        return None;
    }
    let mut checked = signed(&data, parts)?;
    let signer = data.signer_infos.0.get(0)?;
    let token = attribute(signer.unsigned_attrs.as_ref(), oid::TIME_STAMP_TOKEN);
    checked.time_stamp = token
        .and_then(|token| token.decode_as::<ContentInfo>().ok())
        .and_then(|token| stamped(&token, signer.signature.as_bytes()))
        .map(|stamp| (stamp.at, Box::new(stamp.by)));
    Some(checked)
}

/// Whether an authority saw these bytes, and was asked with this nonce.
pub(crate) fn answers(token: &ContentInfo, bytes: &[u8], nonce: &Int) -> bool {
    stamped(token, bytes).is_some_and(|stamp| stamp.nonce.as_ref() == Some(nonce))
}

/// What a sound token says.
struct Stamp {
    at: Timestamp,
    nonce: Option<Int>,
    by: Checked,
}

fn stamped(token: &ContentInfo, bytes: &[u8]) -> Option<Stamp> {
    let data = signed_data(token)?;
    if data.encap_content_info.econtent_type != oid::TIME_STAMP {
        return None;
    }
    let content = data.encap_content_info.econtent.as_ref()?;
    let by = signed(&data, &[content.value()]).filter(|by| by.same_content)?;
    let said = TstInfo::from_der(content.value()).ok()?;
    let imprint = said.message_imprint;
    let algorithm = AlgorithmIdentifierOwned { oid: imprint.hash_algorithm.oid, parameters: None };
    let digest = algorithm::digest(&algorithm, &[bytes])?;
    let seconds = i64::try_from(said.gen_time.to_unix_duration().as_secs()).ok()?;
    let at = Timestamp::from_second(seconds).ok()?;
    let same = digest == imprint.hashed_message.as_bytes();
    same.then_some(Stamp { at, nonce: said.nonce, by })
}

fn signed_data(container: &ContentInfo) -> Option<SignedData> {
    if container.content_type != oid::SIGNED_DATA {
        return None;
    }
    container.content.decode_as().ok()
}

/// The one signer of the data, when the signature is theirs.
fn signed(data: &SignedData, parts: &[&[u8]]) -> Option<Checked> {
    if data.signer_infos.0.len() != 1 {
        return None;
    }
    let signer = data.signer_infos.0.get(0)?;
    let others = certificates(data);
    let certificate = others.iter().find(|one| is_named(one, &signer.sid))?.clone();
    let attributes = signer.signed_attrs.as_ref()?;
    let kind: ObjectIdentifier =
        attribute(Some(attributes), oid::CONTENT_TYPE)?.decode_as().ok()?;
    let digest: OctetString = attribute(Some(attributes), oid::MESSAGE_DIGEST)?.decode_as().ok()?;
    let key = &certificate.tbs_certificate.subject_public_key_info;
    let message = attributes.to_der().ok()?;
    let (how, signature) = (&signer.signature_algorithm, signer.signature.as_bytes());
    let sound = kind == data.encap_content_info.econtent_type
        && names_its_certificate(attributes, &certificate)
        && algorithm::signs(key, how, &signer.digest_alg, &message, signature);
    let content = algorithm::digest(&signer.digest_alg, parts)?;
    sound.then(|| Checked {
        signing_time: signing_time(signer),
        same_content: content == digest.as_bytes(),
        time_stamp: None,
        certificate,
        others,
    })
}

fn certificates(data: &SignedData) -> Vec<Certificate> {
    let all = data.certificates.iter().flat_map(|all| all.0.iter());
    all.filter_map(|one| match one {
        CertificateChoices::Certificate(certificate) => Some(certificate.clone()),
        CertificateChoices::Other(_) => None,
    })
    .collect()
}

fn is_named(certificate: &Certificate, name: &SignerIdentifier) -> bool {
    let body = &certificate.tbs_certificate;
    match name {
        SignerIdentifier::IssuerAndSerialNumber(name) => {
            body.issuer == name.issuer && body.serial_number == name.serial_number
        }
        SignerIdentifier::SubjectKeyIdentifier(name) => {
            let mut extensions = body.extensions.iter().flatten();
            let own = extensions.find(|one| one.extn_id == oid::KEY_IDENTIFIER);
            own.and_then(|own| OctetString::from_der(own.extn_value.as_bytes()).ok())
                .is_some_and(|own| own == name.0)
        }
    }
}

/// Whether the certificate is the one that was signed with the content; older
/// signatures do not name it.
fn names_its_certificate(attributes: &Attributes, certificate: &Certificate) -> bool {
    let Some(named) = attribute(Some(attributes), oid::SIGNING_CERTIFICATE_V2) else {
        return true;
    };
    let named = named.decode_as::<SigningCertificate>().ok();
    let first = named.as_ref().and_then(|named| named.certificates.first());
    let sha256 = AlgorithmIdentifierOwned { oid: oid::SHA256, parameters: None };
    let digest = certificate.to_der().ok().zip(first).and_then(|(der, first)| {
        algorithm::digest(first.algorithm.as_ref().unwrap_or(&sha256), &[&der])
    });
    first.zip(digest).is_some_and(|(first, digest)| first.hash.as_bytes() == digest)
}

fn signing_time(signer: &SignerInfo) -> Option<Timestamp> {
    let said = attribute(signer.signed_attrs.as_ref(), oid::SIGNING_TIME)?;
    let time = Time::from_der(&said.to_der().ok()?).ok()?;
    let seconds = i64::try_from(time.to_unix_duration().as_secs()).ok()?;
    Timestamp::from_second(seconds).ok()
}

fn attribute(attributes: Option<&Attributes>, wanted: ObjectIdentifier) -> Option<&Any> {
    let mut found = attributes?.iter().filter(|one| one.oid == wanted);
    let (first, none) = (found.next()?, found.next());
    if none.is_some() || first.values.len() != 1 {
        return None;
    }
    first.values.get(0)
}
