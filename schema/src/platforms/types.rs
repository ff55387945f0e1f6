//! Platforms as GraphQL shows them: what everybody sees, and the options that few do.

use async_graphql::{ComplexObject, Context, Enum, ID, Result, SimpleObject};
use domain::{
    access::{Action, Facts},
    kernel::{ids::AccountId, slug::Slug, uai::Uai},
    platforms::{
        platform::{self, Article},
        rules::Rules,
    },
};
use projections::platforms::{
    formations::Formation as FormationRow, platform_hosts::PlatformHost,
    platform_list::Platform as PlatformRow, platform_roles,
};

use crate::{
    accounts::types::Account,
    conventions::Signatory,
    directory::types::School,
    guard::Call,
    loaders,
    scalars::{Day, Instant, id},
};

/// Niveau d’une formation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "platform::FormationLevel")]
pub(crate) enum FormationLevel {
    /// CAP.
    Cap,
    /// BAC PRO.
    BacPro,
    /// BAC TECHNO.
    BacTechno,
    /// BAC GÉNÉRAL.
    BacGeneral,
    /// BTS.
    Bts,
    /// 3e prépa-métiers, ou autre.
    Other,
}

/// Charge d’un compte sur une plateforme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "platform::PlatformRole")]
pub(crate) enum PlatformRole {
    /// Administre la plateforme.
    Admin,
    /// Lit tout, ne change rien.
    Auditor,
}

/// Plateforme de stages.
#[derive(Debug, Clone, SimpleObject)]
#[graphql(complex)]
pub(crate) struct Platform {
    /// Nom court, tel qu’il figure dans les adresses.
    slug: String,
    /// Nom affiché.
    name: String,
    /// Couleur principale, `#rrggbb`.
    colour: Option<String>,
    /// Empreinte du logo, sous laquelle il se télécharge.
    logo: Option<String>,
    /// Empreinte du guide à télécharger.
    guide: Option<String>,
    /// Fuseau horaire des créneaux.
    time_zone: String,
    /// Vrai si la réponse ne tient pas encore compte de la position demandée.
    stale: bool,
    #[graphql(skip)]
    row: PlatformRow,
}

#[ComplexObject]
impl Platform {
    /// Réglages, pour ceux qui peuvent les lire ; rien pour les autres.
    async fn options(&self, ctx: &Context<'_>) -> Result<Option<PlatformOptions>> {
        let call = Call::of(ctx)?;
        let hosts = self.hosted_by_viewer(call).await?;
        let mut facts = vec![Facts::platform(self.row.platform.clone())];
        facts.extend(hosts);
        let readable = facts.iter().any(|it| call.may(Action::ReadPlatformOptions, it));
        Ok(readable.then(|| PlatformOptions(self.row.clone())))
    }
}

impl Platform {
    /// The platform as it was read.
    pub(crate) fn new(row: PlatformRow, stale: bool) -> Self {
        Self {
            slug: row.platform.to_string(),
            name: row.display_name().to_owned(),
            colour: row.branding.as_ref().map(|it| it.colour.clone()),
            logo: row.branding.as_ref().and_then(|it| it.logo.as_ref()).map(|it| it.blob.clone()),
            guide: row.guide.as_ref().map(|it| it.blob.clone()),
            time_zone: row.time_zone.clone(),
            stale,
            row,
        }
    }

    /// The platform `slug`, read together with the others that the answer names.
    pub(crate) async fn load(ctx: &Context<'_>, slug: &Slug) -> Result<Option<Self>> {
        let row = loaders::one(ctx, slug.clone()).await?;
        Ok(row.map(|row| Self::new(row, false)))
    }

    /// The viewer's schools, as hosts of this platform.
    async fn hosted_by_viewer(&self, call: Call<'_>) -> Result<Vec<Facts>> {
        let mut facts = Vec::new();
        for (uai, _) in &call.viewer().memberships {
            facts.push(call.host_facts(&self.row.platform, uai).await?);
        }
        Ok(facts)
    }
}

/// Réglages d’une plateforme.
#[derive(Debug, Clone)]
pub(crate) struct PlatformOptions(PlatformRow);

/// Réglages d’une plateforme.
#[async_graphql::Object]
impl PlatformOptions {
    /// Dernier jour de la licence.
    async fn licence_until(&self) -> Option<Day> {
        self.0.licence_until.map(Day)
    }

    /// Règles de réservation.
    async fn rules(&self) -> PlatformRules {
        self.0.rules.clone().into()
    }

    /// Texte imprimé au-dessus des signatures de la convention.
    async fn first_note(&self) -> &str {
        &self.0.notes.0
    }

    /// Texte imprimé à la fin de la convention.
    async fn second_note(&self) -> &str {
        &self.0.notes.1
    }

    /// Articles de la convention propres à la plateforme ; aucun : ceux d’Escale.
    async fn articles(&self) -> Vec<ConventionArticle> {
        self.0.articles.iter().cloned().map(ConventionArticle::from).collect()
    }

    /// Articles d’Escale, pour une plateforme qui n’a pas les siens.
    async fn standard_articles(&self, ctx: &Context<'_>) -> Result<Vec<ConventionArticle>> {
        let articles = Call::of(ctx)?.service().standard_articles();
        Ok(articles.into_iter().map(ConventionArticle::from).collect())
    }

    /// Jour d’ouverture.
    async fn opened_at(&self) -> Instant {
        Instant(self.0.opened_at)
    }

