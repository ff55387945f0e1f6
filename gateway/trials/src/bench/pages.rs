//! The pages that are opened most, through the API, beside the same questions to the read models.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use domain::{
    conventions::convention::ConventionTab,
    kernel::{ids::ConventionId, slug::Slug, uai::Uai},
};
use gateway::app::App;
use projections::{
    Window,
    conventions::tabs,
    ministages::{catalogue, dashboard::Scope},
    operations::audit_trail,
};
use serde_json::{Value, json};
use tokio::task::JoinSet;

use super::desk::Desk;
use crate::{
    Fault,
    stage::{self, School},
    tally::Tally,
};

/// How many requests each figure is of.
const REQUESTS: usize = 2000;
/// How many people ask at once.
const AT_ONCE: [usize; 2] = [1, 8];
const PATIENCE: Duration = Duration::from_mins(10);
const PAGE: Window = Window { limit: 50, offset: 0 };

/// A page of one host.
#[derive(Clone)]
struct Host {
    school: School,
    platform: Slug,
    uai: Uai,
    convention: ConventionId,
}

/// One of the pages measured.
#[derive(Debug, Clone, Copy)]
enum Asked {
    Conventions,
    Slots,
    Trail,
}

pub(super) async fn measure(app: &App, hosts: &[School]) -> Result<(), Fault> {
    let head = app.journal.position().await?;
    if !app.read.wait_for(head, PATIENCE).await {
        return Err("les modèles de lecture ne rattrapent pas le journal".into());
    }
    let hosts = Arc::new(prepare(app, hosts).await?);
    let desk = Desk::open(app)?;
    for asked in [Asked::Conventions, Asked::Slots, Asked::Trail] {
        for clients in AT_ONCE {
            let (begun, at) = (Instant::now(), desk.clone());
            let through = run(clients, &hosts, move |host| {
                let desk = at.clone();
                async move { asked.through(&desk, &host).await }
            });
            tell(&format!("{asked:?} par l’API, {clients}"), &through.await?, begun);
            let (begun, at) = (Instant::now(), app.clone());
            let direct = run(clients, &hosts, move |host| {
                let app = at.clone();
                async move { asked.directly(&app, host).await }
            });
            tell(&format!("{asked:?} en SQL, {clients}"), &direct.await?, begun);
        }
    }
    Ok(())
}

/// The hosts that have conventions, each an auditor of its platform.
async fn prepare(app: &App, hosts: &[School]) -> Result<Vec<Host>, Fault> {
    let mut ready = Vec::new();
    for (number, school) in hosts.iter().enumerate() {
        let platform = stage::platform_of(u32::try_from(number)?)?;
        let uai: Uai = school.code.parse()?;
        let wanted = wanted(&uai, None);
        let found = app.read.query(move |db| tabs::page(db, &wanted, PAGE)).await?;
        let Some(convention) = found.items.first().map(|it| it.id) else { continue };
        stage::audit(app, &platform, &school.code).await?;
        ready.push(Host { school: school.clone(), platform, uai, convention });
    }
    let head = app.journal.position().await?;
    app.read.wait_for(head, PATIENCE).await;
    Ok(ready)
}

fn wanted(host: &Uai, tab: Option<ConventionTab>) -> tabs::Wanted {
    let scope = Scope { host: Some(host.clone()), ..Scope::default() };
    tabs::Wanted { scope, tab, ..tabs::Wanted::default() }
}

impl Asked {
    async fn through(self, desk: &Desk, host: &Host) -> Result<(), Fault> {
        let (operation, variables): (_, Value) = match self {
            Self::Conventions => (
                "HostConventions",
                json!({
                    "slug": host.platform, "uai": host.uai, "tab": "VALIDATED", "sort": "DATE",
                    "descending": false, "offset": 0,
                }),
            ),
            Self::Slots => {
                ("Slots", json!({ "platform": host.platform, "offset": 0, "limit": 50 }))
            }
            Self::Trail => (
                "AuditTrail",
                json!({
                    "kind": "CONVENTION", "id": host.convention.to_string(), "offset": 0, "limit": 50,
                }),
            ),
        };
        let answer = desk.ask(&host.school, operation, &variables).await?;
        let filled = answer.windows(7).any(|bytes| bytes == b"\"items\"") && answer.len() > 500;
        if filled { Ok(()) } else { Err(format!("{self:?} : une page vide").into()) }
    }

    async fn directly(self, app: &App, host: Host) -> Result<(), Fault> {
        let count = match self {
            Self::Conventions => {
                let wanted = wanted(&host.uai, Some(ConventionTab::Validated));
                let asks = move |db: &_| {
                    let counts = tabs::counts(db, &wanted.scope)?;
                    Ok((counts, tabs::page(db, &wanted, PAGE)?.items.len()))
                };
                app.read.query(asks).await?.1
            }
            Self::Slots => {
                let platform = Some(host.platform);
                let wanted = catalogue::Wanted { platform, ..catalogue::Wanted::default() };
                app.read.query(move |db| catalogue::slots(db, &wanted, PAGE)).await?.items.len()
            }
            Self::Trail => {
                let (kind, id) = (audit_trail::Kind::Convention, host.convention.uuid());
                let asks = move |db: &_| audit_trail::touching(db, kind, id, PAGE);
                app.read.query(asks).await?.items.len()
            }
        };
        if count > 0 { Ok(()) } else { Err(format!("{self:?} : une page vide").into()) }
    }
}

/// Asks as often as is counted, of one host after the other.
async fn run<F>(
    clients: usize,
    hosts: &Arc<Vec<Host>>,
    ask: impl Fn(Host) -> F + Clone + Send + Sync + 'static,
) -> Result<Tally, Fault>
where
    F: Future<Output = Result<(), Fault>> + Send,
{
    let mut people = JoinSet::new();
    for client in 0..clients {
        let (hosts, ask) = (hosts.clone(), ask.clone());
        people.spawn(async move {
            let mut took = Tally::default();
            for at in (client..REQUESTS).step_by(clients) {
                let host = hosts.get(at % hosts.len()).ok_or("un hôte")?.clone();
                let begun = Instant::now();
                ask(host).await?;
                took.add(begun.elapsed());
            }
            Ok::<_, Fault>(took)
        });
    }
    let mut took = Tally::default();
    while let Some(person) = people.join_next().await {
        took.absorb(person??);
    }
    Ok(took)
}

fn tell(what: &str, took: &Tally, begun: Instant) {
    let count = u32::try_from(took.count()).unwrap_or(u32::MAX);
    let rate = f64::from(count) / begun.elapsed().as_secs_f64();
    let (half, most) = (took.at(0.5), took.at(0.99));
    println!("  {what} à la fois : {rate:.0}/s ; p50 {half:.2} ms, p99 {most:.2} ms");
}
