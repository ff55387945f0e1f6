//! The service from outside, over HTTP, with its mail, on both backends.

mod erasure;
mod graphql_over_http;
mod support;
mod waiting;
