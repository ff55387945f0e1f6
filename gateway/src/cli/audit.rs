//! `escale audit`.

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::{Args, Subcommand};
use domain::kernel::ids::ConventionId;
use journal::{Bundle, BundledEvent, Journal, Note, ProofFault, Proven, StreamName, VerifierKey};
use schema::words;

use super::{CliFault, arguments, log, output};
use crate::{
    checkpoints::{Notary, NotaryFault, prove_convention},
    config::Config,
};

/// The largest file that is read as a bundle or a note, in bytes.
const MOST_BYTES: u64 = 64 * 1024 * 1024;

/// What can be proved.
#[derive(Debug, Subcommand)]
pub(super) enum Audit {
    /// La clé publique qui contrôle les notes de ce journal : à donner aux auditeurs
    Key,
    /// Signe le journal tel qu’il est, écrit la note et l’exporte
    Checkpoint,
    /// Recalcule le journal entier et le compare aux notes conservées ailleurs
    Verify(Verify),
    /// Écrit la preuve d’une convention dans un fichier qui se suffit
    Proof(Proof),
    /// Contrôle une preuve, sur n’importe quelle machine, sans journal ni réglage
    Check(Check),
}

/// `audit verify`.
#[derive(Debug, Args)]
pub(super) struct Verify {
    /// Une note conservée, ou un dossier de notes (.note) ; peut être répété
    #[arg(long, value_name = "NOTE")]
    since: Vec<PathBuf>,
}

/// `audit proof`.
#[derive(Debug, Args)]
pub(super) struct Proof {
    /// La convention : convention_…
    #[arg(long, value_parser = arguments::convention)]
    convention: ConventionId,
    /// Où écrire la preuve
    #[arg(short, long, value_name = "FICHIER")]
    output: PathBuf,
    /// Prouve aussi que le journal continue cette note plus ancienne
    #[arg(long, value_name = "NOTE")]
    since: Option<PathBuf>,
    /// Y joint ce que dit chaque événement, en clair : à ne donner qu’à qui peut le lire
    #[arg(long)]
    words: bool,
}

/// `audit check`.
#[derive(Debug, Args)]
pub(super) struct Check {
    /// La preuve
    #[arg(value_name = "FICHIER")]
    bundle: PathBuf,
    /// La clé du journal, reçue autrement que par ce fichier
    #[arg(long, value_name = "CLÉ", value_parser = key)]
    key: Option<VerifierKey>,
}

fn key(text: &str) -> Result<VerifierKey, &'static str> {
    text.trim().parse().map_err(|_| "une clé ressemble à escale.example/journal+1a2b3c4d+AX…")
}

impl Audit {
    pub(super) async fn run(
        self,
        config: &Config,
        journal: &Journal,
    ) -> Result<ExitCode, CliFault> {
        match self {
            Self::Key => {
                let key = journal.verifier_key(&config.log_origin()).await.map_err(refused)?;
                output::line(key.to_string());
                Ok(ExitCode::SUCCESS)
            }
            Self::Checkpoint => {
                let signed = Notary::new(journal.clone(), config).sign().await;
                let signed = signed.map_err(unsigned)?;
                output::line(signed.note.text().trim_end());
                Ok(ExitCode::SUCCESS)
            }
            Self::Verify(verify) => verify.run(config, journal).await,
            Self::Proof(proof) => proof.run(config, journal).await,
            Self::Check(check) => check.run(),
        }
    }
}

impl Verify {
    async fn run(self, config: &Config, journal: &Journal) -> Result<ExitCode, CliFault> {
        let key = journal.verifier_key(&config.log_origin()).await.map_err(refused)?;
        let mut notes = Vec::new();
        for path in &self.since {
            for file in notes_at(path)? {
                notes.push(note_of(&file, &key)?);
            }
        }
        log::verify(journal, &notes).await
    }
}

/// The file itself, or the notes of a folder.
fn notes_at(path: &Path) -> Result<Vec<PathBuf>, CliFault> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let unreadable = || CliFault::io(format!("le dossier {} est illisible", path.display()));
    let mut files = Vec::new();
    for entry in std::fs::read_dir(path).map_err(unreadable())? {
        let file = entry.map_err(unreadable())?.path();
        if file.extension().is_some_and(|extension| extension == "note") {
            files.push(file);
        }
    }
    if files.is_empty() {
        return Err(CliFault::Refused(format!("aucune note (.note) dans {}", path.display())));
    }
    Ok(files)
}

/// The note of a file, signed by the key of this log.
fn note_of(path: &Path, key: &VerifierKey) -> Result<Note, CliFault> {
    let name = path.display();
    let note: Note = read(path)?.parse().map_err(|_| {
        CliFault::Refused(format!(
            "{name} n’est pas une note de journal, entière et telle que reçue"
        ))
    })?;
    if note.is_signed_by(key) {
        Ok(note)
    } else {
        let text = format!("la note {name} n’est pas signée par la clé de ce journal ({key})");
        Err(CliFault::Refused(text))
    }
}

