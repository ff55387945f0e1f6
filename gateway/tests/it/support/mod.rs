//! The service for tests, over real HTTP on a port of its own: its clock is held, its letters
//! leave by a real SMTP server, and nothing goes on by itself: [`TestApp::drain`] does all
//! that there is to do.

pub(crate) mod binary;
mod person;
pub(crate) mod stage;

use std::{net::SocketAddr, os::unix::fs::PermissionsExt as _, path::Path};

use domain::kernel::{
    envelope::{Actor, Context},
    ids::PersonId,
};
use gateway::{
    app::App,
    config::{Config, MailConfig, MailSecurity, Secrets},
    router::router,
};
use jiff::Timestamp;
use journal::{Clock, testing::Database};
use mailer::testing::SmtpServer;
use tempfile::TempDir;

pub(crate) use person::{Person, mutation};

/// Where the log is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Backend {
    /// A file of the test's own folder.
    Sqlite,
    /// A database of its own in the cluster that `cargo xtask test` starts.
    Postgres,
}

/// What breaks a child, see [`TestApp::start_with_child`].
pub(crate) const DIES: &str = "kill -KILL $$";
/// What has a child answer well, and far later than anybody waits. The sleeper holds nothing of the
/// child’s, so that the end of the child is the end of its answer.
pub(crate) const ANSWERS_TOO_LATE: &str = "sleep 60 </dev/null >/dev/null";

/// The service, its clock, its mail and its folder.
pub(crate) struct TestApp {
    pub(crate) app: App,
    pub(crate) clock: Clock,
    pub(crate) mail: SmtpServer,
    pub(crate) dir: TempDir,
    pub(crate) url: String,
    server: tokio::task::JoinHandle<()>,
    /// Where the log is, in PostgreSQL.
    pub(crate) database: Option<Database>,
}

/// When tests begin: a Monday, in school time.
pub(crate) const MONDAY: &str = "2027-01-04T08:00:00Z";

impl TestApp {
    /// A service of its own on `backend`.
    pub(crate) async fn start(backend: Backend) -> Self {
        Self::start_with(backend, |_| {}).await
    }

    /// One whose API carries out the listed documents only, as outside tests and demonstrations.
    pub(crate) async fn start_closed() -> Self {
        Self::start_with(Backend::Sqlite, |config| config.open_api = false).await
    }

    /// One whose children do what the shell is told by `how` where they are asked for `work`, before
    /// they do it, until it is mended; all else they do as ever.
    pub(crate) async fn start_with_child(backend: Backend, work: &str, how: &str) -> Self {
        let escale = env!("CARGO_BIN_EXE_escale");
        let script = format!(
            "#!/bin/sh\n[ -e \"$0.mended\" ] || case \"$2\" in *'\"{work}\"'*) {how};; esac\n\
             exec '{escale}' \"$@\"\n"
        );
        Self::start_with(backend, |config| {
            let program = config.data_dir.join("child");
            std::fs::write(&program, script).unwrap();
            std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
            config.scan_reader = Some(program);
        })
        .await
    }

    /// Its children do all that they are asked from now on.
    pub(crate) fn mend_child(&self) {
        std::fs::write(self.dir.path().join("child.mended"), []).unwrap();
    }

    /// One that has no children.
    pub(crate) async fn start_without_child() -> Self {
        let nowhere = |config: &mut Config| config.scan_reader = Some(config.data_dir.join("none"));
        Self::start_with(Backend::Sqlite, nowhere).await
    }

    /// One that trusts the certificates in `folder`.
    pub(crate) async fn start_trusting(backend: Backend, folder: &Path) -> Self {
        let folder = folder.to_owned();
        Self::start_with(backend, |config| config.seal.trusted_roots = Some(folder)).await
    }

    /// One whose pages wear the theme in `folder`.
    pub(crate) async fn start_themed(folder: &Path) -> Self {
        let folder = folder.to_owned();
        Self::start_with(Backend::Sqlite, |config| config.theme_dir = Some(folder)).await
    }

    /// One that mails the last note of the log to each auditor every `days` days.
    pub(crate) async fn start_mailing_notes(backend: Backend, days: u32) -> Self {
        Self::start_with(backend, |config| config.audit.mail_days = days).await
    }

    /// One whose keys are in PostgreSQL, as its log.
    pub(crate) async fn start_sharing_keys() -> Self {
        let share = |config: &mut Config| config.keys_url = Some(config.database_url.clone());
        Self::start_with(Backend::Postgres, share).await
    }

