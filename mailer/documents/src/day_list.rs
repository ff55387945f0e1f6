//! The list of the day: which pupils come, when and where, with a box to tick
//! for each.

mod layout;

use jiff::civil::{Date, Time};

use crate::RenderFault;
use crate::convention::Letterhead;
use crate::paper::painter;

/// Everything printed on a list of the day.
#[derive(Debug, Clone, PartialEq)]
pub struct DayList {
    /// The platform that prints it.
    pub letterhead: Letterhead,
    /// The host whose pupils these are.
    pub host: String,
    /// The day.
    pub date: Date,
    /// The day the list was made.
    pub issued: Date,
    /// The slots of the day, in the order printed.
    pub slots: Vec<Slot>,
}

/// One slot of the day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    /// « CAP Composites, plastiques chaudronnés ».
    pub formation: String,
    /// The beginning.
    pub starts: Time,
    /// The end.
    pub ends: Time,
    /// The room.
    pub room: Option<String>,
    /// The teacher or tutor.
    pub teacher: Option<String>,
    /// Who comes, in the order printed.
    pub pupils: Vec<Expected>,
}

/// A pupil who is expected.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Expected {
    /// « BERTHIER Zoé ».
    pub name: String,
    /// « Collège de la Colline, Angers ».
    pub school: String,
    /// « Convention non reçue ».
    pub remark: Option<String>,
}

/// The PDF of the list; the same bytes for the same content.
pub fn render(list: &DayList) -> Result<Vec<u8>, RenderFault> {
    painter::paint(&layout::laid_out(list)?)
}

#[cfg(test)]
mod tests;