fn read(path: &Path) -> Result<String, CliFault> {
    let name = path.display();
    let unreadable = || CliFault::io(format!("le fichier {name} est illisible"));
    if std::fs::metadata(path).map_err(unreadable())?.len() > MOST_BYTES {
        return Err(CliFault::Refused(format!("le fichier {name} dépasse 64\u{a0}Mio")));
    }
    std::fs::read_to_string(path).map_err(unreadable())
}

impl Proof {
    async fn run(self, config: &Config, journal: &Journal) -> Result<ExitCode, CliFault> {
        let key = journal.verifier_key(&config.log_origin()).await.map_err(refused)?;
        let earlier = self.since.map(|path| note_of(&path, &key)).transpose()?;
        let bundle =
            prove_convention(journal, config, self.convention, earlier.as_ref(), self.words).await;
        let bundle = bundle.map_err(refused)?;
        let text = serde_json::to_string_pretty(&bundle)
            .map_err(|_| CliFault::Refused("la preuve ne peut pas être écrite".to_owned()))?;
        let name = self.output.display();
        std::fs::write(&self.output, text + "\n")
            .map_err(CliFault::io(format!("le fichier {name} ne peut pas être écrit")))?;
        output::line(format!("{} événements prouvés dans {name}.", bundle.events.len()));
        Ok(ExitCode::SUCCESS)
    }
}

impl Check {
    /// Says what is proved and by whose key, or why nothing is.
    pub(super) fn run(self) -> Result<ExitCode, CliFault> {
        let name = self.bundle.display();
        let bundle: Bundle = serde_json::from_str(&read(&self.bundle)?).map_err(|_| {
            CliFault::Refused(format!(
                "{name} n’est pas une preuve telle qu’« audit proof » l’écrit"
            ))
        })?;
        match bundle.check(self.key.as_ref()) {
            Ok(proven) => {
                told(&bundle, &proven).into_iter().for_each(output::line);
                Ok(ExitCode::SUCCESS)
            }
            Err(unproven) => {
                output::line("La preuve n’est pas valable.");
                output::line(words::of_unproven(unproven));
                Ok(ExitCode::FAILURE)
            }
        }
    }
}

fn told(bundle: &Bundle, proven: &Proven) -> Vec<String> {
    let note = &proven.note;
    let mut lines = vec!["La preuve est valable.".to_owned()];
    for StreamName { stream, stream_id } in &bundle.streams {
        let own = |event: &&BundledEvent| &event.stream == stream && &event.stream_id == stream_id;
        lines.push(format!(
            "Les {} premiers événements de {stream}_{stream_id} sont, tels quels et sans lacune \
             entre eux, dans le journal « {} ».",
            bundle.events.iter().filter(own).count(),
            note.origin()
        ));
    }
    let (size, root) = (note.size(), note.root());
    lines.push(format!("Ce journal comptait alors {size} événements ; racine {root}."));
    for event in &bundle.events {
        let words = event.words.as_deref();
        let words = words.map_or_else(String::new, |words| format!(" — {words}"));
        lines.push(format!("  {:>10}  {}{words}", event.position, event.name));
    }
    for (position, blob) in &proven.documents {
        lines.push(format!("  document de l’événement {position}, scellé : SHA-256 {blob}"));
    }
    if bundle.events.iter().any(|event| event.words.is_some()) {
        lines.push(
            "Les phrases en clair ne sont pas prouvées : seuls les événements le sont.".to_owned(),
        );
    }
    if let Some(earlier) = &proven.earlier {
        lines.push(format!(
            "Il continue la note de {} événements, sans rien y changer.",
            earlier.size()
        ));
    }
    lines.push(format!("Signé par la clé {}", proven.key));
    lines.push(if proven.key_was_known {
        "C’est la clé que vous avez donnée.".to_owned()
    } else {
        "Cette clé vient du fichier : comparez-la à celle que vous avez reçue autrement, ou donnez \
         celle-ci par --key."
            .to_owned()
    });
    lines
}

fn unsigned(fault: NotaryFault) -> CliFault {
    match fault {
        NotaryFault::Proof(fault) => refused(fault),
        NotaryFault::Read(fault) => fault.into(),
        NotaryFault::Export(err) => CliFault::Io {
            what: "la note est signée, mais n’a pas pu être exportée (ESCALE_AUDIT__EXPORT_URL)"
                .to_owned(),
            err: std::io::Error::other(err),
        },
    }
}

/// Why nothing was signed or proved, in French.
fn refused(fault: ProofFault) -> CliFault {
    CliFault::Refused(match fault {
        ProofFault::Fault(fault) => return fault.into(),
        ProofFault::Origin => {
            "le nom du journal (audit.origin) n’a ni espace ni signe plus, et n’est pas vide"
                .to_owned()
        }
        ProofFault::Note(_) => "la dernière note gardée est illisible".to_owned(),
        ProofFault::Diverged { size } => format!(
            "le journal n’est pas la suite des {size} événements qui ont été signés : rien n’est signé. \
             Lancez escale audit verify."
        ),
        ProofFault::Leaf { position } => format!(
            "l’événement {position} manque, ou n’a pas d’empreinte. Lancez escale audit verify."
        ),
        ProofFault::Nothing => "il n’y a pas de convention à cet identifiant".to_owned(),
        ProofFault::Unproven(unproven) => words::of_unproven(unproven),
    })
}
