//! What the log says: where letters take their links from.

use domain::{accounts::account::AccountEvent, facts::Fact};
use schema::testing::TestApi;

/// What `wanted` finds in the last event of an account in which it finds something.
pub(crate) async fn last<T>(api: &TestApi, wanted: fn(&AccountEvent) -> Option<T>) -> T {
    let facts = api.journal.read(0, 10_000).await.unwrap();
    let found = facts.iter().rev().find_map(|recorded| match &recorded.event {
        Fact::Account(event) => wanted(event),
        _ => None,
    });
    found.unwrap()
}
