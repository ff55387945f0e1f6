//! Draws a convention: all that is printed on it, from the read models.

use documents::{
    Colour, RenderFault, codes,
    convention::{
        ConventionContent, Guardian, Letterhead, Mark, Marks, Note, Placement as Paper, Pupil,
        School as Party, render,
    },
    deposit::{Limits, inspect},
    picture::{self, Picture},
};
use domain::{
    conventions::{convention::Generation, terms::Terms},
    kernel::{document::StoredDocument, ids::ConventionId, personal::Personal, uai::Uai},
};
use jiff::{Timestamp, civil::Date};
use projections::{
    accounts::school_spaces, directory::schools::School, ministages::placements::Placement,
    platforms::platform_list::Platform,
};
use schema::names;
use sha2::{Digest as _, Sha256};

use super::ReactionFault;
use crate::{app::App, letters::zone, store::Document};

/// Which print of a convention, and the day that is on it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Print {
    /// From 1.
    pub(super) number: u16,
    /// The day it is made.
    pub(super) issued: Date,
}

impl Print {
    /// The first.
    pub(super) fn first(it: &Placement) -> Self {
        let made = it.booking.since.unwrap_or(it.booking.booked_at);
        Self { number: 1, issued: zone(it).to_datetime(made).date() }
    }

    /// The one that counts.
    pub(super) fn last(of: &Generation, it: &Placement) -> Self {
        match of.amended {
            Some(at) => Self { number: of.print, issued: zone(it).to_datetime(at).date() },
            None => Self::first(it),
        }
    }

    /// The one that is made now.
    pub(super) fn next(of: &Generation, it: &Placement, now: Timestamp) -> Self {
        Self { number: of.print.saturating_add(1), issued: zone(it).to_datetime(now).date() }
    }
}

/// What was drawn.
#[derive(Debug, Clone)]
pub(super) struct Drawn {
    /// The PDF.
    pub(super) pdf: Vec<u8>,
    /// Its number of pages.
    pub(super) pages: u16,
    /// Its SHA-256 in hexadecimal.
    pub(super) digest: String,
}

impl Drawn {
    pub(super) fn of(pdf: Vec<u8>) -> Self {
        let pages = inspect(&pdf, &Limits::default()).map_or(1, |it| it.pages);
        let digest = hex::encode(Sha256::digest(&pdf));
        Self { pdf, pages: u16::try_from(pages).unwrap_or(u16::MAX), digest }
    }
}

/// Draws on a thread that may take its time; `drawing` is given the key of the page codes.
pub(super) async fn drawn(
    app: &App,
    drawing: impl FnOnce(&[u8]) -> Result<Vec<u8>, RenderFault> + Send + 'static,
) -> Result<Drawn, ReactionFault> {
    let key = app.journal.keyring().mac("page codes", &[]);
    let drawing = tokio::task::spawn_blocking(move || drawing(&key).map(Drawn::of));
    let drawn = drawing.await.map_err(|_| ReactionFault::Missing { what: "the drawing thread" })?;
    Ok(drawn?)
}

/// The original of this content.
pub(super) async fn original(
    app: &App,
    content: &ConventionContent,
) -> Result<Drawn, ReactionFault> {
    let content = content.clone();
    drawn(app, move |key| render(&content, key)).await
}

/// What `content` says of `it`, as an event keeps it; none of a pupil who was erased.
pub(super) async fn terms(
    app: &App,
    content: &ConventionContent,
    it: &Placement,
) -> Result<Option<Personal<Terms>>, ReactionFault> {
    let Some(pupil) = it.booking.pupil.known() else { return Ok(None) };
    let details = &it.slot.details;
    let rest = original(app, &without_terms(content)).await?.digest;
    let terms = Terms {
        date: details.date,
        start: details.start,
        end: details.end,
        room: details.room.clone(),
        teacher: details.teacher.as_ref().and_then(|it| it.known().cloned()),
        pupil: pupil.clone(),
        rest,
    };
    Ok(Some(Personal::new(it.booking.pupil.person(), terms)))
}

/// The same but for what [`Terms`] tell one by one.
fn without_terms(content: &ConventionContent) -> ConventionContent {
    let Paper { formation, place, .. } = content.placement.clone();
    ConventionContent {
        issued: Date::ZERO,
        print: 1,
        pupil: Pupil::default(),
        guardian: Guardian::default(),
        placement: Paper {
            formation,
            date: Date::ZERO,
            starts: jiff::civil::Time::MIN,
            ends: jiff::civil::Time::MIN,
            place,
            room: None,
            teacher: None,
        },
        ..content.clone()
    }
}

