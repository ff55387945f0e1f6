//! One row of the directory, read into a listing; and why a row is rejected.

use domain::{
    directory::school::{SchoolListing, SchoolStatus},
    kernel::{
        place::PostalAddress,
        text::{folded, line},
        uai::{NotAUai, Uai},
    },
};

use super::{
    academies, cells,
    kind::{Signs, kind_of},
    layout::{Column, Layout},
};

/// The most letters of a name.
const LONGEST_NAME: usize = 200;
/// The most letters of any other cell that is kept.
const LONGEST_CELL: usize = 300;

/// Why a row is not a school. [`RowRejected::french`] says it to people.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RowRejected {
    /// Longer than any row.
    #[error("the line is too long")]
    LineTooLong,
    /// Bytes that are not of the file’s alphabet.
    #[error("the line is not UTF-8")]
    NotText,
    /// A quote that is never closed, or that swallows the next rows.
    #[error("a quote is never closed")]
    OpenQuote,
    /// Not as many fields as the header.
    #[error("{found} columns instead of {expected}")]
    Columns {
        /// How many there are.
        found: usize,
        /// How many the header has.
        expected: usize,
    },
    /// The UAI is empty.
    #[error("no UAI")]
    NoUai,
    /// The UAI is not seven digits and a letter.
    #[error("the UAI is not seven digits and a letter")]
    UaiShape,
    /// The UAI’s letter does not follow from its digits.
    #[error("the check letter of the UAI should be {expected}")]
    UaiCheckLetter {
        /// The letter that does.
        expected: char,
    },
    /// The name is empty.
    #[error("no name")]
    NoName,
    /// The name is longer than any.
    #[error("the name is too long")]
    NameTooLong,
    /// Neither nature nor type.
    #[error("neither nature nor type")]
    NoKind,
    /// Neither public nor private.
    #[error("neither public nor private")]
    UnknownSector,
    /// Neither open, opening nor closed.
    #[error("neither open, opening nor closed")]
    UnknownStatus,
    /// No académie, and none follows from the UAI.
    #[error("no académie")]
    NoAcademie,
    /// The coordinates are no point of the map.
    #[error("the coordinates are no point of the map")]
    BadCoordinates,
}

/// What was left out of a row that was otherwise taken. [`Notice::french`] says it to people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notice {
    /// The mail address is none.
    MailIgnored,
    /// The parent’s UAI is none.
    ParentIgnored,
    /// No mail address at all: sign-up falls back on the académie’s pattern.
    NoMail,
}

/// A row of the second degree.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    /// Its UAI.
    pub(super) uai: Uai,
    /// What it says.
    pub(super) listing: SchoolListing,
    /// The code of its commune, or nothing.
    pub(super) city_code: String,
    /// Whether it says that it has a SEGPA.
    pub(super) has_segpa: bool,
    /// What was left out.
    pub(super) notices: Vec<Notice>,
}

/// The school of a row; nothing when it is not of the second degree.
pub(super) fn entry(layout: &Layout, fields: &[String]) -> Result<Option<Entry>, RowRejected> {
    let cell = |column| layout.get(fields, column);
    let (nature, kind) = (cell(Column::Nature), cell(Column::Type));
    let signs = Signs {
        nature,
        kind,
        name: cell(Column::Name),
        general: cells::flag(cell(Column::General)) || cells::flag(cell(Column::Technological)),
        professional: cells::flag(cell(Column::Professional)),
    };
    let Some(kind) = kind_of(signs) else {
        let blank = nature.is_empty() && kind.is_empty();
        return if blank {
            Err(uai(cell(Column::Uai)).err().unwrap_or(RowRejected::NoKind))
        } else {
            Ok(None)
        };
    };
    let uai = uai(cell(Column::Uai))?;
    let name = name(cell(Column::Name))?;
    let (mail, parent) = (cells::mail(cell(Column::Mail)), cell(Column::Parent).parse().ok());
    let notices =
        notices((cell(Column::Mail), mail.is_some()), (cell(Column::Parent), parent.is_some()));
    let listing = SchoolListing {
        kind,
        sector: cells::sector(cell(Column::Sector), &name).ok_or(RowRejected::UnknownSector)?,
        nature: short(nature),
        address: address(layout, fields),
        departement: short(cell(Column::Departement)),
        academie: academie(layout, fields, &uai)?,
        region: short(cell(Column::Region)),
        position: position(layout, fields)?,
        phone: kept(cell(Column::Phone)),
        mail,
        web: kept(cell(Column::Web)),
        parent: parent.filter(|parent| *parent != uai),
        sites: cell(Column::Sites).parse().unwrap_or(1).max(1),
        status: cells::status(cell(Column::Status)).ok_or(RowRejected::UnknownStatus)?,
        name,
    };
    Ok(Some(Entry {
        city_code: short(cell(Column::CityCode)),
        has_segpa: cells::flag(cell(Column::Segpa)),
        notices,
        uai,
        listing,
    }))
}

