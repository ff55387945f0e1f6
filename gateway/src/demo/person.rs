//! Someone in front of a browser, without the browser: keeps the session’s cookie and speaks
//! HTTP to the router in this process.

use axum::{
    Router,
    body::Body,
    http::{Method, Request, StatusCode, header},
};
use serde_json::{Value, json};
use tower::ServiceExt as _;

/// The most that an answer may hold, in bytes.
const MOST: usize = 64 * 1024 * 1024;

/// Someone in front of a browser.
#[derive(Debug, Clone)]
pub struct Person {
    router: Router,
    cookie: Option<String>,
}

/// A request did not go through.
#[derive(Debug, thiserror::Error)]
pub enum PersonFault {
    /// The router answered with an error.
    #[error("{path} a répondu {status}")]
    Status {
        /// What was asked for.
        path: String,
        /// What was answered.
        status: StatusCode,
    },
    /// GraphQL answered with an error.
    #[error("l’API a répondu : {0}")]
    Api(String),
    /// The command was refused.
    #[error("refusé : {0}")]
    Refused(String),
    /// The answer could not be read.
    #[error("la réponse est illisible")]
    Unreadable,
}

/// An answer.
#[derive(Debug, Clone)]
pub struct Answer {
    /// Its status.
    pub status: StatusCode,
    /// `Content-Disposition`, if it has one.
    pub disposition: Option<String>,
    /// Its bytes.
    pub body: Vec<u8>,
}

impl Person {
    /// Someone who is not signed in.
    pub fn new(router: Router) -> Self {
        Self { router, cookie: None }
    }

    /// Opens a page or a file.
    pub async fn get(&mut self, path: &str) -> Result<Answer, PersonFault> {
        let request = self.request(Method::GET, path).body(Body::empty());
        self.send(path, request.map_err(|_| PersonFault::Unreadable)?).await
    }

    /// Sends a form.
    pub async fn post_form(
        &mut self,
        path: &str,
        fields: &[(&str, &str)],
    ) -> Result<Answer, PersonFault> {
        let form = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let request = self
            .request(Method::POST, path)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(form));
        self.send(path, request.map_err(|_| PersonFault::Unreadable)?).await
    }

    /// Asks the API; answers `data`.
    pub async fn ask(&mut self, query: &str, variables: Value) -> Result<Value, PersonFault> {
        let body = json!({ "query": query, "variables": variables }).to_string();
        let request = self
            .request(Method::POST, "/graphql")
            .header(header::CONTENT_TYPE, "application/json")
            .body(Body::from(body));
        let answer = self.send("/graphql", request.map_err(|_| PersonFault::Unreadable)?).await?;
        data_of(&answer)
    }

    /// Gives a command whose payload stands under `done`; a refusal is an error.
    pub async fn command(&mut self, query: &str, input: Value) -> Result<Value, PersonFault> {
        let data = self.ask(query, json!({ "input": input })).await?;
        accepted(data)
    }

    /// Gives a command with a file, as `input.file`.
    pub async fn upload(
        &mut self,
        query: &str,
        mut input: Value,
        name: &str,
        bytes: &[u8],
    ) -> Result<Value, PersonFault> {
        const EDGE: &str = "----escale-form-edge";
        input["file"] = Value::Null;
        let operations = json!({ "query": query, "variables": { "input": input } });
        let mut body = Vec::new();
        for (field, text) in [
            ("operations", operations.to_string()),
            ("map", json!({ "0": ["variables.input.file"] }).to_string()),
        ] {
            let head =
                format!("--{EDGE}\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n");
            body.extend_from_slice(head.as_bytes());
            body.extend_from_slice(text.as_bytes());
            body.extend_from_slice(b"\r\n");
        }
        let head = format!(
            "--{EDGE}\r\nContent-Disposition: form-data; name=\"0\"; filename=\"{name}\"\r\n\
             Content-Type: application/pdf\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(format!("\r\n--{EDGE}--\r\n").as_bytes());
        let request = self
            .request(Method::POST, "/graphql")
            .header(header::CONTENT_TYPE, format!("multipart/form-data; boundary={EDGE}"))
            .body(Body::from(body));
        let answer = self.send("/graphql", request.map_err(|_| PersonFault::Unreadable)?).await?;
        accepted(data_of(&answer)?)
    }

    fn request(&self, method: Method, path: &str) -> axum::http::request::Builder {
        let builder = Request::builder().method(method).uri(path);
        match &self.cookie {
            Some(cookie) => builder.header(header::COOKIE, cookie),
            None => builder,
        }
    }

    async fn send(&mut self, path: &str, request: Request<Body>) -> Result<Answer, PersonFault> {
        let Ok(response) = self.router.clone().oneshot(request).await;
        let status = response.status();
        if let Some(cookie) = response.headers().get(header::SET_COOKIE) {
            let cookie = cookie.to_str().unwrap_or_default();
            self.cookie = cookie.split(';').next().map(ToOwned::to_owned);
        }
        let disposition = response.headers().get(header::CONTENT_DISPOSITION);
        let disposition = disposition.and_then(|it| it.to_str().ok()).map(ToOwned::to_owned);
        let body = axum::body::to_bytes(response.into_body(), MOST).await;
        let body = body.map_err(|_| PersonFault::Unreadable)?.to_vec();
        if status.is_success() {
            Ok(Answer { status, disposition, body })
        } else {
            Err(PersonFault::Status { path: path.to_owned(), status })
        }
    }
}

fn data_of(answer: &Answer) -> Result<Value, PersonFault> {
    let mut answer: Value =
        serde_json::from_slice(&answer.body).map_err(|_| PersonFault::Unreadable)?;
    match answer["errors"][0]["message"].as_str() {
        Some(message) => Err(PersonFault::Api(message.to_owned())),
        None => Ok(answer["data"].take()),
    }
}

fn accepted(mut data: Value) -> Result<Value, PersonFault> {
    let done = data["done"].take();
    if done["__typename"] == "Refused" {
        return Err(PersonFault::Refused(done["message"].as_str().unwrap_or_default().to_owned()));
    }
    Ok(done)
}
