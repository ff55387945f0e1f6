//! The viewer's own account, with all that it belongs to and what waits for it.

use async_graphql::{Context, Enum, Object, Result, SimpleObject};
use domain::{
    access::{Action, Facts},
    accounts::school_space,
    kernel::{email::Email, ids::AccountId, slug::Slug, uai::Uai},
};
use jiff::civil::Date;
use projections::{
    accounts::account_list,
    platforms::{platform_hosts, platform_list, platform_roles},
};

use super::super::types::{Account, Membership};
use crate::{
    directory::types::School,
    french::day,
    guard::Call,
    loaders,
    platforms::types::{Office, Platform},
    position::Position,
    scalars::Day,
};

#[derive(Default)]
pub(crate) struct MeQuery;

#[Object]
impl MeQuery {
    /// Le compte connecté ; rien pour un visiteur.
    async fn me(&self, ctx: &Context<'_>, min_position: Option<Position>) -> Result<Option<Me>> {
        let call = Call::of(ctx)?;
        let Some(account) = call.viewer().account else {
            return Ok(None);
        };
        call.require(Action::ReadOwnAccount, &Facts::account(account))?;
        let stale = call.is_stale(min_position).await;
        Me::load(ctx, account, stale).await
    }
}

/// Le compte connecté.
#[derive(Debug, Clone)]
pub(crate) struct Me {
    row: account_list::Account,
    stale: bool,
}

impl Me {
    pub(crate) async fn load(
        ctx: &Context<'_>,
        account: AccountId,
        stale: bool,
    ) -> Result<Option<Self>> {
        let row = loaders::one(ctx, account).await?;
        Ok(row.map(|row| Self { row, stale }))
    }
}

/// Le compte connecté.
#[Object]
impl Me {
    /// Compte.
    async fn account(&self) -> Account {
        self.row.clone().into()
    }

    /// Établissements dont il fait partie.
    async fn memberships(&self, ctx: &Context<'_>) -> Result<Vec<Membership>> {
        let account = self.row.account;
        let rows = Call::of(ctx)?
            .read(move |db| projections::accounts::memberships::of_account(db, account))
            .await?;
        Ok(rows.into_iter().map(Membership::from).collect())
    }

    /// Charges sur des plateformes.
    async fn offices(&self, ctx: &Context<'_>) -> Result<Vec<Office>> {
        let account = self.row.account;
        let rows = Call::of(ctx)?.read(move |db| platform_roles::of_account(db, account)).await?;
        Ok(rows.into_iter().map(Office::from).collect())
    }

    /// Vrai s’il exploite le service.
    async fn operator(&self) -> bool {
        self.row.operator
    }

    /// Version des conditions d’utilisation acceptée en dernier.
    async fn terms(&self) -> Option<&str> {
        self.row.terms.as_deref()
    }

    /// Question secrète.
    async fn question(&self) -> Option<&str> {
        self.row.question.as_deref()
    }

    /// Adresse demandée, qui attend d’être confirmée par le lien reçu.
    async fn wanted_login(&self) -> Option<&str> {
        self.row.wanted_login.as_ref().map(Email::as_str)
    }

    /// Ce qui demande l’attention : licence dépassée, adresse de notification à saisir.
    async fn banners(&self, ctx: &Context<'_>) -> Result<Vec<Banner>> {
        let call = Call::of(ctx)?;
        let managed: Vec<Uai> = call
            .viewer()
            .memberships
            .iter()
            .filter(|(_, role)| *role == school_space::MemberRole::Manager)
            .map(|(uai, _)| uai.clone())
            .collect();
        let now = |zone: &str| call.service().moment(zone).local.date();
        let hosted = call.read(move |db| hosted(db, &managed)).await?;
        Ok(hosted.iter().flat_map(|host| host.banners(now)).collect())
    }

    /// Vrai si la réponse ne tient pas encore compte de la position demandée.
    async fn stale(&self) -> bool {
        self.stale
    }
}

/// Ce dont parle un bandeau.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub(crate) enum BannerKind {
    /// La licence de la plateforme est dépassée.
    LicenceOver,
    /// L’adresse des notifications n’est pas saisie.
    NotificationAddressMissing,
}

/// Bandeau en tête des pages d’un établissement d’accueil.
#[derive(Debug, Clone, SimpleObject)]
#[graphql(complex)]
pub(crate) struct Banner {
    /// De quoi il s’agit.
    kind: BannerKind,
    /// Phrase à montrer.
    message: String,
    /// Depuis quel jour, si cela compte.
    since: Option<Day>,
    #[graphql(skip)]
    platform_slug: Slug,
    #[graphql(skip)]
    host_uai: Uai,
}

#[async_graphql::ComplexObject]
impl Banner {
    /// Plateforme.
    async fn platform(&self, ctx: &Context<'_>) -> Result<Option<Platform>> {
        Platform::load(ctx, &self.platform_slug).await
    }

    /// Établissement d’accueil.
    async fn host(&self, ctx: &Context<'_>) -> Result<Option<School>> {
        School::load(ctx, &self.host_uai).await
    }
}

/// A school of the viewer's, as host of a platform.
struct Hosted {
    platform: platform_list::Platform,
    host: platform_hosts::PlatformHost,
}

fn hosted(db: &projections::Connection, managed: &[Uai]) -> projections::SqlResult<Vec<Hosted>> {
    let mut hosted = Vec::new();
    for uai in managed {
        for host in platform_hosts::of_host(db, uai)? {
            let platform = platform_list::by_slug(db, &host.platform)?;
            hosted.extend(platform.map(|platform| Hosted { platform, host }));
        }
    }
    Ok(hosted)
}

impl Hosted {
    fn banners(&self, today: impl Fn(&str) -> Date) -> Vec<Banner> {
        let today = today(&self.platform.time_zone);
        let over = self.platform.licence_until.filter(|until| *until < today);
        let over = over.map(|until| {
            let message =
                format!("La licence de la plateforme est dépassée depuis le {}.", day(until));
            self.banner(BannerKind::LicenceOver, message, Some(until))
        });
        let missing = self.host.email.is_none().then(|| {
            let message = "Saisissez l’adresse à laquelle recevoir les notifications de la \
                           plateforme, dans les options."
                .to_owned();
            self.banner(BannerKind::NotificationAddressMissing, message, None)
        });
        over.into_iter().chain(missing).collect()
    }

    fn banner(&self, kind: BannerKind, message: String, since: Option<Date>) -> Banner {
        Banner {
            kind,
            message,
            since: since.map(Day),
            platform_slug: self.platform.platform.clone(),
            host_uai: self.host.host.clone(),
        }
    }
}
