//! What happened to a stack of scans.

use domain::{
    conventions::scan_batch::{NotDeposited, PagePlace, ScanCounts, ScanEvent},
    ministages::slot::Side,
};

use crate::conventions::scans::words;

pub(super) fn scan(event: &ScanEvent) -> String {
    use ScanEvent as E;
    match event {
        E::ScanReceived { sender, side, .. } => {
            let who = match side {
                Side::Origin => "d’origine",
                Side::Host => "d’accueil",
            };
            format!("Une pile numérisée a été reçue de l’établissement {who} {sender}.")
        }
        E::PageRecognised { page, place, .. } => format!(
            "La page {page} de la pile a été reconnue à son code\u{202f}: {} de la convention.",
            stands(*place)
        ),
        E::PageUnclassified { page, reason, .. } => {
            format!(
                "La page {page} de la pile n’a été rattachée à rien\u{202f}: {}.",
                words::reason(*reason)
            )
        }
        E::ScanSorted { counts, .. } => sorted(*counts),
        E::ScanRefused { flaw, page, .. } => {
            format!("La pile n’a pas pu être triée. {}", words::flaw(*flaw, *page))
        }
        E::PageAssigned { page, place, .. } => format!(
            "La page {page} de la pile a été rattachée à la main\u{202f}: {} de la convention.",
            stands(*place)
        ),
        E::PageDiscarded { page, .. } => {
            format!("La page {page} de la pile a été écartée à la main.")
        }
        E::IncompleteAccepted { .. } => {
            "Le dépôt de la convention a été demandé malgré les pages qui manquent dans la pile."
                .to_owned()
        }
        E::PagesDeposited { pages, .. } => {
            format!("{} de la pile ont été déposées pour la convention.", listed(pages))
        }
        E::PagesRefused { pages, cause, .. } => format!(
            "{} de la pile n’ont pas été déposées\u{202f}: {}.",
            listed(pages),
            because(*cause)
        ),
    }
}

fn stands(place: PagePlace) -> String {
    format!("page {} sur {}", place.number, place.of)
}

fn sorted(counts: ScanCounts) -> String {
    let count = |number: u16, one, many| words::counted(number, one, many);
    format!(
        "La pile a été triée\u{202f}: {}, {}, {} à classer, {}.",
        count(counts.pages, "page", "pages"),
        count(counts.recognised, "reconnue", "reconnues"),
        counts.unclassified,
        count(counts.aside, "mise de côté", "mises de côté"),
    )
}

/// « Les pages 3 et 4 »; one page stands in the plural of its sentence as « Les pages 3 ».
fn listed(pages: &[u16]) -> String {
    let pages: Vec<String> = pages.iter().map(ToString::to_string).collect();
    match pages.split_last() {
        Some((last, [])) => format!("Les pages {last}"),
        Some((last, rest)) => format!("Les pages {} et {last}", rest.join(", ")),
        None => "Les pages".to_owned(),
    }
}

/// Why pages were not deposited.
fn because(cause: NotDeposited) -> &'static str {
    words::not_deposited(cause)
}
