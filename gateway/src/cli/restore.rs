//! `escale restore`: into an installation where nothing is.

use std::{path::PathBuf, process::ExitCode};

use clap::Args;
use schema::words;

use super::{
    CliFault,
    backup::{Watch, tell_documents},
    output,
};
use crate::{
    backup::{self, Restored},
    config::{Config, Secrets},
};

/// Puts a backup back where the settings say.
#[derive(Debug, Args)]
pub(super) struct Restore {
    /// Dossier du journal et des documents
    #[arg(long, value_name = "DOSSIER")]
    from: PathBuf,
    /// Dossier des clés ; tous les effacements que ses registres connaissent sont appliqués
    #[arg(long, value_name = "DOSSIER")]
    keys_from: PathBuf,
    /// La copie à restaurer, à la place de la dernière
    #[arg(long, value_name = "NOM")]
    copy: Option<String>,
    /// La copie des clés, à la place de la dernière (qui a toutes les clés non détruites)
    #[arg(long, value_name = "NOM")]
    keys_copy: Option<String>,
}

impl Restore {
    pub(super) async fn run(
        self,
        config: &Config,
        secrets: &Secrets,
    ) -> Result<ExitCode, CliFault> {
        let wanted = backup::Restore {
            from: self.from,
            keys_from: self.keys_from,
            copy: self.copy,
            keys_copy: self.keys_copy,
        };
        let watch = Watch::new();
        let tell_watch = |step, done, total| watch.tell(step, done, total);
        let restored = wanted.run(config, secrets, &tell_watch).await;
        watch.end();
        Ok(tell(&restored?))
    }
}

/// Says what was put back, and whether it is whole.
fn tell(restored: &Restored) -> ExitCode {
    let Restored { copy, keys_copy, unread, erased, read_models, documents, report, .. } = restored;
    output::line(format!("Sauvegarde {copy} restaurée, avec les clés de {keys_copy}."));
    if restored.keys_are_older {
        output::line(
            "Ces clés sont d’avant le journal : celles des personnes venues depuis manquent.",
        );
    }
    if *erased > 0 {
        output::line(format!("Effacements plus récents que la copie, appliqués : {erased}"));
    }
    for name in unread {
        output::line(format!(
            "La copie {name} est illisible : les effacements qu’elle seule connaîtrait manquent."
        ));
    }
    tell_documents(documents);
    if *read_models {
        output::line("Les modèles de lecture sont restaurés aussi.");
    }
    output::line(format!(
        "{} événements dans {} flux ; {} parlent d’une personne, {} d’une personne effacée.",
        report.events, report.streams, report.sealed, report.erased
    ));
    match &report.wrong {
        None => {
            output::line(format!("Le journal est intact. Dernière empreinte : {}", report.chain));
        }
        Some((position, flaw)) => {
            let flaw = words::of_flaw(flaw);
            output::line(format!("Le journal n’est pas intact, à la position {position}. {flaw}"));
        }
    }
    if report.is_sound() && documents.are_whole() {
        output::line("La restauration est complète : le service peut démarrer.");
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
