//! The real `escale` as processes of its own, with the settings, the signals and the log lines of
//! a service that somebody runs.

use std::{
    io::{BufRead as _, BufReader},
    net::TcpListener,
    path::Path,
    process::{Child, Command, ExitStatus, Stdio},
    sync::atomic::{AtomicU16, Ordering},
    time::Duration,
};

use fixtures::schools::{COLLEGE_COLLINE, LYCEE_VILAR, School};
use jiff::{ToSpan as _, Zoned};
use journal::testing::{Database, Line};
use mailer::testing::SmtpServer;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::sync::watch;

use super::{
    Backend, Person,
    stage::{pupil, register, sign_in, verify_address},
};

/// How long a service may take to open or to end before the test fails.
const PATIENCE: Duration = Duration::from_mins(1);
pub(crate) const PLATFORM: &str = "bassin-de-la-colline";

/// What an operator installs: a log, a data folder, an SMTP server, settings.
pub(crate) struct Installation {
    pub(crate) dir: TempDir,
    pub(crate) mail: SmtpServer,
    /// More settings, for every command.
    pub(crate) settings: Vec<(&'static str, String)>,
    database: Option<Database>,
    port: u16,
}

/// What a command said before it ended.
#[derive(Debug)]
pub(crate) struct Said {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Installation {
    /// Nothing in it yet.
    pub(crate) async fn new(backend: Backend) -> Self {
        let database = match backend {
            Backend::Sqlite => None,
            Backend::Postgres => Some(Database::create().await),
        };
        let mail = SmtpServer::start();
        let dir = tempfile::tempdir().unwrap();
        Self { dir, mail, settings: Vec::new(), database, port: port() }
    }

    /// With a log in PostgreSQL whose tables are in `folder`.
    pub(crate) async fn on_disk(folder: &Path) -> Self {
        let database = Some(Database::create_in(folder).await);
        Self { database, ..Self::new(Backend::Sqlite).await }
    }

    /// The same, which reaches PostgreSQL by a line of its own.
    pub(crate) async fn by_line(mut self) -> (Self, Line) {
        let line = self.database().line().await;
        self.settings.push(("DATABASE_URL", self.database().url_by(&line)));
        (self, line)
    }

    /// Where the log is, in PostgreSQL.
    pub(crate) fn database(&self) -> &Database {
        self.database.as_ref().unwrap()
    }

    /// The same, with its keys in PostgreSQL too.
    pub(crate) async fn sharing_keys() -> Self {
        let mut new = Self::new(Backend::Postgres).await;
        let keys = new.database.as_ref().unwrap().url();
        new.settings.push(("ESCALE_KEYS_URL", keys));
        new
    }

    /// With the schools of the extracts listed and a platform open whose host is the lycée.
    pub(crate) async fn ready(backend: Backend) -> Self {
        Self::new(backend).await.opened()
    }

    /// The same, of what is installed here.
    pub(crate) fn opened(self) -> Self {
        let new = self;
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../fixtures/data/annuaire_prepare.csv");
        new.done(&["directory", "import", file]);
        let (name, host) = ("Bassin de la Colline", LYCEE_VILAR.code);
        new.done(&["platform", "open", PLATFORM, "--name", name, "--host", host]);
        new
    }

    /// Where people reach the service.
    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// `escale` with these arguments and the settings of this installation, and no others.
    pub(crate) fn escale(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_escale"));
        let here = || "sqlite:escale.db".to_owned();
        command
            .args(arguments)
            .env_clear()
            .env("DATABASE_URL", self.database.as_ref().map_or_else(here, Database::url))
            .env("ESCALE_DATA_DIR", self.dir.path())
            .env("ESCALE_MASTER_KEY", "07".repeat(32))
            .env("ESCALE_LISTEN", format!("127.0.0.1:{}", self.port))
            .env("ESCALE_PUBLIC_URL", self.url())
            .env("ESCALE_OPEN_API", "true")
            .env("ESCALE_MAIL__SMTP_HOST", "localhost")
            .env("ESCALE_MAIL__SMTP_PORT", self.mail.port().to_string())
            .env("ESCALE_MAIL__SECURITY", "none")
            .envs(self.settings.iter().map(|(name, value)| (name, value)));
        command
    }

    /// Runs a command to its end.
    pub(crate) fn run(&self, arguments: &[&str]) -> Said {
        said(&mut self.escale(arguments))
    }

    /// Runs a command that must succeed; answers what it said.
    pub(crate) fn done(&self, arguments: &[&str]) -> String {
        let said = self.run(arguments);
        assert_eq!(said.code, Some(0), "escale {}: {said:#?}", arguments.join(" "));
        said.out
    }

    /// Serves, and comes back once it is ready.
    pub(crate) async fn serve(&self) -> Service {
        self.serve_with(&[]).await
    }

