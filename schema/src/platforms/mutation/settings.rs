//! Opening a platform; its look, licence, rules and guide.

use async_graphql::{Context, InputObject, Object, Result, Upload};
use domain::{
    access::{Action, Facts},
    kernel::slug::Slug,
    platforms::{
        platform::{Branding, PlatformCommand, StoredFile},
        rules::Rules,
    },
};
use projections::platforms::platform_list;
use uuid::Uuid;

use super::{Change, PlatformChanged};
use crate::{
    conventions::Signatory,
    guard::{Call, port_fault},
    input,
    platforms::messages::not_a_time_zone,
    ports::PublicFile,
    refused::{Done, Stop, answer, payload},
};

/// The largest logo and guide that are read, in bytes.
const MOST: u64 = 20 * 1024 * 1024;

/// Ouverture d’une plateforme.
#[derive(InputObject)]
pub(crate) struct OpenPlatformInput {
    /// Nom court, tel qu’il figurera dans les adresses.
    slug: String,
    /// Nom affiché.
    name: String,
    /// Fuseau horaire des créneaux.
    #[graphql(default_with = "\"Europe/Paris\".to_owned()")]
    time_zone: String,
    /// Identifiant de la demande.
    command_id: Option<Uuid>,
}

/// Apparence d’une plateforme.
#[derive(InputObject)]
pub(crate) struct ChangeBrandingInput {
    /// Plateforme.
    platform: String,
    /// Nom affiché.
    display_name: String,
    /// Couleur principale, `#rrggbb`, sur laquelle un texte blanc reste lisible.
    colour: String,
    /// Logo PNG ou JPEG ; sans lui, le logo reste celui d’avant.
    logo: Option<Upload>,
    /// Vrai pour ne plus avoir de logo.
    #[graphql(default)]
    remove_logo: bool,
    /// Identifiant de la demande.
    command_id: Option<Uuid>,
}

/// Renouvellement d’une licence.
#[derive(InputObject)]
pub(crate) struct RenewLicenceInput {
    /// Plateforme.
    platform: String,
    /// Dernier jour.
    until: String,
    /// Identifiant de la demande.
    command_id: Option<Uuid>,
}

/// Règles d’une plateforme, toutes.
#[derive(InputObject)]
pub(crate) struct ChangeRulesInput {
    /// Plateforme.
    platform: String,
    /// Jours avant le créneau où les réservations ferment.
    booking_closes_days: u16,
    /// Jours avant le créneau jusqu’auxquels l’établissement d’origine peut annuler.
    cancel_closes_days: u16,
    /// Jours avant le créneau où une réservation non confirmée est rappelée.
    remind_days: u16,
    /// Jours avant le créneau où une réservation non confirmée expire.
    expire_days: u16,
    /// Heures pendant lesquelles une réservation n’expire pas.
    confirm_grace_hours: u16,
    /// Heures pour répondre quand une place se libère.
    promotion_hours: u16,
    /// Places d’un même établissement dans un créneau, au plus.
    seats_per_school: Option<u16>,
    /// Réservations actives d’un même élève sur la plateforme, au plus.
    bookings_per_pupil: Option<u16>,
    /// Taille d’un dépôt, en octets, au plus.
    deposit_most_bytes: u64,
    /// Qui signe une convention en ligne ; sans eux, ceux d’avant.
    signatories: Option<Vec<Signatory>>,
    /// Identifiant de la demande.
    command_id: Option<Uuid>,
}

/// Guide à télécharger.
#[derive(InputObject)]
pub(crate) struct StoreGuideInput {
    /// Plateforme.
    platform: String,
    /// PDF.
    file: Upload,
    /// Identifiant de la demande.
    command_id: Option<Uuid>,
}

payload! {
    OpenPlatformPayload = PlatformChanged;
    ChangeBrandingPayload = PlatformChanged;
    RenewLicencePayload = PlatformChanged;
    ChangeRulesPayload = PlatformChanged;
    StoreGuidePayload = PlatformChanged;
}

#[derive(Default)]
pub(crate) struct SettingsMutation;

#[Object]
impl SettingsMutation {
    /// Ouvre une plateforme, avec les règles par défaut.
    async fn open_platform(
        &self,
        ctx: &Context<'_>,
        input: OpenPlatformInput,
    ) -> Result<OpenPlatformPayload> {
        answer(open(Call::of(ctx)?, input).await)
    }

    /// Change l’apparence d’une plateforme.
    async fn change_branding(
        &self,
        ctx: &Context<'_>,
        input: ChangeBrandingInput,
    ) -> Result<ChangeBrandingPayload> {
        answer(change_branding(ctx, input).await)
    }

    /// Renouvelle la licence d’une plateforme.
    async fn renew_licence(
        &self,
        ctx: &Context<'_>,
        input: RenewLicenceInput,
    ) -> Result<RenewLicencePayload> {
        answer(renew_licence(Call::of(ctx)?, input).await)
    }

