//! `escale platform`.

use std::process::ExitCode;

use clap::{Args, Subcommand};
use domain::{
    accounts::account::{Account, AccountCommand, AccountRefusal, Holder, LOGIN},
    kernel::{
        email::Email,
        ids::{AccountId, LinkId, PersonId},
        personal::{ClaimKey, Personal},
        slug::Slug,
        uai::Uai,
    },
    platforms::{
        platform::{Platform as Aggregate, PlatformCommand, PlatformRole},
        rules::Rules,
    },
};
use jiff::SignedDuration;
use journal::Journal;
use schema::words;

use super::{CliFault, arguments, context_of, output, refused};
use crate::{config::Config, ids};

/// What can be asked of platforms.
#[derive(Debug, Subcommand)]
pub(super) enum Platform {
    /// Ouvre une plateforme
    Open(Open),
}

/// `platform open`.
#[derive(Debug, Args)]
pub(super) struct Open {
    /// Nom court, dans les adresses : lycee-demo-paul
    #[arg(value_parser = arguments::slug)]
    slug: Slug,
    /// Nom affiché : « Mini-stages du bassin de la Colline »
    #[arg(long)]
    name: String,
    /// UAI d’un établissement d’accueil (peut être répété)
    #[arg(long = "host", value_name = "UAI", value_parser = arguments::uai)]
    hosts: Vec<Uai>,
    /// Adresse de l’administrateur ; il reçoit un lien pour choisir son mot de passe
    #[arg(long, value_name = "ADRESSE", value_parser = arguments::email)]
    admin: Option<Email>,
    /// Fuseau horaire des créneaux
    #[arg(long, default_value = "Europe/Paris")]
    time_zone: String,
}

impl Platform {
    pub(super) async fn run(
        self,
        config: &Config,
        journal: &Journal,
    ) -> Result<ExitCode, CliFault> {
        let Self::Open(open) = self;
        open.run(config, journal).await
    }
}

impl Open {
    async fn run(self, config: &Config, journal: &Journal) -> Result<ExitCode, CliFault> {
        if jiff::tz::TimeZone::get(&self.time_zone).is_err() {
            let zone = &self.time_zone;
            return Err(CliFault::Refused(format!("« {zone} » n’est pas un fuseau horaire")));
        }
        let (platform, rules) = (self.slug.clone(), Rules::default());
        let (name, time_zone) = (self.name.clone(), self.time_zone.clone());
        let open = PlatformCommand::OpenPlatform { platform, name, time_zone, rules };
        self.give(journal, open).await?;
        for host in &self.hosts {
            self.give(journal, PlatformCommand::AttachHost { host: host.clone() }).await?;
        }
        output::line(format!("La plateforme {} est ouverte.", self.slug));
        if let Some(admin) = &self.admin {
            let account = account_for(config, journal, admin).await?;
            let role = PlatformRole::Admin;
            self.give(journal, PlatformCommand::GrantRole { account, role }).await?;
            output::line(format!("{} l’administre.", admin.as_str()));
        }
        Ok(ExitCode::SUCCESS)
    }

    async fn give(&self, journal: &Journal, command: PlatformCommand) -> Result<(), CliFault> {
        let context = context_of(journal, Some(self.slug.to_string()));
        let id = self.slug.as_str();
        let handled = journal.handle::<Aggregate>(id, command, &context).await;
        handled.map(drop).map_err(|error| refused(error, words::of_platform))
    }
}

/// The account that signs in with `email`; a new one is registered, and asked by mail to choose
/// its password.
pub(super) async fn account_for(
    config: &Config,
    journal: &Journal,
    email: &Email,
) -> Result<AccountId, CliFault> {
    let key = ClaimKey::Personal(PersonId::new(uuid::Uuid::nil()), email.normalised());
    if let Some(id) = journal.claimant(LOGIN, &key).await? {
        return id.parse().map_err(|_| CliFault::Refused("ce compte est illisible".to_owned()));
    }
    let account = AccountId::new(ids::draw());
    let person = PersonId::new(ids::draw());
    let holder = Holder {
        civility: None,
        last_name: email.as_str().split('@').next().unwrap_or_default().to_owned(),
        first_name: String::new(),
        function: None,
        phone: None,
    };
    let register = AccountCommand::RegisterAccount {
        account,
        school: None,
        login: Personal::new(person, email.clone()),
        holder: Personal::new(person, holder),
    };
    give_account(journal, account, register, words::of_account).await?;
    // Whoever comes too late asks for another by « Mot de passe oublié ? ».
    let minutes = SignedDuration::from_mins(i64::from(config.accounts.link_minutes));
    let expires_at = journal.clock().now().saturating_add(minutes).unwrap_or(jiff::Timestamp::MAX);
    let link = LinkId::new(ids::draw());
    let ask = AccountCommand::RequestPasswordReset { link, expires_at };
    give_account(journal, account, ask, words::of_account).await?;
    Ok(account)
}

/// Gives a command to an account; `french` says why it says no.
pub(super) async fn give_account(
    journal: &Journal,
    account: AccountId,
    command: AccountCommand,
    french: impl FnOnce(AccountRefusal) -> String,
) -> Result<(), CliFault> {
    let context = context_of(journal, None);
    let id = account.uuid().to_string();
    let handled = journal.handle::<Account>(&id, command, &context).await;
    handled.map(drop).map_err(|error| refused(error, french))
}
