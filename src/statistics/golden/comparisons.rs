//! Two outlets: ratios, tests, drivers, verdicts; two runs.

use super::super::collocation::{Cooccurrence, association};
use super::super::coverage::{SharedEvents, coverage};
use super::super::decomposition::{Part, interaction, rate_and_mix, shapley};
use super::super::detectable::{detectable_ratio, is_similar};
use super::super::evidence::{
    SIMILAR_MARGIN, Support, Thresholds, Tier, Verdict, assess_comparison, verdict,
};
use super::super::fightin_words::{WordCounts, informative_prior, weighted_log_odds};
use super::super::log_likelihood::log_likelihood;
use super::super::log_ratio::{
    Table, adjusted_log_ratio, conditional_interval, conditional_p, conservative_log_ratio,
    leave_one_article_out_ratio,
};
use super::super::matched::{MatchedEvent, label_swap_test, matched_ratio};
use super::super::multiplicity::{Correction, adjust};
use super::super::overlap::{SharedDocument, rate_change};
use super::super::permutation::{permutation_test, smallest_p};
use super::super::proportion::{article_table, fisher_p, share_difference};
use super::super::rank::rank_comparison;
use super::super::variance::{linearised, pooled_overdispersion};
use super::super::word_shift::{TermHits, top_term_share, word_shift};
use super::super::{Document, Totals};
use super::{ALPHA, CLOSED, Golden, TAIL, outlet};

pub(super) fn check(golden: &mut Golden) {
    for (key, table) in [
        ("evert_7_1000_2_1000", Table::new(7, 1000, 2, 1000)),
        ("gries_faith", Table::new(43, 34_590, 68, 978_889)),
        ("zero_ref", Table::new(7, 4600, 0, 4163)),
        ("zero_target", Table::new(0, 4600, 6, 4163)),
        ("A_vs_B", Table::new(15, 4600, 4, 4163)),
        ("one_vs_rest.A", Table::new(15, 4600, 7, 7658)),
    ] {
        keyness(golden, key, &table);
    }
    article_keyness(golden);
    for (a, b) in [('A', 'B'), ('A', 'C'), ('A', 'F'), ('D', 'E'), ('A', 'E')] {
        compared(golden, a, b);
        verdicts(golden, a, b);
    }
    families(golden);
    drivers(golden);
    vocabulary(golden);
    events(golden);
    runs(golden);
    collocates(golden);
}

fn keyness(golden: &mut Golden, key: &str, table: &Table) {
    let at = |field: &str| format!("keyness.{key}/{field}");
    let rate = |x: u64, n: u64| Document::new(x, n).rate();
    golden.is(&at("rate1_per_1k"), rate(table.hits_a, table.words_a), CLOSED);
    golden.is(&at("rate2_per_1k"), rate(table.hits_b, table.words_b), CLOSED);
    golden.is(&at("diff_per_1k"), table.difference(), CLOSED);
    let score = log_likelihood(table).unwrap();
    golden.is(&at("G2_4cell_signed"), score.g2, CLOSED);
    golden.is(&at("G2_2cell_signed"), score.g2_two_cells, CLOSED);
    golden.is(&at("G2_williams"), score.g2_williams, CLOSED);
    // G² − ln N loses a digit where they nearly cancel.
    golden.near(&at("BIC"), score.bic, 2e-12 * score.g2.abs());
    golden.is(&at("BF10_approx"), score.bayes_factor, 1e-10);
    golden.is(&at("p_chi2_1"), score.p_words_independent, TAIL);
    golden.is(&at("log2_ratio_walter"), table.log2_ratio(), CLOSED);
    golden.is(&at("odds_ratio_haldane"), table.odds_ratio(), CLOSED);
    golden.is(&at("simple_maths_k1"), table.simple_maths(1.0), CLOSED);
    golden.is(&at("simple_maths_k100"), table.simple_maths(100.0), CLOSED);
    // What is infinite or 0 for an empty cell there is undefined here.
    let raw = table.ratio();
    if table.hits_a > 0 && table.hits_b > 0 {
        golden.is(&at("ratio"), raw, CLOSED);
        golden.is(&at("log2_ratio_raw"), raw.map(libm::log2), CLOSED);
    } else {
        assert_eq!(raw, None);
        golden.number(&at("ratio"));
        golden.number(&at("log2_ratio_raw"));
    }
    match table.percent_difference() {
        Some(percent) => golden.is(&at("pct_diff"), percent, CLOSED),
        None => assert_eq!(golden.number(&at("pct_diff")), Some(f64::INFINITY)),
    }
    let interval = conditional_interval(table, ALPHA).unwrap();
    golden.spans(&at("log2_ratio_token_ci95"), Some(interval), TAIL);
    golden.is(&at("LRC_token"), conservative_log_ratio(table, &interval), TAIL);
    let tenth = conditional_interval(table, ALPHA / 10.0).unwrap();
    golden.is(&at("LRC_token_bonferroni_m10"), conservative_log_ratio(table, &tenth), TAIL);
    golden.is(&at("cond_exact_p"), conditional_p(table), TAIL);
}

