//! Mails the last signed note of the log to whoever audits: what they keep proves later that nothing
//! before it was changed.

use std::collections::BTreeSet;

use domain::{
    correspondence::{
        letter::{About, Letter, LetterCommand, Recipient},
        template::Template,
    },
    kernel::ids::{AccountId, LetterId, derived},
    platforms::platform::PlatformRole,
};
use jiff::Timestamp;
use projections::platforms::{platform_list::Platform, platform_roles};

use super::{ReactionFault, context_of, perform::give};
use crate::app::App;

/// Seconds of a day.
const DAY: i64 = 24 * 60 * 60;

/// Has each auditor of `platforms` sent one letter in each period of `audit.mail_days` days, once
/// the log was signed. The period is in the letter’s id.
pub(super) async fn mail(
    app: &App,
    platforms: &[Platform],
    now: Timestamp,
) -> Result<(), ReactionFault> {
    let days = i64::from(app.config.audit.mail_days);
    if days == 0 || app.journal.last_checkpoint().await?.is_none() {
        return Ok(());
    }
    let period = now.as_second().div_euclid(DAY * days).to_string();
    for account in auditors(app, platforms).await? {
        let id = derived(&["letter", "signed note", &account.to_string(), &period]);
        let letter = LetterId::new(id);
        let command = LetterCommand::RequestLetter {
            letter,
            template: Template::SignedNote,
            recipient: Recipient::Account { account },
            about: About { account: Some(account), ..About::default() },
        };
        let context = context_of("clock", id, None, id, None, now);
        give::<Letter>(app, &letter.uuid().to_string(), command, &context).await?;
    }
    Ok(())
}

/// Each once, be it the auditor of several platforms.
async fn auditors(app: &App, platforms: &[Platform]) -> Result<BTreeSet<AccountId>, ReactionFault> {
    let slugs: Vec<_> = platforms.iter().map(|platform| platform.platform.clone()).collect();
    let found = app.read.query(move |db| {
        let mut all = BTreeSet::new();
        for slug in &slugs {
            let offices = platform_roles::of_platform(db, slug)?;
            let auditing = offices.iter().filter(|office| office.role == PlatformRole::Auditor);
            all.extend(auditing.map(|office| office.account));
        }
        Ok(all)
    });
    Ok(found.await?)
}
