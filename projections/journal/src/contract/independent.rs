//! Somebody else's implementation of C2SP's logs accepts what we sign and prove, and refuses what was
//! touched. `cargo xtask test` installs it.

use std::{
    io::Write as _,
    process::{Command, Stdio},
};

use serde_json::json;

use super::{
    club::ClubCommand,
    proof::{LOG, club},
    world::{World, give},
};
use crate::{Bundle, VerifierKey};

const INSTALLED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../target/python");

/// What it says of a bundle, to a reader who knows the key.
fn said(key: &VerifierKey, bundle: &Bundle) -> String {
    let mut python = Command::new("/usr/bin/python3");
    python.args(["-c", include_str!("independent.py")]).env("PYTHONPATH", INSTALLED);
    python.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = python.spawn().unwrap();
    let asked = json!({ "key": key.to_string(), "bundle": bundle }).to_string();
    child.stdin.take().unwrap().write_all(asked.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let why = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "`cargo xtask test` installs aics-tlog: {why}");
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

#[tokio::test]
async fn another_implementation_accepts_our_notes_and_proofs_and_refuses_touched_ones() {
    let journal = World::memory().open().await;
    for (number, count) in [(1, 3), (2, 250), (3, 7), (4, 400), (5, 1)] {
        let club = if number % 2 == 0 { "a" } else { "b" };
        give(&journal, club, ClubCommand::Note(count), number).await.unwrap();
        journal.checkpoint(LOG).await.unwrap();
    }
    let earlier = journal.checkpoint(LOG).await.unwrap().note;
    give(&journal, "b", ClubCommand::Note(90), 6).await.unwrap();
    let key = journal.verifier_key(LOG).await.unwrap();
    let bundle = journal.prove(LOG, &[club("b"), club("a")], Some(&earlier)).await.unwrap();
    bundle.check(Some(&key)).unwrap();

    assert_eq!(said(&key, &bundle), "accepted");

    let touched = |touch: fn(&mut Bundle)| {
        let mut bundle = bundle.clone();
        touch(&mut bundle);
        assert!(bundle.check(Some(&key)).is_err());
        said(&key, &bundle)
    };
    let last = bundle.events.last().unwrap().position;
    let not_included = format!("the event at {last} is not included");
    assert_eq!(touched(|it| it.events.last_mut().unwrap().payload.push(' ')), not_included);
    assert_eq!(touched(|it| it.events.last_mut().unwrap().proof.reverse()), not_included);
    let continued = "the log does not continue the older note";
    assert_eq!(touched(|it| it.earlier.as_mut().unwrap().proof.reverse()), continued);
    let unsigned = "the note is not signed by the key";
    assert_eq!(touched(|it| it.note = it.note.replacen("\n751\n", "\n752\n", 1)), unsigned);
}