fn article_keyness(golden: &mut Golden) {
    let table = Table::new(9, 20, 2, 25);
    let at = |field: &str| format!("keyness.docfreq_9of20_vs_2of25/{field}");
    let score = log_likelihood(&table).unwrap();
    golden.is(&at("G2"), score.g2, CLOSED);
    golden.is(&at("p"), score.p_words_independent, TAIL);
    golden.is(&at("fisher_p"), fisher_p(&table), TAIL);
    let shares = share_difference(&table, ALPHA).unwrap();
    golden.is(&at("zeta"), shares.difference, CLOSED);
    golden.spans(&at("newcombe95"), Some(shares.interval), TAIL);
    golden.is(&at("log2_ratio_walter"), table.log2_ratio(), CLOSED);
    let interval = conditional_interval(&table, ALPHA).unwrap();
    golden.is(&at("LRC"), conservative_log_ratio(&table, &interval), TAIL);
}

fn compared(golden: &mut Golden, a: char, b: char) {
    let at = |field: &str| format!("compare.{a}_vs_{b}/{field}");
    let (a, b) = (outlet(a), outlet(b));
    let pooled = pooled_overdispersion(&[&a, &b]);
    golden.is(&at("phi_pooled"), pooled.phi(), CLOSED);
    golden.equals(&at("df_phi"), pooled.df);
    let adjusted = adjusted_log_ratio(&a, &b, ALPHA).unwrap();
    let both = [&a, &b].map(|s| linearised(s).and_then(|l| l.se_log));
    if let [Some(s1), Some(s2)] = both {
        golden.is(&at("se_ln_ratio"), (s1 * s1 + s2 * s2).sqrt(), CLOSED);
        golden.is(&at("welch_df"), adjusted.df, CLOSED);
        golden.is(&at("deff_lin"), adjusted.design_effect, CLOSED);
    }
    golden.is(&at("D"), adjusted.divisor, TAIL);
    golden.is(&at("log2_ratio_doc_ci95/0"), adjusted.interval.low, TAIL);
    // A bound beyond 2⁵⁰ is infinite there because τ rounds to 1.
    match golden.number(&at("log2_ratio_doc_ci95/1")) {
        Some(high) if high.is_infinite() => assert!(adjusted.interval.high > 50.0),
        _ => golden.is(&at("log2_ratio_doc_ci95/1"), adjusted.interval.high, TAIL),
    }
    golden.is(&at("LRC_doc"), adjusted.lrc, TAIL);
    golden.is(&at("p_effcount"), adjusted.p, TAIL);
    let totals = [Totals::of(&a), Totals::of(&b)];
    let h = super::super::log_likelihood::heterogeneity(&totals, &pooled).unwrap();
    golden.is(&at("quasi_F"), h.f.map(|f| f.f), CLOSED);
    golden.is(&at("quasi_F_p"), h.f.map(|f| f.p), TAIL);
    let test = permutation_test(&a, &b, 1).unwrap();
    golden.equals(&at("perm_labelings"), test.labelings);
    golden.equals(&at("perm_count_ge"), test.count);
    golden.is(&at("perm_p"), test.p, CLOSED);
    golden.is(&at("perm_min_p"), test.smallest_p, CLOSED);
    let ranks = rank_comparison(&a, &b).unwrap();
    golden.is(&at("MWU_U1"), ranks.u, 0.0);
    golden.is(&at("cliffs_delta"), ranks.delta, CLOSED);
    golden.is(&at("A12"), 0.5 * (ranks.delta + 1.0), CLOSED);
    if let Some(p) = ranks.p_asymptotic {
        golden.is(&at("MWU_p_asymptotic_cc_ties"), p, TAIL);
        golden.is(&at("MWU_p_exact_permutation"), ranks.p, CLOSED);
    }
    let shares = share_difference(&article_table(&a, &b), ALPHA).unwrap();
    golden.is(&at("docshare1"), shares.share_a, CLOSED);
    golden.is(&at("docshare2"), shares.share_b, CLOSED);
    golden.is(&at("zeta_docshare_diff"), shares.difference, CLOSED);
    golden.spans(&at("zeta_newcombe95"), Some(shares.interval), TAIL);
    let range = leave_one_article_out_ratio(&a, &b);
    golden.spans(&at("leave_one_doc_out_log2_walter_range"), range, CLOSED);
}

