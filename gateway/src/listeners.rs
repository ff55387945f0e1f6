//! Subscriptions, by WebSocket. The cookie of the upgrade says who listens; whether it still
//! does, and with the same rights, is asked again before each operation and each answer: a
//! session that was closed hears nothing more.

use std::sync::Arc;

use async_graphql::{
    Data, Executor, Request, Response, ServerError, http::ALL_WEBSOCKET_PROTOCOLS,
};
use async_graphql_axum::{GraphQLProtocol, GraphQLWebSocket};
use axum::{
    Extension,
    extract::{FromRequestParts as _, Request as HttpRequest, State, WebSocketUpgrade},
    response::{IntoResponse as _, Response as HttpResponse},
};
use futures::{StreamExt as _, stream, stream::BoxStream};
use schema::ports::{Caller, PortFault};

use crate::{app::App, session::cookies_of};

/// Opens the WebSocket that carries subscriptions.
pub async fn subscribe(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    request: HttpRequest,
) -> HttpResponse {
    let (mut parts, _) = request.into_parts();
    let listener = Listener { app, cookies: cookies_of(&parts.headers).into(), from: caller.from };
    let protocol = GraphQLProtocol::from_request_parts(&mut parts, &()).await;
    let upgrade = WebSocketUpgrade::from_request_parts(&mut parts, &()).await;
    match (protocol, upgrade) {
        (Ok(protocol), Ok(upgrade)) => upgrade
            .protocols(ALL_WEBSOCKET_PROTOCOLS)
            .on_upgrade(move |stream| GraphQLWebSocket::new(stream, listener, protocol).serve()),
        (Err(status), _) => status.into_response(),
        (_, Err(rejection)) => rejection.into_response(),
    }
}

/// The API, for whoever is at the other end of one WebSocket.
#[derive(Clone)]
struct Listener {
    app: App,
    cookies: Arc<str>,
    from: Option<String>,
}

impl Listener {
    /// Who listens now.
    async fn caller(&self) -> Result<Caller, PortFault> {
        self.app.caller(&self.cookies, self.from.clone()).await
    }

    /// Whether whoever listens is in the same session, with the same rights, as `before`.
    async fn is_still(&self, before: &Caller) -> bool {
        let now = self.caller().await;
        now.is_ok_and(|now| now.session == before.session && now.viewer == before.viewer)
    }
}

fn unavailable(fault: &PortFault) -> Response {
    tracing::error!(err = fault as &dyn std::error::Error, "who listens could not be found");
    let message = "Le service ne peut pas répondre pour le moment.";
    Response::from_errors(vec![ServerError::new(message, None)])
}

impl Executor for Listener {
    async fn execute(&self, request: Request) -> Response {
        match self.caller().await {
            Ok(caller) => self.app.api.execute(request.data(caller)).await,
            Err(fault) => unavailable(&fault),
        }
    }

    /// Ends when the rights are others than when it began: the client asks again, with those
    /// that are left.
    fn execute_stream(
        &self,
        request: Request,
        _session_data: Option<Arc<Data>>,
    ) -> BoxStream<'static, Response> {
        let listener = self.clone();
        let opened = async move {
            let caller = match listener.caller().await {
                Ok(caller) => caller,
                Err(fault) => return stream::iter([unavailable(&fault)]).boxed(),
            };
            let answers = listener.app.api.execute_stream(request.data(caller.clone()));
            let still = move |_: &Response| {
                let (listener, caller) = (listener.clone(), caller.clone());
                async move { listener.is_still(&caller).await }
            };
            answers.take_while(still).boxed()
        };
        stream::once(opened).flatten().boxed()
    }
}
