//! What must hold for every corpus, however small or lopsided.
#![allow(clippy::unwrap_used)]

use super::balance::{Poles, balances, shrunk_rates};
use super::decomposition::shapley;
use super::detectable::detectable_ratio;
use super::dispersion::dispersion;
use super::divergence::jensen_shannon;
use super::log_likelihood::{heterogeneity, log_likelihood};
use super::log_ratio::{
    Table, adjusted_log_ratio, conditional_interval, leave_one_article_out_ratio,
};
use super::matched::{MatchedEvent, label_swap_test, matched_ratio};
use super::multiplicity::{Correction, adjust};
use super::own_share::{VoiceHits, voice_share};
use super::permutation::{Labelled, permutation_test, smallest_p, stratified_permutation_test};
use super::proportion::{
    article_table, clopper_pearson_interval, share_difference, wilson_interval,
};
use super::rank::{length_correlation, rank_comparison};
use super::rate::{mean_article_rate, poisson_interval, rate_interval};
use super::variance::{leave_one_article_out, overdispersion, pooled_overdispersion};
use super::word_shift::{TermHits, word_shift};
use super::{Document, Totals};
use proptest::prelude::*;

fn document() -> impl Strategy<Value = Document> {
    prop_oneof![
        1 => Just(Document::new(0, 0)),
        2 => (1u64..2000).prop_map(|words| Document::new(0, words)),
        6 => (1u64..2000, 0u64..12).prop_map(|(n, x)| Document::new(x.min(n), n)),
    ]
}

fn outlet() -> impl Strategy<Value = Vec<Document>> {
    prop::collection::vec(document(), 0..7)
}

