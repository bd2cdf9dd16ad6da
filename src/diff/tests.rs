//! What must hold for any two reports: laws over small random corpora and lexicons that are counted
//! by the same code as real ones.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use proptest::prelude::*;

use super::*;
use crate::corpus::{Article, Origin};
use crate::layout::{Cues, Furniture, Layouter};
use crate::lexicon::{Inventory, parse};
use crate::linking::Links;
use crate::matching::Matcher;
use crate::report::{ArticleRow, Inputs, Settings, article_row, build};
use crate::tally::{Reading, SampleRule, Tallies, VoiceGroup, count};
use crate::text::Folded;

const WORDS: [&str; 9] =
    ["red", "green", "blue", "rogue", "state", "states", "\u{201c}", "\u{201d}", "X said that"];
const TERMS: [&str; 8] =
    ["red", "gre*", "rogue", "rogue state", "state*", "red green", "blue rogue", "green blue red"];

/// Outlet, id, words.
type Text = (usize, usize, Vec<usize>);

#[derive(Debug, Clone)]
struct World {
    terms: Vec<usize>,
    texts: Vec<Text>,
}

fn lexicon(terms: &[usize]) -> Inventory {
    let list: Vec<String> = terms.iter().map(|&term| format!("{:?}", TERMS[term])).collect();
    let source = format!(
        "schema = 1\nid = \"colours\"\ntitle = \"T\"\nversion = \"1.0.0\"\nlanguage = \"en\"\n\
         license = \"CC0-1.0\"\ndescription = \"D\"\nsources = []\n\
         [[category]]\nid = \"c\"\ntitle = \"C\"\ndescription = \"D\"\nterms = [{}]\n",
        list.join(", ")
    );
    let parsed = parse(&source, "colours");
    assert!(parsed.is_sound(), "{:?}", parsed.diagnostics);
    Inventory::new(vec![parsed.lexicon])
}

fn layouter() -> &'static Layouter {
    static LAYOUTER: OnceLock<Layouter> = OnceLock::new();
    LAYOUTER.get_or_init(|| Layouter::new(&Cues::builtin().unwrap(), Furniture::builtin().unwrap()))
}

fn tally(text: &Text, inventory: &Inventory) -> crate::tally::ArticleTally {
    let (outlet, id, words) = text;
    let words: Vec<&str> = words.iter().map(|&word| WORDS[word]).collect();
    let article = Article {
        id: format!("https://example.org/{id}"),
        outlet: ["north", "south"][*outlet].to_owned(),
        text: format!("X spoke {} here.", words.join(" ")),
        title: None,
        guess_headline: false,
        date: None,
        event: None,
        url: None,
        origin: Origin::default(),
        metadata: BTreeMap::new(),
    };
    let layout = layouter().lay_out(&article, &[]);
    let folded = Folded::new(&article.text);
    let hits = Matcher::new(inventory).unwrap().find(&folded, &layout);
    let links = Links::default();
    count(&Reading {
        article: &article,
        folded: &folded,
        layout: &layout,
        hits: &hits,
        links: &links,
        inventory,
    })
}

fn report(world: &World) -> Report {
    let inventory = lexicon(&world.terms);
    let mut tallies = Tallies::default();
    let rule = SampleRule { seed: 1, per_cell: 0 };
    for text in &world.texts {
        tallies.push(tally(text, &inventory), Default::default(), rule);
    }
    let duplicates = tallies.finish();
    build(Inputs {
        tallies: &tallies,
        events: &crate::events::Events::declared(tallies.articles()),
        told: &[],
        duplicates: &duplicates,
        inventory: &inventory,
        outlets: &[],
        settings: Settings {
            by: "outlet".to_owned(),
            title: None,
            outlets: Vec::new(),
            compare: Vec::new(),
            alpha: 0.05,
            seed: 1,
            correction: "bh".to_owned(),
            evidence: 0,
            draws: 9,
        },
        layout: String::new(),
        warnings: Vec::new(),
    })
}

/// Counts every text that only one report has by the terms of the other.
fn recount_of(worlds: [&World; 2], reports: [&Report; 2]) -> Recount {
    let needed = Recount::needed(reports[0], reports[1]);
    let mut recount = Recount::default();
    let inventories = worlds.map(|world| lexicon(&world.terms));
    for (place, side) in [(0, Side::Old), (1, Side::New)] {
        for text in &worlds[place].texts {
            let own: ArticleRow = article_row(&tally(text, &inventories[place]));
            let other = article_row(&tally(text, &inventories[1 - place]));
            let saved = reports[place]
                .articles
                .iter()
                .find(|row| row.outlet == own.outlet && row.hash == own.hash)
                .unwrap();
            if needed[place].contains(&(own.outlet.clone(), own.hash.clone())) {
                recount.add(side, saved, &own, other);
            }
        }
    }
    recount
}

