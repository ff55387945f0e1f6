//! Personal links sent by mail. A token is the subject, an id and a keyed hash of both for one
//! purpose: nothing is stored, and a letter that is sent again bears the same one. Whether a
//! link may still be used is the aggregate's to say.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, Mac as _};
use schema::ports::{LinkPurpose, SignedLink};
use sha2::Sha256;
use subtle::ConstantTimeEq as _;
use uuid::Uuid;

/// Signs links and reads them.
#[derive(Clone)]
pub struct Links {
    key: [u8; 32],
    public_url: String,
}

impl std::fmt::Debug for Links {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Links(…)")
    }
}

/// The page that a link opens, below the address of the service.
pub fn path_of(purpose: LinkPurpose) -> &'static str {
    match purpose {
        LinkPurpose::VerifyEmail => "lien/verification",
        LinkPurpose::ResetPassword => "lien/mot-de-passe",
        LinkPurpose::ChangeEmail => "lien/adresse",
        LinkPurpose::SignIn => "lien/connexion",
        LinkPurpose::JoinSpace => "lien/invitation",
        LinkPurpose::AnswerAccess => "lien/demande-acces",
        LinkPurpose::Sign => "signer",
        LinkPurpose::Calendar => "agenda",
    }
}

impl Links {
    /// Links below `public_url`, signed with `key`.
    pub fn new(key: [u8; 32], public_url: &str) -> Self {
        Self { key, public_url: public_url.to_owned() }
    }

    /// The token of a link.
    pub fn token(&self, purpose: LinkPurpose, link: &SignedLink) -> String {
        let id = URL_SAFE_NO_PAD.encode(link.id.as_bytes());
        let seal = URL_SAFE_NO_PAD.encode(self.seal(purpose, &link.subject, link.id));
        format!("{}.{id}.{seal}", link.subject)
    }

    /// The address of a link's page.
    pub fn url(&self, purpose: LinkPurpose, link: &SignedLink) -> String {
        format!("{}/{}/{}", self.public_url, path_of(purpose), self.token(purpose, link))
    }

    /// The link that a token stands for, if we made it for `purpose`.
    pub fn read(&self, purpose: LinkPurpose, token: &str) -> Option<SignedLink> {
        let mut parts = token.split('.');
        let (subject, id, seal) = (parts.next()?, parts.next()?, parts.next()?);
        if parts.next().is_some() {
            return None;
        }
        let id = Uuid::from_slice(&URL_SAFE_NO_PAD.decode(id).ok()?).ok()?;
        let seal = URL_SAFE_NO_PAD.decode(seal).ok()?;
        let right: bool = self.seal(purpose, subject, id).ct_eq(seal.as_slice()).into();
        right.then(|| SignedLink { subject: subject.to_owned(), id })
    }

    /// 128 bits: as hard to guess as the id itself.
    fn seal(&self, purpose: LinkPurpose, subject: &str, id: Uuid) -> [u8; 16] {
        let mut short = [0; 16];
        // HMAC takes a key of any length, so this never fails.
        if let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.key) {
            mac.update(purpose.to_string().as_bytes());
            mac.update(&[0]);
            mac.update(subject.as_bytes());
            mac.update(&[0]);
            mac.update(id.as_bytes());
            short.copy_from_slice(&mac.finalize().into_bytes()[..16]);
        }
        short
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn links() -> Links {
        Links::new([7; 32], "http://localhost:8080")
    }

    fn link() -> SignedLink {
        SignedLink { subject: "0491234A".to_owned(), id: Uuid::from_u128(5) }
    }

    #[test]
    fn a_token_is_read_back_for_its_purpose_only() {
        let token = links().token(LinkPurpose::JoinSpace, &link());

        assert_eq!(links().read(LinkPurpose::JoinSpace, &token), Some(link()));
        assert_eq!(links().read(LinkPurpose::AnswerAccess, &token), None);
        assert_eq!(Links::new([8; 32], "").read(LinkPurpose::JoinSpace, &token), None);
    }

    #[test]
    fn a_token_that_was_touched_is_refused() {
        let token = links().token(LinkPurpose::JoinSpace, &link());

        for other in [
            token.replace("0491234A", "0750655E"),
            format!("{token}.x"),
            String::new(),
            token.replace('.', ""),
            format!("{token}A"),
            "é.é.é".to_owned(),
        ] {
            assert_eq!(links().read(LinkPurpose::JoinSpace, &other), None, "{other}");
        }
    }
}
