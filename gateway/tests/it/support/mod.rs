//! The service for tests, over real HTTP on a port of its own: its clock is held, its letters
//! leave by a real SMTP server, and nothing goes on by itself: [`TestApp::drain`] does all
//! that there is to do.

pub(crate) mod binary;
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
use reqwest::multipart;
use serde_json::{Value, json};
use tempfile::TempDir;

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

/// Someone with a browser. Clones share it.
#[derive(Clone)]
pub(crate) struct Person {
    http: reqwest::Client,
    url: String,
}

impl Person {
    /// Someone who comes to the service at `url`.
    pub(crate) fn at(url: &str) -> Self {
        let http = reqwest::Client::builder().cookie_store(true).build().unwrap();
        Self { http, url: url.to_owned() }
    }

    /// Asks the API; answers `data`, and fails on errors.
    pub(crate) async fn ask(&self, query: &str, variables: Value) -> Value {
        let answer = self.raw(query, variables).await;
        assert!(answer["errors"].is_null(), "{query}\n{answer:#}");
        answer["data"].clone()
    }

    /// Asks the API; answers all of it.
    pub(crate) async fn raw(&self, query: &str, variables: Value) -> Value {
        self.tried(query, variables).await.unwrap()
    }

    /// Asks the API, which may be gone before it answers.
    pub(crate) async fn tried(&self, query: &str, variables: Value) -> reqwest::Result<Value> {
        let body = json!({ "query": query, "variables": variables });
        let request = self.http.post(format!("{}/graphql", self.url)).json(&body);
        request.send().await?.json().await
    }

    /// Gives a command: `name` with `input`, answering the fields `wanted` of its success.
    pub(crate) async fn give(&self, name: &str, wanted: &str, input: Value) -> Value {
        let done = self.attempt(name, wanted, input).await;
        assert_ne!(done["__typename"], "Refused", "{name}: {done:#}");
        done
    }

    /// Gives a command that a rule forbids; answers the refusal’s code.
    pub(crate) async fn refused(&self, name: &str, input: Value) -> String {
        let done = self.attempt(name, "", input).await;
        assert_eq!(done["__typename"], "Refused", "{name}: {done:#}");
        done["code"].as_str().unwrap().to_owned()
    }

    async fn attempt(&self, name: &str, wanted: &str, input: Value) -> Value {
        let data = self.ask(&mutation(name, wanted), json!({ "input": input })).await;
        data["done"].clone()
    }

    /// Gives a command with a file.
    pub(crate) async fn upload(
        &self,
        name: &str,
        wanted: &str,
        input: Value,
        file: &[u8],
    ) -> Value {
        let answer = self.try_upload(name, wanted, input, file).await;
        assert!(answer["errors"].is_null(), "{name}\n{answer:#}");
        answer["data"]["done"].clone()
    }

    /// The same; answers all of it.
    pub(crate) async fn try_upload(
        &self,
        name: &str,
        wanted: &str,
        mut input: Value,
        file: &[u8],
    ) -> Value {
        input["file"] = Value::Null;
        let part = multipart::Part::bytes(file.to_vec())
            .file_name("convention.pdf")
            .mime_str("application/pdf")
            .unwrap();
        let files = vec![("variables.input.file".to_owned(), part)];
        self.send(&mutation(name, wanted), &input, files).await
    }

    /// Gives a command with several files; answers all of it.
    pub(crate) async fn upload_all(
        &self,
        name: &str,
        wanted: &str,
        mut input: Value,
        files: &[&[u8]],
    ) -> Value {
        input["files"] = vec![Value::Null; files.len()].into();
        let files = files.iter().enumerate().map(|(at, file)| {
            let part = multipart::Part::bytes(file.to_vec()).file_name(format!("{at}.jpg"));
            (format!("variables.input.files.{at}"), part)
        });
        self.send(&mutation(name, wanted), &input, files.collect()).await
    }

    /// Sends a command with files, each with its place in the variables.
    async fn send(
        &self,
        query: &str,
        input: &Value,
        files: Vec<(String, multipart::Part)>,
    ) -> Value {
        let operations = json!({ "query": query, "variables": { "input": input } });
        let places = files.iter().enumerate();
        let map: Value = places.map(|(at, (place, _))| (at.to_string(), json!([place]))).collect();
        let mut form = multipart::Form::new()
            .text("operations", operations.to_string())
            .text("map", map.to_string());
        for (at, (_, part)) in files.into_iter().enumerate() {
            form = form.part(at.to_string(), part);
        }
        let request = self.http.post(format!("{}/graphql", self.url)).multipart(form);
        request.send().await.unwrap().json().await.unwrap()
    }

    /// Opens a page or a file: its status and its bytes.
    pub(crate) async fn get(&self, address: &str) -> (u16, Vec<u8>) {
        let response = self.http.get(self.address(address)).send().await.unwrap();
        let status = response.status().as_u16();
        (status, response.bytes().await.unwrap().to_vec())
    }

    /// Presses the button of a page.
    pub(crate) async fn press(&self, address: &str, form: &[(&str, &str)]) -> (u16, String) {
        let (status, bytes) = self.submit(address, form).await;
        (status, String::from_utf8(bytes).unwrap())
    }

    /// The same, where a file is answered.
    pub(crate) async fn submit(&self, address: &str, form: &[(&str, &str)]) -> (u16, Vec<u8>) {
        let response = self.http.post(self.address(address)).form(form).send().await.unwrap();
        let status = response.status().as_u16();
        (status, response.bytes().await.unwrap().to_vec())
    }

    fn address(&self, address: &str) -> String {
        if address.starts_with("http") {
            address.to_owned()
        } else {
            format!("{}{address}", self.url)
        }
    }
}

/// The document that gives the command `name`, answering the fields `wanted` of its success.
pub(crate) fn mutation(name: &str, wanted: &str) -> String {
    let mut start = name.chars();
    let first = start.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    let input = format!("{first}{}Input", start.as_str());
    format!(
        "mutation($input: {input}!) {{ done: {name}(input: $input) {{ \
         __typename ... on Refused {{ code message field }} {wanted} }} }}"
    )
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
