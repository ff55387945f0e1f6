//! Deadlines: reminds, expires, passes promotions on. The read models say what is due, the
//! aggregates decide; each command’s id is derived from what it is about.

use std::time::Duration;

use domain::{
    conventions::convention::{Convention, ConventionCommand},
    kernel::{
        ids::{ConventionId, derived},
        moment::Moment,
    },
    ministages::slot::{Slot, SlotCommand},
};
use projections::{
    ministages::deadlines::{DueBooking, expiries_due, promotions_due, reminders_due},
    platforms::platform_list::{self, Platform},
};
use tokio::sync::watch;

use super::{ReactionFault, Turns, context_of, notes, pause_or_stop, perform::give, report};
use crate::{app::App, clock, stacks};

const PAUSE: Duration = Duration::from_secs(20);

/// Acts when the time has come.
#[derive(Debug, Clone)]
pub struct Clockwork {
    app: App,
}

impl Clockwork {
    /// The clockwork of `app`.
    pub fn new(app: App) -> Self {
        Self { app }
    }

    /// Ticks until the service stops, while no other gateway does.
    pub async fn run(self, mut stop: watch::Receiver<bool>) {
        let mut turns = Turns::of(&self.app, "clockwork");
        while pause_or_stop(PAUSE, &mut stop).await && turns.come(&mut stop).await.is_some() {
            if let Err(fault) = self.tick().await {
                report(&fault, "the clockwork met a fault and tries again");
            }
        }
        turns.leave().await;
    }

    /// Acts on all that is due now. A reminder goes before its booking expires.
    pub async fn tick(&self) -> Result<(), ReactionFault> {
        let platforms = self.app.read.query(platform_list::all).await?;
        for platform in &platforms {
            let now = clock::moment(self.app.journal.clock().now(), &platform.time_zone);
            self.remind(platform, now).await?;
            self.expire(platform, now).await?;
        }
        self.pass_on(&platforms).await?;
        let now = self.app.journal.clock().now();
        notes::mail(&self.app, &platforms, now).await?;
        stacks::forget_old(&self.app, now).await
    }

    async fn remind(&self, platform: &Platform, now: Moment) -> Result<(), ReactionFault> {
        let (slug, rules) = (platform.platform.clone(), platform.rules.clone());
        let due = self.app.read.query(move |db| reminders_due(db, &slug, &rules, now)).await?;
        for convention in due {
            let command = ConventionCommand::RemindConvention;
            self.to_convention(platform, convention, command, now).await?;
        }
        Ok(())
    }

    async fn to_convention(
        &self,
        platform: &Platform,
        convention: ConventionId,
        command: ConventionCommand,
        now: Moment,
    ) -> Result<(), ReactionFault> {
        let id = derived(&["clock", "remind", &convention.to_string()]);
        let tenant = Some(platform.platform.to_string());
        let context = context_of("clock", id, None, id, tenant, now.at);
        give::<Convention>(&self.app, &convention.uuid().to_string(), command, &context).await
    }

    async fn expire(&self, platform: &Platform, now: Moment) -> Result<(), ReactionFault> {
        let (slug, rules) = (platform.platform.clone(), platform.rules.clone());
        let due = self.app.read.query(move |db| expiries_due(db, &slug, &rules, now)).await?;
        for it in due {
            let rules = platform.rules.clone();
            let command = SlotCommand::ExpireBooking { booking: it.booking, rules, now };
            self.to_slot("expire", &it, command, now).await?;
        }
        Ok(())
    }

    async fn pass_on(&self, platforms: &[Platform]) -> Result<(), ReactionFault> {
        let at = self.app.journal.clock().now();
        for it in self.app.read.query(move |db| promotions_due(db, at)).await? {
            let platform = platforms.iter().find(|platform| platform.platform == it.platform);
            let rules = platform.map(|platform| platform.rules.clone()).unwrap_or_default();
            let zone = platform.map_or("Europe/Paris", |platform| &platform.time_zone);
            let now = clock::moment(at, zone);
            let command = SlotCommand::LapsePromotion { booking: it.booking, rules, now };
            self.to_slot("lapse", &it, command, now).await?;
        }
        Ok(())
    }

    /// The day is in the id: what was refused today is asked again tomorrow.
    async fn to_slot(
        &self,
        what: &str,
        it: &DueBooking,
        command: SlotCommand,
        now: Moment,
    ) -> Result<(), ReactionFault> {
        let id = derived(&["clock", what, &it.booking.to_string(), &now.local.to_string()]);
        let tenant = Some(it.platform.to_string());
        let context = context_of("clock", id, None, id, tenant, now.at);
        give::<Slot>(&self.app, &it.slot.uuid().to_string(), command, &context).await
    }
}
