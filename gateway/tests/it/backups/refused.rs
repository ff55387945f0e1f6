//! What is refused, and what is left of it: nothing.

use std::{
    path::Path,
    process::{Command, Stdio},
    time::Duration,
};

use serde_json::Value;

use super::{Safe, college_at, convention, name_of, text};
use crate::support::{
    Backend,
    binary::{Installation, Said},
    on_both,
};

/// An installation with a convention in it, served no more, and a backup of it.
async fn saved(backend: Backend) -> (Installation, Safe, Value, String) {
    let from = Installation::ready(backend).await;
    let service = from.serve().await;
    let (_, college, slot) = from.open_slot(4).await;
    let (_, convention) = convention(&from, &college, &slot, "Garde").await;
    service.stop().await;
    let safe = Safe::new();
    let taken = safe.take(&from, &[]);
    (from, safe, taken, convention)
}

/// It failed, and said so.
fn says(said: &Said, words: &str) {
    assert_eq!(said.code, Some(1), "{said:#?}");
    assert!(said.err.contains(words), "{said:#?}");
}

/// What is below a folder.
fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).into_iter().flatten();
    let mut names: Vec<_> =
        entries.map(|it| it.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// Flips one bit of the byte in the middle of a file.
fn flip(file: &Path) {
    let mut bytes = std::fs::read(file).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(file, bytes).unwrap();
}

async fn a_damaged_backup_is_refused(backend: Backend) {
    let (_from, safe, taken, convention) = saved(backend).await;
    let to = Installation::new(backend).await;

    for name in ["log.db", "keys.db", "erasures.json", "manifest.json"] {
        let file = safe.file(&taken, name);
        flip(&file);
        says(&safe.put_back(&to, &[]), "cette sauvegarde est abîmée");
        flip(&file);
    }
    let file = safe.file(&taken, "log.db");
    let aside = file.with_extension("aside");
    std::fs::rename(&file, &aside).unwrap();
    says(&safe.put_back(&to, &[]), "cette sauvegarde est abîmée");
    std::fs::rename(&aside, &file).unwrap();
    assert_eq!(names(to.dir.path()), [""; 0], "nothing was written");

    let shelf = safe.log().join("documents/sealed");
    let shelf = shelf.join(&names(&shelf)[0]);
    let document = shelf.join(&names(&shelf)[0]);
    flip(&document);
    let said = safe.put_back(&to, &[]);
    assert_eq!(said.code, Some(1), "{said:#?}");
    assert!(said.out.contains("1 document est abîmé\u{202f}:"), "{said:#?}");

    flip(&document);
    let to = Installation::new(backend).await;
    safe.put_back_well(&to, &[]);
    let service = to.serve().await;
    let college = college_at(&to).await;
    assert_eq!(college.get(&format!("/convention/{convention}/conv.pdf")).await.0, 200);
    service.stop().await;
}

async fn a_place_that_is_not_empty_is_refused_and_unchanged(backend: Backend) {
    let (from, safe, ..) = saved(backend).await;
    let before = from.done(&["migrate"]);

    says(&safe.put_back(&from, &[]), "il y a déjà un journal (DATABASE_URL)");

    assert_eq!(from.done(&["migrate"]), before);
    let to = Installation::new(backend).await;
    std::fs::write(to.dir.path().join("read.db"), []).unwrap();
    says(&safe.put_back(&to, &[]), "il y a déjà des modèles de lecture");
    std::fs::remove_file(to.dir.path().join("read.db")).unwrap();
    std::fs::copy(from.dir.path().join("keys.db"), to.dir.path().join("keys.db")).unwrap();
    says(&safe.put_back(&to, &[]), "il y a déjà des clés (ESCALE_KEYS_URL)");
    std::fs::remove_file(to.dir.path().join("keys.db")).unwrap();
    // One that was only prepared is empty.
    to.done(&["migrate"]);
    safe.put_back_well(&to, &[]);
}

async fn one_that_was_killed_is_no_backup(backend: Backend) {
    let (from, safe, taken, _) = saved(backend).await;
    let begun = |folder: &Path| names(folder).into_iter().find(|it| it.ends_with(".unfinished"));
    let (log, keys) = (safe.log(), safe.keys());
    let name = loop {
        // The first is out of the way: what is left can only be unfinished.
        for folder in [&log, &keys] {
            std::fs::remove_dir_all(folder).unwrap();
            std::fs::create_dir(folder).unwrap();
        }
        let mut taking = from.escale(&["backup", "--to", text(&log), "--keys-to", text(&keys)]);
        let mut taking = taking.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        while begun(&log).is_none() && taking.try_wait().unwrap().is_none() {
            std::thread::sleep(Duration::from_micros(200));
        }
        taking.kill().unwrap();
        taking.wait().unwrap();
        if let Some(name) = begun(&log) {
            break name;
        }
    };
    let name = name.trim_start_matches('.').trim_end_matches(".unfinished");
    assert_ne!(name, name_of(&taken));

    let to = Installation::new(backend).await;
    says(&safe.put_back(&to, &[]), &format!("celle de {name} est inachevée"));
    says(&safe.put_back(&to, &["--copy", name]), &format!("{name} est inachevée"));
    says(&safe.put_back(&to, &["--copy", "2020"]), "il n’y a pas de sauvegarde 2020");

    let again = safe.take(&from, &[]);
    assert_eq!(begun(&log).or_else(|| begun(&keys)), None, "what was left is removed");
    // Half of it is copied from elsewhere.
    std::fs::create_dir(log.join("2099-01-01T00-00-00.000Z")).unwrap();
    safe.put_back_well(&to, &["--copy", name_of(&again)]);
}

on_both!(
    a_damaged_backup_is_refused,
    a_place_that_is_not_empty_is_refused_and_unchanged,
    one_that_was_killed_is_no_backup,
);

#[tokio::test]
async fn another_master_key_is_said() {
    let (_from, safe, ..) = saved(Backend::Sqlite).await;
    let mut to = Installation::new(Backend::Sqlite).await;
    to.settings.push(("ESCALE_MASTER_KEY", "08".repeat(32)));

    says(&safe.put_back(&to, &[]), "la clé maîtresse (ESCALE_MASTER_KEY) n’est pas celle");

    assert_eq!(names(to.dir.path()), [""; 0]);
}

#[tokio::test]
async fn keys_never_go_with_the_log_and_two_backups_not_at_once() {
    let (from, safe, ..) = saved(Backend::Sqlite).await;
    let log = safe.log();
    let within = log.join("keys");
    for keys in [&log, &within, &safe.dir.path().to_owned()] {
        let said = from.run(&["backup", "--to", text(&log), "--keys-to", text(keys)]);
        says(&said, "donnez à --keys-to un dossier à part");
    }
    assert!(!within.exists());

    let lock = std::fs::File::create(log.join(".lock")).unwrap();
    lock.lock().unwrap();
    let keys = safe.keys();
    let said = from.run(&["backup", "--to", text(&log), "--keys-to", text(&keys)]);
    says(&said, "une autre sauvegarde s’écrit en ce moment");
}

#[tokio::test]
async fn keys_of_another_log_are_refused() {
    let (_from, safe, ..) = saved(Backend::Sqlite).await;
    let (_other, others, ..) = saved(Backend::Sqlite).await;
    let to = Installation::new(Backend::Sqlite).await;
    let (log, keys) = (safe.log(), others.keys());

    let said = to.run(&["restore", "--from", text(&log), "--keys-from", text(&keys)]);

    says(&said, "ce sont celles d’un autre");
}

#[tokio::test]
async fn old_copies_of_keys_are_removed() {
    let (mut from, safe, first, _) = saved(Backend::Sqlite).await;
    let second = safe.take(&from, &[]);
    assert_eq!(second["keysRemoved"], Value::Array(Vec::new()));

    from.settings.push(("ESCALE_BACKUP__KEYS_DAYS", "0".to_owned()));
    let third = safe.take(&from, &[]);

    assert_eq!(third["keysRemoved"], Value::from(vec![name_of(&first), name_of(&second)]));
    assert_eq!(names(&safe.keys()), [".lock", name_of(&third)]);
    // The old copy of the log goes with the last keys.
    let to = Installation::new(Backend::Sqlite).await;
    safe.put_back_well(&to, &["--copy", name_of(&first)]);
}

/// A file that may not grow any more stands for a disk that is full.
#[tokio::test]
async fn where_it_cannot_be_written_it_says_so_and_leaves_nothing() {
    let (from, ..) = saved(Backend::Sqlite).await;
    let safe = Safe::new();
    let (log, keys) = (safe.log(), safe.keys());
    let escale = from.escale(&["backup", "--to", text(&log), "--keys-to", text(&keys)]);
    let mut limited = Command::new("/bin/sh");
    limited.args(["-c", "trap '' XFSZ; ulimit -f 128; exec \"$0\" \"$@\""]);
    limited.arg(escale.get_program()).args(escale.get_args()).env_clear();
    limited.envs(escale.get_envs().filter_map(|(name, value)| Some((name, value?))));

    let output = limited.output().unwrap();

    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("impossible de copier le journal"), "{said}");
    assert_eq!((names(&log), names(&keys)), (vec![".lock".to_owned()], vec![".lock".to_owned()]));
}
