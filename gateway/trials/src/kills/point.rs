//! Where a gateway is killed: at random, or at a named point that the world outside of it sees: a
//! call to the system (strace kills at it), a word to PostgreSQL, a letter.

use std::{path::Path, process::Command};

use journal::testing::Way;
use mailer::testing::Order;
use rand::{Rng, rngs::StdRng};

use crate::house::{Backend, House};

/// The name of a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Point {
    /// After some time, the start included.
    AtRandom,
    /// While a batch is written to the log in a file.
    LogWritten,
    /// When a batch is written and not yet safe on the disk.
    LogSynced,
    /// When a transaction in PostgreSQL is asked to be committed, before it hears of it.
    CommitAsked,
    /// When PostgreSQL has committed, before the gateway hears of it.
    CommitDone,
    /// While the keys of persons are written to their file.
    KeysWritten,
    /// While a read model is written.
    Projected,
    /// When a document gets its name.
    DocumentNamed,
    /// When something is answered to people, or told to anybody by the network.
    Answered,
    /// When the mail server has read a letter and not yet taken it.
    LetterCame,
    /// When the mail server has taken a letter and said so.
    LetterTaken,
}

use Point::{
    Answered, AtRandom, CommitAsked, CommitDone, DocumentNamed, KeysWritten, LetterCame,
    LetterTaken, LogSynced, LogWritten, Projected,
};

impl Point {
    /// Those that a gateway of this log comes by.
    pub(crate) fn all(backend: Backend) -> &'static [Self] {
        match backend {
            Backend::Sqlite => &[
                AtRandom,
                LogWritten,
                LogSynced,
                KeysWritten,
                Projected,
                DocumentNamed,
                Answered,
                LetterCame,
                LetterTaken,
            ],
            Backend::Postgres => &[
                AtRandom,
                CommitAsked,
                CommitDone,
                Projected,
                DocumentNamed,
                Answered,
                LetterCame,
                LetterTaken,
            ],
        }
    }

    /// In French.
    pub(crate) fn name(self) -> &'static str {
        match self {
            AtRandom => "au hasard",
            LogWritten => "en écrivant le journal",
            LogSynced => "journal écrit, pas encore sur le disque",
            CommitAsked => "validation demandée à PostgreSQL",
            CommitDone => "validée par PostgreSQL, pas encore sue",
            KeysWritten => "en écrivant les clés",
            Projected => "en écrivant les modèles de lecture",
            DocumentNamed => "en nommant un document",
            Answered => "en répondant",
            LetterCame => "courrier remis, pas encore pris",
            LetterTaken => "courrier pris, pas encore noté",
        }
    }

    /// The system calls at which strace kills, in which file if it matters, and how many of them one
    /// lets pass at most.
    fn calls(self) -> Option<(&'static str, Option<&'static str>, u32)> {
        match self {
            LogWritten => Some(("pwrite64", Some("escale.db-wal"), 120)),
            LogSynced => Some(("fsync,fdatasync", Some("escale.db-wal"), 25)),
            KeysWritten => Some(("pwrite64", Some("keys.db-wal"), 50)),
            Projected => Some(("pwrite64", Some("gateway-0/read.db-wal"), 250)),
            DocumentNamed => Some(("rename,renameat,renameat2,link,linkat", None, 6)),
            Answered => Some(("sendto,sendmsg,writev", None, 60)),
            _ => None,
        }
    }

    /// Has `command` die at this point; some of the times that it comes by.
    pub(crate) fn wrap(self, house: &House, command: Command, chance: &mut StdRng) -> Command {
        let Some((calls, file, most)) = self.calls() else { return command };
        let nth = chance.random_range(1..=most);
        let mut traced = Command::new("strace");
        // -D: the gateway is our child, the tracer is not.
        traced.args(["-D", "-f", "-qq", "-o", "/dev/null", "-e", &format!("trace={calls}")]);
        traced.args(["-e", &format!("inject={calls}:signal=KILL:when={nth}+")]);
        if let Some(file) = file {
            traced.args([Path::new("-P"), &house.file(file)]);
        }
        traced.arg(command.get_program()).args(command.get_args()).env_clear();
        traced.envs(command.get_envs().filter_map(|(name, value)| Some((name, value?))));
        traced
    }

    /// Has the process die at this point from now on, if the wrapping does not see to it.
    pub(crate) fn arm(self, house: &House, pid: u32, chance: &mut StdRng) {
        match self {
            CommitAsked => kill_at(house, Way::There, pid, chance),
            CommitDone => kill_at(house, Way::Back, pid, chance),
            LetterCame => house.mail.order(Order::KillBefore(pid)),
            LetterTaken => house.mail.order(Order::KillAfter(pid)),
            _ => {}
        }
    }
}

fn kill_at(house: &House, way: Way, pid: u32, chance: &mut StdRng) {
    if let Some(line) = house.line() {
        // As it stands in the message of the protocol, there and back.
        line.trap(way, b"COMMIT\0", chance.random_range(1..=40), move || kill(pid));
    }
}

/// SIGKILL.
pub(crate) fn kill(pid: u32) {
    // It may be gone already.
    let _status = Command::new("kill").args(["-KILL", &pid.to_string()]).status();
}
