//! Everything that moved as one table to compute with.

use crate::diff::{Causes, DiffRecord, LabelMove, RateMove, ShareMove, Tested};
use crate::render::View;
use crate::render::tables::{Field, Tidy, word};

/// The columns: what is measured, before and after, its causes, and what may be said of it.
const HEADER: [&str; 47] = [
    "measure",
    "outlet",
    "lexicon",
    "id",
    "variant",
    "voice",
    "count_old",
    "count_new",
    "total_old",
    "total_new",
    "articles_old",
    "articles_new",
    "articles_changed",
    "value_old",
    "value_new",
    "change",
    "only_total",
    "basis",
    "corpus",
    "corpus_low",
    "corpus_high",
    "corpus_estimate",
    "corpus_likely_low",
    "corpus_likely_high",
    "lexicon_share",
    "lexicon_low",
    "lexicon_high",
    "lexicon_estimate",
    "lexicon_likely_low",
    "lexicon_likely_high",
    "reading",
    "reading_low",
    "reading_high",
    "interaction",
    "within_voices",
    "mix_of_voices",
    "se",
    "low",
    "high",
    "p",
    "q",
    "k",
    "shrunken",
    "leave_one_out_low",
    "leave_one_out_high",
    "tier",
    "finding",
];

/// A row a moved rate, share or labelling; rates in every voice unless the view names one.
pub(super) fn tidy(record: &DiffRecord, view: &View) -> Tidy {
    let rates = record.rates.iter().filter(|row| view.shows(row.voice)).map(rate);
    let articles = record.article_shares.iter().map(|row| share("article-share", row));
    let choices = record.choices.iter().map(|row| share("choice", row));
    let labels = record.labels.iter().map(labelling);
    Tidy {
        header: HEADER.to_vec(),
        rows: rates.chain(articles).chain(choices).chain(labels).collect(),
    }
}

/// What is measured: its names, counts, totals, articles, values, change.
struct Measure<'a> {
    names: [Option<&'a str>; 6],
    counts: [u64; 7],
    values: [Option<f64>; 3],
    only_total: bool,
}

fn rate(row: &RateMove) -> Vec<Field> {
    let measure = Measure {
        names: [
            Some("rate"),
            row.outlet.as_deref(),
            Some(&row.lexicon),
            Some(&row.category),
            None,
            Some(row.voice.name()),
        ],
        counts: [
            row.hits_old,
            row.hits_new,
            row.words_old,
            row.words_new,
            row.articles_old,
            row.articles_new,
            row.articles_changed,
        ],
        values: [row.rate_old, row.rate_new, row.change],
        only_total: row.only_words,
    };
    fields(&measure, &row.causes, &row.tested)
}

fn share(kind: &'static str, row: &ShareMove) -> Vec<Field> {
    let voice = if row.variant.is_some() { "worded" } else { "all" };
    let measure = Measure {
        names: [
            Some(kind),
            row.outlet.as_deref(),
            Some(&row.lexicon),
            Some(&row.id),
            row.variant.as_deref(),
            Some(voice),
        ],
        counts: [
            row.count_old,
            row.count_new,
            row.total_old,
            row.total_new,
            row.articles_old,
            row.articles_new,
            row.articles_changed,
        ],
        values: [row.share_old, row.share_new, row.change],
        only_total: false,
    };
    fields(&measure, &row.causes, &row.tested)
}

fn labelling(row: &LabelMove) -> Vec<Field> {
    let outlet = row.outlet.as_deref();
    let measure = Measure {
        names: [Some("labels"), outlet, None, Some(&row.target), None, Some("worded")],
        counts: [
            row.labels_old,
            row.labels_new,
            row.mentions_old,
            row.mentions_new,
            row.articles_old,
            row.articles_new,
            row.articles_changed,
        ],
        values: [row.per_100_old, row.per_100_new, row.change],
        only_total: row.only_mentions,
    };
    fields(&measure, &row.causes, &row.tested)
}

fn fields(measure: &Measure<'_>, causes: &Causes, tested: &Tested) -> Vec<Field> {
    let mut fields: Vec<Field> = measure.names.into_iter().map(Field::from).collect();
    fields.extend(measure.counts.map(Field::Count));
    fields.extend(measure.values.map(Field::from));
    fields.push(Field::Text(measure.only_total.to_string()));
    fields.push(word(&causes.basis));
    for share in [causes.corpus, causes.lexicon] {
        fields.extend([share.value, share.low, share.high].map(Field::from));
        let estimate = [share.estimate, share.likely_low, share.likely_high];
        fields.extend(estimate.map(Field::from));
    }
    let rest = [
        causes.reading.value,
        causes.reading.low,
        causes.reading.high,
        causes.interaction,
        causes.within_voices,
        causes.mix_of_voices,
        tested.se,
        tested.low,
        tested.high,
        tested.p,
        tested.q,
    ];
    fields.extend(rest.map(Field::from));
    fields.push(Field::Count(tested.k));
    let spread = [tested.shrunken, tested.leave_one_out_low, tested.leave_one_out_high];
    fields.extend(spread.map(Field::from));
    fields.push(word(&tested.tier));
    fields.push(word(&tested.finding));
    fields
}
