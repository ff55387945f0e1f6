//! The columns of a file, found by their names whatever the vintage: the official directory in
//! its technical names and in its labels, the older « adresse et géolocalisation » file, and
//! the prepared extract. Names are compared without case, accents or punctuation.

use domain::kernel::text::folded;

use super::{records::split, source::FileRefused};

/// What a column holds; in the order of [`NAMES`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    Uai,
    Name,
    Type,
    Sector,
    Nature,
    Street,
    StreetSecond,
    StreetThird,
    PostalCode,
    City,
    CityCode,
    Departement,
    Academie,
    AcademieCode,
    Region,
    Latitude,
    Longitude,
    Position,
    Phone,
    Mail,
    Web,
    General,
    Technological,
    Professional,
    Segpa,
    Status,
    Parent,
    Sites,
}

/// The names of each column, folded; where a file has several, the first counts.
const NAMES: &[(Column, &[&str])] = &[
    (
        Column::Uai,
        &[
            "uai",
            "identifiant de l etablissement",
            "numero uai",
            "code uai",
            "code etablissement",
            "numero d uai",
            "code rne",
            "rne",
            "numero etablissement",
        ],
    ),
    (
        Column::Name,
        &[
            "nom",
            "nom etablissement",
            "nom de l etablissement",
            "appellation officielle",
            "denomination",
        ],
    ),
    (
        Column::Type,
        &["type", "type etablissement", "type d etablissement", "denomination principale"],
    ),
    (
        Column::Sector,
        &[
            "statut",
            "statut public prive",
            "statut public ou prive",
            "secteur public prive libe",
            "secteur public prive",
            "secteur",
        ],
    ),
    (Column::Nature, &["code nature", "nature uai", "nature", "code nature uai"]),
    (Column::Street, &["adresse", "adresse 1", "adresse uai", "adresse ligne 1"]),
    (Column::StreetSecond, &["adresse 2", "lieu dit uai", "lieu dit", "adresse ligne 2"]),
    (Column::StreetThird, &["adresse 3", "boite postale uai", "boite postale"]),
    (Column::PostalCode, &["code postal", "code postal uai"]),
    (
        Column::City,
        &[
            "commune",
            "nom commune",
            "nom de la commune",
            "libelle commune",
            "localite acheminement uai",
            "localite d acheminement",
            "ville",
        ],
    ),
    (Column::CityCode, &["code commune", "code insee de la commune", "code insee"]),
    (Column::Departement, &["departement", "libelle departement", "libelle du departement"]),
    (Column::Academie, &["academie", "libelle academie", "libelle de l academie"]),
    (Column::AcademieCode, &["code academie", "code de l academie"]),
    (Column::Region, &["region", "libelle region", "libelle de la region"]),
    (Column::Latitude, &["latitude"]),
    (Column::Longitude, &["longitude"]),
    (Column::Position, &["position", "geolocalisation"]),
    (Column::Phone, &["telephone", "numero telephone uai", "numero de telephone"]),
    (Column::Mail, &["mail", "mel", "mel uai", "email", "e mail", "courriel", "adresse mail"]),
    (Column::Web, &["web", "site web", "site internet", "url"]),
    (Column::General, &["voie generale"]),
    (Column::Technological, &["voie technologique"]),
    (Column::Professional, &["voie professionnelle"]),
    (Column::Segpa, &["segpa"]),
    (
        Column::Status,
        &[
            "etat",
            "etat etablissement libe",
            "etat de l etablissement",
            "libelle etat etablissement",
        ],
    ),
    (
        Column::Parent,
        &[
            "uai mere",
            "etablissement mere",
            "uai etablissement mere",
            "etablissement de rattachement",
        ],
    ),
    (Column::Sites, &["sites", "nombre de sites"]),
];

/// What no school can do without: any of the columns, and how a person calls it.
const NEEDED: &[(&[Column], &str)] = &[
    (&[Column::Uai], "le code UAI"),
    (&[Column::Name], "le nom de l’établissement"),
    (&[Column::Nature, Column::Type], "le code nature ou le type de l’établissement"),
    (&[Column::Sector], "le statut public ou privé"),
    (&[Column::City], "la commune"),
];

