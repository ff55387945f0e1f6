//! The académies: their names, their mail domains and the départements of their schools, and
//! the address of a school that the directory gives none.

use domain::{
    directory::school::SchoolListing,
    kernel::{email::Email, text::folded, uai::Uai},
};

/// An académie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Academie {
    /// Its two-digit code.
    pub code: &'static str,
    /// Its name, as the directory writes it.
    pub name: &'static str,
    /// The domain of its schools’ mail.
    pub mail_domain: &'static str,
    /// What the UAI of its schools begins with: three digits, that of the département.
    pub uai_prefixes: &'static [&'static str],
}

const fn academie(
    code: &'static str,
    name: &'static str,
    mail_domain: &'static str,
    uai_prefixes: &'static [&'static str],
) -> Academie {
    Academie { code, name, mail_domain, uai_prefixes }
}

/// All of them.
pub const ACADEMIES: &[Academie] = &[
    academie("01", "Paris", "ac-paris.fr", &["075"]),
    academie("02", "Aix-Marseille", "ac-aix-marseille.fr", &["004", "005", "013", "084"]),
    academie("03", "Besançon", "ac-besancon.fr", &["025", "039", "070", "090"]),
    academie("04", "Bordeaux", "ac-bordeaux.fr", &["024", "033", "040", "047", "064"]),
    academie("06", "Clermont-Ferrand", "ac-clermont.fr", &["003", "015", "043", "063"]),
    academie("07", "Dijon", "ac-dijon.fr", &["021", "058", "071", "089"]),
    academie("08", "Grenoble", "ac-grenoble.fr", &["007", "026", "038", "073", "074"]),
    academie("09", "Lille", "ac-lille.fr", &["059", "062"]),
    academie("10", "Lyon", "ac-lyon.fr", &["001", "042", "069"]),
    academie("11", "Montpellier", "ac-montpellier.fr", &["011", "030", "034", "048", "066"]),
    academie("12", "Nancy-Metz", "ac-nancy-metz.fr", &["054", "055", "057", "088"]),
    academie("13", "Poitiers", "ac-poitiers.fr", &["016", "017", "079", "086"]),
    academie("14", "Rennes", "ac-rennes.fr", &["022", "029", "035", "056"]),
    academie("15", "Strasbourg", "ac-strasbourg.fr", &["067", "068"]),
    academie(
        "16",
        "Toulouse",
        "ac-toulouse.fr",
        &["009", "012", "031", "032", "046", "065", "081", "082"],
    ),
    academie("17", "Nantes", "ac-nantes.fr", &["044", "049", "053", "072", "085"]),
    academie(
        "18",
        "Orléans-Tours",
        "ac-orleans-tours.fr",
        &["018", "028", "036", "037", "041", "045"],
    ),
    academie("19", "Reims", "ac-reims.fr", &["008", "010", "051", "052"]),
    academie("20", "Amiens", "ac-amiens.fr", &["002", "060", "080"]),
    academie("22", "Limoges", "ac-limoges.fr", &["019", "023", "087"]),
    academie("23", "Nice", "ac-nice.fr", &["006", "083"]),
    academie("24", "Créteil", "ac-creteil.fr", &["077", "093", "094"]),
    academie("25", "Versailles", "ac-versailles.fr", &["078", "091", "092", "095"]),
    academie("27", "Corse", "ac-corse.fr", &["620", "720"]),
    academie("28", "La Réunion", "ac-reunion.fr", &["974"]),
    academie("31", "Martinique", "ac-martinique.fr", &["972"]),
    academie("32", "Guadeloupe", "ac-guadeloupe.fr", &["971"]),
    academie("33", "Guyane", "ac-guyane.fr", &["973"]),
    academie("40", "Nouvelle Calédonie", "ac-noumea.nc", &["983"]),
    academie("41", "Polynésie Française", "ac-polynesie.pf", &["984"]),
    academie("42", "Wallis et Futuna", "ac-wf.wf", &["987"]),
    academie("43", "Mayotte", "ac-mayotte.fr", &["976"]),
    academie("44", "Saint Pierre et Miquelon", "ac-normandie.fr", &["975"]),
    academie("70", "Normandie", "ac-normandie.fr", &["014", "027", "050", "061", "076"]),
];

