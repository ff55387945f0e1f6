//! What a row of the directory changes.

use super::{
    SchoolCommand::{self, CloseSchool, ListSchool},
    SchoolEvent::{self, SchoolChanged, SchoolClosed, SchoolListed},
    SchoolListing, SchoolRefusal,
    SchoolState::{self, Closed, Open, Unlisted},
};

pub(super) fn decide(
    state: &SchoolState,
    command: SchoolCommand,
) -> Result<Vec<SchoolEvent>, SchoolRefusal> {
    match (state, command) {
        (Unlisted, ListSchool { uai, listing }) => Ok(vec![SchoolListed { uai, listing }]),
        (Open(before) | Closed(before), ListSchool { uai, listing }) => {
            let changed = differences(before, &listing);
            if changed.is_empty() {
                return Ok(Vec::new());
            }
            Ok(vec![SchoolChanged { uai, listing, changed }])
        }
        (Unlisted, CloseSchool { .. }) => Err(SchoolRefusal::NotListed),
        (Open(_), CloseSchool { uai }) => Ok(vec![SchoolClosed { uai }]),
        (Closed(_), CloseSchool { .. }) => Ok(Vec::new()),
    }
}

/// The fields that differ, by their names in JSON. Takes the listing apart, so that a new field
/// is not forgotten here.
fn differences(before: &SchoolListing, after: &SchoolListing) -> Vec<String> {
    let SchoolListing {
        name,
        kind,
        sector,
        nature,
        address,
        departement,
        academie,
        region,
        position,
        phone,
        mail,
        web,
        parent,
        sites,
        status,
    } = before;
    [
        ("name", *name != after.name),
        ("kind", *kind != after.kind),
        ("sector", *sector != after.sector),
        ("nature", *nature != after.nature),
        ("address", *address != after.address),
        ("departement", *departement != after.departement),
        ("academie", *academie != after.academie),
        ("region", *region != after.region),
        ("position", *position != after.position),
        ("phone", *phone != after.phone),
        ("mail", *mail != after.mail),
        ("web", *web != after.web),
        ("parent", *parent != after.parent),
        ("sites", *sites != after.sites),
        ("status", *status != after.status),
    ]
    .into_iter()
    .filter(|(_, differs)| *differs)
    .map(|(field, _)| field.to_owned())
    .collect()
}
