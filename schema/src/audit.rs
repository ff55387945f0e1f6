//! What happened, in words: the history of a convention, the audit trail, and a convention as it
//! stood at a moment.

mod actors;
mod at;
mod entry;
mod query;
mod sentences;

pub(crate) use actors::who;
pub(crate) use entry::{HistoryEntry, history};
pub(crate) use query::AuditQuery;
pub(crate) use sentences::correspondence::{
    fault as delivery_fault, title as letter_title, to as recipient,
};
pub(crate) use sentences::sentence;
