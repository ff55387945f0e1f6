//! Another look for the pages, as a folder of whoever hosts the service: `theme.css`, and the
//! fonts and pictures that it names. Read once, at the start; nothing else of the folder's disk
//! can be asked for.

use std::{collections::BTreeMap, fs, io, path::Path};

use axum::{
    body::Bytes,
    extract::{Path as At, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
};

use crate::{app::App, home};

/// The style sheet of a theme.
const SHEET: &str = "theme.css";
/// What the page loads it by.
const LINK: &str = "<link rel=\"stylesheet\" href=\"/theme/theme.css\" />";
/// The most bytes of all files together.
const MOST_BYTES: u64 = 10 * 1024 * 1024;

/// The files of a theme, by their names.
#[derive(Debug, Clone, Default)]
pub struct Theme(BTreeMap<String, File>);

#[derive(Debug, Clone)]
struct File {
    kind: &'static str,
    bytes: Bytes,
}

/// Why a folder is no theme; in French, for who starts the service.
#[derive(Debug, thiserror::Error)]
pub enum BadTheme {
    /// It cannot be read.
    #[error("le dossier du thème est illisible (ESCALE_THEME_DIR)")]
    Unreadable(#[from] io::Error),
    /// It has no style sheet.
    #[error("le dossier du thème ne contient pas de fichier theme.css (ESCALE_THEME_DIR)")]
    NoSheet,
    /// A file is of a kind that no theme needs.
    #[error("le thème contient « {0} » : css, woff2, svg, png et webp sont attendus")]
    Kind(String),
    /// It is larger than it may be.
    #[error("le thème dépasse 10 Mo")]
    TooLarge,
}

impl Theme {
    /// The theme of `folder`; the portal’s own look without one.
    pub fn read(folder: Option<&Path>) -> Result<Self, BadTheme> {
        let mut files = BTreeMap::new();
        let Some(folder) = folder else { return Ok(Self(files)) };
        let mut total = 0;
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if name.starts_with('.') {
                continue;
            }
            let kind = kind_of(&name).ok_or_else(|| BadTheme::Kind(name.clone()))?;
            total += entry.metadata()?.len();
            if total > MOST_BYTES {
                return Err(BadTheme::TooLarge);
            }
            let bytes = fs::read(entry.path())?.into();
            files.insert(name, File { kind, bytes });
        }
        if files.contains_key(SHEET) { Ok(Self(files)) } else { Err(BadTheme::NoSheet) }
    }

    /// The portal’s page with the theme’s style sheet after its own; nothing without a theme.
    pub(crate) fn dress(&self, page: &[u8]) -> Option<String> {
        self.0.get(SHEET)?;
        let page = String::from_utf8_lossy(page);
        Some(page.replacen("</head>", &format!("{LINK}</head>"), 1))
    }

    /// The style sheet, for the pages that the service draws itself; empty without a theme.
    pub(crate) fn sheet(&self) -> String {
        let sheet = self.0.get(SHEET).map(|file| String::from_utf8_lossy(&file.bytes).into_owned());
        sheet.unwrap_or_default()
    }
}

/// `/theme/NAME`.
pub(crate) async fn file(State(app): State<App>, At(name): At<String>) -> Response {
    let Some(File { kind, bytes }) = app.theme.0.get(&name).cloned() else {
        return (StatusCode::NOT_FOUND, home::not_found(&app)).into_response();
    };
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("max-age=300"));
    response
}

fn kind_of(name: &str) -> Option<&'static str> {
    Some(match Path::new(name).extension()?.to_str()? {
        "css" => "text/css; charset=utf-8",
        "woff2" => "font/woff2",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "webp" => "image/webp",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(files: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for name in files {
            fs::write(folder.path().join(name), ":root { --brand: #123456; }").unwrap();
        }
        folder
    }

    #[test]
    fn a_theme_is_put_after_the_portals_own_look() {
        let folder = folder(&["theme.css", "marque.woff2", ".git"]);
        let theme = Theme::read(Some(folder.path())).unwrap();

        let dressed = theme.dress(b"<head><title>x</title></head><body></body>").unwrap();
        assert_eq!(dressed, format!("<head><title>x</title>{LINK}</head><body></body>"));
        assert_eq!(theme.0.keys().collect::<Vec<_>>(), ["marque.woff2", "theme.css"]);
        assert_eq!(Theme::read(None).unwrap().dress(b"<head></head>"), None);
    }

    #[test]
    fn what_is_no_theme_is_refused_at_the_start() {
        let without = folder(&["marque.woff2"]);
        assert!(matches!(Theme::read(Some(without.path())), Err(BadTheme::NoSheet)));
        let script = folder(&["theme.css", "script.js"]);
        assert!(
            matches!(Theme::read(Some(script.path())), Err(BadTheme::Kind(name)) if name == "script.js")
        );
        let gone = without.path().join("none");
        assert!(matches!(Theme::read(Some(&gone)), Err(BadTheme::Unreadable(_))));
    }
}
