//! `/graphql` behaves as the GraphQL-over-HTTP specification says, and keeps strangers out.

use crate::support::{Backend, TestApp};
use reqwest::{Client, Response, StatusCode, header};
use serde_json::{Value, json};

const RESPONSE: &str = "application/graphql-response+json";

async fn post(app: &TestApp, accept: &str, body: &str) -> Response {
    let request = Client::new()
        .post(format!("{}/graphql", app.url))
        .header(header::ACCEPT, accept)
        .header(header::CONTENT_TYPE, "application/json")
        .body(body.to_owned());
    request.send().await.unwrap()
}

async fn get(app: &TestApp, query: &[(&str, &str)]) -> Response {
    let request = Client::new().get(format!("{}/graphql", app.url)).query(query);
    request.header(header::ACCEPT, RESPONSE).send().await.unwrap()
}

fn asks(query: &str) -> String {
    json!({ "query": query }).to_string()
}

fn kind(response: &Response) -> &str {
    response.headers()[header::CONTENT_TYPE].to_str().unwrap()
}

#[tokio::test]
async fn the_media_type_accepted_is_the_one_answered() {
    let app = TestApp::start(Backend::Sqlite).await;

    for (accept, answered) in [
        (RESPONSE, "application/graphql-response+json; charset=utf-8"),
        ("application/json", "application/json; charset=utf-8"),
        ("*/*", "application/json; charset=utf-8"),
        ("text/csv, application/json;q=0.5", "application/json; charset=utf-8"),
    ] {
        let response = post(&app, accept, &asks("{ __typename }")).await;

        assert_eq!(response.status(), StatusCode::OK, "{accept}");
        assert_eq!(kind(&response), answered, "{accept}");
        let answer: Value = response.json().await.unwrap();
        assert_eq!(answer, json!({ "data": { "__typename": "Query" } }));
    }
    let response = post(&app, "text/csv", &asks("{ __typename }")).await;
    assert_eq!(response.status(), StatusCode::NOT_ACCEPTABLE);
}

#[tokio::test]
async fn a_request_that_cannot_be_read_is_a_bad_request() {
    let app = TestApp::start(Backend::Sqlite).await;

    for body in ["", "{", "[]", "{}", r#"{"query":1}"#, r#"{"query":"{ a }","variables":"x"}"#] {
        for accept in [RESPONSE, "application/json"] {
            let response = post(&app, accept, body).await;

            assert_eq!(response.status(), StatusCode::BAD_REQUEST, "{accept} {body}");
            let answer: Value = response.json().await.unwrap();
            assert!(answer["errors"][0]["message"].is_string());
        }
    }
    let plain = Client::new().post(format!("{}/graphql", app.url)).body("{ __typename }");
    let response = plain.send().await.unwrap();
    assert_eq!(response.status(), StatusCode::UNSUPPORTED_MEDIA_TYPE);
}

#[tokio::test]
async fn a_document_that_is_wrong_is_told_by_status_or_not_as_the_client_accepts() {
    let app = TestApp::start(Backend::Sqlite).await;

    for document in ["{", "{ nothingOfThatName }"] {
        let strict = post(&app, RESPONSE, &asks(document)).await;
        let legacy = post(&app, "application/json", &asks(document)).await;

        assert_eq!(strict.status(), StatusCode::BAD_REQUEST, "{document}");
        assert_eq!(legacy.status(), StatusCode::OK, "{document}");
        let answer: Value = strict.json().await.unwrap();
        assert!(answer.get("data").is_none_or(Value::is_null));
    }
}

#[tokio::test]
async fn get_carries_queries_only() {
    let app = TestApp::start(Backend::Sqlite).await;

    let query = get(&app, &[("query", "{ __typename }")]).await;
    let mutation = get(&app, &[("query", "mutation { __typename }")]).await;
    let none = get(&app, &[]).await;

    assert_eq!(query.status(), StatusCode::OK);
    assert_eq!(mutation.status(), StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(mutation.headers()[header::ALLOW], "POST");
    assert_eq!(none.status(), StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn the_schema_is_not_told_in_production_and_deep_requests_are_refused() {
    let app = TestApp::start(Backend::Sqlite).await;

    let introspection = post(&app, RESPONSE, &asks("{ __schema { types { name } } }")).await;

    let answer: Value = introspection.json().await.unwrap();
    assert!(answer["data"]["__schema"].is_null(), "{answer}");
}

#[tokio::test]
async fn what_another_sites_page_sends_is_refused() {
    let app = TestApp::start(Backend::Sqlite).await;
    let send = async |name: &str, value: &str| {
        let request = Client::new()
            .post(format!("{}/graphql", app.url))
            .header(name, value)
            .header(header::CONTENT_TYPE, "application/json")
            .body(asks("{ __typename }"));
        request.send().await.unwrap().status()
    };

    assert_eq!(send("sec-fetch-site", "cross-site").await, StatusCode::FORBIDDEN);
    assert_eq!(send("sec-fetch-site", "same-site").await, StatusCode::FORBIDDEN);
    assert_eq!(send("sec-fetch-site", "same-origin").await, StatusCode::OK);
    assert_eq!(send("origin", "https://elsewhere.example").await, StatusCode::FORBIDDEN);
    assert_eq!(send("origin", &app.url).await, StatusCode::OK);
}

#[tokio::test]
async fn every_answer_tells_browsers_what_it_may_do() {
    let app = TestApp::start(Backend::Sqlite).await;

    let page = Client::new().get(&app.url).send().await.unwrap();

    let headers = page.headers();
    assert_eq!(headers["x-content-type-options"], "nosniff");
    assert_eq!(headers["referrer-policy"], "no-referrer");
    let policy = headers["content-security-policy"].to_str().unwrap();
    assert!(policy.starts_with("default-src 'self'") && !policy.contains("unsafe"), "{policy}");
    assert!(headers.contains_key("x-request-id"));
}

#[tokio::test]
async fn the_service_says_whether_it_lives_and_is_ready() {
    let app = TestApp::start(Backend::Sqlite).await;
    let status = async |path: &str| {
        Client::new().get(format!("{}{path}", app.url)).send().await.unwrap().status()
    };

    assert_eq!(status("/healthz").await, StatusCode::OK);
    assert_eq!(status("/readyz").await, StatusCode::OK);
    assert_eq!(status("/nowhere").await, StatusCode::NOT_FOUND);
    app.app.begin_stop();
    assert_eq!(status("/healthz").await, StatusCode::OK);
    assert_eq!(status("/readyz").await, StatusCode::SERVICE_UNAVAILABLE);
}
