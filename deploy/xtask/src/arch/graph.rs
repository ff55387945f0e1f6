//! Who may depend on whom, read from `cargo metadata`. The picture is in `docs/ARCHITECTURE.md`.

use std::path::PathBuf;

use serde_json::Value;

/// A crate of the workspace and what it names in its manifest, of every kind.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Package {
    pub(super) name: String,
    pub(super) manifest: PathBuf,
    pub(super) dependencies: Vec<Dependency>,
}

/// One line of a manifest.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Dependency {
    pub(super) name: String,
    /// Only for tests, examples and benchmarks.
    pub(super) dev: bool,
}

/// Each crate with the siblings it may depend on. A crate not named here breaks the rule by itself.
const SIBLINGS: [(&str, &[&str]); 11] = [
    ("domain", &[]),
    ("fixtures", &["domain"]),
    ("journal", &["domain"]),
    ("projections", &["domain", "journal"]),
    ("schema", &["domain", "journal", "projections"]),
    ("documents", &[]),
    ("scans", &["documents"]),
    ("mailer", &["domain", "journal", "projections", "documents"]),
    (
        "gateway",
        &["domain", "journal", "projections", "schema", "mailer", "documents", "scans", "fixtures"],
    ),
    ("trials", &["domain", "journal", "projections", "mailer", "gateway"]),
    ("xtask", &[]),
];

/// Any crate may use these in its tests.
const SIBLINGS_IN_TESTS: [&str; 1] = ["fixtures"];

/// Libraries that belong to the crates named beside them, in tests too: what they do has one place.
const OWNED: [(&str, &[&str]); 12] = [
    ("cqrs-es", &["journal"]),
    ("postgres-es", &["journal"]),
    ("sqlx", &["journal"]),
    ("rusqlite", &["journal", "projections"]),
    ("axum", &["gateway"]),
    ("tower-http", &["gateway"]),
    ("async-graphql", &["schema", "gateway", "trials"]),
    ("async-graphql-axum", &["gateway"]),
    ("lettre", &["mailer"]),
    ("printpdf", &["documents"]),
    ("cms", &["documents"]),
    ("x509-tsp", &["documents"]),
];

/// The domain is pure: no waiting, no clock, no chance, no network.
const IMPURE: [&str; 8] =
    ["tokio", "futures", "async-trait", "rand", "reqwest", "tracing", "object_store", "tempfile"];

/// The crates of the workspace, from `cargo metadata --no-deps`.
pub(super) fn packages(metadata: &Value) -> Vec<Package> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    list(&metadata["packages"])
        .iter()
        .map(|package| Package {
            name: text(&package["name"]),
            manifest: text(&package["manifest_path"]).into(),
            dependencies: list(&package["dependencies"])
                .iter()
                .map(|line| Dependency { name: text(&line["name"]), dev: line["kind"] == "dev" })
                .collect(),
        })
        .collect()
}

/// Every dependency that the rules do not allow, in words.
pub(super) fn breaches(packages: &[Package]) -> Vec<String> {
    packages.iter().flat_map(package_breaches).collect()
}

fn package_breaches(package: &Package) -> Vec<String> {
    let name = package.name.as_str();
    let Some((_, allowed)) = SIBLINGS.iter().find(|(sibling, _)| *sibling == name) else {
        return vec![format!("{name}: a crate whose place in the order is not written down")];
    };
    let lines = package.dependencies.iter();
    lines.filter_map(|line| dependency_breach(name, allowed, line)).collect()
}

fn dependency_breach(name: &str, allowed: &[&str], line: &Dependency) -> Option<String> {
    let target = line.name.as_str();
    let sibling = SIBLINGS.iter().any(|(sibling, _)| *sibling == target);
    // A crate names itself in its tests to switch on what it lends to those of others.
    let in_tests = line.dev && (SIBLINGS_IN_TESTS.contains(&target) || target == name);
    if sibling && !in_tests && !allowed.contains(&target) {
        return Some(format!("{name} must not depend on {target}"));
    }
    if name == "domain" && IMPURE.contains(&target) {
        return Some(format!("domain is pure: it must not depend on {target}"));
    }
    let (_, owners) = OWNED.iter().find(|(library, _)| *library == target)?;
    if owners.contains(&name) {
        return None;
    }
    Some(format!("{name} must not name {target}: it belongs to {}", owners.join(" and ")))
}

