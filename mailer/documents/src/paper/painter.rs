//! Drawing commands become a PDF. The only module, with `finish`, that knows
//! the engine.

use std::collections::{BTreeMap, BTreeSet};

use printpdf::matrix::CurTransMat;
use printpdf::{
    DictItem, ExternalStream, ExternalXObject, FontId, Mm, Op, PaintMode, ParsedFont, PdfDocument,
    PdfFont, PdfFontHandle, PdfPage, PdfSaveOptions, Point, Pt, Rect, Rgb, TextItem, XObject,
    XObjectId, XObjectTransform,
};

use super::colour::Colour;
use super::face::{Face, Faces};
use super::finish::{self, Content};
use super::outline::{ElementId, Outline};
use super::sfnt;
use super::sheet::{Area, Command, Draw, HEIGHT, Sheets};
use super::square::Square;
use crate::fault::RenderFault;
use crate::picture::Picture;

/// The bytes of the document: the same for the same sheets.
pub(crate) fn paint(sheets: &Sheets) -> Result<Vec<u8>, RenderFault> {
    let mut painter = Painter::new(Faces::load()?, &sheets.outline);
    let pages: Vec<Vec<Op>> = sheets.pages.iter().map(|page| painter.page(page)).collect();
    let mut document = PdfDocument::new("");
    for face in Face::ALL {
        let used = painter.used.entry(face).or_default();
        document.resources.fonts.map.insert(font_id(face), embedded(face, used)?);
    }
    for (index, picture) in painter.pictures.iter().enumerate() {
        document.resources.xobjects.map.insert(picture_id(index), image(picture));
    }
    document.pages = pages.into_iter().map(|ops| PdfPage::new(Mm(210.0), Mm(297.0), ops)).collect();
    let finished = document.to_lopdf_document(&PdfSaveOptions::default(), &mut Vec::new());
    finish::finished(finished, sheets, &painter.marked)
}

struct Painter<'a> {
    faces: &'static Faces,
    outline: &'a Outline,
    used: BTreeMap<Face, BTreeSet<u16>>,
    pictures: Vec<Picture>,
    /// For each page, the element of each marked content.
    marked: Vec<Content>,
}

impl<'a> Painter<'a> {
    fn new(faces: &'static Faces, outline: &'a Outline) -> Self {
        Self { faces, outline, used: BTreeMap::new(), pictures: Vec::new(), marked: Vec::new() }
    }

    fn page(&mut self, commands: &[Command]) -> Vec<Op> {
        let mut ops = Vec::new();
        let mut content = Content::new();
        for group in commands.chunk_by(|one, next| one.element == next.element) {
            let element = group.first().and_then(|command| command.element);
            ops.push(self.mark(&mut content, element));
            for command in group {
                self.draw(&command.draw, &mut ops);
            }
            ops.push(Op::EndMarkedContent);
        }
        self.marked.push(content);
        ops
    }

    fn mark(&self, content: &mut Content, element: Option<ElementId>) -> Op {
        let role = element.and_then(|element| self.outline.elements.get(element.0));
        let (Some(element), Some(role)) = (element, role.map(|element| element.role)) else {
            return Op::BeginMarkedContent { tag: "Artifact".to_owned() };
        };
        let number = i64::try_from(content.len()).unwrap_or_default();
        content.push(element);
        let map = BTreeMap::from([("MCID".to_owned(), DictItem::Int(number))]);
        Op::BeginMarkedContentWithProperties {
            tag: role.tag().to_owned(),
            properties: DictItem::Dict { map },
        }
    }

    fn draw(&mut self, draw: &Draw, ops: &mut Vec<Op>) {
        match draw {
            Draw::Text { x, baseline, face, size, colour, text } => {
                let items = self.items(*face, text);
                ops.extend([
                    Op::StartTextSection,
                    fill_colour(*colour),
                    Op::SetFont {
                        font: PdfFontHandle::External(font_id(*face)),
                        size: Pt(rounded(*size)),
                    },
                    Op::SetTextCursor { pos: point(*x, *baseline) },
                    Op::ShowText { items },
                    Op::EndTextSection,
                ]);
            }
            Draw::Fill { area, colour } => {
                ops.push(fill_colour(*colour));
                ops.push(rectangle(*area, PaintMode::Fill));
            }
            Draw::Edge { area, colour, thickness } => ops.extend([
                Op::SetOutlineColor { col: rgb(*colour) },
                Op::SetOutlineThickness { pt: Pt(*thickness) },
                rectangle(*area, PaintMode::Stroke),
            ]),
            Draw::Image { area, picture } => self.image(*area, picture, ops),
            Draw::Code { area, square } => code(*area, square, ops),
        }
    }

    /// The text cut where kerning moves the pen.
    fn items(&mut self, face: Face, text: &str) -> Vec<TextItem> {
        let metrics = self.faces.of(face);
        let used = self.used.entry(face).or_default();
        let mut items = Vec::new();
        let mut stretch = String::new();
        let mut characters = text.chars().peekable();
        while let Some(character) = characters.next() {
            used.insert(metrics.glyph(character));
            stretch.push(character);
            let kern = characters.peek().map_or(0, |next| metrics.kern(character, *next));
            if kern != 0 {
                items.push(TextItem::Text(std::mem::take(&mut stretch)));
                #[expect(clippy::cast_precision_loss, reason = "a kern is below 1000")]
                items.push(TextItem::Offset(-kern as f32));
            }
        }
        items.push(TextItem::Text(stretch));
        items
    }

