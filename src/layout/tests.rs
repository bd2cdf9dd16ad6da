#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
//! What must hold of every layout, and what the annotated texts say.

mod gold;
mod properties;
mod voices;

use super::{Cues, Furniture, Layout, Layouter};
use crate::corpus::{Article, Origin};

fn layouter() -> Layouter {
    Layouter::new(&Cues::builtin().unwrap(), Furniture::builtin().unwrap())
}

fn article(text: &str, guess_headline: bool) -> Article {
    Article {
        id: String::new(),
        outlet: String::new(),
        text: text.to_owned(),
        title: None,
        guess_headline,
        date: None,
        event: None,
        url: None,
        origin: Origin::default(),
        metadata: std::collections::BTreeMap::new(),
    }
}

fn lay_out(text: &str) -> Layout {
    thread_local!(static LAYOUTER: Layouter = layouter());
    LAYOUTER.with(|layouter| layouter.lay_out(&article(text, false), &[]))
}

#[test]
#[allow(clippy::print_stdout)]
fn debug_show() {
    let Some(path) = std::env::var_os("SHOW") else { return };
    for text in std::fs::read_to_string(path).unwrap().split("\n===\n") {
        let layout = lay_out(text);
        for s in &layout.segments {
            if s.rule == "narration" {
                println!("{:?}", s.span.of(text));
            } else {
                println!("  [{} {} {}{:?}] {:?}  <- {:?} / {:?}", s.zone.name(), s.voice.name(), s.rule, s.flags.names(), s.span.of(text),
                    s.cue.map(|c| layout.cues[c as usize].span.of(text)), s.source.map(|x| x.of(text)));
            }
        }
        println!("----");
    }
}
