//! What an operator types: every command of `escale`, as a process of its own, beside a service
//! that runs or alone.

use std::process::Command;

use fixtures::schools::COLLEGE_COLLINE;
use serde_json::json;

use crate::support::{
    Backend,
    binary::{Installation, wish},
    stage::convention_of,
};

/// Orders given to a SQLite file with the database's own tools, behind the service's back.
fn tamper(installation: &Installation, file: &str, sql: &str) -> (bool, String) {
    let script = "import sqlite3, sys\nwith sqlite3.connect(sys.argv[1]) as db:\n    \
                  print(db.executescript(sys.argv[2]).rowcount)";
    let path = installation.dir.path().join(file);
    let mut python = Command::new("/usr/bin/python3");
    let output = python.args(["-c", script]).arg(path).arg(sql).output().unwrap();
    (output.status.success(), String::from_utf8_lossy(&output.stderr).into_owned())
}

async fn an_operator_runs_the_service(backend: Backend) {
    let installation = Installation::ready(backend).await;
    let service = installation.serve().await;
    let (_, college, slot) = installation.open_slot(4).await;
    let booked = college
        .give("bookSeat", "... on SeatBooked { bookingId }", wish(&slot, "Témoin", "Zoélie"))
        .await;
    let booking = booked["bookingId"].as_str().unwrap().to_owned();
    let convention = convention_of(&booking);
    installation.letter(COLLEGE_COLLINE.mail, "TÉMOIN Zoélie").await;

    beside_the_service(&installation, &convention);
    let asks = "query($id: ID!) { booking(id: $id) { pupil { id } } }";
    let pupil = college.ask(asks, json!({ "id": booking })).await["booking"]["pupil"].clone();
    service.stop().await;
    alone(&installation, &convention, pupil["id"].as_str().unwrap());
}

fn beside_the_service(installation: &Installation, convention: &str) {
    let appointed = installation.done(&["operator", "appoint", COLLEGE_COLLINE.mail]);
    assert!(appointed.ends_with("exploite le service.\n"), "{appointed}");
    let dismissed = installation.done(&["operator", "dismiss", COLLEGE_COLLINE.mail]);
    assert!(dismissed.ends_with("n’exploite plus le service.\n"), "{dismissed}");
    let history = installation.done(&["history", "convention", convention]);
    assert!(history.contains("a été établie"), "{history}");
    assert!(history.ends_with("État : convention non retournée\n"), "{history}");
    let list = installation.done(&["projections", "list"]);
    assert!(list.contains("bookings "), "{list}");
    let certificate = installation.done(&["seal", "certificate"]);
    assert!(certificate.starts_with("-----BEGIN CERTIFICATE-----"), "{certificate}");
    assert_eq!(installation.done(&["seal", "certificate"]), certificate);
    let rebuilt = installation.done(&["projections", "rebuild", "bookings", "slots"]);
    assert!(rebuilt.starts_with("Reconstruit : bookings, slots ("), "{rebuilt}");
    let verified = installation.done(&["projections", "verify"]);
    assert!(verified.ends_with("ce que dit le journal.\n"), "{verified}");
    let nothing = installation.run(&["projections", "rebuild", "--cancel"]);
    assert_eq!(nothing.code, Some(1));
    assert_eq!(nothing.err.trim(), "escale : aucune reconstruction n’est en cours");
    let unknown = installation.run(&["projections", "rebuild", "nothing_of_ours"]);
    assert!(
        unknown.err.contains("« nothing_of_ours » n’est pas un modèle de lecture"),
        "{unknown:?}"
    );
}

