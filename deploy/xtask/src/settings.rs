//! The committed reference of settings and the example file: written from the code, and compared
//! with it.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::cargo::output;
use crate::console::say;
use crate::escale;
use crate::fault::Fault;

/// What is committed, and what `escale config` calls it.
const FILES: [(&str, &str); 2] =
    [("docs/configuration.md", "reference"), ("deploy/escale.toml", "example")];

/// `cargo xtask settings`: writes what `escale config` tells of its settings.
pub(crate) fn write(root: &Path) -> Result<(), Fault> {
    let binary = escale::build(root)?;
    for (file, what) in FILES {
        let path = root.join(file);
        fs::write(&path, printed(&binary, what)?).map_err(Fault::file(&path))?;
        say(file);
    }
    Ok(())
}

/// Compares what is committed with what the `escale` of the tests tells.
pub(crate) fn compare(root: &Path) -> Result<(), Fault> {
    let binary = escale::built(root)?;
    for (file, what) in FILES {
        let path = root.join(file);
        if fs::read(&path).map_err(Fault::file(&path))? != printed(&binary, what)? {
            return Err(Fault::Outdated { file, command: "cargo xtask settings" });
        }
    }
    Ok(())
}

fn printed(binary: &Path, what: &str) -> Result<Vec<u8>, Fault> {
    output("escale config", Command::new(binary).args(["config", what]))
}
