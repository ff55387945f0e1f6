//! Schools as GraphQL shows them.

use async_graphql::{ComplexObject, Context, Enum, Result, SimpleObject};
use domain::{directory::school, kernel::uai::Uai};
use projections::directory::schools::School as Row;

use crate::loaders;

/// Nature d’un établissement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "school::SchoolKind")]
pub(crate) enum SchoolKind {
    /// Collège.
    College,
    /// SEGPA, section d’un collège.
    Segpa,
    /// Lycée général ou technologique.
    Lycee,
    /// Lycée professionnel.
    LyceeProfessionnel,
    /// Lycée polyvalent.
    LyceePolyvalent,
    /// Section d’un lycée, avec son propre code.
    Section,
    /// EREA et autres établissements adaptés.
    Erea,
    /// Autre établissement du second degré.
    Other,
}

/// Secteur d’un établissement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "school::Sector")]
pub(crate) enum Sector {
    /// Public.
    Public,
    /// Privé.
    Private,
}

/// État d’un établissement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "school::SchoolStatus")]
pub(crate) enum SchoolStatus {
    /// Ouvert.
    Open,
    /// À ouvrir.
    Opening,
    /// Fermé.
    Closed,
}

/// Établissement de l’annuaire national.
#[derive(Debug, Clone, SimpleObject)]
#[graphql(complex)]
pub(crate) struct School {
    /// Code UAI (anciennement RNE).
    uai: String,
    /// Nom.
    name: String,
    /// Nature.
    kind: SchoolKind,
    /// Secteur.
    sector: Sector,
    /// Numéro et rue.
    street: String,
    /// Code postal.
    postal_code: String,
    /// Ville.
    city: String,
    /// Département.
    departement: String,
    /// Académie.
    academie: String,
    /// Région.
    region: String,
    /// Latitude, en degrés.
    latitude: Option<f64>,
    /// Longitude, en degrés.
    longitude: Option<f64>,
    /// Téléphone.
    phone: Option<String>,
    /// Site.
    web: Option<String>,
    /// État.
    status: SchoolStatus,
    #[graphql(skip)]
    parent_uai: Option<Uai>,
}

#[ComplexObject]
impl School {
    /// Établissement dont il fait partie (le collège d’une SEGPA).
    async fn parent(&self, ctx: &Context<'_>) -> Result<Option<Self>> {
        match &self.parent_uai {
            Some(uai) => School::load(ctx, uai).await,
            None => Ok(None),
        }
    }
}

impl School {
    /// The school `uai`, read together with the others that the answer names.
    pub(crate) async fn load(ctx: &Context<'_>, uai: &Uai) -> Result<Option<Self>> {
        Ok(loaders::one(ctx, uai.clone()).await?.map(Self::from))
    }
}

impl From<Row> for School {
    fn from(row: Row) -> Self {
        let listing = row.listing;
        let degrees = |millionths: i32| f64::from(millionths) / 1e6;
        Self {
            uai: row.uai.to_string(),
            name: listing.name,
            kind: listing.kind.into(),
            sector: listing.sector.into(),
            street: listing.address.street,
            postal_code: listing.address.postal_code,
            city: listing.address.city,
            departement: listing.departement,
            academie: listing.academie,
            region: listing.region,
            latitude: listing.position.map(|it| degrees(it.latitude)),
            longitude: listing.position.map(|it| degrees(it.longitude)),
            phone: listing.phone,
            web: listing.web,
            status: listing.status.into(),
            parent_uai: listing.parent,
        }
    }
}
