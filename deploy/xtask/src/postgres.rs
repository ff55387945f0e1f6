//! A PostgreSQL cluster for the time of a command: made in a temporary directory, on a free port of
//! 127.0.0.1, and gone afterwards, also when the command is killed.
//!
//! Its keeper is a shell in a process group of its own that waits for the end of its input, which the
//! kernel closes whatever ends this process; then it stops the server and removes the directory.

use std::net::TcpListener;
use std::os::unix::fs::chown;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::{env, fs, process};

use crate::cargo::{on_path, run};
use crate::fault::Fault;

const KEEPER: &str = "cat >/dev/null
\"$1/pg_ctl\" -D \"$2/data\" -m fast -w stop >/dev/null 2>&1
rm -rf \"$2\"";

/// Durable as a real one (`fsync` stays on), and roomy enough for many tests at once.
const SETTINGS: &str = "-c listen_addresses=127.0.0.1 -c max_connections=300";

/// A running cluster, whose superuser is `escale`; stopped and removed when dropped.
pub(crate) struct Cluster {
    keeper: Child,
    port: u16,
}

impl Cluster {
    /// Makes and starts one; it accepts connections when this returns.
    pub(crate) fn start() -> Result<Self, Fault> {
        let programs = programs().ok_or(Fault::NoPostgres("initdb and pg_ctl were not found"))?;
        let owner = owner()?;
        let place = env::temp_dir().join(format!("escale-postgres-{}", process::id()));
        fs::create_dir(&place).map_err(Fault::file(&place))?;
        if let Some((user, group)) = owner {
            chown(&place, Some(user), Some(group)).map_err(Fault::file(&place))?;
        }
        let keeper = keeper(&programs, &place, owner)?;
        let port = free_port()?;
        let cluster = Self { keeper, port };
        let data = place.join("data");
        let mut initdb = server_program(&programs, "initdb", &place, owner);
        initdb.args(["-A", "trust", "-U", "escale", "-E", "UTF8", "--locale=C.UTF-8", "-D"]);
        run("initdb", initdb.arg(&data).stdout(Stdio::null()))?;
        let options = format!("{SETTINGS} -c port={port} -k '{}'", place.display());
        let mut pg_ctl = server_program(&programs, "pg_ctl", &place, owner);
        pg_ctl.arg("-D").arg(&data).arg("-l").arg(place.join("log")).args(["-o", &options]);
        match run("pg_ctl start", pg_ctl.args(["-w", "start"]).stdout(Stdio::null())) {
            Ok(()) => Ok(cluster),
            Err(fault) => {
                let log = fs::read_to_string(place.join("log")).unwrap_or_default();
                crate::console::say(log);
                Err(fault)
            }
        }
    }

    /// What to connect to.
    pub(crate) fn url(&self) -> String {
        format!("postgres://escale@127.0.0.1:{}/postgres", self.port)
    }

    /// Stops it and waits until nothing is left.
    pub(crate) fn stop(mut self) -> Result<(), Fault> {
        drop(self.keeper.stdin.take());
        self.keeper.wait().map(|_| ()).map_err(Fault::start("pg_ctl stop"))
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        drop(self.keeper.stdin.take());
        // A keeper that cannot be waited for still does its work: it has its own process group.
        let _ = self.keeper.wait();
    }
}

/// `cargo xtask postgres CMD…`: runs a command beside a cluster.
pub(crate) fn with_cluster(root: &Path, words: &[String]) -> Result<(), Fault> {
    let [program, arguments @ ..] = words else {
        return Err(Fault::UnknownCommand("postgres (without a command to run)".to_owned()));
    };
    let cluster = Cluster::start()?;
    let mut command = Command::new(program);
    command.current_dir(root).args(arguments).env("ESCALE_TEST_POSTGRES", cluster.url());
    let ended = run(program, &mut command);
    cluster.stop()?;
    ended
}

/// The directory of the server's programs: the newest that Debian installed, or the one on the path.
pub(crate) fn programs() -> Option<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut found: Vec<(u32, PathBuf)> = versions
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path())))
        .map(|(version, path)| (version, path.join("bin")))
        .filter(|(_, bin)| bin.join("initdb").is_file() && bin.join("pg_ctl").is_file())
        .collect();
    found.sort();
    let newest = found.pop().map(|(_, bin)| bin);
    newest.or_else(|| {
        let path = env::var_os("PATH")?;
        let there = on_path("initdb") && on_path("pg_ctl");
        env::split_paths(&path).find(|bin| there && bin.join("initdb").is_file())
    })
}

/// What `id` answers: `-u` or `-g` of a user, or of ourselves.
pub(crate) fn identity(flag: &str, user: &[&str]) -> Option<u32> {
    let output = Command::new("id").arg(flag).args(user).stderr(Stdio::null()).output().ok()?;
    String::from_utf8(output.stdout).ok()?.trim().parse().ok()
}

/// Whom the server must run as: ourselves (`None`), or somebody else when we are root, whom PostgreSQL
/// refuses.
fn owner() -> Result<Option<(u32, u32)>, Fault> {
    if identity("-u", &[]) != Some(0) {
        return Ok(None);
    }
    ["postgres", "nobody"]
        .iter()
        .find_map(|name| Some((identity("-u", &[name])?, identity("-g", &[name])?)))
        .map(Some)
        .ok_or(Fault::NoPostgres("it refuses root, and there is neither `postgres` nor `nobody`"))
}

fn server_program(programs: &Path, name: &str, place: &Path, owner: Option<(u32, u32)>) -> Command {
    let mut command = Command::new(programs.join(name));
    // Settings of another server in the environment must not reach this one.
    for name in ["PGDATA", "PGPORT", "PGHOST", "PGOPTIONS", "PGUSER", "PGDATABASE"] {
        command.env_remove(name);
    }
    command.env("LC_ALL", "C.UTF-8").current_dir(place).stdin(Stdio::null());
    own(&mut command, owner);
    command
}

fn keeper(programs: &Path, place: &Path, owner: Option<(u32, u32)>) -> Result<Child, Fault> {
    let mut command = Command::new("sh");
    command.args(["-c", KEEPER, "keeper"]).arg(programs).arg(place);
    command.current_dir(env::temp_dir()).process_group(0);
    command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    own(&mut command, owner);
    command.spawn().map_err(Fault::start("sh"))
}

fn own(command: &mut Command, owner: Option<(u32, u32)>) {
    if let Some((user, group)) = owner {
        command.uid(user).gid(group);
    }
}

/// A port that was free a moment ago.
fn free_port() -> Result<u16, Fault> {
    TcpListener::bind("127.0.0.1:0")
        .and_then(|listener| listener.local_addr())
        .map(|address| address.port())
        .map_err(Fault::start("a listener on 127.0.0.1"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_we_are_is_known() {
        assert!(identity("-u", &[]).is_some());
        assert_eq!(identity("-u", &["root"]), Some(0));
        assert_eq!(identity("-u", &["no-such-user-anywhere"]), None);
    }

    #[test]
    fn root_never_owns_a_server() {
        assert!(!matches!(owner(), Ok(Some((0, _)))));
    }
}
