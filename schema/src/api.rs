//! The whole API, put together.

use std::{sync::Arc, time::Duration};

use async_graphql::{
    Data, Executor, MergedObject, MergedSubscription, Request, Response, Schema, SchemaBuilder,
    dataloader::DataLoader,
};
use futures::{
    FutureExt as _, StreamExt as _,
    future::BoxFuture,
    stream::{self, BoxStream},
};
use journal::Journal;
use projections::ReadDb;

use crate::{
    accounts::{AccountsMutation, AccountsQuery},
    audit::AuditQuery,
    conventions::{
        ConventionsMutation, ConventionsQuery, LostLinkMutation, ScansMutation, ScansQuery,
        ScansSubscription, SigningLinkMutation, SigningLinkQuery, SigningSchoolMutation,
        VerifyQuery,
    },
    correspondence::{CorrespondenceMutation, CorrespondenceQuery},
    directory::{DirectoryMutation, DirectoryQuery},
    fault::coded,
    listed::Operations,
    loaders::Rows,
    ministages::{
        BookMutation, BookingsMutation, FiguresQuery, MinistagesQuery, MinistagesSubscription,
        SlotsMutation,
    },
    operations::{OperationsMutation, OperationsQuery, OperationsSubscription},
    platforms::{PlatformsMutation, PlatformsQuery},
    ports::Service,
};

/// How deep a request may go. Introspection, in the demo, needs 13.
const DEPTH: usize = 15;

/// How many fields a request may name.
const COMPLEXITY: usize = 1000;

/// The API: give it a request with its [`Caller`](crate::ports::Caller).
///
/// It is compiled here, once: the engine's own type would be compiled anew, with all that lies
/// below each field, in every crate that runs it.
#[derive(Clone)]
pub struct Api {
    // Around the engine, not extensions of it: those are gone through at every field.
    operations: Operations,
    schema: Schema<Query, Mutation, Subscription>,
}

impl std::fmt::Debug for Api {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Api(…)")
    }
}

impl Api {
    /// What the API answers to a query or a mutation.
    pub fn execute(&self, request: Request) -> BoxFuture<'static, Response> {
        let Self { operations, schema } = self.clone();
        async move {
            match operations.admit(request) {
                Ok(request) => coded(schema.execute(request).await),
                Err(refused) => Response::from_errors(vec![refused]),
            }
        }
        .boxed()
    }

    /// What the API answers, again and again, to a subscription.
    pub fn execute_stream(&self, request: Request) -> BoxStream<'static, Response> {
        Executor::execute_stream(self, request, None)
    }
}

impl Executor for Api {
    fn execute(&self, request: Request) -> impl Future<Output = Response> + Send {
        Self::execute(self, request)
    }

    fn execute_stream(
        &self,
        request: Request,
        session_data: Option<Arc<Data>>,
    ) -> BoxStream<'static, Response> {
        match self.operations.admit(request) {
            Ok(request) => {
                let answers = Executor::execute_stream(&self.schema, request, session_data);
                answers.map(coded).boxed()
            }
            Err(refused) => stream::iter([Response::from_errors(vec![refused])]).boxed(),
        }
    }
}

/// Lectures.
#[derive(MergedObject, Default)]
pub struct Query(
    DirectoryQuery,
    AccountsQuery,
    PlatformsQuery,
    MinistagesQuery,
    FiguresQuery,
    ConventionsQuery,
    SigningLinkQuery,
    VerifyQuery,
    ScansQuery,
    CorrespondenceQuery,
    AuditQuery,
    OperationsQuery,
);

/// Demandes : chacune porte le nom de la commande qu’elle donne.
#[derive(MergedObject, Default)]
pub struct Mutation(
    DirectoryMutation,
    AccountsMutation,
    PlatformsMutation,
    SlotsMutation,
    BookMutation,
    BookingsMutation,
    ConventionsMutation,
    SigningSchoolMutation,
    SigningLinkMutation,
    LostLinkMutation,
    ScansMutation,
    CorrespondenceMutation,
    OperationsMutation,
);

/// Ce qui se passe, au fur et à mesure.
#[derive(MergedSubscription, Default)]
pub struct Subscription(MinistagesSubscription, ScansSubscription, OperationsSubscription);

/// What the API works with.
#[derive(Clone)]
pub struct Parts {
    /// The log.
    pub journal: Journal,
    /// The read models.
    pub read: ReadDb,
    /// The service around.
    pub service: Service,
    /// What may be asked for.
    pub operations: Operations,
}

impl std::fmt::Debug for Parts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Parts(…)")
    }
}

fn builder() -> SchemaBuilder<Query, Mutation, Subscription> {
    Schema::build(Query::default(), Mutation::default(), Subscription::default())
        .limit_depth(DEPTH)
        .limit_complexity(COMPLEXITY)
}

/// The API at work. The schema can be asked for in the demo only.
pub fn build(parts: Parts) -> Api {
    let rows = Rows(parts.read.clone());
    let is_demo = parts.service.is_demo();
    let operations = parts.operations.clone();
    // Edges are asked for together when the rows of an answer are gone through: nothing is worth
    // waiting for.
    let edges = DataLoader::new(rows, tokio::spawn).delay(Duration::ZERO);
    let builder = builder().data(edges).data(parts);
    let builder = if is_demo { builder } else { builder.disable_introspection() };
    Api { operations, schema: builder.finish() }
}

/// The schema in GraphQL's own language, as it is committed.
pub fn sdl() -> String {
    builder().finish().sdl()
}
