//! Which signatures and digests are known: SHA-2 with the curves P-256, P-384
//! and Ed25519, or with RSA of 2048 to 8192 bits. SHA-1 proves nothing any more.

use der::asn1::ObjectIdentifier as Oid;
use ring::digest;
use ring::signature::{self, UnparsedPublicKey, VerificationAlgorithm};
use x509_cert::spki::{AlgorithmIdentifierOwned, SubjectPublicKeyInfoOwned};

use super::oid;

type Known = &'static dyn VerificationAlgorithm;

const CURVE_KEY: Oid = Oid::new_unwrap("1.2.840.10045.2.1");
const P256: Oid = Oid::new_unwrap("1.2.840.10045.3.1.7");
const P384: Oid = Oid::new_unwrap("1.3.132.0.34");
const ED25519: Oid = Oid::new_unwrap("1.3.101.112");
const RSA_KEY: Oid = Oid::new_unwrap("1.2.840.113549.1.1.1");
const RSA_PSS: Oid = Oid::new_unwrap("1.2.840.113549.1.1.10");
/// What a signature algorithm says of its digest.
const WITH: [(Oid, Oid); 5] = [
    (Oid::new_unwrap("1.2.840.10045.4.3.2"), oid::SHA256),
    (Oid::new_unwrap("1.2.840.10045.4.3.3"), oid::SHA384),
    (Oid::new_unwrap("1.2.840.113549.1.1.11"), oid::SHA256),
    (Oid::new_unwrap("1.2.840.113549.1.1.12"), oid::SHA384),
    (Oid::new_unwrap("1.2.840.113549.1.1.13"), oid::SHA512),
];

/// The digest of these parts, one after the other.
pub(super) fn digest(algorithm: &AlgorithmIdentifierOwned, parts: &[&[u8]]) -> Option<Vec<u8>> {
    let algorithm = match algorithm.oid {
        oid::SHA256 => &digest::SHA256,
        oid::SHA384 => &digest::SHA384,
        oid::SHA512 => &digest::SHA512,
        _unknown => return None,
    };
    let mut context = digest::Context::new(algorithm);
    for part in parts {
        context.update(part);
    }
    Some(context.finish().as_ref().to_vec())
}

/// Whether the signature of the message is by this key.
pub(super) fn signs(
    key: &SubjectPublicKeyInfoOwned,
    algorithm: &AlgorithmIdentifierOwned,
    digest: &AlgorithmIdentifierOwned,
    message: &[u8],
    signature: &[u8],
) -> bool {
    known(key, algorithm.oid, digest.oid).is_some_and(|known| {
        let key = UnparsedPublicKey::new(known, key.subject_public_key.raw_bytes());
        key.verify(message, signature).is_ok()
    })
}

fn known(key: &SubjectPublicKeyInfoOwned, algorithm: Oid, digest: Oid) -> Option<Known> {
    let said = WITH.iter().find(|(with, _)| *with == algorithm).map(|(_, digest)| *digest);
    let digest = said.unwrap_or(digest);
    match key.algorithm.oid {
        CURVE_KEY => on_curve(key, said?),
        RSA_KEY if algorithm == RSA_PSS => pss(digest),
        RSA_KEY if said.is_some() || algorithm == RSA_KEY => pkcs1(digest),
        ED25519 if algorithm == ED25519 => Some(&signature::ED25519),
        _unknown => None,
    }
}

fn on_curve(key: &SubjectPublicKeyInfoOwned, digest: Oid) -> Option<Known> {
    let curve: Oid = key.algorithm.parameters.as_ref()?.decode_as().ok()?;
    match (curve, digest) {
        (P256, oid::SHA256) => Some(&signature::ECDSA_P256_SHA256_ASN1),
        (P256, oid::SHA384) => Some(&signature::ECDSA_P256_SHA384_ASN1),
        (P384, oid::SHA256) => Some(&signature::ECDSA_P384_SHA256_ASN1),
        (P384, oid::SHA384) => Some(&signature::ECDSA_P384_SHA384_ASN1),
        _unknown => None,
    }
}

fn pkcs1(digest: Oid) -> Option<Known> {
    match digest {
        oid::SHA256 => Some(&signature::RSA_PKCS1_2048_8192_SHA256),
        oid::SHA384 => Some(&signature::RSA_PKCS1_2048_8192_SHA384),
        oid::SHA512 => Some(&signature::RSA_PKCS1_2048_8192_SHA512),
        _unknown => None,
    }
}

fn pss(digest: Oid) -> Option<Known> {
    match digest {
        oid::SHA256 => Some(&signature::RSA_PSS_2048_8192_SHA256),
        oid::SHA384 => Some(&signature::RSA_PSS_2048_8192_SHA384),
        oid::SHA512 => Some(&signature::RSA_PSS_2048_8192_SHA512),
        _unknown => None,
    }
}
