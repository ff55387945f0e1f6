//! Setting platforms up, by theme.

mod catalogue;
mod offices;
mod settings;
mod texts;

use async_graphql::{Context, MergedObject, Object, Result};
use domain::{
    access::{Action, Facts},
    kernel::slug::Slug,
    platforms::platform::{Platform, PlatformCommand},
};
use projections::platforms::platform_list;
use uuid::Uuid;

use self::{
    catalogue::CatalogueMutation, offices::OfficeMutation, settings::SettingsMutation,
    texts::TextsMutation,
};
use super::types;
use crate::{guard::Call, position::Position, refused::Done};

/// Demandes sur les plateformes.
#[derive(MergedObject, Default)]
pub(crate) struct PlatformsMutation(
    SettingsMutation,
    TextsMutation,
    CatalogueMutation,
    OfficeMutation,
);

/// Une plateforme a changé.
#[derive(Debug, Clone)]
pub(crate) struct PlatformChanged {
    position: u64,
    platform: Slug,
}

/// Une plateforme a changé.
#[Object]
impl PlatformChanged {
    /// Position à donner à la lecture suivante.
    async fn position(&self) -> Position {
        Position(self.position)
    }

    /// La plateforme.
    async fn platform(&self, ctx: &Context<'_>) -> Result<Option<types::Platform>> {
        let call = Call::of(ctx)?;
        let stale = call.is_stale(Some(Position(self.position))).await;
        let slug = self.platform.clone();
        let row = call.read(move |db| platform_list::by_slug(db, &slug)).await?;
        Ok(row.map(|row| types::Platform::new(row, stale)))
    }
}

/// One command to one platform.
struct Change {
    mutation: &'static str,
    action: Action,
    id: Option<Uuid>,
}

impl Change {
    /// Whether the viewer may, before anything else is read or stored.
    fn check(&self, call: Call<'_>, platform: &Slug) -> Result<()> {
        let facts = Facts::platform(platform.clone());
        call.require(self.action, &facts).map(drop)
    }

    /// Gives a command that only the platform itself is concerned by.
    async fn give(
        self,
        call: Call<'_>,
        platform: Slug,
        command: PlatformCommand,
    ) -> Done<PlatformChanged> {
        let facts = Facts::platform(platform.clone());
        self.give_for(call, platform, &facts, command).await
    }

    /// Gives a command; `facts` decide who may.
    async fn give_for(
        self,
        call: Call<'_>,
        platform: Slug,
        facts: &Facts,
        command: PlatformCommand,
    ) -> Done<PlatformChanged> {
        let role = call.require(self.action, facts)?;
        let order = call.order(self.mutation, self.id, role).on(&platform);
        let handled = call.give::<Platform>(&order, platform.as_str(), command);
        Ok(PlatformChanged { position: handled.await?.last, platform })
    }
}
