//! Reading the cells of a row: flags, places, addresses, words of a closed list.

use domain::{
    directory::school::{SchoolStatus, Sector},
    kernel::{email::Email, place::PositionOnMap, text::folded},
};

/// Whether a flag is set: `1`, « oui », « Oui », `true`.
pub(super) fn flag(cell: &str) -> bool {
    matches!(folded(cell).as_str(), "1" | "1 0" | "oui" | "o" | "true")
}

/// Public or private; the name decides when the cell is empty. Nothing for any other word.
pub(super) fn sector(cell: &str, name: &str) -> Option<Sector> {
    match folded(cell).as_str() {
        "prive" | "pr" => Some(Sector::Private),
        "" if folded(name).contains("prive") => Some(Sector::Private),
        "" | "public" | "pu" => Some(Sector::Public),
        _ => None,
    }
}

/// Whether the school is open. « A FERMER » is: the file does not say from when on it is not.
/// Nothing for any other word.
pub(super) fn status(cell: &str) -> Option<SchoolStatus> {
    match folded(cell).as_str() {
        "" | "ouvert" | "ouverte" | "a fermer" => Some(SchoolStatus::Open),
        "a ouvrir" => Some(SchoolStatus::Opening),
        "ferme" | "fermee" => Some(SchoolStatus::Closed),
        _ => None,
    }
}

/// The first address of a cell that may hold several, or one with a space in it.
pub(super) fn mail(cell: &str) -> Option<Email> {
    let joined: String = cell.split_whitespace().collect();
    cell.split([';', ',', ' ', '\n'])
        .find_map(|part| part.parse().ok())
        .or_else(|| joined.parse().ok())
}

/// A point of the map from its two cells, both filled or both empty. `Err` when they are no
/// point.
pub(super) fn position(latitude: &str, longitude: &str) -> Result<Option<PositionOnMap>, ()> {
    match (latitude, longitude) {
        ("", "") => Ok(None),
        (latitude, longitude) => match (degrees(latitude, 90), degrees(longitude, 180)) {
            (Some(latitude), Some(longitude)) => Ok(Some(PositionOnMap { latitude, longitude })),
            (None | Some(_), _) => Err(()),
        },
    }
}

/// Millionths of a degree from decimal degrees, up to `most` either way.
fn degrees(cell: &str, most: i32) -> Option<i32> {
    let degrees: f64 = cell.replace(',', ".").parse().ok()?;
    if !degrees.is_finite() || degrees.abs() > f64::from(most) {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, reason = "at most 180 000 000 either way")]
    Some((degrees * 1e6).round() as i32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_point_is_read_to_the_millionth() {
        assert_eq!(
            position("45.97496540033305", "-0,0938703"),
            Ok(Some(PositionOnMap { latitude: 45_974_965, longitude: -93_870 }))
        );
        assert_eq!(position("", ""), Ok(None));
    }

    #[test]
    fn what_is_no_point_is_refused() {
        for (latitude, longitude) in [
            ("45.9", ""),
            ("", "5.3"),
            ("nord", "est"),
            ("91", "0"),
            ("0", "180.5"),
            ("NaN", "0"),
            ("inf", "0"),
            ("1e400", "0"),
        ] {
            assert_eq!(position(latitude, longitude), Err(()), "{latitude} {longitude}");
        }
    }

    #[test]
    fn the_first_address_of_a_cell_counts() {
        assert_eq!(mail("accueil@vilar.example - P").unwrap().as_str(), "accueil@vilar.example");
        assert_eq!(mail("contact@ vilar.example").unwrap().as_str(), "contact@vilar.example");
        assert_eq!(mail("néant"), None);
    }
}
