//! The convention of a mini-stage: what the four parties sign.
//!
//! One page when everything fits, more when it does not. Each page carries two
//! identical codes by which a scan of it is known again.

mod articles;
mod boxes;
mod closing;
mod content;
mod evidence;
mod heading;
mod layout;
mod parties;
mod placement;
pub mod places;
mod signing;

pub use articles::default_articles;
pub use content::{
    ConventionContent, Guardian, Letterhead, Mark, Marks, Note, Placement, Pupil, School,
};

pub use signing::{Hand, Signatory, Signing, Verification};

use crate::RenderFault;
use crate::paper::painter;

/// The version of the wording and of the layout. It changes when the same
/// content would give another document.
pub const TEMPLATE_VERSION: u16 = 2;

/// The most pages a convention may have.
pub const MOST_PAGES: usize = 20;

/// The PDF of a convention; the same bytes for the same content and key. `key`
/// authenticates the codes of its pages, see [`crate::codes`].
pub fn render(content: &ConventionContent, key: &[u8]) -> Result<Vec<u8>, RenderFault> {
    painter::paint(&layout::laid_out(content, None, key)?)
}

/// The PDF of a convention that all have signed online who had to: the boxes
/// filled, and after the text a page of proof. The same bytes for the same content, signatures and key.
/// It announces the seal of the platform, which is put on it afterwards.
pub fn render_signed(
    content: &ConventionContent,
    signing: &Signing,
    key: &[u8],
) -> Result<Vec<u8>, RenderFault> {
    painter::paint(&layout::laid_out(content, Some(signing), key)?)
}

#[cfg(test)]
mod tests;
