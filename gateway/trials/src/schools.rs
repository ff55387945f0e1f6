//! Schools that do not exist, as many as a trial asks for, as rows of the prepared directory.

const COLUMNS: [&str; 31] = [
    "uai",
    "nom",
    "type",
    "statut",
    "code_nature",
    "adresse",
    "code_postal",
    "commune",
    "code_commune",
    "departement",
    "academie",
    "region",
    "latitude",
    "longitude",
    "telephone",
    "mail",
    "web",
    "voie_generale",
    "voie_technologique",
    "voie_professionnelle",
    "segpa",
    "lycee_agricole",
    "lycee_militaire",
    "lycee_des_metiers",
    "nombre_eleves",
    "siret",
    "ministere",
    "etat",
    "uai_mere",
    "rattachement",
    "sites",
];

/// The letters of a UAI's check, by the remainder of its number.
const CHECK: &[u8; 23] = b"ABCDEFGHJKLMNPRSTUVWXYZ";
/// Where the numbers of those that book begin, in a département that no real school is in.
const ORIGINS: u32 = 9_900_001;
/// Where those of hosts begin.
const HOSTS: u32 = 9_980_001;

/// A school that books, by its number.
pub(crate) fn origin(number: u32) -> String {
    code(ORIGINS + number)
}

/// A host, by its number.
pub(crate) fn host(number: u32) -> String {
    code(HOSTS + number)
}

fn code(digits: u32) -> String {
    let remainder = usize::try_from(digits % 23).unwrap_or_default();
    let letter = CHECK.get(remainder).copied().unwrap_or(b'A');
    format!("{digits:07}{}", char::from(letter))
}

/// The institutional address of a school.
pub(crate) fn mail(code: &str) -> String {
    format!("ce.{}@ac-exemple.fr", code.to_lowercase())
}

/// A directory of that many collèges and lycées.
pub(crate) fn directory(origins: u32, hosts: u32) -> String {
    let colleges = (0..origins).map(|number| row(&origin(number), "Collège", "340"));
    let lycees = (0..hosts).map(|number| row(&host(number), "Lycée", "320"));
    let head = std::iter::once(COLUMNS.join(";"));
    head.chain(colleges).chain(lycees).collect::<Vec<_>>().join("\n")
}

fn row(code: &str, kind: &str, nature: &str) -> String {
    let filled = |column: &str| match column {
        "uai" => code.to_owned(),
        "nom" => format!("{kind} numéro {code}"),
        "type" => kind.to_owned(),
        "statut" => "Public".to_owned(),
        "code_nature" => nature.to_owned(),
        "adresse" => "1 rue des Écoles".to_owned(),
        "code_postal" => "99800".to_owned(),
        "commune" => "Portneuf".to_owned(),
        "code_commune" => "99801".to_owned(),
        "departement" => "Aure-et-Loir".to_owned(),
        "academie" => "Exemple".to_owned(),
        "region" => "Val-Exemple".to_owned(),
        "latitude" => "46.81".to_owned(),
        "longitude" => "3.10".to_owned(),
        "mail" => mail(code),
        "nombre_eleves" => "400".to_owned(),
        "etat" => "OUVERT".to_owned(),
        "sites" => "1".to_owned(),
        _ => String::new(),
    };
    COLUMNS.map(filled).join(";")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use domain::kernel::uai::Uai;

    use super::*;

    #[test]
    fn each_code_is_a_uai_of_its_own() {
        let all = (0..15_000).map(origin).chain((0..2000).map(host));
        let codes: BTreeSet<Uai> = all.map(|code| code.parse().expect("a UAI")).collect();

        assert_eq!(codes.len(), 17_000);
    }
}
