//! Makes the convention of a booking: draws it, stores it sealed, records it.

use documents::{
    Colour, codes,
    convention::{
        ConventionContent, Guardian, Letterhead, Mark, Marks, Note, Placement as Paper, Pupil,
        School as Party, TEMPLATE_VERSION, render,
    },
    picture::{self, Picture},
};
use domain::{
    conventions::convention::{Convention, ConventionCommand, Parties},
    kernel::{
        document::StoredDocument,
        envelope::Context,
        ids::{BookingId, ConventionId},
        uai::Uai,
    },
};
use projections::{
    accounts::school_spaces,
    directory::schools::School,
    ministages::placements::{self, Placement},
    platforms::platform_list::Platform,
};

use super::{ReactionFault, perform::give};
use crate::{
    app::App,
    letters::{formation, full_name, zone},
    store::{Document, StoreFault},
};

/// Makes the convention of `booking`. Once it is recorded nothing more is made; a booking
/// that is over, or of someone who was erased, has none.
pub(super) async fn generate(
    app: &App,
    booking: BookingId,
    context: &Context,
) -> Result<(), ReactionFault> {
    let convention = ConventionId::of(booking);
    let id = convention.uuid().to_string();
    let (state, _) = app.journal.load::<Convention>(&id).await?;
    let placement = app.read.query(move |db| placements::placement(db, booking)).await?;
    let placement = placement.ok_or(ReactionFault::Missing { what: "the booking" })?;
    let booking = &placement.booking;
    if state.generation().is_some() || booking.status.is_over() || booking.pupil.known().is_none() {
        return Ok(());
    }
    let content = content(app, convention, &placement).await?;
    let reference = content.reference.clone();
    let key = app.journal.keyring().mac("page codes", &[]);
    let (pdf, pages) = tokio::task::spawn_blocking(move || {
        let pdf = render(&content, &key)?;
        let pages = documents::deposit::inspect(&pdf, &documents::deposit::Limits::default());
        Ok::<_, documents::RenderFault>((pdf, pages))
    })
    .await
    .map_err(|_| ReactionFault::Missing { what: "the drawing thread" })??;
    let pages = pages.map_or(1, |inspection| u16::try_from(inspection.pages).unwrap_or(u16::MAX));
    let person = placement.booking.pupil.person();
    let original = match app.store.put(person, &pdf).await {
        Ok(original) => original,
        Err(StoreFault::Erased(_)) => return Ok(()),
        Err(fault) => return Err(fault.into()),
    };
    let command = ConventionCommand::GenerateConvention {
        convention,
        parties: parties(&placement),
        reference,
        original,
        pages,
        template: TEMPLATE_VERSION.to_string(),
    };
    give::<Convention>(app, &id, command, context).await
}

fn parties(it: &Placement) -> Parties {
    Parties {
        platform: it.slot.platform.clone(),
        slot: it.slot.id,
        booking: it.booking.id,
        host: it.slot.host.clone(),
        origin: it.booking.origin.clone(),
        pupil: it.booking.pupil.person(),
    }
}

pub(super) async fn content(
    app: &App,
    convention: ConventionId,
    it: &Placement,
) -> Result<ConventionContent, ReactionFault> {
    let details = &it.slot.details;
    let pupil = it.booking.pupil.known();
    let guardian = pupil.and_then(|pupil| pupil.guardian.as_ref());
    Ok(ConventionContent {
        reference: codes::reference_of(*convention.uuid().as_bytes()),
        issued: zone(it).to_datetime(it.booking.since.unwrap_or(it.booking.booked_at)).date(),
        letterhead: letterhead(app, it.platform.as_ref()).await?,
        host: party(it.host.as_ref(), &it.slot.host),
        origin: party(it.origin.as_ref(), &it.booking.origin),
        pupil: Pupil {
            name: pupil.map(|it| full_name(&it.last_name, &it.first_name)).unwrap_or_default(),
            born: pupil.and_then(|pupil| pupil.birth_date),
            class: pupil.and_then(|pupil| pupil.class.clone()),
        },
        guardian: Guardian {
            name: guardian.map(|guardian| guardian.name.clone()),
            phone: guardian.and_then(|guardian| guardian.phone.clone()),
            email: guardian.and_then(|it| it.email.as_ref()).map(|it| it.as_str().to_owned()),
        },
        placement: Paper {
            formation: formation(it),
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
        return Party { uai: Some(uai.to_string()), ..Party::default() };
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
