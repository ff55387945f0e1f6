//! Which operations the API carries out. The portal names its documents by their SHA-256; outside
//! demonstrations only those may be asked for.

use std::{collections::HashMap, sync::Arc};

use async_graphql::{
    Request, ServerError,
    parser::{parse_query, types::ExecutableDocument},
};

use crate::fault::ErrorCode;

/// The documents that the API knows by name.
#[derive(Debug, Clone, Default)]
pub struct Operations {
    /// Documents by the SHA-256 of their text, in lower-case hexadecimal.
    listed: Arc<HashMap<String, Document>>,
    /// Whether any other document may be asked for too.
    open: bool,
}

/// A document, read once.
#[derive(Debug)]
struct Document {
    text: String,
    /// None of a text that is no document: whoever asks for it is told so.
    read: Option<ExecutableDocument>,
}

impl Document {
    fn of(text: String) -> Self {
        let read = parse_query(&text).ok();
        Self { text, read }
    }

    /// Has `request` ask for it.
    fn put(&self, request: &mut Request) {
        request.query.clone_from(&self.text);
        if let Some(read) = &self.read {
            request.set_parsed_query(read.clone());
        }
    }
}

impl Operations {
    /// Any document, beside those of `listed`.
    pub fn any(listed: HashMap<String, String>) -> Self {
        Self { open: true, ..Self::only(listed) }
    }

    /// Those of `listed` only.
    pub fn only(listed: HashMap<String, String>) -> Self {
        let read = |(name, text)| (name, Document::of(text));
        Self { listed: Arc::new(listed.into_iter().map(read).collect()), open: false }
    }
}

impl Operations {
    /// The request as it is carried out: with the document that it names, if it names one; refused
    /// when its document is none of ours and only those may be asked for.
    pub(crate) fn admit(&self, mut request: Request) -> Result<Request, ServerError> {
        if request.query.is_empty() {
            // Only then: whoever judged the text of a request judged what is carried out.
            let document = name_of(&request).and_then(|name| self.listed.get(&name));
            document.ok_or_else(not_listed)?.put(&mut request);
        } else if !self.open && !self.listed.values().any(|it| it.text == request.query) {
            return Err(not_listed());
        }
        Ok(request)
    }
}

/// The name that the request gives for its document, as Apollo's persisted queries write it.
fn name_of(request: &Request) -> Option<String> {
    let async_graphql::Value::Object(named) = request.extensions.get("persistedQuery")? else {
        return None;
    };
    match named.get("sha256Hash")? {
        async_graphql::Value::String(name) => Some(name.to_ascii_lowercase()),
        _ => None,
    }
}

fn not_listed() -> ServerError {
    ErrorCode::NotListed.error().into_server_error(async_graphql::Pos::default())
}

#[cfg(test)]
mod tests {
    use async_graphql::{EmptyMutation, EmptySubscription, Object, Schema};

    use super::*;

    struct Query;

    #[Object]
    impl Query {
        async fn hello(&self) -> &'static str {
            "bonjour"
        }
    }

    async fn answer(operations: Operations, request: Request) -> async_graphql::Response {
        match operations.admit(request) {
            Ok(request) => {
                let schema = Schema::new(Query, EmptyMutation, EmptySubscription);
                schema.execute(request).await
            }
            Err(error) => async_graphql::Response::from_errors(vec![error]),
        }
    }

    fn listed() -> HashMap<String, String> {
        HashMap::from([("ab12".to_owned(), "{ hello }".to_owned())])
    }

    fn named(text: &str, name: &str) -> Request {
        let body = serde_json::json!({
            "query": text,
            "extensions": { "persistedQuery": { "version": 1, "sha256Hash": name } },
        });
        serde_json::from_value(body).expect("a request")
    }

    #[tokio::test]
    async fn a_listed_document_is_known_by_its_name() {
        let said = answer(Operations::only(listed()), named("", "AB12")).await;
        assert_eq!(said.data.to_string(), "{hello: \"bonjour\"}");
    }

    #[tokio::test]
    async fn a_document_that_is_not_listed_is_refused() {
        for request in [Request::new("{ again: hello }"), named("", "cd34"), Request::new("")] {
            let said = answer(Operations::only(listed()), request).await;
            let errors = serde_json::to_value(&said.errors).expect("errors");
            assert_eq!(errors[0]["extensions"]["code"], "NOT_LISTED", "{errors}");
        }
    }

    #[tokio::test]
    async fn a_name_never_replaces_a_text() {
        let said = answer(Operations::any(listed()), named("{ twice: hello }", "ab12")).await;
        assert_eq!(said.data.to_string(), "{twice: \"bonjour\"}");
    }

    #[tokio::test]
    async fn an_open_api_carries_out_any_document() {
        let said = answer(Operations::any(HashMap::new()), Request::new("{ again: hello }")).await;
        assert!(said.is_ok());
    }
}
