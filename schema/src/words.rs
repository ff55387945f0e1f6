//! What refusals, events and flaws say in French, also to those who do not speak GraphQL: the
//! command line.

use domain::{
    accounts::account::AccountRefusal, conventions::terms::Change, facts::Fact,
    kernel::envelope::Actor, platforms::platform::PlatformRefusal,
};

use jiff::civil::Date;
use journal::{Flaw, Unproven};
use projections::{Difference, DifferenceKind};

use crate::{audit, conventions::amended, french, refused::Refused};

/// Why an account says no.
pub fn of_account(refusal: AccountRefusal) -> String {
    Refused::from(refusal).message
}

/// Why a platform says no.
pub fn of_platform(refusal: PlatformRefusal) -> String {
    Refused::from(refusal).message
}

/// What happened, as a sentence; « effacé » stands for what was.
pub fn sentence(fact: &Fact) -> String {
    audit::sentence(fact)
}

/// What is other on a convention that was made anew: « la salle et la classe de l’élève ».
pub fn of_changes(changes: &[Change]) -> String {
    amended::said(changes)
}

/// « mercredi 13 janvier 2027 ».
pub fn of_day(day: Date) -> String {
    french::day(day)
}

/// Who acted; never a name.
pub fn who(actor: &Actor) -> &'static str {
    match actor {
        Actor::Visitor => audit::who("visitor", None),
        Actor::Account { role, .. } => audit::who("account", Some(role)),
        Actor::Link { purpose } => audit::who("link", Some(purpose)),
        Actor::Policy { name } => audit::who("policy", Some(name)),
        Actor::Import => audit::who("import", None),
        Actor::Operator => audit::who("operator", None),
    }
}

/// What is wrong with the log.
pub fn of_flaw(flaw: &Flaw) -> String {
    let said = match flaw {
        Flaw::Missing => "L’événement manque.",
        Flaw::Leaf => "L’événement a été modifié après son écriture.",
        Flaw::Chain => "L’événement n’est pas lié au précédent.",
        Flaw::Sequence => "L’événement ne suit pas le dernier de son flux.",
        Flaw::Seal(_) => "Ce qui est scellé ne s’ouvre pas, et personne n’a été effacé.",
        Flaw::Format => "L’événement n’est pas au format de ce journal.",
        Flaw::Head => "La tête du journal n’est pas son dernier événement.",
        Flaw::Rewritten { after } => {
            return format!(
                "Tout se tient, mais ce n’est pas le journal d’une note conservée\u{202f}: il a été \
                 réécrit après l’événement {after}."
            );
        }
        Flaw::Checkpoint { after } => {
            return format!(
                "Tout se tient, mais ce n’est pas le journal d’une note gardée à côté de lui\u{202f}: \
                 l’un des deux a été réécrit, après l’événement {after}."
            );
        }
        Flaw::Cut { signed } => {
            return format!(
                "Le journal s’arrête avant, alors que {signed} événements ont été signés."
            );
        }
        Flaw::Tree => {
            "Les événements sont intacts, mais pas l’arbre calculé sur eux\u{202f}; la prochaine \
             preuve le recalculera."
        }
    };
    said.to_owned()
}

/// Why a bundle proves nothing.
pub fn of_unproven(unproven: Unproven) -> String {
    match unproven {
        Unproven::Format => {
            "Cette version du programme ne connaît pas le format du fichier.".to_owned()
        }
        Unproven::Key => "La clé que porte le fichier est illisible.".to_owned(),
        Unproven::OtherKey => {
            "Le fichier est signé par une autre clé que celle du journal.".to_owned()
        }
        Unproven::Note => "La note que porte le fichier est illisible.".to_owned(),
        Unproven::Signature => {
            "La signature de la note n’est pas celle de la clé\u{202f}: la note a été modifiée, ou \
             signée par quelqu’un d’autre."
                .to_owned()
        }
        Unproven::Empty => {
            "Le fichier ne porte aucun événement, ou aucun d’une histoire qu’il nomme.".to_owned()
        }
        Unproven::Stream { position } => format!(
            "L’événement {position} n’est pas le suivant de cette histoire\u{202f}: un autre manque avant \
             lui, ou il vient d’ailleurs."
        ),
        Unproven::Event { position } => format!(
            "L’événement {position} n’est pas dans le journal qui a été signé\u{202f}: il a été modifié, \
             ou n’y a jamais été."
        ),
        Unproven::Documents { position } => {
            format!(
                "Les empreintes de documents de l’événement {position} ne sont pas celles qu’il porte."
            )
        }
        Unproven::Earlier => {
            "Le journal ne continue pas la note plus ancienne\u{202f}: il a été réécrit depuis."
                .to_owned()
        }
    }
}

/// How a row differs from what the log says.
pub fn of_difference(difference: &Difference) -> String {
    let key = &difference.key;
    match &difference.kind {
        DifferenceKind::Missing => format!("{key} : la ligne manque"),
        DifferenceKind::Unexpected => format!("{key} : la ligne ne devrait pas être là"),
        DifferenceKind::Columns(columns) => {
            format!("{key} : d’autres valeurs dans {}", columns.join(", "))
        }
    }
}
