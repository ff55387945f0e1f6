//! Personal values in the JSON of an event: `{"$person": id, "value": …}` is written as
//! `{"$person": id, "sealed": …}` and read back in clear, or as `{"$person": id, "erased": true}`.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use domain::kernel::ids::PersonId;
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::{
    Fault,
    keyring::{KeyState, Keys, event_aad},
};

const PERSON: &str = "$person";
const VALUE: &str = "value";
const SEALED: &str = "sealed";
const ERASED: &str = "erased";

/// What is sealed is not JSON in base64, which an authentic value always is.
#[derive(Debug, thiserror::Error)]
#[error("not JSON in base64")]
struct NotJson;

/// Whose values `payload` holds in clear.
pub(crate) fn persons_in_clear(payload: &Value) -> Vec<PersonId> {
    persons_with(payload, VALUE)
}

/// Whose values `payload` holds sealed.
pub(crate) fn persons_sealed(payload: &Value) -> Vec<PersonId> {
    persons_with(payload, SEALED)
}

fn persons_with(payload: &Value, member: &str) -> Vec<PersonId> {
    let mut persons = Vec::new();
    collect(payload, member, &mut persons);
    persons.sort_unstable();
    persons.dedup();
    persons
}

fn collect(value: &Value, member: &str, persons: &mut Vec<PersonId>) {
    match value {
        Value::Object(object) => {
            if object.contains_key(member) {
                persons.extend(person(object));
            }
            for inner in object.values() {
                collect(inner, member, persons);
            }
        }
        Value::Array(items) => {
            for item in items {
                collect(item, member, persons);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn person(object: &Map<String, Value>) -> Option<PersonId> {
    let id = object.get(PERSON)?.as_str()?;
    Uuid::parse_str(id).ok().map(PersonId::new)
}

/// Seals every personal value of `payload`, the innermost first.
pub(crate) fn seal(payload: &mut Value, event: Uuid, keys: &Keys) -> Result<(), Fault> {
    walk(payload, &mut String::new(), Order::InnerFirst, &|object, path| {
        seal_object(object, path, event, keys)
    })
}

/// Opens every sealed value of `payload`; those of the erased say so.
pub(crate) fn unseal(payload: &mut Value, event: Uuid, keys: &Keys) -> Result<(), Fault> {
    walk(payload, &mut String::new(), Order::OuterFirst, &|object, path| {
        unseal_object(object, path, event, keys)
    })
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Order {
    InnerFirst,
    OuterFirst,
}

/// What is done to an object, which stands at a path.
type Visit<'v> = &'v dyn Fn(&mut Map<String, Value>, &str) -> Result<(), Fault>;

/// Visits the objects of `value` with their paths (`/pupils/0/name`); the member that a seal
/// replaces is not part of its path, so that both ways agree on it.
fn walk(value: &mut Value, path: &mut String, order: Order, visit: Visit<'_>) -> Result<(), Fault> {
    let length = path.len();
    match value {
        Value::Object(object) => {
            if order == Order::OuterFirst {
                visit(object, path)?;
            }
            for (member, inner) in object.iter_mut() {
                path.push('/');
                path.push_str(member);
                walk(inner, path, order, visit)?;
                path.truncate(length);
            }
            if order == Order::InnerFirst {
                visit(object, path)?;
            }
        }
        Value::Array(items) => {
            for (at, item) in items.iter_mut().enumerate() {
                path.push('/');
                path.push_str(&at.to_string());
                walk(item, path, order, visit)?;
                path.truncate(length);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
    Ok(())
}

fn seal_object(
    object: &mut Map<String, Value>,
    path: &str,
    event: Uuid,
    keys: &Keys,
) -> Result<(), Fault> {
    let (Some(person), Some(clear)) = (person(object), object.get(VALUE)) else {
        return Ok(());
    };
    let Some(KeyState::Known(key)) = keys.get(&person) else {
        return Err(Fault::KeyMissing(person));
    };
    let clear = serde_json::to_vec(clear).map_err(|e| Fault::format("a personal value", e))?;
    let sealed = key.seal(&zeroize::Zeroizing::new(clear), &event_aad(event, path, person))?;
    object.remove(VALUE);
    object.insert(SEALED.to_owned(), STANDARD.encode(sealed).into());
    Ok(())
}

fn unseal_object(
    object: &mut Map<String, Value>,
    path: &str,
    event: Uuid,
    keys: &Keys,
) -> Result<(), Fault> {
    let (Some(person), Some(sealed)) = (person(object), object.get(SEALED)) else {
        return Ok(());
    };
    let (member, value) = match keys.get(&person) {
        Some(KeyState::Known(key)) => {
            let sealed = sealed.as_str().and_then(|text| STANDARD.decode(text).ok());
            let clear = sealed
                .and_then(|sealed| key.open(&sealed, &event_aad(event, path, person)))
                .ok_or(Fault::NotAuthentic(person))?;
            let clear = serde_json::from_slice(&zeroize::Zeroizing::new(clear))
                .map_err(|_| Fault::format("a personal value", NotJson))?;
            (VALUE, clear)
        }
        Some(KeyState::Erased) => (ERASED, Value::Bool(true)),
        Some(KeyState::Missing) | None => return Err(Fault::KeyMissing(person)),
    };
    object.remove(SEALED);
    object.insert(member.to_owned(), value);
    Ok(())
}
