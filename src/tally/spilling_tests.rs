//! What is kept outside memory is what would be kept in it.

use proptest::prelude::*;

use super::evidence::{Cell, EvidenceSample, SampleRule};
use super::merge::{CorpusTallies, Tallies};
use super::packed::Keep;
use super::spill::{Overflow, in_memory, nowhere};
use super::spilling::Spilling;
use super::{ArticleTally, Features, MentionCount, Quotation, WordCounts};
use crate::text::{Span, Voice, Zone};

const RULE: SampleRule = SampleRule { seed: 1, per_cell: 2 };

fn article(outlet: &str, text: u8, name: &str) -> ArticleTally {
    let mention = MentionCount {
        target: name.to_owned(),
        voice: Voice::Own,
        mentions: u32::from(text % 5) + 1,
        labelled: 0,
    };
    ArticleTally {
        outlet: outlet.to_owned(),
        id: format!("{}", text % 7),
        hash: blake3::hash(&[text]),
        date: None,
        event: None,
        words: WordCounts([[u32::from(text), 0, 0, 0]; 6]),
        counts: Vec::new(),
        clusters: Vec::new(),
        mentions: vec![mention],
        labels: Vec::new(),
        reports: Vec::new(),
        features: Features::default(),
    }
}

fn sentence(article: &ArticleTally, name: &str) -> Quotation {
    Quotation {
        article: article.id.clone(),
        hash: article.hash,
        date: None,
        event: None,
        line: 1,
        offset: 0,
        sentence: format!("{name} came."),
        hit: Span { start: 0, end: 3 },
        term: name.to_owned(),
        zone: Zone::Body,
        voice: Voice::Own,
        negated: false,
        source: None,
        cue: None,
        label: Some((name.to_owned(), crate::linking::rule_named("copula").unwrap())),
    }
}

fn counted((outlet, text, name): &(String, u8, String)) -> (ArticleTally, EvidenceSample) {
    let article = article(outlet, *text, name);
    let mut sample = EvidenceSample::default();
    let rank = [text.wrapping_mul(37); 16];
    for cell in [Cell::Mention(name.clone()), Cell::Label(name.clone()), Cell::Category(0, 1)] {
        sample.insert(RULE, (outlet.clone(), cell), rank, sentence(&article, name));
    }
    (article, sample)
}

/// Every number and every sentence.
fn told(tallies: &CorpusTallies) -> String {
    let articles = tallies.articles();
    let rows: Vec<_> = articles.rows(0..articles.len()).collect();
    let sample = tallies.evidence(|_, _| true);
    let sentences: Vec<_> = sample.ranked().collect();
    format!("{rows:?} {sentences:?} {:?}", tallies.shared_ids())
}

fn whole(
    articles: &[(String, u8, String)],
    overflow: Option<Overflow>,
    parts: usize,
) -> (String, u64) {
    let together = Spilling::new(Keep::default(), overflow, RULE);
    let mut left = Tallies::default();
    for part in articles.chunks(articles.len().div_ceil(parts).max(1)) {
        let mut tallies = Tallies::default();
        for one in part {
            let (article, sample) = counted(one);
            tallies.push(article, sample, RULE);
            together.take_from(&mut tallies, 2);
        }
        left = left.merged(tallies, RULE);
    }
    together.take_from(&mut left, 0);
    let mut whole = together.finish(left.into_parts().1).unwrap();
    let duplicates = whole.finish().unwrap();
    whole.limit(RULE);
    assert_eq!(whole.fault(), None);
    (format!("{duplicates:?} {}", told(&whole)), whole.spilled())
}

/// Outlet, text, and the name in it, which follows from the text.
fn corpus() -> impl Strategy<Value = Vec<(String, u8, String)>> {
    let name = |text: u8| ["Zoe", "Zoé", "Raul", "Raúl"][usize::from(text % 4)].to_owned();
    let one = ("[ab]", any::<u8>()).prop_map(move |(outlet, text)| (outlet, text, name(text)));
    proptest::collection::vec(one, 0..24)
}

proptest! {
    #[test]
    fn a_budget_changes_nothing(
        articles in corpus(),
        budget in 0..4000usize,
        parts in 1..5usize,
    ) {
        let (inside, none) = whole(&articles, None, 1);
        prop_assert_eq!(none, 0);
        let overflow = Overflow::within(budget, 2, in_memory);
        let (outside, spilled) = whole(&articles, Some(overflow), parts);
        prop_assert_eq!(outside, inside);
        prop_assert!(spilled > 0 || budget > 0 || articles.is_empty());
    }

    #[test]
    fn parts_that_are_added_one_by_one_are_the_same(
        articles in corpus(),
        budget in 0..4000usize,
    ) {
        let overflow = Overflow::within(budget, 1, in_memory);
        let packed = super::Articles::new(Keep::default(), Some(overflow));
        let mut added = CorpusTallies::new(packed, EvidenceSample::default(), None);
        for part in articles.chunks(3) {
            let mut tallies = Tallies::default();
            for one in part {
                let (article, sample) = counted(one);
                tallies.push(article, sample, RULE);
            }
            added.add(tallies, RULE).unwrap();
        }
        let duplicates = added.finish().unwrap();
        added.limit(RULE);
        let told = format!("{duplicates:?} {}", told(&added));
        prop_assert_eq!(told, whole(&articles, None, 1).0);
    }
}

#[test]
fn a_full_disk_ends_the_run() {
    let together = Spilling::new(Keep::default(), Some(Overflow::within(0, 1, nowhere)), RULE);
    for text in 0..3 {
        let (article, sample) = counted(&("a".to_owned(), text, "Zoe".to_owned()));
        let mut tallies = Tallies::default();
        tallies.push(article, sample, RULE);
        together.take_from(&mut tallies, 0);
    }
    let ended = together.finish(EvidenceSample::default()).and_then(|mut whole| whole.finish());
    assert_eq!(ended.unwrap_err().place, "/full");
}