    /// Change les règles d’une plateforme.
    async fn change_rules(
        &self,
        ctx: &Context<'_>,
        input: ChangeRulesInput,
    ) -> Result<ChangeRulesPayload> {
        answer(change_rules(Call::of(ctx)?, input).await)
    }

    /// Enregistre le guide que les établissements téléchargent.
    async fn store_guide(
        &self,
        ctx: &Context<'_>,
        input: StoreGuideInput,
    ) -> Result<StoreGuidePayload> {
        answer(store_guide(ctx, input).await)
    }
}

async fn open(call: Call<'_>, input: OpenPlatformInput) -> Done<PlatformChanged> {
    call.require(Action::OpenPlatform, &Facts::none())?;
    let platform = input::slug("slug", &input.slug)?;
    let name = input::line("name", &input.name, 120)?;
    if jiff::tz::TimeZone::get(&input.time_zone).is_err() {
        return Err(Stop::Refused(not_a_time_zone().at("timeZone")));
    }
    let change =
        Change { mutation: "openPlatform", action: Action::OpenPlatform, id: input.command_id };
    let command = PlatformCommand::OpenPlatform {
        platform: platform.clone(),
        name,
        time_zone: input.time_zone,
        rules: Rules::default(),
    };
    change.give(call, platform, command).await
}

async fn change_branding(ctx: &Context<'_>, input: ChangeBrandingInput) -> Done<PlatformChanged> {
    let call = Call::of(ctx)?;
    let platform = input::slug("platform", &input.platform)?;
    let change =
        Change { mutation: "changeBranding", action: Action::ChangeBranding, id: input.command_id };
    change.check(call, &platform)?;
    let display_name = input::line("displayName", &input.display_name, 120)?;
    let logo = match (&input.logo, input.remove_logo) {
        (Some(logo), _) => Some(public_file(ctx, "logo", logo, PublicFile::Logo).await?),
        (None, true) => None,
        (None, false) => kept_logo(call, &platform).await?,
    };
    let branding = Branding { display_name, colour: input.colour.trim().to_lowercase(), logo };
    let command = PlatformCommand::ChangeBranding { branding };
    change.give(call, platform, command).await
}

async fn kept_logo(call: Call<'_>, platform: &Slug) -> Done<Option<StoredFile>> {
    let slug = platform.clone();
    let row = call.read(move |db| platform_list::by_slug(db, &slug)).await?;
    Ok(row.and_then(|row| row.branding).and_then(|it| it.logo))
}

async fn public_file(
    ctx: &Context<'_>,
    field: &str,
    upload: &Upload,
    kind: PublicFile,
) -> Done<StoredFile> {
    let bytes = input::file(ctx, field, upload, MOST)?;
    let stored = Call::of(ctx)?.service().accept_public_file(bytes, kind).await;
    stored.map_err(port_fault)?.map_err(|bad| Stop::Refused(input::bad_file(field, &bad)))
}

async fn renew_licence(call: Call<'_>, input: RenewLicenceInput) -> Done<PlatformChanged> {
    let platform = input::slug("platform", &input.platform)?;
    let change =
        Change { mutation: "renewLicence", action: Action::RenewLicence, id: input.command_id };
    change.check(call, &platform)?;
    let until = input::day("until", &input.until)?;
    let command = PlatformCommand::RenewLicence { until };
    change.give(call, platform, command).await
}

async fn change_rules(call: Call<'_>, input: ChangeRulesInput) -> Done<PlatformChanged> {
    let platform = input::slug("platform", &input.platform)?;
    let slug = platform.clone();
    let known = call.read(move |db| platform_list::by_slug(db, &slug)).await?;
    let before = known.map_or_else(Rules::default, |it| it.rules).signatories;
    let chosen = input.signatories.map(|it| it.into_iter().map(Into::into).collect());
    let rules = Rules {
        signatories: chosen.unwrap_or(before),
        booking_closes_days: input.booking_closes_days,
        cancel_closes_days: input.cancel_closes_days,
        remind_days: input.remind_days,
        expire_days: input.expire_days,
        confirm_grace_hours: input.confirm_grace_hours,
        promotion_hours: input.promotion_hours,
        seats_per_school: input.seats_per_school,
        bookings_per_pupil: input.bookings_per_pupil,
        deposit_most_bytes: input.deposit_most_bytes,
    };
    let change =
        Change { mutation: "changeRules", action: Action::ChangeRules, id: input.command_id };
    let command = PlatformCommand::ChangeRules { rules };
    change.give(call, platform, command).await
}

async fn store_guide(ctx: &Context<'_>, input: StoreGuideInput) -> Done<PlatformChanged> {
    let call = Call::of(ctx)?;
    let platform = input::slug("platform", &input.platform)?;
    let change =
        Change { mutation: "storeGuide", action: Action::StoreGuide, id: input.command_id };
    change.check(call, &platform)?;
    let guide = public_file(ctx, "file", &input.file, PublicFile::Guide).await?;
    let command = PlatformCommand::StoreGuide { guide };
    change.give(call, platform, command).await
}
