//! The GraphQL API: its types, who may see or do what, and every French message of a refusal.
//! Knows nothing of HTTP: what it needs from the service is in [`ports`].
//!
//! The doc comments of GraphQL types and fields are in French: they are the descriptions that
//! readers of the schema see.
// Below each field lies the journal or a read model; their futures go deeper than the default.
#![recursion_limit = "256"]
#![expect(
    clippy::unused_async,
    reason = "the engine wants every resolver to be asynchronous, also those that wait for nothing"
)]

mod accounts;
mod api;
mod audit;
mod conventions;
mod correspondence;
mod directory;
mod fault;
mod french;
mod guard;
mod input;
mod listed;
mod loaders;
mod ministages;
pub mod names;
mod operations;
mod order;
mod page;
mod platforms;
pub mod ports;
mod position;
mod refused;
mod scalars;
#[cfg(feature = "testing")]
pub mod testing;
pub mod words;

pub use api::{Api, Mutation, Parts, Query, Subscription, build, sdl};
pub use fault::cannot_answer;
pub use listed::Operations;
pub use projections::accounts::viewer::viewer_of;
