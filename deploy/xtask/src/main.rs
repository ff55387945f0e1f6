//! `cargo xtask …`: the house's own commands, for people and for CI. Nothing of Escale is linked in.

mod arch;
mod cargo;
mod console;
mod dead_paths;
mod demo;
mod escale;
mod fault;
mod ledger;
mod packages;
mod portal;
mod postgres;
mod python;
mod scans;
mod sdl;
mod settings;
mod suite;
mod tally;
mod tools;
mod tree;
mod trials;

use std::process::ExitCode;

use console::say;
use fault::Fault;

const HELP: &str = "\
cargo xtask COMMAND

  demo [ARGS…]      play the main job before your eyes, then serve it (escale demo ARGS…)
  test              install what Debian lacks, start a throw-away PostgreSQL, run every check and test
  ci                test, then the slower checks: documentation, licences, spelling, unused crates
  arch              the rules on crates, files and names that no compiler checks
  docs              every path that the documents name exists
  portal            build the web pages that the binary serves
  screens           pictures of every page and document, in docs/screens
  guides            pictures and PDF of the two guides, in gateway/portal
  figures           what pages cost: bytes, processor, painting; how soon another browser follows
  scans [ARGS…]     how many scanned pages are read, of each kind of damage; a stack of 200 (half an hour)
  trial NAME [ARGS…] puts the service as it is built under load: opening-day, rolling, bench commands
  sdl               write schema/schema.graphql from the code
  settings          write docs/configuration.md and deploy/escale.toml from the code
  packages          install what the tests need and the machine lacks (Debian packages, pyHanko)
  postgres CMD…     run CMD with ESCALE_TEST_POSTGRES naming a throw-away PostgreSQL

CARGO_BUILD_JOBS says how many compilers run at once (2 when it is not set).";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            console::complain(&fault);
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[String]) -> Result<(), Fault> {
    let root = tree::root();
    let (command, rest) = match arguments {
        [] => ("help", arguments),
        [command, rest @ ..] => (command.as_str(), rest),
    };
    match command {
        "demo" => demo::demo(&root, rest),
        "test" => suite::test(&root),
        "ci" => suite::ci(&root),
        "arch" => arch::arch(&root),
        "docs" => dead_paths::docs(&root),
        "portal" => portal::build(&root),
        "screens" => portal::screens(&root),
        "guides" => portal::guides(&root),
        "figures" => portal::figures(&root),
        "scans" => scans::measure(&root, rest),
        "trial" => trials::play(&root, rest),
        "sdl" => sdl::write(&root),
        "settings" => settings::write(&root),
        "packages" => packages::ensure()
            .and_then(|()| python::ensure(&root))
            .and_then(|()| python::ensure_pyhanko(&root)),
        "postgres" => postgres::with_cluster(&root, rest),
        "help" | "-h" | "--help" => {
            say(HELP);
            Ok(())
        }
        unknown => Err(Fault::UnknownCommand(unknown.to_owned())),
    }
}
