//! « Photographier »: the pages of a convention, photographed, come back as one PDF.

use std::io::Cursor;

use documents::deposit::{Limits, inspect};
use fixtures::schools::COLLEGE_MOULIN;
use image::{ImageFormat, Rgb, RgbImage};
use serde_json::{Value, json};

use crate::support::{
    Backend, Person,
    stage::{Stage, convention_of, sign_up},
};

/// A page as a phone held upright stores it: on its side, with the place where it was taken.
fn photograph() -> Vec<u8> {
    let exif = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
    let place = b"GPS 47.4784 N, 0.5632 W";
    let length = u16::try_from(2 + exif.len() + place.len()).unwrap().to_be_bytes();
    let mut bytes = picture(ImageFormat::Jpeg);
    bytes.splice(2..2, [b"\xff\xe1", &length[..], exif, place].concat());
    bytes
}

pub(crate) fn picture(format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    RgbImage::from_pixel(320, 240, Rgb([240, 240, 230])).write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

pub(crate) async fn deposit(person: &Person, convention: &str, pages: &[&[u8]]) -> Value {
    let wanted = "... on ConventionDeposited { recognised convention { tab } }";
    let input = json!({ "convention": convention });
    person.upload_all("depositPhotographs", wanted, input, pages).await
}

async fn photographs_become_one_pdf(backend: Backend) {
    let stage = Stage::set(backend).await;
    let slot = stage.slot(4).await;
    let (booking, _) = stage.book(slot, "Papa", "Paul").await;
    let convention = convention_of(&booking);

    // Another school does not even know that there is such a convention.
    let stranger = sign_up(&stage.app, &COLLEGE_MOULIN).await;
    let (jpeg, png) = (photograph(), picture(ImageFormat::Png));
    let unseen = deposit(&stranger, &convention, &[&jpeg]).await;
    assert_eq!(unseen["errors"][0]["extensions"]["code"], "NOT_FOUND", "{unseen:#}");
    assert_eq!(stage.college.get(&format!("/convention/{convention}/depot.pdf")).await.0, 404);

    // A page that is cut short is named, and nothing of the others is stored.
    let cut = deposit(&stage.college, &convention, &[&jpeg, &png[..png.len() / 2]]).await;
    let refused = &cut["data"]["done"];
    assert_eq!(
        (&refused["code"], &refused["field"]),
        (&json!("FILE_TRUNCATED"), &json!("files.1"))
    );
    assert_eq!(stage.college.get(&format!("/convention/{convention}/depot.pdf")).await.0, 404);

    let done = deposit(&stage.college, &convention, &[&jpeg, &png, &jpeg]).await;
    assert_eq!(done["data"]["done"]["convention"]["tab"], "AWAITING_VALIDATION", "{done:#}");
    stage.app.drain().await;
    let (status, pdf) = stage.lycee.get(&format!("/convention/{convention}/depot.pdf")).await;
    assert_eq!(status, 200);
    assert_eq!(inspect(&pdf, &Limits::default()).map(|it| it.pages), Ok(3));
    for word in [b"GPS".as_slice(), b"47.4784", b"Exif"] {
        assert!(!pdf.windows(word.len()).any(|window| window == word), "{word:?}");
    }

    // Validated, it is « Conv. »; the host may deposit photographs too.
    stage.lycee.give("validateConvention", "", json!({ "convention": convention })).await;
    stage.app.drain().await;
    let (_, current) = stage.college.get(&format!("/convention/{convention}/conv.pdf")).await;
    assert_eq!(current, pdf);
    let reason = json!({ "convention": convention, "reason": "Photographie floue" });
    stage.lycee.give("invalidateConvention", "", reason).await;
    let again = deposit(&stage.lycee, &convention, &[&png]).await;
    assert_eq!(again["data"]["done"]["recognised"], false, "{again:#}");
}

#[tokio::test]
async fn photographs_become_one_pdf_in_sqlite() {
    photographs_become_one_pdf(Backend::Sqlite).await;
}

#[tokio::test]
async fn photographs_become_one_pdf_in_postgresql() {
    photographs_become_one_pdf(Backend::Postgres).await;
}
