//! What whoever runs the service does and sees through the API.

use std::time::Duration;

use crate::support::{
    Backend,
    stage::{Stage, operate},
};
use domain::{
    accounts::account::{Account, AccountCommand},
    kernel::ids::AccountId,
};
use serde_json::{Value, json};

const STARTED: &str = "... on DirectoryImportStarted { import { stage } }";

/// Makes the collège's account the one that runs the service.
async fn appoint(stage: &Stage) {
    let me = stage.college.ask("{ me { account { id } } }", json!({})).await;
    let account: AccountId = me["me"]["account"]["id"].as_str().unwrap().parse().unwrap();
    let stream = account.uuid().to_string();
    operate::<Account>(&stage.app, &stream, AccountCommand::AppointOperator).await;
    stage.app.drain().await;
}

/// What the last import has told, once it is over.
async fn ended(stage: &Stage) -> Value {
    let asked = "{ directoryImport { stage rows bytes length report { read added changed unchanged rejected lists { title total lines { line text } } } } }";
    for _ in 0..300 {
        let told = stage.college.ask(asked, json!({})).await["directoryImport"].clone();
        if told["stage"] != "RUNNING" {
            return told;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("the import does not end");
}

async fn an_import_tells_what_it_did(backend: Backend) {
    let stage = Stage::set(backend).await;
    appoint(&stage).await;
    let file = |bytes: &'static [u8]| {
        stage.college.upload("importDirectory", STARTED, json!({ "complete": false }), bytes)
    };

    // No directory: nothing begins.
    let refused = file(b"nom;ville\nUn;Deux\n").await;
    let message = refused["message"].as_str().unwrap_or_default();
    assert!(message.starts_with("L’en-tête du fichier ne convient pas."), "{refused:#}");
    let told = stage.college.ask("{ directoryImport { stage } }", json!({})).await;
    assert_eq!(told["directoryImport"], Value::Null);

    // The thirty that are there already.
    let started = file(fixtures::directory::PREPARED.as_bytes()).await;
    assert_eq!(started["import"]["stage"], "RUNNING", "{started:#}");
    let told = ended(&stage).await;
    assert_eq!(told["stage"], "DONE", "{told:#}");
    assert_eq!(told["report"]["read"], 30);
    assert_eq!(told["report"]["unchanged"], 30);
    assert_eq!(told["bytes"], told["length"]);

    // Wrong lines are named, right ones taken.
    file(fixtures::directory::WRONG_LINES).await;
    let told = ended(&stage).await;
    let rejected = told["report"]["lists"][0].clone();
    assert_eq!(rejected["title"], "Lignes rejetées");
    assert_eq!(rejected["total"], told["report"]["rejected"]);
    let letter = rejected["lines"].as_array().unwrap().iter().any(|line| {
        line["text"].as_str().unwrap().contains("lettre de contrôle") && line["line"] == 3
    });
    assert!(letter, "{rejected:#}");
    let found = "{ school(uai: \"9990050A\") { name } }";
    stage.app.drain().await;
    let school = stage.lycee.ask(found, json!({})).await;
    assert_eq!(school["school"]["name"], "Collège juste");

    // Nobody else sees or begins one.
    let hidden = stage.lycee.raw("{ directoryImport { stage } }", json!({})).await;
    assert_eq!(hidden["errors"][0]["extensions"]["code"], "FORBIDDEN");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_import_tells_what_it_did_on_sqlite() {
    an_import_tells_what_it_did(Backend::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_import_tells_what_it_did_on_postgresql() {
    an_import_tells_what_it_did(Backend::Postgres).await;
}

async fn the_service_tells_how_it_is(backend: Backend) {
    let stage = Stage::set(backend).await;
    appoint(&stage).await;
    let asked =
        "{ health { database log documents readModels lag lettersWaiting lettersAbandoned } }";

    let told = stage.college.ask(asked, json!({})).await["health"].clone();
    let database = match backend {
        Backend::Sqlite => "SQLite",
        Backend::Postgres => "PostgreSQL",
    };
    let well = json!({ "database": database, "log": true, "documents": true, "readModels": true,
        "lag": 0, "lettersWaiting": 0, "lettersAbandoned": 0 });
    assert_eq!(told, well);

    // Documents can no longer be kept: it says so, and goes on.
    let documents = stage.app.dir.path().join("documents");
    std::fs::remove_dir_all(&documents).unwrap();
    std::fs::write(&documents, "no folder").unwrap();
    let told = stage.college.ask(asked, json!({})).await["health"].clone();
    assert_eq!((&told["documents"], &told["log"]), (&json!(false), &json!(true)));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_service_tells_how_it_is_on_sqlite() {
    the_service_tells_how_it_is(Backend::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_service_tells_how_it_is_on_postgresql() {
    the_service_tells_how_it_is(Backend::Postgres).await;
}
