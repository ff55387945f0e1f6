//! The context of a command as a flat map of strings, which is all that the framework can
//! read back, and the reverse.

use std::{borrow::Cow, collections::HashMap};

use domain::kernel::envelope::{Actor, Context};
use domain::kernel::ids::AccountId;
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::Value;
use uuid::Uuid;

/// The key under which an event's own id stands, so that a reader who sees nothing but the
/// metadata can open what is sealed.
pub(crate) const EVENT: &str = "event";

/// What stands beside an event is not what this program writes.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("metadata without a readable {0}")]
pub(crate) struct Unreadable(&'static str);

/// `context` as the log holds it, without the event's id.
pub(crate) fn write(context: &Context) -> HashMap<String, String> {
    let mut map = HashMap::new();
    let mut put = |key: &str, value: String| {
        map.insert(key.to_owned(), value);
    };
    put("command", context.command.to_string());
    put("correlation", context.correlation.to_string());
    put("at", context.at.to_string());
    match &context.actor {
        Actor::Visitor => put("actor", "visitor".to_owned()),
        Actor::Account { account, role } => {
            put("actor", "account".to_owned());
            put("account", account.uuid().to_string());
            put("role", role.clone());
        }
        Actor::Link { purpose } => {
            put("actor", "link".to_owned());
            put("purpose", purpose.clone());
        }
        Actor::Policy { name } => {
            put("actor", "policy".to_owned());
            put("policy", name.clone());
        }
        Actor::Import => put("actor", "import".to_owned()),
        Actor::Operator => put("actor", "operator".to_owned()),
    }
    if let Some(from) = &context.from {
        put("from", from.clone());
    }
    if let Some(cause) = context.cause {
        put("cause", cause.to_string());
    }
    if let Some(tenant) = &context.tenant {
        put("tenant", tenant.clone());
    }
    map
}

/// What the map may hold, read without making one: the log is read often.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Flat<'t> {
    #[serde(borrow)]
    event: Option<Cow<'t, str>>,
    command: Option<Cow<'t, str>>,
    correlation: Option<Cow<'t, str>>,
    at: Option<Cow<'t, str>>,
    actor: Option<Cow<'t, str>>,
    account: Option<Cow<'t, str>>,
    role: Option<Cow<'t, str>>,
    purpose: Option<Cow<'t, str>>,
    policy: Option<Cow<'t, str>>,
    from: Option<Cow<'t, str>>,
    cause: Option<Cow<'t, str>>,
    tenant: Option<Cow<'t, str>>,
}

/// The context that the metadata holds.
pub(crate) fn read(metadata: &str) -> Result<Context, Unreadable> {
    let flat = flat(metadata)?;
    let cause = flat.cause.as_deref().map(str::parse).transpose();
    Ok(Context {
        command: uuid("command", flat.command.as_deref())?,
        correlation: uuid("correlation", flat.correlation.as_deref())?,
        at: text("at", flat.at.as_deref())?.parse::<Timestamp>().map_err(|_| Unreadable("at"))?,
        cause: cause.map_err(|_| Unreadable("cause"))?,
        actor: actor(&flat)?,
        from: flat.from.map(Cow::into_owned),
        tenant: flat.tenant.map(Cow::into_owned),
    })
}

/// The id of the event beside which the metadata stands.
pub(crate) fn event_id(metadata: &str) -> Result<Uuid, Unreadable> {
    uuid(EVENT, flat(metadata)?.event.as_deref())
}

fn flat(metadata: &str) -> Result<Flat<'_>, Unreadable> {
    serde_json::from_str(metadata).map_err(|_| Unreadable("map of strings"))
}

/// The same, from the metadata as the framework holds it.
pub(crate) fn id_beside(metadata: &Value) -> Result<Uuid, Unreadable> {
    let id = metadata.get(EVENT).and_then(Value::as_str);
    id.and_then(|id| Uuid::parse_str(id).ok()).ok_or(Unreadable(EVENT))
}

fn actor(flat: &Flat<'_>) -> Result<Actor, Unreadable> {
    Ok(match text("actor", flat.actor.as_deref())? {
        "visitor" => Actor::Visitor,
        "account" => Actor::Account {
            account: AccountId::new(uuid("account", flat.account.as_deref())?),
            role: text("role", flat.role.as_deref())?.to_owned(),
        },
        "link" => Actor::Link { purpose: text("purpose", flat.purpose.as_deref())?.to_owned() },
        "policy" => Actor::Policy { name: text("policy", flat.policy.as_deref())?.to_owned() },
        "import" => Actor::Import,
        "operator" => Actor::Operator,
        _ => return Err(Unreadable("actor")),
    })
}

fn text<'t>(key: &'static str, found: Option<&'t str>) -> Result<&'t str, Unreadable> {
    found.ok_or(Unreadable(key))
}

fn uuid(key: &'static str, found: Option<&str>) -> Result<Uuid, Unreadable> {
    Uuid::parse_str(text(key, found)?).map_err(|_| Unreadable(key))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_actor_is_read_back_as_written() {
        let actors = [
            Actor::Visitor,
            Actor::Account { account: AccountId::from_u128(4), role: "host_manager".to_owned() },
            Actor::Link { purpose: "verify_email".to_owned() },
            Actor::Policy { name: "when_seat_booked".to_owned() },
            Actor::Import,
            Actor::Operator,
        ];
        for actor in actors {
            let context = Context {
                command: Uuid::from_u128(1),
                actor,
                from: Some("192.0.2.0/24".to_owned()),
                correlation: Uuid::from_u128(2),
                cause: Some(12),
                tenant: Some("versailles".to_owned()),
                at: Timestamp::from_microsecond(1_770_000_000_123_456).unwrap(),
            };

            let written = serde_json::to_string(&write(&context)).unwrap();
            assert_eq!(read(&written), Ok(context));
        }
    }

    #[test]
    fn what_is_missing_is_named() {
        assert_eq!(read("{}"), Err(Unreadable("command")));
        assert_eq!(read("7"), Err(Unreadable("map of strings")));
        assert_eq!(event_id("{}"), Err(Unreadable("event")));
    }
}