    async fn start_with(backend: Backend, set: impl FnOnce(&mut Config)) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let mail = SmtpServer::start();
        let clock = Clock::held(MONDAY.parse::<Timestamp>().unwrap());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let database = match backend {
            Backend::Sqlite => None,
            Backend::Postgres => Some(Database::create().await),
        };
        let here = || "sqlite:escale.db".to_owned();
        let mut config = Config {
            database_url: database.as_ref().map_or_else(here, Database::url),
            data_dir: dir.path().to_owned(),
            public_url: url.clone(),
            open_api: true,
            scan_reader: Some(env!("CARGO_BIN_EXE_escale").into()),
            mail: MailConfig {
                smtp_host: Some("localhost".to_owned()),
                smtp_port: mail.port(),
                security: MailSecurity::None,
                ..MailConfig::default()
            },
            ..Config::default()
        };
        set(&mut config);
        let app = App::open_with(config, secrets(), clock.clone(), Vec::new()).await.unwrap();
        let service = router(app.clone()).into_make_service_with_connect_info::<SocketAddr>();
        let server = tokio::spawn(async move { axum::serve(listener, service).await.unwrap() });
        Self { app, clock, mail, dir, url, server, database }
    }

    /// Another gateway of the same log, with read models of its own in `folder`.
    pub(crate) async fn beside(&self, folder: &Path) -> App {
        let mut config = self.app.config.clone();
        let here = || config.data_dir.join("keys.db").display().to_string();
        config.keys_url = Some(config.keys_url.clone().unwrap_or_else(here));
        config.documents_url = Some(config.data_dir.join("documents").display().to_string());
        config.data_dir = folder.to_owned();
        App::open_with(config, secrets(), self.clock.clone(), Vec::new()).await.unwrap()
    }

    /// Someone with a browser of their own.
    pub(crate) fn person(&self) -> Person {
        Person::at(&self.url)
    }

    /// Around what the operator does at the command line.
    pub(crate) fn operator(&self, tenant: Option<String>) -> Context {
        Context {
            command: gateway::ids::draw(),
            actor: Actor::Operator,
            from: None,
            correlation: gateway::ids::draw(),
            cause: None,
            tenant,
            at: self.clock.now(),
        }
    }

    /// Does all that there is to do.
    pub(crate) async fn drain(&self) {
        self.app.drain().await.unwrap();
    }

    /// Moves the clock, and does what has come due.
    pub(crate) async fn forward(&self, span: jiff::SignedDuration) {
        self.clock.advance(span);
        self.drain().await;
    }

    /// The letters that came to `address`, the last one last: subject and text.
    pub(crate) fn letters_to(&self, address: &str) -> Vec<mailer::stored::ReadMessage> {
        let address = address.to_lowercase();
        let is_to = |to: &String| to.to_lowercase().contains(&address);
        let letters = self.mail.received().into_iter().map(|received| received.message);
        letters.filter(|letter| letter.to.iter().any(is_to)).collect()
    }

    /// The person who is the pupil of a booking.
    pub(crate) async fn pupil_of(&self, booking: &str) -> PersonId {
        let booking = booking.parse().unwrap();
        let found =
            self.app.read.query(move |db| projections::ministages::bookings::by_id(db, booking));
        found.await.unwrap().unwrap().pupil.person()
    }
}

fn secrets() -> Secrets {
    Secrets { master_key: "07".repeat(32).into(), smtp_password: None }
}

impl Drop for TestApp {
    fn drop(&mut self) {
        self.server.abort();
    }
}

/// The first address of a letter below `path`.
pub(crate) fn link_in(text: &str, path: &str) -> String {
    let at = text.find(path).unwrap_or_else(|| panic!("no {path} in: {text}"));
    let start = text[..at].rfind("http").unwrap();
    text[start..].split_whitespace().next().unwrap().to_owned()
}

/// Each test on both backends.
macro_rules! on_both {
    ($($name:ident),+ $(,)?) => {
        mod sqlite {
            $(#[tokio::test]
            async fn $name() {
                super::$name(crate::support::Backend::Sqlite).await;
            })+
        }

        mod postgres {
            $(#[tokio::test]
            async fn $name() {
                super::$name(crate::support::Backend::Postgres).await;
            })+
        }
    };
}

pub(crate) use on_both;
