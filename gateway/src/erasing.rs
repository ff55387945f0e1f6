//! What an erased person's accounts leave behind that is no event: their sessions, and what is
//! kept of their password and of the answer to their question.

use domain::kernel::ids::PersonId;
use journal::Journal;
use projections::{ReadDb, accounts::account_list};

use crate::{ports::CREDENTIAL, session::Sessions};

/// The rows that keep the answer to the secret question, by account.
const SECRET_ANSWER: &str = "secret_answer";

/// Ends the sessions and forgets the password of every account that `person` held. Doing it
/// again does no harm.
pub(crate) async fn close_access<E>(
    journal: &Journal,
    read: &ReadDb,
    sessions: &Sessions,
    person: PersonId,
) -> Result<(), E>
where
    E: From<journal::Fault> + From<projections::Fault>,
{
    for account in read.query(move |db| account_list::held_by(db, person)).await? {
        let key = account.uuid().to_string();
        // The password first: nobody opens a session that is not closed below.
        for kind in [CREDENTIAL, SECRET_ANSWER] {
            journal.rows().delete(kind, &key).await?;
        }
        sessions.close_all(account, None).await?;
    }
    Ok(())
}
