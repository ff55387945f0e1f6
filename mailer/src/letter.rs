//! What a letter says: one content per template of the domain.

use domain::correspondence::template::Template;
use serde::Serialize;

use crate::letters::{
    access::{AccessDeclined, AccessRequested, MemberInvited},
    account::{
        AccountLocked, EmailChange, PasswordChanged, ResetPassword, SignInLink, VerifyEmail,
    },
    audit::SignedNote,
    booking::{AbsenceRecorded, BookingCancelled, BookingExpired, BookingToHost},
    convention::{
        ConventionAmended, ConventionDeposited, ConventionInvalidated, ConventionRegenerated,
        ConventionReminder, ConventionToOrigin, ConventionValidated,
    },
    signing::{SigningCode, SigningCompleted, SigningDeclined, SigningInvitation},
    slot::{SlotChanged, SlotWithdrawn},
    waitlist::{WaitlistJoined, WaitlistLapsed, WaitlistPromoted},
};

macro_rules! contents {
    ($($name:ident),+ $(,)?) => {
        /// The content of a letter, named as its template; see each struct.
        #[derive(Debug, Clone, Serialize)]
        #[serde(untagged)]
        #[expect(missing_docs, reason = "each variant is the struct of its name")]
        pub enum LetterContent {
            $($name($name),)+
        }

        impl LetterContent {
            /// The template that the content fills.
            pub fn template(&self) -> Template {
                match self {
                    $(Self::$name(_) => Template::$name,)+
                }
            }
        }

        $(impl From<$name> for LetterContent {
            fn from(content: $name) -> Self {
                Self::$name(content)
            }
        })+
    };
}

contents!(
    VerifyEmail,
    ResetPassword,
    PasswordChanged,
    AccountLocked,
    SignInLink,
    EmailChange,
    AccessRequested,
    AccessDeclined,
    MemberInvited,
    ConventionToOrigin,
    BookingToHost,
    ConventionDeposited,
    ConventionValidated,
    ConventionInvalidated,
    ConventionRegenerated,
    ConventionAmended,
    ConventionReminder,
    SigningInvitation,
    SigningCode,
    SigningDeclined,
    SigningCompleted,
    BookingCancelled,
    BookingExpired,
    SlotWithdrawn,
    SlotChanged,
    WaitlistJoined,
    WaitlistPromoted,
    WaitlistLapsed,
    AbsenceRecorded,
    SignedNote,
);
