//! Precision, recall, agreement.

use super::super::agreement::{Scale, cohen_kappa, cronbach_alpha, krippendorff_alpha, split_half};
use super::super::proportion::{clopper_pearson_interval, wilson_interval};
use super::super::validation::{
    CodedHits, ElusionSample, coding_sample_size, elusion_recall, precision,
    precision_adjusted_rate, stratified_precision, true_prevalence,
};
use super::{ALPHA, CLOSED, Golden, TAIL, outlet};

pub(super) fn check(golden: &mut Golden) {
    precisions(golden);
    recall(golden);
    coders(golden);
    categories(golden);
    for (k, n) in [(0, 10), (1, 1), (5, 5), (8, 10), (0, 1)] {
        golden.spans(&format!("wilson.grid/{k}~1{n}"), wilson_interval(k, n, ALPHA), TAIL);
    }
}

fn precisions(golden: &mut Golden) {
    let sample = CodedHits { hits: 180, coded: 60, correct: 49 };
    let found = precision(&sample, ALPHA).unwrap();
    golden.is("precision.srs/p", found.precision, CLOSED);
    golden.spans("precision.srs/wilson95", wilson_interval(49, 60, ALPHA), TAIL);
    let exact = clopper_pearson_interval(49, 60, ALPHA);
    golden.spans("precision.srs/clopper_pearson95", exact, TAIL);
    golden.spans("precision.srs/wilson_fpc95", Some(found.interval), TAIL);
    for (field, half_width) in [("n_for_half_width_10", 0.1), ("n_for_half_width_5", 0.05)] {
        let n = coding_sample_size(half_width, ALPHA).unwrap();
        golden.equals(&format!("precision.srs/{field}"), n);
    }
    let strata = [(120, 30, 27), (50, 20, 11), (10, 10, 4)]
        .map(|(hits, coded, correct)| CodedHits { hits, coded, correct });
    let (p, se) = stratified_precision(&strata).unwrap();
    golden.is("precision.stratified/p", p, CLOSED);
    golden.is("precision.stratified/se", se, CLOSED);
    let adjusted = precision_adjusted_rate(&outlet('A'), &sample, ALPHA).unwrap();
    golden.is("rate.precision_adjusted.A/adjusted_per_1k", adjusted.rate, CLOSED);
    golden.is("rate.precision_adjusted.A/se_log", adjusted.se_log, CLOSED);
    golden.spans("rate.precision_adjusted.A/ci95_per_1k", Some(adjusted.interval), TAIL);
}

fn recall(golden: &mut Golden) {
    let sample = ElusionSample { unmatched: 5000, sampled: 400, missed: 6 };
    let found = elusion_recall(180, 49.0 / 60.0, &sample, ALPHA).unwrap();
    golden.is("recall.elusion/TP_est", found.true_hits, CLOSED);
    golden.is("recall.elusion/FN_est", found.missed_hits, CLOSED);
    golden.is("recall.elusion/recall", found.recall, CLOSED);
    let range = Some(found.range);
    golden.spans("recall.elusion/recall_range_from_wilson_elusion", range, TAIL);
    golden.is("recall.elusion/F1", found.f1, CLOSED);
    golden.is("rogan_gladen/p_adj", true_prevalence(0.12, 0.7, 0.97), CLOSED);
}

fn coders(golden: &mut Golden) {
    let data = golden.values["krippendorff.canonical"]["in"]["data"].clone();
    let rows = data.as_array().unwrap();
    let units: Vec<Vec<f64>> =
        (0..12).map(|unit| rows.iter().filter_map(|row| row[unit].as_f64()).collect()).collect();
    for (name, scale) in [
        ("nominal", Scale::Nominal),
        ("ordinal", Scale::Ordinal),
        ("interval", Scale::Interval),
        ("ratio", Scale::Ratio),
    ] {
        let alpha = krippendorff_alpha(&units, scale);
        golden.is(&format!("krippendorff.canonical/{name}"), alpha, CLOSED);
    }
    let pairs: Vec<(u32, u32)> = [((1, 1), 40), ((0, 1), 10), ((1, 0), 5), ((0, 0), 45)]
        .iter()
        .flat_map(|&(pair, n)| vec![pair; n])
        .collect();
    let units: Vec<Vec<f64>> =
        pairs.iter().map(|&(a, b)| vec![f64::from(a), f64::from(b)]).collect();
    let alpha = krippendorff_alpha(&units, Scale::Nominal);
    golden.is("krippendorff.binary_2coders/alpha", alpha, CLOSED);
    golden.is("krippendorff.binary_2coders/cohen_kappa", cohen_kappa(&pairs), CLOSED);
    let agreed = pairs.iter().filter(|p| p.0 == p.1).count() as f64 / pairs.len() as f64;
    golden.is("krippendorff.binary_2coders/percent_agreement", agreed, CLOSED);
}

fn categories(golden: &mut Golden) {
    let articles: Vec<Vec<f64>> = [
        [2.0, 1.0, 1.0, 0.0],
        [0.0, 0.0, 1.0, 0.0],
        [3.0, 2.0, 1.0, 1.0],
        [1.0, 0.0, 0.0, 0.0],
        [2.0, 2.0, 0.0, 1.0],
        [0.0; 4],
    ]
    .map(Vec::from)
    .into();
    let odd_even = split_half(&articles, |term| term % 2 == 0).unwrap();
    golden.is("reliability.category/spearman_brown", odd_even, CLOSED);
    golden.is("reliability.category/odd_even_r", odd_even / (2.0 - odd_even), CLOSED);
    let splits = (1..4).map(|other| split_half(&articles, |term| term == 0 || term == other));
    let mean = splits.map(Option::unwrap).sum::<f64>() / 3.0;
    golden.is("reliability.category/mean_SB_all_3_splits", mean, CLOSED);
    golden.is("reliability.category/cronbach_alpha", cronbach_alpha(&articles), CLOSED);
}
