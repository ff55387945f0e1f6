//! The schools of the log, as an import writes them.

use std::collections::BTreeMap;

use domain::{
    directory::school::{School, SchoolCommand, SchoolEvent, SchoolRefusal, SchoolStatus},
    facts::Fact,
    kernel::{
        envelope::{Actor, Context},
        ids::derived,
        uai::Uai,
    },
};
use journal::{HandleError, Journal, ReadFault};

use super::{Outcome, Schools};
use crate::ids;

/// The log’s schools.
pub struct LoggedSchools<'a> {
    journal: &'a Journal,
    context: Context,
}

impl<'a> LoggedSchools<'a> {
    /// The schools of `journal`, for one import in the name of `context`.
    pub fn new(journal: &'a Journal, context: Context) -> Self {
        Self { journal, context }
    }

    /// The same, when nobody in particular imports.
    pub fn by_import(journal: &'a Journal) -> Self {
        let context = Context {
            command: ids::draw(),
            actor: Actor::Import,
            from: None,
            correlation: ids::draw(),
            cause: None,
            tenant: None,
            at: journal.clock().now(),
        };
        Self::new(journal, context)
    }
}

/// Why a school could not be recorded.
#[derive(Debug, thiserror::Error)]
pub enum SchoolFault {
    /// The log failed.
    #[error(transparent)]
    Handle(#[from] HandleError<SchoolRefusal>),
    /// The log could not be read.
    #[error(transparent)]
    Read(#[from] ReadFault),
}

impl Schools for LoggedSchools<'_> {
    type Fault = SchoolFault;

    async fn apply(&self, uai: Uai, command: SchoolCommand) -> Result<Outcome, SchoolFault> {
        let id = uai.to_string();
        let import = self.context.command.to_string();
        let context =
            Context { command: derived(&["import", &import, &id]), ..self.context.clone() };
        let events = match self.journal.handle::<School>(&id, command, &context).await {
            Ok(handled) => handled.events,
            // Closing what was never listed changes nothing.
            Err(HandleError::Refused(SchoolRefusal::NotListed)) => Vec::new(),
            Err(error) => return Err(error.into()),
        };
        Ok(match events.first() {
            None => Outcome::Unchanged,
            Some(SchoolEvent::SchoolListed { .. }) => Outcome::Added,
            Some(SchoolEvent::SchoolChanged { .. }) => Outcome::Changed,
            Some(SchoolEvent::SchoolClosed { .. }) => Outcome::Closed,
        })
    }

    async fn open(&self) -> Result<Vec<Uai>, SchoolFault> {
        let mut open = BTreeMap::new();
        let mut after = 0;
        loop {
            let events = self.journal.read(after, 2000).await?;
            let Some(last) = events.last() else { break };
            after = last.position;
            for event in &events {
                if let Fact::School(event) = &event.event {
                    let (uai, is_open) = standing(event);
                    open.insert(uai.clone(), is_open);
                }
            }
        }
        Ok(open.into_iter().filter(|(_, is_open)| *is_open).map(|(uai, _)| uai).collect())
    }
}

fn standing(event: &SchoolEvent) -> (&Uai, bool) {
    match event {
        SchoolEvent::SchoolListed { uai, listing }
        | SchoolEvent::SchoolChanged { uai, listing, .. } => {
            (uai, listing.status != SchoolStatus::Closed)
        }
        SchoolEvent::SchoolClosed { uai } => (uai, false),
    }
}
