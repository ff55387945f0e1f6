//! What comes back from schools, read from outside.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on fails")]

#[path = "../../corpus/mod.rs"]
mod corpus;
mod corpus_read;
mod splits;
mod stacks;
mod tiffs;
