//! What leaves towards a human by mail: the letters in French, the messages they make, the
//! calendars joined to them, and the ways they are sent. Everything it needs to know is given
//! to it: it reads no clock, no log and no read model.

pub mod calendar;
mod french;
pub mod letter;
pub mod letterhead;
pub mod letters;
pub mod message;
pub mod render;
pub mod stored;
#[cfg(feature = "testing")]
pub mod testing;
pub mod transport;
