//! What goes with a page into a file of its own, and what stays behind.

use lopdf::{Dictionary, Document, Object, Stream, dictionary};
use scans::{BadScan, Limits, SplitFault, Stack, split};

/// Two pages that share one list of pictures, as some scanners write it; the first
/// with an annotation that draws and one that runs a script.
fn shared() -> Vec<u8> {
    let mut document = Document::with_version("1.5");
    let tree = document.new_object_id();
    let picture = |document: &mut Document, mark: &str| {
        let form = dictionary! {
            "Type" => "XObject", "Subtype" => "Image", "Width" => 1, "Height" => 1,
            "ColorSpace" => "DeviceGray", "BitsPerComponent" => 8,
            "PieceInfo" => dictionary! { "Secret" => Object::string_literal("of Alice") },
        };
        document.add_object(Stream::new(form, mark.as_bytes().to_vec()))
    };
    let first = picture(&mut document, "pixels of Alice");
    let second = picture(&mut document, "pixels of Bob");
    let look = dictionary! { "Subtype" => "Form", "BBox" => vec![0.into(); 4] };
    let look = document.add_object(Stream::new(look, b"ink of Alice".to_vec()));
    let inks = vec![
        Object::Dictionary(dictionary! {
            "Subtype" => "Ink", "Rect" => vec![1.into(), 2.into(), 3.into(), 4.into()],
            "AP" => dictionary! { "N" => look }, "P" => tree,
            "A" => dictionary! { "S" => "JavaScript", "JS" => Object::string_literal("steal()") },
        }),
        Object::Dictionary(
            dictionary! { "Subtype" => "Link", "AP" => dictionary! { "N" => look } },
        ),
    ];
    let pages = [(&b"/Im0 Do"[..], inks), (b"q /Im#31 Do Q", Vec::new())].map(|(draw, inks)| {
        let draw = document.add_object(Stream::new(Dictionary::new(), draw.to_vec()));
        document.add_object(dictionary! {
            "Type" => "Page", "Parent" => tree, "Contents" => draw, "Annots" => inks,
            "AA" => dictionary! { "O" => dictionary! { "S" => "JavaScript" } },
        })
    });
    let kids: Vec<Object> = pages.into_iter().map(Object::Reference).collect();
    let inherited = dictionary! {
        "Type" => "Pages", "Kids" => kids, "Count" => 2, "Rotate" => 90,
        "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()],
        "Resources" => dictionary! { "XObject" => dictionary! { "Im0" => first, "Im1" => second } },
    };
    document.objects.insert(tree, inherited.into());
    let open = dictionary! { "S" => "JavaScript", "JS" => Object::string_literal("steal()") };
    let root = dictionary! { "Type" => "Catalog", "Pages" => tree, "OpenAction" => open };
    let root = document.add_object(root);
    document.trailer.set("Root", root);
    written(document)
}

fn written(mut document: Document) -> Vec<u8> {
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).expect("a file in memory is written");
    bytes
}

fn holds(bytes: &[u8], word: &str) -> bool {
    bytes.windows(word.len()).any(|window| window == word.as_bytes())
}

#[test]
fn each_pupil_has_the_own_page_only() {
    let stack = Stack::open(shared(), &Limits::default()).unwrap();

    let alone = [0, 1].map(|page| split(&stack, &[page]).unwrap());

    let named = alone.map(|file| ["pixels of Alice", "pixels of Bob"].map(|it| holds(&file, it)));
    assert_eq!(named, [[true, false], [false, true]]);
}

#[test]
fn what_is_drawn_stays_and_what_acts_or_tells_does_not() {
    let stack = Stack::open(shared(), &Limits::default()).unwrap();

    let first = split(&stack, &[0]).unwrap();

    assert!(holds(&first, "ink of Alice"));
    for gone in ["JavaScript", "steal", "PieceInfo", "Secret", "Link", "OpenAction"] {
        assert!(!holds(&first, gone), "{gone}");
    }
    let made = Document::load_mem(&first).unwrap();
    let page = made.get_dictionary(made.page_iter().next().unwrap()).unwrap();
    assert_eq!(page.get(b"Rotate").unwrap().as_i64().unwrap(), 90);
    assert_eq!(page.get(b"MediaBox").unwrap().as_array().unwrap().len(), 4);
}

#[test]
fn a_signed_file_is_never_split() {
    let mut signed = Document::load_mem(&shared()).unwrap();
    signed.add_object(dictionary! { "Type" => "Sig", "ByteRange" => vec![0.into(); 4] });

    let stack = Stack::open(written(signed), &Limits::default()).unwrap();

    assert!(stack.is_signed());
    assert_eq!(split(&stack, &[0]).err(), Some(SplitFault::Signed));
}

#[test]
fn drawings_that_cannot_be_inflated_are_refused_with_their_page() {
    let mut damaged = Document::load_mem(&shared()).unwrap();
    let page = damaged.page_iter().nth(1).unwrap();
    let drawing = Stream::new(dictionary! { "Filter" => "FlateDecode" }, b"no zlib".to_vec());
    let drawing = damaged.add_object(drawing);
    damaged.get_dictionary_mut(page).unwrap().set("Contents", drawing);

    let stack = Stack::open(written(damaged), &Limits::default()).unwrap();

    assert!(split(&stack, &[0]).is_ok());
    assert_eq!(split(&stack, &[1]).err(), Some(SplitFault::Damaged { page: 1 }));
}

#[test]
fn a_picture_that_claims_too_many_pixels_is_refused_before_it_is_decoded() {
    let mut huge = Document::load_mem(&shared()).unwrap();
    huge.add_object(Stream::new(
        dictionary! { "Subtype" => "Image", "Width" => 50_000, "Height" => 50_000 },
        Vec::new(),
    ));

    let refused = Stack::open(written(huge), &Limits::default()).err();

    assert_eq!(refused, Some(BadScan::TooManyPixels { most: 70_000_000 }));
}
