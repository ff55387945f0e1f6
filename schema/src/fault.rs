//! Errors that are no refusals: their code, their French message, and the one place where what
//! lies behind them is logged.

use std::{error::Error as StdError, fmt::Write as _};

use async_graphql::{
    Error, ErrorExtensionValues, ErrorExtensions as _, Pos, Response, ServerError,
};

/// What `extensions.code` of an error says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::Display)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum ErrorCode {
    /// One must sign in first.
    Unauthenticated,
    /// One may not.
    Forbidden,
    /// There is none, or one may not know of it.
    NotFound,
    /// The request is not one of this schema.
    Malformed,
    /// This document is not among those that the API carries out.
    NotListed,
    /// Others kept changing the same thing, or a command's id serves twice.
    Conflict,
    /// The service cannot answer now.
    Unavailable,
    /// A bug.
    Internal,
}

impl ErrorCode {
    fn message(self) -> &'static str {
        match self {
            Self::Unauthenticated => "Connectez-vous pour continuer.",
            Self::Forbidden => "Votre compte ne permet pas cette action.",
            Self::NotFound => "Cet élément n’existe pas, ou n’est pas visible par votre compte.",
            Self::Malformed => "La requête n’est pas valide.",
            Self::NotListed => "Cette requête n’est pas de celles que le service accepte.",
            Self::Conflict => {
                "Quelqu’un d’autre a modifié cet élément en même temps. Rechargez la page et \
                 recommencez."
            }
            Self::Unavailable => {
                "Le service ne peut pas répondre pour le moment. Réessayez dans quelques minutes."
            }
            Self::Internal => "Une erreur inattendue s’est produite. Elle nous a été signalée.",
        }
    }

    /// The error to answer.
    pub(crate) fn error(self) -> Error {
        Error::new(self.message()).extend_with(|_, values| values.set("code", self.to_string()))
    }
}

/// Logs `error` with all that lies behind it, and answers that the service is unavailable.
pub(crate) fn unavailable(error: &dyn StdError) -> Error {
    let mut chain = error.to_string();
    let mut behind = error.source();
    while let Some(cause) = behind {
        // Writing to a string cannot fail.
        let _ = write!(chain, ": {cause}");
        behind = cause.source();
    }
    tracing::error!(error = chain, "the API could not answer");
    ErrorCode::Unavailable.error()
}

/// What is answered when not even who asks could be found out.
pub fn cannot_answer() -> Response {
    Response::from_errors(vec![ErrorCode::Unavailable.error().into_server_error(Pos::default())])
}

/// Gives their code to the errors of the GraphQL engine itself: a request that does not follow
/// the schema.
pub(crate) fn coded(mut response: Response) -> Response {
    response.errors.iter_mut().for_each(code);
    response
}

fn code(error: &mut ServerError) {
    let values = error.extensions.get_or_insert_with(ErrorExtensionValues::default);
    if values.get("code").is_none() {
        values.set("code", ErrorCode::Malformed.to_string());
        // For whoever writes the request; it quotes nothing but the request itself.
        values.set("detail", std::mem::take(&mut error.message));
        ErrorCode::Malformed.message().clone_into(&mut error.message);
    }
}
