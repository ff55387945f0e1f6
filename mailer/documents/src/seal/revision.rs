//! What is appended to the PDF: a signature, an invisible field that holds it,
//! and the form and the page that name the field.

use std::ops::Range;

use der::asn1::Int;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use lopdf::{Dictionary, IncrementalDocument, Object, ObjectId, StringFormat, dictionary};
use sha2::{Digest, Sha256};

use super::container::{self, Signed};
use super::fault::SealFault;
use super::key::SealingKey;
use super::stamp;
use crate::deposit;

/// Stands where the four numbers of the byte range will be.
const NO_RANGE: i64 = 9_999_999_999;
/// What a signature takes beside its certificates, bytes.
const SIGNATURE_ROOM: usize = 2_048;
/// What a time stamp takes with the certificates of its authority, bytes.
const TIME_STAMP_ROOM: usize = 12_288;
/// Printed, locked: what viewers expect of the widget of a signature.
const WIDGET_FLAGS: i64 = 132;
const REASON: &str = "Cachet électronique de la plateforme";

/// A PDF that is signed but for its time stamp.
#[derive(Debug)]
pub struct Prepared {
    bytes: Vec<u8>,
    /// Where the digits of the container go.
    contents: Range<usize>,
    signed: Signed,
    /// Of the question for a time stamp.
    nonce: Int,
}

/// Seals a PDF: the same bytes, then a signature by this key that claims this
/// instant. The same input gives the same bytes but for the signature itself.
pub fn seal(pdf: &[u8], key: &SealingKey, at: Timestamp) -> Result<Vec<u8>, SealFault> {
    appended(pdf, key, at, SIGNATURE_ROOM)?.without_time_stamp()
}

/// The same with room for a time stamp.
pub fn prepare(pdf: &[u8], key: &SealingKey, at: Timestamp) -> Result<Prepared, SealFault> {
    appended(pdf, key, at, SIGNATURE_ROOM + TIME_STAMP_ROOM)
}

impl Prepared {
    /// What to ask an authority (RFC 3161), media type `application/timestamp-query`.
    pub fn time_stamp_request(&self) -> Result<Vec<u8>, SealFault> {
        stamp::question(&self.signed.signature, &self.nonce)
    }

    /// The sealed PDF with the answer of the authority, once it was checked. An answer that is no
    /// stamp of this seal, or too large for it, leaves the choice to seal without.
    pub fn time_stamped(&self, answer: &[u8]) -> Result<Vec<u8>, SealFault> {
        let token = stamp::token(answer, &self.signed.signature, &self.nonce)?;
        let container = self.signed.clone().container(Some(&token))?;
        filled(self.bytes.clone(), self.contents.clone(), &container)
    }

    /// The sealed PDF when no authority answered.
    pub fn without_time_stamp(self) -> Result<Vec<u8>, SealFault> {
        let container = self.signed.container(None)?;
        filled(self.bytes, self.contents, &container)
    }
}

fn appended(
    pdf: &[u8],
    key: &SealingKey,
    at: Timestamp,
    room: usize,
) -> Result<Prepared, SealFault> {
    let room = room + key.weight();
    let mut bytes = written(pdf, at, room)?;
    let blank = "0".repeat(room * 2);
    let contents = find(&bytes, pdf.len(), blank.as_bytes())?;
    let digest = ranged(&mut bytes, pdf.len(), &contents)?;
    let signed = container::signed(key, &digest)?;
    Ok(Prepared { bytes, contents, signed, nonce: stamp::nonce()? })
}

/// The appended revision with blanks for the range and the container.
fn written(pdf: &[u8], at: Timestamp, room: usize) -> Result<Vec<u8>, SealFault> {
    let document = deposit::load(pdf).map_err(|_| SealFault::Unreadable)?;
    let page = document.page_iter().next().ok_or(SealFault::Unreadable)?;
    let catalog = document.trailer.get(b"Root").and_then(Object::as_reference);
    let catalog = catalog.map_err(|_| SealFault::Unreadable)?;
    let mut update = IncrementalDocument::create_from(pdf.to_vec(), document);
    let signature = update.new_document.add_object(signature(at, room));
    let name = format!("Escale {}", signature.0);
    let field = update.new_document.add_object(dictionary! {
        "Type" => "Annot", "Subtype" => "Widget", "FT" => "Sig",
        "T" => Object::string_literal(name), "V" => signature,
        "F" => WIDGET_FLAGS, "P" => page,
        "Rect" => vec![0.into(), 0.into(), 0.into(), 0.into()],
    });
    append(&mut update, page, b"Annots", field)?;
    let form = form(&mut update, catalog)?;
    form.set("SigFlags", 3);
    let mut fields = Object::Array(Vec::new());
    if let Ok(known) = form.get(b"Fields") {
        fields = known.clone();
    }
    fields = with(&mut update, fields, field)?;
    self::form(&mut update, catalog)?.set("Fields", fields);
    identify(&mut update, pdf, at);
    let mut bytes = Vec::new();
    update.save_to(&mut bytes).map_err(|_| SealFault::Unreadable)?;
    bytes.push(b'\n');
    Ok(bytes)
}

