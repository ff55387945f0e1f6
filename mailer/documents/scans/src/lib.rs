//! Reading what schools scan: one file may hold one convention or a stack of
//! them, in any order, turned, askew, photocopied or photographed. And the
//! child process in which whatever people upload is parsed.
//!
//! [`Stack::open`] takes the file, whatever its form; [`read_page`] reads the
//! codes of a page; [`split`] makes a PDF of some pages, with their original
//! pixels. Nothing here trusts the file, and nothing here knows a key: the
//! texts found are shown to `documents::codes::decode` by whoever has it. A
//! decoder of hostile files may grow or stop in its tracks, so that a server
//! asks a child process instead: [`Reader`] on its side, [`child`] in the child.

pub mod child;
mod fault;
mod grey;
mod limits;
mod reading;
mod split;
mod stack;

pub use child::{
    AT_ONCE, BadFile, BadPage, Progress, Reader, ReaderFault, Reading, SignatureQuestion,
    SignaturesFound,
};
pub use fault::{BadScan, SplitFault};
pub use limits::Limits;
pub use reading::{BoxesInk, PageReading, read_page};
pub use split::split;
pub use stack::Stack;
