//! How a command is given: load, decide, append; and again, with a fresh decision, when
//! someone else wrote in between.

use std::sync::Arc;

use cqrs_es::{
    Aggregate as _, AggregateContext as _, AggregateError, EventStore as _, event_sink::EventSink,
    persist::PersistedEventStore,
};
use domain::kernel::{
    decider::{Decider, Event as _},
    envelope::Context,
    ids::PersonId,
    personal::Claim,
};
use uuid::Uuid;

use crate::{
    Fault, HandleError, Journal,
    aggregate::{Adapted, Recordable},
    append::{Append, AppendRefusal, ClaimChange, Written},
    journal::Inner,
    metadata,
    name::name,
    repository::{Going, Repository},
    rows::RowWrite,
};

/// How many times a command is decided again when its stream has changed meanwhile.
const RETRIES: usize = 5;

/// What came of an accepted command.
#[derive(Debug, Clone, PartialEq)]
pub struct Handled<E> {
    /// What happened; empty when it was so already.
    pub events: Vec<E>,
    /// The position of the first event; without events, the head of that moment.
    pub first: u64,
    /// The position of the last event: wait for it to read your own writes.
    pub last: u64,
    /// Whether the command had been given before: nothing was written this time.
    pub repeated: bool,
}

/// What goes with a command's events, in the same transaction.
#[derive(Debug, Clone, Default)]
pub(crate) struct Along {
    pub(crate) rows: Vec<RowWrite>,
    pub(crate) erases: Option<PersonId>,
}

impl Journal {
    /// Gives `command` to the stream `stream_id`.
    ///
    /// A command's id serves once, on one stream: repeating it, even while the first is under
    /// way, answers with the first positions and events; giving it to another stream is a
    /// fault. So a command that creates a stream derives the stream's id from its own. One that was accepted without events left nothing
    /// and is decided again. What has begun is finished even if the caller goes away.
    pub async fn handle<D: Decider>(
        &self,
        stream_id: &str,
        command: D::Command,
        context: &Context,
    ) -> Result<Handled<D::Event>, HandleError<D::Refusal>> {
        self.run::<D>(stream_id, command, context, Along::default()).await
    }

    /// The same, and writes `rows` in the transaction of the events. A command that is
    /// refused, or repeated, writes none; one that causes no event writes them.
    pub async fn handle_with_rows<D: Decider>(
        &self,
        stream_id: &str,
        command: D::Command,
        context: &Context,
        rows: Vec<RowWrite>,
    ) -> Result<Handled<D::Event>, HandleError<D::Refusal>> {
        let erases = None;
        self.run::<D>(stream_id, command, context, Along { rows, erases }).await
    }

    /// The state of a stream and its last sequence (0 when it has no event).
    pub async fn load<D: Decider>(&self, stream_id: &str) -> Result<(D::State, u64), Fault> {
        let repository = Repository::new(Arc::clone(&self.inner));
        let store = store::<D>(&self.inner, repository);
        let loaded = store.load_aggregate(stream_id).await;
        let loaded = loaded.map_err(fault::<D>)?;
        Ok((loaded.aggregate.state, loaded.current_sequence as u64))
    }

    pub(crate) async fn run<D: Decider>(
        &self,
        stream_id: &str,
        command: D::Command,
        context: &Context,
        along: Along,
    ) -> Result<Handled<D::Event>, HandleError<D::Refusal>> {
        let under_way = self.inner.enter().await?;
        let task = Attempts::<D> {
            inner: Arc::clone(&self.inner),
            stream_id: name("a stream's id", stream_id)?,
            command,
            context: context.clone(),
            along,
        };
        let task = async move {
            let _under_way = under_way;
            let _turn = task.inner.streams.turn(D::TYPE, &task.stream_id).await;
            task.run().await
        };
        tokio::spawn(task).await.map_err(Fault::task)?
    }
}

type Store<D> = PersistedEventStore<Repository, Adapted<D>>;

fn store<D: Decider>(inner: &Inner, repository: Repository) -> Store<D> {
    Store::<D>::new_event_store(repository).with_upcasters(inner.upcasters.for_store())
}

/// One command on its way to the log.
pub(crate) struct Attempts<D: Decider> {
    pub(crate) inner: Arc<Inner>,
    pub(crate) stream_id: String,
    pub(crate) command: D::Command,
    pub(crate) context: Context,
    pub(crate) along: Along,
}

type Answer<D> = Result<Handled<<D as Decider>::Event>, HandleError<<D as Decider>::Refusal>>;

impl<D: Decider> Attempts<D> {
    /// Without waiting for the stream's turn, as another process would.
    pub(crate) async fn run(&self) -> Answer<D> {
        for _ in 0..RETRIES {
            match self.attempt().await {
                Err(HandleError::Conflict) => {}
                answer => return answer,
            }
        }
        self.attempt().await
    }

