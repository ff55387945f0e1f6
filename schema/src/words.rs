//! What refusals, events and flaws say in French, also to those who do not speak GraphQL: the
//! command line.

use domain::{
    accounts::account::AccountRefusal, facts::Fact, kernel::envelope::Actor,
    platforms::platform::PlatformRefusal,
};

use journal::Flaw;
use projections::{Difference, DifferenceKind};

use crate::{audit, refused::Refused};

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
