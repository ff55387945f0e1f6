//! Accounts, memberships, invitations and requests as GraphQL shows them.

use async_graphql::{ComplexObject, Context, Enum, ID, Result, SimpleObject};
use domain::{
    access::{Action, Facts},
    accounts::{account, school_space},
    kernel::{email::Email, ids::AccountId, slug::Slug, uai::Uai},
};
use projections::accounts::{
    access_requests, account_list,
    invitations::Invitation as InvitationRow,
    memberships::{self, Membership as MembershipRow},
    school_spaces,
    viewer::platforms_of_school,
};

use crate::{
    directory::types::School,
    guard::Call,
    loaders,
    platforms::types::Platform,
    scalars::{Instant, id},
};

/// Civilité.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "account::Civility")]
pub(crate) enum Civility {
    /// Madame.
    Madame,
    /// Monsieur.
    Monsieur,
}

/// Où en est un compte.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "account_list::AccountStatus")]
pub(crate) enum AccountStatus {
    /// L’adresse n’est pas encore vérifiée.
    Unverified,
    /// Peut se connecter.
    Verified,
    /// Fermé définitivement.
    Closed,
}

/// Ce qu’un membre peut faire pour l’établissement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "school_space::MemberRole")]
pub(crate) enum MemberRole {
    /// Gestionnaire : tout.
    Manager,
    /// Enseignant : listes du jour, présences et appréciations.
    Teacher,
}

/// Réponse à une demande d’accès.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "access_requests::AccessAnswer")]
pub(crate) enum AccessState {
    /// En attente.
    Waiting,
    /// Acceptée : une invitation est partie.
    Granted,
    /// Refusée.
    Declined,
}

/// Compte. Ce qui concerne une personne effacée est vide.
#[derive(Debug, Clone, SimpleObject)]
#[graphql(complex)]
pub(crate) struct Account {
    /// Identifiant.
    id: ID,
    /// Adresse de connexion.
    login: Option<String>,
    /// Civilité.
    civility: Option<Civility>,
    /// Nom.
    last_name: Option<String>,
    /// Prénom.
    first_name: Option<String>,
    /// Fonction.
    function: Option<String>,
    /// Téléphone.
    phone: Option<String>,
    /// Où en est le compte.
    status: AccountStatus,
    /// Inscription.
    registered_at: Instant,
    /// Vérification de l’adresse.
    verified_at: Option<Instant>,
    /// Dernière connexion.
    signed_in_at: Option<Instant>,
    /// Fin du blocage, si le compte est ou a été bloqué.
    locked_until: Option<Instant>,
    /// Vrai s’il exploite le service.
    operator: bool,
    #[graphql(skip)]
    key: AccountId,
}

#[ComplexObject]
impl Account {
    /// Établissements dont il fait partie.
    async fn memberships(&self, ctx: &Context<'_>) -> Result<Vec<Membership>> {
        let account = self.key;
        let rows = Call::of(ctx)?.read(move |db| memberships::of_account(db, account)).await?;
        Ok(rows.into_iter().map(Membership::from).collect())
    }
}

impl From<account_list::Account> for Account {
    fn from(row: account_list::Account) -> Self {
        let holder = row.holder.as_ref();
        Self {
            id: id(row.account),
            login: row.login.map(String::from),
            civility: holder.and_then(|it| it.civility).map(Into::into),
            last_name: holder.map(|it| it.last_name.clone()),
            first_name: holder.map(|it| it.first_name.clone()),
            function: holder.and_then(|it| it.function.clone()),
            phone: holder.and_then(|it| it.phone.clone()),
            status: row.status.into(),
            registered_at: Instant(row.registered_at),
            verified_at: row.verified_at.map(Instant),
            signed_in_at: row.signed_in_at.map(Instant),
            locked_until: row.locked_until.map(Instant),
            operator: row.operator,
            key: row.account,
        }
    }
}

impl Account {
    /// The account `account`, unless the viewer may not read it.
    pub(crate) async fn load_visible(
        ctx: &Context<'_>,
        account: AccountId,
    ) -> Result<Option<Self>> {
        let call = Call::of(ctx)?;
        let facts = call.account_facts(account).await?;
        if !call.may(Action::ReadAccount, &facts) {
            return Ok(None);
        }
        Ok(loaders::one(ctx, account).await?.map(Self::from))
    }
}

impl Call<'_> {
    /// What decides who may touch an account: its holder, and the platforms of its schools.
    pub(crate) async fn account_facts(self, account: AccountId) -> Result<Facts> {
        let platforms = self.read(move |db| account_list::platforms_of(db, account)).await?;
        let platforms = platforms.iter().filter_map(|slug| slug.parse().ok());
        Ok(platforms.fold(Facts::account(account), Facts::on))
    }
}

/// Appartenance d’un compte à un établissement.
#[derive(Debug, Clone)]
pub(crate) struct Membership(MembershipRow);

impl From<MembershipRow> for Membership {
    fn from(row: MembershipRow) -> Self {
        Self(row)
    }
}

/// Appartenance d’un compte à un établissement.
#[async_graphql::Object]
impl Membership {
    /// Code UAI de l’établissement.
    async fn uai(&self) -> String {
        self.0.uai.to_string()
    }

