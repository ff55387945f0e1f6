//! Who administers or audits a platform.

use async_graphql::{Context, InputObject, Object, Result};
use domain::{access::Action, kernel::ids::AccountId, platforms::platform::PlatformCommand};
use uuid::Uuid;

use super::{Change, PlatformChanged};
use crate::{
    accounts::messages::no_such_account,
    guard::Call,
    input,
    platforms::types::PlatformRole,
    refused::{Done, Stop, answer, payload},
};

/// Charge à confier.
#[derive(InputObject)]
pub(crate) struct GrantRoleInput {
    /// Plateforme.
    platform: String,
    /// Adresse de connexion du compte.
    login: String,
    /// Charge.
    role: PlatformRole,
    /// Identifiant de la demande.
    command_id: Option<Uuid>,
}

/// Charge à retirer.
#[derive(InputObject)]
pub(crate) struct RevokeRoleInput {
    /// Plateforme.
    platform: String,
    /// Compte.
    account: String,
    /// Charge.
    role: PlatformRole,
    /// Identifiant de la demande.
    command_id: Option<Uuid>,
}

payload! {
    GrantRolePayload = PlatformChanged;
    RevokeRolePayload = PlatformChanged;
}

#[derive(Default)]
pub(crate) struct OfficeMutation;

#[Object]
impl OfficeMutation {
    /// Confie une charge à un compte.
    async fn grant_role(
        &self,
        ctx: &Context<'_>,
        input: GrantRoleInput,
    ) -> Result<GrantRolePayload> {
        answer(grant(Call::of(ctx)?, input).await)
    }

    /// Retire une charge à un compte.
    async fn revoke_role(
        &self,
        ctx: &Context<'_>,
        input: RevokeRoleInput,
    ) -> Result<RevokeRolePayload> {
        answer(revoke(Call::of(ctx)?, input).await)
    }
}

async fn grant(call: Call<'_>, input: GrantRoleInput) -> Done<PlatformChanged> {
    let platform = input::slug("platform", &input.platform)?;
    let change = Change { mutation: "grantRole", action: Action::GrantRole, id: input.command_id };
    change.check(call, &platform)?;
    let login = input::email("login", &input.login)?;
    let found = call.account_by_login(&login).await?;
    let found = found.filter(|found| found.verified);
    let account = found.ok_or_else(|| Stop::Refused(no_such_account().at("login")))?.account;
    let role = input.role.into();
    let command = PlatformCommand::GrantRole { account, role };
    change.give(call, platform, command).await
}

async fn revoke(call: Call<'_>, input: RevokeRoleInput) -> Done<PlatformChanged> {
    let platform = input::slug("platform", &input.platform)?;
    let change =
        Change { mutation: "revokeRole", action: Action::RevokeRole, id: input.command_id };
    change.check(call, &platform)?;
    let account: AccountId = input::id("account", &input.account)?;
    let role = input.role.into();
    let command = PlatformCommand::RevokeRole { account, role };
    change.give(call, platform, command).await
}
