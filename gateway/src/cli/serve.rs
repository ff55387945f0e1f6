//! `escale serve`.

use std::{
    net::SocketAddr,
    os::unix::process::CommandExt as _,
    path::PathBuf,
    process::{Command, ExitCode},
    sync::{Arc, OnceLock},
    time::Duration,
};

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
        match serve(app, listener).await? {
            Ended::Told => Ok(ExitCode::SUCCESS),
            Ended::Damaged => Err(begin_anew()),
        }
    }
}

/// Why the service ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ended {
    /// It was told to stop.
    Told,
    /// The file of its read models is damaged or gone: it must be opened anew.
    Damaged,
}

/// This very program takes the place of this process: nothing that it had read stays. Comes back
/// only if it cannot be started.
fn begin_anew() -> CliFault {
    tracing::warn!("the service begins anew");
    let fault = Command::new("/proc/self/exe").args(std::env::args_os().skip(1)).exec();
    CliFault::io("le service n’a pas pu redémarrer après la perte de ses modèles de lecture")(
        fault,
    )
}

/// Listens at `address`.
pub(super) async fn bind(address: SocketAddr) -> Result<TcpListener, CliFault> {
    let what = format!("l’adresse {address} ne peut pas être écoutée (déjà prise ?)");
    TcpListener::bind(address).await.map_err(CliFault::io(what))
}

/// Serves `app` on `listener` until it is told to stop, or cannot read any more; then finishes what was
/// accepted.
pub(super) async fn serve(app: App, listener: TcpListener) -> Result<Ended, CliFault> {
    let mut work = app.start();
    tracing::info!(address = ?listener.local_addr().ok(), "serving");
    let service = router(app.clone()).into_make_service_with_connect_info::<SocketAddr>();
    let why = Arc::new(OnceLock::new());
    let told = {
        let (app, why) = (app.clone(), why.clone());
        async move {
            let ended = tokio::select! {
                () = told_to_stop() => Ended::Told,
                () = app.read.damaged() => Ended::Damaged,
            };
            if why.get_or_init(|| ended) == &Ended::Told {
                leave(&app).await;
            }
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
    served.map_err(CliFault::io("le service s’est arrêté"))?;
    Ok(why.get().copied().unwrap_or(Ended::Told))
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
