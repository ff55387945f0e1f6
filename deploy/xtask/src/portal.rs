//! The portal's npm project: its Node, its packages, its build, its tests.

use std::collections::hash_map::DefaultHasher;
use std::ffi::OsString;
use std::fs;
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::cargo::{count_tests, on_path, output, run};
use crate::console::say;
use crate::escale;
use crate::fault::Fault;
use crate::ledger::{Ledger, Outcome};
use crate::{packages, tree};

/// Debian's Node is older than the build wants, so the build brings its own from the npm registry.
const NODE: &str = "node@22.23.3";
const NODE_MAJOR: u32 = 22;

/// What the build is made from; anything else in the project changes no page.
const INPUTS: [&str; 2] = ["gateway/portal", "schema/schema.graphql"];

/// The npm project and the programs that work on it.
struct Portal {
    project: PathBuf,
    path: OsString,
}

/// Builds the pages that the binary serves, unless they are already those of the sources.
pub(crate) fn build(root: &Path) -> Result<(), Fault> {
    Portal::prepare(root)?.build(root)
}

/// Pictures of every page and document, written to `docs/screens`.
pub(crate) fn screens(root: &Path) -> Result<(), Fault> {
    drawn(root, "screens")
}

/// The pictures of the two guides, and the guides on paper.
pub(crate) fn guides(root: &Path) -> Result<(), Fault> {
    drawn(root, "guides")
}

/// Runs an npm script that draws the pages which the demonstration serves.
fn drawn(root: &Path, script: &str) -> Result<(), Fault> {
    packages::ensure()?;
    let portal = Portal::prepare(root)?;
    portal.build(root)?;
    let mut command = portal.npm(&["run", "--silent", script]);
    run(&format!("npm run {script}"), command.env("ESCALE_BIN", escale::build(root)?))
}

/// What pages cost in bytes and time, and how soon another browser follows; by the release build.
pub(crate) fn figures(root: &Path) -> Result<(), Fault> {
    packages::ensure()?;
    let portal = Portal::prepare(root)?;
    portal.build(root)?;
    run("npm run budget", &mut portal.npm(&["run", "--silent", "budget"]))?;
    let mut command = portal.npm(&["run", "--silent", "figures"]);
    run("npm run figures", command.env("ESCALE_BIN", escale::release(root)?))
}

/// Adds the build and its checks to the ledger; to be called before the tests that need the pages.
pub(crate) fn check(root: &Path, ledger: &mut Ledger) {
    ledger.step("portal", "the web pages, built; their bytes within the budget", || {
        let portal = Portal::prepare(root)?;
        portal.build(root)?;
        run("npm run budget", &mut portal.npm(&["run", "--silent", "budget"]))?;
        Ok(Outcome::Clean)
    });
    ledger.step("pages", "types and markup of the pages (svelte-check)", || {
        let portal = Portal::prepare(root)?;
        run("npm run check", &mut portal.npm(&["run", "--silent", "check"]))?;
        Ok(Outcome::Clean)
    });
    ledger.step("kit", "unit tests of the pages (vitest)", || {
        let portal = Portal::prepare(root)?;
        count_tests("npm test", &mut portal.npm(&["test", "--silent"])).map(Outcome::Tested)
    });
}

/// The journeys in Chromium, against the binary that the tests built.
pub(crate) fn journeys(root: &Path, ledger: &mut Ledger) {
    ledger.step("journeys", "the pages in Chromium, against the real binary", || {
        let portal = Portal::prepare(root)?;
        let mut command = portal.npm(&["run", "--silent", "journeys"]);
        command.env("ESCALE_BIN", escale::built(root)?);
        count_tests("npm run journeys", &mut command).map(Outcome::Tested)
    });
}

impl Portal {
    /// Node and npm are there afterwards, and the project's packages.
    fn prepare(root: &Path) -> Result<Self, Fault> {
        packages::ensure_npm()?;
        let project = root.join("gateway/portal");
        let mut path = std::env::var_os("PATH").unwrap_or_default();
        if !recent_node() {
            let home = root.join("target/node");
            let programs = home.join("node_modules/.bin");
            if !programs.join("node").exists() {
                say(format!("   npm install --prefix target/node {NODE}"));
                fs::create_dir_all(&home).map_err(Fault::file(&home))?;
                let mut install = Command::new("npm");
                install.args(["install", "--silent", "--no-audit", "--no-fund", "--prefix"]);
                run("npm install node", install.arg(&home).arg(NODE))?;
            }
            let mut joined = programs.into_os_string();
            joined.push(":");
            joined.push(path);
            path = joined;
        }
        let portal = Self { project, path };
        portal.fetch()?;
        Ok(portal)
    }

    fn npm(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new("npm");
        command.current_dir(&self.project).env("PATH", &self.path).args(arguments);
        command
    }

    /// `npm ci`, when the list of packages is not the one that was fetched.
    fn fetch(&self) -> Result<(), Fault> {
        let listed = self.project.join("package-lock.json");
        let wanted = fs::read(&listed).map_err(Fault::file(&listed))?;
        let stamp = self.project.join("node_modules/.fetched");
        if fs::read(&stamp).is_ok_and(|fetched| fetched == wanted) {
            return Ok(());
        }
        say("   npm ci (gateway/portal)");
        run("npm ci", &mut self.npm(&["ci", "--silent", "--no-audit", "--no-fund"]))?;
        fs::write(&stamp, wanted).map_err(Fault::file(&stamp))
    }

    fn build(&self, root: &Path) -> Result<(), Fault> {
        let inputs = Self::inputs(root)?;
        let stamp = self.project.join("dist/.made-from");
        if fs::read_to_string(&stamp).is_ok_and(|made_from| made_from == inputs) {
            say("   the pages are those of the sources");
            return Ok(());
        }
        say("   npm run build (gateway/portal)");
        run("npm run build", &mut self.npm(&["run", "--silent", "build"]))?;
        fs::write(&stamp, inputs).map_err(Fault::file(&stamp))
    }

    /// What the build's inputs are, in few letters. What the build writes is none of them.
    fn inputs(root: &Path) -> Result<String, Fault> {
        let mut hasher = DefaultHasher::new();
        for path in tree::files(root)? {
            let generated = path.starts_with("gateway/portal/src/gql")
                || path.ends_with("persisted-documents.json")
                || path.starts_with("gateway/portal/tests");
            if !generated && INPUTS.iter().any(|input| path.starts_with(input)) {
                path.hash(&mut hasher);
                fs::read(root.join(&path)).map_err(Fault::file(&path))?.hash(&mut hasher);
            }
        }
        Ok(format!("{:016x}", hasher.finish()))
    }
}

/// Whether this machine's own Node will do.
fn recent_node() -> bool {
    on_path("node")
        && output("node --version", Command::new("node").arg("--version"))
            .is_ok_and(|said| major(&String::from_utf8_lossy(&said)) >= NODE_MAJOR)
}

/// 22 of `v22.23.3`; 0 of what is no version.
fn major(version: &str) -> u32 {
    let number = version.trim().trim_start_matches('v').split('.').next().unwrap_or_default();
    number.parse().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_major_of_a_version_is_read() {
        assert_eq!(major("v22.23.3\n"), 22);
        assert_eq!(major("v18.20.4"), 18);
        assert_eq!(major("nonsense"), 0);
    }
}
