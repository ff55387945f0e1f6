//! Every sentence there is, read by whoever knows French: known, then erased.

use std::{fmt::Write as _, path::Path};

use serde_json::Value;

use super::*;

const STREAMS: [&str; 10] = [
    "school",
    "account",
    "school_space",
    "platform",
    "slot",
    "convention",
    "signing",
    "scan_batch",
    "letter",
    "erasure",
];

/// The frozen example of each event, as the log holds it.
fn examples() -> Vec<(String, Value)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../domain/tests/wire");
    let files = std::fs::read_dir(folder).unwrap();
    let mut examples: Vec<_> = files
        .map(|file| {
            let path = file.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let text = std::fs::read_to_string(path).unwrap();
            (name, serde_json::from_str(&text).unwrap())
        })
        .collect();
    examples.sort_by(|(a, _), (b, _)| a.cmp(b));
    examples
}

fn decoded(payload: &Value) -> Fact {
    let read = |stream: &&str| Fact::decode(stream, payload.clone()).ok();
    STREAMS.iter().find_map(read).unwrap()
}

/// Whatever a person's key seals is gone.
fn erase(json: &mut Value) {
    match json {
        Value::Object(fields) if fields.contains_key("$person") => {
            fields.remove("value");
            fields.insert("erased".to_owned(), true.into());
        }
        Value::Object(fields) => fields.values_mut().for_each(erase),
        Value::Array(items) => items.iter_mut().for_each(erase),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// The same event with another value in one of its fields.
fn with(payload: &Value, field: &str, value: &str) -> Value {
    let mut other = payload.clone();
    other[field] = value.into();
    other
}

/// Why a page of a stack is attached to nothing.
const REASONS: [&str; 11] = [
    "noCode",
    "blank",
    "forged",
    "severalCodes",
    "unknown",
    "inconsistent",
    "otherPlatform",
    "notTheirs",
    "double",
    "alreadyValidated",
    "alreadyLapsed",
];

/// Why a stack cannot be sorted.
const FLAWS: [&str; 9] = [
    "unknownFormat",
    "heic",
    "rareForm",
    "encrypted",
    "damaged",
    "noPage",
    "tooManyPages",
    "tooLarge",
    "unreadable",
];

/// The variants of an event whose sentence differs.
fn variants(payload: &Value) -> Vec<Value> {
    let fields: [(&str, &[&str]); 9] = [
        ("side", &["origin", "host"]),
        ("by", &["origin", "host"]),
        (
            "cause",
            &[
                "bookingCancelled",
                "bookingExpired",
                "slotWithdrawn",
                "declined",
                "unanswered",
                "notAwaited",
                "erased",
                "notSplit",
                "tooLarge",
            ],
        ),
        ("kind", &["internal", "external"]),
        ("recognised", &["originalBytes", "byHand", "pageCodes"]),
        ("how", &["byHolder", "byLink"]),
        ("ground", &["request", "retention", "scan"]),
        ("reason", &REASONS),
        ("flaw", &FLAWS),
    ];
    let mut all = vec![payload.clone()];
    for (field, values) in fields {
        // A reason is a word of ours in one event, and what somebody wrote in the others.
        let ours = field != "reason" || payload["type"] == "PageUnclassified";
        if payload[field].is_string() && ours {
            all.extend(values.iter().map(|value| with(payload, field, value)));
        }
    }
    for field in ["present", "wasValidated"] {
        if let Some(value) = payload[field].as_bool() {
            let mut other = payload.clone();
            other[field] = (!value).into();
            all.push(other);
        }
    }
    all
}

#[test]
fn every_event_has_its_sentence_known_and_erased() {
    let mut told = String::new();
    for (name, payload) in examples() {
        writeln!(told, "{name}").unwrap();
        let mut sentences: Vec<String> = Vec::new();
        for known in variants(&payload) {
            let mut erased = known.clone();
            erase(&mut erased);
            for payload in [known, erased] {
                let readable =
                    STREAMS.iter().find_map(|stream| Fact::decode(stream, payload.clone()).ok());
                let told = readable.map(|fact| sentence(&fact));
                sentences.extend(told.filter(|it| !sentences.contains(it)));
            }
        }
        for sentence in sentences {
            assert!(sentence.ends_with('.'), "{name} says nothing: {sentence}");
            writeln!(told, "  {sentence}").unwrap();
        }
    }

    insta::assert_snapshot!(told);
}

#[test]
fn nothing_of_an_erased_pupil_is_in_the_sentence() {
    let (_, mut payload) =
        examples().into_iter().find(|(name, _)| name.starts_with("SeatBooked")).unwrap();
    let before = sentence(&decoded(&payload));

    erase(&mut payload);

    let after = sentence(&decoded(&payload));
    assert_ne!(before, after);
    assert!(after.contains("effacé"), "{after}");
}
