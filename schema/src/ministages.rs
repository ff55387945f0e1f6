//! Slots, bookings, the waiting list, the agenda, the counters and the figures.

mod agenda;
pub(crate) mod facts;
mod figures;
mod input;
mod loaders;
pub(crate) mod messages;
mod mutation;
mod query;
mod subscription;
pub(crate) mod types;

pub(crate) use figures::FiguresQuery;
pub(crate) use mutation::{BookMutation, BookingsMutation, SlotsMutation};
pub(crate) use query::MinistagesQuery;
pub(crate) use subscription::MinistagesSubscription;