fn signature(at: Timestamp, room: usize) -> Dictionary {
    let at = at.to_zoned(TimeZone::UTC).strftime("D:%Y%m%d%H%M%SZ").to_string();
    let blank = Object::String(vec![0; room], StringFormat::Hexadecimal);
    dictionary! {
        "Type" => "Sig", "Filter" => "Adobe.PPKLite", "SubFilter" => "ETSI.CAdES.detached",
        "ByteRange" => vec![0.into(), NO_RANGE.into(), NO_RANGE.into(), NO_RANGE.into()],
        "Contents" => blank,
        "M" => Object::string_literal(at),
        "Reason" => lopdf::text_string(REASON),
    }
}

/// Adds a reference to an array that a dictionary holds or points to.
fn append(
    update: &mut IncrementalDocument,
    holder: ObjectId,
    name: &[u8],
    added: ObjectId,
) -> Result<(), SealFault> {
    update.opt_clone_object_to_new_document(holder).map_err(|_| SealFault::Unreadable)?;
    let dictionary = update.new_document.get_dictionary(holder);
    let dictionary = dictionary.map_err(|_| SealFault::Unreadable)?;
    let known = dictionary.get(name).cloned().unwrap_or(Object::Array(Vec::new()));
    let longer = with(update, known, added)?;
    let dictionary = update.new_document.get_dictionary_mut(holder);
    dictionary.map_err(|_| SealFault::Unreadable)?.set(name, longer);
    Ok(())
}

/// An array, or what an array of its own is called, with one more reference.
fn with(
    update: &mut IncrementalDocument,
    array: Object,
    added: ObjectId,
) -> Result<Object, SealFault> {
    match array {
        Object::Array(mut items) => {
            items.push(Object::Reference(added));
            Ok(Object::Array(items))
        }
        Object::Reference(id) => {
            update.opt_clone_object_to_new_document(id).map_err(|_| SealFault::Unreadable)?;
            let items = update.new_document.get_object_mut(id).and_then(Object::as_array_mut);
            items.map_err(|_| SealFault::Unreadable)?.push(Object::Reference(added));
            Ok(Object::Reference(id))
        }
        _other => Err(SealFault::Unreadable),
    }
}

/// The form of the document, to be changed; made when there is none.
fn form(update: &mut IncrementalDocument, catalog: ObjectId) -> Result<&mut Dictionary, SealFault> {
    let unreadable = |_: lopdf::Error| SealFault::Unreadable;
    update.opt_clone_object_to_new_document(catalog).map_err(unreadable)?;
    let held = update.new_document.get_dictionary_mut(catalog).map_err(unreadable)?;
    if !held.has(b"AcroForm") {
        held.set("AcroForm", Dictionary::new());
    }
    if let Ok(id) = held.get(b"AcroForm").and_then(Object::as_reference) {
        update.opt_clone_object_to_new_document(id).map_err(unreadable)?;
        return update.new_document.get_dictionary_mut(id).map_err(unreadable);
    }
    let held = update.new_document.get_dictionary_mut(catalog).map_err(unreadable)?;
    held.get_mut(b"AcroForm").and_then(Object::as_dict_mut).map_err(unreadable)
}

/// A new second identifier, which tells this revision from the one before.
fn identify(update: &mut IncrementalDocument, pdf: &[u8], at: Timestamp) {
    let trailer = &mut update.new_document.trailer;
    let digest = Sha256::new().chain_update(pdf).chain_update(at.to_string()).finalize();
    let own = digest.get(..16).unwrap_or_default().to_vec();
    let own = Object::String(own, StringFormat::Hexadecimal);
    let first = trailer.get(b"ID").and_then(Object::as_array).ok();
    let first = first.and_then(|both| both.first()).cloned().unwrap_or_else(|| own.clone());
    trailer.set("ID", vec![first, own]);
}

fn find(bytes: &[u8], from: usize, wanted: &[u8]) -> Result<Range<usize>, SealFault> {
    let later = bytes.get(from..).unwrap_or_default();
    let at = later.windows(wanted.len()).position(|window| window == wanted);
    let at = from + at.ok_or(SealFault::Unreadable)?;
    Ok(at..at + wanted.len())
}

/// Writes the byte range, all but the digits and their angle brackets, and
/// returns the SHA-256 of what is in it.
fn ranged(bytes: &mut [u8], from: usize, contents: &Range<usize>) -> Result<[u8; 32], SealFault> {
    let blank = format!("[0 {NO_RANGE} {NO_RANGE} {NO_RANGE}]");
    let place = find(bytes, from, blank.as_bytes())?;
    let (before, after) = (contents.start - 1, contents.end + 1);
    let range = format!("[0 {before} {after} {}]", bytes.len() - after);
    let range = format!("{range:<width$}", width = blank.len());
    bytes.iter_mut().skip(place.start).zip(range.bytes()).for_each(|(to, from)| *to = from);
    let digest = Sha256::new()
        .chain_update(bytes.get(..before).unwrap_or_default())
        .chain_update(bytes.get(after..).unwrap_or_default())
        .finalize();
    Ok(digest.into())
}

fn filled(
    mut bytes: Vec<u8>,
    contents: Range<usize>,
    container: &[u8],
) -> Result<Vec<u8>, SealFault> {
    let room = contents.len() / 2;
    if container.len() > room {
        return Err(SealFault::TooLarge { needed: container.len(), room });
    }
    let digits = hex::encode_upper(container);
    bytes.iter_mut().skip(contents.start).zip(digits.bytes()).for_each(|(to, from)| *to = from);
    Ok(bytes)
}
