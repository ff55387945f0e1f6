//! What there is before the doors open: the directory, one platform whose host is a lycée, its
//! slots, and every other school with an account, a space and an open session. Set by the
//! operator's commands, in this process, before any gateway runs.

use domain::{
    accounts::{
        account::{Account, AccountCommand, Holder},
        school_space::{SchoolSpace, SchoolSpaceCommand},
    },
    kernel::{
        decider::Decider,
        envelope::{Actor, Context},
        ids::{AccountId, FormationId, PersonId, SlotId, derived},
        personal::Personal,
        slug::Slug,
        uai::Uai,
    },
    ministages::slot::{Slot, SlotCommand, SlotDetails},
    platforms::{
        platform::{FormationLevel, Platform, PlatformCommand, PlatformRole},
        rules::Rules,
    },
};
use futures::{StreamExt as _, TryStreamExt as _, stream};
use gateway::{
    app::App,
    clock,
    directory::{LoggedSchools, Options, Reader, Source, import},
    ids,
};
use jiff::{ToSpan as _, civil::time};

use crate::{Fault, schools};

pub(crate) const ZONE: &str = "Europe/Paris";
/// How many commands are under way at once.
pub(crate) const AT_ONCE: usize = 256;
/// How many hosts a platform has.
const HOSTS: u32 = 20;
/// In how many days the slots are.
const DAYS: i64 = 60;

/// How much of everything.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Size {
    /// Schools that book.
    pub(crate) schools: u32,
    /// Hosts, twenty a platform.
    pub(crate) hosts: u32,
}

/// A school that books, signed in.
#[derive(Debug, Clone)]
pub(crate) struct School {
    pub(crate) code: String,
    /// What its browser sends.
    pub(crate) cookie: String,
}

/// Who is signed in.
#[derive(Debug)]
pub(crate) struct Cast {
    /// Those who book.
    pub(crate) schools: Vec<School>,
    pub(crate) hosts: Vec<School>,
}

/// Sets it in the log of `app`.
pub(crate) async fn set(app: &App, size: Size) -> Result<Cast, Fault> {
    let directory = schools::directory(size.schools, size.hosts);
    let reader = Reader::open(&Source::from(directory.as_str()))?;
    let listed = LoggedSchools::by_import(&app.journal);
    import(reader, &listed, Options::default(), |_| {}).await?;
    for host in 0..size.hosts {
        receive(app, host).await?;
    }
    let joining = (0..size.schools).map(|number| join(app, schools::origin(number)));
    let schools = stream::iter(joining).buffered(AT_ONCE).try_collect().await?;
    let joining = (0..size.hosts).map(|number| join(app, schools::host(number)));
    let hosts = stream::iter(joining).buffered(AT_ONCE).try_collect().await?;
    Ok(Cast { schools, hosts })
}

/// Offers slots of `seats` seats at the first host.
pub(crate) async fn offer(app: &App, slots: u32, seats: u16) -> Result<Vec<SlotId>, Fault> {
    let slots: Vec<_> = (0..slots).map(|_| SlotId::new(ids::draw())).collect();
    let publishing = slots.iter().map(|slot| publish(app, 0, *slot, seats, DAYS));
    stream::iter(publishing).buffered(AT_ONCE).try_collect::<Vec<()>>().await?;
    Ok(slots)
}

/// The platform of a host.
pub(crate) fn platform_of(host: u32) -> Result<Slug, Fault> {
    Ok(format!("bassin-{}", host / HOSTS).parse()?)
}

/// What there is to discover at a host.
fn formation_of(host: u32) -> FormationId {
    FormationId::new(derived(&["trial", "formation", &host.to_string()]))
}

/// The account of a school.
pub(crate) fn account_of(code: &str) -> AccountId {
    AccountId::new(derived(&["trial", "account", code]))
}

