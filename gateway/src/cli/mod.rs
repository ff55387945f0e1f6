//! The command line: `escale --help` teaches it.

mod arguments;
mod audit;
mod backup;
mod config_check;
mod demo;
mod directory;
mod erase;
mod history;
mod log;
mod migrate;
mod operator;
mod output;
mod platform;
mod projections;
mod read_scan;
mod restore;
mod sdl;
mod seal;
mod serve;

use std::{path::PathBuf, process::ExitCode};

use clap::{Parser, Subcommand};

use domain::kernel::{
    decider::Refusal,
    envelope::{Actor, Context},
};
use journal::{Clock, HandleError, Journal};

use crate::{
    app::{self, OpenFault},
    backup::BackupFault,
    config::{BadConfig, Config, Secrets},
    ids, telemetry,
};

/// Escale : mini-stages et conventions, du collège au lycée.
///
#[derive(Debug, Parser)]
#[command(name = "escale", version, about, long_about, after_long_help = SETTINGS)]
struct Cli {
    /// Fichier de réglages (TOML)
    #[arg(long, global = true, value_name = "FICHIER", env = "ESCALE_CONFIG")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

const SETTINGS: &str = "\
Réglages : d’abord le fichier nommé par --config, puis les variables ESCALE_… (par exemple
ESCALE_PUBLIC_URL, ESCALE_MAIL__SMTP_HOST) et DATABASE_URL. Secrets : ESCALE_MASTER_KEY ou
ESCALE_MASTER_KEY_FILE, ESCALE_SMTP_PASSWORD ou ESCALE_SMTP_PASSWORD_FILE.

Pour essayer sans rien régler : escale demo";

#[derive(Debug, Subcommand)]
enum Command {
    /// Joue la démonstration : une plateforme, des établissements, des conventions, sans rien régler
    Demo(demo::Demo),
    /// Sert le portail : API GraphQL, courriels, échéances
    Serve(serve::Serve),
    /// Prépare la base du journal (sans danger si elle l’est déjà)
    Migrate,
    /// Annuaire national des établissements
    #[command(subcommand)]
    Directory(directory::Directory),
    /// Plateformes
    #[command(subcommand)]
    Platform(platform::Platform),
    /// Comptes qui exploitent le service
    #[command(subcommand)]
    Operator(operator::Operator),
    /// Modèles de lecture : état, reconstruction, vérification
    #[command(subcommand)]
    Projections(projections::Projections),
    /// L’histoire d’un objet, en clair
    #[command(subcommand)]
    History(history::History),
    /// Journal des événements
    #[command(subcommand)]
    Log(log::Log),
    /// Preuves : signer le journal, prouver une convention, contrôler une preuve
    #[command(subcommand)]
    Audit(audit::Audit),
    /// Cachet électronique de la plateforme
    #[command(subcommand)]
    Seal(seal::Seal),
    /// Sauvegarde le journal, les documents et, à part, les clés, pendant que le service répond
    Backup(backup::Backup),
    /// Restaure une sauvegarde dans une installation vide, et la vérifie
    Restore(restore::Restore),
    /// Efface une personne pour toujours : sa clé est détruite
    Erase(erase::Erase),
    /// Réglages
    #[command(subcommand)]
    Config(config_check::ConfigCommand),
    /// Écrit le schéma GraphQL (SDL)
    Sdl,
    /// Lit le fichier numérisé que le service lui donne
    #[command(hide = true, name = scans::child::COMMAND)]
    ReadScan(read_scan::ReadScan),
}

