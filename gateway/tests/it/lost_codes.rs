//! A page whose codes nobody can read says in print where it belongs: a guess for the person who
//! sorts the stack, which attaches nothing by itself.

use fixtures::schools::COLLEGE_MOULIN;
use serde_json::{Value, json};

use crate::{
    stacks::{contents, convention, scanned_at, send, stack, two_pages, without_codes},
    support::{
        Backend, Person, on_both,
        stage::{Stage, sign_up},
    },
};

async fn sorted(stage: &Stage, by: &Person, school: &str, page: &[u8]) -> Value {
    let input = json!({ "school": school, "side": "ORIGIN" });
    let asked = "... on ScanReceived { scan { id } }";
    let sent = by.upload("receiveScan", asked, input, &stack(&[page])).await;
    stage.app.drain().await;
    contents(by, sent["scan"]["id"].as_str().unwrap()).await
}

/// Three conventions, so that a print which the engine misreads, as it may any, fails nothing.
async fn pages_alone_are_guessed_by_their_print_and_attached_by_nobody_else(backend: Backend) {
    let stage = Stage::set(backend).await;
    two_pages(&stage.app).await;
    let slot = stage.slot(4).await;
    let (mut conventions, mut lost) = (Vec::new(), Vec::new());
    for name in ["Alpha", "Beta", "Gamma"] {
        let (id, _) = convention(&stage, slot, name).await;
        let (_, pdf) = stage.college.get(&format!("/convention/{id}/original.pdf")).await;
        lost.push(without_codes(&scanned_at("200", &pdf)[0]));
        conventions.push(id);
    }

    let sent = send(&stage.college, &stack(&[&lost[0], &lost[1], &lost[2]])).await;
    stage.app.drain().await;

    let found = contents(&stage.college, sent["scan"]["id"].as_str().unwrap()).await;
    assert_eq!(found["contents"]["conventions"], json!([]), "{found:#}");
    let waiting = found["contents"]["toClassify"].as_array().unwrap();
    assert_eq!(waiting.len(), 3, "{found:#}");
    let mut guessed = 0;
    for (page, convention) in waiting.iter().zip(&conventions) {
        assert_eq!(page["reason"], "NO_CODE");
        let guesses = page["guesses"].as_array().unwrap();
        assert!(guesses.iter().all(|it| it["convention"]["id"] == *convention), "{found:#}");
        let first = json!({ "number": 1, "convention": { "id": convention } });
        guessed += usize::from(guesses.contains(&first));
    }
    assert!(guessed > 0, "{found:#}");
}

async fn the_print_of_a_page_tells_another_school_nothing(backend: Backend) {
    let stage = Stage::set(backend).await;
    two_pages(&stage.app).await;
    let slot = stage.slot(4).await;
    let (_, pages) = convention(&stage, slot, "Alpha").await;
    let moulin = sign_up(&stage.app, &COLLEGE_MOULIN).await;

    let found = sorted(&stage, &moulin, COLLEGE_MOULIN.code, &without_codes(&pages[0])).await;

    let [page] = found["contents"]["toClassify"].as_array().unwrap().as_slice() else {
        panic!("one page: {found:#}");
    };
    assert_eq!((&page["reason"], &page["guesses"]), (&json!("NO_CODE"), &json!([])));
}

on_both!(
    pages_alone_are_guessed_by_their_print_and_attached_by_nobody_else,
    the_print_of_a_page_tells_another_school_nothing,
);
