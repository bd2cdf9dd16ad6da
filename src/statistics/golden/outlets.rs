//! One outlet: rates, intervals, dispersion, voices; and many outlets together.

use super::super::balance::{Poles, balances, log2_balance, shrunk_rates};
use super::super::dispersion::dispersion;
use super::super::distribution::{
    Tail, beta_quantile, chi_squared_sf, gamma_quantile, normal_upper_quantile,
    student_upper_quantile,
};
use super::super::divergence::jensen_shannon;
use super::super::log_likelihood::heterogeneity;
use super::super::own_share::{VoiceHits, voice_share};
use super::super::rank::length_correlation;
use super::super::rate::{
    borrowed_rate_interval, mean_article_rate, poisson_interval, rate_interval,
    upper_limit_without_hits,
};
use super::super::variance::{
    Overdispersion, jackknife_se, leave_one_article_out, linearised, log_linear_interval,
    overdispersion, pooled_overdispersion, quasi_poisson_interval,
};
use super::super::{Document, Totals};
use super::{ALPHA, CLOSED, Golden, TAIL, outlet};

pub(super) fn check(golden: &mut Golden) {
    for name in ['A', 'B', 'C', 'D', 'E', 'F'] {
        rate(golden, name);
    }
    borrowed(golden);
    quantiles(golden);
    for (key, documents) in [
        ("A", outlet('A')),
        ("gries2008_a", pairs(&[(1, 9), (2, 10), (3, 10), (4, 10), (5, 11)])),
        ("single_part", pairs(&[(6, 1000), (0, 1000), (0, 1000), (0, 1000)])),
    ] {
        dispersed(golden, key, &documents);
    }
    many_outlets(golden);
    balance(golden);
    voices(golden);
}

fn pairs(counts: &[(u64, u64)]) -> Vec<Document> {
    counts.iter().map(|&(x, n)| Document::new(x, n)).collect()
}

fn rate(golden: &mut Golden, name: char) {
    let documents = outlet(name);
    let totals = Totals::of(&documents);
    golden.equals(&format!("corpus/{name}/docs"), totals.articles);
    golden.equals(&format!("corpus/{name}/words"), totals.words);
    golden.equals(&format!("corpus/{name}/hits"), totals.hits);
    golden.equals(&format!("corpus/{name}/docs_with_hit"), totals.articles_with_hits);
    let at = |field: &str| format!("rate.{name}/{field}");
    golden.is(&at("rate_per_1k"), totals.rate(), CLOSED);
    golden.is(&at("mean_of_doc_rates_per_1k"), mean_article_rate(&documents), CLOSED);
    golden.equals(&at("docs_with_hit"), totals.articles_with_hits);
    let exact = poisson_interval(totals.hits, totals.words, ALPHA);
    golden.spans(&at("poisson_exact_95_per_1k"), exact, TAIL);
    match dispersion(&documents) {
        Some(d) => {
            golden.is(&at("top_doc_share"), d.top_article_share, CLOSED);
            golden.is(&at("effective_docs_1_over_HHI"), d.effective_articles, CLOSED);
        }
        None => assert_eq!(totals.hits, 0),
    }
    let Some(interval) = rate_interval(&documents, ALPHA) else {
        assert_eq!(totals.articles, 1);
        return;
    };
    golden.near(&at("effcount_95_per_1k/0"), interval.interval.low, 1e-6);
    golden.is(&at("effcount_95_per_1k/1"), interval.interval.high, TAIL);
    golden.is(&at("D"), interval.divisor, TAIL);
    golden.is(&at("deff_lin"), interval.design_effect, CLOSED);
    if totals.hits == 0 {
        assert_eq!(log_linear_interval(&documents, ALPHA), None);
        return;
    }
    let linear = linearised(&documents).unwrap();
    golden.is(&at("se_lin_per_1k"), linear.se, CLOSED);
    golden.is(&at("se_log"), linear.se_log, CLOSED);
    golden.spans(&at("loglin_t_95_per_1k"), log_linear_interval(&documents, ALPHA), TAIL);
    golden.is(&at("jack_se_per_1k"), jackknife_se(&documents), CLOSED);
    golden.is(&at("phi_pearson"), overdispersion(&documents).phi(), CLOSED);
    golden.spans(&at("quasi_t_95_per_1k"), quasi_poisson_interval(&documents, ALPHA), TAIL);
    let range = leave_one_article_out(&documents);
    golden.spans(&at("leave_one_out_range_per_1k"), range, CLOSED);
}