/// A manifest that leaves the lints of the workspace out.
pub(super) fn lints_breach(name: &str, manifest: &str) -> Option<String> {
    let mut lines = manifest.lines().map(str::trim).skip_while(|line| *line != "[lints]").skip(1);
    let inherits = lines
        .by_ref()
        .take_while(|line| !line.starts_with('['))
        .any(|line| line.split_whitespace().eq(["workspace", "=", "true"]));
    (!inherits).then(|| format!("{name}: its manifest lacks `[lints] workspace = true`"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn package(name: &str, lines: &[(&str, bool)]) -> Package {
        let dependencies = lines
            .iter()
            .map(|(name, dev)| Dependency { name: (*name).to_owned(), dev: *dev })
            .collect();
        Package { name: name.to_owned(), manifest: "Cargo.toml".into(), dependencies }
    }

    #[test]
    fn metadata_is_read_with_the_kind_of_each_line() {
        let metadata = json!({"packages": [{
            "name": "schema",
            "manifest_path": "/x/schema/Cargo.toml",
            "dependencies": [{"name": "domain", "kind": null}, {"name": "fixtures", "kind": "dev"}],
        }]});

        let read = packages(&metadata);

        let expected = package("schema", &[("domain", false), ("fixtures", true)]);
        assert_eq!(read, [Package { manifest: "/x/schema/Cargo.toml".into(), ..expected }]);
    }

    #[test]
    fn the_order_of_the_crates_holds() {
        let lines = [("domain", false), ("journal", false), ("async-graphql", false)];

        assert_eq!(breaches(&[package("schema", &lines)]), Vec::<String>::new());
    }

    #[test]
    fn the_domain_depends_on_no_sibling() {
        assert_eq!(
            breaches(&[package("domain", &[("journal", false)])]),
            ["domain must not depend on journal"]
        );
    }

    #[test]
    fn schema_and_mailer_never_depend_on_each_other() {
        let both =
            [package("schema", &[("mailer", true)]), package("mailer", &[("schema", false)])];

        assert_eq!(
            breaches(&both),
            ["schema must not depend on mailer", "mailer must not depend on schema"]
        );
    }

    #[test]
    fn fixtures_are_for_tests_except_in_the_gateway() {
        assert_eq!(breaches(&[package("schema", &[("fixtures", true)])]), Vec::<String>::new());
        assert_eq!(breaches(&[package("gateway", &[("fixtures", false)])]), Vec::<String>::new());
        assert_eq!(
            breaches(&[package("schema", &[("fixtures", false)])]),
            ["schema must not depend on fixtures"]
        );
    }

    #[test]
    fn a_library_stays_with_its_owner_in_tests_too() {
        assert_eq!(
            breaches(&[package("projections", &[("rusqlite", false), ("sqlx", true)])]),
            ["projections must not name sqlx: it belongs to journal"]
        );
    }

    #[test]
    fn the_domain_stays_pure() {
        assert_eq!(
            breaches(&[package("domain", &[("tokio", true)])]),
            ["domain is pure: it must not depend on tokio"]
        );
    }

    #[test]
    fn a_new_crate_must_say_its_place() {
        assert_eq!(
            breaches(&[package("utilities", &[])]),
            ["utilities: a crate whose place in the order is not written down"]
        );
    }

    #[test]
    fn a_manifest_without_the_lints_is_named() {
        let message = Some("x: its manifest lacks `[lints] workspace = true`".to_owned());

        assert_eq!(lints_breach("x", "[package]\n[lints]\nworkspace=true\n"), message);
        assert_eq!(lints_breach("x", "[lints]\n[dependencies]\nworkspace = true\n"), message);
        assert_eq!(lints_breach("x", "[package]\n\n[lints]\nworkspace = true\n"), None);
    }
}
