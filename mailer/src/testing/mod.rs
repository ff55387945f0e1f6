//! A real SMTP server in a child process, for the tests of this crate and of the gateway.
//! It is Debian's aiosmtpd; `apt-get install python3-aiosmtpd` brings it.
#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot have its server must fail, and say why"
)]

mod certificate;

use std::{
    io::{BufRead as _, BufReader, Write as _},
    path::{Path, PathBuf},
    process::{Child, ChildStdin, Command, Stdio},
    sync::Mutex,
    time::Duration,
};

use tokio::sync::watch;

use self::certificate::Certificate;
use crate::{
    stored::{self, ReadMessage},
    transport::{Security, SmtpSettings},
};

const SCRIPT: &str = include_str!("smtp_server.py");
const PYTHON: &str = "/usr/bin/python3";
const INSTALL: &str = "apt-get install python3-aiosmtpd";
/// How long a test waits for a message before it fails.
const PATIENCE: Duration = Duration::from_secs(20);

/// What a server asks of those who come.
#[derive(Debug, Clone, Copy, Default)]
pub struct Manner<'a> {
    /// How connections are protected; not at all by default.
    pub security: Option<Security>,
    /// The only user name and password it lets in, if it asks for one.
    pub sign_in: Option<(&'a str, &'a str)>,
}

/// A server that keeps what it receives. It answers 451 to addresses that begin with
/// `deferred` and 550 to those that begin with `unknown`. Ends when dropped.
pub struct SmtpServer {
    port: u16,
    security: Security,
    certificate: Option<Certificate>,
    child: Child,
    // It hears orders by it; closing it tells it to end, even if the test was killed.
    orders: Mutex<ChildStdin>,
    seen: watch::Receiver<Seen>,
    folder: tempfile::TempDir,
}

/// What can be asked of a server from then on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Order {
    /// Be well again.
    BeWell,
    /// Let nobody reach you, and drop who is there.
    BeDown,
    /// Answer 451 to every letter.
    Refuse,
    /// Take so many seconds before each letter is taken.
    BeSlow(f32),
    /// Kill this process (SIGKILL) when its next letter has come and was not yet taken.
    KillBefore(u32),
    /// Kill this process (SIGKILL) right after its next letter was taken and it was told so.
    KillAfter(u32),
}

impl std::fmt::Display for Order {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::BeWell => write!(f, "WELL"),
            Self::BeDown => write!(f, "DOWN"),
            Self::Refuse => write!(f, "REFUSING"),
            Self::BeSlow(seconds) => write!(f, "SLOW {seconds}"),
            Self::KillBefore(pid) => write!(f, "KILL_BEFORE {pid}"),
            Self::KillAfter(pid) => write!(f, "KILL_AFTER {pid}"),
        }
    }
}

/// What the server told so far.
#[derive(Default)]
struct Seen {
    connections: usize,
    messages: usize,
}

/// A message that the server took, and for whom.
#[derive(Debug, Clone)]
pub struct Received {
    /// The recipients it accepted.
    pub recipients: Vec<String>,
    /// The message, decoded.
    pub message: ReadMessage,
    /// The message, as it travelled.
    pub bytes: Vec<u8>,
}

impl SmtpServer {
    /// A server without encryption or sign-in, on a free port.
    pub fn start() -> Self {
        Self::with(Manner::default())
    }