fn terms() -> impl Strategy<Value = Vec<usize>> {
    prop::collection::btree_set(0..TERMS.len(), 1..5).prop_map(|set| set.into_iter().collect())
}

fn texts() -> impl Strategy<Value = Vec<Text>> {
    let words = prop::collection::vec(0..WORDS.len(), 0..9);
    prop::collection::btree_map((0..2usize, 0..5usize), words, 1..8)
        .prop_map(|map| map.into_iter().map(|((outlet, id), words)| (outlet, id, words)).collect())
}

fn world() -> impl Strategy<Value = World> {
    (terms(), texts()).prop_map(|(terms, texts)| World { terms, texts })
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * (1.0 + a.abs().max(b.abs()))
}

/// Swaps the ends of an interval and the signs.
fn negated(value: Option<f64>) -> Option<f64> {
    value.map(|value| if value == 0.0 { 0.0 } else { -value })
}

fn same(a: Option<f64>, b: Option<f64>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => near(a, b),
        (a, b) => a == b,
    }
}

fn is_mirror(a: &RateMove, b: &RateMove) -> bool {
    let share = |a: Share, b: Share| {
        same(a.value, negated(b.value))
            && same(a.low, negated(b.high))
            && same(a.high, negated(b.low))
            && same(a.estimate, negated(b.estimate))
            && same(a.likely_low, negated(b.likely_high))
    };
    let finding = match b.tested.finding {
        Finding::Rose => Finding::Fell,
        Finding::Fell => Finding::Rose,
        other => other,
    };
    (a.hits_old, a.words_old, a.articles_old) == (b.hits_new, b.words_new, b.articles_new)
        && (a.hits_new, a.words_new, a.articles_new) == (b.hits_old, b.words_old, b.articles_old)
        && a.articles_changed == b.articles_changed
        && same(a.change, negated(b.change))
        && a.causes.basis == b.causes.basis
        && share(a.causes.corpus, b.causes.corpus)
        && share(a.causes.lexicon, b.causes.lexicon)
        && share(a.causes.reading, b.causes.reading)
        && same(a.causes.interaction, b.causes.interaction)
        && same(a.causes.within_voices, negated(b.causes.within_voices))
        && same(a.causes.mix_of_voices, negated(b.causes.mix_of_voices))
        && same(a.tested.se, b.tested.se)
        && same(a.tested.low, negated(b.tested.high))
        && same(a.tested.leave_one_out_low, negated(b.tested.leave_one_out_high))
        && same(a.tested.p, b.tested.p)
        && same(a.tested.q, b.tested.q)
        && a.tested.k == b.tested.k
        && same(a.tested.shrunken, negated(b.tested.shrunken))
        && a.tested.tier == b.tested.tier
        && a.tested.finding == finding
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..<_>::default() })]

    #[test]
    fn swapped_reports_give_the_mirror_image(old in world(), new in world()) {
        let (old, new) = (report(&old), report(&new));
        let (there, back) = (diff(&old, &new, None), diff(&new, &old, None));
        prop_assert_eq!(there.changed, back.changed);
        prop_assert_eq!(there.rates.len(), back.rates.len());
        for (a, b) in there.rates.iter().zip(&back.rates) {
            prop_assert_eq!((&a.outlet, &a.category, a.voice), (&b.outlet, &b.category, b.voice));
            prop_assert!(is_mirror(a, b), "{:#?}\n{:#?}", a, b);
        }
        prop_assert_eq!(&there.corpus.added, &back.corpus.removed);
        prop_assert_eq!(&there.corpus.removed, &back.corpus.added);
        prop_assert_eq!(there.corpus.same, back.corpus.same);
        prop_assert_eq!(there.corpus.edited.len(), back.corpus.edited.len());
        prop_assert_eq!(there.corpus.moved.len(), back.corpus.moved.len());
        prop_assert_eq!(&there.unchanged, &back.unchanged);
        prop_assert_eq!(there.appearances.len(), back.appearances.len());
        let terms = |record: &DiffRecord, change: &str| -> Vec<String> {
            let of = record.lexicons.iter().flat_map(|lexicon| &lexicon.terms);
            of.filter(|term| term.change == change).map(|term| term.term.clone()).collect()
        };
        prop_assert_eq!(terms(&there, "added"), terms(&back, "removed"));
        prop_assert_eq!(terms(&there, "changed"), terms(&back, "changed"));
    }

    #[test]
    fn a_report_with_itself_has_not_changed(world in world()) {
        let report = report(&world);
        let record = diff(&report, &report, None);
        prop_assert!(!record.changed);
        prop_assert!(record.rates.is_empty() && record.limits.is_empty());
        prop_assert!(record.lexicons.is_empty() && record.appearances.is_empty());
        prop_assert_eq!(record.unchanged.articles, report.articles.len() as u64);
        prop_assert_eq!(record.unchanged.rates, report.rates.iter().filter(|r| r.words > 0 || r.hits == 0).count() as u64);
        // Nor in another version that counts alike, nor with the articles in another order.
        let mut other = report.clone();
        other.tool.version = "9.9.9".to_owned();
        other.articles.reverse();
        prop_assert!(!diff(&report, &other, None).changed);
        prop_assert!(!diff(&other, &report, None).changed);
    }

    #[test]
    fn the_order_of_articles_does_not_matter(old in world(), new in world()) {
        let (old, new) = (report(&old), report(&new));
        let record = diff(&old, &new, None);
        let (mut turned_old, mut turned_new) = (old.clone(), new.clone());
        turned_old.articles.reverse();
        turned_new.articles.rotate_left(new.articles.len() / 2);
        let turned = diff(&turned_old, &turned_new, None);
        prop_assert_eq!(&record.corpus, &turned.corpus);
        prop_assert_eq!(&record.rates, &turned.rates);
        prop_assert_eq!(&record, &turned);
    }

    #[test]
    fn shares_sum_to_the_change_and_bounds_hold_them(old in world(), new in world()) {
        let worlds = [&old, &new];
        let reports = worlds.map(report);
        let [a, b] = &reports;
        let recount = recount_of(worlds, [a, b]);
        prop_assert_eq!(recount.disagreeing(), 0);
        let exact = diff(a, b, Some(&recount));
        let alone = diff(a, b, None);
        let key = |row: &RateMove| (row.outlet.clone(), row.category.clone(), row.voice);
        let bounds: BTreeMap<_, _> = alone.rates.iter().map(|row| (key(row), row)).collect();
        for row in &exact.rates {
            let causes = &row.causes;
            let shares = [causes.corpus, causes.lexicon, causes.reading].map(|share| share.value);
            let Some(change) = row.change else { continue };
            prop_assert!(matches!(causes.basis, Basis::Exact | Basis::WithCorpus), "{:?}", row);
            let sum: f64 = shares.iter().map(|share| share.unwrap()).sum();
            prop_assert!(near(sum, change), "{} {:?}", sum, row);
            prop_assert_eq!(causes.reading.value, Some(0.0));
            if let (Some(within), Some(mix)) = (causes.within_voices, causes.mix_of_voices) {
                prop_assert!(near(within + mix, causes.corpus.value.unwrap()), "{:?}", row);
            }
            let Some(alone) = bounds.get(&key(row)) else { continue };
            for (bound, share) in [
                (alone.causes.corpus, causes.corpus),
                (alone.causes.lexicon, causes.lexicon),
            ] {
                let share = share.value.unwrap();
                let (low, high) = (bound.low.unwrap(), bound.high.unwrap());
                prop_assert!(low <= share + 1e-9 && share - 1e-9 <= high, "{:#?}\n{:#?}", alone, row);
                let middle = bound.value.or(bound.estimate).unwrap();
                prop_assert!(low - 1e-9 <= middle && middle <= high + 1e-9);
            }
            if alone.causes.basis == Basis::Exact {
                prop_assert_eq!(&alone.causes.corpus, &causes.corpus);
            }
        }
    }

    #[test]
    fn the_same_articles_are_a_census(texts in texts(), old in terms(), new in terms()) {
        let old = report(&World { terms: old, texts: texts.clone() });
        let new = report(&World { terms: new, texts });
        for row in diff(&old, &new, None).rates {
            prop_assert_eq!(row.tested.finding, Finding::Census);
            prop_assert_eq!((row.tested.p, row.tested.q, row.tested.se, row.tested.low), (None, None, None, None));
            prop_assert_eq!(row.causes.basis, Basis::Exact);
            prop_assert_eq!(row.causes.lexicon.value, row.change);
            prop_assert_eq!(row.causes.corpus.value, Some(0.0));
        }
    }
}

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
    assert!(record.rates.iter().all(|row| row.tested.finding == Finding::Unknown && row.tested.p.is_none()));
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
    assert_eq!((record.reading.hits_old, record.reading.hits_new), (1, 2));
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
        (0, *id, vec![*id, *words as usize % 6, *words as usize / 6 % 6, *words as usize / 36 % 6])
    });
    let mut report = report(&World { terms: terms.to_vec(), texts: texts.collect() });
    for row in &mut report.articles {
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