/// Why a command could not be carried out. Shown in French, on standard error.
#[derive(Debug, thiserror::Error)]
pub enum CliFault {
    /// The configuration cannot be used.
    #[error(transparent)]
    Config(#[from] BadConfig),
    /// The service cannot be opened.
    #[error(transparent)]
    Open(#[from] OpenFault),
    /// A command of the domain was refused, or what was asked is not there.
    #[error("{0}")]
    Refused(String),
    /// The journal failed.
    #[error("le journal ne répond pas")]
    Journal(#[from] journal::Fault),
    /// Part of the log cannot be read.
    #[error("une partie du journal est illisible")]
    Read(#[from] journal::ReadFault),
    /// The read models failed.
    #[error("les modèles de lecture ne répondent pas")]
    Projections(#[from] ::projections::Fault),
    /// The demonstration stopped.
    #[error("la démonstration s’est arrêtée")]
    Demo(#[source] Box<crate::demo::DemoFault>),
    /// No backup was taken, or none put back.
    #[error(transparent)]
    Backup(#[from] BackupFault),
    /// A file or the network failed.
    #[error("{what}")]
    Io {
        /// What was being done, in French.
        what: String,
        /// Why it failed.
        #[source]
        err: std::io::Error,
    },
}

impl CliFault {
    fn io(what: impl Into<String>) -> impl FnOnce(std::io::Error) -> Self {
        let what = what.into();
        move |err| Self::Io { what, err }
    }
}

/// Runs the command given on the command line.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    // Before any thread: each would take of the memory that the child allows itself.
    if let Command::ReadScan(child) = cli.command {
        return child.run();
    }
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(err) => return output::fail(&err),
    };
    match runtime.block_on(run(cli)) {
        Ok(code) => code,
        Err(fault) => output::fail(&fault),
    }
}

async fn run(cli: Cli) -> Result<ExitCode, CliFault> {
    let file = cli.config.as_deref();
    match cli.command {
        Command::Demo(demo) => return demo.run().await,
        Command::Sdl => return Ok(sdl::run()),
        Command::Audit(audit::Audit::Check(check)) => return check.run(),
        Command::Config(command) => return command.run(file),
        Command::Serve(_)
        | Command::Migrate
        | Command::Directory(_)
        | Command::Platform(_)
        | Command::Operator(_)
        | Command::Projections(_)
        | Command::History(_)
        | Command::Log(_)
        | Command::Audit(_)
        | Command::Seal(_)
        | Command::Backup(_)
        | Command::Restore(_)
        | Command::Erase(_)
        | Command::ReadScan(_) => {}
    }
    let config = Config::load(file)?;
    let secrets = Secrets::load()?;
    telemetry::start(config.log_format);
    match cli.command {
        Command::Serve(serve) => serve.run(config, secrets).await,
        Command::Restore(restore) => restore.run(&config, &secrets).await,
        command => beside(command, &config, &secrets).await,
    }
}

/// The commands for which the log is opened first.
async fn beside(
    command: Command,
    config: &Config,
    secrets: &Secrets,
) -> Result<ExitCode, CliFault> {
    let journal = app::open_journal(config, secrets, Clock::system()).await?;
    let outcome = offline(command, config, &journal).await;
    journal.close().await;
    outcome
}

/// The commands that do one thing to the log and stop; a server may run beside them.
async fn offline(
    command: Command,
    config: &Config,
    journal: &Journal,
) -> Result<ExitCode, CliFault> {
    match command {
        Command::Migrate => Ok(migrate::run(journal)),
        Command::Directory(command) => command.run(journal).await,
        Command::Platform(command) => command.run(config, journal).await,
        Command::Operator(command) => command.run(config, journal).await,
        Command::Projections(command) => command.run(&config.data_dir, journal).await,
        Command::History(command) => command.run(journal).await,
        Command::Log(command) => command.run(journal).await,
        Command::Audit(command) => command.run(config, journal).await,
        Command::Seal(command) => command.run(config, journal).await,
        Command::Erase(erase) => erase.run(config, journal).await,
        Command::Backup(backup) => backup.run(config, journal).await,
        Command::Demo(_)
        | Command::Serve(_)
        | Command::Restore(_)
        | Command::Config(_)
        | Command::Sdl
        | Command::ReadScan(_) => Ok(ExitCode::SUCCESS),
    }
}

/// Around a command given at the command line.
fn context_of(journal: &Journal, tenant: Option<String>) -> Context {
    Context {
        command: ids::draw(),
        actor: Actor::Operator,
        from: None,
        correlation: ids::draw(),
        cause: None,
        tenant,
        at: journal.clock().now(),
    }
}

/// Why a command of the domain wrote nothing, in French.
fn refused<R: Refusal>(error: HandleError<R>, french: impl FnOnce(R) -> String) -> CliFault {
    match error {
        HandleError::Refused(refusal) => CliFault::Refused(french(refusal)),
        HandleError::Claimed { .. } => {
            CliFault::Refused("cette adresse a déjà un compte".to_owned())
        }
        HandleError::Conflict => {
            CliFault::Refused("l’objet change sans cesse ; recommencez dans un instant".to_owned())
        }
        HandleError::Erased(_) => CliFault::Refused("cette personne a été effacée".to_owned()),
        HandleError::Fault(fault) => fault.into(),
    }
}
