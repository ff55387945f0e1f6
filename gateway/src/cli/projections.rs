//! `escale projections`: beside a server that runs, or alone.

use std::{path::Path, process::ExitCode, sync::Arc, time::Duration};

use clap::Subcommand;
use indicatif::{ProgressBar, ProgressStyle};
use journal::Journal;
use projections::{Fault, ReadDb, Rebuild, Remote, Runner, Stage, State, Verified};
use schema::words;
use tokio::sync::watch;

use super::{CliFault, output};

/// How often one looks how far the server is.
const LOOK: Duration = Duration::from_millis(300);

/// What can be asked of the read models.
#[derive(Debug, Subcommand)]
pub(super) enum Projections {
    /// Dit où en est chaque modèle de lecture
    List,
    /// Reconstruit des modèles de lecture (tous si aucun n’est nommé) pendant que le service répond
    Rebuild {
        /// Noms des modèles, comme `list` les donne
        names: Vec<String>,
        /// Annule la reconstruction en cours
        #[arg(long)]
        cancel: bool,
    },
    /// Rejoue le journal à part et compare : dit quelles lignes diffèrent
    Verify,
}

/// The read models: filled by this process, or by a server that runs.
enum Access {
    Here(ReadDb, Runner),
    Beside(Remote),
}

impl Access {
    async fn open(dir: &Path, journal: &Journal) -> Result<Self, Fault> {
        match ReadDb::open(dir) {
            Ok(read) => {
                let runner = Runner::start(&read, Arc::new(journal.clone())).await?;
                let head = *journal.head().borrow();
                while !read.wait_for(head, LOOK).await {
                    let states = read.states().await?;
                    if states.iter().any(|state| state.error.is_some()) {
                        break;
                    }
                }
                Ok(Self::Here(read, runner))
            }
            Err(Fault::Locked(_)) => Ok(Self::Beside(Remote::open(dir)?)),
            Err(fault) => Err(fault),
        }
    }

    async fn states(&self) -> Result<Vec<State>, Fault> {
        match self {
            Self::Here(read, _) => read.states().await,
            Self::Beside(remote) => remote.states(),
        }
    }

    async fn rebuilds(&self) -> Result<Vec<Rebuild>, Fault> {
        match self {
            Self::Here(read, _) => read.rebuilds().await,
            Self::Beside(remote) => remote.rebuilds(),
        }
    }

    async fn ask(&self, names: Vec<String>) -> Result<u64, Fault> {
        match self {
            Self::Here(read, _) => read.ask_rebuild(names).await,
            Self::Beside(remote) => remote.ask_rebuild(&names),
        }
    }

    async fn cancel(&self, run: u64) -> Result<bool, Fault> {
        match self {
            Self::Here(read, _) => read.cancel_rebuild(run).await,
            Self::Beside(remote) => remote.cancel_rebuild(run),
        }
    }

    async fn verify(
        &self,
        journal: &Journal,
        progress: watch::Sender<(u64, u64)>,
    ) -> Result<Vec<Verified>, Fault> {
        let log = Arc::new(journal.clone());
        match self {
            Self::Here(read, _) => read.verify(log, progress).await,
            Self::Beside(remote) => remote.verify(log, progress).await,
        }
    }

    async fn close(self) {
        if let Self::Here(_, runner) = self {
            runner.stop().await;
        }
    }
}

impl Projections {
    pub(super) async fn run(self, dir: &Path, journal: &Journal) -> Result<ExitCode, CliFault> {
        let access = Access::open(dir, journal).await?;
        let head = *journal.head().borrow();
        let outcome = match self {
            Self::List => list(&access, head).await,
            Self::Rebuild { cancel: true, .. } => cancel(&access).await,
            Self::Rebuild { names, cancel: false } => rebuild(&access, names).await,
            Self::Verify => verify(&access, journal).await,
        };
        access.close().await;
        outcome
    }
}

async fn list(access: &Access, head: u64) -> Result<ExitCode, CliFault> {
    output::line(format!("Le journal compte {head} événements."));
    for state in access.states().await? {
        let lag = head.saturating_sub(state.position);
        let stands = match &state.error {
            Some(error) => format!("arrêté devant l’événement {} : {error}", state.position + 1),
            None if lag == 0 => "à jour".to_owned(),
            None => format!("{lag} événements de retard"),
        };
        output::line(format!(
            "{:<18} v{:<3} {:>10}  {stands}",
            state.name, state.version, state.position
        ));
    }
    Ok(ExitCode::SUCCESS)
}