/// The académie of a code, with or without its leading zero.
pub(super) fn by_code(code: &str) -> Option<&'static Academie> {
    ACADEMIES.iter().find(|academie| {
        academie.code == code || academie.code.strip_prefix('0').is_some_and(|c| c == code)
    })
}

/// The académie of a name, whatever its accents, case and hyphens.
fn by_name(name: &str) -> Option<&'static Academie> {
    let name = folded(name);
    ACADEMIES.iter().find(|academie| folded(academie.name) == name)
}

/// The académie of a school by its UAI’s département.
pub(super) fn by_uai(uai: &Uai) -> Option<&'static Academie> {
    let prefix = uai.as_str().get(..3)?;
    ACADEMIES.iter().find(|academie| academie.uai_prefixes.contains(&prefix))
}

/// The institutional address of a school: that of its row, else `ce.<UAI>@` and the domain of
/// its académie (by name, for an académie that was renamed by the UAI). Nothing when neither
/// is known.
pub fn institutional_mail(listing: &SchoolListing, uai: &Uai) -> Option<Email> {
    if let Some(mail) = &listing.mail {
        return Some(mail.clone());
    }
    let academie = by_name(&listing.academie).or_else(|| by_uai(uai))?;
    format!("ce.{uai}@{}", academie.mail_domain).parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listing(academie: &str, mail: Option<&str>) -> SchoolListing {
        use domain::directory::school::{SchoolKind, SchoolStatus, Sector};
        SchoolListing {
            name: "Collège".to_owned(),
            kind: SchoolKind::College,
            sector: Sector::Public,
            nature: "340".to_owned(),
            address: domain::kernel::place::PostalAddress::default(),
            departement: String::new(),
            academie: academie.to_owned(),
            region: String::new(),
            position: None,
            phone: None,
            mail: mail.map(|mail| mail.parse().unwrap()),
            web: None,
            parent: None,
            sites: 1,
            status: SchoolStatus::Open,
        }
    }

    fn address(academie: &str, mail: Option<&str>, uai: &str) -> Option<String> {
        institutional_mail(&listing(academie, mail), &uai.parse().unwrap()).map(String::from)
    }

    #[test]
    fn the_address_of_the_row_comes_first_then_the_pattern_of_the_academie() {
        assert_eq!(
            address("Nantes", Some("vie.scolaire@college.example"), "0491234A").as_deref(),
            Some("vie.scolaire@college.example")
        );
        assert_eq!(
            address("NANTES", None, "0491234A").as_deref(),
            Some("ce.0491234A@ac-nantes.fr")
        );
        assert_eq!(
            address("Nouvelle-Calédonie", None, "9830001J").as_deref(),
            Some("ce.9830001J@ac-noumea.nc")
        );
    }

    #[test]
    fn an_academie_that_was_renamed_is_known_by_the_uai() {
        assert_eq!(
            address("Rouen", None, "0760001N").as_deref(),
            Some("ce.0760001N@ac-normandie.fr")
        );
        assert_eq!(address("Exemple", None, "9990001X"), None);
    }

    #[test]
    fn no_departement_belongs_to_two_academies() {
        let mut prefixes: Vec<_> = ACADEMIES.iter().flat_map(|a| a.uai_prefixes).collect();
        prefixes.sort();
        let all = prefixes.len();
        prefixes.dedup();

        assert_eq!((ACADEMIES.len(), prefixes.len()), (34, all));
        assert_eq!(by_code("1").map(|a| a.name), Some("Paris"));
    }
}