/// All that is printed on the convention of `it`.
pub(super) async fn content(
    app: &App,
    convention: ConventionId,
    it: &Placement,
    print: Print,
) -> Result<ConventionContent, ReactionFault> {
    let details = &it.slot.details;
    let pupil = it.booking.pupil.known();
    let guardian = pupil.and_then(|pupil| pupil.guardian.as_ref());
    Ok(ConventionContent {
        reference: codes::reference_of(*convention.uuid().as_bytes()),
        issued: print.issued,
        print: print.number,
        letterhead: letterhead(app, it.platform.as_ref()).await?,
        host: party(it.host.as_ref(), &it.slot.host),
        origin: party(it.origin.as_ref(), &it.booking.origin),
        pupil: Pupil {
            name: pupil
                .map(|it| names::of_person(&it.last_name, &it.first_name))
                .unwrap_or_default(),
            born: pupil.and_then(|pupil| pupil.birth_date),
            class: pupil.and_then(|pupil| pupil.class.clone()),
        },
        guardian: Guardian {
            name: guardian.map(|guardian| guardian.name.clone()),
            phone: guardian.and_then(|guardian| guardian.phone.clone()),
            email: guardian.and_then(|it| it.email.as_ref()).map(|it| it.as_str().to_owned()),
        },
        placement: Paper {
            formation: names::of_formation(it.formation.as_ref()),
            date: details.date,
            starts: details.start,
            ends: details.end,
            place: None,
            room: details.room.clone(),
            teacher: details.teacher.as_ref().and_then(|it| it.known().cloned()),
        },
        articles: articles(it),
        notes: notes(it),
        marks: Marks {
            origin: mark(app, &it.booking.origin).await?,
            host: mark(app, &it.slot.host).await?,
            ..Marks::default()
        },
    })
}

/// Who issues the conventions of a platform.
pub(crate) async fn letterhead(
    app: &App,
    platform: Option<&Platform>,
) -> Result<Letterhead, ReactionFault> {
    let branding = platform.and_then(|platform| platform.branding.as_ref());
    let name = branding.map(|branding| branding.display_name.clone());
    let logo = match branding.and_then(|branding| branding.logo.as_ref()) {
        Some(logo) => picture::restore(&app.store.get_public(&logo.blob).await?).ok(),
        None => None,
    };
    let colour = branding.and_then(|branding| branding.colour.parse().ok());
    Ok(Letterhead {
        name: name.or_else(|| platform.map(|it| it.name.clone())).unwrap_or_default(),
        tagline: Some("Plateforme de gestion des stages".to_owned()),
        logo,
        colour: colour.unwrap_or(Colour::BRAND),
    })
}

fn party(school: Option<&School>, uai: &Uai) -> Party {
    let Some(School { listing, .. }) = school else {
        return Party { name: uai.to_string(), ..Party::default() };
    };
    let address = &listing.address;
    Party {
        name: listing.name.clone(),
        uai: Some(uai.to_string()),
        address: Some(format!("{}, {} {}", address.street, address.postal_code, address.city)),
        head: None,
        email: listing.mail.as_ref().map(|mail| mail.as_str().to_owned()),
        phone: listing.phone.clone(),
    }
}

/// The platform’s own articles, if it has some.
fn articles(it: &Placement) -> Vec<Note> {
    let own = it.platform.iter().flat_map(|platform| &platform.articles);
    own.map(|it| Note { title: it.title.clone(), text: it.text.clone() }).collect()
}

fn notes(it: &Placement) -> Vec<Note> {
    let Some(platform) = &it.platform else {
        return Vec::new();
    };
    let (first, second) = &platform.notes;
    [first, second]
        .into_iter()
        .filter(|text| !text.is_empty())
        .map(|text| Note { title: String::new(), text: text.clone() })
        .collect()
}

/// The signature and the stamp that a school stored.
async fn mark(app: &App, school: &Uai) -> Result<Mark, ReactionFault> {
    let uai = school.clone();
    let Some(space) = app.read.query(move |db| school_spaces::by_uai(db, &uai)).await? else {
        return Ok(Mark::default());
    };
    Ok(Mark {
        signature: stored_picture(app, space.signature.as_ref()).await?,
        stamp: stored_picture(app, space.stamp.as_ref()).await?,
    })
}

async fn stored_picture(
    app: &App,
    document: Option<&StoredDocument>,
) -> Result<Option<Picture>, ReactionFault> {
    let Some(document) = document else {
        return Ok(None);
    };
    match app.store.get(document).await? {
        Document::Clear(bytes) => Ok(picture::restore(&bytes).ok()),
        Document::Erased => Ok(None),
    }
}