    async fn attempt(&self) -> Answer<D> {
        let repository = Repository::new(Arc::clone(&self.inner));
        let store = store::<D>(&self.inner, repository.clone());
        let mut loaded = store.load_aggregate(&self.stream_id).await.map_err(fault::<D>)?;
        let sink = EventSink::default();
        let decided = loaded.aggregate().handle(self.command.clone(), &(), &sink).await;
        if let Err(refusal) = decided {
            // Refused because of what the same command did the first time?
            let first = self.first_time().await?;
            return first.ok_or(HandleError::Refused(refusal));
        }
        let events = sink.collect().await;
        if events.is_empty() {
            return self.nothing_happened(loaded.current_sequence as u64).await;
        }
        self.fill_slip(&repository, &events);
        let metadata = metadata::write(&self.context);
        let committed = store.commit(events.clone(), loaded, metadata).await;
        let answer = repository.slip().answer.take();
        match answer {
            Some(answer) => self.answer(answer, events).await,
            None => Err(committed.map_or_else(fault::<D>, |_| Fault::WriterGone))?,
        }
    }

    fn fill_slip(&self, repository: &Repository, events: &[Recordable<D::Event>]) {
        let claims = events.iter().flat_map(|event| event.0.claims());
        let claims = claims.map(|claim| self.claim(claim)).collect();
        repository.slip().going = Some(Going {
            command: self.context.command,
            tenant: self.context.tenant.clone(),
            claims,
            rows: self.along.rows.clone(),
            erases: self.along.erases,
        });
    }

    fn claim(&self, claim: Claim) -> ClaimChange {
        let (takes, scope, key) = match claim {
            Claim::Take { scope, key } => (true, scope, key),
            Claim::Release { scope, key } => (false, scope, key),
        };
        let (key, person) = self.inner.keyring.claim_key(scope, &key);
        ClaimChange { takes, scope, key, person }
    }

    async fn answer(
        &self,
        answer: Result<Written, AppendRefusal>,
        events: Vec<Recordable<D::Event>>,
    ) -> Answer<D> {
        let written = answer.map_err(refused::<D>)?;
        if written.repeated {
            return self.read_back(written).await;
        }
        Ok(Handled {
            events: events.into_iter().map(|event| event.0).collect(),
            first: written.first,
            last: written.last,
            repeated: false,
        })
    }

    async fn nothing_happened(&self, expected: u64) -> Answer<D> {
        if let Some(first) = self.first_time().await? {
            return Ok(first);
        }
        let Along { rows, erases } = self.along.clone();
        let head = if rows.is_empty() && erases.is_none() {
            self.inner.backend.head().await?.position
        } else {
            let append = Append {
                stream: D::TYPE,
                stream_id: self.stream_id.clone(),
                expected,
                command: self.context.command,
                tenant: None,
                events: Vec::new(),
                claims: Vec::new(),
                about: Vec::new(),
                erases,
                rows,
            };
            let written = self.inner.append(append).await.map_err(refused::<D>)?;
            written.last
        };
        Ok(Handled { events: Vec::new(), first: head, last: head, repeated: false })
    }

    /// What the command did when it was given before, if it was.
    async fn first_time(&self) -> Result<Option<Handled<D::Event>>, HandleError<D::Refusal>> {
        match self.inner.backend.command(self.context.command).await? {
            Some(written) => self.read_back(written).await.map(Some),
            None => Ok(None),
        }
    }

    async fn read_back(&self, written: Written) -> Answer<D> {
        if written.stream != D::TYPE || written.stream_id != self.stream_id {
            return Err(reused(self.context.command, written))?;
        }
        let events = self.inner.decode_back(written.first, written.last).await?;
        Ok(Handled { events, first: written.first, last: written.last, repeated: true })
    }
}

fn reused(command: Uuid, written: Written) -> Fault {
    Fault::CommandReused { command, stream: written.stream, stream_id: written.stream_id }
}

fn refused<D: Decider>(refusal: AppendRefusal) -> HandleError<D::Refusal> {
    match refusal {
        AppendRefusal::Conflict => HandleError::Conflict,
        AppendRefusal::Claimed { scope } => HandleError::Claimed { scope },
        AppendRefusal::Erased(person) => HandleError::Erased(person),
        AppendRefusal::Fault(fault) => HandleError::Fault(fault),
    }
}

/// The fault that the framework wrapped, or what it says itself.
fn fault<D: Decider>(error: AggregateError<D::Refusal>) -> Fault {
    match error {
        AggregateError::UnexpectedError(inner) | AggregateError::DatabaseConnectionError(inner) => {
            match inner.downcast::<Fault>() {
                Ok(fault) => *fault,
                Err(other) => Fault::Database(Arc::from(other)),
            }
        }
        AggregateError::DeserializationError(inner) => Fault::shape(D::TYPE, &*inner),
        // Neither loading nor a commit whose answer is on the slip ends so.
        AggregateError::UserError(_) | AggregateError::AggregateConflict => Fault::database(error),
    }
}
