//! Papers of a day at a host, made when they are asked for: the list of the day, the attendance
//! sheet of a slot, the certificate of a pupil who came.

use axum::{
    Extension, Router,
    extract::{Path, State},
    response::Response,
    routing::get,
};
use documents::{
    RenderFault,
    attendance::{
        AttendanceCertificate, AttendanceSheet, Attendee, Visit, render_certificate, render_sheet,
    },
    day_list::{self, DayList, Expected},
};
use domain::{
    access::{Action, Facts, may},
    kernel::{
        ids::{BookingId, SlotId},
        slug::Slug,
        uai::Uai,
    },
};
use jiff::civil::Date;
use projections::{
    directory::schools::{self, School},
    ministages::{
        bookings::{self, BookingStatus},
        lists,
        placements::{self, Placement},
        slots::{self, Slot},
    },
    platforms::{
        formations, platform_hosts,
        platform_list::{self, Platform},
    },
};
use schema::{names, ports::Caller};

use crate::{
    app::App,
    clock,
    files::{NoFile, attachment, failed, none},
    reactions::letterhead,
};

type Paper = Result<(String, Vec<u8>), NoFile>;

/// The papers’ addresses.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/creneau/{slot}/emargement.pdf", get(sheet))
        .route("/reservation/{booking}/attestation.pdf", get(certificate))
        .route("/plateforme/{platform}/hote/{host}/liste-du-jour/{date}", get(list))
}

async fn sheet(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Path(slot): Path<String>,
) -> Response {
    let paper = match slot.parse() {
        Ok(slot) => sheet_of(&app, &caller, slot).await,
        Err(_) => Err(NoFile::NotFound),
    };
    served(&app, paper)
}

async fn certificate(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Path(booking): Path<String>,
) -> Response {
    let paper = match booking.parse() {
        Ok(booking) => certificate_of(&app, &caller, booking).await,
        Err(_) => Err(NoFile::NotFound),
    };
    served(&app, paper)
}

async fn list(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Path((platform, host, date)): Path<(String, String, String)>,
) -> Response {
    let date = date.strip_suffix(".pdf").and_then(|date| date.parse().ok());
    let paper = match (platform.parse(), host.parse(), date) {
        (Ok(platform), Ok(host), Some(date)) => list_of(&app, &caller, platform, host, date).await,
        _ => Err(NoFile::NotFound),
    };
    served(&app, paper)
}

fn served(app: &App, paper: Paper) -> Response {
    match paper {
        Ok((name, pdf)) => attachment(&name, "application/pdf", pdf),
        Err(why) => none(app, why),
    }
}

/// « Feuille d’émargement »: all who have a seat, by name.
async fn sheet_of(app: &App, caller: &Caller, slot: SlotId) -> Paper {
    let viewer = caller.viewer.clone();
    let found = app.read.query(move |db| {
        let Some(slot) = slots::by_id(db, slot)? else {
            return Ok(None);
        };
        let attached = platform_hosts::is_attached(db, &slot.platform, &slot.host)?;
        let facts = Facts::host(slot.platform.clone(), slot.host.clone(), attached);
        if !may(&viewer, Action::ReadDayList, &facts) {
            return Ok(None);
        }
        let mut pupils = bookings::of_slot(db, slot.id)?;
        pupils.retain(|booking| booking.status.holds_a_seat());
        let host = schools::by_uai(db, &slot.host)?;
        let formation = formations::by_id(db, slot.formation)?;
        let platform = platform_list::by_slug(db, &slot.platform)?;
        let visit = visit(&slot, host.as_ref(), names::of_formation(formation.as_ref()));
        Ok(Some((visit, platform, placements::placements(db, pupils)?)))
    });
    let (visit, platform, mut pupils) =
        found.await.map_err(|err| failed(&err))?.ok_or(NoFile::NotFound)?;
    pupils.sort_by_cached_key(|it| attendee(it).name);
    let name = format!("Feuille d'emargement {}.pdf", visit.date);
    let sheet = AttendanceSheet {
        letterhead: letterhead(app, platform.as_ref()).await.map_err(|err| failed(&err))?,
        issued: today(app, platform.as_ref()),
        visit,
        pupils: pupils.iter().map(attendee).collect(),
    };
    drawn(name, move || render_sheet(&sheet)).await
}

