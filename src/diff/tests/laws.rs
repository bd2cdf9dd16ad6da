//! What must hold for any two reports: laws over small random corpora and lexicons.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::diff::{Causes, Tested};

/// What every table has of a move: its name, causes, test, change, and whether it has changed parts.
type Any<'a> = (String, &'a Causes, &'a Tested, Option<f64>);

fn every_move(record: &DiffRecord) -> Vec<Any<'_>> {
    let mut all: Vec<Any<'_>> = Vec::new();
    for row in &record.rates {
        let name = format!("rate {:?} {} {}", row.outlet, row.category, row.voice.name());
        all.push((name, &row.causes, &row.tested, row.change));
    }
    for row in record.article_shares.iter().chain(&record.choices) {
        let name = format!("share {:?} {} {:?}", row.outlet, row.id, row.variant);
        all.push((name, &row.causes, &row.tested, row.change));
    }
    for row in &record.labels {
        let name = format!("labels {:?} {}", row.outlet, row.target);
        all.push((name, &row.causes, &row.tested, row.change));
    }
    all
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

fn is_mirror(a: &Any<'_>, b: &Any<'_>) -> bool {
    let share = |a: Share, b: Share| {
        same(a.value, negated(b.value))
            && same(a.low, negated(b.high))
            && same(a.high, negated(b.low))
            && same(a.estimate, negated(b.estimate))
            && same(a.likely_low, negated(b.likely_high))
    };
    let finding = match b.2.finding {
        Finding::Rose => Finding::Fell,
        Finding::Fell => Finding::Rose,
        other => other,
    };
    let ((name, causes, tested, change), (other, mirrored, back, changed_back)) = (a, b);
    name == other
        && same(*change, negated(*changed_back))
        && causes.basis == mirrored.basis
        && share(causes.corpus, mirrored.corpus)
        && share(causes.lexicon, mirrored.lexicon)
        && share(causes.reading, mirrored.reading)
        && same(causes.interaction, mirrored.interaction)
        && same(causes.within_voices, negated(mirrored.within_voices))
        && same(causes.mix_of_voices, negated(mirrored.mix_of_voices))
        && same(tested.se, back.se)
        && same(tested.low, negated(back.high))
        && same(tested.leave_one_out_low, negated(back.leave_one_out_high))
        && same(tested.p, back.p)
        && same(tested.q, back.q)
        && tested.k == back.k
        && same(tested.shrunken, negated(back.shrunken))
        && (tested.tier, &tested.reasons) == (back.tier, &back.reasons)
        && tested.finding == finding
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..<_>::default() })]

    #[test]
    fn swapped_reports_give_the_mirror_image(old in world(), new in world()) {
        let (old, new) = (report(&old), report(&new));
        let (there, back) = (diff(&old, &new, None), diff(&new, &old, None));
        prop_assert_eq!(there.changed, back.changed);
        let (moves, mirrored) = (every_move(&there), every_move(&back));
        prop_assert_eq!(moves.len(), mirrored.len());
        for (a, b) in moves.iter().zip(&mirrored) {
            prop_assert!(is_mirror(a, b), "{:#?}\n{:#?}", a, b);
        }
        for (a, b) in there.rates.iter().zip(&back.rates) {
            let parts = |row: &RateMove| (row.hits_old, row.words_old, row.articles_old);
            let after = |row: &RateMove| (row.hits_new, row.words_new, row.articles_new);
            prop_assert_eq!((parts(a), after(a)), (after(b), parts(b)));
            prop_assert_eq!((a.articles_changed, a.only_words), (b.articles_changed, b.only_words));
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
        let open = every_move(&alone);
        let bounds: BTreeMap<&str, &Any<'_>> =
            open.iter().map(|any| (any.0.as_str(), any)).collect();
        for (name, causes, _, change) in &every_move(&exact) {
            let shares = [causes.corpus, causes.lexicon, causes.reading].map(|share| share.value);
            let Some(change) = *change else { continue };
            if causes.basis == Basis::None {
                // By the other report's terms there is no choice or mention in these articles.
                prop_assert!(!name.starts_with("rate"), "{} {:?}", name, causes);
                continue;
            }
            prop_assert!(causes.basis != Basis::NotDecomposable, "{} {:?}", name, causes);
            let sum: f64 = shares.iter().map(|share| share.unwrap()).sum();
            prop_assert!(near(sum, change), "{} {} {:?}", name, sum, causes);
            if let (Some(within), Some(mix)) = (causes.within_voices, causes.mix_of_voices) {
                prop_assert!(near(within + mix, causes.corpus.value.unwrap()), "{} {:?}", name, causes);
            }
            let Some((_, alone, ..)) = bounds.get(name.as_str()) else { continue };
            for (bound, share) in
                [(alone.corpus, causes.corpus), (alone.lexicon, causes.lexicon)]
            {
                let share = share.value.unwrap();
                // Nothing is known of labels by terms that were not looked for.
                let (Some(low), Some(high)) = (bound.low, bound.high) else {
                    prop_assert!(name.starts_with("labels"), "{} {:?}", name, alone);
                    continue;
                };
                prop_assert!(low <= share + 1e-9 && share - 1e-9 <= high, "{} {:#?}\n{:#?}", name, alone, causes);
                if let Some(middle) = bound.value.or(bound.estimate) {
                    prop_assert!(low - 1e-9 <= middle && middle <= high + 1e-9);
                }
                if let (Some(from), Some(to)) = (bound.likely_low, bound.likely_high) {
                    prop_assert!(low - 1e-9 <= from && from <= to && to <= high + 1e-9);
                }
            }
            if alone.basis == Basis::Exact {
                prop_assert_eq!(&alone.corpus, &causes.corpus, "{}", name);
            }
        }
    }

    #[test]
    fn the_same_articles_are_a_census(texts in texts(), old in terms(), new in terms()) {
        let old = report(&World { terms: old, texts: texts.clone() });
        let new = report(&World { terms: new, texts });
        let record = diff(&old, &new, None);
        for (name, causes, tested, change) in every_move(&record) {
            prop_assert_eq!(tested.finding, Finding::Census, "{}", name);
            prop_assert_eq!((tested.p, tested.q, tested.se, tested.low), (None, None, None, None));
            prop_assert!(tested.reasons.is_empty());
            if change.is_some() {
                prop_assert_eq!(causes.basis, Basis::Exact);
                prop_assert_eq!(causes.lexicon.value, change);
                prop_assert_eq!(causes.corpus.value, Some(0.0));
            }
        }
    }

    #[test]
    fn a_rate_with_equal_hits_is_no_move_of_words(old in world(), new in world()) {
        let record = diff(&report(&old), &report(&new), None);
        for row in record.rates.iter().filter(|row| row.only_words) {
            prop_assert_eq!(row.hits_old, row.hits_new);
            prop_assert_eq!(row.causes.lexicon.value.unwrap_or(0.0), 0.0);
            prop_assert!(!matches!(row.tested.finding, Finding::Rose | Finding::Fell));
        }
    }

    #[test]
    fn reports_agree_with_themselves(world in world()) {
        prop_assert_eq!(crate::report::check(&report(&world)), Ok(()));
    }
}
