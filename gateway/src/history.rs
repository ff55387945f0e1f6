//! A convention’s history in words, with its signatures online, from the log itself.

use domain::{
    conventions::convention::{Convention, ConventionState, ConventionTab, tab},
    facts::Fact,
    kernel::{decider::Decider as _, ids::ConventionId},
};
use jiff::{Timestamp, tz::TimeZone};
use journal::{Journal, ReadFault};
use schema::words::{sentence, who};

/// The history of a convention in words, up to `at`, and how it stood then; nothing when there is
/// none.
pub async fn lines(
    journal: &Journal,
    convention: ConventionId,
    at: Option<Timestamp>,
) -> Result<Vec<String>, ReadFault> {
    let zone = TimeZone::get("Europe/Paris").unwrap_or(TimeZone::UTC);
    let mut lines = Vec::new();
    let mut state = ConventionState::default();
    let id = convention.uuid().to_string();
    let mut all = journal.stream("convention", &id).await?;
    all.extend(journal.stream("signing", &id).await?);
    all.sort_by_key(|recorded| recorded.position);
    for recorded in all {
        if at.is_some_and(|at| recorded.recorded_at > at) {
            break;
        }
        let when = zone.to_datetime(recorded.recorded_at).strftime("%d/%m/%Y %H:%M:%S");
        let who = who(&recorded.context.actor);
        lines.push(format!("{when}  {}  ({who})", sentence(&recorded.event)));
        if let Fact::Convention(event) = &recorded.event {
            state = Convention::evolve(state, event);
        }
    }
    if !lines.is_empty() {
        lines.push(format!("État : {}", standing(&state)));
    }
    Ok(lines)
}

fn standing(state: &ConventionState) -> &'static str {
    let non_conforming = matches!(state, ConventionState::Deposited { non_conforming: true, .. });
    match tab(state) {
        Some(ConventionTab::NotReturned) => "convention non retournée",
        Some(ConventionTab::AwaitingValidation) if non_conforming => {
            "en attente de validation, marquée non conforme"
        }
        Some(ConventionTab::AwaitingValidation) => "en attente de validation",
        Some(ConventionTab::Validated) => "convention validée",
        None => "caduque",
    }
}
