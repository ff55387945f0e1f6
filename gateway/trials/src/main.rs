//! Escale on trial: real gateways as processes of their own, a real log, real mail, and more
//! people at once than any school day brings. `cargo xtask trial NAME` builds and runs it.
#![expect(clippy::print_stdout, reason = "a trial tells on the terminal what it found")]

mod bench;
mod gateways;
mod house;
mod kills;
mod listed;
mod opening;
mod proxy;
mod rolling;
mod schools;
mod season;
mod secretary;
mod stage;
mod tally;

use std::{error::Error, process::ExitCode};

use clap::Parser;

/// What went wrong, in words: a trial has nobody to catch it.
type Fault = Box<dyn Error + Send + Sync>;

/// Met Escale à l’épreuve.
#[derive(Debug, Parser)]
enum Trial {
    /// Le jour de l’ouverture : toutes les écoles à la fois, peu de places
    OpeningDay(opening::OpeningDay),
    /// Redémarre chaque passerelle à son tour, derrière le mandataire
    Rolling(rolling::Rolling),
    /// Tue le service encore et encore, à des moments nommés et au hasard
    Kills(kills::Kills),
    /// Mesure ce que coûtent commandes, pages, reconstruction et démarrage
    Bench(bench::Bench),
}

#[tokio::main]
async fn main() -> ExitCode {
    let outcome = match Trial::parse() {
        Trial::OpeningDay(trial) => trial.run().await,
        Trial::Rolling(trial) => trial.run().await,
        Trial::Kills(trial) => trial.run().await,
        Trial::Bench(bench) => bench.run().await,
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            println!("échec : {fault}");
            ExitCode::FAILURE
        }
    }
}
