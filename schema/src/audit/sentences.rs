//! Each event as a French sentence. What an erased person's key sealed reads « effacé ».

mod accounts;
mod conventions;
pub(super) mod correspondence;
mod ministages;
mod platforms;
mod scans;
mod signing;

use domain::{
    directory::school::SchoolEvent,
    facts::Fact,
    kernel::personal::Personal,
    operations::erasure::{ErasureEvent, ErasureGround},
};

/// What happened.
pub(crate) fn sentence(fact: &Fact) -> String {
    match fact {
        Fact::School(event) => school(event),
        Fact::Account(event) => accounts::account(event),
        Fact::SchoolSpace(event) => accounts::school_space(event),
        Fact::Platform(event) => platforms::platform(event),
        Fact::Slot(event) => ministages::slot(event),
        Fact::Convention(event) => conventions::convention(event),
        Fact::Signing(event) => signing::signing(event),
        Fact::ScanBatch(event) => scans::scan(event),
        Fact::Letter(event) => correspondence::letter(event),
        Fact::Erasure(ErasureEvent::SubjectErased { ground, .. }) => erased(*ground),
    }
}

fn erased(ground: ErasureGround) -> String {
    let because = match ground {
        ErasureGround::Request => "à la demande de la personne ou de son responsable",
        ErasureGround::Retention => "au terme de leur durée de conservation",
        ErasureGround::Scan => {
            return "Une pile numérisée a été effacée\u{202f}: elle n’est plus lisible.".to_owned();
        }
    };
    format!("Les données d’une personne ont été effacées, {because}.")
}

fn school(event: &SchoolEvent) -> String {
    match event {
        SchoolEvent::SchoolListed { uai, listing } => {
            format!("L’établissement {} ({uai}) est entré dans l’annuaire.", listing.name)
        }
        SchoolEvent::SchoolChanged { uai, listing, .. } => format!(
            "Les données de l’établissement {} ({uai}) ont changé dans l’annuaire.",
            listing.name
        ),
        SchoolEvent::SchoolClosed { uai } => {
            format!("L’établissement {uai} est fermé d’après l’annuaire.")
        }
    }
}

/// The value, or « effacé ».
fn known<T>(value: &Personal<T>, shown: impl FnOnce(&T) -> String) -> String {
    value.known().map_or_else(|| "effacé".to_owned(), shown)
}

/// « … », which bears the full stop of the sentence around it.
fn quoted(text: &str) -> String {
    let bare = text.strip_suffix('.').filter(|bare| !bare.ends_with('.'));
    format!("«\u{a0}{}\u{a0}»", bare.unwrap_or(text))
}

#[cfg(test)]
mod tests;