/// Where each column is.
#[derive(Debug, Clone)]
pub(super) struct Layout {
    places: Vec<Option<usize>>,
    /// Between two fields.
    pub(super) separator: u8,
    /// How many columns the header has.
    pub(super) columns: usize,
}

impl Layout {
    /// The layout that `header` announces, with the separator under which most columns are
    /// known.
    pub(super) fn of(header: &str) -> Result<Self, FileRefused> {
        let mut best: Option<Self> = None;
        for separator in [b';', b',', b'\t'] {
            let layout = Self::with(header, separator);
            if best.as_ref().is_none_or(|b| b.known() < layout.known()) {
                best = Some(layout);
            }
        }
        let layout = best.ok_or(FileRefused::Empty)?;
        let missing: Vec<_> = NEEDED
            .iter()
            .filter(|(columns, _)| columns.iter().all(|c| !layout.has(*c)))
            .map(|(_, name)| *name)
            .collect();
        if missing.is_empty() { Ok(layout) } else { Err(FileRefused::MissingColumns { missing }) }
    }

    fn with(header: &str, separator: u8) -> Self {
        let names: Vec<String> = split(header, separator).iter().map(|n| folded(n)).collect();
        let place =
            |wanted: &[&str]| wanted.iter().find_map(|w| names.iter().position(|name| name == w));
        Self {
            places: NAMES.iter().map(|(_, wanted)| place(wanted)).collect(),
            separator,
            columns: names.len(),
        }
    }

    fn known(&self) -> usize {
        self.places.iter().flatten().count()
    }

    /// Whether the file has `column`.
    pub(super) fn has(&self, column: Column) -> bool {
        self.place(column).is_some()
    }

    /// What `fields` hold in `column`, trimmed; empty where the file has no such column.
    pub(super) fn get<'f>(&self, fields: &'f [String], column: Column) -> &'f str {
        self.place(column).and_then(|place| fields.get(place)).map_or("", |field| field.trim())
    }

    fn place(&self, column: Column) -> Option<usize> {
        self.places.get(column as usize).copied().flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_column_stands_at_its_place_in_the_table_of_names() {
        for (place, (column, _)) in NAMES.iter().enumerate() {
            assert_eq!(*column as usize, place, "{column:?}");
        }
        assert_eq!(NAMES.len(), Column::Sites as usize + 1);
    }

    #[test]
    fn every_vintage_of_the_header_is_understood() {
        for header in [
            "uai;nom;type;statut;code_nature;commune",
            "Identifiant_de_l_etablissement;Nom_etablissement;Type_etablissement;Statut_public_prive;Nom_commune",
            "identifiant_de_l_etablissement,nom_etablissement,code_nature,statut_public_prive,nom_commune",
            "Identifiant de l'établissement;Nom de l’établissement;Type d'établissement;Statut public / privé;Nom de la commune",
            "numero_uai;appellation_officielle;denomination_principale;secteur_public_prive_libe;libelle_commune;nature_uai",
            "Code établissement;Appellation officielle;Nature;Secteur Public/Privé;Commune",
            "\"CODE UAI\"\t\"NOM\"\t\"TYPE\"\t\"SECTEUR\"\t\"VILLE\"",
        ] {
            let layout = Layout::of(header).unwrap_or_else(|why| panic!("{header}: {why}"));
            assert!(layout.columns >= 5, "{header}");
        }
    }

    #[test]
    fn the_libelle_of_a_column_is_preferred_to_its_code() {
        let layout = Layout::of(
            "numero_uai;appellation_officielle;nature_uai;secteur_public_prive_libe;localite_acheminement_uai;libelle_commune",
        )
        .unwrap();
        let fields: Vec<String> = ["", "", "", "", "PARIS 04", "Paris"].map(str::to_owned).into();

        assert_eq!(layout.get(&fields, Column::City), "Paris");
        assert_eq!(layout.get(&fields, Column::Phone), "");
    }

    #[test]
    fn a_header_without_what_is_needed_names_what_it_lacks() {
        assert_eq!(
            Layout::of("numero;libelle;commune;nom").map(|l| l.columns),
            Err(FileRefused::MissingColumns {
                missing: vec![
                    "le code UAI",
                    "le code nature ou le type de l’établissement",
                    "le statut public ou privé",
                ],
            })
        );
    }
}
