//! The read models: tables in a SQLite file beside each gateway, filled from the log by pure
//! functions, disposable and rebuilt at will. [`projection`] says how to add one.

mod batch;
pub mod catalogue;
mod clauses;
mod columns;
mod connection;
pub mod conventions;
pub mod correspondence;
mod digest;
pub mod directory;
mod fault;
mod feed;
mod fold;
mod log;
pub mod ministages;
pub mod operations;
pub mod page;
pub mod platforms;
pub mod projection;
mod read_db;
#[cfg(any(test, feature = "testing"))]
pub mod spec;
mod sql;
mod state;
mod value;
mod writes;

pub use columns::Columns;
pub use fault::Fault;
pub use feed::Change;
pub use log::{Entry, Log, Unreadable};
pub use page::{Page, Window};
pub use projection::{Definition, Projection, Table};
pub use read_db::ReadDb;
pub use rusqlite::{Connection, Result as SqlResult};
pub use state::{State, Status};
pub use value::{ToValue, Value};
pub use writes::{Cells, Defect, Key, Op, Writes};