fn verdicts(golden: &mut Golden, a: char, b: char) {
    let key = format!("{a}_vs_{b}");
    if (a, b) == ('A', 'C') {
        return;
    }
    let (a, b) = (outlet(a), outlet(b));
    let limits = Thresholds::default();
    let test = permutation_test(&a, &b, 1).unwrap();
    golden.is(&format!("verdict/{key}/min_p"), test.smallest_p, CLOSED);
    let found = assess_comparison(&Totals::of(&a), &Totals::of(&b), test.smallest_p, &limits);
    let wanted = golden.values["verdict"]["out"][&key].clone();
    let tier = match found.tier {
        Tier::Descriptive => "descriptive",
        Tier::Tentative => "tentative",
        Tier::Reportable => "reportable",
    };
    assert_eq!(wanted["tier"], tier, "{key}");
    assert_eq!(wanted["reasons"].as_array().map(Vec::len), Some(found.reasons.len()), "{key}");
    let support = Support {
        interval: adjusted_log_ratio(&a, &b, ALPHA).map(|r| r.interval),
        q: Some(test.p),
        leave_one_out: leave_one_article_out_ratio(&a, &b),
    };
    assert_eq!(verdict(found.tier, &support, &limits), Verdict::NotEnoughEvidence);
    if let Some(word) = wanted.get("would_be_if_reportable") {
        let would_be = match verdict(Tier::Reportable, &support, &limits) {
            Verdict::Higher => "higher",
            Verdict::Inconclusive => "inconclusive",
            other => panic!("{key}: {other:?}"),
        };
        assert_eq!(word, would_be, "{key}");
    }
}

fn families(golden: &mut Golden) {
    for (a, b) in [
        (1, 1),
        (1, 2),
        (1, 19),
        (1, 20),
        (2, 2),
        (2, 3),
        (2, 4),
        (2, 5),
        (3, 3),
        (3, 4),
        (4, 4),
        (5, 5),
        (3, 10),
    ] {
        golden.is(&format!("perm.min_p_table/{a}v{b}"), smallest_p(a, b), CLOSED);
    }
    let p = [0.0004, 0.0031, 0.012, 0.03, 0.03, 0.21, 0.88];
    for (name, correction) in [
        ("bonferroni", Correction::Bonferroni),
        ("holm", Correction::Holm),
        ("BH", Correction::BenjaminiHochberg),
        ("BY", Correction::BenjaminiYekutieli),
    ] {
        golden.all_is(&format!("padjust/{name}"), &adjust(&p, correction), CLOSED);
    }
    let mdr = detectable_ratio(&outlet('A'), &outlet('B'), ALPHA);
    golden.is("mdr.A_vs_B/min_detectable_ratio", mdr, TAIL);
    golden.is("similar_verdict/margin", SIMILAR_MARGIN, CLOSED);
    let inside = super::Interval { low: -0.2, high: 0.41 };
    assert!(is_similar(&inside, SIMILAR_MARGIN));
    golden.seen.insert("similar_verdict/similar".into());
}