    /// The same, with more settings.
    pub(crate) async fn serve_with(&self, settings: &[(&str, &str)]) -> Service {
        let mut command = self.escale(&["serve"]);
        command.envs(settings.iter().copied()).stdout(Stdio::null()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let heard = BufReader::new(child.stderr.take().unwrap()).lines().map_while(Result::ok);
        let (tell, lines) = watch::channel(Vec::new());
        std::thread::spawn(move || {
            for line in heard {
                tell.send_modify(|lines: &mut Vec<String>| lines.push(line));
            }
        });
        let mut service = Service { child, url: self.url(), lines };
        service.become_ready().await;
        service
    }

    /// The last letter to `address`, once one holds `words`.
    pub(crate) async fn letter(&self, address: &str, words: &str) -> String {
        let address = address.to_lowercase();
        let mut seen = 0;
        loop {
            let received = self.mail.wait_for(seen + 1).await;
            seen = received.len();
            let is_it = |letter: &&mailer::testing::Received| {
                letter.recipients.iter().any(|to| to.to_lowercase() == address)
                    && letter.message.text.contains(words)
            };
            if let Some(letter) = received.iter().rev().find(is_it) {
                return letter.message.text.clone();
            }
        }
    }

    /// A school signs up by its code, reads its mail, verifies and signs in.
    pub(crate) async fn sign_up(&self, school: &School) -> Person {
        let person = Person::at(&self.url());
        register(&person, school).await;
        let letter = self.letter(school.mail, "/lien/verification/").await;
        verify_address(&person, &letter).await;
        sign_in(&person, school).await;
        person
    }

    /// The lycée and the collège sign up, the lycée offers a slot of `seats` seats; answers
    /// both, and the slot.
    pub(crate) async fn open_slot(&self, seats: u32) -> (Person, Person, String) {
        let lycee = self.sign_up(&LYCEE_VILAR).await;
        let college = self.sign_up(&COLLEGE_COLLINE).await;
        let formation = json!({
            "platform": PLATFORM, "host": LYCEE_VILAR.code, "level": "CAP", "label": "Ébéniste",
        });
        let added = "... on PlatformChanged { position }";
        let position = lycee.give("addFormation", added, formation).await["position"].clone();
        let asks = "query($at: Position) { formations(platform: \"bassin-de-la-colline\", \
                    minPosition: $at) { id } }";
        let formation = lycee.ask(asks, json!({ "at": position })).await["formations"][0].clone();
        let day = Zoned::now().date().checked_add(60.days()).unwrap();
        let slot = json!({
            "platform": PLATFORM, "host": LYCEE_VILAR.code, "formation": formation["id"],
            "details": {
                "date": day.to_string(), "start": "9:15", "end": "12:00", "seats": seats,
                "room": "Atelier bois",
            },
        });
        let published = "... on SlotPublished { slot { id } }";
        let slot = lycee.give("publishSlot", published, slot).await["slot"]["id"].clone();
        (lycee, college, slot.as_str().unwrap().to_owned())
    }
}

/// A port that stays free while nobody listens: below those that the kernel gives to clients, and
/// given to one test only.
fn port() -> u16 {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    loop {
        let port = 20_000 + NEXT.fetch_add(1, Ordering::Relaxed) % 10_000;
        if TcpListener::bind(("127.0.0.1", port)).is_ok() {
            return port;
        }
    }
}

/// The input of a booking in `slot`.
pub(crate) fn wish(slot: &str, last: &str, first: &str) -> Value {
    let mut wish = pupil(slot.parse().unwrap(), last, first);
    wish["pupil"]["guardianPhone"] = json!("06 39 98 12 34");
    wish
}

fn said(command: &mut Command) -> Said {
    let output = command.stdin(Stdio::null()).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Said { code: output.status.code(), out: text(&output.stdout), err: text(&output.stderr) }
}

/// `escale serve`, under way. Killed when it is dropped.
pub(crate) struct Service {
    child: Child,
    url: String,
    lines: watch::Receiver<Vec<String>>,
}

impl Service {
    async fn become_ready(&mut self) {
        let begun = std::time::Instant::now();
        loop {
            let ready = reqwest::get(format!("{}/readyz", self.url)).await;
            if ready.is_ok_and(|answer| answer.status().is_success()) {
                return;
            }
            let ended = self.child.try_wait().unwrap();
            assert!(ended.is_none() && begun.elapsed() < PATIENCE, "{ended:?} {:#?}", self.lines());
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// What it wrote to its log so far.
    pub(crate) fn lines(&self) -> Vec<String> {
        self.lines.borrow().clone()
    }

    /// Waits until a line of its log holds `words`.
    pub(crate) async fn told(&self, words: &str) {
        let mut lines = self.lines.clone();
        let told = lines.wait_for(|lines| lines.iter().any(|line| line.contains(words)));
        tokio::time::timeout(PATIENCE, told).await.expect(words).expect(words);
    }

    /// Kills it, as a power cut would.
    pub(crate) fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Asks it to stop (SIGTERM).
    pub(crate) fn ask_to_stop(&self) {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
    }

    /// Waits until it has ended.
    pub(crate) async fn ended(&mut self) -> ExitStatus {
        let begun = std::time::Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            assert!(begun.elapsed() < PATIENCE, "does not end: {:#?}", self.lines());
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Stops it as an operator does; it must end well.
    pub(crate) async fn stop(mut self) -> Vec<String> {
        self.ask_to_stop();
        assert_eq!(self.ended().await.code(), Some(0), "{:#?}", self.lines());
        self.lines()
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ended = self.child.kill();
        let _status = self.child.wait();
    }
}
