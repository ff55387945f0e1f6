//! Every query, mutation and subscription, for every role: what the table says is what the API
//! does. A field without a row, or a row without a field, fails.
#![expect(clippy::unwrap_used, reason = "what the tests share may fail as loudly as they do")]

mod matrix;

use std::collections::BTreeSet;

use async_graphql::{Request, Variables};
use futures::StreamExt as _;
use schema::testing::{Persona, TestApi, World};
use serde_json::Value;
use strum::VariantArray as _;

use matrix::{Cell, Root, Row};

/// The fields of the root types, as `Query.me`.
async fn fields_of_the_schema() -> BTreeSet<String> {
    let world = TestApi::new().await;
    let query = "{ __schema {
        Query: queryType { fields { name } }
        Mutation: mutationType { fields { name } }
        Subscription: subscriptionType { fields { name } }
    } }";
    let schema = world.data(&world.visitor(), query, Value::Null).await;
    let mut fields = BTreeSet::new();
    for root in [Root::Query, Root::Mutation, Root::Subscription] {
        let named = schema["__schema"][root.to_string()]["fields"].as_array();
        for field in named.unwrap() {
            fields.insert(format!("{root}.{}", field["name"].as_str().unwrap()));
        }
    }
    fields
}

#[tokio::test]
async fn every_field_has_its_row_and_every_row_its_field() {
    let rows = matrix::rows();
    let named: BTreeSet<String> = rows.iter().map(Row::field).collect();

    assert_eq!(named, fields_of_the_schema().await);
    assert_eq!(named.len(), rows.len(), "a field has two rows");
}

/// What one persona gets.
async fn cell(world: &World, row: &Row, persona: Persona) -> Cell {
    let caller = world.caller(persona).await;
    let answer = match row.root {
        Root::Query | Root::Mutation => {
            world.api.answer_with(&caller, row.request, (row.variables)(), &[b"PNG"]).await
        }
        Root::Subscription => {
            let request = Request::new(row.request)
                .variables(Variables::from_json((row.variables)()))
                .data(caller);
            let mut answers = world.api.execute_stream(request);
            // What is allowed may have nothing to tell yet; what is not says so, however long it
            // takes on a busy machine.
            let allowed = row.expected(persona) == Cell::Allowed;
            let patience = std::time::Duration::from_millis(if allowed { 200 } else { 20_000 });
            let first = tokio::time::timeout(patience, answers.next());
            match first.await {
                Ok(Some(answer)) => serde_json::to_value(answer).unwrap(),
                Ok(None) | Err(_) => Value::Null,
            }
        }
    };
    Cell::of(&answer)
}

/// What each persona gets. Whoever may change something has a world of their own, so that it
/// changes nothing for the next.
async fn cells(row: Row) -> Vec<(Persona, Cell)> {
    let shared = prepared(&row).await;
    let mut found = Vec::new();
    for persona in Persona::VARIANTS {
        let changes = row.root == Root::Mutation && row.expected(*persona) == Cell::Allowed;
        let cell = if changes {
            cell(&prepared(&row).await, &row, *persona).await
        } else {
            cell(&shared, &row, *persona).await
        };
        found.push((*persona, cell));
    }
    found
}

async fn prepared(row: &Row) -> World {
    let world = World::new().await;
    (row.given)(world.clone()).await;
    world
}

#[tokio::test(flavor = "multi_thread")]
async fn every_role_meets_every_field() {
    let tried = matrix::rows().into_iter().map(|row| {
        let cells = tokio::spawn(cells(row.clone()));
        async move { (row, cells.await.unwrap()) }
    });
    let mut wrong = Vec::new();
    for (row, cells) in futures::future::join_all(tried).await {
        for (persona, found) in cells {
            let expected = row.expected(persona);
            if found != expected {
                wrong.push(format!("{} {persona}: {found:?}, not {expected:?}", row.field()));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[tokio::test]
async fn an_error_names_its_kind_in_french_and_nothing_inside() {
    let world = World::new().await;
    let visitor = world.api.visitor();

    let answer = world.api.answer(&visitor, "{ projections { name } }", Value::Null).await;

    assert_eq!(TestApi::error_code(&answer), Some("UNAUTHENTICATED"));
    assert_eq!(answer["errors"][0]["message"], "Connectez-vous pour continuer.");
    let answer = world.api.answer(&visitor, "{ nothing }", Value::Null).await;
    assert_eq!(TestApi::error_code(&answer), Some("MALFORMED"));
}
