//! Asking an authority for a time stamp (RFC 3161), and reading its answer.

use cms::content_info::ContentInfo;
use der::asn1::{AnyRef, OctetString};
use der::{Decode, Encode};
use sha2::{Digest, Sha256};
use x509_cert::spki::AlgorithmIdentifierOwned;
use x509_tsp::{MessageImprint, TimeStampReq, TimeStampResp, TspVersion};

use super::fault::SealFault;
use crate::signatures::{oid, stamped_at};

/// The question, in DER: media type `application/timestamp-query`.
pub(super) fn question(signature: &[u8]) -> Result<Vec<u8>, SealFault> {
    let hash_algorithm =
        AlgorithmIdentifierOwned { oid: oid::SHA256, parameters: Some(AnyRef::NULL.into()) };
    let hashed_message = OctetString::new(Sha256::digest(signature).as_slice())?;
    let question = TimeStampReq {
        version: TspVersion::V1,
        message_imprint: MessageImprint { hash_algorithm, hashed_message },
        req_policy: None,
        nonce: None,
        cert_req: true,
        extensions: None,
    };
    Ok(question.to_der()?)
}

/// The time stamp in an answer, if it is one of this signature.
pub(super) fn token(answer: &[u8], signature: &[u8]) -> Result<ContentInfo, SealFault> {
    let answer = TimeStampResp::from_der(answer).map_err(|_| SealFault::BadTimeStamp)?;
    let token = answer.time_stamp_token.ok_or(SealFault::BadTimeStamp)?;
    stamped_at(&token, signature).ok_or(SealFault::BadTimeStamp)?;
    Ok(token)
}
