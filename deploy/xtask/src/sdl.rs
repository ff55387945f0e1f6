//! The committed GraphQL schema: written from the code, and compared with it.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::cargo::output;
use crate::console::say;
use crate::escale;
use crate::fault::Fault;

/// Where the schema is committed.
const FILE: &str = "schema/schema.graphql";

/// `cargo xtask sdl`: writes the schema that `escale sdl` prints.
pub(crate) fn write(root: &Path) -> Result<(), Fault> {
    let printed = printed(&escale::build(root)?)?;
    let path = root.join(FILE);
    fs::write(&path, &printed).map_err(Fault::file(&path))?;
    say(format!("{FILE}: {} lines", String::from_utf8_lossy(&printed).lines().count()));
    Ok(())
}

/// Compares the committed schema with what the `escale` of the tests prints.
pub(crate) fn compare(root: &Path) -> Result<(), Fault> {
    let path = root.join(FILE);
    let committed = fs::read(&path).map_err(Fault::file(&path))?;
    if printed(&escale::built(root)?)? == committed {
        Ok(())
    } else {
        Err(Fault::Outdated { file: FILE, command: "cargo xtask sdl" })
    }
}

fn printed(binary: &Path) -> Result<Vec<u8>, Fault> {
    output("escale sdl", Command::new(binary).arg("sdl"))
}