fn alone(installation: &Installation, convention: &str, pupil: &str) {
    let early =
        installation.run(&["history", "convention", convention, "--at", "2020-01-01T00:00:00Z"]);
    assert_eq!(early.code, Some(1));
    assert!(early.err.contains("pas encore à cet instant"), "{early:?}");
    let list = installation.done(&["projections", "list"]);
    let states: Vec<_> = list.lines().skip(1).collect();
    assert!(states.len() > 10 && states.iter().all(|it| it.ends_with("à jour")), "{list}");

    let wrong = tamper(installation, "read.db", "UPDATE bookings SET status = 'Confirmed'");
    assert!(wrong.0, "{wrong:?}");
    let found = installation.run(&["projections", "verify"]);
    assert_eq!(found.code, Some(1));
    assert!(found.out.contains("table bookings : 1 lignes diffèrent"), "{found:?}");
    assert!(found.out.contains(" : d’autres valeurs dans status"), "{found:?}");
    installation.done(&["projections", "rebuild"]);
    installation.done(&["projections", "verify"]);
    let sound = installation.done(&["log", "verify"]);
    assert!(sound.contains("Le journal est intact."), "{sound}");

    let erased = installation.done(&["erase", pupil]);
    assert!(erased.contains("les modèles de lecture l’ont oubliée"), "{erased}");
    let history = installation.done(&["history", "convention", convention]);
    assert!(!history.contains("Zoélie") && history.contains("a été établie"), "{history}");
    installation.done(&["erase", pupil, "--retention"]);
    installation.done(&["projections", "verify"]);
    installation.done(&["log", "verify"]);
}

#[tokio::test]
async fn an_operator_runs_the_service_on_sqlite() {
    an_operator_runs_the_service(Backend::Sqlite).await;
}

#[tokio::test]
async fn an_operator_runs_the_service_on_postgresql() {
    an_operator_runs_the_service(Backend::Postgres).await;
}

async fn what_is_there_already_is_not_written_again(backend: Backend) {
    let installation = Installation::new(backend).await;
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../fixtures/data/annuaire_prepare.csv");
    let empty = installation.done(&["migrate"]);
    assert_eq!(empty, "La base du journal est prête ; elle compte 0 événements.\n");

    installation.done(&["directory", "import", file]);
    let before = installation.done(&["migrate"]);
    installation.done(&["directory", "import", file]);
    assert_eq!(installation.done(&["migrate"]), before, "the same file twice: no event");
    assert_ne!(before, empty);
    let absent = installation.run(&["directory", "import", "/nowhere/annuaire.csv"]);
    assert_eq!(absent.code, Some(1));
    assert!(absent.err.starts_with("escale : le fichier est illisible"), "{absent:?}");

    let open = ["platform", "open", "bassin-neuf", "--name", "Bassin neuf"];
    let opened = installation.done(&open);
    assert_eq!(opened, "La plateforme bassin-neuf est ouverte.\n");
    let again = installation.run(&open);
    assert_eq!(again.code, Some(1));
    assert_eq!(again.err.trim(), "escale : Ce nom court est déjà celui d’une autre plateforme.");
    let wrong = installation.run(&["platform", "open", "x", "--name", "X"]);
    assert_eq!(wrong.code, Some(2));
    assert!(wrong.err.contains("un nom court compte de 3 à 40 minuscules"), "{wrong:?}");
    let host =
        installation.run(&["platform", "open", "autre", "--name", "A", "--host", "0491234B"]);
    assert!(host.err.contains("la lettre de contrôle devrait être A"), "{host:?}");

    let early = installation.run(&["operator", "appoint", "ops@escale.example"]);
    assert_eq!(early.code, Some(1));
    assert!(early.err.contains("n’a pas encore choisi de mot de passe"), "{early:?}");
}

#[tokio::test]
async fn what_is_there_already_is_not_written_again_in_sqlite() {
    what_is_there_already_is_not_written_again(Backend::Sqlite).await;
}

#[tokio::test]
async fn what_is_there_already_is_not_written_again_in_postgresql() {
    what_is_there_already_is_not_written_again(Backend::Postgres).await;
}

