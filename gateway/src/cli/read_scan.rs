//! The child process that reads scans, see [`scans::child`]: it opens nothing of the service.

use std::{io, process::ExitCode};

use clap::Args;

#[derive(Debug, Args)]
pub(super) struct ReadScan {
    /// Ce qui est demandé
    task: String,
}

impl ReadScan {
    /// What went wrong is for the parent to guess: nobody reads what a child complains of.
    pub(super) fn run(&self) -> ExitCode {
        match scans::child::run(&self.task, io::stdin().lock(), io::stdout().lock()) {
            Ok(()) => ExitCode::SUCCESS,
            Err(_) => ExitCode::FAILURE,
        }
    }
}
