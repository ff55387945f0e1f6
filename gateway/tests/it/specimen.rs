//! « Aperçu de la convention »: what its texts would look like, for whoever may change them.

use std::{io::Write as _, process::Stdio};

use domain::platforms::platform::{Platform, PlatformCommand, PlatformRole};
use serde_json::{Value, json};

use crate::support::{
    Backend, Person,
    stage::{Stage, operate, platform},
};

fn texts(article: &str) -> String {
    let texts = json!({
        "first": "Se présenter à la loge.",
        "second": "",
        "articles": [{ "title": "Tenue", "text": article }],
    });
    texts.to_string()
}

/// What is written in a PDF.
pub(crate) fn words(pdf: &[u8]) -> String {
    let mut command = std::process::Command::new("pdftotext");
    let mut reading = command
        .args(["-", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("pdftotext is installed");
    reading.stdin.take().unwrap().write_all(pdf).unwrap();
    String::from_utf8(reading.wait_with_output().unwrap().stdout).unwrap()
}

async fn ask(person: &Person, texts: &str) -> (u16, Vec<u8>) {
    let address = format!("/plateforme/{}/specimen", platform());
    person.submit(&address, &[("texts", texts)]).await
}

/// Makes the lycée’s manager the platform’s administrator.
async fn appoint(stage: &Stage) {
    let me = stage.lycee.ask("{ me { account { id } } }", json!({})).await;
    let account = me["me"]["account"]["id"].as_str().unwrap().parse().unwrap();
    let command = PlatformCommand::GrantRole { account, role: PlatformRole::Admin };
    operate::<Platform>(&stage.app, platform().as_str(), command).await;
    stage.app.drain().await;
}

#[tokio::test]
async fn who_may_change_the_texts_sees_them_printed_and_nobody_else_does() {
    let stage = Stage::set(Backend::Sqlite).await;
    let article = texts("La blouse est prêtée.");
    assert_eq!(ask(&stage.lycee, &article).await.0, 404, "a host’s manager is no administrator");
    appoint(&stage).await;

    let (status, pdf) = ask(&stage.lycee, &article).await;
    assert_eq!(status, 200);
    let said = words(&pdf);
    for printed in
        ["SPECIMEN", "Article 1 – Tenue. La blouse est prêtée.", "Se présenter à la loge."]
    {
        assert!(said.contains(printed), "{printed} is not in {said}");
    }

    assert_eq!(ask(&stage.college, &article).await.0, 404);
    assert_eq!(ask(&stage.app.person(), &article).await.0, 404);
    assert_eq!(ask(&stage.lycee, "nothing").await.0, 400);
    assert_eq!(ask(&stage.lycee, &texts(&"Long. ".repeat(40_000))).await.0, 422);
    let query =
        "query($slug: String!) { platform(slug: $slug) { options { articles { title } } } }";
    let stored = stage.lycee.ask(query, json!({ "slug": platform().as_str() })).await;
    assert_eq!(stored["platform"]["options"]["articles"], Value::Array(Vec::new()));
}
