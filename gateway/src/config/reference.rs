//! The reference of settings and the example file, written from what the settings say of
//! themselves: `escale config reference`, `escale config example`.

use schemars::{JsonSchema, SchemaGenerator, generate::SchemaSettings};
use serde_json::Value;

use super::{Config, Secrets};

/// One setting, as it is told.
struct Setting {
    /// In the TOML file, within its section.
    name: String,
    /// In the environment.
    variable: String,
    /// What may be said.
    kind: String,
    /// As TOML; nothing when it is not said.
    default: Option<String>,
    /// As TOML, where there is no default.
    example: Option<String>,
    meaning: String,
}

/// A section of the TOML file; the first has no name.
struct Section {
    name: Option<String>,
    meaning: Option<String>,
    settings: Vec<Setting>,
}

const REFERENCE: &str = "\
# Settings

Written from the code by `cargo xtask settings`; how they are read is told in
[configure](how-to/configure.md). A setting of a section is `NAME = VALUE` below `[SECTION]` in the TOML file.
[An example](../deploy/escale.toml) has them all.
";

const SECRETS: &str = "\
## Secrets

By environment or by a file of their own, never in the TOML file.

| variable | or the file named by | meaning |
|---|---|---|";

const EXAMPLE: &str = "\
# Settings of Escale, each with its default, or with an example where there is none. Written from the
# code by `cargo xtask settings`. Secrets are not told here: docs/configuration.md.
";

/// All settings and secrets, in Markdown.
pub fn reference() -> String {
    let mut lines = vec![REFERENCE.to_owned()];
    for section in sections() {
        lines.extend(section.name.map(|name| format!("## `[{name}]`\n")));
        lines.extend(section.meaning.map(|meaning| format!("{meaning}\n")));
        lines.push(
            "| setting | variable | value | default | meaning |\n|---|---|---|---|---|".into(),
        );
        lines.extend(section.settings.iter().map(row));
        lines.push(String::new());
    }
    lines.push(SECRETS.to_owned());
    for (name, schema) in properties(&schema::<Secrets>()) {
        let (name, meaning) = (name.to_uppercase(), words(&schema));
        lines.push(format!("| `ESCALE_{name}` | `ESCALE_{name}_FILE` | {meaning} |"));
    }
    lines.join("\n") + "\n"
}

fn row(Setting { name, variable, kind, default, meaning, .. }: &Setting) -> String {
    let default = default.as_ref().map_or("none".to_owned(), |it| format!("`{it}`"));
    format!("| `{name}` | `{variable}` | {kind} | {default} | {meaning} |")
}

/// A TOML file with every setting, each behind `#`.
pub fn example() -> String {
    let mut lines = vec![EXAMPLE.to_owned()];
    for section in sections() {
        lines.extend(section.name.map(|name| format!("[{name}]\n")));
        for Setting { name, default, example, meaning, kind, .. } in section.settings {
            let value = default.or(example).unwrap_or_else(|| "\"\"".to_owned());
            let told = wrapped(&format!("{meaning} ({})", kind.replace('`', "")));
            lines.extend(told.into_iter().map(|line| format!("# {line}")));
            lines.push(format!("#{name} = {value}\n"));
        }
    }
    lines.join("\n").trim_end().to_owned() + "\n"
}

/// Lines of at most a hundred characters.
fn wrapped(text: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.is_empty() => line.push_str(word),
            Some(line) if line.chars().count() + word.chars().count() < 98 => {
                line.push(' ');
                line.push_str(word);
            }
            Some(_) | None => lines.push(word.to_owned()),
        }
    }
    lines
}

/// All settings: those of no section first.
fn sections() -> Vec<Section> {
    let defaults = serde_json::to_value(Config::default()).unwrap_or_default();
    let (inner, plain): (Vec<_>, Vec<_>) = properties(&schema::<Config>())
        .into_iter()
        .partition(|(_, schema)| schema.get("properties").is_some());
    let settings = plain.iter().map(|(name, schema)| setting(None, name, schema, &defaults[name]));
    let mut sections = vec![Section { name: None, meaning: None, settings: settings.collect() }];
    for (section, schema) in inner {
        let settings = properties(&schema);
        let settings = settings
            .iter()
            .map(|(name, schema)| setting(Some(&section), name, schema, &defaults[&section][name]));
        let settings = settings.collect();
        sections.push(Section { meaning: Some(words(&schema)), settings, name: Some(section) });
    }
    sections
}