fn drivers(golden: &mut Golden) {
    let names = ["regime", "leftist", "rogue"];
    let terms = [(6, 2), (4, 0), (5, 2)].map(|(a, b)| TermHits { a, b });
    let shifts = word_shift(&terms, 4600, 4163).unwrap();
    for (name, shift) in names.iter().zip(&shifts) {
        golden.is(&format!("wordshift/{name}/delta_per_1k"), shift.difference, CLOSED);
        golden.is(&format!("wordshift/{name}/share"), shift.share, CLOSED);
        let path = format!("diag.leave_one_term_out/log2_walter_without/{name}");
        golden.is(&path, shift.log2_ratio_without, CLOSED);
    }
    let full = Table::new(15, 4600, 4, 4163).log2_ratio();
    golden.is("diag.leave_one_term_out/full", full, CLOSED);
    let top = top_term_share(&[6, 4, 5]);
    golden.is("diag.leave_one_term_out/top_term_share_A", top, CLOSED);
}

fn vocabulary(golden: &mut Golden) {
    let counts = [(12, 2), (7, 0), (3, 9), (300, 310), (40, 55)];
    let background = [30, 12, 60, 9000, 1400];
    for (key, prior) in [
        ("flat_0.01", vec![0.01; 5]),
        ("informative_a0_50", informative_prior(&background, 50.0).unwrap()),
        ("informative_a0_500", informative_prior(&background, 500.0).unwrap()),
    ] {
        let words: Vec<WordCounts> =
            counts.iter().zip(prior).map(|(&(a, b), prior)| WordCounts { a, b, prior }).collect();
        for (i, odds) in weighted_log_odds(&words).unwrap().iter().enumerate() {
            let at = |field: &str| format!("fightin_words.{key}/{field}/{i}");
            golden.is(&at("delta"), odds.delta, 1e-11);
            golden.is(&at("sigma"), odds.sigma, CLOSED);
            golden.is(&at("z"), odds.z, 1e-11);
            golden.is(&at("z_full_variance"), odds.z_full, 1e-11);
        }
    }
}

fn events(golden: &mut Golden) {
    let events: Vec<MatchedEvent> = [
        (3, 600, 1, 550),
        (2, 480, 2, 700),
        (4, 900, 0, 420),
        (1, 510, 1, 610),
        (5, 1100, 2, 800),
        (0, 300, 1, 350),
    ]
    .map(|(x1, n1, x2, n2)| MatchedEvent { a: Document::new(x1, n1), b: Document::new(x2, n2) })
    .into();
    let found = matched_ratio(&events, ALPHA).unwrap();
    let (log2, interval) = found.log2.unwrap();
    let at = |field: &str| format!("events.mantel_haenszel/{field}");
    golden.is(&at("rate_ratio_MH"), found.ratio, CLOSED);
    golden.is(&at("log2"), log2, CLOSED);
    golden.spans(&at("ci95_log2"), Some(interval), TAIL);
    let test = label_swap_test(&events, 1).unwrap();
    golden.equals(&at("sign_swap_count"), test.count);
    golden.is(&at("sign_swap_p"), test.p, CLOSED);
    golden.is(&at("min_p"), test.smallest_p, CLOSED);
    golden.seen.insert(at("sign_swap_stat"));
    let shared = SharedEvents { both: 4, only_a: 4, only_b: 1, neither: 1 };
    let c = coverage(&shared, ALPHA).unwrap();
    golden.is("events.coverage/mcnemar_exact_p", c.mcnemar_p, TAIL);
    golden.is("events.coverage/jaccard", c.jaccard, CLOSED);
    golden.is("events.coverage/share_A", c.share_a, CLOSED);
    golden.spans("events.coverage/wilson_A", Some(c.interval_a), TAIL);
    golden.is("events.coverage/share_B", c.share_b, CLOSED);
    golden.spans("events.coverage/wilson_B", Some(c.interval_b), TAIL);
}

