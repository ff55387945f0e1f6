//! The whole message as a person would see it, decoded; nothing in it changes from one run to
//! the next, so nothing is redacted.

use domain::{correspondence::template::Template, kernel::ids::LetterId};
use mailer::{
    calendar::{self, Appointment, Method, Status},
    letter::LetterContent,
    message::{Attachment, Envelope, build},
    render::Renderer,
    stored,
};

use crate::samples::head;

pub(crate) fn letters_snapshot(content: &LetterContent) -> String {
    let rendered = Renderer::new().unwrap().render(content, &head()).unwrap();
    let envelope = Envelope {
        letter: LetterId::from_u128(7),
        edition: 0,
        from_name: head().name,
        from: "ne-pas-repondre@escale.example".parse().unwrap(),
        to: vec!["ce.0491234A@ac-nantes.fr".parse().unwrap()],
        reply_to: Some("contact@lycee-demo.example".parse().unwrap()),
        date: "2026-12-01T08:30:00Z".parse().unwrap(),
        about: vec![],
    };
    let message = build(rendered, &envelope, files(content)).unwrap();
    let bytes = message.bytes();
    let read = stored::read(&bytes).unwrap();
    let raw = String::from_utf8_lossy(&bytes);
    let header = |name: &str| raw.lines().find(|line| line.starts_with(name)).unwrap().to_owned();
    let mut lines = vec![
        format!("From: {}", read.from),
        format!("To: {}", read.to.join(", ")),
        format!("Reply-To: {}", read.reply_to.unwrap()),
        format!("Subject: {}", read.subject),
        header("Date"),
        header("Message-ID"),
        header("Auto-Submitted"),
        header("Content-Language"),
    ];
    for file in &read.attachments {
        lines.push(format!("Attachment: {} ({})", file.name, file.content_type));
    }
    lines.extend([String::new(), "----- text -----".to_owned(), read.text]);
    lines.extend(["----- html -----".to_owned(), read.html]);
    lines.join("\n").replace('\u{202f}', "⍽").replace('\u{a0}', "␣")
}

/// What the letter announces as joined.
fn files(content: &LetterContent) -> Vec<Attachment> {
    let template = content.template();
    let mut files = Vec::new();
    let joins = [
        Template::ConventionToOrigin,
        Template::ConventionRegenerated,
        Template::ConventionAmended,
    ];
    if joins.contains(&template) {
        files.push(Attachment::pdf("Convention C-7F3K-92QD.pdf", b"%PDF-1.7".to_vec()));
    }
    if template == Template::ConventionToOrigin {
        files.push(Attachment::calendar("mini-stage.ics", Method::Publish, appointment()));
    }
    files
}

fn appointment() -> String {
    calendar::event(&Appointment {
        uid: "booking_1@escale.example".to_owned(),
        sequence: 0,
        stamp: "2026-12-01T08:30:00Z".parse().unwrap(),
        start: "2027-01-13T08:15:00Z".parse().unwrap(),
        end: "2027-01-13T11:00:00Z".parse().unwrap(),
        summary: "Mini-stage".to_owned(),
        location: "Lycée Démo Paul".to_owned(),
        note: None,
        link: None,
        status: Status::Tentative,
    })
    .unwrap()
}
