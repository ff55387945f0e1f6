//! Subscriptions over a real WebSocket keep no right longer than their session.

use fixtures::schools::COLLEGE_COLLINE;
use futures::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::{Message, client::IntoClientRequest as _};

use crate::support::{
    Backend,
    stage::{PASSWORD, Stage},
};

#[tokio::test]
async fn whoever_signs_out_hears_nothing_more() {
    let stage = Stage::set(Backend::Sqlite).await;
    let http = reqwest::Client::builder().build().unwrap();
    let post = async |cookie: &str, query: &str| {
        let body = json!({ "query": query }).to_string();
        let request = http.post(format!("{}/graphql", stage.app.url)).header("cookie", cookie);
        request.header("content-type", "application/json").body(body).send().await.unwrap()
    };
    let sign_in = format!(
        "mutation {{ signIn(input: {{ email: \"{}\", password: \"{PASSWORD}\" }}) {{ __typename }} }}",
        COLLEGE_COLLINE.mail
    );
    let answer = post("", &sign_in).await;
    let cookie = answer.headers()["set-cookie"].to_str().unwrap();
    let cookie = cookie.split(';').next().unwrap().to_owned();
    let address = format!("{}/graphql/ws", stage.app.url.replace("http", "ws"));
    let mut request = address.into_client_request().unwrap();
    request.headers_mut().insert("cookie", cookie.parse().unwrap());
    let protocol = "graphql-transport-ws".parse().unwrap();
    request.headers_mut().insert("sec-websocket-protocol", protocol);
    let (mut socket, _) = tokio_tungstenite::connect_async(request).await.unwrap();
    let query =
        format!("subscription {{ changes(origin: \"{}\") {{ kind }} }}", COLLEGE_COLLINE.code);
    for message in [
        json!({ "type": "connection_init" }),
        json!({ "type": "subscribe", "id": "1", "payload": { "query": query } }),
        json!({ "type": "ping" }),
    ] {
        socket.send(Message::text(message.to_string())).await.unwrap();
    }
    let slot = stage.slot(30).await;
    let mut heard = Vec::<Value>::new();
    for number in 0.. {
        stage.book(slot, "Juliett", &format!("Jade {number}")).await;
        let patience = std::time::Duration::from_millis(500);
        while let Ok(Some(message)) = tokio::time::timeout(patience, socket.next()).await {
            heard.push(serde_json::from_str(message.unwrap().to_text().unwrap()).unwrap());
        }
        if heard.iter().any(|message| message["type"] == "next") {
            break;
        }
        assert!(number < 20, "{heard:?}");
    }

    let out = post(&cookie, "mutation { signOut { __typename } }").await;
    assert!(out.status().is_success());
    stage.book(slot, "Kilo", "Karl").await;

    let wait = tokio::time::timeout(std::time::Duration::from_secs(20), socket.next()).await;
    let message: Value =
        serde_json::from_str(wait.unwrap().unwrap().unwrap().to_text().unwrap()).unwrap();
    assert_eq!(message["type"], "complete", "{message}");
}
