//! Messages handed to a real SMTP server, one that refuses, and none.
#![expect(clippy::unwrap_used, reason = "what the tests share may fail as loudly as they do")]

use std::{
    net::TcpListener,
    time::{Duration, Instant},
};

use domain::{
    correspondence::letter::{DeliveryFault, DeliveryFaultKind},
    kernel::ids::LetterId,
};
use mailer::{
    message::{Attachment, Envelope, Outgoing, build},
    render::Rendered,
    testing::{Manner, SmtpServer},
    transport::{Accepted, Credentials, Security, Smtp, SmtpSettings, Transport},
};

const USER: (&str, &str) = ("escale", "un mot de passe");

fn message(to: &[&str]) -> Outgoing {
    let rendered = Rendered {
        subject: "Convention validée\u{202f}: MARTIN Léa".to_owned(),
        text: "Bonjour,\n\n.\nÀ bientôt\u{202f}!\n".to_owned(),
        html: "<p>Bonjour</p>\n".to_owned(),
    };
    let envelope = Envelope {
        letter: LetterId::from_u128(7),
        edition: 0,
        from_name: "Lycée Démo Paul".to_owned(),
        from: "ne-pas-repondre@escale.example".parse().unwrap(),
        to: to.iter().map(|to| to.parse().unwrap()).collect(),
        reply_to: None,
        date: "2027-01-04T08:00:00Z".parse().unwrap(),
        about: vec![],
    };
    let files = vec![Attachment::pdf("convention.pdf", b"%PDF-1.7 \xe9\n.\r\n".to_vec())];
    build(rendered, &envelope, files).unwrap()
}

async fn send(settings: &SmtpSettings, to: &[&str]) -> Result<Accepted, DeliveryFault> {
    Transport::Smtp(Smtp::new(settings).unwrap()).send(&message(to)).await
}

fn fault(kind: DeliveryFaultKind, code: Option<u16>) -> DeliveryFault {
    DeliveryFault { kind, code }
}

fn signing_in(server: &SmtpServer, password: &str) -> SmtpSettings {
    SmtpSettings {
        credentials: Some(Credentials {
            username: USER.0.to_owned(),
            password: password.to_owned().into(),
        }),
        ..server.settings()
    }
}

#[tokio::test]
async fn a_message_arrives_whole() {
    let server = SmtpServer::start();

    let sent = send(&server.settings(), &["ce.0491234A@ac-nantes.fr", "b@x.fr"]).await;

    assert_eq!(sent, Ok(Accepted { refused: 0 }));
    let received = server.wait_for(1).await.remove(0);
    assert_eq!(received.recipients, ["ce.0491234A@ac-nantes.fr", "b@x.fr"]);
    assert_eq!(received.message.subject, "Convention validée\u{202f}: MARTIN Léa");
    assert_eq!(received.message.text, "Bonjour,\n\n.\nÀ bientôt\u{202f}!\n");
    assert_eq!(received.message.attachments[0].bytes, b"%PDF-1.7 \xe9\n.\r\n");
}

#[tokio::test]
async fn the_same_letter_twice_is_the_same_message() {
    let server = SmtpServer::start();

    send(&server.settings(), &["a@x.fr"]).await.unwrap();
    send(&server.settings(), &["a@x.fr"]).await.unwrap();

    let received = server.wait_for(2).await;
    assert_eq!(
        received[0].message.message_id.as_deref(),
        Some("00000000-0000-0000-0000-000000000007@escale.example")
    );
    assert_eq!(received[0].bytes, received[1].bytes);
}

#[tokio::test]
async fn connections_are_encrypted_from_the_start_or_by_starttls() {
    for security in [Security::Starttls, Security::Tls] {
        let server = SmtpServer::with(Manner { security: Some(security), sign_in: Some(USER) });

        let sent = send(&signing_in(&server, USER.1), &["a@x.fr"]).await;

        assert_eq!(sent, Ok(Accepted { refused: 0 }), "{security:?}");
        assert_eq!(server.wait_for(1).await.len(), 1);
    }
}

