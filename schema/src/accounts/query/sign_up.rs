//! What sign-up shows before anything is asked.

use async_graphql::{Context, Object, Result, SimpleObject};
use domain::{
    access::{Action, Facts},
    accounts::account::{Account, AccountCommand, AccountRefusal},
    kernel::ids::{AccountId, LinkId},
};
use projections::accounts::school_spaces;

use super::super::types::Civility;
use crate::{
    directory::types::School,
    french::{in_paris, moment},
    guard::Call,
    input, loaders,
    ports::LinkPurpose,
    position::Position,
    refused::{Done, Refused, answer, payload},
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

/// Inscription qui attend que son adresse soit vérifiée : ce qu’en a saisi qui l’a demandée.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct SignUp {
    /// Civilité.
    civility: Option<Civility>,
    /// Nom.
    last_name: String,
    /// Prénom.
    first_name: String,
    /// Fonction.
    function: Option<String>,
    /// Établissement qui s’inscrit, s’il y en a un.
    school: Option<School>,
    /// Depuis quand, en toutes lettres, à l’heure de Paris.
    since: String,
}

payload! {
    SchoolForSignUpPayload = SignUpSchool;
    SignUpPayload = SignUp;
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

    /// Inscription que le lien reçu par courriel permet de vérifier : qui l’a demandée, et
    /// quand.
    async fn sign_up(&self, ctx: &Context<'_>, token: String) -> Result<SignUpPayload> {
        answer(awaited(ctx, &token).await)
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

async fn awaited(ctx: &Context<'_>, token: &str) -> Done<SignUp> {
    let call = Call::of(ctx)?;
    call.require(Action::VerifyEmail, &Facts::none())?;
    let link = call.link(LinkPurpose::VerifyEmail, token)?;
    let command =
        AccountCommand::VerifyEmail { link: LinkId::new(link.id), at: call.service().now() };
    let awaited = call.try_out::<Account>(&link.subject, command).await?;
    let row = match link.subject.parse::<AccountId>() {
        Ok(account) if !awaited.is_empty() => loaders::one(ctx, account).await?,
        Ok(_) | Err(_) => return Err(Refused::from(AccountRefusal::AlreadyRegistered).into()),
    };
    let (row, holder) = row
        .and_then(|row| row.holder.clone().map(|holder| (row, holder)))
        .ok_or_else(|| Refused::from(AccountRefusal::NoSuchAccount))?;
    let school = match &row.school {
        Some(uai) => School::load(ctx, uai).await?,
        None => None,
    };
    Ok(SignUp {
        civility: holder.civility.map(Into::into),
        last_name: holder.last_name,
        first_name: holder.first_name,
        function: holder.function,
        school,
        since: moment(in_paris(row.registered_at)),
    })
}
