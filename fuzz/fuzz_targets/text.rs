#![no_main]
//! Words, zones, voices, hits, links of any text.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;
use parallax::corpus::{Article, Marked, Markup, Origin};
use parallax::explain::explain;
use parallax::layout::{Cues, Furniture, Layouter, word_counts};
use parallax::lexicon::Inventory;
use parallax::pipeline::Engine;
use parallax::store::load_lexicons;
use parallax::tally::SampleRule;
use parallax::text::{Span, words};

fn engine() -> &'static Engine {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    ENGINE.get_or_init(|| {
        let layouter = Layouter::new(&Cues::builtin().expect("cues"), Furniture::builtin().expect("furniture"));
        let lexicons = load_lexicons(&[]).expect("lexicons");
        Engine::new(layouter, Inventory::new(lexicons), BTreeMap::new()).expect("an engine")
    })
}

fuzz_target!(|input: (&str, bool, Vec<(u8, u8, u8)>)| {
    let (text, guess_headline, marks) = input;
    let mut markup: Vec<Marked> = Vec::new();
    let mut at = 0;
    for (skip, length, role) in marks {
        let start = text.ceil_char_boundary(at + usize::from(skip));
        let end = text.ceil_char_boundary(start + usize::from(length));
        if start >= end || end > text.len() {
            break;
        }
        let role = [Markup::Subhead, Markup::Byline, Markup::Caption, Markup::Quotation, Markup::Boilerplate]
            [usize::from(role) % 5];
        markup.push(Marked { span: Span::new(start, end), role });
        at = end;
    }
    let article = Article {
        id: "1".to_owned(),
        outlet: "a".to_owned(),
        text: text.to_owned(),
        title: None,
        guess_headline,
        markup,
        date: None,
        event: None,
        url: None,
        origin: Origin::default(),
        metadata: BTreeMap::new(),
    };
    let engine = engine();
    let read = engine.read(&article);
    let mut end = 0;
    for segment in &read.layout.segments {
        assert_eq!(segment.span.start, end);
        assert!(text.get(segment.span.start as usize..segment.span.end as usize).is_some());
        end = segment.span.end;
    }
    assert_eq!(end as usize, text.len());
    let counted: u32 = word_counts(text, &read.layout).iter().flatten().sum();
    assert_eq!(counted as usize, words::count(text));
    for hit in &read.hits {
        assert!(text.get(hit.span.start as usize..hit.span.end as usize).is_some());
    }
    let (tally, _) = engine.tally(&article, SampleRule { seed: 1, per_cell: 2 });
    assert!(tally.words.total() <= u64::from(counted));
    let _ = explain(&read.reading(&article, engine.inventory()));
});