async fn cancel(access: &Access) -> Result<ExitCode, CliFault> {
    let under_way = access.rebuilds().await?.into_iter().find(|rebuild| !rebuild.ended());
    let Some(rebuild) = under_way else {
        return Err(CliFault::Refused("aucune reconstruction n’est en cours".to_owned()));
    };
    access.cancel(rebuild.run).await?;
    output::line("La reconstruction est annulée ; les anciennes lignes restent servies.");
    Ok(ExitCode::SUCCESS)
}

/// A bar on the terminal, nothing elsewhere.
pub(super) fn bar(what: &'static str) -> ProgressBar {
    let bar = ProgressBar::new(0).with_message(what);
    let template = "{msg} {wide_bar} {human_pos}/{human_len} ({per_sec}, reste {eta})";
    match ProgressStyle::with_template(template) {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

fn unknown(fault: Fault) -> CliFault {
    if let Fault::NoSuchProjection(name) = fault {
        return CliFault::Refused(format!(
            "« {name} » n’est pas un modèle de lecture ; `escale projections list` les nomme"
        ));
    }
    fault.into()
}

async fn rebuild(access: &Access, names: Vec<String>) -> Result<ExitCode, CliFault> {
    let run = access.ask(names).await.map_err(unknown)?;
    let bar = bar("Reconstruction");
    let rebuild = loop {
        tokio::time::sleep(LOOK).await;
        let rebuilds = access.rebuilds().await?;
        let Some(rebuild) = rebuilds.into_iter().find(|rebuild| rebuild.run == run) else {
            return Err(CliFault::Refused("la reconstruction n’est plus connue".to_owned()));
        };
        bar.set_length(rebuild.total);
        bar.set_position(rebuild.done);
        if rebuild.ended() {
            break rebuild;
        }
    };
    bar.finish_and_clear();
    let names = rebuild.names.join(", ");
    match rebuild.stage {
        Stage::Done => {
            let rate = rebuild.rate;
            output::line(format!("Reconstruit : {names} ({} événements, {rate}/s).", rebuild.done));
            Ok(ExitCode::SUCCESS)
        }
        Stage::Cancelled => {
            output::line("Annulée ; les anciennes lignes restent servies.");
            Ok(ExitCode::FAILURE)
        }
        Stage::Failed | Stage::Asked | Stage::Running | Stage::Cancelling => {
            let why = rebuild.error.unwrap_or_default();
            Err(CliFault::Refused(format!("la reconstruction a échoué : {why}")))
        }
    }
}

async fn verify(access: &Access, journal: &Journal) -> Result<ExitCode, CliFault> {
    let (tell, mut told) = watch::channel((0, 0));
    let bar = bar("Vérification");
    let shown = {
        let bar = bar.clone();
        tokio::spawn(async move {
            while told.changed().await.is_ok() {
                let (done, total) = *told.borrow();
                bar.set_length(total);
                bar.set_position(done);
            }
        })
    };
    let found = access.verify(journal, tell).await?;
    shown.abort();
    bar.finish_and_clear();
    for verified in &found {
        report(verified);
    }
    if found.iter().all(Verified::holds) {
        output::line("Tous les modèles de lecture sont ce que dit le journal.");
        Ok(ExitCode::SUCCESS)
    } else {
        output::line("Des lignes ne sont pas ce que dit le journal : reconstruisez ces modèles.");
        Ok(ExitCode::FAILURE)
    }
}

fn report(verified: &Verified) {
    let rows: u64 = verified.tables.iter().map(|table| table.rows).sum();
    let verdict = match &verified.obstacle {
        Some(obstacle) => format!("impossible à comparer : {obstacle}"),
        None if verified.holds() => "identique".to_owned(),
        None => "DIFFÉRENT".to_owned(),
    };
    output::line(format!(
        "{:<18} à la position {:>8}, {rows:>8} lignes : {verdict}",
        verified.name, verified.position
    ));
    for table in verified.tables.iter().filter(|table| !table.holds()) {
        output::line(format!("  table {} : {} lignes diffèrent", table.table, table.differing));
        for difference in &table.differences {
            output::line(format!("    {}", words::of_difference(difference)));
        }
    }
}