fn borrowed(golden: &mut Golden) {
    let (a, b, c) = (outlet('A'), outlet('B'), outlet('C'));
    let donors = pooled_overdispersion(&[&a, &b, &c]);
    let key = "rate.borrowed_dispersion.D";
    golden.is(&format!("{key}/phi_pooled"), donors.phi(), CLOSED);
    golden.equals(&format!("{key}/df"), donors.df);
    let interval = borrowed_rate_interval(&outlet('D'), &donors, ALPHA).unwrap();
    golden.is(&format!("{key}/D"), interval.divisor, TAIL);
    golden.spans(&format!("{key}/ci95_per_1k"), Some(interval.interval), TAIL);
    let exact = poisson_interval(0, 2100, ALPHA).map(|i| i.high);
    golden.is("rate.zero/two_sided_upper_per_1k", exact, TAIL);
    let one_sided = upper_limit_without_hits(2100, ALPHA);
    golden.is("rate.zero/one_sided_95_upper_per_1k", one_sided, CLOSED);
    golden.is("diag.length_check.A/spearman_rate_vs_length", length_correlation(&a), CLOSED);
    let outlets: Vec<Totals> = [(15, 4600), (4, 4163), (3, 3495), (3, 734)]
        .map(|(x, n)| Totals::of(&[Document::new(x, n)]))
        .into();
    for (key, phi) in [("eb.marshall.phi1", 1.0), ("eb.marshall.phi_pooled", donors.phi().unwrap())]
    {
        let shrunk: Vec<_> = shrunk_rates(&outlets, phi).unwrap().into_iter().flatten().collect();
        let rates: Vec<f64> = shrunk.iter().map(|s| s.rate).collect();
        let weights: Vec<f64> = shrunk.iter().map(|s| s.weight).collect();
        golden.all_is(&format!("{key}/shrunk_per_1k"), &rates, CLOSED);
        golden.all_is(&format!("{key}/weight"), &weights, 1e-11);
        // A and the grand rate are what the weights and rates are made of.
        let between = golden.number(&format!("{key}/A")).unwrap();
        let grand = golden.number(&format!("{key}/grand_rate_per_1k")).unwrap();
        let weight = between / (between + phi * grand / 1000.0 / 4600.0);
        assert!((weight - weights[0]).abs() < 1e-11);
    }
}

fn quantiles(golden: &mut Golden) {
    for value in ["3.841458820694124", "6.6349", "147.0412", "1000"] {
        let tail = chi_squared_sf(value.parse().unwrap(), 1);
        golden.is(&format!("quantiles/chi2_sf/{value}"), tail, TAIL);
    }
    golden.is("quantiles/norm_ppf_975", normal_upper_quantile(0.025), TAIL);
    for df in ["1", "2", "3", "4.7", "5", "9", "29", "10000.0", "1000000.0"] {
        let t = student_upper_quantile(0.025, df.parse().unwrap());
        golden.is(&format!("quantiles/t_ppf_975/{df}"), t, TAIL);
    }
    for (name, shape, p, tail) in [
        ("0.357,0.025", 0.357, 0.025, Tail::Lower),
        ("1.357,0.975", 1.357, 0.025, Tail::Upper),
        ("3.3,0.025", 3.3, 0.025, Tail::Lower),
        ("16,0.975", 16.0, 0.975, Tail::Lower),
    ] {
        let quantile = gamma_quantile(shape, p, tail);
        golden.is(&format!("quantiles/gamma_ppf/{name}"), quantile, TAIL);
    }
    for (name, a, b, p, tail) in [
        ("7,3,0.025", 7.0, 3.0, 0.025, Tail::Lower),
        ("8,2,0.975", 8.0, 2.0, 0.025, Tail::Upper),
        ("1.7,2.4,0.025", 1.7, 2.4, 0.025, Tail::Lower),
    ] {
        golden.is(&format!("quantiles/beta_ppf/{name}"), beta_quantile(a, b, p, tail), TAIL);
    }
}

fn dispersed(golden: &mut Golden, key: &str, documents: &[Document]) {
    let d = dispersion(documents).unwrap();
    let over = d.over_articles.unwrap();
    let at = |field: &str| format!("dispersion.{key}/{field}");
    golden.equals(&at("range"), d.totals.articles_with_hits);
    let share = d.totals.articles_with_hits as f64 / d.totals.articles as f64;
    golden.is(&at("range_share"), share, CLOSED);
    golden.is(&at("DP"), d.dp, CLOSED);
    golden.is(&at("DPnorm_LijffijtGries2012"), over.dp_norm, CLOSED);
    golden.is(&at("DKL"), d.kl_divergence, CLOSED);
    golden.is(&at("DKLnorm_1_minus_exp"), d.kl_normalised, CLOSED);
    golden.is(&at("RosengrenS"), d.rosengren_s, CLOSED);
    golden.is(&at("top_share"), d.top_article_share, CLOSED);
    golden.is(&at("effective_parts"), d.effective_articles, CLOSED);
    // These are exactly 0 in the limit case, so an absolute tolerance.
    golden.near(&at("DP_Egbert2020_conventional"), over.d_p, 1e-14);
    golden.near(&at("JuillandD"), over.juilland_d, 1e-14);
    golden.near(&at("CarrollD2"), over.carroll_d2, 1e-14);
    golden.near(&at("DA"), over.d_a, 1e-14);
}