    fn image(&mut self, area: Area, picture: &Picture, ops: &mut Vec<Op>) {
        let known = self.pictures.iter().position(|one| one == picture);
        let index = known.unwrap_or_else(|| {
            self.pictures.push(picture.clone());
            self.pictures.len() - 1
        });
        let bottom = HEIGHT - area.y - area.height;
        let matrix = picture.stored.over(area.x, bottom, area.width, area.height);
        let transform = XObjectTransform { no_auto_scale: true, ..XObjectTransform::default() };
        ops.extend([
            Op::SaveGraphicsState,
            Op::SetTransformationMatrix { matrix: CurTransMat::Raw(matrix.map(rounded)) },
            Op::UseXobject { id: picture_id(index), transform },
            Op::RestoreGraphicsState,
        ]);
    }
}

fn code(area: Area, square: &Square, ops: &mut Vec<Op>) {
    let module = area.width / f32::from(square.side);
    ops.push(fill_colour(Colour::BLACK));
    for &(row, column, length) in &square.runs {
        let stretch = Area::new(
            area.x + f32::from(column) * module,
            area.y + f32::from(row) * module,
            f32::from(length) * module,
            module,
        );
        ops.push(rectangle(stretch, PaintMode::Fill));
    }
}

fn font_id(face: Face) -> FontId {
    FontId(
        match face {
            Face::Regular => "FR",
            Face::Strong => "FS",
        }
        .to_owned(),
    )
}

fn picture_id(index: usize) -> XObjectId {
    XObjectId(format!("Im{index}"))
}

/// The face with only the outlines that the document uses.
fn embedded(face: Face, used: &BTreeSet<u16>) -> Result<PdfFont, RenderFault> {
    let mut font =
        ParsedFont::from_bytes(face.file(), 0, &mut Vec::new()).ok_or(RenderFault::Font)?;
    font.original_bytes = sfnt::with_only(face.file(), used).ok_or(RenderFault::Font)?;
    font.font_name = Some(face.name().to_owned());
    Ok(PdfFont::new(font))
}

/// The stored pixels as they are: nothing is encoded again.
fn image(picture: &Picture) -> XObject {
    let name = |name: &str| DictItem::Name(name.as_bytes().to_vec());
    let stored = picture.stored;
    let (width, height) = (i64::from(stored.width), i64::from(stored.height));
    let mut dict = BTreeMap::from([
        ("Type".to_owned(), name("XObject")),
        ("Subtype".to_owned(), name("Image")),
        ("Width".to_owned(), DictItem::Int(width)),
        ("Height".to_owned(), DictItem::Int(height)),
        ("BitsPerComponent".to_owned(), DictItem::Int(8)),
        ("ColorSpace".to_owned(), name(if stored.grey { "DeviceGray" } else { "DeviceRGB" })),
    ]);
    if stored.png {
        let channels = if stored.grey { 1 } else { 3 };
        let parameters = BTreeMap::from([
            ("Predictor".to_owned(), DictItem::Int(15)),
            ("Colors".to_owned(), DictItem::Int(channels)),
            ("BitsPerComponent".to_owned(), DictItem::Int(8)),
            ("Columns".to_owned(), DictItem::Int(width)),
        ]);
        dict.insert("Filter".to_owned(), name("FlateDecode"));
        dict.insert("DecodeParms".to_owned(), DictItem::Dict { map: parameters });
    } else {
        dict.insert("Filter".to_owned(), name("DCTDecode"));
    }
    let stream = ExternalStream { dict, content: picture.stream(), compress: false };
    XObject::External(ExternalXObject { stream, width: None, height: None, dpi: None })
}

fn rectangle(area: Area, mode: PaintMode) -> Op {
    let rectangle = Rect {
        x: Pt(rounded(area.x)),
        y: Pt(rounded(HEIGHT - area.y - area.height)),
        width: Pt(rounded(area.width)),
        height: Pt(rounded(area.height)),
        mode: Some(mode),
        winding_order: None,
    };
    Op::DrawRectangle { rectangle }
}

fn point(x: f32, y: f32) -> Point {
    Point { x: Pt(rounded(x)), y: Pt(rounded(HEIGHT - y)) }
}

/// A thousandth of a point is finer than any printer, and short to write.
fn rounded(length: f32) -> f32 {
    (length * 1000.0).round() / 1000.0
}

fn fill_colour(colour: Colour) -> Op {
    Op::SetFillColor { col: rgb(colour) }
}

fn rgb(colour: Colour) -> printpdf::Color {
    let channel = |value: u8| rounded(f32::from(value) / 255.0);
    printpdf::Color::Rgb(Rgb {
        r: channel(colour.red),
        g: channel(colour.green),
        b: channel(colour.blue),
        icc_profile: None,
    })
}
