//! What is signed and proved, on every log.

use domain::{kernel::ids::PersonId, operations::erasure::ErasureGround};

use super::{
    club::{Club, ClubCommand},
    on_every_log,
    world::{World, context, give},
};
use crate::{
    Bundle, Flaw, Journal, Note, ProofFault, StreamName, Unproven, VerifierKey,
    proof::{Kept, SignedNote},
    rows::RowOp,
};

on_every_log!(
    a_stream_is_proved_to_someone_who_has_only_the_file,
    two_streams_are_proved_together_and_neither_with_a_gap,
    whatever_is_touched_in_a_bundle_proves_nothing_any_more,
    a_log_that_has_not_grown_is_signed_once,
    a_log_that_grew_continues_what_was_signed,
    a_log_that_does_not_continue_what_was_signed_is_not_signed_again,
    a_wrong_tree_is_found_and_made_again_from_the_events,
    an_erasure_leaves_every_proof_valid,
    a_stream_that_is_not_there_is_not_proved,
    one_key_signs_after_a_restart_too,
);

pub(super) const LOG: &str = "escale.example/journal";
const ZOE: PersonId = PersonId::from_u128(1);

/// More than two lots of the tree, in two streams.
async fn with_600_events(world: &World) -> Journal {
    let journal = world.open().await;
    give(&journal, "a", ClubCommand::Note(300), 1).await.unwrap();
    give(&journal, "b", ClubCommand::Enrol(ZOE, "zoe@example.org".to_owned()), 2).await.unwrap();
    give(&journal, "a", ClubCommand::Note(298), 3).await.unwrap();
    give(&journal, "b", ClubCommand::Note(1), 4).await.unwrap();
    journal
}

/// The name of a club’s stream.
pub(super) fn club(id: &str) -> StreamName {
    StreamName::of::<Club>(id)
}

async fn bundle_of(journal: &Journal, earlier: Option<&Note>) -> Bundle {
    journal.prove(LOG, &[club("b")], earlier).await.unwrap()
}

async fn signed(journal: &Journal) -> Note {
    journal.checkpoint(LOG).await.unwrap().note
}

/// The same bundle after a way through a file.
fn through_a_file(bundle: &Bundle) -> Bundle {
    serde_json::from_str(&serde_json::to_string(bundle).unwrap()).unwrap()
}

async fn a_stream_is_proved_to_someone_who_has_only_the_file(world: World) {
    let journal = with_600_events(&world).await;
    let key = journal.verifier_key(LOG).await.unwrap();

    let bundle = bundle_of(&journal, None).await;

    let proven = through_a_file(&bundle).check(Some(&key)).unwrap();
    assert_eq!(proven.positions, [301, 600]);
    assert_eq!((proven.note.size(), proven.note.origin()), (600, LOG));
    assert!(proven.key_was_known);
    let report = journal.verify(|_, _| {}).await.unwrap();
    assert_eq!((report.root, report.notes), (proven.note.root(), 1));
    assert!(!serde_json::to_string(&bundle).unwrap().contains("zoe@"));
}

async fn two_streams_are_proved_together_and_neither_with_a_gap(world: World) {
    let journal = world.open().await;
    for (number, id) in [(1, "a"), (2, "b"), (3, "c"), (4, "b"), (5, "a")] {
        give(&journal, id, ClubCommand::Note(1), number).await.unwrap();
    }

    let of = [club("a"), club("nobody"), club("b")];
    let bundle = through_a_file(&journal.prove(LOG, &of, None).await.unwrap());

    assert_eq!(bundle.check(None).unwrap().positions, [1, 2, 4, 5]);
    assert_eq!(bundle.streams, [club("a"), club("b")]);
    let without = |index: usize| {
        let mut bundle = bundle.clone();
        bundle.events.remove(index);
        bundle.check(None)
    };
    assert_eq!(without(0), Err(Unproven::Stream { position: 5 }));
    assert_eq!(without(1), Err(Unproven::Stream { position: 4 }));
    assert!(without(3).is_ok(), "the end of a stream may be later");
    let mut one = bundle.clone();
    one.events.retain(|event| event.stream_id == "a");
    assert_eq!(one.check(None), Err(Unproven::Empty), "what is named is shown");
}

async fn whatever_is_touched_in_a_bundle_proves_nothing_any_more(world: World) {
    let journal = with_600_events(&world).await;
    let bundle = bundle_of(&journal, None).await;
    let touched = |touch: fn(&mut Bundle)| {
        let mut bundle = bundle.clone();
        touch(&mut bundle);
        bundle.check(None).unwrap_err()
    };
    let event = Unproven::Event { position: 600 };

    assert_eq!(touched(|it| it.events[1].payload.push(' ')), event);
    assert_eq!(touched(|it| it.events[1].metadata.push(' ')), event);
    assert_eq!(touched(|it| it.events[1].recorded_at += 1), event);
    assert_eq!(touched(|it| it.events[1].tenant = None), event);
    assert_eq!(touched(|it| it.events[1].name = "Noticed".to_owned()), event);
    assert_eq!(touched(|it| it.events[1].proof.extend_from_within(..1)), event);
    assert_eq!(touched(|it| drop(it.events[1].proof.pop())), event);
    assert_eq!(touched(|it| it.events[1].position = 601), Unproven::Event { position: 601 });
    assert_eq!(touched(|it| it.events[0].position = 0), Unproven::Stream { position: 0 });
    assert_eq!(touched(|it| drop(it.events.remove(0))), Unproven::Stream { position: 600 });
    assert_eq!(touched(|it| it.events.swap(0, 1)), Unproven::Stream { position: 600 });
    assert_eq!(touched(|it| it.streams[0] = club("a")), Unproven::Stream { position: 301 });
    assert_eq!(touched(|it| it.streams.push(club("a"))), Unproven::Empty);
    assert_eq!(touched(|it| it.streams.clear()), Unproven::Stream { position: 301 });
    assert_eq!(touched(|it| it.events.clear()), Unproven::Empty);
    let documents = Unproven::Documents { position: 301 };
    assert_eq!(touched(|it| it.events[0].documents.push("ab".to_owned())), documents);
    assert_eq!(touched(|it| it.note = it.note.replacen("600", "601", 1)), Unproven::Signature);
    assert_eq!(touched(|it| it.note.clear()), Unproven::Note);
    assert_eq!(touched(|it| it.key = it.key.replacen("escale", "other", 1)), Unproven::Key);
    assert_eq!(touched(|it| it.format.clear()), Unproven::Format);

    let other = Journal::open(crate::Settings::memory()).await.unwrap();
    let other = other.verifier_key(LOG).await.unwrap();
    assert_eq!(bundle.check(Some(&other)), Err(Unproven::OtherKey));
}

