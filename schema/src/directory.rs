//! The national directory of schools, which anyone may search.

mod import;
pub(crate) mod messages;
mod mutation;
mod query;
pub(crate) mod types;

pub use import::{
    DirectoryImport, DirectoryReport, DirectoryReportLine, DirectoryReportList, ImportRefusal,
    ImportStage, MOST_LINES,
};
pub(crate) use mutation::DirectoryMutation;
pub(crate) use query::DirectoryQuery;
