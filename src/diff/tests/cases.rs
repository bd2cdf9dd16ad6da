//! Single pairs of reports, and golden numbers.

use super::*;

fn text(outlet: usize, id: usize, words: &str) -> Text {
    let number = |word: &str| WORDS.iter().position(|known| *known == word).unwrap();
    (outlet, id, words.split_whitespace().map(number).collect())
}

#[test]
fn articles_are_classified() {
    let old = World {
        terms: vec![0],
        texts: vec![
            text(0, 0, "red"),
            text(0, 1, "red red"),
            text(0, 2, "green red"),
            text(1, 3, "blue"),
        ],
    };
    let new = World {
        terms: vec![0],
        texts: vec![
            text(0, 0, "red"),
            text(0, 1, "red red red"),
            text(1, 2, "green red"),
            text(1, 4, "blue rogue"),
        ],
    };
    let corpus = diff(&report(&old), &report(&new), None).corpus;
    let id = |n: usize| format!("https://example.org/{n}");
    assert_eq!(corpus.same, 1);
    assert_eq!(corpus.removed.iter().map(|a| a.id.clone()).collect::<Vec<_>>(), [id(3)]);
    assert_eq!(corpus.added.iter().map(|a| a.id.clone()).collect::<Vec<_>>(), [id(4)]);
    assert_eq!(corpus.moved[0].id, id(2));
    assert_eq!((corpus.moved[0].from.as_str(), corpus.moved[0].edited), ("north", false));
    assert_eq!(corpus.edited.len(), 1);
    let edit = &corpus.edited[0];
    assert_eq!((edit.id.clone(), edit.words_old, edit.words_new), (id(1), 5, 6));
    assert_eq!((edit.hits[0].term.as_str(), edit.hits[0].old, edit.hits[0].new), ("red", 2, 3));
}

#[test]
fn a_term_that_goes_frees_the_words_it_took() {
    let stays = text(0, 0, "rogue green");
    let goes = text(0, 1, "rogue state rogue");
    let old = report(&World { terms: vec![2, 3], texts: vec![stays.clone(), goes] });
    let new = report(&World { terms: vec![2], texts: vec![stays] });
    // The article that went has “rogue state” and “rogue”; without the phrase it has “rogue” twice.
    let record = diff(&old, &new, None);
    let all = record.rates.iter().find(|row| row.voice == VoiceGroup::All).unwrap();
    assert_eq!(all.causes.basis, Basis::Exact);
    assert_eq!((all.hits_old, all.hits_new), (3, 1));
    assert_eq!(all.causes.lexicon.value, Some(0.0), "{all:#?}");
    assert_eq!(all.causes.corpus.value, all.change);
}

#[test]
fn another_tokenizer_compares_no_count() {
    let world = World { terms: vec![0], texts: vec![text(0, 0, "red")] };
    let old = report(&world);
    let mut new = report(&World { terms: vec![1], ..world });
    new.tool.tokenizer = "other/1".to_owned();
    // Where it counts the same articles alike, it is no obstacle.
    assert!(diff(&old, &new, None).limits.is_empty());
    new.articles[0].words[crate::text::Zone::Body as usize][0] += 1;
    let record = diff(&old, &new, None);
    assert!(record.changed && record.rates.is_empty() && record.corpus.edited.is_empty());
    assert_eq!(record.limits[0].code, "tokenizer");
    assert_eq!(record.lexicons.len(), 1);
}

#[test]
fn another_layout_separates_no_causes_where_articles_changed() {
    let texts = |words: &str| vec![text(0, 0, "red red"), text(0, 1, words)];
    let old = report(&World { terms: vec![0], texts: texts("red") });
    let mut new = report(&World { terms: vec![0], texts: texts("green green") });
    new.tool.layout = "other".to_owned();
    let record = diff(&old, &new, None);
    assert_eq!(record.limits[0].code, "layout");
    assert!(!record.rates.is_empty());
    assert!(
        record
            .rates
            .iter()
            .all(|row| row.tested.finding == Finding::Unknown && row.tested.p.is_none())
    );
    assert!(record.rates.iter().all(|row| row.causes.corpus.value.is_none()));
}

#[test]
fn another_grouping_compares_all_articles_together() {
    let old = report(&World { terms: vec![0], texts: vec![text(0, 0, "red"), text(1, 1, "red")] });
    let mut new =
        report(&World { terms: vec![1], texts: vec![text(0, 0, "red"), text(1, 1, "red")] });
    new.settings.by = "label".to_owned();
    let record = diff(&old, &new, None);
    assert_eq!(record.limits[0].code, "grouping");
    assert!(!record.rates.is_empty() && record.rates.iter().all(|row| row.outlet.is_none()));
}

#[test]
fn the_same_articles_read_otherwise_are_counted_in_full() {
    let world = World { terms: vec![0], texts: vec![text(0, 0, "red green"), text(0, 1, "blue")] };
    let old = report(&world);
    let mut new = old.clone();
    // The other version finds one hit more in the same article.
    new.articles[0].hits[0][4] += 1;
    new.articles[0].hits[0][5] += 1;
    let record = diff(&old, &new, None);
    assert_eq!(record.reading.articles_counted_otherwise, 1);
    assert_eq!(record.reading.hits_old + 1, record.reading.hits_new);
    let all = record.rates.iter().find(|row| row.voice == VoiceGroup::All).unwrap();
    assert_eq!(all.tested.finding, Finding::Census);
    assert_eq!(all.causes.reading.value, all.change);
    assert_eq!((all.causes.corpus.value, all.causes.lexicon.value), (Some(0.0), Some(0.0)));
}

