//! A PostgreSQL database of its own for each test, in the cluster that `cargo xtask test`
//! starts, and a line to it that a test can cut.
#![expect(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a test that cannot have its database must fail, and say why"
)]

mod line;

use std::path::{Path, PathBuf};

use sqlx::{Connection as _, Executor as _, PgConnection};

pub use line::{Flow, Line, Way};

/// A database, dropped with the value.
#[derive(Debug)]
pub struct Database {
    base: String,
    name: String,
    /// Whether it has a tablespace of its own, of the same name.
    apart: bool,
}

impl Database {
    /// A new, empty one.
    pub async fn create() -> Self {
        let database = Self::named(false);
        database.run("CREATE DATABASE", "").await;
        database
    }

    /// The same, whose tables are in `folder`, which is empty and belongs to the server's user.
    ///
    /// # Panics
    /// The server cannot use the folder.
    pub async fn create_in(folder: &Path) -> Self {
        let database = Self::named(true);
        database.run("CREATE TABLESPACE", &format!("LOCATION '{}'", folder.display())).await;
        let within = format!("TABLESPACE {}", database.name);
        database.run("CREATE DATABASE", &within).await;
        database
    }

    #[expect(clippy::disallowed_methods, reason = "the tests' server is named by the environment")]
    fn named(apart: bool) -> Self {
        let base = std::env::var("ESCALE_TEST_POSTGRES").expect(
            "ESCALE_TEST_POSTGRES names no server: run `cargo xtask test`, which starts one",
        );
        let id = uuid::Builder::from_random_bytes(random()).into_uuid();
        Self { base, name: format!("escale_test_{}", id.simple()), apart }
    }

    /// Ends every session and lets nobody in, as a server that restarts.
    ///
    /// # Panics
    /// The server does not obey.
    pub async fn shut(&self) {
        self.run("ALTER DATABASE", "ALLOW_CONNECTIONS false").await;
        let mut connection = PgConnection::connect(&self.base).await.unwrap();
        sqlx::query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1")
            .bind(&self.name)
            .execute(&mut connection)
            .await
            .unwrap();
    }

    /// Lets people in again.
    ///
    /// # Panics
    /// The server does not obey.
    pub async fn open(&self) {
        self.run("ALTER DATABASE", "ALLOW_CONNECTIONS true").await;
    }

    /// Its address.
    pub fn url(&self) -> String {
        let (server, _) = self.base.rsplit_once('/').expect("the address ends with a database");
        format!("{server}/{}", self.name)
    }

    /// A line to its server.
    ///
    /// # Panics
    /// No port is free, or the server has no address on this machine.
    pub async fn line(&self) -> Line {
        let port = self.server().rsplit_once(':').expect("a server has a port").1;
        let server = ([127, 0, 0, 1], port.parse().expect("a port is a number")).into();
        Line::to(server).await.expect("a line to the server")
    }

    /// Its address, through a line.
    pub fn url_by(&self, line: &Line) -> String {
        self.url().replace(self.server(), &format!("127.0.0.1:{}", line.port()))
    }

    /// Host and port.
    fn server(&self) -> &str {
        let (server, _) = self.base.rsplit_once('/').expect("the address ends with a database");
        server.rsplit(['@', '/']).next().expect("the address names a server")
    }

    /// Every row of every table, as PostgreSQL writes it as text; what is stored compressed
    /// too.
    pub async fn rows(&self) -> Vec<String> {
        let mut connection = PgConnection::connect(&self.url()).await.unwrap();
        // So that letters inside of bytes read as letters.
        connection.execute("SET bytea_output = 'escape'").await.unwrap();
        let tables = "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables \
                      WHERE schemaname NOT IN ('pg_catalog', 'information_schema')";
        let tables: Vec<String> =
            sqlx::query_scalar(tables).fetch_all(&mut connection).await.unwrap();
        let mut rows = Vec::new();
        for table in tables {
            let sql = format!("SELECT '{table} ' || row::text FROM {table} row");
            let found: Vec<String> =
                sqlx::query_scalar(&sql).fetch_all(&mut connection).await.unwrap();
            rows.extend(found);
        }
        rows
    }

    /// The folder of the whole server, its write-ahead log included, with all that it holds in
    /// memory written there.
    pub async fn folder(&self) -> PathBuf {
        let mut connection = PgConnection::connect(&self.url()).await.unwrap();
        connection.execute("CHECKPOINT").await.unwrap();
        let folder = sqlx::query_scalar::<_, String>("SHOW data_directory");
        folder.fetch_one(&mut connection).await.unwrap().into()
    }

    async fn run(&self, order: &str, how: &str) {
        let mut connection = PgConnection::connect(&self.base).await.unwrap();
        let sql = format!("{order} {} {how}", self.name);
        connection.execute(sql.as_str()).await.unwrap();
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let mut orders = vec![format!("DROP DATABASE {} WITH (FORCE)", self.name)];
        if self.apart {
            orders.push(format!("DROP TABLESPACE {}", self.name));
        }
        let base = self.base.clone();
        // A runtime of its own: the test's may be the one that is being left.
        let dropping = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            runtime.unwrap().block_on(async {
                let mut connection = PgConnection::connect(&base).await.unwrap();
                for order in orders {
                    connection.execute(order.as_str()).await.unwrap();
                }
            });
        });
        dropping.join().ok();
    }
}

fn random() -> [u8; 16] {
    use chacha20poly1305::aead::{OsRng, rand_core::RngCore as _};
    let mut bytes = [0; 16];
    OsRng.fill_bytes(&mut bytes);
    bytes
}
