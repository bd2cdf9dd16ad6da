#![no_main]
//! Zones, sentences and voices of any text with any markup: they cover it, and each word has one of each.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;
use parallax::corpus::{Article, Marked, Markup, Origin};
use parallax::layout::{Cues, Furniture, Layouter, word_counts};
use parallax::text::{Span, words};

fn layouter() -> &'static Layouter {
    static LAYOUTER: OnceLock<Layouter> = OnceLock::new();
    LAYOUTER.get_or_init(|| {
        let furniture = Furniture::builtin().expect("furniture");
        Layouter::new(&Cues::builtin().expect("cues"), furniture)
    })
}

// The first line tells what is a headline and what markup says; behind it stands the text.
fuzz_target!(|input: &str| {
    let Some((head, text)) = input.split_once('\n') else { return };
    let roles = [
        Markup::Subhead,
        Markup::Byline,
        Markup::Caption,
        Markup::Quotation,
        Markup::Boilerplate,
    ];
    let mut markup: Vec<Marked> = Vec::new();
    let mut at = 0;
    for part in head.as_bytes().chunks_exact(3) {
        let start = text.ceil_char_boundary((at + usize::from(part[0])).min(text.len()));
        let end = text.ceil_char_boundary((start + usize::from(part[1])).min(text.len()));
        if start < end {
            let role = roles[usize::from(part[2]) % roles.len()];
            markup.push(Marked { span: Span::new(start, end), role });
        }
        at = end;
    }
    let title = head.len() % 3 == 1;
    let title = title.then(|| text.find("\n\n").map(|end| Span::new(0, end))).flatten();
    let article = Article {
        id: "1".to_owned(),
        outlet: "a".to_owned(),
        text: text.to_owned(),
        title,
        guess_headline: title.is_none() && head.len() % 2 == 0,
        markup,
        date: None,
        event: None,
        url: None,
        origin: Origin::default(),
        metadata: BTreeMap::new(),
    };
    let layout = layouter().lay_out(&article, &[]);
    let mut end = 0;
    for segment in &layout.segments {
        assert_eq!(segment.span.start, end);
        assert!(text.get(segment.span.range()).is_some_and(|part| !part.is_empty()));
        end = segment.span.end;
    }
    assert_eq!(end as usize, text.len());
    let counted: u32 = word_counts(text, &layout).iter().flatten().sum();
    assert_eq!(counted as usize, words::count(text));
});
