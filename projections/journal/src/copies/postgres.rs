//! PostgreSQL: what is copied of it is read in one transaction, what is put back is written in one.

use std::path::PathBuf;

use rusqlite::types::Value;
use sqlx::{
    Connection as _, Executor as _, PgConnection, Postgres, Row as _,
    postgres::{PgArguments, PgRow},
    query::Query,
};
use tokio::{sync::mpsc, task::JoinHandle};
use uuid::Uuid;

use super::{
    CopyFault, blocking,
    layout::{Kind, Layout, Table},
    read::Source,
    rows::{self, LOT, Lot, Row},
    sqlite,
};
use crate::{Fault, backend, keyring};

/// All that is read is of one instant, and nobody who writes waits for it.
const SNAPSHOT: &str =
    "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL statement_timeout = 0;
     SET LOCAL idle_in_transaction_session_timeout = 0";

/// How many lots wait between the one who reads and the one who writes.
const AHEAD: usize = 4;

/// Copies the tables at `address` into the new file `to`.
pub(super) async fn copy(
    layout: &'static Layout,
    address: &str,
    to: PathBuf,
) -> Result<(), CopyFault> {
    let (sender, mut lots) = mpsc::channel(AHEAD);
    let writing = tokio::spawn(blocking(move || sqlite::write(layout, &to, &mut lots)));
    let read = read_all(layout, address, sender).await;
    writing.await.map_err(Fault::task)??;
    read.map_err(|error| layout.fault(error).into())
}

/// Reads all tables; whoever writes them may go away, and says why.
async fn read_all(
    layout: &'static Layout,
    address: &str,
    lots: mpsc::Sender<Lot>,
) -> sqlx::Result<()> {
    let mut connection = PgConnection::connect(address).await?;
    connection.execute(SNAPSHOT).await?;
    for table in layout.tables {
        connection.execute(&*cursor(layout, table)).await?;
        let fetch = format!("FETCH {LOT} FROM copied_{}", table.name);
        loop {
            let found = sqlx::query(&fetch).fetch_all(&mut connection).await?;
            let rows = found.iter().map(|it| row(table, it)).collect::<sqlx::Result<Vec<_>>>()?;
            if rows.is_empty() {
                break;
            }
            if lots.send(Lot { table, rows }).await.is_err() {
                return Ok(());
            }
        }
    }
    connection.execute("COMMIT").await?;
    connection.close().await
}

fn cursor(layout: &Layout, table: &Table) -> String {
    let columns: Vec<String> = table
        .columns
        .iter()
        .map(|(name, kind)| match kind {
            Kind::Number => format!("{name}::bigint"),
            Kind::Json => format!("{name}::text"),
            Kind::Text | Kind::Id | Kind::Bytes => (*name).to_owned(),
        })
        .collect();
    format!(
        "DECLARE copied_{} NO SCROLL CURSOR FOR SELECT {} FROM {}{} ORDER BY {}",
        table.name,
        columns.join(", "),
        layout.schema,
        table.name,
        table.order
    )
}

fn row(table: &Table, row: &PgRow) -> sqlx::Result<Row> {
    let value = |at: usize, kind: Kind| -> sqlx::Result<Value> {
        Ok(match kind {
            Kind::Number => row.try_get::<Option<i64>, _>(at)?.into(),
            Kind::Text | Kind::Json => row.try_get::<Option<String>, _>(at)?.into(),
            Kind::Bytes => row.try_get::<Option<Vec<u8>>, _>(at)?.into(),
            Kind::Id => row.try_get::<Option<Uuid>, _>(at)?.map(|id| id.as_bytes().to_vec()).into(),
        })
    };
    table.columns.iter().enumerate().map(|(at, (_, kind))| value(at, *kind)).collect()
}

/// Puts `copy` into the database at `address`, migrated if need be, in one transaction.
pub(super) async fn load(
    layout: &'static Layout,
    copy: Source,
    address: &str,
) -> Result<(), CopyFault> {
    let (sender, lots) = mpsc::channel(AHEAD);
    let reading = tokio::spawn(blocking(move || {
        copy.each_lot(|lot| sender.blocking_send(lot).map_err(|_| Fault::Closed.into()))
    }));
    write_all(layout, address, lots, reading).await
}

