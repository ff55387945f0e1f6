//! Names and reasons that try to be something else.

use domain::kernel::ids::LetterId;
use mailer::{
    calendar::Method,
    letter::LetterContent,
    letterhead::Letterhead,
    letters::Placement,
    message::{Attachment, BuildFault, Envelope, build},
    render::{Rendered, Renderer},
    stored,
};

use crate::samples::{convention_of, head, placement};

const HOSTILE: &str =
    "<script>alert(\"1\")</script> & l'autre\r\nBcc: intrus@x.fr\r\n\r\n{{ head }}";

fn hostile() -> LetterContent {
    convention_of(Placement {
        pupil: Some(HOSTILE.to_owned()),
        room: Some(HOSTILE.to_owned()),
        ..placement()
    })
}

fn envelope() -> Envelope {
    Envelope {
        letter: LetterId::from_u128(7),
        edition: 0,
        from_name: format!("Lycée \"{HOSTILE}"),
        from: "ne-pas-repondre@escale.example".parse().unwrap(),
        to: vec!["ce.0491234A@ac-nantes.fr".parse().unwrap()],
        reply_to: None,
        date: "2026-12-01T08:30:00Z".parse().unwrap(),
        about: vec![],
    }
}

fn rendered() -> Rendered {
    Renderer::new().unwrap().render(&hostile(), &head()).unwrap()
}

#[test]
fn a_name_is_never_markup() {
    let html = rendered().html;

    assert!(!html.contains("<script"));
    assert!(html.contains("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; l&#39;autre"));
    assert!(html.contains("{{ head }}"), "a name is not a template");
}

#[test]
fn a_platforms_name_is_never_markup() {
    let head = Letterhead {
        name: HOSTILE.to_owned(),
        home: "https://x.example/\"onclick=\"1".to_owned(),
        ..head()
    };

    let html = Renderer::new().unwrap().render(&hostile(), &head).unwrap().html;

    assert!(!html.contains("<script"));
    assert!(!html.contains("\"onclick"));
}

#[test]
fn no_name_begins_another_header() {
    let mut rendered = rendered();
    assert!(!rendered.subject.contains(['\r', '\n']));
    rendered.subject = format!("Objet\r\nBcc: intrus@x.fr\n{HOSTILE}");
    let files = vec![
        Attachment::pdf(&format!("a/{HOSTILE}.pdf"), b"%PDF".to_vec()),
        Attachment::calendar("x\"\r\ny.ics", Method::Publish, "BEGIN:VCALENDAR".to_owned()),
    ];

    let bytes = build(rendered, &envelope(), files).unwrap().bytes();

    let raw = String::from_utf8(bytes.clone()).unwrap();
    let (headers, _) = raw.split_once("\r\n\r\n").unwrap();
    assert!(!headers.contains("\nBcc"), "{headers}");
    let read = stored::read(&bytes).unwrap();
    assert_eq!(read.to, ["ce.0491234A@ac-nantes.fr"]);
    assert!(read.subject.starts_with("Objet  Bcc: intrus@x.fr <script>"));
    assert_eq!(read.attachments.len(), 2);
    assert!(read.attachments[0].name.starts_with("a <script>"));
    assert_eq!(read.attachments[1].name, "x   y.ics");
}

#[test]
fn a_message_without_recipient_is_not_made() {
    let envelope = Envelope { to: vec![], ..envelope() };

    let built = build(rendered(), &envelope, vec![]);

    assert!(matches!(built, Err(BuildFault::NoRecipient)));
}

#[test]
fn a_letter_asked_for_again_is_a_new_message() {
    let again = Envelope { edition: 2, ..envelope() };

    let first = build(rendered(), &envelope(), vec![]).unwrap().bytes();
    let third = build(rendered(), &again, vec![]).unwrap().bytes();

    let id = |bytes: &[u8]| stored::read(bytes).unwrap().message_id.unwrap();
    assert_eq!(id(&first), "00000000-0000-0000-0000-000000000007@escale.example");
    assert_eq!(id(&third), "00000000-0000-0000-0000-000000000007.2@escale.example");
}
