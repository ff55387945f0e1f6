//! Pages as schools send them: our own conventions, printed, signed, damaged
//! and scanned, the same each time.

pub(crate) mod chance;
pub(crate) mod content;
pub(crate) mod damage;
pub(crate) mod files;
pub(crate) mod kinds;
pub(crate) mod prints;
pub(crate) mod sheet;
