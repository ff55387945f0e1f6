//! What things cost, each beside what it can be compared with on the same machine and disk, in
//! the same run.

mod backup;
mod commands;
mod desk;
mod pages;
mod rebuild;
mod start;

use clap::{Args, ValueEnum};
use gateway::app::App;

use crate::{
    Fault,
    house::{Backend, House},
    season,
    stage::{self, Cast, School, Size},
};

/// How many schools book, in a log of any length.
const SCHOOLS: u32 = 512;

/// What to measure, and where.
#[derive(Debug, Args)]
pub(crate) struct Bench {
    /// Que mesurer
    #[arg(value_enum)]
    what: What,
    /// Où est le journal
    #[arg(long, value_enum, default_value = "sqlite")]
    log: Backend,
    /// Longueurs du journal, en événements
    #[arg(long, value_delimiter = ',', default_value = "10000,100000,1000000")]
    events: Vec<u64>,
}

/// What can be measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum What {
    /// Commands through the API.
    Commands,
    /// Pages, the rebuilding of the read models and the start, on logs of several lengths.
    Reading,
    /// Backups of logs of several lengths, put back into either database.
    Backup,
}

impl Bench {
    /// Measures, and tells.
    pub(crate) async fn run(self) -> Result<(), Fault> {
        match self.what {
            What::Commands => {
                let house = House::build(self.log, 1).await?;
                commands::measure(&house, self.log).await
            }
            What::Reading => {
                for events in &self.events {
                    let house = House::build(self.log, 1).await?;
                    read(&house, self.log, *events).await?;
                }
                Ok(())
            }
            What::Backup => {
                for events in &self.events {
                    let house = House::build(self.log, 1).await?;
                    let (app, _) = fill(&house, self.log, *events).await?;
                    app.close().await;
                    drop(app);
                    backup::measure(&house).await?;
                }
                Ok(())
            }
        }
    }
}

/// All that depends on the length of the log.
async fn read(house: &House, log: Backend, events: u64) -> Result<(), Fault> {
    let (app, hosts) = fill(house, log, events).await?;
    rebuild::measure(&app).await?;
    pages::measure(&app, &hosts).await?;
    app.close().await;
    drop(app);
    start::measure(house).await
}

/// A log of this length, and its hosts.
async fn fill(house: &House, log: Backend, events: u64) -> Result<(App, Vec<School>), Fault> {
    let begun = std::time::Instant::now();
    let app = house.open(0).await?;
    let size = Size { schools: SCHOOLS, hosts: season::hosts(events) };
    let Cast { hosts, .. } = stage::set(&app, size).await?;
    let filled = season::fill(&app, size, events).await?;
    let seconds = begun.elapsed().as_secs_f64();
    println!("\n{log:?}, {filled} événements, écrits en {seconds:.0} s, {} hôtes", size.hosts);
    Ok((app, hosts))
}
