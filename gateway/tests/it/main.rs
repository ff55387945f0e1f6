//! The service from outside, over HTTP, with its mail, on both backends.

mod erasure;
mod graphql_over_http;
mod journey;
mod support;
mod waiting;
