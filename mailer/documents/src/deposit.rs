//! What somebody sends back: is it a PDF that can be kept, and is it one of
//! ours?
//!
//! Nothing here trusts the file. Sizes are checked before anything is parsed,
//! decompression is bounded, and the page tree is walked without recursion.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

use lopdf::{Dictionary, Document, LoadOptions, Object, ObjectId};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// How far into a file `%PDF-` may stand, as readers allow.
const MAGIC_WITHIN: usize = 1024;
/// How far from the end `%%EOF` may stand: mail gateways append lines.
const END_WITHIN: usize = 4096;
/// The most that one stream read while loading may inflate to, bytes.
const MOST_INFLATED: usize = 8 * 1024 * 1024;
/// The most streams of objects in one file.
const MOST_OBJECT_STREAMS: usize = 1000;

/// What the platform takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The largest file, bytes.
    pub bytes: usize,
    /// The most pages.
    pub pages: usize,
}

impl Default for Limits {
    /// 20 MB and 200 pages.
    fn default() -> Self {
        Self { bytes: 20_000_000, pages: 200 }
    }
}

/// What a file turned out to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inspection {
    /// Its number of pages, at least one.
    pub pages: usize,
    /// Its length, bytes.
    pub bytes: usize,
    /// Its SHA-256, by which it is stored.
    pub sha256: [u8; 32],
}

/// Why a file is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(tag = "reason", rename_all = "camelCase")]
pub enum BadDeposit {
    /// It does not begin as a PDF does.
    #[error("the file is not a PDF")]
    NotAPdf,
    /// It is larger than the platform takes.
    #[error("the file is larger than {most} bytes")]
    TooLarge {
        /// The most bytes taken.
        most: usize,
    },
    /// It is protected: neither we nor its readers could check it.
    #[error("the file is encrypted")]
    Encrypted,
    /// Its end is missing, or it is damaged beyond reading.
    #[error("the file is incomplete or damaged")]
    Truncated,
    /// It has no page.
    #[error("the file has no page")]
    NoPage,
    /// It has more pages than the platform takes.
    #[error("the file has more than {most} pages")]
    TooManyPages {
        /// The most pages taken.
        most: usize,
    },
}

/// Looks at a file from outside. Never panics, never renders, and never
/// inflates the contents of a page.
pub fn inspect(bytes: &[u8], limits: &Limits) -> Result<Inspection, BadDeposit> {
    if bytes.len() > limits.bytes {
        return Err(BadDeposit::TooLarge { most: limits.bytes });
    }
    let head = bytes.get(..MAGIC_WITHIN + 5).unwrap_or(bytes);
    if count(head, b"%PDF-") == 0 {
        return Err(BadDeposit::NotAPdf);
    }
    let tail = bytes.get(bytes.len().saturating_sub(END_WITHIN)..).unwrap_or(bytes);
    if count(tail, b"%%EOF") == 0 || count(bytes, b"/ObjStm") > MOST_OBJECT_STREAMS {
        return Err(BadDeposit::Truncated);
    }
    let document = load(bytes)?;
    let pages = pages(&document, limits.pages)?;
    Ok(Inspection { pages, bytes: bytes.len(), sha256: Sha256::digest(bytes).into() })
}

/// Whether a file begins with the bytes of an original of ours, of that length
/// and hash: signed in a PDF reader, it goes on after them; untouched, it is
/// them.
pub fn begins_with_original(bytes: &[u8], original_len: usize, original_sha256: &[u8; 32]) -> bool {
    original_len > 0
        && bytes.get(..original_len).is_some_and(|original| {
            Sha256::digest(original).as_slice().ct_eq(original_sha256).into()
        })
}

fn count(bytes: &[u8], word: &[u8]) -> usize {
    let first = word.first().copied();
    bytes
        .windows(word.len())
        .filter(|window| window.first().copied() == first && *window == word)
        .count()
}

pub(crate) fn load(bytes: &[u8]) -> Result<Document, BadDeposit> {
    let options = LoadOptions::with_max_decompressed_size(MOST_INFLATED);
    // The parser has no known panic; should a file find one, the file is to blame.
    let loaded = catch_unwind(AssertUnwindSafe(|| Document::load_mem_with_options(bytes, options)));
    match loaded {
        Ok(Ok(document)) if document.is_encrypted() || document.was_encrypted() => {
            Err(BadDeposit::Encrypted)
        }
        Ok(Ok(document)) => Ok(document),
        Ok(Err(lopdf::Error::Decryption(_) | lopdf::Error::InvalidPassword)) => {
            Err(BadDeposit::Encrypted)
        }
        Ok(Err(_)) | Err(_) => Err(BadDeposit::Truncated),
    }
}

/// The number of pages, from the leaves of the tree: `/Count` proves nothing.
fn pages(document: &Document, most: usize) -> Result<usize, BadDeposit> {
    let root = document
        .catalog()
        .and_then(|catalog| catalog.get(b"Pages"))
        .and_then(Object::as_reference)
        .map_err(|_| BadDeposit::Truncated)?;
    let mut seen: BTreeSet<ObjectId> = BTreeSet::new();
    let mut waiting = vec![root];
    let mut pages = 0;
    while let Some(id) = waiting.pop() {
        let node = document.get_dictionary(id).map_err(|_| BadDeposit::Truncated)?;
        if !seen.insert(id) {
            return Err(BadDeposit::Truncated);
        }
        match kids(document, node) {
            Some(kids) => {
                if kids.len() > most + 1 {
                    return Err(BadDeposit::TooManyPages { most });
                }
                for kid in kids {
                    waiting.push(kid.as_reference().map_err(|_| BadDeposit::Truncated)?);
                }
            }
            None if is_whole(document, node) => pages += 1,
            None => return Err(BadDeposit::Truncated),
        }
        if pages > most {
            return Err(BadDeposit::TooManyPages { most });
        }
    }
    if pages == 0 { Err(BadDeposit::NoPage) } else { Ok(pages) }
}

fn kids<'a>(document: &'a Document, node: &'a Dictionary) -> Option<&'a [Object]> {
    let kids = node.get(b"Kids").ok()?;
    let (_, kids) = document.dereference(kids).ok()?;
    kids.as_array().ok().map(Vec::as_slice)
}

/// Whether everything that the page draws is in the file.
fn is_whole(document: &Document, page: &Dictionary) -> bool {
    let Ok(contents) = page.get(b"Contents") else {
        return true;
    };
    let there = |object: &Object| {
        document.dereference(object).is_ok_and(|(_, found)| matches!(found, Object::Stream(_)))
    };
    match document.dereference(contents) {
        Ok((_, Object::Array(parts))) => parts.iter().all(there),
        Ok((_, Object::Stream(_) | Object::Null)) => true,
        Ok(_) | Err(_) => false,
    }
}

#[cfg(test)]
mod tests;