fn close(a: f64, b: f64) -> bool {
    a == b || (a - b).abs() <= 1e-9 * (1.0 + a.abs().max(b.abs()))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn an_interval_holds_its_estimate(a in outlet(), alpha in 0.001f64..0.5) {
        let totals = Totals::of(&a);
        if let Some(rate) = totals.rate() {
            let exact = poisson_interval(totals.hits, totals.words, alpha).unwrap();
            prop_assert!(exact.contains(rate) && exact.low >= 0.0);
            if let Some(found) = rate_interval(&a, alpha) {
                prop_assert!(found.interval.contains(rate), "{found:?}");
                prop_assert!(found.interval.low <= exact.low && exact.high <= found.interval.high);
            }
            prop_assert!(leave_one_article_out(&a).is_none_or(|range| range.low >= 0.0));
        } else {
            prop_assert!(rate_interval(&a, alpha).is_none() && mean_article_rate(&a).is_none());
        }
    }

    #[test]
    fn order_does_not_matter(a in outlet(), b in outlet()) {
        let reversed = |side: &[Document]| side.iter().rev().copied().collect::<Vec<_>>();
        let (ra, rb) = (reversed(&a), reversed(&b));
        prop_assert_eq!(Totals::of(&a), Totals::of(&ra));
        prop_assert_eq!(permutation_test(&a, &b, 1), permutation_test(&ra, &rb, 1));
        prop_assert_eq!(rank_comparison(&a, &b), rank_comparison(&ra, &rb));
        let pair = (adjusted_log_ratio(&a, &b, 0.05), adjusted_log_ratio(&ra, &rb, 0.05));
        if let (Some(x), Some(y)) = pair {
            prop_assert!(close(x.interval.low, y.interval.low) && close(x.p, y.p));
        }
    }

    #[test]
    fn an_article_without_words_changes_nothing(a in outlet(), b in outlet(), at in 0usize..7) {
        let mut more = a.clone();
        more.insert(at.min(a.len()), Document::new(3, 0));
        prop_assert_eq!(Totals::of(&a), Totals::of(&more));
        prop_assert_eq!(rate_interval(&a, 0.05), rate_interval(&more, 0.05));
        prop_assert_eq!(adjusted_log_ratio(&a, &b, 0.05), adjusted_log_ratio(&more, &b, 0.05));
        prop_assert_eq!(permutation_test(&a, &b, 1), permutation_test(&more, &b, 1));
        prop_assert_eq!(dispersion(&a), dispersion(&more));
    }

    #[test]
    fn swapping_the_sides_mirrors_everything(a in outlet(), b in outlet()) {
        let (ab, ba) = (Table::of(&a, &b), Table::of(&b, &a));
        prop_assert_eq!(ab.swapped(), ba);
        if let (Some(x), Some(y)) = (ab.log2_ratio(), ba.log2_ratio()) {
            prop_assert!(close(x, -y));
            prop_assert!(close(ab.difference().unwrap(), -ba.difference().unwrap()));
            let (g, h) = (log_likelihood(&ab).unwrap().g2, log_likelihood(&ba).unwrap().g2);
            prop_assert!(close(g.abs(), h.abs()));
            prop_assert!(g.abs() < 1e-9 || g.signum() == -h.signum());
        }
        let pair = (adjusted_log_ratio(&a, &b, 0.05), adjusted_log_ratio(&b, &a, 0.05));
        if let (Some(x), Some(y)) = pair {
            prop_assert!(close(x.interval.low, -y.interval.high), "{x:?} {y:?}");
            prop_assert!(close(x.interval.high, -y.interval.low), "{x:?} {y:?}");
            prop_assert!(close(x.p, y.p) && close(x.lrc, -y.lrc));
        } else {
            prop_assert_eq!(pair.0.is_some(), pair.1.is_some());
        }
        let p = |x: &[Document], y: &[Document]| permutation_test(x, y, 1).map(|t| t.count);
        prop_assert_eq!(p(&a, &b), p(&b, &a));
        let rank = |x: &[Document], y: &[Document]| rank_comparison(x, y).map(|r| r.p);
        prop_assert_eq!(rank(&a, &b), rank(&b, &a));
        let loo = (leave_one_article_out_ratio(&a, &b), leave_one_article_out_ratio(&b, &a));
        if let (Some(x), Some(y)) = loo {
            prop_assert!(close(x.low, -y.high) && close(x.high, -y.low));
        }
    }

    #[test]
    fn a_ratio_lies_in_its_interval_and_adjustment_only_widens(a in outlet(), b in outlet()) {
        let table = Table::of(&a, &b);
        if let (Some(ratio), Some(exact)) = (table.ratio(), conditional_interval(&table, 0.05)) {
            prop_assert!(exact.contains(ratio.log2()));
            if let Some(adjusted) = adjusted_log_ratio(&a, &b, 0.05) {
                prop_assert!(adjusted.interval.low <= exact.low + 1e-9);
                prop_assert!(exact.high <= adjusted.interval.high + 1e-9);
                prop_assert!(adjusted.p >= 0.0 && adjusted.p <= 1.0);
            }
        }
    }

    #[test]
    fn a_permutation_counts_itself(a in outlet(), b in outlet(), seed in any::<u64>()) {
        if let Some(test) = permutation_test(&a, &b, seed) {
            prop_assert!(test.count >= 1 && test.p <= 1.0);
            prop_assert!(test.p >= test.smallest_p - 1e-12, "{test:?}");
            let (m1, m2) = (Totals::of(&a).articles, Totals::of(&b).articles);
            prop_assert!(close(test.smallest_p, smallest_p(m1, m2)));
        }
    }

    #[test]
    fn one_stratum_and_no_clusters_is_the_plain_test(a in outlet(), b in outlet()) {
        let label = |in_a| move |&document: &Document| Labelled {
            document, in_a, stratum: 4, cluster: None,
        };
        let articles: Vec<Labelled> =
            a.iter().map(label(true)).chain(b.iter().map(label(false))).collect();
        prop_assert_eq!(stratified_permutation_test(&articles, 1), permutation_test(&a, &b, 1));
    }

    #[test]
    fn corrections_keep_order_and_bounds(p in prop::collection::vec(0.0f64..=1.0, 0..12)) {
        let [bonferroni, holm, bh, by] = [
            Correction::Bonferroni,
            Correction::Holm,
            Correction::BenjaminiHochberg,
            Correction::BenjaminiYekutieli,
        ]
        .map(|correction| adjust(&p, correction));
        for i in 0..p.len() {
            prop_assert!(p[i] <= bh[i] + 1e-15 && bh[i] <= holm[i] + 1e-12);
            prop_assert!(holm[i] <= bonferroni[i] + 1e-12 && bonferroni[i] <= 1.0);
            prop_assert!(bh[i] <= by[i] + 1e-15 && by[i] <= 1.0);
            for j in 0..p.len() {
                if p[i] <= p[j] {
                    prop_assert!(bh[i] <= bh[j] && holm[i] <= holm[j] && by[i] <= by[j]);
                }
            }
        }
    }

    #[test]
    fn shares_lie_in_their_intervals(n in 1u64..400, k in 0u64..400, m in 1u64..400) {
        let k = k.min(n);
        let share = k as f64 / n as f64;
        prop_assert!(wilson_interval(k, n, 0.05).unwrap().contains(share));
        prop_assert!(clopper_pearson_interval(k, n, 0.05).unwrap().contains(share));
        let table = Table::new(k, n, k.min(m), m);
        let found = share_difference(&table, 0.05).unwrap();
        prop_assert!(found.interval.contains(found.difference));
        prop_assert!(found.interval.low >= -1.0 && found.interval.high <= 1.0);
    }

    #[test]
    fn parts_sum_to_the_whole(
        terms in prop::collection::vec((0u64..9, 0u64..9), 1..6),
        values in prop::collection::vec(-5.0f64..5.0, 16),
        causes in 1usize..5,
    ) {
        let terms: Vec<TermHits> = terms.into_iter().map(|(a, b)| TermHits { a, b }).collect();
        let shifts = word_shift(&terms, 900, 700).unwrap();
        let whole = Table::new(
            terms.iter().map(|t| t.a).sum(), 900, terms.iter().map(|t| t.b).sum(), 700,
        );
        prop_assert!(close(shifts.iter().map(|s| s.difference).sum(), whole.difference().unwrap()));
        if let Some(shares) = shifts.iter().map(|s| s.share).collect::<Option<Vec<_>>>() {
            prop_assert!((shares.iter().sum::<f64>() - 1.0).abs() < 1e-6);
        }
        let shares = shapley(causes, |set| Some(values[set as usize])).unwrap();
        let total = values[(1 << causes) - 1] - values[0];
        prop_assert!(close(shares.iter().sum(), total));
        prop_assert!(shapley(causes, |set| (set > 0).then_some(1.0)).is_none());
    }

    #[test]
    fn dispersion_and_divergence_stay_on_their_scales(
        a in outlet(), p in prop::collection::vec(0u64..9, 3), q in prop::collection::vec(0u64..9, 3),
    ) {
        let unit = -1e-9..=1.0 + 1e-9;
        if let Some(d) = dispersion(&a) {
            prop_assert!(unit.contains(&d.dp) && unit.contains(&d.top_article_share));
            prop_assert!(d.effective_articles <= d.totals.articles as f64 + 1e-9);
            if let Some(over) = d.over_articles {
                for value in [over.dp_norm, over.juilland_d, over.carroll_d2, over.d_a] {
                    prop_assert!(unit.contains(&value), "{d:?}");
                }
            }
        }
        let (x, y) = (jensen_shannon(&p, &q, 1.0), jensen_shannon(&q, &p, 1.0));
        prop_assert_eq!(x.is_some(), y.is_some());
        if let (Some(x), Some(y)) = (x, y) {
            prop_assert!(close(x.bits, y.bits) && unit.contains(&x.bits));
        }
    }

    #[test]
    fn swapped_events_are_as_likely(events in prop::collection::vec((document(), document()), 0..9)) {
        let forth: Vec<_> = events.iter().map(|&(a, b)| MatchedEvent { a, b }).collect();
        let back: Vec<_> = events.iter().map(|&(a, b)| MatchedEvent { a: b, b: a }).collect();
        prop_assert_eq!(label_swap_test(&forth, 1), label_swap_test(&back, 1));
        let (x, y) = (matched_ratio(&forth, 0.05), matched_ratio(&back, 0.05));
        if let (Some((x, i)), Some((y, _))) = (x.and_then(|r| r.log2), y.and_then(|r| r.log2)) {
            prop_assert!(close(x, -y) && i.contains(x));
        }
    }

    #[test]
    fn nothing_is_ever_not_a_number(a in outlet(), b in outlet()) {
        let pooled = pooled_overdispersion(&[&a, &b]);
        let totals = [Totals::of(&a), Totals::of(&b)];
        let poles = [&a, &b].map(|o| Poles { first: o.len() as u64, second: 0 });
        let voices: Vec<VoiceHits> =
            a.iter().map(|d| VoiceHits { voice: d.hits / 2, all: d.hits }).collect();
        let numbers = [
            overdispersion(&a).phi(),
            detectable_ratio(&a, &b, 0.05),
            heterogeneity(&totals, &pooled).map(|h| h.f.map_or(h.g2, |f| f.p)),
            length_correlation(&a),
            rank_comparison(&a, &b).map(|r| r.delta + r.p),
            balances(&poles, 1.0).map(|b| b.mean + b.tau_squared),
            shrunk_rates(&totals, 1.0).map(|r| r.iter().flatten().map(|s| s.rate).sum()),
            voice_share(&voices, 0.05).map(|v| v.interval.low + v.interval.high),
            share_difference(&article_table(&a, &b), 0.05).map(|s| s.interval.low),
        ];
        for (i, number) in numbers.iter().enumerate() {
            prop_assert!(number.is_none_or(f64::is_finite), "{i}: {number:?}");
        }
    }
}
