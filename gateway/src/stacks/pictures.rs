//! What a stack looks like: the picture of a page « à classer », and the file as it came. For
//! whoever may sort it, and nobody else.

use axum::{
    Extension, Router,
    extract::{Path, State},
    http::{HeaderValue, header},
    response::Response,
    routing::get,
};
use domain::{
    access::{Action, Facts, may},
    kernel::{document::StoredDocument, ids::ScanBatchId},
    ministages::slot::Side,
};
use projections::{
    conventions::scans::{self, Scan},
    platforms::platform_hosts,
};
use schema::ports::Caller;

use crate::{
    app::App,
    files::{NoFile, attachment, failed, none},
    store::Document,
};

/// The addresses of pictures and files.
pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/numerisation/{scan}/page/{page}", get(picture))
        .route("/numerisation/{scan}/fichier", get(file))
}

async fn picture(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Path((scan, page)): Path<(String, u16)>,
) -> Response {
    match open(&app, &caller, &scan, Some(page)).await {
        Ok((_, bytes)) => {
            let kind = kind_of(&bytes);
            let mut response = attachment("page", kind, bytes);
            let inline = HeaderValue::from_static("inline");
            response.headers_mut().insert(header::CONTENT_DISPOSITION, inline);
            response
        }
        Err(why) => none(&app, why),
    }
}

async fn file(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Path(scan): Path<String>,
) -> Response {
    match open(&app, &caller, &scan, None).await {
        Ok((name, bytes)) => {
            let kind = kind_of(&bytes);
            attachment(&name, kind, bytes)
        }
        Err(why) => none(&app, why),
    }
}

fn kind_of(bytes: &[u8]) -> &'static str {
    match bytes {
        [0xff, 0xd8, ..] => "image/jpeg",
        [0x89, b'P', ..] => "image/png",
        [b'I', b'I', ..] | [b'M', b'M', ..] => "image/tiff",
        _ => "application/pdf",
    }
}

/// The picture of a page, or the whole file; whoever may not see the stack finds none.
async fn open(
    app: &App,
    caller: &Caller,
    scan: &str,
    page: Option<u16>,
) -> Result<(String, Vec<u8>), NoFile> {
    let id: ScanBatchId = scan.parse().map_err(|_| NoFile::NotFound)?;
    let found = app.read.query(move |db| {
        let Some(scan) = scans::by_id(db, id)? else { return Ok(None) };
        let attached = match (&scan.platform, scan.side) {
            (_, Side::Origin) => false,
            (Some(platform), Side::Host) => {
                platform_hosts::is_attached(db, platform, &scan.school)?
            }
            (None, Side::Host) => !platform_hosts::platforms_of(db, &scan.school)?.is_empty(),
        };
        let pages = if page.is_some() { scans::pages(db, id)? } else { Vec::new() };
        Ok(Some((scan, attached, pages)))
    });
    let found = found.await.map_err(|err| failed(&err))?;
    let (scan, attached, pages) = found.ok_or(NoFile::NotFound)?;
    if !may(&caller.viewer, Action::ReadScan, &facts(&scan, attached)) {
        return Err(NoFile::NotFound);
    }
    let picture = pages.into_iter().find(|it| Some(it.page) == page).and_then(|it| it.picture);
    let document: StoredDocument = match page {
        Some(_) => picture.ok_or(NoFile::NotFound)?,
        None => scan.document,
    };
    match app.store.get(&document).await.map_err(|err| failed(&err))? {
        Document::Clear(bytes) => Ok((scan.name.unwrap_or_else(|| "pile".to_owned()), bytes)),
        Document::Erased => Err(NoFile::Erased),
    }
}

fn facts(scan: &Scan, attached: bool) -> Facts {
    let school = Some(scan.school.clone());
    let facts = match scan.side {
        Side::Origin => Facts { origin: school, ..Facts::none() },
        Side::Host => Facts { host: school, host_attached: attached, ..Facts::none() },
    };
    match &scan.platform {
        Some(platform) => facts.on(platform.clone()),
        None => facts,
    }
}