fn runs(golden: &mut Golden) {
    let rate = |x: u64, n: u64| Document::new(x, n).rate().unwrap();
    let (r11, r12, r21, r22) =
        (rate(20, 10_000), rate(13, 10_000), rate(30, 14_000), rate(29, 14_000));
    for (field, value) in
        [("r_C1L1", r11), ("r_C1L2", r12), ("r_C2L1", r21), ("r_C2L2", r22), ("total", r22 - r11)]
    {
        golden.near(&format!("diff.shapley2/{field}"), value, 1e-14);
    }
    let shares = shapley(2, |set| Some([r11, r12, r21, r22][set as usize])).unwrap();
    golden.is("diff.shapley2/lexicon_effect", shares[0], CLOSED);
    golden.is("diff.shapley2/corpus_effect", shares[1], CLOSED);
    golden.is("diff.shapley2/interaction", interaction(r11, r12, r21, r22), CLOSED);
    // Bit 0 corpus, bit 1 lexicon, bit 2 tool.
    let values = [2.0, 2.6, 1.7, 2.2, 2.1, 2.8, 1.75, 2.35];
    let shares = shapley(3, |set| Some(values[set as usize])).unwrap();
    for (name, share) in ["corpus", "lexicon", "tool"].iter().zip(&shares) {
        golden.is(&format!("diff.shapley3/{name}"), *share, CLOSED);
    }
    golden.is("diff.shapley3/total", shares.iter().sum::<f64>(), CLOSED);
    let parts = [
        Part { old_weight: 0.7, old_rate: 2.0, new_weight: 0.5, new_rate: 2.2 },
        Part { old_weight: 0.3, old_rate: 5.0, new_weight: 0.5, new_rate: 4.5 },
    ];
    let split = rate_and_mix(&parts);
    golden.is("diff.kitagawa/total", split.total, CLOSED);
    golden.is("diff.kitagawa/rate_effect", split.rate, CLOSED);
    golden.is("diff.kitagawa/mix_effect", split.mix, CLOSED);
    overlapping(golden);
}

fn overlapping(golden: &mut Golden) {
    let old = [Some((4, 812)), Some((0, 455)), Some((7, 1203)), Some((1, 640)), None, None];
    let new =
        [None, Some((0, 455)), Some((7, 1203)), Some((3, 700)), Some((2, 500)), Some((1, 900))];
    let document = |d: Option<(u64, u64)>| d.map(|(x, n)| Document::new(x, n));
    let articles: Vec<SharedDocument> = old
        .iter()
        .zip(&new)
        .map(|(&old, &new)| SharedDocument { old: document(old), new: document(new) })
        .collect();
    let change = rate_change(&articles, ALPHA).unwrap();
    let at = |field: &str| format!("diff.overlapping_corpora/{field}");
    golden.is(&at("rate_A_per_1k"), change.old, CLOSED);
    golden.is(&at("rate_B_per_1k"), change.new, CLOSED);
    golden.is(&at("diff_per_1k"), change.difference, CLOSED);
    golden.is(&at("se_overlap_per_1k"), change.se, CLOSED);
    golden.equals(&at("docs_union"), change.articles);
    let se = |side: Vec<Document>| linearised(&side).unwrap().se;
    let old: Vec<Document> = articles.iter().filter_map(|d| d.old).collect();
    let new: Vec<Document> = articles.iter().filter_map(|d| d.new).collect();
    let independent = libm::hypot(se(old), se(new));
    golden.is(&at("se_if_treated_independent_per_1k"), independent, CLOSED);
}

fn collocates(golden: &mut Golden) {
    let counts = Cooccurrence { together: 30, window: 800, collocate: 120, words: 100_000 };
    let s = association(&counts, ALPHA).unwrap();
    for (field, value) in [
        ("E11", s.expected),
        ("logDice", s.log_dice),
        ("PMI_bits", s.pmi),
        ("PMI2_bits", s.pmi_squared),
        ("NPMI", s.npmi.unwrap()),
        ("t_score", s.t_score),
        ("z_score", s.z_score),
        ("G2", s.g2),
        ("deltaP_coll_given_node", s.delta_p_collocate),
        ("deltaP_node_given_coll", s.delta_p_node.unwrap()),
        ("log2_odds_ratio_haldane", s.log2_odds_ratio),
        ("log_ratio", s.log2_ratio),
        ("min_sensitivity", s.minimum_sensitivity),
    ] {
        golden.is(&format!("colloc/{field}"), value, CLOSED);
    }
    golden.is("colloc/LRC", s.lrc, TAIL);
}