    /// A server of this manner, on a free port.
    pub fn with(manner: Manner<'_>) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let security = manner.security.unwrap_or(Security::None);
        let certificate = match security {
            Security::None => None,
            Security::Starttls | Security::Tls => Some(Certificate::make(folder.path())),
        };
        let mut command = Command::new(PYTHON);
        command.args(["-W", "ignore", "-c"]).arg(SCRIPT).arg(folder.path());
        command.arg(match security {
            Security::None => "none",
            Security::Starttls => "starttls",
            Security::Tls => "tls",
        });
        if let Some(certificate) = &certificate {
            command.args([&certificate.chain, &certificate.key]);
        }
        if let Some((user, password)) = manner.sign_in {
            command.args(["--auth", user, password]);
        }
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("{PYTHON}: {error}; {INSTALL}"));
        let orders = Mutex::new(child.stdin.take().expect("its input is piped"));
        let (port, seen) = listen_to(&mut child);
        Self { port, security, certificate, child, orders, seen, folder }
    }

    /// The port it listens on, of `localhost`.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Tells it what to be, or to do, from now on.
    pub fn order(&self, order: Order) {
        let mut orders = self.orders.lock().expect("nobody panics here");
        writeln!(orders, "{order}").expect("the SMTP server of the tests runs");
    }

    /// The authority that signed its certificate, as PEM; none without encryption.
    pub fn authority(&self) -> Option<Vec<u8>> {
        self.certificate.as_ref().map(|c| c.authority.clone())
    }

    /// Settings that reach it, without signing in.
    pub fn settings(&self) -> SmtpSettings {
        SmtpSettings {
            host: "localhost".to_owned(),
            port: self.port,
            security: self.security,
            credentials: None,
            timeout: Duration::from_secs(10),
            connections: 2,
            hello_name: Some("localhost".to_owned()),
            extra_root: self.authority(),
        }
    }

    /// What came so far, in order: all that it said it took, for it keeps a message before it
    /// says so.
    pub fn received(&self) -> Vec<Received> {
        self.kept().collect()
    }

    /// The same, one after the other.
    pub fn kept(&self) -> impl Iterator<Item = Received> {
        let kept = std::fs::read_dir(self.folder.path()).expect("the folder of the messages");
        let mut kept: Vec<PathBuf> = kept.flatten().map(|entry| entry.path()).collect();
        kept.retain(|path| path.extension().is_some_and(|it| it == "eml"));
        kept.sort();
        kept.into_iter().map(|path| read(&path))
    }

    /// How many connections were made so far.
    pub fn connections(&self) -> usize {
        self.seen.borrow().connections
    }

    /// What came, once it is `count` messages at least; fails when they do not come in time.
    pub async fn wait_for(&self, count: usize) -> Vec<Received> {
        let mut seen = self.seen.clone();
        let enough = seen.wait_for(|seen| seen.messages >= count);
        let came = tokio::time::timeout(PATIENCE, enough).await;
        assert!(
            matches!(came, Ok(Ok(_))),
            "{} of {count} messages came within {PATIENCE:?}",
            self.received().len()
        );
        drop(came);
        self.received()
    }
}

impl Drop for SmtpServer {
    fn drop(&mut self) {
        // It may have ended by itself; there is nothing to do about either fault here.
        let _ended = self.child.kill();
        let _status = self.child.wait();
    }
}

/// Reads the port it listens on, then follows what it keeps.
fn listen_to(child: &mut Child) -> (u16, watch::Receiver<Seen>) {
    let output = child.stdout.take().expect("its output is piped");
    let mut lines = BufReader::new(output).lines().map_while(Result::ok);
    let port = lines
        .next()
        .and_then(|line| line.strip_prefix("PORT ")?.parse().ok())
        .unwrap_or_else(|| panic!("the SMTP server of the tests does not start; {INSTALL}"));
    let (tell, seen) = watch::channel(Seen::default());
    std::thread::spawn(move || {
        for line in lines {
            tell.send_modify(|seen| {
                if line.starts_with("MESSAGE ") {
                    seen.messages += 1;
                } else {
                    seen.connections += 1;
                }
            });
        }
    });
    (port, seen)
}

fn read(path: &Path) -> Received {
    let bytes = std::fs::read(path).expect("a message that was kept");
    let recipients = std::fs::read_to_string(path.with_extension("eml.to"))
        .expect("the recipients that were kept");
    Received {
        recipients: recipients.lines().map(str::to_owned).collect(),
        message: stored::read(&bytes).expect("a message that can be read"),
        bytes,
    }
}
