//! Erasing a person: the event, then the key. What is sealed stays in the log, and reads as
//! erased for ever.

use domain::{
    kernel::{envelope::Context, ids::PersonId},
    operations::erasure::{Erasure, ErasureCommand, ErasureEvent, ErasureGround, ErasureRefusal},
};

use crate::{Fault, HandleError, Handled, Journal, execute::Along};

impl Journal {
    /// Erases `person`: from the transaction of `SubjectErased` on nothing more is appended
    /// about them and their claims are free; then their key and what they were known by are
    /// destroyed. Doing it again, also after a crash in between, finishes what is left.
    pub async fn erase(
        &self,
        person: PersonId,
        ground: ErasureGround,
        context: &Context,
    ) -> Result<Handled<ErasureEvent>, HandleError<ErasureRefusal>> {
        let command = ErasureCommand::ErasePerson { person, ground };
        let along = Along { rows: Vec::new(), erases: Some(person) };
        let stream_id = person.uuid().to_string();
        let handled = self.run::<Erasure>(&stream_id, command, context, along).await?;
        self.inner.keyring.destroy(person).await?;
        Ok(handled)
    }

    /// Destroys the keys of those whose erasure was recorded but interrupted.
    pub(crate) async fn finish_erasures(&self) -> Result<(), Fault> {
        let erased = self.inner.backend.erased().await?;
        for person in self.inner.keyring.not_destroyed(erased).await? {
            tracing::warn!(%person, "an erasure that was interrupted is finished");
            self.inner.keyring.destroy(person).await?;
        }
        Ok(())
    }
}
