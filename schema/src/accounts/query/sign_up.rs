//! What sign-up shows before anything is asked.

use async_graphql::{Context, Object, Result, SimpleObject};
use domain::access::{Action, Facts};
use projections::accounts::school_spaces;

use crate::{
    directory::types::School,
    guard::Call,
    input,
    position::Position,
    refused::{Done, answer, payload},
};

/// Établissement qui s’inscrit.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct SignUpSchool {
    /// Établissement trouvé dans l’annuaire national.
    school: School,
    /// Adresse de connexion qu’aura le compte ; rien si l’établissement en a déjà un.
    login: Option<String>,
    /// Vrai si l’établissement a déjà un compte.
    has_account: bool,
    /// Adresse du support.
    support_email: String,
}

payload! {
    SchoolForSignUpPayload = SignUpSchool;
}

#[derive(Default)]
pub(crate) struct SignUpQuery;

#[Object]
impl SignUpQuery {
    /// Établissement de ce code RNE (UAI), avec l’adresse de connexion qu’il aura.
    async fn school_for_sign_up(
        &self,
        ctx: &Context<'_>,
        rne: String,
        min_position: Option<Position>,
    ) -> Result<SchoolForSignUpPayload> {
        let call = Call::of(ctx)?;
        call.is_stale(min_position).await;
        answer(found(call, &rne).await)
    }
}

async fn found(call: Call<'_>, rne: &str) -> Done<SignUpSchool> {
    call.require(Action::ReadSchool, &Facts::none())?;
    call.allow_from("school_for_sign_up").await?;
    let uai = input::uai("rne", rne)?;
    let school = call.listed_school(&uai).await?;
    let space = call.read(move |db| school_spaces::by_uai(db, &uai)).await?;
    let has_account = space.is_some();
    let login = if has_account { None } else { Some(call.institutional_login(&school)?.into()) };
    Ok(SignUpSchool {
        school: school.into(),
        login,
        has_account,
        support_email: call.service().support_email().to_owned(),
    })
}
