//! The several rows of one UAI, its sites, made into one listing. The result is the same in
//! whatever order the rows come, so that an export sorted otherwise changes no school.

use domain::{directory::school::SchoolListing, kernel::text::folded};

use super::row::Entry;

/// The rows of one UAI, as they are read.
#[derive(Debug)]
pub(super) struct Sites {
    expected: u64,
    rows: Vec<Entry>,
}

impl Sites {
    /// Waits for `expected` rows.
    pub(super) fn waiting_for(expected: u64) -> Self {
        Self { expected, rows: Vec::new() }
    }

    /// Adds a row; gives the whole once the last has come.
    pub(super) fn add(&mut self, row: Entry) -> Option<Entry> {
        self.rows.push(row);
        (self.rows.len() as u64 >= self.expected).then(|| merged(std::mem::take(&mut self.rows)))?
    }
}

/// The main site, with what it lacks taken from the others.
fn merged(mut rows: Vec<Entry>) -> Option<Entry> {
    let count = u16::try_from(rows.len()).unwrap_or(u16::MAX);
    rows.sort_by_cached_key(|row| rank(&row.listing));
    let mut rows = rows.into_iter();
    let mut main = rows.next()?;
    for other in rows {
        let (kept, given) = (&mut main.listing, other.listing);
        kept.position = kept.position.or(given.position);
        kept.phone = kept.phone.take().or(given.phone);
        kept.mail = kept.mail.take().or(given.mail);
        kept.web = kept.web.take().or(given.web);
        kept.parent = kept.parent.take().or(given.parent);
        kept.sites = kept.sites.max(given.sites);
        main.has_segpa |= other.has_segpa;
        for notice in other.notices {
            if !main.notices.contains(&notice) {
                main.notices.push(notice);
            }
        }
    }
    main.listing.sites = main.listing.sites.max(count);
    if main.listing.mail.is_some() {
        main.notices.retain(|n| *n != super::row::Notice::NoMail);
    }
    Some(main)
}

/// What the main site comes first by: open, no annexe or part of a school by its name, then the
/// shorter name, then anything that is always the same.
fn rank(listing: &SchoolListing) -> (bool, bool, usize, String) {
    let name = format!(" {} ", folded(&listing.name));
    let part = [" annexe ", " site ", " sup ", " superieur ", " pole ", " prepas "];
    (
        listing.status == domain::directory::school::SchoolStatus::Closed,
        part.iter().any(|word| name.contains(word)),
        name.len(),
        format!(
            "{name}\u{1f}{}\u{1f}{}\u{1f}{:?}\u{1f}{:?}\u{1f}{:?}\u{1f}{}\u{1f}{}",
            listing.address.street,
            listing.address.postal_code,
            listing.phone,
            listing.mail.as_ref().map(domain::kernel::email::Email::as_str),
            listing.web,
            listing.name,
            listing.address.city,
        ),
    )
}