/// Writes what comes, and commits it once all of it was read.
async fn write_all(
    layout: &'static Layout,
    address: &str,
    mut lots: mpsc::Receiver<Lot>,
    reading: JoinHandle<Result<(), CopyFault>>,
) -> Result<(), CopyFault> {
    let failed = |error: sqlx::Error| layout.fault(error);
    let mut connection = PgConnection::connect(address).await.map_err(failed)?;
    migrate(layout, &mut connection).await.map_err(failed)?;
    connection.execute("SET synchronous_commit = on").await.map_err(failed)?;
    let mut transaction = connection.begin().await.map_err(failed)?;
    for table in layout.tables {
        // Who serves from this database meanwhile waits.
        let lock = format!("LOCK TABLE {}{} IN EXCLUSIVE MODE", layout.schema, table.name);
        transaction.execute(&*lock).await.map_err(failed)?;
    }
    if !holds_nothing(layout, &mut transaction).await.map_err(failed)? {
        return Err(CopyFault::NotEmpty);
    }
    for table in layout.tables.iter().filter(|table| table.single) {
        let empty = format!("DELETE FROM {}{}", layout.schema, table.name);
        transaction.execute(&*empty).await.map_err(failed)?;
    }
    while let Some(lot) = lots.recv().await {
        let sql = insert_into(layout, lot.table);
        bound(sqlx::query(&sql), &lot).execute(&mut *transaction).await.map_err(failed)?;
    }
    reading.await.map_err(Fault::task)??;
    transaction.commit().await.map_err(failed)?;
    connection.close().await.map_err(|error| failed(error).into())
}

async fn migrate(layout: &Layout, connection: &mut PgConnection) -> sqlx::Result<()> {
    if layout.is_keys {
        keyring::postgres_migrate(connection).await
    } else {
        backend::postgres_log_migrate(connection).await
    }
}

/// Whether nothing is in the tables at `address`, or no tables.
pub(super) async fn is_empty(layout: &Layout, address: &str) -> Result<bool, CopyFault> {
    let look = async {
        let mut connection = PgConnection::connect(address).await?;
        let empty = holds_nothing(layout, &mut connection).await?;
        connection.close().await?;
        Ok::<_, sqlx::Error>(empty)
    };
    look.await.map_err(|error| layout.fault(error).into())
}

/// Whether no table has a row that is not there from the beginning.
async fn holds_nothing(layout: &Layout, connection: &mut PgConnection) -> sqlx::Result<bool> {
    for table in layout.tables.iter().filter(|table| !table.single) {
        let name = format!("{}{}", layout.schema, table.name);
        let made: bool = sqlx::query_scalar("SELECT to_regclass($1) IS NOT NULL")
            .bind(&name)
            .fetch_one(&mut *connection)
            .await?;
        let sql = format!("SELECT EXISTS (SELECT 1 FROM {name})");
        if made && sqlx::query_scalar(&sql).fetch_one(&mut *connection).await? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// One array a column, however many rows.
fn insert_into(layout: &Layout, table: &Table) -> String {
    let kinds = table.columns.iter().map(|(_, kind)| match kind {
        Kind::Number => ("bigint[]", ""),
        Kind::Text => ("text[]", ""),
        Kind::Json => ("text[]", "::json"),
        Kind::Id => ("uuid[]", ""),
        Kind::Bytes => ("bytea[]", ""),
    });
    let (mut arrays, mut values, mut names) = (Vec::new(), Vec::new(), Vec::new());
    for (at, (array, cast)) in kinds.enumerate() {
        arrays.push(format!("${}::{array}", at + 1));
        values.push(format!("c{at}{cast}"));
        names.push(format!("c{at}"));
    }
    format!(
        "INSERT INTO {}{} ({}) SELECT {} FROM unnest({}) AS copied({})",
        layout.schema,
        table.name,
        table.names(),
        values.join(", "),
        arrays.join(", "),
        names.join(", ")
    )
}

fn bound<'q>(
    mut query: Query<'q, Postgres, PgArguments>,
    lot: &Lot,
) -> Query<'q, Postgres, PgArguments> {
    for (at, (_, kind)) in lot.table.columns.iter().enumerate() {
        query = match kind {
            Kind::Number => query.bind(column(lot, at, rows::number)),
            Kind::Text | Kind::Json => query.bind(column(lot, at, rows::text)),
            Kind::Id => query.bind(column(lot, at, rows::id)),
            Kind::Bytes => query.bind(column(lot, at, rows::bytes)),
        };
    }
    query
}

fn column<T>(lot: &Lot, at: usize, of: impl Fn(&Value) -> Option<T>) -> Vec<Option<T>> {
    lot.rows.iter().map(|row| row.get(at).and_then(&of)).collect()
}