#[tokio::test]
async fn a_server_that_nobody_vouches_for_gets_nothing() {
    for security in [Security::Starttls, Security::Tls] {
        let server = SmtpServer::with(Manner { security: Some(security), sign_in: None });
        let settings = SmtpSettings { extra_root: None, ..server.settings() };

        let sent = send(&settings, &["a@x.fr"]).await;

        assert_eq!(sent, Err(fault(DeliveryFaultKind::Unreachable, None)));
        assert_eq!(server.received().len(), 0);
    }
}

#[tokio::test]
async fn a_server_without_starttls_gets_nothing_when_it_is_asked_for() {
    let server = SmtpServer::start();
    let settings = SmtpSettings { security: Security::Starttls, ..server.settings() };

    let sent = send(&settings, &["a@x.fr"]).await;

    assert_eq!(sent, Err(fault(DeliveryFaultKind::Unreachable, None)));
    assert_eq!(server.received().len(), 0);
}

#[tokio::test]
async fn a_wrong_password_keeps_the_letter_for_later() {
    let server = SmtpServer::with(Manner { security: None, sign_in: Some(USER) });

    let wrong = send(&signing_in(&server, "autre"), &["a@x.fr"]).await;
    let none = send(&server.settings(), &["a@x.fr"]).await;
    let right = send(&signing_in(&server, USER.1), &["a@x.fr"]).await;

    assert_eq!(wrong, Err(fault(DeliveryFaultKind::Unreachable, Some(535))));
    assert_eq!(none, Err(fault(DeliveryFaultKind::Unreachable, Some(530))));
    assert_eq!(right, Ok(Accepted { refused: 0 }));
}

#[tokio::test]
async fn try_later_is_deferred_and_never_is_rejected() {
    let server = SmtpServer::start();

    let later = send(&server.settings(), &["deferred@x.fr"]).await;
    let never = send(&server.settings(), &["unknown@x.fr"]).await;

    assert_eq!(later, Err(fault(DeliveryFaultKind::Deferred, Some(451))));
    assert_eq!(never, Err(fault(DeliveryFaultKind::Rejected, Some(550))));
    assert_eq!(server.received().len(), 0);
}

#[tokio::test]
async fn one_dead_address_does_not_keep_the_others_in_the_dark() {
    let server = SmtpServer::start();

    let some = send(&server.settings(), &["a@x.fr", "unknown@x.fr", "b@x.fr"]).await;
    let late = send(&server.settings(), &["unknown@x.fr", "deferred@x.fr"]).await;
    let none = send(&server.settings(), &["unknown@x.fr", "unknown@y.fr"]).await;

    assert_eq!(some, Ok(Accepted { refused: 1 }));
    assert_eq!(late, Err(fault(DeliveryFaultKind::Deferred, Some(451))));
    assert_eq!(none, Err(fault(DeliveryFaultKind::Rejected, Some(550))));
    let received = server.wait_for(2).await;
    assert_eq!(received[0].recipients, ["a@x.fr"]);
    assert_eq!(received[1].recipients, ["b@x.fr"]);
}

#[tokio::test]
async fn a_connection_is_used_again() {
    let server = SmtpServer::start();
    let transport = Transport::Smtp(Smtp::new(&server.settings()).unwrap());

    for _ in 0..20 {
        transport.send(&message(&["a@x.fr"])).await.unwrap();
    }

    assert_eq!(server.wait_for(20).await.len(), 20);
    // The first may still be on its way back when the second message leaves.
    assert!(server.connections() <= 2);
}

#[tokio::test]
async fn a_closed_port_is_unreachable() {
    let free = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = free.local_addr().unwrap().port();
    drop(free);

    let sent = send(&nobody(port), &["a@x.fr"]).await;

    assert_eq!(sent, Err(fault(DeliveryFaultKind::Unreachable, None)));
}

#[tokio::test]
async fn a_server_that_hangs_is_unreachable_within_the_time_out() {
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let begun = Instant::now();

    let sent = send(&nobody(silent.local_addr().unwrap().port()), &["a@x.fr"]).await;

    assert_eq!(sent, Err(fault(DeliveryFaultKind::Unreachable, None)));
    assert!(begun.elapsed() < Duration::from_secs(5));
}

fn nobody(port: u16) -> SmtpSettings {
    SmtpSettings {
        host: "127.0.0.1".to_owned(),
        port,
        security: Security::None,
        credentials: None,
        timeout: Duration::from_millis(300),
        connections: 1,
        hello_name: None,
        extra_root: None,
    }
}
