//! The API on a log and read models in memory, with a service that only pretends: for tests.

mod placed;
mod pretence;
mod world;

use std::{collections::HashMap, sync::Arc};

use async_graphql::{Request, Response, UploadValue, Variables};
use domain::{
    access::Viewer,
    kernel::{
        decider::Decider,
        envelope::{Actor, Context},
        ids::{AccountId, derived},
    },
};
use futures::{FutureExt as _, StreamExt as _, future::BoxFuture, stream::BoxStream};
use jiff::{SignedDuration, Timestamp};
use journal::{Clock, Handled, Journal, Settings};
use projections::{ReadDb, Runner};
use serde_json::{Value, json};
use uuid::Uuid;

pub use pretence::{FakeService, PASSWORD, token};
pub use world::{Persona, World};

use crate::{
    Api, Operations, Parts, build,
    ports::{Caller, Ports as _, SessionKey},
    viewer_of,
};

/// When every test begins: a Tuesday of January, 9:00 in Paris.
pub const START: Timestamp = Timestamp::constant(1_799_827_200, 0);

/// The API at work, and all that stands behind it.
#[derive(Clone)]
pub struct TestApi {
    /// The API.
    pub api: Api,
    /// The log.
    pub journal: Journal,
    /// The read models; [`catch_up`](Self::catch_up) waits until they are level.
    pub read: ReadDb,
    /// The service around.
    pub service: Arc<FakeService>,
    /// What time it is.
    pub clock: Clock,
    /// Fills the read models, as long as the test lasts.
    _runner: Arc<Runner>,
}

/// What must not fail in a test.
pub(crate) fn must<T, E: std::fmt::Debug>(what: &str, done: Result<T, E>) -> T {
    match done {
        Ok(done) => done,
        Err(error) => panic!("cannot {what}: {error:?}"),
    }
}

impl TestApi {
    /// An empty one.
    pub async fn new() -> Self {
        let clock = Clock::held(START);
        let settings = Settings::memory().with_clock(clock.clone());
        let journal = must("open the log", Journal::open(settings).await);
        let read = must("open the read models", ReadDb::memory());
        let runner = Runner::start(&read, Arc::new(journal.clone())).await;
        let service = Arc::new(FakeService::new(journal.clone()));
        let api = build(Parts {
            journal: journal.clone(),
            read: read.clone(),
            service: service.clone(),
            operations: Operations::any(HashMap::new()),
        });
        Self {
            api,
            journal,
            read,
            service,
            clock,
            _runner: Arc::new(must("fill the read models", runner)),
        }
    }

    /// Gives a command as the operator at the command line, which must accept it.
    pub async fn given<D: Decider>(
        &self,
        stream_id: &str,
        command: D::Command,
    ) -> Handled<D::Event> {
        let context = self.context(Actor::Operator);
        let handled = self.journal.handle::<D>(stream_id, command, &context);
        must("give a command", handled.await)
    }

    /// The same, concerning the platform `demo`.
    pub async fn given_on<D: Decider>(
        &self,
        stream_id: &str,
        command: D::Command,
    ) -> Handled<D::Event> {
        let mut context = self.context(Actor::Operator);
        context.tenant = Some("demo".to_owned());
        let handled = self.journal.handle::<D>(stream_id, command, &context);
        must("give a command", handled.await)
    }

    /// What goes with a command of `actor`.
    pub fn context(&self, actor: Actor) -> Context {
        let command = self.service.draw();
        Context {
            command,
            actor,
            from: None,
            correlation: derived(&["correlation", &command.to_string()]),
            cause: None,
            tenant: None,
            at: self.clock.now(),
        }
    }

    /// Waits until the read models have taken all that the log holds.
    pub async fn catch_up(&self) {
        let head = *self.journal.head().borrow();
        let patience = std::time::Duration::from_secs(20);
        let level = self.read.wait_for(head, patience).await;
        assert!(level, "the read models have stopped");
    }

    /// Time goes by.
    pub fn wait(&self, span: SignedDuration) {
        self.clock.advance(span);
    }

    /// A visitor.
    pub fn visitor(&self) -> Caller {
        self.caller(Viewer::visitor())
    }

    /// The holder of `account`, with all that it belongs to by now.
    pub async fn signed_in(&self, account: AccountId) -> Caller {
        self.catch_up().await;
        let viewer = self.read.query(move |db| viewer_of(db, account)).await;
        self.caller(must("find an account", viewer))
    }

    fn caller(&self, viewer: Viewer) -> Caller {
        Caller {
            session: viewer.account.map(|account| SessionKey(account.to_string())),
            viewer,
            from: Some("192.0.2.0/24".to_owned()),
            correlation: self.service.draw(),
        }
    }

    /// Gives a request to the API. Boxed here, and not where it is awaited: so the engine is
    /// compiled once, and not again for each test.
    pub fn execute(&self, request: Request) -> BoxFuture<'static, Response> {
        let api = self.api.clone();
        async move { api.execute(request).await }.boxed()
    }

    /// The same for a subscription.
    pub fn execute_stream(&self, request: Request) -> BoxStream<'static, Response> {
        self.api.execute_stream(request).boxed()
    }

    /// What the API answers, whole: `data`, `errors`.
    pub async fn answer(&self, caller: &Caller, query: &str, variables: Value) -> Value {
        self.answer_with(caller, query, variables, &[]).await
    }

    /// The same to a request that carries files, named `#__graphql_file__:0` and so on.
    pub async fn answer_with(
        &self,
        caller: &Caller,
        query: &str,
        variables: Value,
        files: &[&[u8]],
    ) -> Value {
        self.catch_up().await;
        let mut request =
            Request::new(query).variables(Variables::from_json(variables)).data(caller.clone());
        request.uploads = files.iter().map(|bytes| upload(bytes)).collect();
        let response = self.execute(request).await;
        self.catch_up().await;
        must("write an answer", serde_json::to_value(response))
    }

    /// The data of an answer without errors.
    pub async fn data(&self, caller: &Caller, query: &str, variables: Value) -> Value {
        let mut answer = self.answer(caller, query, variables).await;
        assert_eq!(answer.get("errors"), None, "{query}");
        answer["data"].take()
    }

    /// What the mutation `name` answers to `input`: the selection `wanted` on success, the
    /// whole refusal otherwise.
    pub async fn mutate(&self, caller: &Caller, name: &str, input: Value, wanted: &str) -> Value {
        let query = mutation(name, wanted);
        let mut data = self.data(caller, &query, json!({ "input": input })).await;
        data["done"].take()
    }

    /// The code of the first error of `answer`, if it has one.
    pub fn error_code(answer: &Value) -> Option<&str> {
        answer["errors"][0]["extensions"]["code"].as_str()
    }
}

/// The mutation `name`, whose success type follows from the selection: `wanted` is
/// `SignedIn { position }`.
pub fn mutation(name: &str, wanted: &str) -> String {
    let mut first = name.chars();
    let upper: String =
        first.next().map(|c| c.to_ascii_uppercase()).into_iter().chain(first).collect();
    let on = if wanted.is_empty() { String::new() } else { format!("... on {wanted}") };
    format!(
        "mutation($input: {upper}Input!) {{ done: {name}(input: $input) {{ __typename {on} \
         ... on Refused {{ code message field }} }} }}"
    )
}

fn upload(bytes: &[u8]) -> UploadValue {
    UploadValue { filename: "file".to_owned(), content_type: None, content: bytes.to_vec().into() }
}

/// An id from a number.
pub const fn uuid(number: u128) -> Uuid {
    Uuid::from_u128(number)
}
