#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
//! What must hold of every layout, and what the annotated texts say.

mod gold;
mod properties;
mod voices;

use super::{Cues, Furniture, Layout, Layouter};
use crate::corpus::{Article, Origin};

pub(super) fn layouter() -> Layouter {
    Layouter::new(&Cues::builtin().unwrap(), Furniture::builtin().unwrap())
}

pub(super) fn article(text: &str, guess_headline: bool) -> Article {
    Article {
        id: String::new(),
        outlet: String::new(),
        text: text.to_owned(),
        title: None,
        guess_headline,
        markup: Vec::new(),
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
