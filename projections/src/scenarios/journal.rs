//! Over a journal: what it holds is in the read models, what it cannot read pauses them.

use std::sync::Arc;

use domain::{
    kernel::{
        envelope::{Actor, Context},
        ids::PersonId,
    },
    operations::erasure::ErasureGround,
};
use journal::{Journal, MasterKey, Settings};
use uuid::Uuid;

use crate::{
    ReadDb, Runner, Status, Window,
    operations::audit_trail::{Kind, latest, touching},
    spec::START,
};

fn context(number: u128) -> Context {
    Context {
        command: Uuid::from_u128(number),
        actor: Actor::Operator,
        from: Some("192.0.2.0/24".to_owned()),
        correlation: Uuid::from_u128(9),
        cause: None,
        tenant: None,
        at: START,
    }
}

async fn erase(journal: &Journal, person: PersonId) {
    journal.erase(person, ErasureGround::Request, &context(person.uuid().as_u128())).await.unwrap();
}

#[tokio::test]
async fn what_the_journal_holds_is_in_the_trail() {
    let journal = Journal::open(Settings::memory()).await.unwrap();
    let read = ReadDb::memory().unwrap();
    let runner = Runner::start(&read, Arc::new(journal.clone())).await.unwrap();
    let (first, second) = (PersonId::from_u128(1), PersonId::from_u128(2));

    erase(&journal, first).await;
    erase(&journal, second).await;
    read.projected().wait_for(|it| *it == 2).await.unwrap();

    let window = Window::first(10);
    let all = read.query(move |db| latest(db, window)).await.unwrap();
    assert_eq!(all.total, 2);
    assert_eq!(all.items[0].source.as_deref(), Some("192.0.2.0/24"));
    let of_first = move |db: &crate::Connection| touching(db, Kind::Person, first.uuid(), window);
    assert_eq!(read.query(of_first).await.unwrap().items[0].position, 1);
    runner.stop().await;
}

#[tokio::test]
async fn an_event_of_a_later_program_pauses_who_wants_it() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("log.db");
    let url = format!("sqlite:{}", file.display());
    let settings = Settings::new(url, "memory:", MasterKey::new([7; 32]));
    let journal = Journal::open(settings).await.unwrap();
    erase(&journal, PersonId::from_u128(1)).await;
    erase(&journal, PersonId::from_u128(2)).await;
    let other = rusqlite::Connection::open(&file).unwrap();
    other
        .execute_batch(
            "DROP TRIGGER events_are_never_updated;
             UPDATE events SET payload = replace(payload, 'SubjectErased', 'SubjectRevived')
             WHERE position = 2;",
        )
        .unwrap();
    let read = ReadDb::memory().unwrap();

    crate::catch_up(&read, Arc::new(journal)).await.unwrap();

    let states = read.states().await.unwrap();
    let stand = |name: &str| {
        let state = states.iter().find(|it| it.name == name).unwrap();
        (state.status, state.position)
    };
    assert_eq!(stand("audit_trail"), (Status::Paused, 1));
    assert_eq!(stand("schools"), (Status::Live, 2));
}
