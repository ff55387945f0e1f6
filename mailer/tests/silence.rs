//! What a sent message leaves in the log, at its most talkative: nobody's name, address or
//! password, and none of the words.
#![expect(clippy::unwrap_used, reason = "what the tests share may fail as loudly as they do")]

use std::{
    io,
    sync::{Arc, Mutex},
};

use domain::kernel::ids::LetterId;
use mailer::{
    message::{Envelope, Outgoing, build},
    render::Rendered,
    testing::{Manner, SmtpServer},
    transport::{Credentials, Smtp, SmtpSettings, Transport},
};

#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl io::Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn message(to: &str) -> Outgoing {
    let rendered = Rendered {
        subject: "Temoin-Unique".to_owned(),
        text: "Temoin-Unique\n".to_owned(),
        html: "<p>Temoin-Unique</p>\n".to_owned(),
    };
    let envelope = Envelope {
        letter: LetterId::from_u128(7),
        edition: 0,
        from_name: "Temoin-Unique".to_owned(),
        from: "ne-pas-repondre@escale.example".parse().unwrap(),
        to: vec![to.parse().unwrap()],
        reply_to: None,
        date: "2027-01-04T08:00:00Z".parse().unwrap(),
        about: vec![],
    };
    build(rendered, &envelope, vec![]).unwrap()
}

#[tokio::test]
async fn the_log_names_nobody() {
    let lines = Lines::default();
    let writer = lines.clone();
    let _listening = tracing::subscriber::set_default(
        tracing_subscriber::fmt()
            .with_max_level(tracing::Level::TRACE)
            .with_writer(move || writer.clone())
            .finish(),
    );
    tracing::trace!("the log listens");
    let server = SmtpServer::with(Manner {
        security: None,
        sign_in: Some(("temoin-unique", "temoin-unique")),
    });
    let smtp = Smtp::new(&SmtpSettings {
        credentials: Some(Credentials {
            username: "temoin-unique".to_owned(),
            password: "temoin-unique".to_owned().into(),
        }),
        ..server.settings()
    });
    let transport = Transport::Smtp(smtp.unwrap());

    for to in ["temoin-unique@x.fr", "unknown.temoin-unique@x.fr"] {
        let _refused_or_not = transport.send(&message(to)).await;
    }

    assert_eq!(server.wait_for(1).await.len(), 1);
    let log = String::from_utf8(lines.0.lock().unwrap().clone()).unwrap();
    assert!(log.contains("the log listens"), "{log}");
    // The second is how the sign-in travels.
    for secret in ["temoin-unique", "dGVtb2luLXVuaXF1ZQ"] {
        assert!(!log.to_lowercase().contains(&secret.to_lowercase()), "{log}");
    }
}
