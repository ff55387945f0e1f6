//! What the tests need of Python that Debian does not package: installed by pip, by its hash, below
//! `target`.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::cargo::run;
use crate::console::say;
use crate::escale::target;
use crate::fault::Fault;

/// The list, with the hash of each file.
const WANTED: &str = "deploy/xtask/python-tests.txt";

/// Installs what is listed, unless it is there. The modules ask for a newer Python than Debian 12 has
/// and work with it; what they depend on comes from Debian.
pub(crate) fn ensure(root: &Path) -> Result<(), Fault> {
    let wanted = root.join(WANTED);
    let wanted = fs::read_to_string(&wanted).map_err(Fault::file(&wanted))?;
    let place = root.join("target/python");
    let installed = place.join("installed.txt");
    if fs::read_to_string(&installed).is_ok_and(|it| it == wanted) {
        return Ok(());
    }
    let mut pip = Command::new("/usr/bin/python3");
    pip.current_dir(root).args(["-m", "pip", "install", "--quiet", "--upgrade", "--no-deps"]);
    pip.args(["--ignore-requires-python", "--require-hashes", "--root-user-action", "ignore"]);
    run("pip install", pip.args(["--requirement", WANTED, "--target"]).arg(&place))?;
    fs::write(&installed, wanted).map_err(Fault::file(&installed))
}

/// What checks the signatures of documents in the tests, from the Python index.
const PYHANKO: &str = "pyhanko==0.38.0";
const PYHANKO_CLI: &str = "pyhanko-cli==0.6.0";

/// Installs pyHanko, with the newer libraries that it needs, beside what cargo builds: the tests look
/// for it there.
pub(crate) fn ensure_pyhanko(root: &Path) -> Result<(), Fault> {
    let home = target(root)?.join("pyhanko");
    if home.join("bin/pyhanko").exists() {
        return Ok(());
    }
    say(format!("   python3 -m venv {}; pip install {PYHANKO}", home.display()));
    let mut python = Command::new("/usr/bin/python3");
    run("python3 -m venv", python.args(["-m", "venv", "--clear"]).arg(&home))?;
    let mut pip = Command::new(home.join("bin/pip"));
    run("pip install", pip.args(["install", "--quiet", PYHANKO, PYHANKO_CLI]))
}
