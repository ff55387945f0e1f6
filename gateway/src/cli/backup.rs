//! `escale backup`: beside a service that runs, or alone.

use std::{path::PathBuf, process::ExitCode, sync::Mutex};

use clap::Args;
use indicatif::ProgressBar;
use journal::Journal;
use schema::words;
use serde_json::{Value, json};

use super::{CliFault, output, projections::bar};
use crate::{
    backup::{Documents, Order, Step, Taken},
    config::Config,
    directory::{counted, grouped},
};

/// How many documents are named at most.
const NAMED: usize = 10;

/// Saves the log, the documents and, apart, the keys.
#[derive(Debug, Args)]
pub(super) struct Backup {
    /// Dossier du journal et des documents ; une copie datée s’y ajoute
    #[arg(long, value_name = "DOSSIER")]
    to: PathBuf,
    /// Dossier des clés, à part du premier : les copies trop vieilles (`backup.keys_days`) en sont ôtées
    #[arg(long, value_name = "DOSSIER")]
    keys_to: PathBuf,
    /// Sauve aussi les modèles de lecture (avec les clés : les noms y sont en clair)
    #[arg(long)]
    with_read_models: bool,
    /// Ne sauve pas les documents, gardés par ailleurs (un bucket répliqué)
    #[arg(long)]
    without_documents: bool,
    /// Dit en JSON ce qui a été sauvé
    #[arg(long)]
    json: bool,
}

impl Backup {
    pub(super) async fn run(
        self,
        config: &Config,
        journal: &Journal,
    ) -> Result<ExitCode, CliFault> {
        let order = Order {
            to: self.to,
            keys_to: self.keys_to,
            read_models: self.with_read_models,
            documents: !self.without_documents,
        };
        let watch = Watch::new();
        let tell_watch = |step, done, total| watch.tell(step, done, total);
        let taken = order.take(config, journal, &tell_watch).await;
        watch.end();
        let taken = taken?;
        if self.json {
            output::line(in_json(&taken).to_string());
        } else {
            tell(&taken);
        }
        let whole = taken.documents.as_ref().is_none_or(Documents::are_whole);
        let sound = taken.wrong.is_none() && whole;
        Ok(if sound { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}

fn tell(taken: &Taken) {
    output::line(format!(
        "Sauvegarde {} : {} ({}), {}.",
        taken.name,
        counted(taken.position, "événement", "événements"),
        size(taken.bytes),
        counted(taken.erasures, "effacement au registre", "effacements au registre"),
    ));
    match &taken.documents {
        None => output::line("Les documents n’ont pas été sauvés."),
        Some(documents) => tell_documents(documents),
    }
    for name in &taken.removed {
        output::line(format!("Copie de clés ôtée : {name}"));
    }
    match &taken.wrong {
        None => output::line(format!("Dernière empreinte : {}", taken.chain)),
        Some((position, flaw)) => {
            let flaw = words::of_flaw(flaw);
            output::line(format!(
                "Le journal n’est pas intact, à la position {position}. {flaw} Il est sauvé tel quel."
            ));
        }
    }
}

/// Says what came of the documents.
pub(super) fn tell_documents(documents: &Documents) {
    let named = counted(documents.named, "document", "documents");
    let copied = counted(documents.copied, "copié", "copiés");
    output::line(format!("{named}, dont {copied}."));
    let wrong = [
        (&documents.missing, "document manque", "documents manquent"),
        (&documents.damaged, "document est abîmé", "documents sont abîmés"),
    ];
    for (names, one, several) in wrong {
        if !names.is_empty() {
            let counted = counted(names.len() as u64, one, several);
            output::line(format!("{counted} :"));
            names.iter().take(NAMED).for_each(|name| output::line(format!("  {name}")));
        }
    }
}

/// How long a file is, in words.
fn size(bytes: u64) -> String {
    match bytes {
        0..10_000_000 => format!("{} Ko", grouped(bytes.div_ceil(1000))),
        _ => format!("{} Mo", grouped(bytes / 1_000_000)),
    }
}

fn in_json(taken: &Taken) -> Value {
    let documents = taken.documents.as_ref().map(|it| {
        json!({
            "named": it.named, "copied": it.copied, "missing": it.missing, "damaged": it.damaged,
        })
    });
    let wrong = taken
        .wrong
        .as_ref()
        .map(|(position, flaw)| json!({ "position": position, "message": words::of_flaw(flaw) }));
    json!({
        "name": taken.name, "position": taken.position, "chain": taken.chain,
        "bytes": taken.bytes, "wrong": wrong, "documents": documents,
        "erasures": taken.erasures, "keysRemoved": taken.removed,
    })
}

/// Shows on the terminal how far it is.
pub(super) struct Watch(Mutex<Option<(Step, ProgressBar)>>);

impl Watch {
    pub(super) fn new() -> Self {
        Self(Mutex::new(None))
    }

    pub(super) fn tell(&self, step: Step, done: u64, total: u64) {
        let Ok(mut shown) = self.0.lock() else { return };
        if shown.as_ref().is_none_or(|(known, _)| *known != step) {
            if let Some((_, bar)) = shown.take() {
                bar.finish_and_clear();
            }
            let bar = match step {
                Step::Counting(what) => bar(what),
                Step::Copying(_) => ProgressBar::new_spinner(),
            };
            *shown = Some((step, bar));
        }
        if let Some((_, bar)) = &*shown {
            match step {
                Step::Counting(_) => {
                    bar.set_length(total);
                    bar.set_position(done);
                }
                Step::Copying(what) => bar.set_message(format!("{what} {}", size(done))),
            }
        }
    }

    pub(super) fn end(&self) {
        if let Ok(mut shown) = self.0.lock()
            && let Some((_, bar)) = shown.take()
        {
            bar.finish_and_clear();
        }
    }
}
