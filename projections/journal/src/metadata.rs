//! The context of a command as a flat map of strings, which is all that the framework can
//! read back, and the reverse.

use std::collections::HashMap;

use domain::kernel::envelope::{Actor, Context};
use domain::kernel::ids::AccountId;
use jiff::Timestamp;
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

/// The context that `map` holds.
pub(crate) fn read(map: &HashMap<String, String>) -> Result<Context, Unreadable> {
    Ok(Context {
        command: uuid(map, "command")?,
        actor: actor(map)?,
        from: map.get("from").cloned(),
        correlation: uuid(map, "correlation")?,
        cause: map
            .get("cause")
            .map(|cause| cause.parse().map_err(|_| Unreadable("cause")))
            .transpose()?,
        tenant: map.get("tenant").cloned(),
        at: text(map, "at")?
            .parse::<Timestamp>()
            .map_err(|_| Unreadable("at"))?,
    })
}

/// The id of the event beside which `map` stands.
pub(crate) fn event_id(map: &HashMap<String, String>) -> Result<Uuid, Unreadable> {
    uuid(map, EVENT)
}

/// The same, from the metadata as the framework holds it.
pub(crate) fn id_beside(metadata: &Value) -> Result<Uuid, Unreadable> {
    let id = metadata.get(EVENT).and_then(Value::as_str);
    id.and_then(|id| Uuid::parse_str(id).ok())
        .ok_or(Unreadable(EVENT))
}

fn actor(map: &HashMap<String, String>) -> Result<Actor, Unreadable> {
    Ok(match text(map, "actor")? {
        "visitor" => Actor::Visitor,
        "account" => Actor::Account {
            account: AccountId::new(uuid(map, "account")?),
            role: text(map, "role")?.to_owned(),
        },
        "link" => Actor::Link {
            purpose: text(map, "purpose")?.to_owned(),
        },
        "policy" => Actor::Policy {
            name: text(map, "policy")?.to_owned(),
        },
        "import" => Actor::Import,
        "operator" => Actor::Operator,
        _ => return Err(Unreadable("actor")),
    })
}

fn text<'m>(map: &'m HashMap<String, String>, key: &'static str) -> Result<&'m str, Unreadable> {
    map.get(key).map(String::as_str).ok_or(Unreadable(key))
}

fn uuid(map: &HashMap<String, String>, key: &'static str) -> Result<Uuid, Unreadable> {
    Uuid::parse_str(text(map, key)?).map_err(|_| Unreadable(key))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_actor_is_read_back_as_written() {
        let actors = [
            Actor::Visitor,
            Actor::Account {
                account: AccountId::from_u128(4),
                role: "host_manager".to_owned(),
            },
            Actor::Link {
                purpose: "verify_email".to_owned(),
            },
            Actor::Policy {
                name: "when_seat_booked".to_owned(),
            },
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

            assert_eq!(read(&write(&context)), Ok(context));
        }
    }

    #[test]
    fn what_is_missing_is_named() {
        assert_eq!(read(&HashMap::new()), Err(Unreadable("command")));
    }
}
