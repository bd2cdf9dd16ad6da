//! Events found in tallies that are made by hand.

use crate::events::{Events, find};
use crate::tally::{
    ArticleTally, Articles, CorpusTallies, Features, MentionCount, Tallies, WordCounts, hash,
};
use crate::text::Voice;

/// An article of some names and words.
fn article(outlet: &str, id: &str, day: Option<&str>, names: &str, words: &str) -> ArticleTally {
    let mention = |name: &str| MentionCount {
        target: name.to_owned(),
        voice: Voice::Own,
        mentions: 2,
        labelled: 0,
    };
    let mut hashes: Vec<u32> =
        words.split(' ').map(|word| (hash(word.as_bytes()) >> 32) as u32).collect();
    hashes.sort_unstable();
    let counts = vec![1; hashes.len()];
    let sequences = words.split(' ').collect::<Vec<_>>();
    let mut sketch: Vec<u32> =
        sequences.windows(2).map(|w| (hash(w.concat().as_bytes()) >> 33) as u32).collect();
    sketch.resize(32, u32::MAX);
    ArticleTally {
        outlet: outlet.to_owned(),
        id: id.to_owned(),
        hash: blake3::hash(id.as_bytes()),
        date: day.map(|day| day.parse().unwrap()),
        event: None,
        words: WordCounts::default(),
        counts: Vec::new(),
        clusters: Vec::new(),
        mentions: names.split(' ').map(mention).collect(),
        labels: Vec::new(),
        reports: Vec::new(),
        features: Features { words: hashes, counts, sketch },
    }
}

fn corpus() -> Vec<ArticleTally> {
    let flood = "flood river levee rescue boats evacuated rain";
    let trial = "trial jury verdict bribery court appeal judge";
    vec![
        article("a", "1", Some("2020-05-01"), "Orland Brask", flood),
        article("a", "2", Some("2020-05-02"), "Vessia Lind", trial),
        article(
            "b",
            "3",
            Some("2020-05-02"),
            "Orland Brask",
            "flood river dike rescue boats storm",
        ),
        article("b", "4", Some("2020-05-03"), "Vessia Lind", "trial jury guilty bribery court"),
        article("c", "5", Some("2020-06-03"), "Orland Brask", flood),
        article("c", "6", None, "Vessia Lind", "verdict bribery court appeal sentence"),
        article("c", "7", Some("2020-05-02"), "Nobody Known", "chess openings endgame tournament"),
    ]
}

fn packed(articles: &[ArticleTally]) -> Articles {
    let mut all = Articles::default();
    articles.iter().for_each(|article| all.push(article));
    all
}

fn members(events: &Events, articles: &[ArticleTally]) -> Vec<Vec<String>> {
    let ids = |event: &crate::events::Event| {
        event.articles.iter().map(|&index| articles[index].id.clone()).collect()
    };
    events.events.iter().map(ids).collect()
}

#[test]
fn alike_and_close_in_time() {
    let articles = corpus();
    let found = find(&packed(&articles));
    assert_eq!(members(&found, &articles), [vec!["1", "3"], vec!["2", "4", "6"]]);
    // A month later it is another flood; chess is like nothing else.
    assert_eq!(found.of_article[4], None);
    assert_eq!(found.of_article[6], None);
    assert!(found.events.iter().all(|event| event.similarity.is_some_and(|s| s >= 0.2)));
    assert_eq!(found.events[0].id, "2020-05-01-brask-orland");
}

#[test]
fn the_order_of_reading_does_not_matter_once_tallies_are_finished() {
    let articles = corpus();
    let rule = crate::tally::SampleRule { seed: 1, per_cell: 0 };
    let merged = |order: Vec<usize>| {
        let mut tallies = Tallies::default();
        for index in order {
            let mut part = Tallies::default();
            part.push(articles[index].clone(), Default::default(), rule);
            tallies = part.merged(tallies, rule);
        }
        let mut whole = CorpusTallies::from(tallies);
        whole.finish().unwrap();
        find(whole.articles())
    };
    assert_eq!(merged(vec![0, 1, 2, 3, 4, 5, 6]), merged(vec![6, 2, 0, 5, 1, 4, 3]));
}

#[test]
fn near_copies_of_one_outlet_repeat() {
    let mut articles = corpus();
    let text = "minister resigned over leaked letter about harbour contract yesterday morning here";
    for (outlet, id) in [("a", "8"), ("a", "9"), ("b", "10")] {
        let mut one = article(outlet, id, Some("2020-05-09"), "Harbour Board", text);
        one.event = Some("harbour".to_owned());
        articles.push(one);
    }
    let events = Events::declared(&packed(&articles));
    assert_eq!(events.events[0].copies, [(vec![7, 8, 9], 1.0)]);
    assert_eq!(events.repeats.into_iter().collect::<Vec<_>>(), [8]);
}

#[test]
fn two_spellings_of_a_name_are_one() {
    let rule = crate::tally::SampleRule { seed: 1, per_cell: 0 };
    let mut tallies = Tallies::default();
    for (id, name) in [("1", "Zoé"), ("2", "Zoe"), ("3", "Zoé")] {
        let one = article("a", id, None, name, "words");
        tallies.push(one, Default::default(), rule);
    }
    let mut whole = CorpusTallies::from(tallies);
    whole.finish().unwrap();
    let rows: Vec<_> = whole.articles().rows(0..3).collect();
    assert!(rows.iter().all(|article| article.mentions[0].target == "Zoé"));
}
