//! Where a trial takes place: a log, keys, documents and mail that one gateway has to itself, or
//! that several share. Everything is gone afterwards.

use std::{
    fs::File,
    net::TcpListener,
    path::{Path, PathBuf},
    process::Command,
};

use clap::ValueEnum;
use gateway::{
    app::App,
    config::{Config, MailConfig, MailSecurity, Secrets},
};
use journal::testing::{Database, Line};
use journal::{Journal, MasterKey, Settings};
use mailer::testing::SmtpServer;
use tempfile::TempDir;

use crate::Fault;

/// 32 bytes, in hexadecimal; nobody's.
const MASTER_KEY: &str = "0707070707070707070707070707070707070707070707070707070707070707";

/// Where the log is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Backend {
    /// In a file of the one gateway.
    Sqlite,
    /// In PostgreSQL (`ESCALE_TEST_POSTGRES`), with the keys, for several gateways.
    Postgres,
}

/// What an operator installs.
pub(crate) struct House {
    dir: TempDir,
    pub(crate) mail: SmtpServer,
    database: Option<Database>,
    /// The line by which gateways reach the database.
    line: Option<Line>,
    escale: PathBuf,
    ports: Vec<u16>,
    /// Settings beside those that every gateway has.
    more: Vec<(&'static str, &'static str)>,
}

impl House {
    /// With room for `gateways`; a log in a file has one.
    pub(crate) async fn build(backend: Backend, gateways: usize) -> Result<Self, Fault> {
        let database = match backend {
            Backend::Sqlite if gateways > 1 => return Err("SQLite : une seule passerelle".into()),
            Backend::Sqlite => None,
            Backend::Postgres => Some(Database::create().await),
        };
        let ports = (0..gateways).map(|_| free_port()).collect::<Result<_, _>>()?;
        let (dir, mail) = (tempfile::tempdir()?, SmtpServer::start());
        Ok(Self { dir, mail, database, line: None, escale: escale()?, ports, more: Vec::new() })
    }

    /// The same, with one more setting.
    pub(crate) fn with(mut self, setting: &'static str, value: &'static str) -> Self {
        self.more.push((setting, value));
        self
    }

    /// A file that is gone with the house.
    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// How many gateways there is room for.
    pub(crate) fn gateways(&self) -> usize {
        self.ports.len()
    }

    /// Where people reach the gateway.
    pub(crate) fn url(&self, gateway: usize) -> String {
        format!("http://127.0.0.1:{}", self.ports.get(gateway).copied().unwrap_or_default())
    }

    /// The same, whose gateways reach PostgreSQL by a line of its own.
    pub(crate) async fn by_line(mut self) -> Self {
        if let Some(database) = &self.database {
            self.line = Some(database.line().await);
        }
        self
    }

    /// The line by which gateways reach PostgreSQL, if they have one.
    pub(crate) fn line(&self) -> Option<&Line> {
        self.line.as_ref()
    }

    pub(crate) fn folder(&self, gateway: usize) -> PathBuf {
        self.file(&format!("gateway-{gateway}"))
    }

    fn shared(&self, name: &str) -> String {
        self.file(name).display().to_string()
    }

    fn log(&self) -> String {
        let here = || format!("sqlite:{}", self.shared("escale.db"));
        self.database.as_ref().map_or_else(here, Database::url)
    }

    fn keys(&self) -> String {
        self.database.as_ref().map_or_else(|| self.shared("keys.db"), Database::url)
    }

    /// An address as gateways are told it: by the line, if there is one.
    fn told(&self, url: String) -> String {
        let line = self.database.as_ref().zip(self.line.as_ref());
        line.map_or(url, |(database, line)| database.url_by(line))
    }

    /// The log itself, beside the gateways, on a line of its own.
    pub(crate) async fn journal(&self) -> Result<Journal, Fault> {
        let key = MasterKey::new([7; 32]);
        Ok(Journal::open(Settings::new(self.log(), self.keys(), key)).await?)
    }

    /// Opens the service of a gateway in this process, to set the stage; nothing is sent.
    pub(crate) async fn open(&self, gateway: usize) -> Result<App, Fault> {
        let config = Config {
            database_url: self.log(),
            keys_url: Some(self.keys()),
            data_dir: self.folder(gateway),
            documents_url: Some(self.shared("documents")),
            public_url: self.url(gateway),
            scan_reader: Some(self.escale.clone()),
            mail: MailConfig {
                smtp_host: Some("localhost".to_owned()),
                smtp_port: self.mail.port(),
                security: MailSecurity::None,
                ..MailConfig::default()
            },
            ..Config::default()
        };
        let secrets = Secrets { master_key: MASTER_KEY.to_owned().into(), smtp_password: None };
        Ok(App::open(config, secrets).await?)
    }

    /// `escale` with these arguments, the settings of a gateway, and no others.
    pub(crate) fn escale(&self, gateway: usize, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.escale);
        command
            .args(arguments)
            .env_clear()
            .env("DATABASE_URL", self.told(self.log()))
            .env("ESCALE_KEYS_URL", self.told(self.keys()))
            .env("ESCALE_DATA_DIR", self.folder(gateway))
            .env("ESCALE_DOCUMENTS_URL", self.shared("documents"))
            .env("ESCALE_MASTER_KEY", MASTER_KEY)
            .env("ESCALE_LISTEN", self.url(gateway).trim_start_matches("http://"))
            .env("ESCALE_PUBLIC_URL", self.url(gateway))
            .env("ESCALE_MAIL__SMTP_HOST", "localhost")
            .env("ESCALE_MAIL__SMTP_PORT", self.mail.port().to_string())
            .env("ESCALE_MAIL__SECURITY", "none")
            .env("ESCALE_LOG_FORMAT", "json")
            .env("RUST_LOG", "warn")
            .envs(self.more.iter().copied());
        command
    }

    /// Runs a command beside the gateways, which must end well.
    pub(crate) fn check(&self, arguments: &[&str]) -> Result<(), Fault> {
        let output = self.escale(0, arguments).output()?;
        if output.status.success() {
            return Ok(());
        }
        let said = [output.stdout, output.stderr].concat();
        Err(format!("escale {} : {}", arguments.join(" "), String::from_utf8_lossy(&said)).into())
    }

    /// The log is sound, and the read models of every gateway are what it says.
    pub(crate) fn verify(&self) -> Result<(), Fault> {
        self.check(&["log", "verify"])?;
        (0..self.gateways()).try_for_each(|gateway| {
            let output = self.escale(gateway, &["projections", "verify"]).output()?;
            let said = String::from_utf8_lossy(&output.stdout).into_owned();
            let verified = output.status.success();
            verified.then_some(()).ok_or_else(|| format!("passerelle {gateway} : {said}").into())
        })
    }

    /// Where a gateway writes its log lines, after those that there are.
    pub(crate) fn lines(&self, gateway: usize) -> Result<File, Fault> {
        let path = self.file(&format!("gateway-{gateway}.log"));
        Ok(File::options().create(true).append(true).open(path)?)
    }
}

/// The program: beside this one, as cargo builds it.
fn escale() -> Result<PathBuf, Fault> {
    let this = std::env::current_exe()?;
    let beside = |folder: &Path| Some(folder.join("escale")).filter(|path| path.is_file());
    let found = this.ancestors().skip(1).take(2).find_map(beside);
    found.ok_or_else(|| "escale n’est pas construit : cargo build -p gateway".into())
}

/// A port that was free a moment ago.
pub(crate) fn free_port() -> Result<u16, Fault> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}
