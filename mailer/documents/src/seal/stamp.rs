//! Asking an authority for a time stamp (RFC 3161), and reading its answer.

use cms::content_info::ContentInfo;
use der::asn1::{AnyRef, Int, OctetString};
use der::{Decode, Encode};
use ring::rand::{SecureRandom, SystemRandom};
use sha2::{Digest, Sha256};
use x509_cert::spki::AlgorithmIdentifierOwned;
use x509_tsp::{MessageImprint, TimeStampReq, TimeStampResp, TspVersion};

use super::fault::SealFault;
use crate::signatures::{answers, oid};

/// What an answer must repeat, so that none given before passes for it.
pub(super) fn nonce() -> Result<Int, SealFault> {
    let mut bytes = [0; 8];
    SystemRandom::new().fill(&mut bytes).map_err(|_| SealFault::Signing)?;
    // Positive, and no byte to leave out: the only DER of its number.
    bytes[0] = bytes[0] & 0x7f | 0x40;
    Ok(Int::new(&bytes)?)
}

/// The question, in DER: media type `application/timestamp-query`.
pub(super) fn question(signature: &[u8], nonce: &Int) -> Result<Vec<u8>, SealFault> {
    let hash_algorithm =
        AlgorithmIdentifierOwned { oid: oid::SHA256, parameters: Some(AnyRef::NULL.into()) };
    let hashed_message = OctetString::new(Sha256::digest(signature).as_slice())?;
    let question = TimeStampReq {
        version: TspVersion::V1,
        message_imprint: MessageImprint { hash_algorithm, hashed_message },
        req_policy: None,
        nonce: Some(nonce.clone()),
        cert_req: true,
        extensions: None,
    };
    Ok(question.to_der()?)
}

/// The time stamp in an answer, if it is one of this signature and answers this question.
pub(super) fn token(
    answer: &[u8],
    signature: &[u8],
    nonce: &Int,
) -> Result<ContentInfo, SealFault> {
    let answer = TimeStampResp::from_der(answer).map_err(|_| SealFault::BadTimeStamp)?;
    let token = answer.time_stamp_token.ok_or(SealFault::BadTimeStamp)?;
    if answers(&token, signature, nonce) { Ok(token) } else { Err(SealFault::BadTimeStamp) }
}
