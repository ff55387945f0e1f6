//! What happened while a convention was signed online.

use domain::conventions::signing::{
    LinkCause, Signatory, SignatureMethod, SigningEnd, SigningEvent,
};

use super::{known, quoted};
use crate::conventions::amended::said;

pub(super) fn signing(event: &SigningEvent) -> String {
    use SigningEvent as E;
    match event {
        E::SigningOpened { round: 1, .. } => {
            "Les signatures en ligne de la convention ont été demandées.".to_owned()
        }
        E::SigningOpened { round, .. } => format!(
            "Les signatures en ligne de la convention ont été demandées de nouveau ({round}e fois)."
        ),
        E::SignaturesAskedAgain { changes, kept, .. } => {
            let of = if kept.is_empty() {
                "de tous les signataires"
            } else {
                "de ceux que cela concerne et de ceux qui n’avaient pas signé"
            };
            format!(
                "La convention a changé ({})\u{202f}: la signature {of} est redemandée.",
                said(changes)
            )
        }
        E::SignatoryCorrected { to, .. } => {
            let contact = known(&to.contact, |it| format!("{}, {}", it.name, it.email.as_str()));
            format!("Le contact {} a été corrigé\u{202f}: {contact}.", of(to.role))
        }
        E::SigningLinkSent { role, cause, .. } => {
            let why = match cause {
                LinkCause::Opening => "",
                LinkCause::School => ", à la demande d’un établissement",
                LinkCause::Lost => ", à sa demande",
                LinkCause::Amended => ", car la convention a changé",
                LinkCause::Corrected => ", à sa nouvelle adresse",
            };
            format!("Un lien de signature a été adressé {}{why}.", to(*role))
        }
        E::SigningCodeSent { role, .. } => {
            format!("Un code de signature a été adressé {}.", to(*role))
        }
        E::SigningCodeFailed { role, .. } => {
            format!("Un code de signature inexact a été saisi par {}.", who(*role))
        }
        E::SignatureApplied { role, evidence, .. } => {
            let how = match evidence.method {
                SignatureMethod::Drawn => "signature tracée",
                SignatureMethod::Typed => "nom saisi",
            };
            let name = known(&evidence.name, String::clone);
            format!("La convention a été signée en ligne par {} ({name}, {how}).", who(*role))
        }
        E::SignatureDeclined { role, reason, .. } => format!(
            "La signature de la convention a été refusée par {}\u{202f}: {}.",
            who(*role),
            known(reason, |text| quoted(text))
        ),
        E::SigningCompleted { .. } => "Tous les signataires ont signé en ligne.".to_owned(),
        E::SigningClosed { cause, .. } => {
            format!("La signature en ligne est close\u{202f}: {}.", because(*cause))
        }
    }
}

fn because(cause: SigningEnd) -> &'static str {
    match cause {
        SigningEnd::Deposited => "la convention est revenue autrement",
        SigningEnd::Lapsed => "la convention n’a plus d’objet",
        SigningEnd::Regenerated => "la convention a été régénérée",
        SigningEnd::Amended => {
            "la convention a changé, et ses signataires sont à désigner de nouveau"
        }
    }
}

fn who(role: Signatory) -> &'static str {
    match role {
        Signatory::Origin => "le signataire de l’établissement d’origine",
        Signatory::Guardian => "le responsable légal",
        Signatory::Pupil => "l’élève",
        Signatory::Host => "le signataire de l’établissement d’accueil",
    }
}

fn of(role: Signatory) -> &'static str {
    match role {
        Signatory::Origin => "du signataire de l’établissement d’origine",
        Signatory::Guardian => "du responsable légal",
        Signatory::Pupil => "de l’élève",
        Signatory::Host => "du signataire de l’établissement d’accueil",
    }
}

fn to(role: Signatory) -> &'static str {
    match role {
        Signatory::Origin => "au signataire de l’établissement d’origine",
        Signatory::Guardian => "au responsable légal",
        Signatory::Pupil => "à l’élève",
        Signatory::Host => "au signataire de l’établissement d’accueil",
    }
}
