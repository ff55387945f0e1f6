//! Every word that users get: one reviewed snapshot of the whole decoded message for each
//! letter, and what must hold in all of them.
#![expect(clippy::unwrap_used, reason = "what the tests share may fail as loudly as they do")]

mod hostile;
mod samples;
mod snapshot;

use domain::correspondence::template::Template;
use mailer::{
    letter::LetterContent,
    render::{Rendered, Renderer},
};
use strum::VariantArray as _;

use self::{
    samples::{head, sample, variants},
    snapshot::letters_snapshot,
};

fn every_sample() -> impl Iterator<Item = LetterContent> {
    Template::VARIANTS
        .iter()
        .map(|template| sample(*template))
        .chain(variants().into_iter().map(|(_, content)| content))
}

fn render(content: &LetterContent) -> Rendered {
    Renderer::new().unwrap().render(content, &head()).unwrap()
}

#[test]
fn every_template_has_its_letter() {
    for template in Template::VARIANTS {
        let content = sample(*template);

        assert_eq!(content.template(), *template);
        insta::assert_snapshot!(template.to_string(), letters_snapshot(&content));
    }
}

#[test]
fn letters_say_what_differs() {
    for (name, content) in variants() {
        insta::assert_snapshot!(name, letters_snapshot(&content));
    }
}

#[test]
fn french_typography_is_right_everywhere() {
    for content in every_sample() {
        let Rendered { subject, text, html } = render(&content);

        for wrong in [" :", " ;", " ?", " !", " »", "« ", "  \n"] {
            for part in [&subject, &text, &html] {
                assert!(!part.contains(wrong), "{wrong:?} in {part}");
            }
        }
        assert!(!text.contains('\''), "{text}");
        assert!(!text.contains("\n\n\n"), "{text}");
    }
}

#[test]
fn pages_load_nothing_and_follow_nobody() {
    for content in every_sample() {
        let html = render(&content).html;

        for unwanted in ["<img", "<script", "<link", "url(", "@import", "http://"] {
            assert!(!html.contains(unwanted), "{unwanted} in {html}");
        }
        assert!(html.contains("<html lang=\"fr\">"));
    }
}

#[test]
fn each_link_of_the_page_is_also_in_the_text() {
    for content in every_sample() {
        let Rendered { text, html, .. } = render(&content);

        let links: Vec<&str> = html
            .split("href=\"https://")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .collect();
        assert!(!links.is_empty());
        for link in links {
            assert!(text.contains(&link.replace("&amp;", "&")), "{link}");
        }
    }
}
