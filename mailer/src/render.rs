//! From a content to the words of a letter: one folder of templates per letter, and a layout
//! that all share. An undefined or missing value is a fault, never a hole in a sentence.

use std::fmt::Write as _;

use domain::correspondence::template::Template;
use minijinja::{
    AutoEscape, Environment, ErrorKind, Output, State, UndefinedBehavior, Value, context,
};

use crate::{letter::LetterContent, letterhead::Letterhead};

macro_rules! embedded {
    ($($file:literal),+ ; $($folder:literal),+ $(,)?) => {
        &[
            $(($file, include_str!(concat!("../templates/", $file, ".j2"))),)+
            $(
                (
                    concat!($folder, "/subject.txt"),
                    include_str!(concat!("../templates/", $folder, "/subject.txt.j2")),
                ),
                (
                    concat!($folder, "/body.txt"),
                    include_str!(concat!("../templates/", $folder, "/body.txt.j2")),
                ),
                (
                    concat!($folder, "/body.html"),
                    include_str!(concat!("../templates/", $folder, "/body.html.j2")),
                ),
            )+
        ]
    };
}

const SOURCES: &[(&str, &str)] = embedded!(
    "layout.txt", "layout.html", "parts.txt", "parts.html";
    "verify_email",
    "reset_password",
    "password_changed",
    "account_locked",
    "sign_in_link",
    "email_change",
    "access_requested",
    "access_declined",
    "member_invited",
    "convention_to_origin",
    "booking_to_host",
    "convention_deposited",
    "convention_validated",
    "convention_invalidated",
    "convention_regenerated",
    "convention_amended",
    "convention_reminder",
    "signing_invitation",
    "signing_code",
    "signing_declined",
    "signing_completed",
    "booking_cancelled",
    "booking_expired",
    "slot_withdrawn",
    "slot_changed",
    "waitlist_joined",
    "waitlist_promoted",
    "waitlist_lapsed",
    "absence_recorded",
    "signed_note",
);

/// A letter could not be written: a template and its content do not fit.
#[derive(Debug, thiserror::Error)]
#[error("failed to render the letter {template}")]
pub struct RenderFault {
    /// Which letter.
    pub template: Template,
    #[source]
    source: minijinja::Error,
}

/// The templates could not be read.
#[derive(Debug, thiserror::Error)]
#[error("failed to read the template {name}")]
pub struct TemplateFault {
    /// Which file.
    pub name: &'static str,
    #[source]
    source: minijinja::Error,
}

/// A letter in words.
#[derive(Clone, PartialEq, Eq)]
pub struct Rendered {
    /// One line, without control characters.
    pub subject: String,
    /// The plain text.
    pub text: String,
    /// The same as a page.
    pub html: String,
}

impl std::fmt::Debug for Rendered {
    /// Without the words, which are personal.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Rendered({} bytes of text)", self.text.len())
    }
}

/// The templates, read once and used for every letter.
#[derive(Debug)]
pub struct Renderer {
    environment: Environment<'static>,
}

impl Renderer {
    /// Reads the templates built into the program.
    pub fn new() -> Result<Self, TemplateFault> {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_trim_blocks(true);
        environment.set_lstrip_blocks(true);
        // Template errors must not quote the values they met: these are personal.
        environment.set_debug(false);
        environment.set_auto_escape_callback(|name| {
            if name.rsplit('.').next() == Some("html") {
                AutoEscape::Html
            } else {
                AutoEscape::None
            }
        });
        environment.set_formatter(write_value);
        for (name, source) in SOURCES {
            environment
                .add_template(name, source)
                .map_err(|source| TemplateFault { name, source })?;
        }
        Ok(Self { environment })
    }

    /// The letter that says `content` in the name of `head`.
    pub fn render(
        &self,
        content: &LetterContent,
        head: &Letterhead,
    ) -> Result<Rendered, RenderFault> {
        let template = content.template();
        let fault = |source| RenderFault { template, source };
        let subject =
            self.fill(template, "subject.txt", &context! { letter => content }).map_err(fault)?;
        let subject = one_line(&subject);
        let words = context! { letter => content, head => head, subject => subject };
        let text = self.fill(template, "body.txt", &words).map_err(fault)?;
        let html = self.fill(template, "body.html", &words).map_err(fault)?;
        Ok(Rendered { subject, text: without_wide_gaps(&text), html })
    }

    fn fill(
        &self,
        template: Template,
        part: &str,
        context: &Value,
    ) -> Result<String, minijinja::Error> {
        self.environment.get_template(&format!("{template}/{part}"))?.render(context)
    }
}

/// Writes a value: none is a fault, and in HTML the five characters that mean something there
/// are escaped (the library's own would also escape `/` and make addresses unreadable).
fn write_value(
    out: &mut Output<'_>,
    state: &State<'_, '_>,
    value: &Value,
) -> Result<(), minijinja::Error> {
    if value.is_none() || value.is_undefined() {
        return Err(minijinja::Error::new(
            ErrorKind::UndefinedError,
            "a value to print is missing",
        ));
    }
    if value.is_safe() || state.auto_escape() == AutoEscape::None {
        return write!(out, "{value}").map_err(minijinja::Error::from);
    }
    for c in value.to_string().chars() {
        match c {
            '&' => out.write_str("&amp;"),
            '<' => out.write_str("&lt;"),
            '>' => out.write_str("&gt;"),
            '"' => out.write_str("&quot;"),
            '\'' => out.write_str("&#39;"),
            c => out.write_char(c),
        }
        .map_err(minijinja::Error::from)?;
    }
    Ok(())
}

/// A subject is one header line: no control character, whatever a name may hold.
fn one_line(text: &str) -> String {
    let clean: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    clean.trim().to_owned()
}

/// At most one empty line between two paragraphs, none at the end.
fn without_wide_gaps(text: &str) -> String {
    let mut lines: Vec<&str> = Vec::new();
    for line in text.lines() {
        // The signature's mark is two hyphens and a space; other ends of lines are bare.
        let line = if line == "-- " { line } else { line.trim_end() };
        if line.is_empty() && lines.last().is_none_or(|last| last.is_empty()) {
            continue;
        }
        lines.push(line);
    }
    let mut text = lines.join("\n").trim_end().to_owned();
    text.push('\n');
    text
}
