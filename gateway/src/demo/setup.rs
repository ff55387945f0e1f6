//! What the demonstration finds when it begins: the directory, the platform with its hosts,
//! formations and slots. These are the operator’s commands.

use std::collections::BTreeMap;

use domain::{
    accounts::account::{Account, AccountCommand, LOGIN},
    kernel::{
        decider::Decider,
        email::Email,
        envelope::{Actor, Context},
        ids::{AccountId, FormationId, PersonId, SlotId},
        personal::{ClaimKey, Personal},
        uai::Uai,
    },
    ministages::slot::{Slot, SlotCommand, SlotDetails},
    platforms::{
        platform::{Platform, PlatformCommand, PlatformRole},
        rules::Rules,
    },
};
use fixtures::{
    demo::{Formation, PLATFORM, When},
    directory,
    schools::{LYCEE_DELAUNAY, LYCEE_VILAR, School},
};
use jiff::civil::Date;
use journal::HandleError;

use super::{DemoAccount, DemoFault};
use crate::{
    app::App,
    clock,
    directory::{LoggedSchools, Options, Reader, Source, import},
    ids,
};

/// Whom one may sign in as once the demonstration was played.
pub fn accounts() -> Vec<DemoAccount> {
    let account = |it: &fixtures::demo::Account| DemoAccount {
        who: it.school.name.to_owned(),
        login: it.school.mail.to_owned(),
        password: it.password.to_owned(),
    };
    PLATFORM.accounts.iter().map(account).collect()
}

/// Who administers the platform, who audits it and runs the service.
pub(super) async fn give_offices(app: &App) -> Result<(), DemoFault> {
    for (school, role) in
        [(&LYCEE_VILAR, PlatformRole::Admin), (&LYCEE_DELAUNAY, PlatformRole::Auditor)]
    {
        let account = account_of(app, school).await?;
        give::<Platform>(app, PLATFORM.slug, PlatformCommand::GrantRole { account, role }).await?;
        if role == PlatformRole::Auditor {
            let id = account.uuid().to_string();
            give::<Account>(app, &id, AccountCommand::AppointOperator).await?;
        }
    }
    app.drain().await.map_err(DemoFault::service)
}

async fn account_of(app: &App, school: &School) -> Result<AccountId, DemoFault> {
    let lost = || DemoFault::unexpected("confier les rôles", school.mail);
    let email: Email = school.mail.parse().map_err(|_| lost())?;
    let key = ClaimKey::Personal(PersonId::new(uuid::Uuid::nil()), email.normalised());
    let claimant = app.journal.claimant(LOGIN, &key).await.map_err(DemoFault::service)?;
    claimant.and_then(|id| id.parse().ok()).ok_or_else(lost)
}

/// The slots that bookings name, by their formation and which of its slots.
pub(super) type Slots = BTreeMap<(usize, When), SlotId>;

/// Imports the schools; answers how many.
pub(super) async fn list_schools(app: &App) -> Result<u64, DemoFault> {
    let reader = Reader::open(&Source::from(directory::PREPARED)).map_err(DemoFault::service)?;
    let schools = LoggedSchools::by_import(&app.journal);
    let report = import(reader, &schools, Options::default(), |_| {}).await;
    Ok(report.map_err(DemoFault::service)?.added)
}

/// Opens the platform, with its hosts and its texts.
pub(super) async fn open_platform(app: &App) -> Result<(), DemoFault> {
    let (first, second) = PLATFORM.notes;
    let mut commands = vec![
        PlatformCommand::OpenPlatform {
            platform: PLATFORM.slug(),
            name: PLATFORM.name.to_owned(),
            time_zone: PLATFORM.time_zone.to_owned(),
            rules: Rules::default(),
        },
        PlatformCommand::ChangeConventionNotes {
            first: first.to_owned(),
            second: second.to_owned(),
        },
    ];
    let attach =
        |host: &fixtures::schools::School| PlatformCommand::AttachHost { host: host.uai() };
    commands.extend(PLATFORM.hosts.iter().map(attach));
    for command in commands {
        give::<Platform>(app, PLATFORM.slug, command).await?;
    }
    Ok(())
}

/// Adds the formations and publishes their slots, those that are to come on `today` and the one
/// that is over.
pub(super) async fn publish_slots(app: &App, today: Date) -> Result<Slots, DemoFault> {
    let mut formations = Vec::new();
    for formation in PLATFORM.formations {
        let id = FormationId::new(ids::draw());
        let (host, level, label) =
            (formation.host.uai(), formation.level, formation.label.to_owned());
        let command = PlatformCommand::AddFormation { formation: id, host, level, label };
        give::<Platform>(app, PLATFORM.slug, command).await?;
        formations.push((id, formation));
    }
    let now = clock::moment(app.journal.clock().now(), PLATFORM.time_zone);
    let mut named = Slots::new();
    let past = std::iter::once(fixtures::demo::past_slot(today));
    for slot in past.chain(fixtures::demo::slots(today)) {
        let Some((formation, described)) = formations.get(slot.formation) else { continue };
        let id = SlotId::new(ids::draw());
        let command = SlotCommand::PublishSlot {
            slot: id,
            platform: PLATFORM.slug(),
            host: described.host.uai(),
            formation: *formation,
            details: details(app, &slot, described).await?,
            copied_from: None,
            now,
        };
        give::<Slot>(app, &id.uuid().to_string(), command).await?;
        if let Some(when) = slot.when {
            named.insert((slot.formation, when), id);
        }
    }
    Ok(named)
}

async fn details(
    app: &App,
    slot: &fixtures::demo::Slot,
    formation: &Formation,
) -> Result<SlotDetails, DemoFault> {
    let teacher = teacher(app, &formation.host.uai(), formation.teacher).await?;
    Ok(SlotDetails {
        date: slot.date,
        start: slot.start,
        end: slot.end,
        seats: slot.seats,
        room: Some(formation.room.to_owned()),
        teacher: Some(Personal::new(teacher, formation.teacher.to_owned())),
        note: None,
    })
}

async fn teacher(app: &App, host: &Uai, name: &str) -> Result<PersonId, DemoFault> {
    let known = app.journal.keyring().identify(&format!("teacher:{host}"), name).await;
    known.map_err(DemoFault::service)
}

async fn give<D: Decider>(app: &App, id: &str, command: D::Command) -> Result<(), DemoFault> {
    let context = Context {
        command: ids::draw(),
        actor: Actor::Operator,
        from: None,
        correlation: ids::draw(),
        cause: None,
        tenant: Some(PLATFORM.slug.to_owned()),
        at: app.journal.clock().now(),
    };
    match app.journal.handle::<D>(id, command, &context).await {
        Ok(_) => Ok(()),
        Err(HandleError::Refused(refusal)) => {
            Err(DemoFault::unexpected("préparer la plateforme", refusal.to_string()))
        }
        Err(err) => Err(DemoFault::service(err)),
    }
}
