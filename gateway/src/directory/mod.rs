//! Reading the national directory's files and telling the domain what they list.
//!
//! [`Reader`] streams a file of any known layout; [`import`] sends each school to whoever
//! implements [`Schools`] and adds up a [`Report`]. Used by `escale directory import`, by the
//! demo and, for the fallback address of a school, by sign-up ([`institutional_mail`]).

mod academies;
mod cells;
mod encoding;
mod french;
mod import;
pub(crate) mod job;
mod kind;
mod layout;
mod lines;
mod logged;
mod reader;
mod records;
mod report;
mod row;
mod segpa;
mod segpa_rules;
mod sites;
mod source;

pub(crate) use french::{counted, grouped};

pub use academies::{ACADEMIES, Academie, institutional_mail};
pub use import::{Closing, ImportFault, Options, Outcome, Progress, Schools, import};
pub use logged::{LoggedSchools, SchoolFault};
pub use reader::{OpenError, Reader, Row, RowResult};
pub use report::{Listed, Report, ReportedNotice, ReportedRejection, SegpaTally, ToCheck};
pub use row::{Notice, RowRejected};
pub use segpa::Evidence;
pub use source::{FileRefused, Source};

#[cfg(test)]
mod tests;