    /// Charges sur la plateforme, pour ceux qui l’administrent ou la contrôlent.
    async fn offices(&self, ctx: &Context<'_>) -> Result<Vec<Office>> {
        let call = Call::of(ctx)?;
        let facts = Facts::platform(self.0.platform.clone());
        if !call.may(Action::ReadPlatformOptions, &facts) {
            return Ok(Vec::new());
        }
        let slug = self.0.platform.clone();
        let offices = call.read(move |db| platform_roles::of_platform(db, &slug)).await?;
        Ok(offices.into_iter().map(Office::from).collect())
    }
}

/// Article d’une convention.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct ConventionArticle {
    /// Titre.
    title: String,
    /// Texte.
    text: String,
}

impl From<Article> for ConventionArticle {
    fn from(article: Article) -> Self {
        Self { title: article.title, text: article.text }
    }
}

/// Règles d’une plateforme. Les jours se comptent à rebours depuis celui du créneau.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct PlatformRules {
    /// Les réservations ferment tant de jours avant le créneau ; 0 : jusqu’à son début.
    booking_closes_days: u16,
    /// L’établissement d’origine peut annuler jusqu’à tant de jours avant.
    cancel_closes_days: u16,
    /// Une réservation non confirmée est rappelée tant de jours avant.
    remind_days: u16,
    /// Une réservation non confirmée expire tant de jours avant.
    expire_days: u16,
    /// Mais jamais moins de tant d’heures après avoir été faite.
    confirm_grace_hours: u16,
    /// Heures pour répondre quand une place se libère.
    promotion_hours: u16,
    /// Places d’un même établissement dans un créneau, au plus.
    seats_per_school: Option<u16>,
    /// Réservations actives d’un même élève sur la plateforme, au plus.
    bookings_per_pupil: Option<u16>,
    /// Taille d’un dépôt, en octets, au plus.
    deposit_most_bytes: u64,
    /// Qui signe une convention en ligne ; le responsable légal d’un mineur dans tous les cas.
    signatories: Vec<Signatory>,
}

impl From<Rules> for PlatformRules {
    fn from(rules: Rules) -> Self {
        Self {
            booking_closes_days: rules.booking_closes_days,
            cancel_closes_days: rules.cancel_closes_days,
            remind_days: rules.remind_days,
            expire_days: rules.expire_days,
            confirm_grace_hours: rules.confirm_grace_hours,
            promotion_hours: rules.promotion_hours,
            seats_per_school: rules.seats_per_school,
            bookings_per_pupil: rules.bookings_per_pupil,
            deposit_most_bytes: rules.deposit_most_bytes,
            signatories: rules.signatories.into_iter().map(Into::into).collect(),
        }
    }
}

/// Charge d’un compte sur une plateforme.
#[derive(Debug, Clone, SimpleObject)]
#[graphql(complex)]
pub(crate) struct Office {
    /// Charge.
    role: PlatformRole,
    /// Depuis quand.
    since: Instant,
    #[graphql(skip)]
    platform_slug: Slug,
    #[graphql(skip)]
    account_id: AccountId,
}

#[ComplexObject]
impl Office {
    /// Plateforme.
    async fn platform(&self, ctx: &Context<'_>) -> Result<Option<Platform>> {
        Platform::load(ctx, &self.platform_slug).await
    }

    /// Compte, pour ceux qui peuvent le lire.
    async fn account(&self, ctx: &Context<'_>) -> Result<Option<Account>> {
        Account::load_visible(ctx, self.account_id).await
    }
}

impl From<platform_roles::Office> for Office {
    fn from(row: platform_roles::Office) -> Self {
        Self {
            role: row.role.into(),
            since: Instant(row.since),
            platform_slug: row.platform,
            account_id: row.account,
        }
    }
}

/// Établissement qui accueille des élèves sur une plateforme.
#[derive(Debug, Clone)]
pub(crate) struct Host(pub(crate) PlatformHost);

/// Établissement qui accueille des élèves sur une plateforme.
#[async_graphql::Object]
impl Host {
    /// Code UAI de l’établissement.
    async fn uai(&self) -> String {
        self.0.host.to_string()
    }

    /// Établissement.
    async fn school(&self, ctx: &Context<'_>) -> Result<Option<School>> {
        School::load(ctx, &self.0.host).await
    }

    /// Adresse des notifications, pour ceux qui peuvent lire les réglages.
    async fn notification_address(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let call = Call::of(ctx)?;
        let host = &self.0;
        let facts = Facts::host(host.platform.clone(), host.host.clone(), host.attached);
        let readable = call.may(Action::ReadPlatformOptions, &facts);
        Ok(host.email.as_ref().filter(|_| readable).map(|it| it.as_str().to_owned()))
    }
}

/// Formation à découvrir.
#[derive(Debug, Clone, SimpleObject)]
#[graphql(complex)]
pub(crate) struct Formation {
    /// Identifiant.
    id: ID,
    /// Niveau.
    level: FormationLevel,
    /// Intitulé.
    label: String,
    /// Vrai si elle n’est plus proposée.
    retired: bool,
    #[graphql(skip)]
    host_uai: Uai,
    #[graphql(skip)]
    platform_slug: Slug,
}

#[ComplexObject]
impl Formation {
    /// Établissement d’accueil.
    async fn host(&self, ctx: &Context<'_>) -> Result<Option<School>> {
        School::load(ctx, &self.host_uai).await
    }

    /// Plateforme.
    async fn platform(&self, ctx: &Context<'_>) -> Result<Option<Platform>> {
        Platform::load(ctx, &self.platform_slug).await
    }
}

impl From<FormationRow> for Formation {
    fn from(row: FormationRow) -> Self {
        Self {
            id: id(row.formation),
            level: row.level.into(),
            label: row.label,
            retired: row.retired,
            host_uai: row.host,
            platform_slug: row.platform,
        }
    }
}