async fn a_log_that_has_not_grown_is_signed_once(world: World) {
    let journal = with_600_events(&world).await;
    assert_eq!(journal.last_checkpoint().await.unwrap(), None);

    let first = journal.checkpoint(LOG).await.unwrap();
    world.settings.clock.advance(jiff::SignedDuration::from_hours(1));

    assert_eq!(journal.checkpoint(LOG).await.unwrap(), first);
    assert_eq!(journal.last_checkpoint().await.unwrap(), Some(first));
}

async fn a_log_that_grew_continues_what_was_signed(world: World) {
    let journal = with_600_events(&world).await;
    let earlier = signed(&journal).await;
    give(&journal, "a", ClubCommand::Note(500), 5).await.unwrap();

    let bundle = bundle_of(&journal, Some(&earlier)).await;

    let proven = bundle.check(None).unwrap();
    assert_eq!(proven.note.size(), 1100);
    assert_eq!(proven.earlier.as_ref(), Some(&earlier));
    let mut touched = bundle;
    touched.earlier.as_mut().unwrap().proof.pop();
    assert_eq!(touched.check(None), Err(Unproven::Earlier));
}

/// Keeps a note of another log as if it had been signed here.
async fn keep_foreign_note(journal: &Journal, size: usize) -> Note {
    let other = Journal::open(crate::Settings::memory()).await.unwrap();
    give(&other, "z", ClubCommand::Note(size), 1).await.unwrap();
    let foreign = signed(&other).await;
    let kept = SignedNote { size: foreign.size(), note: foreign.text().to_owned(), signed_at: 0 };
    journal.inner.row_op(RowOp::Proof(Kept::Checkpoint(kept))).await.unwrap();
    foreign
}

async fn a_log_that_does_not_continue_what_was_signed_is_not_signed_again(world: World) {
    let journal = with_600_events(&world).await;
    keep_foreign_note(&journal, 400).await;

    let refused = journal.checkpoint(LOG).await.unwrap_err();

    assert!(matches!(refused, ProofFault::Diverged { size: 400 }), "{refused}");
    let wrong = journal.verify(|_, _| {}).await.unwrap().wrong;
    assert_eq!(wrong, Some((400, Flaw::Checkpoint { after: 0 })));

    keep_foreign_note(&journal, 700).await;
    let refused = journal.checkpoint(LOG).await.unwrap_err();
    assert!(matches!(refused, ProofFault::Diverged { size: 700 }), "{refused}");
}

async fn a_wrong_tree_is_found_and_made_again_from_the_events(world: World) {
    let journal = with_600_events(&world).await;
    let note = signed(&journal).await;
    let wrong = Kept::Lots(vec![(1, vec![9; 32])]);
    journal.inner.row_op(RowOp::Proof(wrong)).await.unwrap();
    let found = journal.verify(|_, _| {}).await.unwrap().wrong;
    assert_eq!(found, Some((257, Flaw::Tree)));

    assert_eq!(bundle_of(&journal, None).await.check(None).unwrap().note, note);

    assert_eq!(journal.verify(|_, _| {}).await.unwrap().wrong, None);
}

async fn an_erasure_leaves_every_proof_valid(world: World) {
    let journal = with_600_events(&world).await;
    let before = bundle_of(&journal, None).await;
    let note: Note = before.note.parse().unwrap();

    journal.erase(ZOE, ErasureGround::Request, &context(6)).await.unwrap();

    before.check(None).unwrap();
    let after = bundle_of(&journal, Some(&note)).await;
    let proven = after.check(None).unwrap();
    assert_eq!((proven.positions, proven.earlier), (vec![301, 600], Some(note)));
    assert_eq!(after.events[0].payload, before.events[0].payload);
    let report = journal.verify(|_, _| {}).await.unwrap();
    assert_eq!((report.wrong, report.erased, report.notes), (None, 1, 2));
}

async fn a_stream_that_is_not_there_is_not_proved(world: World) {
    let journal = with_600_events(&world).await;

    let refused = journal.prove(LOG, &[club("nobody")], None).await.unwrap_err();

    assert!(matches!(refused, ProofFault::Nothing));
    assert!(matches!(journal.checkpoint("a b").await, Err(ProofFault::Origin)));
}

async fn one_key_signs_after_a_restart_too(world: World) {
    let journal = world.open().await;
    let key = journal.verifier_key(LOG).await.unwrap();
    journal.close().await;

    let again = world.open().await.verifier_key("moved.example").await.unwrap();

    assert!(again.is_same_key(&key));
    assert_eq!(again.name(), "moved.example");
    assert_eq!(key.to_string().parse::<VerifierKey>().unwrap(), key);
    let seed = journal.inner.keyring.signing_seed().await.unwrap();
    assert!(!world.holds(*seed).await);
}
