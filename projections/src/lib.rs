//! The read models: tables in a SQLite file beside each gateway, filled from the log by pure
//! functions, disposable and rebuilt at will. [`projection`] says how to add one.

pub mod accounts;
mod ahead;
mod batch;
pub mod catalogue;
mod clauses;
mod columns;
mod connection;
mod control;
pub mod conventions;
mod copy;
pub mod correspondence;
mod damage;
mod digest;
pub mod directory;
mod fault;
mod feed;
mod fold;
mod log;
pub mod ministages;
mod operate;
pub mod operations;
pub mod page;
pub mod platforms;
pub mod projection;
mod read_db;
mod rebuild;
mod remote;
mod runner;
#[cfg(test)]
mod scenarios;
mod scrub;
#[cfg(any(test, feature = "testing"))]
pub mod spec;
mod sql;
mod state;
mod value;
mod verify;
mod writes;

pub use columns::Columns;
pub use control::{Rebuild, Stage};
pub use copy::{copy_read_models, has_read_models, restore_read_models};
pub use fault::Fault;
pub use feed::Change;
pub use log::{Entry, Envelope, Log, Unreadable};
pub use page::{Page, Window};
pub use projection::{Definition, Projection, Table};
pub use read_db::ReadDb;
pub use remote::Remote;
pub use runner::{Runner, catch_up};
pub use rusqlite::{Connection, Result as SqlResult};
pub use state::{State, Status};
pub use value::{ToValue, Value};
pub use verify::{Difference, DifferenceKind, TableReport, Verified};
pub use writes::{Cells, Defect, Key, Op, Writes};