#[tokio::test]
async fn a_log_touched_with_the_database_s_own_tools_is_found_out() {
    let installation = Installation::ready(Backend::Sqlite).await;
    let change = "UPDATE events SET payload = replace(payload, 'Colline', 'Plaine')";
    for refused in [change, "DELETE FROM events WHERE position = 3"] {
        let (done, why) = tamper(&installation, "escale.db", refused);
        assert!(!done && why.contains("IntegrityError"), "{refused}: {why}");
    }
    installation.done(&["log", "verify"]);
    let triggers = "SELECT 'DROP TRIGGER ' || name FROM sqlite_master WHERE type = 'trigger'";
    let path = installation.dir.path().join("escale.db");
    let script = "import sqlite3, sys\nwith sqlite3.connect(sys.argv[1]) as db:\n    for (drop,) in \
                  db.execute(sys.argv[2]).fetchall():\n        db.execute(drop)";
    let mut python = Command::new("/usr/bin/python3");
    assert!(python.args(["-c", script]).arg(path).arg(triggers).status().unwrap().success());
    assert!(tamper(&installation, "escale.db", change).0);

    let found = installation.run(&["log", "verify"]);

    assert_eq!(found.code, Some(1), "{found:?}");
    let last = found.out.lines().last().unwrap();
    assert!(last.starts_with("Le journal n’est pas intact, à la position "), "{last}");
    assert!(last.ends_with("L’événement a été modifié après son écriture."), "{last}");
}

#[tokio::test]
async fn settings_are_shown_without_secrets_and_say_what_is_missing() {
    let installation = Installation::new(Backend::Sqlite).await;
    let check = |change: &dyn Fn(&mut Command)| {
        let mut command = installation.escale(&["config", "check"]);
        change(&mut command);
        let output = command.output().unwrap();
        let text = [output.stdout, output.stderr].concat();
        (output.status.code(), String::from_utf8(text).unwrap())
    };

    let (code, shown) = check(&|command| {
        command.env("DATABASE_URL", "postgres://escale:hunter2@db.example/escale");
        command.env("ESCALE_SMTP_PASSWORD", "hunter2");
    });
    assert_eq!(code, Some(0), "{shown}");
    assert!(shown.contains("postgres://escale:***@db.example/escale"), "{shown}");
    assert!(!shown.contains("hunter2") && !shown.contains("0707"), "{shown}");

    let (code, shown) = check(&|command| {
        command.env_remove("ESCALE_MASTER_KEY");
    });
    assert_eq!(code, Some(1));
    assert!(shown.contains("il manque ESCALE_MASTER_KEY"), "{shown}");
    for (name, value) in
        [("ESCALE_MASTER_KEY", "07"), ("ESCALE_LISTEN", "ici"), ("ESCALE_LISTNE", "x")]
    {
        let (code, shown) = check(&|command| {
            command.env(name, value);
        });
        assert_eq!(code, Some(1), "{name}={value}: {shown}");
    }
}

#[tokio::test]
async fn the_schema_is_told_and_help_teaches() {
    let installation = Installation::new(Backend::Sqlite).await;

    let sdl = installation.done(&["sdl"]);

    let committed = concat!(env!("CARGO_MANIFEST_DIR"), "/../schema/schema.graphql");
    assert_eq!(sdl.trim(), std::fs::read_to_string(committed).unwrap().trim());
    let help = installation.done(&["--help"]);
    for word in
        ["demo", "serve", "projections", "ESCALE_MASTER_KEY", "Pour essayer sans rien régler"]
    {
        assert!(help.contains(word), "{help}");
    }
}

#[tokio::test]
async fn the_demonstration_plays_the_main_job_and_keeps_its_folder() {
    let dir = tempfile::tempdir().unwrap();
    let installation = Installation::new(Backend::Sqlite).await;
    let path = dir.path().to_str().unwrap();

    let played = installation.done(&["demo", "--once", "--dir", path]);

    assert!(played.lines().count() > 12, "{played}");
    for file in ["escale.db", "read.db", "keys.db"] {
        assert!(dir.path().join(file).exists(), "{file}");
    }
    let listed: Vec<_> = std::fs::read_dir(dir.path()).unwrap().flatten().collect();
    let is_pdf = |it: &std::fs::DirEntry| it.path().extension().is_some_and(|end| end == "pdf");
    assert!(listed.iter().any(is_pdf), "the convention's PDF is saved: {listed:?}");
}
