//! Finding accounts by their login, and the password kept beside their events.

use domain::{
    accounts::account::{Account, AccountState, Known, LOGIN},
    kernel::{
        email::Email,
        ids::{AccountId, PersonId},
        personal::ClaimKey,
        uai::Uai,
    },
};
use journal::RowWrite;
use projections::directory::schools;
use uuid::Uuid;

use crate::{
    directory::messages::{no_institutional_address, school_closed, unknown_school},
    guard::{Call, port_fault},
    input::{bad_password, same_password},
    order::journal_fault,
    refused::{Done, Stop},
};

/// The rows that keep password hashes, by account.
const CREDENTIAL: &str = "credential";

/// An account that was found by its login.
pub(crate) struct Found {
    /// Which.
    pub(crate) account: AccountId,
    /// The same, as its stream is called.
    pub(crate) stream: String,
    /// Whose key seals what is about its holder.
    pub(crate) person: PersonId,
    /// Whether its address is proved.
    pub(crate) verified: bool,
}

impl Call<'_> {
    /// The account that signs in with `email`: asked of the log, which is never late.
    pub(crate) async fn account_by_login(self, email: &Email) -> Done<Option<Found>> {
        let nobody = PersonId::new(Uuid::nil());
        let key = ClaimKey::Personal(nobody, email.normalised());
        let holder = self.journal().claimant(LOGIN, &key).await;
        match holder.map_err(|fault| journal_fault(&fault))? {
            Some(stream) => self.account_of(stream).await,
            None => Ok(None),
        }
    }

    /// The account whose stream is `stream`, unless it is closed or was never there.
    pub(crate) async fn account_of(self, stream: String) -> Done<Option<Found>> {
        let loaded = self.journal().load::<Account>(&stream).await;
        let (state, _) = loaded.map_err(|fault| journal_fault(&fault))?;
        let found = |known: &Known, verified| Found {
            account: known.account,
            person: known.login.person(),
            verified,
            stream: stream.clone(),
        };
        Ok(match &state {
            AccountState::Unverified(it) => Some(found(&it.known, false)),
            AccountState::Verified(it) => Some(found(&it.known, true)),
            AccountState::Absent | AccountState::Closed => None,
        })
    }

    /// The school `uai`, which must be listed and not closed.
    pub(crate) async fn listed_school(self, uai: &Uai) -> Done<schools::School> {
        use domain::directory::school::SchoolStatus;
        let support = self.service().support_email();
        let wanted = uai.clone();
        let found = self.read(move |db| schools::by_uai(db, &wanted)).await?;
        let school = found.ok_or_else(|| unknown_school(support).at("rne"))?;
        match school.listing.status {
            SchoolStatus::Open | SchoolStatus::Opening => Ok(school),
            SchoolStatus::Closed => Err(Stop::Refused(school_closed(support).at("rne"))),
        }
    }

    /// The login that the school forces on whoever signs up for it.
    pub(crate) fn institutional_login(self, school: &schools::School) -> Done<Email> {
        let mail = self.service().institutional_mail(&school.uai, &school.listing);
        let support = self.service().support_email();
        mail.ok_or_else(|| Stop::Refused(no_institutional_address(support).at("rne")))
    }

    /// The hash of a password that was typed twice and may be chosen.
    pub(crate) async fn chosen_password(self, typed: String, again: &str) -> Done<String> {
        same_password(&typed, again)?;
        let hash = self.service().hash_password(typed).await;
        hash.map_err(port_fault)?.map_err(|bad| Stop::Refused(bad_password(bad)))
    }

    /// Whether `password` is that of `account`; takes the same time when there is none.
    pub(crate) async fn is_password(
        self,
        account: Option<AccountId>,
        password: String,
    ) -> Done<bool> {
        let right = self.service().password_matches(account, password).await;
        Ok(right.map_err(port_fault)?)
    }
}

/// That the account whose stream is `stream` has no password any more.
pub(crate) fn no_credential(stream: &str) -> Done<Vec<RowWrite>> {
    let row = RowWrite::delete(CREDENTIAL, stream);
    Ok(vec![row.map_err(|fault| journal_fault(&fault))?])
}

/// The row that keeps `hash` as the password of the account whose stream is `stream`.
pub(crate) fn credential(stream: &str, hash: &str) -> Done<Vec<RowWrite>> {
    let row = RowWrite::put(CREDENTIAL, stream, &hash, None);
    Ok(vec![row.map_err(|fault| journal_fault(&fault))?])
}
