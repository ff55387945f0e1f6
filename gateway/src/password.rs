//! Passwords: the rule, and argon2id on threads that may be busy.

use argon2::{
    Algorithm, Argon2, Params, PasswordHash, PasswordHasher as _, PasswordVerifier as _, Version,
    password_hash::SaltString,
};
use rand::{TryRngCore as _, rngs::OsRng};
use tokio::sync::Semaphore;

/// Why a password cannot be chosen: « min. 8 car., 1 maj., 1 min., 1 chiffre, 1 spécial ».
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WeakPassword {
    /// Under eight characters.
    #[error("a password has 8 characters at least")]
    TooShort,
    /// Over 128 characters.
    #[error("a password has 128 characters at most")]
    TooLong,
    /// Without a capital, a small letter, a digit or a special character.
    #[error("a password has a capital, a small letter, a digit and a special character")]
    TooPlain,
}

/// Hashing could not be done.
#[derive(Debug, thiserror::Error)]
#[error("hashing a password failed")]
pub struct HashFault;

/// Hashes and checks, at most `2` at a time so that sign-ins cannot eat the machine.
#[derive(Debug)]
pub struct Passwords {
    turns: Semaphore,
    decoy: String,
}

/// Whether `password` may be chosen.
pub fn check_strength(password: &str) -> Result<(), WeakPassword> {
    match password.chars().count() {
        n if n < 8 => return Err(WeakPassword::TooShort),
        n if n > 128 => return Err(WeakPassword::TooLong),
        _ => {}
    }
    let has = |kind: fn(char) -> bool| password.chars().any(kind);
    let right = has(char::is_uppercase)
        && has(char::is_lowercase)
        && has(|c| c.is_ascii_digit())
        && has(|c| !c.is_alphanumeric());
    if right { Ok(()) } else { Err(WeakPassword::TooPlain) }
}

fn engine() -> Argon2<'static> {
    Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::default())
}

fn hash(password: &str) -> Result<String, HashFault> {
    let mut salt = [0_u8; 16];
    OsRng.try_fill_bytes(&mut salt).map_err(|_| HashFault)?;
    let salt = SaltString::encode_b64(&salt).map_err(|_| HashFault)?;
    engine()
        .hash_password(password.as_bytes(), &salt)
        .map(|hash| hash.to_string())
        .map_err(|_| HashFault)
}

fn matches(password: &str, hash: &str) -> bool {
    PasswordHash::new(hash)
        .is_ok_and(|hash| engine().verify_password(password.as_bytes(), &hash).is_ok())
}

impl Passwords {
    /// A hasher, with the decoy against which the password of an unknown address is checked.
    pub fn new() -> Result<Self, HashFault> {
        Ok(Self { turns: Semaphore::new(2), decoy: hash("nobody has this password")? })
    }

    /// The PHC string to keep of `password`.
    pub async fn hash(&self, password: String) -> Result<String, HashFault> {
        let _turn = self.turns.acquire().await.map_err(|_| HashFault)?;
        tokio::task::spawn_blocking(move || hash(&password)).await.map_err(|_| HashFault)?
    }

    /// Whether `password` is the one kept. Without one kept, takes the same time and is false.
    pub async fn matches(&self, password: String, kept: Option<String>) -> Result<bool, HashFault> {
        let _turn = self.turns.acquire().await.map_err(|_| HashFault)?;
        let known = kept.is_some();
        let hash = kept.unwrap_or_else(|| self.decoy.clone());
        let right = tokio::task::spawn_blocking(move || matches(&password, &hash))
            .await
            .map_err(|_| HashFault)?;
        Ok(known && right)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_follows_the_rule() {
        assert_eq!(check_strength("Abcdef1!"), Ok(()));
        assert_eq!(check_strength("Été-2027"), Ok(()));
        assert_eq!(check_strength("Abc1!"), Err(WeakPassword::TooShort));
        assert_eq!(check_strength(&"Aa1!".repeat(40)), Err(WeakPassword::TooLong));
        for plain in ["abcdefg1!", "ABCDEFG1!", "Abcdefgh!", "Abcdefgh1"] {
            assert_eq!(check_strength(plain), Err(WeakPassword::TooPlain), "{plain}");
        }
    }

    #[tokio::test]
    async fn only_the_right_password_matches_and_nobody_matches_the_decoy() {
        let passwords = Passwords::new().unwrap();

        let kept = passwords.hash("Abcdef1!".to_owned()).await.unwrap();

        assert!(kept.starts_with("$argon2id$"));
        assert!(passwords.matches("Abcdef1!".to_owned(), Some(kept.clone())).await.unwrap());
        assert!(!passwords.matches("Abcdef1?".to_owned(), Some(kept)).await.unwrap());
        let decoy = "nobody has this password".to_owned();
        assert!(!passwords.matches(decoy, None).await.unwrap());
    }
}
