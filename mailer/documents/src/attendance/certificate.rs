//! Puts the certificate of attendance on its page.

use super::AttendanceCertificate;
use crate::RenderFault;
use crate::french;
use crate::paper::colour::Colour;
use crate::paper::face::Faces;
use crate::paper::flow::{Piece, paged};
use crate::paper::outline::{Outline, Role};
use crate::paper::plain::{MARGIN, MEASURE, column, foot, frames, lines};
use crate::paper::sheet::{Area, Command, Draw, MM, Sheets};
use crate::paper::text::Style;

const MOST_PAGES: usize = 20;
/// The place to sign and to stamp in.
const SIGNING: (f32, f32) = (80.0 * MM, 35.0 * MM);

pub(super) fn laid_out(it: &AttendanceCertificate) -> Result<Sheets, RenderFault> {
    let faces = Faces::load()?;
    let mut outline = Outline::default();
    let mut pieces = Vec::new();
    for (role, text, style, gap) in parts(it) {
        let element = outline.top(role);
        pieces.extend(column(&lines(faces, &text, style, MEASURE), element, gap));
    }
    let place = outline.figure(None, "Place de la signature et du cachet");
    pieces.push(signing(Command { element: Some(place), draw: frame() }));
    let mut pages = paged(pieces, frames(MOST_PAGES))?;
    let count = pages.len();
    for (index, page) in pages.iter_mut().enumerate() {
        let issuer = (it.letterhead.name.as_str(), it.issued);
        page.extend(foot(faces, issuer, (index, count)));
    }
    Ok(Sheets {
        title: format!("Attestation de présence du {}", french::long_date(it.visit.date)),
        author: it.letterhead.name.clone(),
        subject: format!("Mini-stage : {}", it.visit.formation),
        issued: it.issued,
        outline,
        pages,
    })
}

fn parts(it: &AttendanceCertificate) -> Vec<(Role, String, Style, f32)> {
    let brand = it.letterhead.colour;
    let (plain, second) = (Style::regular(11.0, Colour::INK), Style::regular(9.5, Colour::SECOND));
    let mut parts =
        vec![(Role::Paragraph, it.visit.host.clone(), Style::strong(10.5, Colour::INK), 0.0)];
    parts.extend(it.host_address.clone().map(|text| (Role::Paragraph, text, second, 0.0)));
    let title = "Attestation de présence".to_owned();
    parts.push((Role::Title, title, Style::strong(20.0, brand), 14.0 * MM));
    parts.push((Role::Paragraph, attested(it), plain.leading(17.0), 8.0 * MM));
    let use_of = "Attestation délivrée pour servir et valoir ce que de droit.".to_owned();
    parts.push((Role::Paragraph, use_of, plain, 5.0 * MM));
    let done = match &it.host_city {
        Some(city) => format!("Fait à {city}, le {}", french::date(it.issued)),
        None => format!("Fait le {}", french::date(it.issued)),
    };
    parts.push((Role::Paragraph, done, plain, 12.0 * MM));
    let who = "Pour l’établissement d’accueil : nom, qualité, signature et cachet";
    parts.push((Role::Paragraph, french::typeset(who), second, 2.0 * MM));
    parts
}

/// The sentence that the host signs.
fn attested(it: &AttendanceCertificate) -> String {
    let visit = &it.visit;
    let born = it.born.map(|day| format!(", né(e) le {}", french::unbroken(&french::date(day))));
    let class = it.pupil.class.as_ref().map(|class| format!(" en classe de {class}"));
    let room = visit.room.as_ref().map(|room| format!(", salle « {room} »"));
    let day = french::unbroken(&french::long_date(visit.date));
    let text = format!(
        "L’établissement d’accueil {host} atteste que {name}{born}, élève{class} de \
         l’établissement {school}, était présent(e) au mini-stage « {formation} » le {day}, \
         {hours}{room}.",
        host = visit.host,
        name = it.pupil.name,
        born = born.unwrap_or_default(),
        class = class.unwrap_or_default(),
        school = it.pupil.school,
        formation = visit.formation,
        hours = french::hours(visit.starts, visit.ends),
        room = room.unwrap_or_default(),
    );
    french::typeset(&text)
}

fn frame() -> Draw {
    let (width, height) = SIGNING;
    let area = Area::new(MARGIN, 0.0, width, height);
    Draw::Edge { area, colour: Colour::LINE, thickness: 0.8 }
}

fn signing(place: Command) -> Piece {
    Piece { height: SIGNING.1, gap: 2.0 * MM, keep: false, commands: vec![place] }
}
