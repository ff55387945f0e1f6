//! The service put together: the log, the read models, the API, what reacts, what is sent.

use std::{
    num::NonZeroU32,
    ops::Deref,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use domain::access::Viewer;
use journal::{Clock, Journal, MasterKey, Settings};
use projections::{ReadDb, Runner, accounts::viewer};
use schema::{Api, Operations, Parts as ApiParts, ports::Caller};
use tokio::{
    sync::{Mutex, watch},
    task::JoinSet,
};

use crate::{
    checkpoints::Notary,
    config::{BadConfig, Config, Secrets},
    demo::{DemoAccount, opening_clock},
    ids,
    limits::Limits,
    link::Links,
    link_pages,
    looker::Looker,
    password::{HashFault, Passwords},
    portal,
    ports::Service,
    post::{Post, PostFault},
    reactions::{Clockwork, Outbox, ReactionFault, Reactor, Turns},
    sealer::{BadSeal, Sealer},
    session::Sessions,
    signing_pages,
    stacks::Sorter,
    store::{Store, StoreFault},
    theme::{BadTheme, Theme},
};

/// The service. Cheap to clone; all clones are one.
#[derive(Debug, Clone)]
pub struct App(Arc<Parts>);

/// What the service is made of.
pub struct Parts {
    /// What the API asks of the service: settings, log, read models, documents, sessions.
    pub service: Arc<Service>,
    /// GraphQL.
    pub api: Api,
    /// Sends letters.
    pub post: Post,
    /// The largest upload, in bytes.
    pub most_upload_bytes: u64,
    /// How the pages look, when it is not the portal's own way.
    pub theme: Theme,
    /// Whom one may sign in as, in the demonstration.
    pub demo_accounts: Vec<DemoAccount>,
    /// Where the log ended when the service was opened.
    opened_at: u64,
    leaving: AtomicBool,
    stop: watch::Sender<bool>,
    /// Keeps the read models up with the log; taken when it is stopped.
    runner: Mutex<Option<Runner>>,
}

impl std::fmt::Debug for Parts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Parts").field("service", &self.service).finish_non_exhaustive()
    }
}

impl Deref for App {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

impl Deref for Parts {
    type Target = Service;

