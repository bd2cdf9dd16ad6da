//! The page around the sections: one file that asks for nothing from anywhere.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest, Sha256};

use super::outside::{outside, visible};
use super::palette;

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// A part of the page with a place in its list of contents.
pub(super) struct Section {
    /// Its id on the page.
    pub id: String,
    /// Its heading.
    pub title: String,
    /// What stands below the heading.
    pub body: Markup,
}

/// What stands above the sections.
pub(super) struct Head {
    /// The page's title.
    pub title: String,
    /// What kind of page it is, in a word or two.
    pub kind: &'static str,
    /// What stands below the title.
    pub body: Markup,
}

/// The whole page. Its policy lets only this very style sheet and script act, and nothing be fetched.
pub(super) fn page(head: &Head, sections: &[Section], footer: &Markup) -> String {
    let style = format!("{STYLE}{}", palette::rules());
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; img-src data:; \
         base-uri 'none'; form-action 'none'",
        fingerprint(&style),
        fingerprint(SCRIPT)
    );
    let markup = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="referrer" content="no-referrer";
                meta name="generator" content="parallax";
                title { (visible(&head.title)) }
                style { (PreEscaped(&style)) }
            }
            body {
                a.skip href="#content" { "Skip to the report" }
                header.masthead {
                    p.kicker { "Parallax · " (head.kind) }
                    h1 { (outside(&head.title)) }
                    (head.body)
                }
                div.layout {
                    nav.contents aria-label="Contents" {
                        ol {
                            @for section in sections {
                                li { a href={ "#" (section.id) } { (section.title) } }
                            }
                        }
                    }
                    main #content tabindex="-1" {
                        @for section in sections {
                            section #(section.id) {
                                h2 { (section.title) }
                                (section.body)
                            }
                        }
                    }
                }
                footer { (footer) }
                script { (PreEscaped(SCRIPT)) }
            }
        }
    };
    markup.into_string()
}

/// SHA-256 in Base64, as a policy names what may act.
fn fingerprint(text: &str) -> String {
    STANDARD.encode(Sha256::digest(text.as_bytes()))
}
