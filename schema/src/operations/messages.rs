//! What the refusals of the service's own operations say.

use domain::operations::erasure::ErasureRefusal;

use crate::refused::{RefusalCode, Refused};

impl From<ErasureRefusal> for Refused {
    fn from(refusal: ErasureRefusal) -> Self {
        match refusal {}
    }
}

/// No read model has this name.
pub(crate) fn no_such_projection(name: &str) -> Refused {
    Refused::new(
        RefusalCode::NoSuchProjection,
        format!("Aucun modèle de lecture ne s’appelle {name}."),
    )
}

/// The rebuild has ended, or never was.
pub(crate) fn nothing_to_cancel() -> Refused {
    Refused::new(
        RefusalCode::NothingToCancel,
        "Cette reconstruction est déjà terminée, ou n’existe pas.",
    )
}
