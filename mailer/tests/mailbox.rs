//! The mailbox of the demo.
#![expect(clippy::unwrap_used, reason = "what the tests share may fail as loudly as they do")]

use std::sync::Arc;

use async_trait::async_trait;
use domain::{
    correspondence::letter::{DeliveryFault, DeliveryFaultKind},
    kernel::ids::{LetterId, PersonId},
};
use mailer::{
    message::{Attachment, Envelope, Outgoing, build},
    render::Rendered,
    stored::{self, NotAMessage},
    transport::{Accepted, MailboxStore, MemoryMailbox, StoreFault, Transport},
};

fn message(letter: u128, subject: &str) -> Outgoing {
    let rendered = Rendered {
        subject: subject.to_owned(),
        text: "Bonjour Léa\n".to_owned(),
        html: "<p>Bonjour Léa</p>\n".to_owned(),
    };
    let envelope = Envelope {
        letter: LetterId::from_u128(letter),
        edition: 0,
        from_name: "Lycée Démo Paul".to_owned(),
        from: "ne-pas-repondre@escale.example".parse().unwrap(),
        to: vec!["a@x.fr".parse().unwrap(), "b@x.fr".parse().unwrap()],
        reply_to: Some("c@x.fr".parse().unwrap()),
        date: "2027-01-04T08:00:00Z".parse().unwrap(),
        about: vec![PersonId::from_u128(9)],
    };
    let file = Attachment::pdf("Convention de Léa.pdf", b"%PDF-1.7 \xff".to_vec());
    build(rendered, &envelope, vec![file]).unwrap()
}

#[tokio::test]
async fn a_kept_message_reads_back_whole() {
    let mailbox = Arc::new(MemoryMailbox::default());
    let transport = Transport::Mailbox(Box::new(Arc::clone(&mailbox)));

    let sent = transport.send(&message(1, "À vérifier")).await;

    assert_eq!(sent, Ok(Accepted { refused: 0 }));
    let (letter, bytes) = mailbox.messages().remove(0);
    assert_eq!(letter, LetterId::from_u128(1));
    let read = stored::read(&bytes).unwrap();
    assert_eq!(read.from, "Lycée Démo Paul <ne-pas-repondre@escale.example>");
    assert_eq!(read.to, ["a@x.fr", "b@x.fr"]);
    assert_eq!(read.reply_to.as_deref(), Some("c@x.fr"));
    assert_eq!(read.subject, "À vérifier");
    assert_eq!(read.date.as_deref(), Some("2027-01-04T08:00:00Z"));
    assert_eq!(read.text, "Bonjour Léa\n");
    assert_eq!(read.html, "<p>Bonjour Léa</p>\n");
    assert_eq!(read.attachments[0].name, "Convention de Léa.pdf");
    assert_eq!(read.attachments[0].content_type, "application/pdf");
    assert_eq!(read.attachments[0].bytes, b"%PDF-1.7 \xff");
}

#[tokio::test]
async fn the_same_letter_again_replaces_the_first() {
    let mailbox = Arc::new(MemoryMailbox::default());
    let transport = Transport::Mailbox(Box::new(Arc::clone(&mailbox)));

    for (letter, subject) in [(1, "un"), (2, "deux"), (1, "trois")] {
        transport.send(&message(letter, subject)).await.unwrap();
    }

    let subjects: Vec<String> =
        mailbox.messages().iter().map(|(_, bytes)| stored::read(bytes).unwrap().subject).collect();
    assert_eq!(subjects, ["trois", "deux"]);
}

/// Refuses whatever is not about person 9, and keeps nothing.
struct Broken;

#[async_trait]
impl MailboxStore for Broken {
    async fn put(
        &self,
        _letter: LetterId,
        about: &[PersonId],
        _message: Vec<u8>,
    ) -> Result<(), StoreFault> {
        assert_eq!(about, [PersonId::from_u128(9)]);
        Err(StoreFault("disk full".into()))
    }
}

#[tokio::test]
async fn a_store_that_fails_leaves_the_letter_for_later() {
    let transport = Transport::Mailbox(Box::new(Broken));

    let sent = transport.send(&message(1, "x")).await;

    assert_eq!(sent, Err(DeliveryFault { kind: DeliveryFaultKind::Unreachable, code: None }));
}

#[test]
fn what_is_no_message_is_refused_and_what_is_half_one_is_read() {
    assert_eq!(stored::read(b""), Err(NotAMessage));

    let whole = message(1, "À vérifier").bytes();
    for length in 1..whole.len() {
        // Whatever was cut off, reading ends, with a message or without.
        if let Ok(read) = stored::read(&whole[..length]) {
            assert!(read.attachments.len() <= 1);
        }
    }
}

#[test]
fn debug_shows_no_name_address_or_word() {
    let outgoing = message(1, "Léa");
    let read = stored::read(&outgoing.bytes()).unwrap();

    let shown = format!("{outgoing:?} {read:?} {:?}", read.attachments);

    assert!(!shown.contains("Léa"), "{shown}");
    assert!(!shown.contains("x.fr"), "{shown}");
}
