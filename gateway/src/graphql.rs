//! `/graphql` as the GraphQL-over-HTTP specification says: POST and GET, the two media types,
//! their status codes; uploads by multipart.

use std::io;

use async_graphql::{ServerError, http::MultipartOptions, parser::types::OperationType};
use axum::{
    Extension,
    body::{Body, Bytes},
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use futures::TryStreamExt as _;
use schema::ports::Caller;

use crate::{app::App, portal};

const RESPONSE_JSON: &str = "application/graphql-response+json";

/// The largest JSON body, in bytes. Files come by multipart.
const MOST_JSON: usize = 512 * 1024;

/// Which of the two media types the client takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Media {
    /// `application/graphql-response+json`: the status tells what went wrong.
    Response,
    /// `application/json`: 200 once the request could be read.
    Legacy,
}

/// A request that GraphQL never saw.
struct Malformed {
    status: StatusCode,
    message: &'static str,
}

fn malformed(status: StatusCode, message: &'static str) -> Malformed {
    Malformed { status, message }
}

/// Answers a query or a mutation.
pub async fn answer(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    request: Request,
) -> Response {
    let Some(media) = accepted(request.headers()) else {
        let text = format!("one may accept {RESPONSE_JSON} or application/json");
        return (StatusCode::NOT_ACCEPTABLE, text).into_response();
    };
    let is_get = request.method() == Method::GET;
    let is_visit = is_get && app.config.demo && wants_page(request.headers());
    if let Some(page) = is_visit.then(|| portal::graphiql(request.headers())).flatten() {
        return page;
    }
    let read = if is_get { read_get(&request) } else { read_post(&app, request).await };
    let mut graphql = match read {
        Ok(graphql) => graphql,
        Err(wrong) => return refuse(media, &wrong),
    };
    if is_get && is_mutation(&mut graphql) {
        let wrong = malformed(StatusCode::METHOD_NOT_ALLOWED, "GET carries queries only");
        let mut response = refuse(media, &wrong);
        response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("POST"));
        return response;
    }
    respond(media, &app.api.execute(graphql.data(caller)).await)
}

fn wants_page(headers: &HeaderMap) -> bool {
    let accept = headers.get(header::ACCEPT).and_then(|accept| accept.to_str().ok());
    accept.is_some_and(|accept| accept.contains("text/html"))
}

/// The first of the two that the client takes; `application/json` when it says nothing.
fn accepted(headers: &HeaderMap) -> Option<Media> {
    let Some(accept) = headers.get(header::ACCEPT).and_then(|accept| accept.to_str().ok()) else {
        return Some(Media::Legacy);
    };
    accept.split(',').find_map(|one| {
        let name = one.split(';').next().unwrap_or_default().trim();
        match name {
            RESPONSE_JSON => Some(Media::Response),
            "application/json" | "application/*" | "*/*" | "text/html" => Some(Media::Legacy),
            _ => None,
        }
    })
}

fn read_get(request: &Request) -> Result<async_graphql::Request, Malformed> {
    let query = request.uri().query().unwrap_or_default();
    async_graphql::http::parse_query_string(query)
        .map_err(|_| malformed(StatusCode::BAD_REQUEST, "a query is expected in ?query="))
        .and_then(|graphql| {
            let empty = graphql.query.is_empty();
            if empty {
                Err(malformed(StatusCode::BAD_REQUEST, "the query is empty"))
            } else {
                Ok(graphql)
            }
        })
}

