//! What is packed comes back.

use proptest::prelude::*;

use super::*;
use crate::layout::CueKind;
use crate::lexicon::EntryId;
use crate::tally::{Candidate, Cluster, Count, LabelCount, MentionCount, ReportCount};
use crate::text::{Voice, Zone};

fn place() -> impl Strategy<Value = (Zone, Voice, bool)> {
    (0..6usize, 0..4usize, any::<bool>())
        .prop_map(|(zone, voice, negated)| (Zone::ALL[zone], Voice::ALL[voice], negated))
}

fn counts() -> impl Strategy<Value = Vec<Count>> {
    let count = (any::<u32>(), place(), any::<u32>(), 0..3u32).prop_map(
        |(entry, (zone, voice, negated), found, hits)| {
            let entry = EntryId(entry);
            Count { entry, zone, voice, negated, hits, found }
        },
    );
    proptest::collection::vec(count, 0..5)
}

fn clusters() -> impl Strategy<Value = Vec<(Cluster, u32)>> {
    let candidate = (any::<[u32; 3]>(), any::<u8>(), place()).prop_map(
        |([start, end, entry], wildcards, (zone, voice, negated))| {
            let entry = EntryId(entry);
            Candidate { start, end, entry, wildcards, zone, voice, negated }
        },
    );
    let cluster = proptest::collection::vec(candidate, 0..3).prop_map(Cluster);
    proptest::collection::vec((cluster, any::<u32>()), 0..3)
}

type Names = (Vec<MentionCount>, Vec<LabelCount>, Vec<ReportCount>);

fn names() -> impl Strategy<Value = Names> {
    let numbers = || (any::<[u32; 3]>(), 0..4usize, "[A-Cé]{0,2}");
    proptest::collection::vec(numbers(), 0..5).prop_map(|all| {
        let voice = |index: usize| Voice::ALL[index];
        let mention = |([mentions, labelled, _], voice_, target): &([u32; 3], usize, String)| {
            let (target, voice) = (target.clone(), voice(*voice_));
            MentionCount { target, voice, mentions: *mentions, labelled: *labelled }
        };
        let label = |([entry, labels, _], voice_, target): &([u32; 3], usize, String)| {
            let rule = ["one", "two", "three", "four"][*voice_];
            let (entry, voice) = (EntryId(*entry), voice(*voice_));
            LabelCount { target: target.clone(), entry, voice, rule, labels: *labels }
        };
        let report = |([a, b, c], kind, source): &([u32; 3], usize, String)| ReportCount {
            source: source.clone(),
            named: *kind > 0,
            verb: "say".to_owned(),
            kind: CueKind::ALL[kind % 3],
            reports: *a,
            quoted_words: *b,
            attributed_words: *c,
        };
        (
            all.iter().map(mention).collect(),
            all.iter().map(label).collect(),
            all.iter().map(report).collect(),
        )
    })
}

prop_compose! {
    fn article()(
        (outlet, id, event) in ("[ab]", "[a-c]{0,3}", proptest::option::of("[xy]")),
        text: u8,
        words: [[u32; 4]; 6],
        counts in counts(),
        clusters in clusters(),
        (mentions, labels, reports) in names(),
        hashes: Vec<u32>,
        sketch in proptest::collection::vec(any::<u32>(), 0..4),
    ) -> ArticleTally {
        ArticleTally {
            outlet,
            id,
            hash: blake3::hash(&[text]),
            date: (text > 9).then(|| jiff::civil::date(2020, 1, 1 + (text % 28) as i8)),
            event,
            words: WordCounts(words),
            counts,
            clusters,
            mentions,
            labels,
            reports,
            features: Features { counts: hashes.clone(), words: hashes, sketch },
        }
    }
}

proptest! {
    #[test]
    fn what_is_packed_comes_back(articles in proptest::collection::vec(article(), 0..6)) {
        let mut packed = Articles::default();
        articles.iter().for_each(|article| packed.push(article));
        prop_assert_eq!(packed.len(), articles.len());
        for (index, article) in articles.iter().enumerate() {
            prop_assert_eq!(packed.row(index), Row::from(article));
            prop_assert_eq!(packed.features(index), article.features.clone());
            prop_assert_eq!(packed.words(index), article.words);
        }
    }

    #[test]
    fn features_go_where_articles_are_too_many(articles in proptest::collection::vec(article(), 1..6)) {
        let different: std::collections::BTreeSet<_> =
            articles.iter().map(|article| (&article.outlet, *article.hash.as_bytes())).collect();
        for up_to in 0..7 {
            let mut packed = Articles::new(Keep { words: false, up_to }, None);
            articles.iter().for_each(|article| packed.push(article));
            for (index, article) in articles.iter().enumerate() {
                let kept = different.len() <= up_to;
                let sketch = if kept { article.features.sketch.clone() } else { Vec::new() };
                prop_assert_eq!(packed.features(index), Features { sketch, ..Features::default() });
            }
        }
    }
}

/// Articles of a budget of so many bytes.
fn beyond(articles: usize) -> Overflow {
    Overflow { articles, sentences: 0, open: crate::tally::spill::in_memory }
}

proptest! {
    #[test]
    fn outside_memory_they_are_the_same(
        articles in proptest::collection::vec(article(), 0..12),
        budget in 0..400usize,
    ) {
        let mut inside = Articles::default();
        let mut outside = Articles::new(Keep::default(), Some(beyond(budget)));
        for article in &articles {
            inside.push(article);
            outside.push(article);
            outside.relieve().unwrap();
        }
        inside.sort().unwrap();
        outside.sort().unwrap();
        prop_assert_eq!(outside.len(), inside.len());
        for index in 0..inside.len() {
            prop_assert_eq!(outside.row(index), inside.row(index));
            prop_assert_eq!(outside.head(index), inside.head(index));
            prop_assert_eq!(outside.words(index), inside.words(index));
            prop_assert_eq!(outside.features(index), inside.features(index));
            prop_assert_eq!(outside.date(index), inside.date(index));
        }
        // Out of order, too.
        for index in (0..inside.len()).rev() {
            prop_assert_eq!(outside.row(index), inside.row(index));
        }
        prop_assert!(outside.mentioned().eq(inside.mentioned()));
        prop_assert_eq!(outside.spilled() > 0, outside.runs.is_some());
        prop_assert_eq!(outside.fault(), None);
    }
}

#[test]
fn in_memory_stay_24_bytes_an_article() {
    assert_eq!(size_of::<Place>(), 24);
}
