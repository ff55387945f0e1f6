//! `escale demo`.

use std::{net::SocketAddr, path::PathBuf, process::ExitCode};

use clap::Args;

use super::{
    CliFault, output,
    serve::{Ended, bind, serve},
};
use crate::{
    app::App,
    config::{Config, LogFormat, Secrets},
    demo::{self, DemoFault},
    telemetry,
};

/// Plays the demonstration, then serves it.
#[derive(Debug, Args)]
pub(super) struct Demo {
    /// Dossier à garder ; sans lui, un dossier temporaire, effacé à la fin
    #[arg(long, value_name = "DOSSIER")]
    dir: Option<PathBuf>,
    /// S’arrête après la démonstration, sans servir
    #[arg(long)]
    once: bool,
    /// Adresse d’écoute
    #[arg(long, default_value = "127.0.0.1:8080", value_name = "ADRESSE:PORT")]
    listen: SocketAddr,
    /// Dossier d’un autre thème (theme.css, polices, images)
    #[arg(long, value_name = "DOSSIER")]
    theme_dir: Option<PathBuf>,
}

/// Opens and seals nothing but a demonstration.
const KEY: &str = "de30de30de30de30de30de30de30de30de30de30de30de30de30de30de30de30";

impl Demo {
    pub(super) async fn run(self) -> Result<ExitCode, CliFault> {
        telemetry::start_quiet(LogFormat::Pretty);
        let temporary = match &self.dir {
            Some(_) => None,
            None => Some(tempfile::tempdir().map_err(CliFault::io("pas de dossier temporaire"))?),
        };
        let dir = match (&self.dir, &temporary) {
            (Some(dir), _) => dir.clone(),
            (None, Some(temporary)) => temporary.path().to_owned(),
            (None, None) => PathBuf::from("."),
        };
        let listener = if self.once { None } else { Some(bind(self.listen).await?) };
        let config = Config {
            database_url: "sqlite:escale.db".to_owned(),
            data_dir: dir.clone(),
            listen: self.listen,
            public_url: format!("http://localhost:{}", self.listen.port()),
            theme_dir: self.theme_dir.clone(),
            demo: true,
            ..Config::default()
        };
        let secrets = Secrets { master_key: KEY.to_owned().into(), smtp_password: None };
        let app = App::open_demo(config, secrets, demo::accounts()).await?;
        output::line(format!("Démonstration dans {}", dir.display()));
        let played = play(&app, &dir).await;
        if played.is_err() || listener.is_none() {
            app.close().await;
            return played
                .map(|()| ExitCode::SUCCESS)
                .map_err(|fault| CliFault::Demo(Box::new(fault)));
        }
        announce(&app);
        if let Some(listener) = listener
            && serve(app, listener).await? == Ended::Damaged
        {
            let why = "les fichiers de la démonstration ont disparu ; relancez-la";
            return Err(CliFault::Refused(why.to_owned()));
        }
        Ok(ExitCode::SUCCESS)
    }
}

async fn play(app: &App, dir: &std::path::Path) -> Result<(), DemoFault> {
    let mut tell = |line: String| output::line(line);
    demo::play(app, dir, &mut tell).await
}

fn announce(app: &App) {
    let url = &app.config.public_url;
    output::line("");
    output::line(format!("Le portail : {url}/"));
    output::line(format!("GraphiQL : {url}/graphql "));
    output::line(format!("Les courriels envoyés : {url}/courrier"));
    output::line("Pour se connecter :");
    for account in &app.demo_accounts {
        output::line(format!("  {:<46} {:<28} {}", account.who, account.login, account.password));
    }
    output::line("Ctrl-C pour arrêter.");
}
