//! The last pass over a painted document: structure and language for screen
//! readers, description, and an identifier that depends on nothing but the
//! content.

use lopdf_of_printpdf as lopdf;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, StringFormat, dictionary};
use sha2::{Digest, Sha256};

use super::outline::{Element, ElementId, Role};
use super::sheet::Sheets;
use crate::fault::RenderFault;

/// The element of each marked content of a page.
pub(crate) type Content = Vec<ElementId>;

const LANGUAGE: &str = "fr-FR";
const PRODUCER: &str = "Escale";
/// Stands where the identifier will be, which only the finished bytes give.
const NO_IDENTIFIER: [u8; 16] = *b"\xff\x00escale id\x00\xff\x00\xff\x00";

/// The bytes of the document.
pub(crate) fn finished(
    mut document: Document,
    sheets: &Sheets,
    marked: &[Content],
) -> Result<Vec<u8>, RenderFault> {
    "1.7".clone_into(&mut document.version);
    let pages: Vec<ObjectId> = document.page_iter().collect();
    let tree = structure(&mut document, sheets, marked, &pages);
    let description = document.add_object(description(sheets));
    if let Ok(catalog) = document.catalog_mut() {
        catalog.set("Lang", Object::string_literal(LANGUAGE));
        catalog.set("MarkInfo", dictionary! { "Marked" => true });
        catalog.set("ViewerPreferences", dictionary! { "DisplayDocTitle" => true });
        catalog.set("StructTreeRoot", tree);
        catalog.set("Metadata", description);
        catalog.remove(b"PageLayout");
    }
    number_pages(&mut document, &pages);
    let information = document.add_object(information(sheets));
    document.trailer.set("Info", information);
    let identifier = Object::String(NO_IDENTIFIER.to_vec(), StringFormat::Hexadecimal);
    document.trailer.set("ID", vec![identifier.clone(), identifier]);
    document.prune_objects();
    document.compress();
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).map_err(RenderFault::Unwritable)?;
    identify(&mut bytes);
    Ok(bytes)
}

/// Puts the hash of the bytes in the two places kept for it.
fn identify(bytes: &mut [u8]) {
    let blank = hex::encode_upper(NO_IDENTIFIER);
    let digest = Sha256::digest(&*bytes);
    let identifier = hex::encode_upper(digest.get(..16).unwrap_or_default());
    while let Some(at) =
        bytes.windows(blank.len()).rposition(|window| window.eq_ignore_ascii_case(blank.as_bytes()))
    {
        bytes.iter_mut().skip(at).zip(identifier.bytes()).for_each(|(to, from)| *to = from);
    }
}

fn number_pages(document: &mut Document, pages: &[ObjectId]) {
    for (index, page) in pages.iter().enumerate() {
        if let Ok(page) = document.get_dictionary_mut(*page) {
            page.set("StructParents", integer(index));
            page.set("Tabs", "S");
            page.remove(b"Annots");
        }
    }
}

