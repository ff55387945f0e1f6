//! What every document shares: type, drawing commands, flow over pages, painter.
//!
//! Layout produces drawing commands, each with its role and alternative text;
//! the painter turns them into a PDF. Only `painter` and `finish` know the
//! engine, so another one could stand in their place.

mod breaks;
pub(crate) mod colour;
pub(crate) mod face;
pub(crate) mod finish;
pub(crate) mod flow;
pub(crate) mod outline;
pub(crate) mod painter;
pub(crate) mod plain;
pub(crate) mod sfnt;
pub(crate) mod sheet;
pub(crate) mod square;
pub(crate) mod text;

pub use colour::Colour;
