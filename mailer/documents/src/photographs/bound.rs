//! One photograph a page, as large as the paper allows.

use jiff::civil::Date;

use super::{MOST_PAGES, Photograph};
use crate::RenderFault;
use crate::paper::outline::Outline;
use crate::paper::painter;
use crate::paper::sheet::{Area, Command, Draw, HEIGHT, Sheets, WIDTH};

const PAPER: Area = Area::new(0.0, 0.0, WIDTH, HEIGHT);

pub(super) fn bound(photographs: &[Photograph], issued: Date) -> Result<Vec<u8>, RenderFault> {
    if photographs.len() > MOST_PAGES {
        return Err(RenderFault::TooLong { most: MOST_PAGES });
    }
    let mut outline = Outline::default();
    let pages = photographs.iter().zip(1..).map(|(Photograph(picture), page)| {
        let alternative = format!("Page {page} de la convention, photographiée");
        let (width, height) = picture.stored.shape();
        let area = PAPER.fitting(width, height);
        let element = Some(outline.figure(None, &alternative));
        vec![Command { element, draw: Draw::Image { area, picture: picture.clone() } }]
    });
    let pages = pages.collect();
    painter::paint(&Sheets {
        title: "Convention déposée en photographies".to_owned(),
        author: "Escale".to_owned(),
        subject: "Convention signée, une photographie par page".to_owned(),
        issued,
        outline,
        pages,
    })
}
