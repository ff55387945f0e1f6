//! The service told to stop (SIGTERM): what it had begun to accept is finished and answered, and
//! the proxy before it has the time to send people elsewhere.

use fixtures::schools::COLLEGE_COLLINE;
use serde_json::json;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

use crate::support::{
    Backend,
    binary::{Installation, wish},
    mutation,
    stage::PASSWORD,
};

/// A session of the collège as its cookie, for a client that speaks HTTP by hand.
async fn cookie(url: &str) -> String {
    let input = json!({ "email": COLLEGE_COLLINE.mail, "password": PASSWORD, "keep": false });
    let body = json!({ "query": mutation("signIn", ""), "variables": { "input": input } });
    let request = reqwest::Client::new().post(format!("{url}/graphql")).json(&body);
    let answer = request.send().await.unwrap();
    let cookies = answer.headers().get_all(reqwest::header::SET_COOKIE).iter();
    let named = cookies.map(|it| it.to_str().unwrap().split(';').next().unwrap().to_owned());
    named.collect::<Vec<_>>().join("; ")
}

#[tokio::test]
async fn a_booking_under_way_is_finished_and_nothing_more_is_accepted() {
    let installation = Installation::ready(Backend::Sqlite).await;
    let mut service = installation.serve().await;
    let (_, _, slot) = installation.open_slot(4).await;
    let cookie = cookie(&installation.url()).await;
    let document = mutation("bookSeat", "... on SeatBooked { bookingId }");
    let variables = json!({ "input": wish(&slot, "Sierra", "Sam") });
    let body = json!({ "query": document, "variables": variables }).to_string();
    let host = installation.url().replace("http://", "");
    let head = format!(
        "POST /graphql HTTP/1.1\r\nHost: {host}\r\nCookie: {cookie}\r\nContent-Type: \
         application/json\r\nContent-Length: {}\r\nConnection: close\r\nExpect: 100-continue\r\n\r\n",
        body.len()
    );

    let mut connection = TcpStream::connect(&host).await.unwrap();
    connection.write_all(head.as_bytes()).await.unwrap();
    let mut go_on = [0; 25];
    connection.read_exact(&mut go_on).await.unwrap();
    assert_eq!(&go_on, b"HTTP/1.1 100 Continue\r\n\r\n", "it waits for the body");
    service.ask_to_stop();
    service.told("stopping").await;
    connection.write_all(body.as_bytes()).await.unwrap();
    let mut answer = String::new();
    connection.read_to_string(&mut answer).await.unwrap();

    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    assert!(answer.contains("bookingId") && !answer.contains("Refused"), "{answer}");
    assert_eq!(service.ended().await.code(), Some(0), "{:#?}", service.lines());
    assert!(TcpStream::connect(&host).await.is_err(), "nobody listens any more");
    installation.done(&["projections", "verify"]);
    let restarted = installation.serve().await;
    let letter = installation.letter(COLLEGE_COLLINE.mail, "SIERRA Sam").await;
    assert!(letter.contains("convention"), "{letter}");
    restarted.stop().await;
}

#[tokio::test]
async fn it_says_that_it_leaves_before_it_leaves() {
    let installation = Installation::ready(Backend::Sqlite).await;
    let mut service = installation.serve_with(&[("ESCALE_STOP_DELAY_SECONDS", "3")]).await;
    let status = async |path: &str| {
        let answer = reqwest::get(format!("{}{path}", installation.url())).await.unwrap();
        answer.status().as_u16()
    };
    assert_eq!(status("/readyz").await, 200);

    service.ask_to_stop();
    service.told("leaving").await;

    assert_eq!(status("/readyz").await, 503);
    assert_eq!(status("/").await, 200, "whoever comes all the same is answered");
    assert_eq!(service.ended().await.code(), Some(0), "{:#?}", service.lines());
}

#[tokio::test]
async fn told_twice_it_stops_at_once() {
    let installation = Installation::ready(Backend::Sqlite).await;
    let mut service = installation.serve_with(&[("ESCALE_STOP_DELAY_SECONDS", "3600")]).await;

    service.ask_to_stop();
    service.told("leaving").await;
    service.ask_to_stop();

    assert_eq!(service.ended().await.code(), Some(0), "{:#?}", service.lines());
}
