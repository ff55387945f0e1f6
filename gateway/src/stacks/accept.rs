//! Takes a stack: whatever begins like one. What it holds is found out by who reads it.

use documents::deposit::Limits;
use domain::kernel::{document::StoredDocument, ids::ScanBatchId};
use schema::ports::{FileRefusal, MOST_SCAN_BYTES, PortFault};

use crate::{
    deposits,
    ports::{Service, fault},
};

/// The most pages of a stack.
pub(super) const MOST_PAGES: usize = 400;
/// What a PDF begins with, somewhere in the first kilobyte.
const PDF: &[u8] = b"%PDF-";
/// What pictures begin with: JPEG, PNG, and TIFF in its two orders of bytes.
const PICTURES: [&[u8]; 4] = [b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"II*\0", b"MM\0*"];

/// Stores a stack, sealed with its own key.
pub(crate) async fn accept(
    service: &Service,
    batch: ScanBatchId,
    bytes: Vec<u8>,
) -> Result<Result<StoredDocument, FileRefusal>, PortFault> {
    if bytes.len() as u64 > MOST_SCAN_BYTES {
        return Ok(Err(FileRefusal::TooLarge { most: MOST_SCAN_BYTES }));
    }
    let head = bytes.get(..1024).unwrap_or(&bytes);
    let is_pdf = head.windows(PDF.len()).any(|window| window == PDF);
    if !is_pdf && !PICTURES.iter().any(|magic| bytes.starts_with(magic)) {
        return Ok(Err(FileRefusal::NotAPdf));
    }
    let bytes = if is_pdf {
        // What can be told without drawing a page is told to whoever sends it.
        let bytes_at_most = usize::try_from(MOST_SCAN_BYTES).unwrap_or(usize::MAX);
        let limits = Limits { bytes: bytes_at_most, pages: MOST_PAGES };
        match deposits::inspected(service, bytes, limits).await? {
            Ok((bytes, _)) => bytes,
            Err(refusal) => return Ok(Err(refusal)),
        }
    } else {
        bytes
    };
    service.store.put(batch.key(), &bytes).await.map(Ok).map_err(fault("storing a stack"))
}
