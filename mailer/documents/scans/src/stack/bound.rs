//! A PDF of pictures, one a page, each in the bytes in which it came where a PDF
//! can hold them.

use lopdf::{Dictionary, Document, Object, Stream, dictionary};

/// A page to be.
#[derive(Debug)]
pub(super) struct Picture {
    /// What a PDF must know of the pixels, without width and height.
    pub(super) form: Dictionary,
    pub(super) pixels: Vec<u8>,
    pub(super) width: u32,
    pub(super) height: u32,
    /// Width and height on paper, in points.
    pub(super) paper: (f32, f32),
    /// How often the page is turned clockwise by a quarter when it is shown.
    pub(super) turned: u8,
}

/// The same bytes for the same pictures.
pub(super) fn bound(pictures: Vec<Picture>) -> Option<Vec<u8>> {
    let mut document = Document::with_version("1.7");
    let tree = document.new_object_id();
    let mut kids: Vec<Object> = Vec::with_capacity(pictures.len());
    for picture in pictures {
        let (width, height) = picture.paper;
        let mut form = picture.form;
        form.set("Type", "XObject");
        form.set("Subtype", "Image");
        form.set("Width", i64::from(picture.width));
        form.set("Height", i64::from(picture.height));
        let pixels = document.add_object(Stream::new(form, picture.pixels));
        let draw = format!("q {width} 0 0 {height} 0 0 cm /P Do Q").into_bytes();
        let draw = document.add_object(Stream::new(Dictionary::new(), draw));
        let page = dictionary! {
            "Type" => "Page",
            "Parent" => tree,
            "MediaBox" => vec![0.into(), 0.into(), width.into(), height.into()],
            "Rotate" => i64::from(picture.turned) * 90,
            "Resources" => dictionary! { "XObject" => dictionary! { "P" => pixels } },
            "Contents" => draw,
        };
        kids.push(document.add_object(page).into());
    }
    let count = i64::try_from(kids.len()).ok()?;
    let pages = dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count };
    document.objects.insert(tree, pages.into());
    let catalogue = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree });
    document.trailer.set("Root", catalogue);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).ok()?;
    Some(bytes)
}
