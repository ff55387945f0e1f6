//! The catalogue of events is up to date, and no event carries a personal text in clear.

#[path = "../examples/events/catalogue.rs"]
mod catalogue;

use std::collections::BTreeSet;

use domain::{
    accounts::{account::AccountEvent, school_space::SchoolSpaceEvent},
    conventions::{convention::ConventionEvent, scan_batch::ScanEvent, signing::SigningEvent},
    correspondence::letter::LetterEvent,
    directory::school::SchoolEvent,
    ministages::slot::SlotEvent,
    operations::erasure::ErasureEvent,
    platforms::platform::PlatformEvent,
};
use strum::VariantNames as _;

#[test]
fn the_committed_catalogue_is_current() {
    assert_eq!(
        include_str!("../EVENTS.md"),
        catalogue::markdown(),
        "run: cargo run -p domain --example events > domain/EVENTS.md"
    );
}

#[test]
fn the_catalogue_names_every_event() {
    let events = [
        SchoolEvent::VARIANTS,
        AccountEvent::VARIANTS,
        SchoolSpaceEvent::VARIANTS,
        PlatformEvent::VARIANTS,
        SlotEvent::VARIANTS,
        ConventionEvent::VARIANTS,
        SigningEvent::VARIANTS,
        ScanEvent::VARIANTS,
        LetterEvent::VARIANTS,
        ErasureEvent::VARIANTS,
    ];

    let names: Vec<String> = entries().map(|event| event.name).collect();
    assert_eq!(names, events.concat());
}

/// Texts and addresses that may stand in the log in clear: about no person.
const IMPERSONAL: &[&str] = &[
    "BrandingChanged.branding.colour",
    "BrandingChanged.branding.displayName",
    "BrandingChanged.branding.logo.blob",
    "ConventionAmended.original.blob",
    "ConventionAmended.template",
    "ConventionArticlesChanged.articles.text",
    "ConventionArticlesChanged.articles.title",
    "ConventionDeposited.document.blob",
    "ConventionGenerated.original.blob",
    "ConventionGenerated.reference",
    "ConventionGenerated.template",
    "ConventionNotesChanged.first",
    "ConventionNotesChanged.second",
    "FormationAdded.label",
    "GuideStored.guide.blob",
    "IdentityLinked.issuer",
    "PageUnclassified.picture.blob",
    "PlatformOpened.name",
    "PlatformOpened.timeZone",
    "ScanReceived.document.blob",
    "SchoolChanged.changed",
    "SchoolChanged.listing.academie",
    "SchoolChanged.listing.address.city",
    "SchoolChanged.listing.address.postalCode",
    "SchoolChanged.listing.address.street",
    "SchoolChanged.listing.departement",
    "SchoolChanged.listing.mail",
    "SchoolChanged.listing.name",
    "SchoolChanged.listing.nature",
    "SchoolChanged.listing.phone",
    "SchoolChanged.listing.region",
    "SchoolChanged.listing.web",
    "SchoolListed.listing.academie",
    "SchoolListed.listing.address.city",
    "SchoolListed.listing.address.postalCode",
    "SchoolListed.listing.address.street",
    "SchoolListed.listing.departement",
    "SchoolListed.listing.mail",
    "SchoolListed.listing.name",
    "SchoolListed.listing.nature",
    "SchoolListed.listing.phone",
    "SchoolListed.listing.region",
    "SchoolListed.listing.web",
    "SignatureApplied.evidence.picture.blob",
    "SignatureStored.picture.blob",
    "SlotChanged.details.note",
    "SlotChanged.details.room",
    "SlotPublished.details.note",
    "SlotPublished.details.room",
    "SlotWithdrawn.reason",
    "StampStored.picture.blob",
    "TermsAccepted.version",
];

#[test]
fn a_text_in_an_event_is_sealed_or_known_to_be_about_nobody() {
    let structs = catalogue::structs();
    let mut bare = BTreeSet::new();
    for event in entries() {
        for field in &event.fields {
            let leaves = catalogue::leaves(field, &structs).into_iter();
            let texts =
                leaves.filter(|leaf| ["String", "Email"].contains(&catalogue::inner(&leaf.rust)));
            bare.extend(texts.map(|leaf| format!("{}.{}", event.name, leaf.name)));
        }
    }

    assert_eq!(bare.into_iter().collect::<Vec<_>>(), IMPERSONAL);
}

fn entries() -> impl Iterator<Item = catalogue::Entry> {
    let sources = catalogue::SOURCES.into_iter();
    sources.flat_map(|(_, _, source)| catalogue::entries(source))
}