    fn deref(&self) -> &Service {
        &self.service
    }
}

/// Why the service cannot be opened. Shown in French at the command line.
#[derive(Debug, thiserror::Error)]
pub enum OpenFault {
    /// The settings cannot be used.
    #[error(transparent)]
    Config(#[from] BadConfig),
    /// The data folder cannot be made.
    #[error("le dossier des données ne peut pas être créé")]
    Folder(#[source] std::io::Error),
    /// The log cannot be opened.
    #[error("le journal ne peut pas être ouvert (DATABASE_URL)")]
    Journal(#[from] journal::Fault),
    /// The read models cannot be opened.
    #[error("les modèles de lecture ne peuvent pas être ouverts (ESCALE_DATA_DIR)")]
    Projections(#[from] projections::Fault),
    /// The documents’ store cannot be opened.
    #[error("le dépôt des documents ne peut pas être ouvert (ESCALE_DOCUMENTS_URL)")]
    Store(#[from] StoreFault),
    /// Mail cannot be prepared.
    #[error("le courrier ne peut pas être préparé (ESCALE_MAIL__…)")]
    Post(#[from] PostFault),
    /// This program cannot be started again to read scans.
    #[error("le programme ne peut pas se relancer pour lire les numérisations")]
    Reader(#[from] scans::ReaderFault),
    /// The theme cannot be used.
    #[error(transparent)]
    Theme(#[from] BadTheme),
    /// Documents cannot be sealed.
    #[error(transparent)]
    Seal(#[from] BadSeal),
    /// Passwords cannot be hashed.
    #[error("les mots de passe ne peuvent pas être traités")]
    Passwords(#[from] HashFault),
}

/// How long the read models may take to be level with the log.
const LEVEL_PATIENCE: Duration = Duration::from_secs(30);

/// A deposit is bounded by its platform’s rules; no platform may allow more than this.
const MOST_UPLOAD_BYTES: u64 = 100 * 1024 * 1024;

impl App {
    /// Opens the service by the machine’s clock.
    pub async fn open(config: Config, secrets: Secrets) -> Result<Self, OpenFault> {
        Self::open_with(config, secrets, Clock::system(), Vec::new()).await
    }

    /// Opens the service of a demonstration, showing `demo_accounts` on its first page.
    pub async fn open_demo(
        config: Config,
        secrets: Secrets,
        demo_accounts: Vec<DemoAccount>,
    ) -> Result<Self, OpenFault> {
        Self::open_with(config, secrets, opening_clock(), demo_accounts).await
    }

    /// Opens the service by `clock`, showing `demo_accounts` on its first page.
    pub async fn open_with(
        config: Config,
        secrets: Secrets,
        clock: Clock,
        demo_accounts: Vec<DemoAccount>,
    ) -> Result<Self, OpenFault> {
        let theme = Theme::read(config.theme_dir.as_deref())?;
        let journal = open_journal(&config, &secrets, clock).await?;
        let opened_at = journal.position().await?;
        let read = ReadDb::open(&config.data_dir)?;
        let runner = Runner::start(&read, Arc::new(journal.clone())).await?;
        let store = Store::open(&Places::of(&config).documents, journal.clone())?;
        let reader = || match &config.scan_reader {
            Some(program) => Ok(scans::Reader::of(program.clone())),
            None => scans::Reader::of_this_program(),
        };
        let (reader, looker) = (reader()?, Looker::new(reader()?));
        let key = journal.keyring().mac("links", &[]);
        let service = Arc::new(Service {
            sessions: Sessions::new(journal.clone(), &config),
            links: Links::new(key, &config.public_url),
            passwords: Passwords::new()?,
            sealer: Sealer::open(&config, &journal).await?,
            limits: Limits::new(config.accounts.tries_per_minute),
            since: journal.clock().now(),
            config,
            journal,
            read,
            store,
            reader,
            looker,
            scans: watch::Sender::new(None),
        });
        let post = Post::new(&service, &secrets)?;
        let mut listed = portal::operations();
        listed.extend(link_pages::documents());
        listed.extend(signing_pages::documents());
        let operations = if service.config.demo || service.config.open_api {
            Operations::any(listed)
        } else {
            Operations::only(listed)
        };
        let api = schema::build(ApiParts {
            journal: service.journal.clone(),
            read: service.read.clone(),
            service: service.clone(),
            operations,
        });
        Ok(Self(Arc::new(Parts {
            service,
            api,
            post,
            most_upload_bytes: MOST_UPLOAD_BYTES,
            theme,
            demo_accounts,
            opened_at,
            leaving: AtomicBool::new(false),
            stop: watch::Sender::new(false),
            runner: Mutex::new(Some(runner)),
        })))
    }

    /// Who asks: the holder of the session that `cookies` names, else a visitor.
    pub async fn caller(
        &self,
        cookies: &str,
        from: Option<String>,
    ) -> Result<Caller, schema::ports::PortFault> {
        let found = self.sessions.find(cookies).await;
        let found = found.map_err(crate::ports::fault("finding a session"))?;
        let (viewer, session) = match found {
            None => (Viewer::default(), None),
            Some((account, key)) => {
                let viewer = self.read.query(move |db| viewer::viewer_of(db, account)).await;
                let viewer = viewer.map_err(crate::ports::fault("finding an account"))?;
                (viewer, Some(key))
            }
        };
        Ok(Caller { viewer, session, from, correlation: ids::draw() })
    }

    /// Does all that there is to do, and comes back when nothing is left: every reaction is
    /// done, every letter that is due was tried, every deadline that has come was acted on, and
    /// the read models are level with the log.
    pub async fn drain(&self) -> Result<(), ReactionFault> {
        let (reactor, outbox, clockwork) =
            (Reactor::new(self.clone()), Outbox::new(self.clone()), Clockwork::new(self.clone()));
        let sorter = Sorter::new(self.clone());
        loop {
            let before = self.level().await?;
            reactor.catch_up().await?;
            self.level().await?;
            outbox.send_due().await?;
            clockwork.tick().await?;
            self.level().await?;
            sorter.catch_up().await?;
            if self.level().await? == before {
                return Ok(());
            }
        }
    }

    /// Waits until the read models are level with the log; answers where that is.
    async fn level(&self) -> Result<u64, ReactionFault> {
        let head = *self.journal.head().borrow();
        if self.read.wait_for(head, LEVEL_PATIENCE).await {
            Ok(head)
        } else {
            Err(ReactionFault::Behind)
        }
    }

    /// Starts what goes on beside requests; it ends when the service stops.
    pub fn start(&self) -> JoinSet<()> {
        let mut work = JoinSet::new();
        let stop = || self.stop.subscribe();
        work.spawn(Reactor::new(self.clone()).run(stop()));
        work.spawn(Outbox::new(self.clone()).run(stop()));
        work.spawn(Clockwork::new(self.clone()).run(stop()));
        work.spawn(Sorter::new(self.clone()).run(stop()));
        let minutes = self.config.audit.checkpoint_minutes;
        if let Some(pause) = NonZeroU32::new(minutes) {
            let notary = Notary::new(self.journal.clone(), &self.config);
            work.spawn(notary.run(pause, Turns::of(self, "notary"), stop()));
        }
        work
    }

    /// Whether people may be sent here: the read models have once reached the end that the log had
    /// when the service was opened, and are level with it since, but for what came in this very
    /// moment. Not once it is told to stop.
    pub fn is_ready(&self) -> bool {
        let (projected, head) = (*self.read.projected().borrow(), *self.journal.head().borrow());
        let leaves = self.leaving.load(Ordering::Relaxed) || self.stops();
        !leaves && is_level(projected, self.opened_at, head)
    }

    /// Has [`is_ready`](Self::is_ready) say no from now on; all goes on meanwhile.
    pub fn begin_leave(&self) {
        self.leaving.store(true, Ordering::Relaxed);
    }

    /// Whether the service stops: what was accepted is finished, nothing more is begun.
    pub fn stops(&self) -> bool {
        *self.stop.borrow()
    }

    /// Says that the service stops; what was accepted is finished.
    pub fn begin_stop(&self) {
        self.stop.send_replace(true);
    }

    /// Comes back once the service stops.
    pub async fn stopped(&self) {
        let mut stop = self.stop.subscribe();
        // The sender lives as long as the service.
        if stop.wait_for(|stop| *stop).await.is_err() {
            tracing::debug!("the service is gone");
        }
    }

    /// Finishes what was accepted and closes the log.
    pub async fn close(&self) {
        self.begin_stop();
        if let Some(runner) = self.runner.lock().await.take() {
            runner.stop().await;
        }
        self.journal.close().await;
    }
}

/// How many events the read models may be behind while many come in.
const SLACK: u64 = 1000;

fn is_level(projected: u64, opened_at: u64, head: u64) -> bool {
    projected >= opened_at && projected + SLACK >= head
}

/// Where the settings say that everything is.
#[derive(Debug)]
pub(crate) struct Places {
    /// The log; a bare file name lies in the data folder.
    pub(crate) log: String,
    /// The persons’ keys.
    pub(crate) keys: String,
    /// The documents.
    pub(crate) documents: String,
}

impl Places {
    pub(crate) fn of(config: &Config) -> Self {
        let here = |name: &str| config.data_dir.join(name).to_string_lossy().into_owned();
        let log = match config.database_url.strip_prefix("sqlite:") {
            Some(file) if !file.contains('/') => format!("sqlite:{}", here(file)),
            Some(_) | None => config.database_url.clone(),
        };
        let keys = if log == "memory:" {
            log.clone()
        } else {
            config.keys_url.clone().unwrap_or_else(|| here("keys.db"))
        };
        let documents = config.documents_url.clone().unwrap_or_else(|| here("documents"));
        Self { log, keys, documents }
    }
}

/// Opens the log that the settings name.
pub async fn open_journal(
    config: &Config,
    secrets: &Secrets,
    clock: Clock,
) -> Result<Journal, OpenFault> {
    std::fs::create_dir_all(&config.data_dir).map_err(OpenFault::Folder)?;
    let Places { log, keys, .. } = Places::of(config);
    let settings = Settings::new(log, keys, MasterKey::new(secrets.key()?)).with_clock(clock);
    Ok(Journal::open(settings).await?)
}

#[cfg(test)]
mod tests {
    use super::is_level;

    #[test]
    fn a_gateway_that_has_not_seen_all_that_there_was_is_not_ready() {
        assert!(!is_level(0, 1, 1), "an empty read.db, and one event");
        assert!(!is_level(4999, 5000, 5000), "an older copy");
        assert!(is_level(5000, 5000, 5000));
        assert!(is_level(5000, 5000, 6000), "a lot came in just now");
        assert!(!is_level(5000, 5000, 6001), "it does not follow");
        assert!(is_level(0, 0, 0), "a log without events");
    }
}
