//! The catalogue of events, read from their sources: what each means, what it carries, and
//! which of that is personal. Relies on the layout that rustfmt gives.

use std::{collections::BTreeMap, fmt::Write as _};

/// Where the events of each aggregate are: context, stream, source.
pub(crate) const SOURCES: [(&str, &str, &str); 10] = [
    ("directory", "school", include_str!("../../src/directory/school/event.rs")),
    ("accounts", "account", include_str!("../../src/accounts/account/event.rs")),
    ("accounts", "school_space", include_str!("../../src/accounts/school_space/event.rs")),
    ("platforms", "platform", include_str!("../../src/platforms/platform/event.rs")),
    ("ministages", "slot", include_str!("../../src/ministages/slot/event.rs")),
    ("conventions", "convention", include_str!("../../src/conventions/convention/event.rs")),
    ("conventions", "signing", include_str!("../../src/conventions/signing/event.rs")),
    ("conventions", "scan_batch", include_str!("../../src/conventions/scan_batch/event.rs")),
    ("correspondence", "letter", include_str!("../../src/correspondence/letter/event.rs")),
    ("operations", "erasure", include_str!("../../src/operations/erasure/event.rs")),
];

/// Where the structs and enums are that events carry besides.
const CARRIED: [&str; 4] = [
    include_str!("../../src/conventions/convention/signatures.rs"),
    include_str!("../../src/kernel/document.rs"),
    include_str!("../../src/kernel/place.rs"),
    include_str!("../../src/platforms/rules.rs"),
];

const HEAD: &str = "# Events

Every fact that the log may hold. Generated from the types: `cargo run -p domain --example events
> domain/EVENTS.md`. Fields marked ● are personal: sealed with the person’s key, and « effacé »
once it is destroyed.
";

/// One event.
pub(crate) struct Entry {
    pub(crate) name: String,
    meaning: String,
    pub(crate) fields: Vec<Field>,
}

/// One field, of an event or of a struct that events carry.
#[derive(Clone)]
pub(crate) struct Field {
    pub(crate) name: String,
    pub(crate) rust: String,
}

/// The struct’s fields by the struct’s name.
pub(crate) type Structs = BTreeMap<String, Vec<Field>>;

/// All of it, as `domain/EVENTS.md` has it.
pub(crate) fn markdown() -> String {
    let structs = structs();
    let mut text = HEAD.to_owned();
    for (context, stream, source) in SOURCES {
        // Writing to a string cannot fail.
        let _ = write!(text, "\n## {context}: stream `{stream}`\n\n");
        text.push_str("| event | meaning | fields |\n|---|---|---|\n");
        for event in entries(source) {
            let fields: Vec<String> = event.fields.iter().map(|it| cell(it, &structs)).collect();
            let Entry { name, meaning, .. } = event;
            let _ = writeln!(text, "| `{name}` | {meaning} | {} |", fields.join(", "));
        }
    }
    text
}

fn cell(field: &Field, structs: &Structs) -> String {
    let leaves = leaves(field, structs);
    let personal = |leaf: &Field| leaf.rust.contains("Personal<");
    let inside: Vec<String> = leaves
        .iter()
        .filter(|leaf| personal(leaf) && leaf.name != field.name)
        .map(|leaf| format!("`{}` ●", leaf.name))
        .collect();
    match (personal(field), inside.is_empty()) {
        (true, _) => format!("`{}` ●", field.name),
        (false, true) => format!("`{}`", field.name),
        (false, false) => format!("`{}` ({})", field.name, inside.join(", ")),
    }
}

/// The field itself, or what it is made of when it is a struct of ours that is not sealed whole.
pub(crate) fn leaves(field: &Field, structs: &Structs) -> Vec<Field> {
    match structs.get(inner(&field.rust)) {
        Some(parts) => parts
            .iter()
            .flat_map(|part| leaves(part, structs))
            .map(|leaf| Field { name: format!("{}.{}", field.name, leaf.name), rust: leaf.rust })
            .collect(),
        None => vec![field.clone()],
    }
}

/// What an option or a list is of.
pub(crate) fn inner(rust: &str) -> &str {
    let stripped =
        ["Option<", "Vec<"].iter().find_map(|outer| rust.strip_prefix(outer)?.strip_suffix('>'));
    stripped.map_or(rust, inner)
}

/// The structs that events carry, and what the variants of the enums beside them hold.
pub(crate) fn structs() -> Structs {
    let events = SOURCES.iter().map(|(_, _, source)| *source);
    let mut structs = Structs::new();
    for source in events.chain(CARRIED) {
        for block in source.split("pub struct ").skip(1) {
            let (Some((name, _)), Some(body)) = (block.split_once(" {"), body(block)) else {
                continue;
            };
            let fields = body.lines().filter_map(|line| field(line, "    pub "));
            structs.insert(name.to_owned(), fields.collect());
        }
    }
    for block in CARRIED.iter().flat_map(|source| source.split("pub enum ").skip(1)) {
        let (Some((name, _)), Some(body)) = (block.split_once(" {"), body(block)) else {
            continue;
        };
        let fields: Vec<Field> = body.lines().filter_map(|line| field(line, "        ")).collect();
        if !fields.is_empty() {
            structs.insert(name.to_owned(), fields);
        }
    }
    structs
}

/// The events of one source, in its order.
pub(crate) fn entries(source: &str) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    let mut meaning: Vec<&str> = Vec::new();
    let events = source.split_once("Event {\n").and_then(|(_, it)| body(it));
    for line in events.unwrap_or_default().lines() {
        if let Some(doc) = line.strip_prefix("    /// ") {
            meaning.push(doc);
        } else if let Some(name) = variant(line) {
            entries.push(Entry {
                name: name.to_owned(),
                meaning: std::mem::take(&mut meaning).join(" "),
                fields: Vec::new(),
            });
        } else if let (Some(field), Some(last)) = (field(line, "        "), entries.last_mut()) {
            last.fields.push(field);
        }
    }
    entries
}

/// Up to the brace that closes an item at the left margin.
fn body(text: &str) -> Option<&str> {
    text.split_once("\n}\n").map(|(body, _)| body)
}

fn variant(line: &str) -> Option<&str> {
    let name = line.strip_prefix("    ")?;
    name.starts_with(char::is_uppercase).then(|| name.trim_end_matches([' ', '{', ',']))
}

fn field(line: &str, before: &str) -> Option<Field> {
    let (name, rust) = line.strip_prefix(before)?.split_once(": ")?;
    let is_name = name.chars().all(|c| c.is_ascii_lowercase() || c == '_');
    is_name.then(|| Field { name: camel(name), rust: rust.trim_end_matches(',').to_owned() })
}

/// As JSON has it.
fn camel(name: &str) -> String {
    let mut words = name.split('_');
    let mut text = words.next().unwrap_or_default().to_owned();
    for word in words {
        text.extend(word.chars().take(1).flat_map(char::to_uppercase));
        text.extend(word.chars().skip(1));
    }
    text
}
