//! `escale serve`.

use std::{net::SocketAddr, path::PathBuf, process::ExitCode, time::Duration};

use clap::Args;
use tokio::net::TcpListener;

use super::CliFault;
use crate::{
    app::App,
    config::{Config, Secrets},
    router::router,
};

/// How long requests under way may take once the service stops.
const PATIENCE: Duration = Duration::from_secs(30);

/// Serves until it is told to stop (SIGTERM, ctrl-c).
#[derive(Debug, Args)]
pub(super) struct Serve {
    /// Adresse d’écoute, à la place de celle des réglages
    #[arg(long, value_name = "ADRESSE:PORT")]
    listen: Option<SocketAddr>,
    /// Dossier d’un autre thème (theme.css, polices, images), à la place de celui des réglages
    #[arg(long, value_name = "DOSSIER")]
    theme_dir: Option<PathBuf>,
}

impl Serve {
    pub(super) async fn run(
        self,
        mut config: Config,
        secrets: Secrets,
    ) -> Result<ExitCode, CliFault> {
        if let Some(listen) = self.listen {
            config.listen = listen;
        }
        if self.theme_dir.is_some() {
            config.theme_dir = self.theme_dir;
        }
        let listener = bind(config.listen).await?;
        let app = App::open(config, secrets).await?;
        serve(app, listener).await?;
        Ok(ExitCode::SUCCESS)
    }
}

/// Listens at `address`.
pub(super) async fn bind(address: SocketAddr) -> Result<TcpListener, CliFault> {
    let what = format!("l’adresse {address} ne peut pas être écoutée (déjà prise ?)");
    TcpListener::bind(address).await.map_err(CliFault::io(what))
}

/// Serves `app` on `listener` until it is told to stop, then finishes what was accepted.
pub(super) async fn serve(app: App, listener: TcpListener) -> Result<(), CliFault> {
    let mut work = app.start();
    tracing::info!(address = ?listener.local_addr().ok(), "serving");
    let service = router(app.clone()).into_make_service_with_connect_info::<SocketAddr>();
    let told = {
        let app = app.clone();
        async move {
            told_to_stop().await;
            leave(&app).await;
            tracing::info!("stopping: what was accepted is finished first");
            app.begin_stop();
        }
    };
    let served = axum::serve(listener, service).with_graceful_shutdown(told).into_future();
    let served = tokio::select! {
        served = served => served,
        () = async { app.stopped().await; tokio::time::sleep(PATIENCE).await } => Ok(()),
    };
    while work.join_next().await.is_some() {}
    app.close().await;
    served.map_err(CliFault::io("le service s’est arrêté"))
}

/// Lets the proxy see that people are to be sent elsewhere; told again, one stops at once.
async fn leave(app: &App) {
    let delay = Duration::from_secs(app.config.stop_delay_seconds.into());
    if delay.is_zero() {
        return;
    }
    tracing::info!(seconds = delay.as_secs(), "leaving: nobody is to be sent here any more");
    app.begin_leave();
    tokio::select! {
        () = tokio::time::sleep(delay) => {}
        () = told_to_stop() => {}
    }
}

async fn told_to_stop() {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut term) = signal(SignalKind::terminate()) else {
        return std::future::pending().await;
    };
    tokio::select! {
        _ = term.recv() => {}
        _ = tokio::signal::ctrl_c() => {}
    }
}
