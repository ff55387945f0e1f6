//! The service from outside, over HTTP, with its mail, on both backends.

#[cfg(test)]
mod erasure;
#[cfg(test)]
mod graphql_over_http;
#[cfg(test)]
mod journey;
#[cfg(test)]
mod portal;
#[cfg(test)]
mod support;
#[cfg(test)]
mod waiting;
