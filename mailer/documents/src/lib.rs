//! The PDFs of the portal: made, printed, and known again when they come back.
//!
//! Plain structs in, bytes out: this crate reads no clock and does no I/O, so the
//! same input always gives the same bytes, but for what [`seal`] signs.
//! [`convention`], [`day_list`] and [`attendance`] make documents, [`codes`] writes and reads
//! the code printed on each page, [`picture`] prepares logos, signatures and
//! stamps, [`deposit`] looks at a file that somebody sends back,
//! [`photographs`] makes one of the pictures that somebody takes of it. [`seal`]
//! signs a document, [`signatures`] checks what others signed.

pub mod attendance;
pub mod codes;
pub mod convention;
pub mod day_list;
pub mod deposit;
mod fault;
mod french;
mod paper;
pub mod photographs;
pub mod picture;
pub mod seal;
pub mod signatures;

pub use fault::RenderFault;
pub use paper::Colour;
