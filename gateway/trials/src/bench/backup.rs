//! How long saving a log takes, and putting it back into either database, beside writing the same
//! bytes to the same disk. The documents of this log are invented, and none is copied.

use std::{fs::File, path::Path, process::Command, time::Instant};

use serde_json::Value;

use crate::{
    Fault,
    house::{Backend, House},
};

pub(super) async fn measure(house: &House) -> Result<(), Fault> {
    let folder = tempfile::tempdir()?;
    let (log, keys) = (folder.path().join("log"), folder.path().join("keys"));
    let [to, keys_to] = [&log, &keys].map(|path| path.display().to_string());

    let places = ["backup", "--json", "--without-documents", "--to", &to, "--keys-to", &keys_to];
    let begun = Instant::now();
    let said = output(&mut house.escale(0, &places))?;
    tell("sauvegarder", begun);
    let taken: Value = serde_json::from_str(&said)?;
    let name = taken["name"].as_str().ok_or("sauvegarde sans nom")?;
    let copy = log.join(name).join("log.db");
    println!("  log.db : {} Mo", copy.metadata()?.len() / 1_000_000);
    let begun = Instant::now();
    write(&copy, &folder.path().join("same"))?;
    tell("écrire les mêmes octets", begun);

    for backend in [Backend::Sqlite, Backend::Postgres] {
        let there = House::build(backend, 1).await?;
        let places = ["restore", "--from", &to, "--keys-from", &keys_to];
        let begun = Instant::now();
        let said = output(&mut there.escale(0, &places))?;
        if !said.contains("Le journal est intact.") {
            return Err(said.into());
        }
        tell(&format!("restaurer et vérifier, {backend:?}"), begun);
    }
    Ok(())
}

/// What it says, even if it fails: a log without its documents is not wholly restored.
fn output(command: &mut Command) -> Result<String, Fault> {
    let output = command.output()?;
    if output.stdout.is_empty() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned().into());
    }
    Ok(String::from_utf8(output.stdout)?)
}

fn write(from: &Path, to: &Path) -> Result<(), Fault> {
    std::fs::copy(from, to)?;
    Ok(File::open(to)?.sync_all()?)
}

fn tell(what: &str, begun: Instant) {
    println!("  {what} : {:.1} s", begun.elapsed().as_secs_f64());
}
