//! `escale erase`.

use std::{process::ExitCode, sync::Arc};

use clap::Args;
use domain::{kernel::ids::PersonId, operations::erasure::ErasureGround};
use journal::{HandleError, Journal};
use projections::{Fault, ReadDb, catch_up};

use super::{CliFault, arguments, context_of, output};
use crate::{config::Config, erasing, session::Sessions};

/// Erases a person for ever.
#[derive(Debug, Args)]
pub(super) struct Erase {
    /// La personne : person_… (la fiche d’une réservation ou d’un compte la donne)
    #[arg(value_parser = arguments::person)]
    person: PersonId,
    /// Parce que la durée de conservation est passée, et non à la demande de la personne
    #[arg(long)]
    retention: bool,
}

impl Erase {
    pub(super) async fn run(
        self,
        config: &Config,
        journal: &Journal,
    ) -> Result<ExitCode, CliFault> {
        let ground = if self.retention { ErasureGround::Retention } else { ErasureGround::Request };
        let context = context_of(journal, None);
        match journal.erase(self.person, ground, &context).await {
            Ok(_) | Err(HandleError::Erased(_)) => {}
            Err(HandleError::Fault(fault)) => return Err(fault.into()),
            Err(HandleError::Refused(_) | HandleError::Claimed { .. } | HandleError::Conflict) => {
                return Err(CliFault::Refused("l’effacement n’a pas pu être écrit".to_owned()));
            }
        }
        match ReadDb::open(&config.data_dir) {
            Ok(read) => {
                catch_up(&read, Arc::new(journal.clone())).await?;
                let sessions = Sessions::new(journal.clone(), config);
                erasing::close_access::<CliFault>(journal, &read, &sessions, self.person).await?;
                output::line("La personne est effacée ; les modèles de lecture l’ont oubliée.");
            }
            Err(Fault::Locked(_)) => {
                output::line(
                    "La personne est effacée ; le service qui tourne l’oublie à l’instant.",
                );
            }
            Err(fault) => return Err(fault.into()),
        }
        Ok(ExitCode::SUCCESS)
    }
}