impl Entry {
    /// Whether the directory says that the school is closed.
    pub(super) fn closed(&self) -> bool {
        self.listing.status == SchoolStatus::Closed
    }
}

fn uai(cell: &str) -> Result<Uai, RowRejected> {
    if cell.is_empty() {
        return Err(RowRejected::NoUai);
    }
    cell.parse().map_err(|why| match why {
        NotAUai::Shape => RowRejected::UaiShape,
        NotAUai::CheckLetter { expected } => RowRejected::UaiCheckLetter { expected },
    })
}

fn name(cell: &str) -> Result<String, RowRejected> {
    let name = line(cell, usize::MAX).map_err(|_| RowRejected::NoName)?;
    if name.chars().count() > LONGEST_NAME {
        return Err(RowRejected::NameTooLong);
    }
    Ok(name)
}

fn notices(mail: (&str, bool), parent: (&str, bool)) -> Vec<Notice> {
    let mut notices = Vec::new();
    match mail {
        ("", _) => notices.push(Notice::NoMail),
        (_, false) => notices.push(Notice::MailIgnored),
        (_, true) => {}
    }
    if !parent.0.is_empty() && !parent.1 {
        notices.push(Notice::ParentIgnored);
    }
    notices
}

/// A cell as a line, cut where it is too long; empty when it is.
fn short(cell: &str) -> String {
    let text = line(cell, usize::MAX).unwrap_or_default();
    text.chars().take(LONGEST_CELL).collect()
}

/// A cell as a line, or nothing.
fn kept(cell: &str) -> Option<String> {
    line(cell, LONGEST_CELL).ok()
}

fn address(layout: &Layout, fields: &[String]) -> PostalAddress {
    let lines: Vec<String> = [Column::Street, Column::StreetSecond, Column::StreetThird]
        .into_iter()
        .flat_map(|column| layout.get(fields, column).lines())
        .map(short)
        .filter(|line| !line.is_empty())
        .collect();
    PostalAddress {
        street: lines.join("\n"),
        postal_code: short(layout.get(fields, Column::PostalCode)),
        city: short(layout.get(fields, Column::City)),
    }
}

/// The académie by its name, else by its code, else by the UAI’s département.
fn academie(layout: &Layout, fields: &[String], uai: &Uai) -> Result<String, RowRejected> {
    let named = short(layout.get(fields, Column::Academie));
    if !folded(&named).is_empty() {
        return Ok(named);
    }
    academies::by_code(layout.get(fields, Column::AcademieCode))
        .or_else(|| academies::by_uai(uai))
        .map(|academie| academie.name.to_owned())
        .ok_or(RowRejected::NoAcademie)
}

fn position(
    layout: &Layout,
    fields: &[String],
) -> Result<Option<domain::kernel::place::PositionOnMap>, RowRejected> {
    let (latitude, longitude) =
        (layout.get(fields, Column::Latitude), layout.get(fields, Column::Longitude));
    let (latitude, longitude) = if latitude.is_empty() && longitude.is_empty() {
        let both = layout.get(fields, Column::Position);
        both.split_once(", ").or_else(|| both.split_once(',')).unwrap_or((both, ""))
    } else {
        (latitude, longitude)
    };
    cells::position(latitude.trim(), longitude.trim()).map_err(|()| RowRejected::BadCoordinates)
}
