//! How pupils, formations and schools are named, the same wherever somebody reads of them: on the
//! convention, in letters, on the pages of links, in the portal.

use domain::{kernel::uai::Uai, platforms::platform::FormationLevel};
use projections::{directory::schools::School, platforms::formations::Formation};

/// « NOM Prénom ».
pub fn of_person(last: &str, first: &str) -> String {
    format!("{} {first}", last.to_uppercase())
}

/// « BAC PRO Métiers de l’accueil »; « Découverte » of one that is not known.
pub fn of_formation(formation: Option<&Formation>) -> String {
    use FormationLevel as Level;
    let Some(formation) = formation else {
        return "Découverte".to_owned();
    };
    let level = match formation.level {
        Level::Cap => "CAP ",
        Level::BacPro => "BAC PRO ",
        Level::BacTechno => "BAC TECHNO ",
        Level::BacGeneral => "BAC GÉNÉRAL ",
        Level::Bts => "BTS ",
        Level::Other => "",
    };
    format!("{level}{}", formation.label)
}

/// « Collège de la Colline, Angers »; its UAI when the directory does not know it.
pub fn of_school(school: Option<&School>, uai: &Uai) -> String {
    school.map_or_else(
        || uai.to_string(),
        |school| format!("{}, {}", school.listing.name, school.listing.address.city),
    )
}
