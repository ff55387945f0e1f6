//! Files to download: « Conv. », what was ever deposited, logos and guides. A PDF is always
//! served so that it cannot run as a page of ours.

use axum::{
    Extension, Router,
    extract::{Path, Query, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
    routing::get,
};
use domain::{
    access::{Action, Facts, may},
    conventions::convention::Parties,
    kernel::{document::StoredDocument, ids::ConventionId, slug::Slug},
};
use projections::{
    conventions::{deposits, register},
    platforms::{platform_hosts, platform_list},
};
use schema::ports::Caller;
use serde::Deserialize;

use crate::{app::App, home, store::Document};

/// The files’ addresses.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/convention/{convention}/{version}", get(convention))
        .route("/plateforme/{platform}/logo", get(logo))
        .route("/plateforme/{platform}/guide", get(guide))
}

/// Which file of a convention.
#[derive(Debug, Clone, Copy)]
enum Version {
    /// The unsigned one until it is validated, then the completed one (« Conv. »).
    Current,
    /// The bytes first generated.
    Original,
    /// The deposit that waits, or was the last.
    Deposit,
    /// The deposit of that event of the convention.
    Past(u64),
}

fn version_of(name: &str) -> Option<Version> {
    match name.strip_suffix(".pdf")? {
        "conv" => Some(Version::Current),
        "original" => Some(Version::Original),
        "depot" => Some(Version::Deposit),
        other => other.strip_prefix("depot-")?.parse().ok().map(Version::Past),
    }
}

/// Why there is no file.
#[derive(Debug, Clone, Copy)]
pub(crate) enum NoFile {
    NotFound,
    Erased,
    Failed,
}

async fn convention(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Path((convention, version)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Response {
    let wanted = convention.parse::<ConventionId>().ok().zip(version_of(&version));
    let Some((convention, version)) = wanted else {
        return none(&app, NoFile::NotFound);
    };
    match open(&app, &caller, convention, version).await {
        Ok((_, bytes)) if asked.affichage.is_some() => shown(bytes),
        Ok((name, bytes)) => attachment(&name, "application/pdf", bytes),
        Err(why) => none(&app, why),
    }
}

/// `?affichage=page`: to be shown in a frame of the portal, not saved.
#[derive(Debug, Deserialize)]
struct Asked {
    affichage: Option<String>,
}

/// Whom one may not see does not exist.
async fn open(
    app: &App,
    caller: &Caller,
    convention: ConventionId,
    version: Version,
) -> Result<(String, Vec<u8>), NoFile> {
    let found = app.read.query(move |db| {
        let Some(row) = register::by_id(db, convention)? else {
            return Ok(None);
        };
        let parties = &row.parties;
        let attached = platform_hosts::is_attached(db, &parties.platform, &parties.host)?;
        let past = match version {
            Version::Past(sequence) => deposits::one(db, convention, sequence)?,
            Version::Current | Version::Original | Version::Deposit => None,
        };
        Ok(Some((row, attached, past)))
    });
    let (row, attached, past) = found.await.map_err(|err| failed(&err))?.ok_or(NoFile::NotFound)?;
    if !may(&caller.viewer, Action::ReadDocument, &facts(&row.parties, attached)) {
        return Err(NoFile::NotFound);
    }
    let deposit = row.deposit.as_ref().map(|deposit| &deposit.document);
    let document: &StoredDocument = match version {
        Version::Original => &row.original,
        Version::Deposit => deposit.ok_or(NoFile::NotFound)?,
        Version::Past(_) => &past.as_ref().ok_or(NoFile::NotFound)?.document,
        Version::Current => row.current_document().0,
    };
    match app.store.get(document).await.map_err(|err| failed(&err))? {
        Document::Clear(bytes) => Ok((format!("Convention {}.pdf", row.reference), bytes)),
        Document::Erased => Err(NoFile::Erased),
    }
}

pub(crate) fn facts(parties: &Parties, attached: bool) -> Facts {
    let (platform, origin, host) =
        (parties.platform.clone(), parties.origin.clone(), parties.host.clone());
    Facts::placement(platform, origin, host, attached)
}

/// Tells the operator why a file cannot be served.
pub(crate) fn failed(err: &(dyn std::error::Error + 'static)) -> NoFile {
    tracing::error!(err, "a file could not be served");
    NoFile::Failed
}

/// The page that says why there is no file.
pub(crate) fn none(app: &App, why: NoFile) -> Response {
    match why {
        NoFile::NotFound => (StatusCode::NOT_FOUND, home::not_found(app)).into_response(),
        NoFile::Erased => (StatusCode::GONE, home::erased(app)).into_response(),
        NoFile::Failed => (StatusCode::SERVICE_UNAVAILABLE, home::unavailable(app)).into_response(),
    }
}

async fn logo(State(app): State<App>, Path(platform): Path<String>) -> Response {
    let platform = platform_named(&app, &platform).await;
    let logo = platform.and_then(|platform| platform.branding).and_then(|branding| branding.logo);
    let Some(logo) = logo else {
        return none(&app, NoFile::NotFound);
    };
    match app.store.get_public(&logo.blob).await {
        Ok(bytes) => {
            let kind = if bytes.starts_with(b"\x89PNG") { "image/png" } else { "image/jpeg" };
            ([(header::CONTENT_TYPE, kind)], bytes).into_response()
        }
        Err(err) => none(&app, failed(&err)),
    }
}

async fn guide(State(app): State<App>, Path(platform): Path<String>) -> Response {
    let guide = platform_named(&app, &platform).await.and_then(|platform| platform.guide);
    let Some(guide) = guide else {
        return none(&app, NoFile::NotFound);
    };
    match app.store.get_public(&guide.blob).await {
        Ok(bytes) => attachment("Guide.pdf", "application/pdf", bytes),
        Err(err) => none(&app, failed(&err)),
    }
}

async fn platform_named(app: &App, name: &str) -> Option<platform_list::Platform> {
    let slug: Slug = name.parse().ok()?;
    app.read.query(move |db| platform_list::by_slug(db, &slug)).await.ok().flatten()
}

/// A PDF for the browser’s own viewer, which runs no script of it in our pages’ name. (A sandbox
/// would keep Chromium’s viewer from opening it.)
pub(crate) fn shown(bytes: Vec<u8>) -> Response {
    let mut response = attachment("", "application/pdf", bytes);
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("inline"));
    let policy = HeaderValue::from_static(
        "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'self'",
    );
    headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    response
}

/// A file to save, which no browser shows as a page.
pub(crate) fn attachment(name: &str, kind: &str, bytes: Vec<u8>) -> Response {
    let plain: String = name
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() || " .-_".contains(c) { c } else { '_' })
        .collect();
    let disposition = format!("attachment; filename=\"{plain}\"");
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    let octets = HeaderValue::from_static("application/octet-stream");
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_str(kind).unwrap_or(octets));
    let saved = HeaderValue::from_static("attachment");
    let disposition = HeaderValue::from_str(&disposition).unwrap_or(saved);
    headers.insert(header::CONTENT_DISPOSITION, disposition);
    let policy = HeaderValue::from_static("default-src 'none'; sandbox");
    headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    response
}