async fn read_post(app: &App, request: Request) -> Result<async_graphql::Request, Malformed> {
    let kind = request.headers().get(header::CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default().to_owned();
    let name = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    match name.as_str() {
        "application/json" => {
            let body =
                axum::body::to_bytes(request.into_body(), MOST_JSON).await.map_err(|_| {
                    malformed(StatusCode::PAYLOAD_TOO_LARGE, "the request is larger than 512 kB")
                })?;
            read_json(&body)
        }
        "multipart/form-data" => read_multipart(app, kind, request.into_body()).await,
        _ => Err(malformed(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "application/json, or multipart/form-data for files, is expected",
        )),
    }
}

fn read_json(body: &Bytes) -> Result<async_graphql::Request, Malformed> {
    let expected = "an object with query, or the name of a listed document in \
                    extensions.persistedQuery, and perhaps operationName and variables";
    let bad = || malformed(StatusCode::BAD_REQUEST, expected);
    let value: serde_json::Value = serde_json::from_slice(body).map_err(|_| bad())?;
    let is_text = value.get("query").is_some_and(serde_json::Value::is_string);
    let is_named =
        value.get("query").is_none() && value.pointer("/extensions/persistedQuery").is_some();
    if !is_text && !is_named {
        return Err(bad());
    }
    serde_json::from_value(value).map_err(|_| bad())
}

/// Files, by the multipart request specification. What another site’s page sends never comes
/// here: see the router’s guard.
async fn read_multipart(
    app: &App,
    kind: String,
    body: Body,
) -> Result<async_graphql::Request, Malformed> {
    let most = usize::try_from(app.most_upload_bytes).unwrap_or(usize::MAX);
    let options = MultipartOptions::default().max_file_size(most).max_num_files(50);
    let stream = body.into_data_stream().map_err(io::Error::other);
    let reader = tokio_util::io::StreamReader::new(stream);
    let reader = tokio_util::compat::TokioAsyncReadCompatExt::compat(reader);
    let batch = async_graphql::http::receive_batch_body(Some(kind), reader, options).await;
    match batch.map(async_graphql::BatchRequest::into_single) {
        Ok(Ok(request)) => Ok(request),
        Err(async_graphql::ParseRequestError::PayloadTooLarge) => {
            Err(malformed(StatusCode::PAYLOAD_TOO_LARGE, "a file is larger than allowed"))
        }
        Ok(Err(_)) | Err(_) => Err(malformed(
            StatusCode::BAD_REQUEST,
            "a form with operations, map and files is expected",
        )),
    }
}

fn is_mutation(graphql: &mut async_graphql::Request) -> bool {
    let name = graphql.operation_name.clone();
    let Ok(document) = graphql.parsed_query() else {
        return false;
    };
    document
        .operations
        .iter()
        .filter(|(key, _)| name.is_none() || key.map(ToString::to_string) == name)
        .any(|(_, operation)| operation.node.ty != OperationType::Query)
}

/// Says that nothing can be answered now, as the API says it.
pub(crate) fn unavailable(headers: &HeaderMap) -> Response {
    let media = accepted(headers).unwrap_or(Media::Legacy);
    let mut response = respond(media, &schema::cannot_answer());
    *response.status_mut() = StatusCode::SERVICE_UNAVAILABLE;
    response
}

fn refuse(media: Media, wrong: &Malformed) -> Response {
    let error = ServerError::new(wrong.message, None);
    let mut response = respond(media, &async_graphql::Response::from_errors(vec![error]));
    *response.status_mut() = wrong.status;
    response
}

fn respond(media: Media, answer: &async_graphql::Response) -> Response {
    // Without data the request itself was wrong, or not one field could be answered.
    let is_request_error = answer.data == async_graphql::Value::Null && !answer.errors.is_empty();
    let status = match media {
        Media::Response if is_request_error => StatusCode::BAD_REQUEST,
        Media::Response | Media::Legacy => StatusCode::OK,
    };
    let kind = match media {
        Media::Response => "application/graphql-response+json; charset=utf-8",
        Media::Legacy => "application/json; charset=utf-8",
    };
    let headers = answer.http_headers.clone();
    let body = match serde_json::to_vec(answer) {
        Ok(body) => body,
        Err(err) => {
            tracing::error!(%err, "an answer could not be written");
            return StatusCode::INTERNAL_SERVER_ERROR.into_response();
        }
    };
    let mut response = (status, body).into_response();
    response.headers_mut().extend(headers);
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    response
}
