//! That a person was erased.

use serde::{Deserialize, Serialize};

use crate::kernel::{decider::Event, ids::PersonId};

/// Why a person is erased.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, strum::EnumString, strum::Display,
)]
#[serde(rename_all = "camelCase")]
pub enum ErasureGround {
    /// The person, or their guardian, asked.
    Request,
    /// The time of keeping is over.
    Retention,
    /// Not a person but a stack of scans: it shows somebody who was erased, or was kept long
    /// enough.
    Scan,
}

/// What happened.
#[derive(
    Debug, Clone, PartialEq, Serialize, Deserialize, strum::IntoStaticStr, strum::VariantNames,
)]
#[serde(tag = "type", rename_all_fields = "camelCase")]
pub enum ErasureEvent {
    /// The person’s key is destroyed: every value sealed with it reads « effacé ».
    SubjectErased {
        /// Who; only the id is left.
        person: PersonId,
        /// Why.
        ground: ErasureGround,
    },
}

impl Event for ErasureEvent {
    fn name(&self) -> &'static str {
        self.into()
    }
}
