//! `escale serve` as processes.

use std::{
    process::{Child, Stdio},
    time::{Duration, Instant},
};

use crate::{Fault, house::House};

/// How long a gateway may take to be ready, or to end.
const PATIENCE: Duration = Duration::from_mins(2);

/// One that runs. Killed when it is dropped.
pub(crate) struct Gateway {
    child: Child,
    url: String,
}

impl Gateway {
    /// Starts one, and comes back once it is ready.
    pub(crate) async fn start(house: &House, number: usize) -> Result<Self, Fault> {
        let lines = house.lines(number)?;
        let mut command = house.escale(number, &["serve"]);
        let child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(lines).spawn()?;
        let mut gateway = Self { child, url: house.url(number) };
        gateway.become_ready().await?;
        Ok(gateway)
    }

    async fn become_ready(&mut self) -> Result<(), Fault> {
        let begun = Instant::now();
        let address = format!("{}/readyz", self.url);
        while begun.elapsed() < PATIENCE {
            if reqwest::get(&address).await.is_ok_and(|answer| answer.status().is_success()) {
                return Ok(());
            }
            if let Some(status) = self.child.try_wait()? {
                return Err(format!("la passerelle s’est arrêtée : {status}").into());
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        Err("la passerelle n’est pas prête".into())
    }

    /// How much memory it holds, in kB.
    pub(crate) fn memory(&self) -> Result<u64, Fault> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let figure = line.and_then(|line| line.split_whitespace().next());
        Ok(figure.ok_or("la mémoire d’un processus")?.parse()?)
    }

    /// Stops it as an operator does (SIGTERM); it must end well.
    pub(crate) async fn stop(mut self) -> Result<(), Fault> {
        let pid = self.child.id().to_string();
        std::process::Command::new("kill").args(["-TERM", &pid]).status()?;
        let begun = Instant::now();
        while begun.elapsed() < PATIENCE {
            match self.child.try_wait()? {
                Some(status) if status.success() => return Ok(()),
                Some(status) => return Err(format!("elle s’est mal arrêtée : {status}").into()),
                None => tokio::time::sleep(Duration::from_millis(10)).await,
            }
        }
        Err("la passerelle ne s’arrête pas".into())
    }
}

impl Drop for Gateway {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ended = self.child.kill();
        let _status = self.child.wait();
    }
}
