//! Log lines. No name, birth date, address, token or body is ever written to them.

use tracing_subscriber::{EnvFilter, layer::SubscriberExt as _, util::SubscriberInitExt as _};

use crate::config::LogFormat;

/// Starts the log on standard error; `RUST_LOG` chooses what is told (`info` unless said).
/// Starting it twice does nothing.
pub fn start(format: LogFormat) {
    start_at(format, "info,sqlx=warn,lettre=warn");
}

/// The same, telling what goes wrong only unless `RUST_LOG` says otherwise: for commands whose
/// output people read.
pub fn start_quiet(format: LogFormat) {
    start_at(format, "warn");
}

fn start_at(format: LogFormat, level: &str) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(level));
    let registry = tracing_subscriber::registry().with(filter);
    let layer = tracing_subscriber::fmt::layer().with_writer(std::io::stderr);
    let started = match format {
        LogFormat::Json => registry.with(layer.json()).try_init(),
        LogFormat::Pretty => registry.with(layer.with_target(false)).try_init(),
    };
    if started.is_err() {
        tracing::debug!("the log was started already");
    }
}
