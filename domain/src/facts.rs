//! Every event of every context as one type: what projections and policies read.

use serde_json::Value;

use crate::{
    accounts::{account::AccountEvent, school_space::SchoolSpaceEvent},
    conventions::{convention::ConventionEvent, scan_batch::ScanEvent, signing::SigningEvent},
    correspondence::letter::LetterEvent,
    directory::school::SchoolEvent,
    kernel::decider::Event as _,
    ministages::slot::SlotEvent,
    operations::erasure::ErasureEvent,
    platforms::platform::PlatformEvent,
};

macro_rules! facts {
    ($($(#[$doc:meta])+ $variant:ident($event:ty) = $stream:literal),+ $(,)?) => {
        /// An event of any aggregate.
        #[derive(Debug, Clone, PartialEq)]
        pub enum Fact {$(
            $(#[$doc])+
            $variant($event),
        )+}

        impl Fact {
            /// The types of all streams.
            pub const STREAMS: &'static [&'static str] = &[$($stream),+];

            /// Reads an event from a stream of type `stream` (already upcast and unsealed).
            pub fn decode(stream: &str, payload: Value) -> Result<Self, serde_json::Error> {
                match stream {
                    $($stream => serde_json::from_value(payload).map(Self::$variant),)+
                    other => Err(serde::de::Error::custom(format_args!("no stream is a {other}"))),
                }
            }

            /// The event’s name.
            pub fn name(&self) -> &'static str {
                match self {$( Self::$variant(event) => event.name(), )+}
            }

            /// The type of the stream it belongs to.
            pub fn stream(&self) -> &'static str {
                match self {$( Self::$variant(_) => $stream, )+}
            }
        }

        $(impl From<$event> for Fact {
            fn from(event: $event) -> Self {
                Self::$variant(event)
            }
        })+
    };
}

facts! {
    /// Of the national directory.
    School(SchoolEvent) = "school",
    /// Of an account.
    Account(AccountEvent) = "account",
    /// Of a school’s space.
    SchoolSpace(SchoolSpaceEvent) = "school_space",
    /// Of a platform.
    Platform(PlatformEvent) = "platform",
    /// Of a slot.
    Slot(SlotEvent) = "slot",
    /// Of a convention.
    Convention(ConventionEvent) = "convention",
    /// Of the signing online of a convention.
    Signing(SigningEvent) = "signing",
    /// Of a stack of scans.
    ScanBatch(ScanEvent) = "scan_batch",
    /// Of a letter.
    Letter(LetterEvent) = "letter",
    /// Of an erasure.
    Erasure(ErasureEvent) = "erasure",
}
