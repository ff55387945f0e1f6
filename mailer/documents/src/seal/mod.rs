//! The seal of the platform on a PDF: a `PAdES` baseline signature (ETSI EN 319
//! 142-1, levels B and T), appended so that every byte before it stays.
//!
//! [`seal`] does it at once. With a time stamp, [`prepare`] it, send
//! [`Prepared::time_stamp_request`] to the authority, and finish with
//! [`Prepared::time_stamped`]. More signatures may follow in the same file.

mod container;
mod fault;
mod key;
mod revision;
mod stamp;

pub use fault::{BadKey, SealFault};
pub use key::SealingKey;
pub use revision::{Prepared, prepare, seal};