/// The host joins its platform, which the first of them opens.
async fn receive(app: &App, host: u32) -> Result<(), Fault> {
    let (platform, uai) = (platform_of(host)?, schools::host(host).parse::<Uai>()?);
    if host.is_multiple_of(HOSTS) {
        let open = PlatformCommand::OpenPlatform {
            platform: platform.clone(),
            name: format!("Bassin {}", host / HOSTS),
            time_zone: ZONE.to_owned(),
            rules: Rules::default(),
        };
        give::<Platform>(app, &platform, platform.as_str(), open).await?;
    }
    let attach = PlatformCommand::AttachHost { host: uai.clone() };
    give::<Platform>(app, &platform, platform.as_str(), attach).await?;
    let add = PlatformCommand::AddFormation {
        formation: formation_of(host),
        host: uai,
        level: FormationLevel::Cap,
        label: "Charpentier de marine".to_owned(),
    };
    give::<Platform>(app, &platform, platform.as_str(), add).await
}

/// Lets a school audit a platform.
pub(crate) async fn audit(app: &App, platform: &Slug, code: &str) -> Result<(), Fault> {
    let role = PlatformRole::Auditor;
    let grant = PlatformCommand::GrantRole { account: account_of(code), role };
    give::<Platform>(app, platform, platform.as_str(), grant).await
}

/// Offers a slot of `seats` seats at a host, in `days` days.
pub(crate) async fn publish(
    app: &App,
    host: u32,
    slot: SlotId,
    seats: u16,
    days: i64,
) -> Result<(), Fault> {
    let now = clock::moment(app.journal.clock().now(), ZONE);
    let platform = platform_of(host)?;
    let command = SlotCommand::PublishSlot {
        slot,
        platform: platform.clone(),
        host: schools::host(host).parse()?,
        formation: formation_of(host),
        details: SlotDetails {
            date: now.local.date().checked_add(days.days())?,
            start: time(9, 0, 0, 0),
            end: time(12, 0, 0, 0),
            seats,
            room: Some("Atelier bois".to_owned()),
            teacher: None,
            note: None,
        },
        copied_from: None,
        now,
    };
    give::<Slot>(app, &platform, &slot.uuid().to_string(), command).await
}

/// A school founds its space and signs in, as when it had proved its address.
async fn join(app: &App, code: String) -> Result<School, Fault> {
    let (account, uai) = (account_of(&code), code.parse::<Uai>()?);
    let person = PersonId::new(derived(&["trial", "person", &code]));
    let holder = Holder {
        civility: None,
        last_name: format!("Nom{code}"),
        first_name: "Camille".to_owned(),
        function: None,
        phone: None,
    };
    let register = AccountCommand::RegisterAccount {
        account,
        school: Some(uai.clone()),
        login: Personal::new(person, schools::mail(&code).parse()?),
        holder: Personal::new(person, holder),
    };
    let (platform, stream) = (platform_of(0)?, account.uuid().to_string());
    give::<Account>(app, &platform, &stream, register).await?;
    give::<Account>(app, &platform, &stream, AccountCommand::ProveEmail).await?;
    let found = SchoolSpaceCommand::FoundSpace { uai, account };
    give::<SchoolSpace>(app, &platform, &code, found).await?;
    let cookie = app.sessions.open(account, true, app.journal.clock().now()).await?.0;
    let cookie = cookie.split(';').next().unwrap_or_default().to_owned();
    Ok(School { code, cookie })
}

/// Gives a command in the operator’s name, on `platform`.
pub(crate) async fn give<D: Decider>(
    app: &App,
    platform: &Slug,
    stream: &str,
    command: D::Command,
) -> Result<(), Fault> {
    let context = Context {
        command: ids::draw(),
        actor: Actor::Operator,
        from: None,
        correlation: ids::draw(),
        cause: None,
        tenant: Some(platform.to_string()),
        at: app.journal.clock().now(),
    };
    app.journal.handle::<D>(stream, command, &context).await?;
    Ok(())
}
