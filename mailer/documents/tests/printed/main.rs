//! Documents as those who receive them see them: their text, their structure,
//! their codes on paper.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on fails")]

mod altered;
mod attendance;
mod authority;
mod conventions;
mod day_lists;
mod deposits;
mod photographs;
mod readers;
mod sample;
mod sealed;
mod signed_online;
mod tools;
