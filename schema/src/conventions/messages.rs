//! What a convention's refusals say.

use domain::conventions::convention::ConventionRefusal;

use crate::{
    french::number,
    input,
    ports::{FileRefusal, PhotographRefusal},
    refused::{RefusalCode, Refused},
};

impl From<ConventionRefusal> for Refused {
    fn from(refusal: ConventionRefusal) -> Self {
        match refusal {
            ConventionRefusal::NotPossible { command, state } => Self::new(
                RefusalCode::NotPossible,
                format!("{}\u{202f}: {}.", stands(state), impossible(command)),
            ),
            ConventionRefusal::AlreadyNonConforming => Self::new(
                RefusalCode::AlreadyNonConforming,
                "Ce document est déjà marqué non conforme\u{202f}: l’établissement d’origine doit en \
                 déposer un autre, ou vous pouvez régénérer la convention.",
            ),
            ConventionRefusal::Superseded { .. } => Self::new(
                RefusalCode::Superseded,
                "Cette convention a été modifiée entre-temps\u{202f}: faites signer sa nouvelle \
                 version, puis déposez-la.",
            ),
        }
    }
}

/// Where the convention stands, from the name of its state.
fn stands(state: &str) -> &'static str {
    match state {
        "NotGenerated" => "Cette convention n’est pas encore établie",
        "Generated" => "Cette convention n’est pas encore revenue",
        "Deposited" => "Cette convention attend d’être validée",
        "Validated" => "Cette convention est déjà validée",
        "Reopened" => "Cette convention a été invalidée et n’est pas revenue depuis",
        _ => "Cette convention n’a plus d’objet, car sa réservation n’est plus active",
    }
}

/// What was asked, from the name of the command.
fn impossible(command: &str) -> &'static str {
    match command {
        "DepositConvention" => "aucun document ne peut y être déposé",
        "ValidateConvention" => "sa conformité ne peut pas être validée",
        "InvalidateConvention" => "sa conformité ne peut pas être invalidée",
        "RegenerateConvention" => "elle ne peut pas être régénérée",
        "RemindConvention" => "aucun rappel ne peut partir",
        _ => "cette action n’est pas possible",
    }
}

/// No convention stands behind what was named.
pub(crate) fn no_such_convention() -> Refused {
    Refused::from(ConventionRefusal::NotPossible { command: "", state: "NotGenerated" })
}

/// More files at once than `most`.
pub(crate) fn too_many_files(most: usize) -> Refused {
    Refused::new(RefusalCode::TooManyFiles, format!("Déposez {most} fichiers au plus à la fois."))
}

/// Nothing to bind.
pub(crate) fn no_photograph() -> Refused {
    Refused::new(RefusalCode::Empty, "Ajoutez une photographie de chaque page.")
}

/// More photographs than `most`.
pub(crate) fn too_many_photographs(most: usize) -> Refused {
    Refused::new(
        RefusalCode::TooManyFiles,
        format!("Ajoutez {most} photographies au plus, une par page."),
    )
}

/// Photographs that weigh more than `most` bytes in all.
pub(crate) fn photographs_too_heavy(most: u64) -> Refused {
    let most = number(most / (1024 * 1024));
    let message =
        format!("Ces photographies sont trop lourdes : {most} Mo au plus toutes ensemble.");
    Refused::new(RefusalCode::FileTooLarge, message)
}

/// A photograph that was not taken.
pub(crate) fn bad_photograph(bad: PhotographRefusal) -> Refused {
    let (code, message) = match bad {
        PhotographRefusal::NotAPhotograph => (
            RefusalCode::NotAPhotograph,
            "Ce fichier n’est ni une photographie JPEG ni une image PNG : prenez la page en photo, \
             ou déposez un PDF."
                .to_owned(),
        ),
        PhotographRefusal::Heic => (
            RefusalCode::PhotographHeic,
            "Cette photographie est au format HEIC, que peu d’appareils lisent : dans les réglages \
             de l’iPhone, choisissez « Appareil photo », « Formats », « Le plus \
             compatible », puis reprenez la page."
                .to_owned(),
        ),
        PhotographRefusal::TooManyPixels => (
            RefusalCode::PhotographTooLarge,
            format!(
                "Cette image est trop grande : {} pixels de côté et {} millions de pixels au \
                 plus.",
                number(12_000),
                number(50),
            ),
        ),
        PhotographRefusal::PrinterColours => (
            RefusalCode::PhotographInPrinterColours,
            "Cette image est en couleurs d’imprimerie (CMJN) : enregistrez-la en JPEG, en \
             couleurs RVB."
                .to_owned(),
        ),
        PhotographRefusal::Animated => (
            RefusalCode::PhotographAnimated,
            "Cette image est animée : choisissez une photographie, JPEG ou PNG.".to_owned(),
        ),
        PhotographRefusal::RareForm => (
            RefusalCode::PhotographOfRareForm,
            "Cette image est d’une variante rare du JPEG ou du PNG : reprenez la page en photo, \
             ou enregistrez l’image de nouveau en JPEG."
                .to_owned(),
        ),
        PhotographRefusal::Damaged => {
            return input::bad_file("files", &FileRefusal::Truncated);
        }
        PhotographRefusal::Unreadable => {
            return input::bad_file("files", &FileRefusal::Unreadable);
        }
    };
    Refused::new(code, message)
}

/// One of each, for the list of all refusals that people may meet: every state with a command
/// that it does not allow.
#[cfg(test)]
pub(crate) fn examples() -> Vec<ConventionRefusal> {
    let not = |command, state| ConventionRefusal::NotPossible { command, state };
    vec![
        not("DepositConvention", "NotGenerated"),
        not("ValidateConvention", "Generated"),
        not("DepositConvention", "Validated"),
        not("InvalidateConvention", "Reopened"),
        not("RegenerateConvention", "Validated"),
        not("RemindConvention", "Lapsed"),
        ConventionRefusal::AlreadyNonConforming,
        ConventionRefusal::Superseded { print: 1 },
    ]
}
