//! The portal's files as browsers get them. Without a build of the pages, the plain page.

use reqwest::{Client, Response, StatusCode, header};

use crate::support::{Backend, TestApp};

async fn get(app: &TestApp, path: &str, accept: &str) -> Response {
    let request = Client::new().get(format!("{}{path}", app.url));
    let request = request.header(header::ACCEPT, accept).header(header::ACCEPT_ENCODING, "br");
    request.send().await.unwrap()
}

#[tokio::test]
async fn a_browser_gets_the_page_at_every_address_and_programs_get_404() {
    let app = TestApp::start(Backend::Sqlite).await;
    let built = !gateway::portal::operations().is_empty();
    let expected = if built { StatusCode::OK } else { StatusCode::NOT_FOUND };

    assert_eq!(get(&app, "/", "text/html").await.status(), StatusCode::OK);
    assert_eq!(get(&app, "/ecole/9990011H/reserver", "text/html").await.status(), expected);
    assert_eq!(get(&app, "/ecole/9990011H/reserver", "*/*").await.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_is_no_file_of_the_pages_is_not_served() {
    let app = TestApp::start(Backend::Sqlite).await;

    for path in [
        "/assets/none.js",
        "/.operations.json",
        "/..%2f..%2fCargo.toml",
        "/index.html.br",
        "/graphiql/index.html",
    ] {
        assert_eq!(get(&app, path, "text/html").await.status(), StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn a_script_comes_compressed_and_is_kept_for_ever_the_page_is_asked_for_again() {
    let app = TestApp::start(Backend::Sqlite).await;
    if gateway::portal::operations().is_empty() {
        let page = get(&app, "/", "text/html").await.text().await.unwrap();
        assert!(page.contains("Escale"), "{page}");
        return;
    }
    let page = Client::new().get(&app.url).send().await.unwrap();
    assert_eq!(page.headers()[header::CACHE_CONTROL], "no-cache");
    let tag = page.headers()[header::ETAG].clone();
    let page = page.text().await.unwrap();
    let again = Client::new().get(&app.url).header(header::IF_NONE_MATCH, tag);
    assert_eq!(again.send().await.unwrap().status(), StatusCode::NOT_MODIFIED);

    let start = page.find("/assets/index-").unwrap();
    let script = page[start..].split('"').next().unwrap();
    let script = get(&app, script, "*/*").await;
    assert_eq!(script.status(), StatusCode::OK);
    assert_eq!(script.headers()[header::CONTENT_ENCODING], "br");
    assert_eq!(script.headers()[header::CACHE_CONTROL], "public, max-age=31536000, immutable");
    assert_eq!(script.headers()[header::CONTENT_TYPE], "text/javascript; charset=utf-8");
}

#[tokio::test]
async fn a_theme_dresses_the_page_and_nothing_beside_it_is_served() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("theme.css"), ":root { --brand: #123456; }").unwrap();
    let app = TestApp::start_themed(folder.path()).await;

    let sheet = get(&app, "/theme/theme.css", "*/*").await;
    assert_eq!(sheet.headers()[header::CONTENT_TYPE], "text/css; charset=utf-8");
    assert!(get(&app, "/style.css", "*/*").await.status().is_success());
    for path in ["/theme/other.css", "/theme/..%2fescale.db", "/theme/"] {
        assert_eq!(get(&app, path, "*/*").await.status(), StatusCode::NOT_FOUND, "{path}");
    }
    if !gateway::portal::operations().is_empty() {
        let page = Client::new().get(&app.url).send().await.unwrap().text().await.unwrap();
        let (own, theirs) = (page.find("/assets/index-"), page.find("/theme/theme.css"));
        assert!(own.is_some() && own < theirs, "{page}");
    }
}
