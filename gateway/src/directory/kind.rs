//! What a school is, from the directory's nature code, its type and its voies.

use domain::{directory::school::SchoolKind, kernel::text::folded};

/// What a row says of a school's kind.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Signs<'r> {
    /// The three-digit nature code, or nothing.
    pub(super) nature: &'r str,
    /// « Collège », « Lycée », « EREA », « Ecole »…
    pub(super) kind: &'r str,
    /// The school's name, which decides where nature and type contradict each other.
    pub(super) name: &'r str,
    /// Whether it has the voie générale or technologique.
    pub(super) general: bool,
    /// Whether it has the voie professionnelle.
    pub(super) professional: bool,
}

/// What the school is; nothing when it is not of the second degree (a primary school, an
/// administrative service, a guidance centre).
pub(super) fn kind_of(signs: Signs<'_>) -> Option<SchoolKind> {
    let kind = folded(signs.kind);
    let college = kind.starts_with("college") || kind.starts_with("clg");
    let lycee = kind.starts_with("lycee");
    let erea = kind.starts_with("erea") || kind.starts_with("etablissement regional");
    match signs.nature {
        "390" => Some(SchoolKind::Segpa),
        "370" => Some(SchoolKind::Erea),
        _ if erea => Some(SchoolKind::Erea),
        "334" | "335" => Some(SchoolKind::Section),
        // What the nature calls a lycée and the type a collège: one house with both.
        "300" | "301" | "302" | "306" | "307" | "310" | "315" | "320" if college => {
            Some(SchoolKind::College)
        }
        "300" | "301" | "302" | "310" | "315" => Some(SchoolKind::Lycee),
        "306" | "307" => Some(SchoolKind::LyceePolyvalent),
        "320" => Some(SchoolKind::LyceeProfessionnel),
        // What the nature calls a collège and the type a lycée: the name decides.
        "340" | "350" | "352" if lycee => Some(lycee_of(&signs)),
        "340" | "350" | "352" => Some(SchoolKind::College),
        "" if college => Some(SchoolKind::College),
        "" if lycee => Some(lycee_of(&signs)),
        nature if nature.starts_with('3') || nature == "400" => Some(SchoolKind::Other),
        _ => (college || lycee).then_some(SchoolKind::Other),
    }
}

/// The kind of a lycée whose nature code does not say it.
fn lycee_of(signs: &Signs<'_>) -> SchoolKind {
    let name = folded(signs.name);
    if name.contains("polyvalent") || (signs.general && signs.professional) {
        SchoolKind::LyceePolyvalent
    } else if name.contains("professionnel") || (signs.professional && !signs.general) {
        SchoolKind::LyceeProfessionnel
    } else {
        SchoolKind::Lycee
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(nature: &str, kind: &str, name: &str) -> Option<SchoolKind> {
        kind_of(Signs { nature, kind, name, ..Signs::default() })
    }

    #[test]
    fn the_nature_code_says_what_a_school_is() {
        for (nature, school, expected) in [
            ("300", "Lycée", SchoolKind::Lycee),
            ("301", "Lycée", SchoolKind::Lycee),
            ("302", "Lycée", SchoolKind::Lycee),
            ("306", "Lycée", SchoolKind::LyceePolyvalent),
            ("307", "Lycée", SchoolKind::LyceePolyvalent),
            ("315", "Lycée", SchoolKind::Lycee),
            ("320", "Lycée", SchoolKind::LyceeProfessionnel),
            ("332", "Lycée", SchoolKind::Other),
            ("334", "Lycée", SchoolKind::Section),
            ("335", "Lycée", SchoolKind::Section),
            ("340", "Collège", SchoolKind::College),
            ("345", "Collège", SchoolKind::Other),
            ("352", "Collège", SchoolKind::College),
            ("370", "EREA", SchoolKind::Erea),
            ("", "EREA", SchoolKind::Erea),
            ("390", "Collège", SchoolKind::Segpa),
            ("400", "Lycée", SchoolKind::Other),
            ("340", "COLLEGE", SchoolKind::College),
            ("306", "", SchoolKind::LyceePolyvalent),
        ] {
            assert_eq!(kind(nature, school, ""), Some(expected), "{nature} {school}");
        }
    }

    #[test]
    fn the_type_and_the_name_decide_where_the_nature_contradicts_them() {
        assert_eq!(
            kind("340", "Lycée", "Lycée professionnel Saint-Martin"),
            Some(SchoolKind::LyceeProfessionnel)
        );
        assert_eq!(kind("352", "Lycée", "Lycée X"), Some(SchoolKind::Lycee));
        assert_eq!(kind("306", "Collège", "X"), Some(SchoolKind::College));
        assert_eq!(kind("", "Collège", "X"), Some(SchoolKind::College));
    }

    #[test]
    fn primary_schools_and_services_are_not_of_the_second_degree() {
        assert_eq!(kind("151", "Ecole", "Ecole élémentaire"), None);
        assert_eq!(kind("809", "Service Administratif", "DSDEN"), None);
        assert_eq!(kind("620", "Information et orientation", "CIO"), None);
    }
}