fn setting(section: Option<&str>, name: &str, schema: &Value, default: &Value) -> Setting {
    let variable = match (section, name) {
        (None, "database_url") => "DATABASE_URL".to_owned(),
        (None, _) => format!("ESCALE_{}", name.to_uppercase()),
        (Some(section), _) => format!("ESCALE_{}__{}", section.to_uppercase(), name.to_uppercase()),
    };
    Setting {
        name: name.to_owned(),
        variable,
        kind: kind(schema),
        default: Some(default).filter(|default| !default.is_null()).map(Value::to_string),
        example: schema["examples"].get(0).map(Value::to_string),
        meaning: words(schema),
    }
}

/// What may be said.
fn kind(schema: &Value) -> String {
    if let Some(choices) = schema["oneOf"].as_array() {
        let choices = choices.iter().map(|choice| match &choice["const"] {
            Value::String(value) => format!("`{value}`: {}", words(choice)),
            other => other.to_string(),
        });
        return choices.collect::<Vec<_>>().join(" ");
    }
    let kind = match &schema["type"] {
        Value::Array(kinds) => &kinds[0],
        kind => kind,
    };
    match kind.as_str() {
        Some("integer") => "whole number".to_owned(),
        Some("boolean") => "`true` or `false`".to_owned(),
        Some("string") => "text".to_owned(),
        Some("array") => "list of texts".to_owned(),
        _ => kind.to_string(),
    }
}

/// What it says of itself, on one line.
fn words(schema: &Value) -> String {
    let words = schema["description"].as_str().unwrap_or_default();
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What something is made of, by name.
fn properties(schema: &Value) -> Vec<(String, Value)> {
    let properties = schema["properties"].as_object().into_iter().flatten();
    properties.map(|(name, schema)| (name.clone(), schema.clone())).collect()
}

fn schema<T: JsonSchema>() -> Value {
    let settings = SchemaSettings::default().with(|it| it.inline_subschemas = true);
    SchemaGenerator::new(settings).into_root_schema_for::<T>().to_value()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_setting_says_what_it_means() {
        for section in sections() {
            for Setting { name, meaning, kind, default, example, .. } in section.settings {
                assert!(!meaning.is_empty(), "{name} has no docstring");
                assert!(!kind.contains("null"), "{name}: {kind} is no kind that a person knows");
                assert!(default.or(example).is_some(), "{name} has neither default nor example");
            }
        }
    }

    #[test]
    fn the_example_changes_nothing_and_can_be_read_in_full() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("escale.toml");
        let said = |line: &str| match line.strip_prefix('#') {
            Some(rest) if !rest.starts_with(' ') => rest.to_owned(),
            _ => line.to_owned(),
        };
        let all: Vec<_> = example().lines().map(said).collect();

        std::fs::write(&file, example()).unwrap();
        let untouched = Config::load(Some(&file)).unwrap();
        std::fs::write(&file, all.join("\n")).unwrap();
        let everything = serde_json::to_value(Config::load(Some(&file)).unwrap()).unwrap();

        assert_eq!(untouched, Config::default());
        for section in sections() {
            for Setting { name, .. } in &section.settings {
                let said = section.name.as_ref().map_or(&everything, |it| &everything[it]);
                assert!(!said[name].is_null(), "{name} is not said");
            }
        }
    }

    #[test]
    fn what_runs_escale_in_containers_says_settings_that_there_are() {
        let files = [
            include_str!("../../../deploy/container/Containerfile"),
            include_str!("../../../deploy/container/compose.yaml"),
        ];
        let others = ["CONFIG", "HTTP", "HTTPS", "CERTIFICATE", "A", "B"];

        let reference = reference();
        let said = |file: &'static str| file.split("ESCALE_").skip(1);
        let names = files.into_iter().flat_map(said).map(|rest| {
            let end = rest.find(|it: char| !it.is_ascii_uppercase() && it != '_');
            &rest[..end.unwrap_or(rest.len())]
        });
        let names: Vec<_> = names.filter(|name| !others.contains(name)).collect();

        assert!(names.contains(&"TRUSTED_PROXIES"), "{names:?}");
        for name in names {
            assert!(reference.contains(&format!("`ESCALE_{name}`")), "{name} is no setting");
        }
    }
}