/// The structure tree; its root.
fn structure(
    document: &mut Document,
    sheets: &Sheets,
    marked: &[Content],
    pages: &[ObjectId],
) -> ObjectId {
    let elements = &sheets.outline.elements;
    let root = document.new_object_id();
    let top = document.new_object_id();
    let ids: Vec<ObjectId> = elements.iter().map(|_| document.new_object_id()).collect();
    let mut kids: Vec<Vec<Object>> = vec![Vec::new(); elements.len()];
    let mut parents = Vec::new();
    for (index, (content, page)) in marked.iter().zip(pages).enumerate() {
        for (number, element) in content.iter().enumerate() {
            if let Some(kids) = kids.get_mut(element.0) {
                kids.push(marked_content(*page, number));
            }
        }
        let owners = content.iter().filter_map(|element| ids.get(element.0));
        parents.push(integer(index));
        parents.push(owners.map(|id| Object::Reference(*id)).collect::<Vec<_>>().into());
    }
    let mut under_top = Vec::new();
    // Children come after their parents, so the last first. An empty element is
    // left out, but for a cell: a table without it would shift.
    for (index, element) in elements.iter().enumerate().rev() {
        let own = kids.get_mut(index).map(std::mem::take).unwrap_or_default();
        let kept = !own.is_empty() || element.role == Role::Cell;
        let Some(id) = ids.get(index).copied().filter(|_| kept) else {
            continue;
        };
        let parent = element.parent.and_then(|parent| ids.get(parent.0)).copied();
        document.set_object(id, structure_element(element, own, parent.unwrap_or(top)));
        match element.parent.and_then(|parent| kids.get_mut(parent.0)) {
            Some(siblings) => siblings.insert(0, Object::Reference(id)),
            None => under_top.insert(0, Object::Reference(id)),
        }
    }
    document.set_object(
        top,
        dictionary! { "Type" => "StructElem", "S" => "Document", "P" => root, "K" => under_top },
    );
    let tree = document.add_object(dictionary! { "Nums" => parents });
    document.set_object(
        root,
        dictionary! {
            "Type" => "StructTreeRoot", "K" => vec![Object::Reference(top)],
            "ParentTree" => tree, "ParentTreeNextKey" => integer(pages.len()),
        },
    );
    root
}

fn marked_content(page: ObjectId, number: usize) -> Object {
    Object::Dictionary(dictionary! { "Type" => "MCR", "Pg" => page, "MCID" => integer(number) })
}

fn structure_element(element: &Element, kids: Vec<Object>, parent: ObjectId) -> Dictionary {
    let mut dictionary = dictionary! {
        "Type" => "StructElem", "S" => element.role.tag(), "P" => parent, "K" => kids,
    };
    if let Some(alternative) = &element.alternative {
        dictionary.set("Alt", text(alternative));
    }
    if element.role == Role::HeaderCell {
        dictionary.set("A", dictionary! { "O" => "Table", "Scope" => "Column" });
    }
    dictionary
}

fn integer(number: usize) -> Object {
    Object::Integer(i64::try_from(number).unwrap_or_default())
}

/// A text in the encoding of PDF that holds every language.
fn text(text: &str) -> Object {
    let units = std::iter::once(0xfeff).chain(text.encode_utf16());
    let bytes = units.flat_map(u16::to_be_bytes).collect();
    Object::String(bytes, StringFormat::Hexadecimal)
}

fn information(sheets: &Sheets) -> Dictionary {
    let issued = sheets.issued.strftime("D:%Y%m%d000000Z").to_string();
    dictionary! {
        "Title" => text(&sheets.title),
        "Author" => text(&sheets.author),
        "Subject" => text(&sheets.subject),
        "Creator" => text(PRODUCER),
        "Producer" => text(PRODUCER),
        "CreationDate" => Object::string_literal(issued.clone()),
        "ModDate" => Object::string_literal(issued),
    }
}

/// The same in XMP.
fn description(sheets: &Sheets) -> Stream {
    let escaped = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let (title, author, subject) =
        (escaped(&sheets.title), escaped(&sheets.author), escaped(&sheets.subject));
    let day = sheets.issued;
    let xmp = format!(
        r#"<?xpacket begin="{bom}" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>{LANGUAGE}</rdf:li></rdf:Bag></dc:language>
<xmp:CreatorTool>{PRODUCER}</xmp:CreatorTool>
<xmp:CreateDate>{day}T00:00:00Z</xmp:CreateDate>
<xmp:ModifyDate>{day}T00:00:00Z</xmp:ModifyDate>
<pdf:Producer>{PRODUCER}</pdf:Producer>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"#,
        bom = '\u{feff}',
    );
    let dictionary = dictionary! { "Type" => "Metadata", "Subtype" => "XML" };
    Stream::new(dictionary, xmp.into_bytes()).with_compression(false)
}
