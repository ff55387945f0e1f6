//! What proves who signs, and that a document was signed here: both derived from keys of the
//! service, stored nowhere.

use domain::{
    conventions::signing::Signatory,
    kernel::ids::{CodeId, ConventionId},
};
use journal::Keyring;

/// Letters and digits that are not taken for one another.
const PLAIN: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

/// The six digits of a code: of one convention and one role, and of this one code.
pub(crate) fn code(
    keyring: &Keyring,
    convention: ConventionId,
    role: Signatory,
    code: CodeId,
) -> String {
    let subject = format!("{convention}\u{1f}{role}\u{1f}{code}");
    let mac = keyring.mac("signing code", subject.as_bytes());
    let [a, b, c, d, ..] = mac;
    format!("{:06}", u32::from_be_bytes([a, b, c, d]) % 1_000_000)
}

/// What is printed on the signed document of a convention: `7F3K-92QD`, 40 bits.
pub(crate) fn verification_code(keyring: &Keyring, convention: ConventionId) -> String {
    let mac = keyring.mac("signed convention", convention.uuid().as_bytes());
    let letters = mac.iter().take(8).map(|byte| char::from(PLAIN[usize::from(byte & 31)]));
    let letters: String = letters.collect();
    let (left, right) = letters.split_at(4);
    format!("{left}-{right}")
}