fn many_outlets(golden: &mut Golden) {
    let rows: [[u64; 3]; 3] = [[15, 6, 4], [4, 9, 2], [3, 2, 8]];
    for (i, a) in rows.iter().enumerate() {
        for (j, b) in rows.iter().enumerate() {
            let d = jensen_shannon(a, b, 1.0).unwrap();
            golden.near(&format!("jsd/jsd_bits/{i}/{j}"), d.bits, 1e-14);
            golden.near(&format!("jsd/js_distance/{i}/{j}"), d.distance, 1e-13);
            if i < j {
                let path = format!("jsd/null_expected_jsd_bits/{i}{j}");
                golden.is(&path, d.noise_bits, CLOSED);
            }
        }
    }
    let bits = |a: &[u64], b: &[u64]| jensen_shannon(a, b, 1.0).map(|d| d.bits);
    golden.is("jsd/extremes/disjoint", bits(&[1, 0], &[0, 1]), CLOSED);
    golden.near("jsd/extremes/identical", bits(&[1, 2], &[2, 4]), 1e-15);
    let outlets = [outlet('A'), outlet('B'), outlet('C')];
    let totals: Vec<Totals> = outlets.iter().map(|o| Totals::of(o)).collect();
    let slices: Vec<&[Document]> = outlets.iter().map(Vec::as_slice).collect();
    let dispersion: Overdispersion = pooled_overdispersion(&slices);
    let h = heterogeneity(&totals, &dispersion).unwrap();
    let f = h.f.unwrap();
    golden.is("heterogeneity.ABC/G2", h.g2, CLOSED);
    golden.equals("heterogeneity.ABC/df", h.df);
    golden.is("heterogeneity.ABC/p_chi2", h.p_words_independent, TAIL);
    golden.is("heterogeneity.ABC/phi", dispersion.phi(), CLOSED);
    golden.equals("heterogeneity.ABC/df_phi", f.df);
    golden.is("heterogeneity.ABC/F", f.f, CLOSED);
    golden.is("heterogeneity.ABC/p_F", f.p, TAIL);
}

fn balance(golden: &mut Golden) {
    let poles: Vec<Poles> =
        [(14, 5), (3, 8), (9, 7), (2, 0)].map(|(first, second)| Poles { first, second }).into();
    for (key, phi) in [("balance.phi1", 1.0), ("balance.phi2", 2.0)] {
        let b = balances(&poles, phi).unwrap();
        let at = |field: &str| format!("{key}/{field}");
        let column = |f: fn(&super::super::balance::Balance) -> f64| {
            b.outlets.iter().map(f).collect::<Vec<_>>()
        };
        let log2: Vec<f64> = poles.iter().map(|&p| log2_balance(p).0).collect();
        golden.all_is(&at("theta_ln"), &column(|o| o.theta), CLOSED);
        golden.all_is(&at("theta_log2"), &log2, CLOSED);
        golden.all_is(&at("se"), &column(|o| o.se), CLOSED);
        golden.is(&at("Q"), b.q, CLOSED);
        // τ² is a difference of nearly equal numbers under φ = 2.
        golden.is(&at("tau2_DL"), b.tau_squared, 1e-11);
        golden.is(&at("mu"), b.mean, CLOSED);
        golden.all_is(&at("shrink_weight_to_mean"), &column(|o| o.weight_of_mean), CLOSED);
        golden.all_is(&at("theta_shrunk_ln"), &column(|o| o.shrunk), CLOSED);
        golden.all_is(&at("sd_approx"), &column(|o| o.shrunk_sd), 1e-11);
    }
    let (log2, se) = log2_balance(Poles { first: 9, second: 31 });
    golden.is("voice.attribution_balance/log2", log2, CLOSED);
    golden.is("voice.attribution_balance/se_log2", se, CLOSED);
}

fn voices(golden: &mut Golden) {
    let articles: Vec<VoiceHits> = [(3, 4), (0, 0), (5, 7), (1, 1), (1, 3), (0, 0)]
        .map(|(voice, all)| VoiceHits { voice, all })
        .into();
    let share = voice_share(&articles, ALPHA).unwrap();
    golden.is("voice.own_share.A/share", share.share, CLOSED);
    golden.spans("voice.own_share.A/wilson95", Some(share.wilson), TAIL);
    golden.is("voice.own_share.A/se_cluster", share.cluster_se, CLOSED);
    golden.equals("voice.own_share.A/docs_with_hits", share.articles_with_hits);
}
