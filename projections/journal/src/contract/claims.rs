//! What there is one of in the whole log.

use domain::kernel::{ids::PersonId, personal::ClaimKey};

use super::{
    club::{ClubCommand, MEMBER, NAME},
    on_every_log,
    world::{World, count, give, giving},
};
use crate::{HandleError, Journal, backend::hold::Next};

on_every_log!(
    of_all_who_claim_a_name_at_once_one_gets_it,
    in_one_batch_the_first_claim_wins_and_the_others_are_refused,
    a_name_that_was_given_back_is_free,
    a_stream_keeps_what_it_holds_when_it_takes_it_again,
    a_claim_about_a_person_holds_its_hash_only,
);

const ALOUETTES: &str = "Les Alouettes";

async fn holder(journal: &Journal) -> Option<String> {
    let name = ClaimKey::Plain(ALOUETTES.to_owned());
    journal.claimant(NAME, &name).await.unwrap()
}

async fn of_all_who_claim_a_name_at_once_one_gets_it(world: World) {
    let journal = world.open().await;
    let claiming: Vec<_> = (0..20)
        .map(|n| giving(&journal, &format!("club {n}"), ClubCommand::Open(ALOUETTES), n))
        .collect();

    let mut winners = Vec::new();
    for (n, claim) in claiming.into_iter().enumerate() {
        match claim.await.unwrap() {
            Ok(_) => winners.push(format!("club {n}")),
            Err(refusal) => assert!(matches!(refusal, HandleError::Claimed { scope: NAME })),
        }
    }

    assert_eq!(winners.len(), 1);
    assert_eq!(holder(&journal).await, winners.pop());
    assert_eq!(count(&journal).await, 1);
}

async fn in_one_batch_the_first_claim_wins_and_the_others_are_refused(world: World) {
    let journal = world.open().await;
    let mut stops = journal.inner.hold.watch();
    let blocker = giving(&journal, "blocker", ClubCommand::Note(1), 100);
    let stop = stops.recv().await.unwrap();
    let one = giving(&journal, "one", ClubCommand::Open(ALOUETTES), 1);
    let other = giving(&journal, "other", ClubCommand::Open(ALOUETTES), 2);

    stop.send(Next::Commit).unwrap();
    drop(stops);
    blocker.await.unwrap().unwrap();
    let outcomes = [one.await.unwrap(), other.await.unwrap()];

    let won = outcomes.iter().filter(|outcome| outcome.is_ok()).count();
    assert_eq!(won, 1);
    assert_eq!(count(&journal).await, 2);
}

async fn a_name_that_was_given_back_is_free(world: World) {
    let journal = world.open().await;
    give(&journal, "one", ClubCommand::Open(ALOUETTES), 1).await.unwrap();
    give(&journal, "one", ClubCommand::Close, 2).await.unwrap();
    assert_eq!(holder(&journal).await, None);

    give(&journal, "other", ClubCommand::Open(ALOUETTES), 3).await.unwrap();
    // Closed already: what it gives back is no longer its own.
    give(&journal, "one", ClubCommand::Close, 4).await.unwrap();

    assert_eq!(holder(&journal).await.as_deref(), Some("other"));
}

async fn a_stream_keeps_what_it_holds_when_it_takes_it_again(world: World) {
    let journal = world.open().await;
    give(&journal, "one", ClubCommand::Open(ALOUETTES), 1).await.unwrap();

    let again = give(&journal, "one", ClubCommand::Open(ALOUETTES), 2).await;

    assert!(again.is_ok());
    assert_eq!(holder(&journal).await.as_deref(), Some("one"));
}

async fn a_claim_about_a_person_holds_its_hash_only(world: World) {
    let journal = world.open().await;
    let (zoe, tom) = (PersonId::from_u128(1), PersonId::from_u128(2));
    let mail = "zoe.martin@example.org".to_owned();
    give(&journal, "a", ClubCommand::Enrol(zoe, mail.clone()), 1).await.unwrap();

    let taken = give(&journal, "b", ClubCommand::Enrol(tom, mail.clone()), 2).await;

    assert!(matches!(taken, Err(HandleError::Claimed { scope: MEMBER })));
    // Whoever asks does not know whose it is: the value alone finds it.
    let key = ClaimKey::Personal(tom, mail);
    let holder = journal.claimant(MEMBER, &key).await.unwrap();
    assert_eq!(holder.as_deref(), Some("a"));
    assert!(!world.holds("zoe.martin").await);
}
