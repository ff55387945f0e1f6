//! A page whose codes nobody can read says in print where it belongs: a guess for the person who
//! sorts the stack, which attaches nothing by itself.

use fixtures::schools::COLLEGE_MOULIN;
use serde_json::{Value, json};

use crate::{
    stacks::{contents, convention, send, stack, two_pages, without_codes},
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

async fn a_page_alone_is_guessed_by_its_print_and_attached_by_nobody_else(backend: Backend) {
    let stage = Stage::set(backend).await;
    two_pages(&stage.app).await;
    let slot = stage.slot(4).await;
    let (alpha, pages) = convention(&stage, slot, "Alpha").await;
    let lost = without_codes(&pages[0]);

    let sent = send(&stage.college, &stack(&[&lost])).await;
    stage.app.drain().await;

    let found = contents(&stage.college, sent["scan"]["id"].as_str().unwrap()).await;
    let [page] = found["contents"]["toClassify"].as_array().unwrap().as_slice() else {
        panic!("one page: {found:#}");
    };
    assert_eq!(
        (&page["reason"], &found["contents"]["conventions"]),
        (&json!("NO_CODE"), &json!([]))
    );
    let guess = |number: u8| json!({ "number": number, "convention": { "id": alpha } });
    let guesses = page["guesses"].as_array().unwrap();
    assert!(guesses.contains(&guess(1)), "{found:#}");
    assert!(guesses.iter().all(|it| it["convention"]["id"] == alpha), "{found:#}");
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
    a_page_alone_is_guessed_by_its_print_and_attached_by_nobody_else,
    the_print_of_a_page_tells_another_school_nothing,
);
