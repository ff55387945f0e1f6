//! What a single file must not be or hold: too long, too large, named after nothing, left open.

use std::fs;
use std::path::Path;

use crate::fault::Fault;
use crate::tree;

/// Lines in a file of code, at most.
const LINES: usize = 400;

/// Bytes in any file of the repository, at most.
const BYTES: u64 = 1_500_000;

/// Endings of files of code.
const CODE: [&str; 3] = ["rs", "ts", "svelte"];

/// Names that tell nothing of what is inside.
const EMPTY_NAMES: [&str; 10] = [
    "utils", "util", "helpers", "helper", "common", "manager", "managers", "service", "services",
    "misc",
];

/// Words that leave work open or a test out, put together here so that this file does not hold them.
const OPEN: [(&str, &str); 8] = [
    (concat!("TO", "DO"), "unfinished work"),
    (concat!("FIX", "ME"), "unfinished work"),
    (concat!("to", "do!("), "unfinished work"),
    (concat!("unimplem", "ented!("), "unfinished work"),
    (concat!("#[", "ignore"), "a test that does not run"),
    (concat!("it.", "skip("), "a test that does not run"),
    (concat!("test.", "skip("), "a test that does not run"),
    (concat!("describe.", "skip("), "a test that does not run"),
];

/// The breaches of one file, each beginning with its path.
pub(super) fn breaches(root: &Path, path: &Path) -> Result<Vec<String>, Fault> {
    let size = fs::metadata(root.join(path)).map_err(Fault::file(path))?.len();
    let mut found: Vec<String> = size_breach(path, size).into_iter().collect();
    if is_code(path) && !is_generated(path) {
        found.extend(name_breach(path));
        found.extend(text_breaches(path, &tree::text(root, path)?));
    }
    Ok(found)
}

fn is_code(path: &Path) -> bool {
    path.extension().is_some_and(|ending| CODE.iter().any(|code| ending == *code))
}

/// Generated files are nobody's to shorten: in a folder `gql` or `generated`, or of that name.
fn is_generated(path: &Path) -> bool {
    path.iter().any(|part| {
        part.to_str().is_some_and(|name| name == "gql" || name.starts_with("generated"))
    })
}

fn size_breach(path: &Path, bytes: u64) -> Option<String> {
    (bytes > BYTES)
        .then(|| format!("{}: {bytes} bytes, {BYTES} is the most for a file", path.display()))
}

fn name_breach(path: &Path) -> Option<String> {
    let part = path.iter().find_map(|part| {
        let name = part.to_str()?.split('.').next()?;
        EMPTY_NAMES.contains(&name).then_some(name)
    })?;
    Some(format!("{}: `{part}` says nothing of what is inside", path.display()))
}

fn text_breaches(path: &Path, text: &str) -> Vec<String> {
    let shown = path.display();
    let lines = text.lines().count();
    let long = (lines > LINES).then(|| format!("{shown}: {lines} lines, {LINES} is the most"));
    let left_open = text.lines().enumerate().filter_map(|(index, line)| {
        let (word, meaning) = OPEN.iter().find(|(word, _)| line.contains(word))?;
        Some(format!("{shown}:{}: `{word}`, {meaning}", index + 1))
    });
    long.into_iter().chain(left_open).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(path: &str) -> Option<String> {
        name_breach(Path::new(path))
    }

    #[test]
    fn a_module_named_after_nothing_is_refused_wherever_it_stands() {
        assert_eq!(
            name("domain/src/utils.rs"),
            Some("domain/src/utils.rs: `utils` says nothing of what is inside".to_owned())
        );
        assert!(name("gateway/tests/common/mod.rs").is_some());
        assert!(name("gateway/portal/src/helpers.test.ts").is_some());
        assert_eq!(name("domain/src/ministages/slot/service_day.rs"), None);
    }

    #[test]
    fn a_file_may_have_four_hundred_lines_and_not_one_more() {
        let path = Path::new("a.rs");

        assert_eq!(text_breaches(path, &"//\n".repeat(400)), Vec::<String>::new());
        assert_eq!(text_breaches(path, &"//\n".repeat(401)), ["a.rs: 401 lines, 400 is the most"]);
    }

    #[test]
    fn work_left_open_is_told_with_its_line() {
        let text = format!("fn a() {{}}\n// {}: later\n", OPEN[0].0);

        let found = text_breaches(Path::new("a.rs"), &text);

        assert_eq!(found, [format!("a.rs:2: `{}`, unfinished work", OPEN[0].0)]);
    }

    #[test]
    fn an_iterator_that_skips_is_no_test_left_out() {
        assert_eq!(text_breaches(Path::new("a.rs"), "rows.skip(1)\n"), Vec::<String>::new());
    }

    #[test]
    fn a_file_of_more_than_a_megabyte_and_a_half_is_refused() {
        let path = Path::new("fixtures/data/rows.csv");

        assert_eq!(size_breach(path, 1_500_000), None);
        assert_eq!(
            size_breach(path, 1_500_001),
            Some(
                "fixtures/data/rows.csv: 1500001 bytes, 1500000 is the most for a file".to_owned()
            )
        );
    }

    #[test]
    fn generated_code_is_left_alone() {
        assert!(is_generated(Path::new("gateway/portal/src/gql/graphql.ts")));
        assert!(!is_generated(Path::new("gateway/src/graphql.rs")));
    }
}
