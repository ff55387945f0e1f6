//! What letters about accounts and schools’ spaces say.

use domain::{
    correspondence::template::Template,
    kernel::{
        ids::{AccountId, LinkId},
        uai::Uai,
    },
};
use jiff::{Timestamp, civil::DateTime, tz::TimeZone};
use mailer::{
    letters::{
        access::{AccessDeclined, AccessRequested, MemberInvited, Requester},
        account::{
            AccountLocked, EmailChange, PasswordChanged, ResetPassword, SignInLink, VerifyEmail,
        },
        audit::SignedNote,
    },
    message::Attachment,
};
use projections::{
    accounts::{
        access_requests,
        account_list::{self, Account},
        invitations,
    },
    directory::schools,
};
use schema::{
    names,
    ports::{LinkPurpose, SignedLink},
};

use super::{Due, NOTHING, Words, WriteFault};
use crate::{app::App, checkpoints};

/// What the letter says.
pub(super) async fn words(app: &App, due: &Due) -> Result<Words, WriteFault> {
    match due.template {
        Template::AccessRequested | Template::AccessDeclined => access(app, due).await,
        Template::MemberInvited => invited(app, due).await,
        Template::VerifyEmail
        | Template::ResetPassword
        | Template::PasswordChanged
        | Template::AccountLocked
        | Template::SignInLink
        | Template::EmailChange => account(app, due).await,
        Template::SignedNote => signed_note(app, due).await,
        Template::ConventionToOrigin
        | Template::BookingToHost
        | Template::ConventionDeposited
        | Template::ConventionValidated
        | Template::ConventionInvalidated
        | Template::ConventionRegenerated
        | Template::ConventionAmended
        | Template::ConventionReminder
        | Template::BookingCancelled
        | Template::BookingExpired
        | Template::SlotWithdrawn
        | Template::SlotChanged
        | Template::WaitlistJoined
        | Template::WaitlistPromoted
        | Template::WaitlistLapsed
        | Template::AbsenceRecorded
        | Template::SigningInvitation
        | Template::SigningCode
        | Template::SigningDeclined
        | Template::SigningCompleted => Err(NOTHING),
    }
}

async fn account(app: &App, due: &Due) -> Result<Words, WriteFault> {
    let id = due.about.account.ok_or(NOTHING)?;
    let account = app.read.query(move |db| account_list::by_id(db, id)).await?.ok_or(NOTHING)?;
    let mut words = if due.template == Template::PasswordChanged {
        Words::of(PasswordChanged { at: local(due.requested_at), reset: reset(app) })
    } else if due.template == Template::AccountLocked {
        let until = account.locked_until.ok_or(NOTHING)?;
        Words::of(AccountLocked { until: local(until), reset: reset(app) })
    } else {
        with_link(app, due, &account).await?
    };
    words.persons.push(account.person);
    Ok(words)
}

/// The last note of the log; nothing to say as long as nothing was signed.
async fn signed_note(app: &App, due: &Due) -> Result<Words, WriteFault> {
    let id = due.about.account.ok_or(NOTHING)?;
    let account = app.read.query(move |db| account_list::by_id(db, id)).await?.ok_or(NOTHING)?;
    let last = app.journal.last_checkpoint().await?.ok_or(NOTHING)?;
    let file = checkpoints::file_name(&last.note);
    let mut words = Words::of(SignedNote {
        log: app.config.log_origin(),
        events: last.note.size(),
        several: last.note.size() > 1,
        at: local(last.signed_at),
        file: file.clone(),
    });
    words.attachments.push(Attachment::text(&file, last.note.text().to_owned()));
    words.persons.push(account.person);
    Ok(words)
}

/// A letter that bears a personal link.
async fn with_link(app: &App, due: &Due, account: &Account) -> Result<Words, WriteFault> {
    let link = due.about.link.ok_or(NOTHING)?;
    let minutes = app.config.accounts.link_minutes;
    let url = |purpose| url(app, purpose, account.account, link);
    Ok(if due.template == Template::VerifyEmail {
        let school = match &account.school {
            Some(uai) => Some(school_name(app, uai).await?),
            None => None,
        };
        Words::of(VerifyEmail { school, link: url(LinkPurpose::VerifyEmail), minutes })
    } else if due.template == Template::EmailChange {
        Words::of(EmailChange { link: url(LinkPurpose::ChangeEmail), minutes })
    } else if due.template == Template::SignInLink {
        Words::of(SignInLink { link: url(LinkPurpose::SignIn), minutes })
    } else {
        Words::of(ResetPassword { link: url(LinkPurpose::ResetPassword), minutes })
    })
}

async fn access(app: &App, due: &Due) -> Result<Words, WriteFault> {
    let id = due.about.request.ok_or(NOTHING)?;
    let request = app.read.query(move |db| access_requests::by_id(db, id)).await?;
    let request = request.ok_or(NOTHING)?;
    let school = school_name(app, &request.uai).await?;
    let mut words = if due.template == Template::AccessDeclined {
        Words::of(AccessDeclined { school })
    } else {
        let requester = request.requester.as_ref();
        let link = SignedLink { subject: request.uai.to_string(), id: id.uuid() };
        let answer = app.links.url(LinkPurpose::AnswerAccess, &link);
        Words::of(AccessRequested {
            school,
            requester: Requester {
                name: requester.map(|it| names::of_person(&it.last_name, &it.first_name)),
                function: requester.map(|it| it.function.clone()),
                email: requester.map(|it| it.email.as_str().to_owned()),
            },
            grant: answer.clone(),
            decline: answer,
        })
    };
    words.persons.push(request.person);
    Ok(words)
}

async fn invited(app: &App, due: &Due) -> Result<Words, WriteFault> {
    let id = due.about.invitation.ok_or(NOTHING)?;
    let invitation = app.read.query(move |db| invitations::by_id(db, id)).await?;
    let invitation = invitation.ok_or(NOTHING)?;
    let link = SignedLink { subject: invitation.uai.to_string(), id: id.uuid() };
    let mut words = Words::of(MemberInvited {
        school: school_name(app, &invitation.uai).await?,
        role: invitation.role,
        link: app.links.url(LinkPurpose::JoinSpace, &link),
        expires: local(invitation.expires_at),
    });
    words.persons.push(invitation.person);
    Ok(words)
}

fn url(app: &App, purpose: LinkPurpose, account: AccountId, link: LinkId) -> String {
    let link = SignedLink { subject: account.uuid().to_string(), id: link.uuid() };
    app.links.url(purpose, &link)
}

fn reset(app: &App) -> String {
    format!("{}/mot-de-passe-oublie", app.config.public_url)
}

async fn school_name(app: &App, uai: &Uai) -> Result<String, WriteFault> {
    let wanted = uai.clone();
    let school = app.read.query(move |db| schools::by_uai(db, &wanted)).await?;
    Ok(names::of_school(school.as_ref(), uai))
}

/// Accounts belong to no platform: Paris.
fn local(at: Timestamp) -> DateTime {
    TimeZone::get("Europe/Paris").unwrap_or(TimeZone::UTC).to_datetime(at)
}
