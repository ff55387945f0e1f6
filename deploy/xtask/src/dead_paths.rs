//! `cargo xtask docs`: every path that a document names between backticks, or links to, exists.

use std::path::{Component, Path, PathBuf};

use crate::console::say;
use crate::fault::Fault;
use crate::tree;

/// The first part of every path of the repository that a document may name.
const TOP: [&str; 12] = [
    "domain",
    "projections",
    "gateway",
    "mailer",
    "schema",
    "fixtures",
    "deploy",
    "docs",
    ".ci",
    ".config",
    ".cargo",
    ".github",
];

/// What stands for a name in a path that is a pattern: `domain/src/<context>/mod.rs`.
const HOLES: [char; 5] = ['<', '*', '{', '…', '['];

/// Prints every path that leads nowhere and fails when there is one.
pub(crate) fn docs(root: &Path) -> Result<(), Fault> {
    let files = tree::files(root)?;
    let pages = files.iter().filter(|path| path.extension().is_some_and(|ending| ending == "md"));
    let mut named = 0;
    let mut dead = 0;
    for page in pages {
        for mention in mentions(page, &tree::text(root, page)?) {
            named += 1;
            if !root.join(&mention.path).exists() {
                dead += 1;
                say(format!(
                    "   {}:{}: no {}",
                    page.display(),
                    mention.line,
                    mention.path.display()
                ));
            }
        }
    }
    say(format!("   {named} paths named in documents, {dead} lead nowhere"));
    if dead == 0 { Ok(()) } else { Err(Fault::Breaches(dead)) }
}

/// A path that a document names, from the root, and the line where it does.
#[derive(Debug, PartialEq, Eq)]
struct Mention {
    line: usize,
    path: PathBuf,
}

fn mentions(page: &Path, text: &str) -> Vec<Mention> {
    let mut fenced = false;
    let mut found = Vec::new();
    for (index, line) in text.lines().enumerate() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        } else if !fenced {
            let spans = line.split('`').skip(1).step_by(2).filter_map(span_path);
            let links = link_targets(line).filter_map(|target| link_path(page, target));
            found.extend(spans.chain(links).map(|path| Mention { line: index + 1, path }));
        }
    }
    found
}

/// The path that a code span names, up to its first hole; nothing when it names none.
fn span_path(span: &str) -> Option<PathBuf> {
    let (top, _) = span.split_once('/')?;
    if !TOP.contains(&top) || span.contains(char::is_whitespace) {
        return None;
    }
    let solid = match span.find(HOLES) {
        Some(hole) => span[..hole].rsplit_once('/').map_or(top, |(before, _)| before),
        None => span,
    };
    Some(solid.trim_end_matches('/').into())
}

fn link_targets(line: &str) -> impl Iterator<Item = &str> {
    line.split("](").skip(1).filter_map(|rest| Some(rest.split_once(')')?.0))
}

/// The path from the root that a relative link leads to.
fn link_path(page: &Path, target: &str) -> Option<PathBuf> {
    let target = target.split('#').next().unwrap_or_default();
    if target.is_empty() || target.contains(':') {
        return None;
    }
    let mut path = page.parent().map(Path::to_owned).unwrap_or_default();
    for part in Path::new(target).components() {
        match part {
            Component::ParentDir => drop(path.pop()),
            Component::Normal(name) => path.push(name),
            Component::CurDir | Component::RootDir | Component::Prefix(_) => {}
        }
    }
    Some(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(page: &str, text: &str) -> Vec<String> {
        let found = mentions(Path::new(page), text);
        found.iter().map(|mention| mention.path.display().to_string()).collect()
    }

    #[test]
    fn a_path_between_backticks_is_named_and_other_code_is_not() {
        let text =
            "See `domain/src/lib.rs`, `BookSeat`, `a/b`, `cargo run -p gateway/x y` and `docs/`.";

        assert_eq!(paths("README.md", text), ["domain/src/lib.rs", "docs"]);
    }

    #[test]
    fn a_pattern_is_followed_up_to_its_first_hole() {
        let text =
            "`domain/src/<context>/<aggregate>/decide.rs` and `domain/tests/wire/<Event>.v1.json`";

        assert_eq!(paths("README.md", text), ["domain/src", "domain/tests/wire"]);
    }

    #[test]
    fn a_link_is_followed_from_its_page_and_the_web_is_not() {
        let text =
            "[one](../ARCHITECTURE.md#seats), [two](0002-language.md), [web](https://a.test)";

        assert_eq!(
            paths("docs/adr/0001-events.md", text),
            ["docs/ARCHITECTURE.md", "docs/adr/0002-language.md"]
        );
    }

    #[test]
    fn a_block_of_code_names_nothing() {
        assert_eq!(paths("README.md", "```\n`domain/nowhere`\n```\n"), Vec::<String>::new());
    }

    #[test]
    fn a_mention_carries_its_line() {
        let found = mentions(Path::new("README.md"), "one\n`deploy/xtask`\n");

        assert_eq!(found, [Mention { line: 2, path: "deploy/xtask".into() }]);
    }
}