/// « Attestation de présence »: of nobody but who was recorded as present.
async fn certificate_of(app: &App, caller: &Caller, booking: BookingId) -> Paper {
    let viewer = caller.viewer.clone();
    let found = app.read.query(move |db| {
        let Some(it) = placements::placement(db, booking)? else {
            return Ok(None);
        };
        let attached = platform_hosts::is_attached(db, &it.slot.platform, &it.slot.host)?;
        let facts = Facts::placement(
            it.slot.platform.clone(),
            it.booking.origin.clone(),
            it.slot.host.clone(),
            attached,
        );
        Ok(may(&viewer, Action::ReadAttendance, &facts).then_some(it))
    });
    let it = found.await.map_err(|err| failed(&err))?.ok_or(NoFile::NotFound)?;
    if it.booking.present != Some(true) {
        return Err(NoFile::NotFound);
    }
    let pupil = it.booking.pupil.known().ok_or(NoFile::Erased)?;
    let address = it.host.as_ref().map(|host| &host.listing.address);
    let certificate = AttendanceCertificate {
        letterhead: letterhead(app, it.platform.as_ref()).await.map_err(|err| failed(&err))?,
        issued: today(app, it.platform.as_ref()),
        visit: visit(&it.slot, it.host.as_ref(), names::of_formation(it.formation.as_ref())),
        host_address: address.map(|it| format!("{}, {} {}", it.street, it.postal_code, it.city)),
        host_city: address.map(|address| address.city.clone()),
        pupil: attendee(&it),
        born: pupil.birth_date,
    };
    let name = format!("Attestation de presence {}.pdf", it.slot.details.date);
    drawn(name, move || render_certificate(&certificate)).await
}

/// « Liste du jour »: what the page of that name shows.
async fn list_of(app: &App, caller: &Caller, platform: Slug, host: Uai, date: Date) -> Paper {
    let viewer = caller.viewer.clone();
    let found = app.read.query(move |db| {
        let attached = platform_hosts::is_attached(db, &platform, &host)?;
        let facts = Facts::host(platform.clone(), host.clone(), attached);
        let Some(row) = platform_list::by_slug(db, &platform)? else {
            return Ok(None);
        };
        if !may(&viewer, Action::ReadDayList, &facts) {
            return Ok(None);
        }
        let expected = lists::of_the_day(db, Some(&platform), &host, date)?;
        let name = names::of_school(schools::by_uai(db, &host)?.as_ref(), &host);
        Ok(Some((row, name, placements::placements(db, expected)?)))
    });
    let (platform, host, expected) =
        found.await.map_err(|err| failed(&err))?.ok_or(NoFile::NotFound)?;
    let list = DayList {
        letterhead: letterhead(app, Some(&platform)).await.map_err(|err| failed(&err))?,
        host,
        date,
        issued: today(app, Some(&platform)),
        slots: by_slot(&expected),
    };
    drawn(format!("Liste du jour {date}.pdf"), move || day_list::render(&list)).await
}

/// One after the other, as the list brings them.
fn by_slot(expected: &[Placement]) -> Vec<day_list::Slot> {
    let of_one = expected.chunk_by(|one, next| one.slot.id == next.slot.id);
    let slots = of_one.filter_map(|pupils| Some((pupils.first()?, pupils)));
    slots
        .map(|(first, pupils)| day_list::Slot {
            formation: names::of_formation(first.formation.as_ref()),
            starts: first.slot.details.start,
            ends: first.slot.details.end,
            room: first.slot.details.room.clone(),
            teacher: teacher(&first.slot),
            pupils: pupils.iter().map(expected_one).collect(),
        })
        .collect()
}

fn expected_one(it: &Placement) -> Expected {
    let Attendee { name, school, .. } = attendee(it);
    let validated = it.booking.status == BookingStatus::Confirmed;
    let remark = (!validated).then(|| "Convention non validée".to_owned());
    Expected { name, school, remark }
}

fn attendee(it: &Placement) -> Attendee {
    let pupil = it.booking.pupil.known();
    Attendee {
        name: pupil.map_or_else(
            || "Élève effacé(e)".to_owned(),
            |pupil| names::of_person(&pupil.last_name, &pupil.first_name),
        ),
        school: names::of_school(it.origin.as_ref(), &it.booking.origin),
        class: pupil.and_then(|pupil| pupil.class.clone()),
    }
}

fn visit(slot: &Slot, host: Option<&School>, formation: String) -> Visit {
    let details = &slot.details;
    Visit {
        host: names::of_school(host, &slot.host),
        formation,
        date: details.date,
        starts: details.start,
        ends: details.end,
        room: details.room.clone(),
        teacher: teacher(slot),
    }
}

fn teacher(slot: &Slot) -> Option<String> {
    slot.details.teacher.as_ref().and_then(|teacher| teacher.known().cloned())
}

fn today(app: &App, platform: Option<&Platform>) -> Date {
    let zone = platform.map_or("Europe/Paris", |platform| &platform.time_zone);
    clock::moment(app.journal.clock().now(), zone).local.date()
}

/// Draws where it holds up no request.
async fn drawn(
    name: String,
    draw: impl FnOnce() -> Result<Vec<u8>, RenderFault> + Send + 'static,
) -> Paper {
    match tokio::task::spawn_blocking(draw).await {
        Ok(Ok(pdf)) => Ok((name, pdf)),
        Ok(Err(err)) => Err(failed(&err)),
        Err(err) => Err(failed(&err)),
    }
}