    /// Établissement.
    async fn school(&self, ctx: &Context<'_>) -> Result<Option<School>> {
        School::load(ctx, &self.0.uai).await
    }

    /// Rôle dans l’établissement.
    async fn role(&self) -> MemberRole {
        self.0.role.into()
    }

    /// Depuis quand.
    async fn since(&self) -> Instant {
        Instant(self.0.since)
    }

    /// Plateformes sur lesquelles l’établissement accueille des élèves.
    async fn hosted_platforms(&self, ctx: &Context<'_>) -> Result<Vec<Platform>> {
        let uai = self.0.uai.clone();
        let slugs: Vec<Slug> = Call::of(ctx)?.read(move |db| platforms_of_school(db, &uai)).await?;
        let mut platforms = Vec::new();
        for slug in slugs {
            platforms.extend(Platform::load(ctx, &slug).await?);
        }
        Ok(platforms)
    }
}

/// Membre d’un établissement.
#[derive(Debug, Clone)]
pub(crate) struct Member(pub(crate) MembershipRow, pub(crate) Option<account_list::Account>);

/// Membre d’un établissement.
#[async_graphql::Object]
impl Member {
    /// Identifiant du compte.
    async fn account_id(&self) -> ID {
        id(self.0.account)
    }

    /// Rôle dans l’établissement.
    async fn role(&self) -> MemberRole {
        self.0.role.into()
    }

    /// Depuis quand.
    async fn since(&self) -> Instant {
        Instant(self.0.since)
    }

    /// Nom.
    async fn last_name(&self) -> Option<&str> {
        let holder = self.1.as_ref()?.holder.as_ref()?;
        Some(&holder.last_name)
    }

    /// Prénom.
    async fn first_name(&self) -> Option<&str> {
        let holder = self.1.as_ref()?.holder.as_ref()?;
        Some(&holder.first_name)
    }

    /// Fonction.
    async fn function(&self) -> Option<&str> {
        self.1.as_ref()?.holder.as_ref()?.function.as_deref()
    }

    /// Adresse de connexion.
    async fn login(&self) -> Option<&str> {
        self.1.as_ref()?.login.as_ref().map(Email::as_str)
    }
}

/// Invitation qui attend d’être acceptée.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct Invitation {
    /// Identifiant.
    id: ID,
    /// Adresse invitée.
    email: Option<String>,
    /// Rôle proposé.
    role: MemberRole,
    /// Quand elle est partie.
    invited_at: Instant,
    /// Jusqu’à quand elle peut être acceptée.
    expires_at: Instant,
}

impl From<InvitationRow> for Invitation {
    fn from(row: InvitationRow) -> Self {
        Self {
            id: id(row.invitation),
            email: row.email.map(String::from),
            role: row.role.into(),
            invited_at: Instant(row.invited_at),
            expires_at: Instant(row.expires_at),
        }
    }
}

/// Demande d’accès à l’espace d’un établissement.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct AccessRequest {
    /// Identifiant.
    id: ID,
    /// Nom.
    last_name: Option<String>,
    /// Prénom.
    first_name: Option<String>,
    /// Fonction.
    function: Option<String>,
    /// Adresse académique.
    email: Option<String>,
    /// Quand elle a été faite.
    requested_at: Instant,
    /// Réponse.
    answer: AccessState,
    /// Quand la réponse a été donnée.
    answered_at: Option<Instant>,
}

impl From<access_requests::AccessRequest> for AccessRequest {
    fn from(row: access_requests::AccessRequest) -> Self {
        let requester = row.requester.as_ref();
        Self {
            id: id(row.request),
            last_name: requester.map(|it| it.last_name.clone()),
            first_name: requester.map(|it| it.first_name.clone()),
            function: requester.map(|it| it.function.clone()),
            email: requester.map(|it| it.email.as_str().to_owned()),
            requested_at: Instant(row.requested_at),
            answer: row.answer.into(),
            answered_at: row.answered_at.map(Instant),
        }
    }
}

/// Espace d’un établissement.
#[derive(Debug, Clone, SimpleObject)]
#[graphql(complex)]
pub(crate) struct SchoolSpace {
    /// Code UAI.
    uai: String,
    /// Depuis quand il a un compte.
    founded_at: Instant,
    /// Nombre de gestionnaires.
    managers: u32,
    /// Vrai si une signature est enregistrée.
    signature_stored: bool,
    /// Vrai si un cachet est enregistré.
    stamp_stored: bool,
    /// Vrai si la réponse ne tient pas encore compte de la position demandée.
    stale: bool,
    #[graphql(skip)]
    school_uai: Uai,
}

#[ComplexObject]
impl SchoolSpace {
    /// Établissement.
    async fn school(&self, ctx: &Context<'_>) -> Result<Option<School>> {
        School::load(ctx, &self.school_uai).await
    }
}

impl SchoolSpace {
    /// The space as it was read.
    pub(crate) fn new(row: school_spaces::SchoolSpace, stale: bool) -> Self {
        Self {
            uai: row.uai.to_string(),
            founded_at: Instant(row.founded_at),
            managers: row.managers,
            signature_stored: row.signature.is_some(),
            stamp_stored: row.stamp.is_some(),
            stale,
            school_uai: row.uai,
        }
    }
}
