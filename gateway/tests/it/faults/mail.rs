//! The mail server is down, refuses, or is slow, for an hour of the service's clock.

use jiff::SignedDuration;
use mailer::testing::Order;

use crate::support::{Backend, stage::Stage};

const COLLEGE: &str = "ce.9990011H@ac-exemple.fr";

/// Each letter arrives once the server is well again, once, and people are not held meanwhile.
async fn letters_outlive_an_hour(backend: Backend, order: Order) {
    let stage = Stage::set(backend).await;
    let slot = stage.slot(6).await;
    stage.app.drain().await;
    let before = stage.app.letters_to(COLLEGE).len();

    stage.app.mail.order(order);
    stage.book(slot, "Alpha", "Ana").await;
    for _ in 0..12 {
        stage.app.forward(SignedDuration::from_mins(5)).await;
    }
    assert_eq!(stage.app.letters_to(COLLEGE).len(), before, "nothing came through");
    stage.app.mail.order(Order::BeWell);
    // The last pause is twice the one before: at most as long as it was down, and a bit of chance.
    for _ in 0..30 {
        stage.app.forward(SignedDuration::from_mins(5)).await;
    }

    let came = stage.app.letters_to(COLLEGE);
    let about = came.iter().filter(|it| it.text.contains("ALPHA")).count();
    assert_eq!(about, 1, "{came:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_is_down_for_an_hour_loses_no_letter_on_sqlite() {
    letters_outlive_an_hour(Backend::Sqlite, Order::BeDown).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_is_down_for_an_hour_loses_no_letter_on_postgresql() {
    letters_outlive_an_hour(Backend::Postgres, Order::BeDown).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_refuses_for_an_hour_loses_no_letter() {
    letters_outlive_an_hour(Backend::Sqlite, Order::Refuse).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slow_server_gets_each_letter_once() {
    let stage = Stage::set(Backend::Sqlite).await;
    let slot = stage.slot(6).await;
    stage.app.drain().await;

    stage.app.mail.order(Order::BeSlow(1.5));
    let names = ["Alpha", "Bravo", "Charlie", "Delta"];
    for name in names {
        // Whoever books does not wait for it.
        stage.book(slot, name, "Ana").await;
    }
    stage.app.drain().await;

    let came = stage.app.letters_to(COLLEGE);
    for name in names {
        let about = came.iter().filter(|it| it.text.contains(&name.to_uppercase())).count();
        assert_eq!(about, 1, "{name}");
    }
}
