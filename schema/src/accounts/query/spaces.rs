//! A school's members, invitations and requests; and the accounts of a platform.

use async_graphql::{Context, InputObject, Object, Result};
use domain::{
    access::{Action, Facts},
    kernel::ids::AccountId,
};
use projections::accounts::{
    access_requests, account_list, invitations, memberships, school_spaces,
};

use super::super::types::{AccessRequest, Account, Invitation, Member, SchoolSpace};
use crate::{
    guard::Call,
    page::{Page, PageInput},
    position::Position,
};

/// Comptes cherchés.
#[derive(Debug, Default, InputObject)]
pub(crate) struct AccountSearch {
    /// Mots du nom, du prénom ou de l’adresse, sans égard aux accents.
    search: Option<String>,
    /// Vrai pour ne voir que ceux qui sont bloqués.
    #[graphql(default)]
    locked: bool,
}

#[derive(Default)]
pub(crate) struct SpaceQuery;

#[Object]
impl SpaceQuery {
    /// Espace d’un établissement ; rien s’il n’a pas encore de compte.
    async fn school_space(
        &self,
        ctx: &Context<'_>,
        uai: String,
        min_position: Option<Position>,
    ) -> Result<Option<SchoolSpace>> {
        let call = Call::of(ctx)?;
        let Ok(uai) = uai.parse() else {
            return Ok(None);
        };
        call.require(Action::ReadSignature, &call.school_facts(&uai).await?)?;
        let stale = call.is_stale(min_position).await;
        let row = call.read(move |db| school_spaces::by_uai(db, &uai)).await?;
        Ok(row.map(|row| SchoolSpace::new(row, stale)))
    }

    /// Membres d’un établissement.
    async fn space_members(
        &self,
        ctx: &Context<'_>,
        uai: String,
        min_position: Option<Position>,
    ) -> Result<Vec<Member>> {
        let call = Call::of(ctx)?;
        let Ok(uai) = uai.parse() else {
            return Ok(Vec::new());
        };
        call.require(Action::ReadSpaceMembers, &call.school_facts(&uai).await?)?;
        call.is_stale(min_position).await;
        let rows = call.read(move |db| {
            let members = memberships::of_school(db, &uai)?;
            let ids: Vec<AccountId> = members.iter().map(|it| it.account).collect();
            Ok((members, account_list::by_ids(db, &ids)?))
        });
        let (members, accounts) = rows.await?;
        let whose = |id| accounts.iter().find(|it| it.account == id).cloned();
        let members = members.into_iter().map(|row| {
            let account = whose(row.account);
            Member(row, account)
        });
        Ok(members.collect())
    }

    /// Invitations d’un établissement que personne n’a encore acceptées.
    async fn invitations(
        &self,
        ctx: &Context<'_>,
        uai: String,
        min_position: Option<Position>,
    ) -> Result<Vec<Invitation>> {
        let call = Call::of(ctx)?;
        let Ok(uai) = uai.parse() else {
            return Ok(Vec::new());
        };
        call.require(Action::ReadSpaceMembers, &call.school_facts(&uai).await?)?;
        call.is_stale(min_position).await;
        let rows = call.read(move |db| invitations::open(db, &uai)).await?;
        Ok(rows.into_iter().map(Invitation::from).collect())
    }

    /// Demandes d’accès à l’espace d’un établissement, celles qui attendent d’abord.
    async fn access_requests(
        &self,
        ctx: &Context<'_>,
        uai: String,
        min_position: Option<Position>,
    ) -> Result<Vec<AccessRequest>> {
        let call = Call::of(ctx)?;
        let Ok(uai) = uai.parse() else {
            return Ok(Vec::new());
        };
        call.require(Action::ReadAccessRequests, &call.school_facts(&uai).await?)?;
        call.is_stale(min_position).await;
        let rows = call.read(move |db| access_requests::of_school(db, &uai)).await?;
        Ok(rows.into_iter().map(AccessRequest::from).collect())
    }

    /// Comptes d’une plateforme, ou de tout le service pour qui l’exploite ; jamais un mot de
    /// passe.
    async fn accounts_admin(
        &self,
        ctx: &Context<'_>,
        platform: Option<String>,
        filter: Option<AccountSearch>,
        page: Option<PageInput>,
        min_position: Option<Position>,
    ) -> Result<Page<Account>> {
        let call = Call::of(ctx)?;
        let platform = platform.map(|slug| slug.parse()).transpose();
        let platform = platform.map_err(|_| call.hidden())?;
        let facts = platform.clone().map_or_else(Facts::none, Facts::platform);
        call.require(Action::ReadAccount, &facts)?;
        let stale = call.is_stale(min_position).await;
        let window = PageInput::window(page);
        let filter = filter.unwrap_or_default();
        let search = account_list::Search {
            text: filter.search.unwrap_or_default(),
            platform: platform.map(String::from),
            locked_at: filter.locked.then(|| call.service().now()),
        };
        let found = call.read(move |db| account_list::search(db, &search, window)).await?;
        Ok(Page::of(found, window, stale))
    }
}