/// A report whose articles have the given words and hits of each term, all in the body and the own
/// voice.
fn counted(terms: &[usize], articles: &[(usize, u32, &[u32])]) -> Report {
    let texts = articles.iter().map(|(id, words, _)| {
        // Another article and another number of words are another text.
        (
            0,
            *id,
            vec![
                *id % 9,
                *id / 9,
                *words as usize % 6,
                *words as usize / 6 % 6,
                *words as usize / 36 % 6,
            ],
        )
    });
    let mut report = report(&World { terms: terms.to_vec(), texts: texts.collect() });
    for row in report.articles.iter_mut() {
        let (_, words, hits) =
            articles.iter().find(|(id, ..)| row.id.ends_with(&format!("/{id}"))).unwrap();
        row.words = [[0; 4]; 6];
        row.words[crate::text::Zone::Body as usize][0] = *words;
        row.clusters.clear();
        let hit = |(entry, &hits): (usize, &u32)| {
            [entry as u32, crate::text::Zone::Body as u32, 0, 0, hits, hits]
        };
        row.hits = hits.iter().enumerate().map(hit).collect();
    }
    report
}

fn own(record: &DiffRecord) -> &RateMove {
    record.rates.iter().find(|row| row.voice == VoiceGroup::Own).unwrap()
}

#[test]
fn golden_shares_of_corpus_and_lexicon() {
    // Terms 1 and 2 in the old lexicon, 2 and 3 in the new one.
    let old = counted(&[0, 1], &[(0, 10_000, &[12, 8])]);
    let new = counted(&[1, 2], &[(1, 14_000, &[20, 9])]);
    let mut recount = Recount::default();
    let old_by_new = counted(&[1, 2], &[(0, 10_000, &[8, 5])]).articles.remove(0);
    let new_by_old = counted(&[0, 1], &[(1, 14_000, &[10, 20])]).articles.remove(0);
    recount.add(Side::Old, &old.articles[0], &old.articles[0], old_by_new);
    recount.add(Side::New, &new.articles[0], &new.articles[0], new_by_old);
    let record = diff(&old, &new, Some(&recount));
    let row = own(&record);
    let is = |value: Option<f64>, golden: f64| (value.unwrap() - golden).abs() < 1e-11;
    assert_eq!(row.causes.basis, Basis::WithCorpus);
    assert!(is(row.change, 0.07142857142857162));
    assert!(is(row.causes.lexicon.value, -0.38571428571428557), "{:?}", row.causes);
    assert!(is(row.causes.corpus.value, 0.4571428571428572));
    assert!(is(row.causes.interaction, 0.6285714285714288));
    // From the reports alone there are bounds, and they hold these.
    let record = diff(&old, &new, None);
    let causes = &own(&record).causes;
    assert_eq!(causes.basis, Basis::NotDecomposable);
    assert!(causes.lexicon.low.unwrap() < -0.3857 && causes.lexicon.high.unwrap() > -0.3857);
}

#[test]
fn golden_error_of_overlapping_corpora() {
    let old = counted(&[0], &[(1, 812, &[4]), (2, 455, &[0]), (3, 1203, &[7]), (4, 640, &[1])]);
    let new = counted(
        &[0],
        &[(2, 455, &[0]), (3, 1203, &[7]), (4, 700, &[3]), (5, 500, &[2]), (6, 900, &[1])],
    );
    let record = diff(&old, &new, None);
    let row = own(&record);
    let is = |value: Option<f64>, golden: f64| (value.unwrap() - golden).abs() < 1e-11;
    assert!(is(row.rate_old, 3.8585209003215435) && is(row.rate_new, 3.459286854709952));
    assert!(is(row.change, -0.39923404561159137));
    assert!(is(row.tested.se, 0.9875846071344802), "{row:?}");
    assert_eq!((record.corpus.edited.len(), record.corpus.same, row.articles_changed), (1, 2, 4));
    assert_eq!(row.tested.finding, Finding::NotEnoughEvidence);
}

#[test]
fn the_reason_is_what_there_is_too_little_of() {
    // Many hits, but all in articles that both have; one article changed, and lost its only hit.
    let same: Vec<(usize, u32, &[u32])> =
        (0..12).map(|id| (id, 300 + id as u32, &[5][..])).collect();
    let with = |words: u32, hits: &'static [u32]| {
        let mut all = same.clone();
        all.push((12, words, hits));
        counted(&[0], &all)
    };
    let record = diff(&with(400, &[1]), &with(401, &[0]), None);
    let row = own(&record);
    assert_eq!((row.hits_old, row.hits_new, row.articles_changed), (61, 60, 1));
    let codes: Vec<&str> = row.tested.reasons.iter().map(|reason| reason.code.as_str()).collect();
    assert_eq!(codes, ["few-changed-articles", "few-hits", "few-articles-with-hits"]);
    let found: Vec<Option<f64>> = row.tested.reasons.iter().map(|reason| reason.found).collect();
    assert_eq!(found, [Some(1.0); 3], "the same hits are not counted twice");
    assert_eq!(row.tested.finding, Finding::NotEnoughEvidence);
    assert_eq!((row.only_words, row.tested.low), (false, None));
}

#[test]
fn more_words_alone_are_no_move() {
    let old = counted(&[0], &[(0, 300, &[5]), (1, 500, &[2])]);
    let new = counted(&[0], &[(0, 300, &[5]), (1, 508, &[2])]);
    let record = diff(&old, &new, None);
    assert!(record.changed);
    let row = own(&record);
    assert!(row.only_words && row.change.unwrap() < 0.0, "{row:?}");
    assert_eq!(row.standing(), Standing::OnlyWhole);
}
