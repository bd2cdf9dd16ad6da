//! Two small reports with a case of everything that a renderer must get right.

use std::collections::BTreeMap;

use crate::report::*;
use crate::statistics::evidence::{Tier, Verdict};
use crate::tally::VoiceGroup;

const LEXICON: &str = "labels";

/// Three outlets, two categories, enough articles for verdicts.
pub(super) fn pooled() -> Report {
    let mut report = empty("Ottawa, December 2017");
    report.outlets = vec![
        outlet("gazette", "The Gazette", 24),
        outlet("ledger", "The Ledger", 30),
        outlet("none", "Nobody", 0),
    ];
    report.categories = vec![
        category("ideology", "Ideology label", false),
        category("alarm", "Alarm word", true),
        category("unused", "Unused", false),
    ];
    for voice in VoiceGroup::ALL {
        report.rates.push(rate(
            "gazette",
            "ideology",
            voice,
            [41, 12_600, 24, 13],
            Tier::Reportable,
        ));
        report.rates.push(rate("ledger", "ideology", voice, [9, 15_100, 30, 7], Tier::Tentative));
        report.rates.push(rate("gazette", "alarm", voice, [0, 12_600, 24, 0], Tier::Tentative));
        report.rates.push(rate("ledger", "alarm", voice, [3, 15_100, 2, 1], Tier::Descriptive));
        report.rates.push(rate("gazette", "unused", voice, [0, 0, 0, 0], Tier::Descriptive));
    }
    report.comparisons = vec![
        comparison("alarm", Verdict::NotEnoughEvidence),
        comparison("ideology", Verdict::Higher),
    ];
    report.matched = vec![matched()];
    report.own_shares = vec![OwnShareRow {
        outlet: "gazette".into(),
        lexicon: LEXICON.into(),
        category: "ideology".into(),
        own: 30,
        hits: 41,
        articles_with_hits: 13,
        share: Some(0.7317),
        low: Some(0.55),
        high: Some(0.86),
        tier: Tier::Reportable,
    }];
    report.article_shares = vec![ArticleShareRow {
        outlet: "gazette".into(),
        lexicon: LEXICON.into(),
        category: "alarm".into(),
        distinct: 3,
        articles_with: 5,
        articles: 24,
        share: Some(0.2083),
        low: Some(0.09),
        high: Some(0.4),
        tier: Tier::Reportable,
    }];
    report.heterogeneity = vec![HeterogeneityRow {
        lexicon: LEXICON.into(),
        category: "ideology".into(),
        voice: VoiceGroup::Worded,
        outlets: 2,
        g2: 31.5,
        df: 1,
        phi: Some(1.8),
        f: Some(17.5),
        p: Some(0.00003),
    }];
    report.terms = terms().into();
    report.choices = choices();
    report.targets = targets(Tier::Tentative);
    report.sources = sources();
    report.evidence = evidence();
    report.articles = articles().into();
    super::fixture_stories::add(&mut report);
    report.warnings = vec![WarningRow {
        code: "duplicates".into(),
        outlet: Some("gazette".into()),
        count: 2,
        message: "The Gazette: 2 articles left out, an equal text counts".into(),
    }];
    report
}

/// One event, three articles: nothing can be said of the outlets.
pub(super) fn few() -> Report {
    let mut report = pooled();
    report.settings.title = None;
    report.outlets = vec![outlet("gazette", "The Gazette", 1), outlet("ledger", "The Ledger", 2)];
    for row in &mut report.rates {
        let articles = if row.outlet == "gazette" { 1 } else { 2 };
        (row.articles, row.articles_with_hits) = (articles, articles.min(row.articles_with_hits));
        (row.low, row.high, row.tier) = (None, None, Tier::Descriptive);
    }
    report.comparisons.clear();
    report.matched.clear();
    report.article_shares.clear();
    report.targets = targets(Tier::Descriptive);
    report.warnings.clear();
    report
}

/// The same report with `text` wherever a text comes from outside.
pub(super) fn with_text(mut report: Report, text: &str) -> Report {
    report.settings.title = Some(text.to_owned());
    for row in &mut report.outlets {
        row.name = text.to_owned();
    }
    for row in &mut report.categories {
        row.title = text.to_owned();
    }
    for row in report.terms.iter_mut() {
        row.term = text.to_owned();
    }
    for row in &mut report.sources {
        row.source = text.to_owned();
    }
    for row in &mut report.targets {
        row.title = text.to_owned();
    }
    super::fixture_stories::with_text(&mut report, text);
    for sentence in report.evidence.iter_mut().flat_map(|row| &mut row.sentences) {
        sentence.text = text.to_owned();
        sentence.source = Some(text.to_owned());
        sentence.article = text.to_owned();
    }
    for row in &mut report.warnings {
        row.message = text.to_owned();
    }
    report
}

fn empty(title: &str) -> Report {
    let entry = |kind: &str, group: &str, term: &str| EntryRecord {
        kind: kind.into(),
        group: group.into(),
        variant: None,
        term: term.into(),
        hash: "0123456789abcdef".into(),
    };
    Report {
        schema: SCHEMA.into(),
        tool: Tool {
            name: "parallax".into(),
            version: "9.9.9".into(),
            tokenizer: "uax29-17.0/1".into(),
            layout: "f0".into(),
        },
        settings: Settings {
            by: "outlet".into(),
            title: Some(title.into()),
            outlets: Vec::new(),
            compare: Vec::new(),
            alpha: 0.05,
            seed: 1,
            correction: "bh".into(),
            evidence: 10,
            draws: 9999,
        },
        provenance: Provenance {
            lexicons: vec![LexiconRecord {
                id: LEXICON.into(),
                title: "Political labels".into(),
                version: "1.0.0".into(),
                hash: "ab".repeat(32),
                entries: vec![
                    entry("category", "ideology", "leftist"),
                    entry("category", "alarm", "crisis"),
                ],
            }],
            corpus: "cd".repeat(32),
        },
        outlets: Vec::new(),
        categories: Vec::new(),
        rates: Vec::new(),
        own_shares: Vec::new(),
        article_shares: Vec::new(),
        heterogeneity: Vec::new(),
        comparisons: Vec::new(),
        matched: Vec::new(),
        terms: TermRows::default(),
        choices: Vec::new(),
        choice_comparisons: Vec::new(),
        targets: Vec::new(),
        target_labels: Vec::new(),
        label_comparisons: Vec::new(),
        sources: Vec::new(),
        event_method: EventMethod::default(),
        events: Vec::new(),
        coverage: Vec::new(),
        omissions: Vec::new(),
        side_by_side: Vec::new(),
        evidence: Vec::new(),
        articles: Vec::new().into(),
        warnings: Vec::new(),
    }
}

fn outlet(id: &str, name: &str, articles: u64) -> OutletRow {
    let words = articles * 525;
    let voices =
        [("own", words * 7 / 10), ("attributed", words / 10), ("quoted", words / 5), ("scare", 0)];
    let zones = [("headline", articles * 9), ("body", words - articles * 9)];
    let map = |pairs: &[(&str, u64)]| {
        pairs.iter().map(|(key, value)| ((*key).to_owned(), *value)).collect()
    };
    OutletRow {
        outlet: id.into(),
        name: name.into(),
        groups: BTreeMap::from([("country".into(), "Canada".into())]),
        articles,
        empty_articles: 0,
        duplicates: u64::from(articles == 24) * 2,
        events: articles.min(8),
        first: (articles > 0).then(|| "2017-12-18".into()),
        last: (articles > 0).then(|| "2017-12-31".into()),
        words,
        words_by_voice: map(&voices),
        words_by_zone: map(&zones),
    }
}

fn category(id: &str, title: &str, topic_sensitive: bool) -> CategoryRow {
    CategoryRow {
        lexicon: LEXICON.into(),
        category: id.into(),
        title: title.into(),
        description: "What it counts.".into(),
        sources: vec!["Entman 1993".into()],
        zones: vec!["headline".into(), "body".into()],
        topic_sensitive,
        measure: "rate".into(),
        distinct: None,
        terms: 12,
        terms_with_hits: 3,
    }
}

fn rate(
    outlet: &str,
    category: &str,
    voice: VoiceGroup,
    [hits, words, articles, with_hits]: [u64; 4],
    tier: Tier,
) -> RateRow {
    let rate = (words > 0).then(|| hits as f64 * 1000.0 / words as f64);
    let shows = tier != Tier::Descriptive;
    RateRow {
        outlet: outlet.into(),
        lexicon: LEXICON.into(),
        category: category.into(),
        voice,
        hits,
        words,
        articles,
        articles_with_hits: with_hits,
        rate,
        low: rate.filter(|_| shows).map(|rate| rate / 2.0),
        high: rate.filter(|_| shows).map(|rate| rate * 2.0 + 0.3),
        tier,
        mean_article_rate: rate,
        leave_one_out_low: None,
        leave_one_out_high: None,
        top_article_share: (hits > 0).then_some(0.23),
        dp_norm: Some(0.4),
    }
}

fn comparison(category: &str, verdict: Verdict) -> ComparisonRow {
    let known = verdict == Verdict::Higher;
    let given = |value: f64| known.then_some(value);
    let reason = |code: &str, found: f64, needed: f64| ReasonRow {
        code: code.into(),
        found: Some(found),
        needed: Some(needed),
    };
    ComparisonRow {
        lexicon: LEXICON.into(),
        category: category.into(),
        voice: VoiceGroup::Worded,
        a: "gazette".into(),
        b: Some("ledger".into()),
        hits_a: if known { 41 } else { 0 },
        hits_b: if known { 9 } else { 3 },
        words_a: 12_600,
        words_b: 15_100,
        articles_a: 24,
        articles_b: if known { 30 } else { 2 },
        articles_with_hits_a: if known { 13 } else { 0 },
        articles_with_hits_b: if known { 7 } else { 1 },
        difference: Some(if known { 2.65794 } else { -0.19868 }),
        ratio: given(5.46),
        log2_ratio: Some(if known { 2.39 } else { -2.1 }),
        low: given(1.02),
        high: given(3.76),
        lrc: given(1.02),
        mdr: (!known).then_some(4.2),
        p: given(0.0004),
        q: given(0.0012),
        k: 3,
        smallest_p: 0.0001,
        leave_one_out_low: given(1.9),
        leave_one_out_high: given(2.6),
        g2: Some(28.3),
        bic: Some(18.1),
        tier: if known { Tier::Reportable } else { Tier::Descriptive },
        reasons: if known {
            Vec::new()
        } else {
            vec![
                reason("too-few-articles", 2.0, 3.0),
                reason("few-articles", 2.0, 10.0),
                reason("few-hits", 3.0, 10.0),
            ]
        },
        verdict,
        drivers: if known {
            vec![DriverRow {
                term: "leftist".into(),
                hits_a: 20,
                hits_b: 1,
                difference: 1.52,
                share: Some(0.57),
                log2_ratio_without: 1.4,
            }]
        } else {
            Vec::new()
        },
    }
}

fn matched() -> MatchedRow {
    MatchedRow {
        lexicon: LEXICON.into(),
        category: "ideology".into(),
        voice: VoiceGroup::Worded,
        a: "gazette".into(),
        b: "ledger".into(),
        events: 8,
        hits_a: 30,
        hits_b: 6,
        words_a: 9_000,
        words_b: 9_500,
        ratio: Some(5.1),
        log2_ratio: Some(2.35),
        low: Some(1.1),
        high: Some(3.6),
        p: Some(0.0078),
        q: Some(0.0156),
        k: 2,
        smallest_p: 0.0078,
        verdict: Verdict::Higher,
    }
}

fn terms() -> Vec<TermRow> {
    let row = |outlet: &str, term: &str, voice, hits| TermRow {
        outlet: outlet.into(),
        lexicon: LEXICON.into(),
        category: "ideology".into(),
        term: term.into(),
        voice,
        hits,
        found: hits,
        articles_with_hits: 1,
    };
    vec![
        row("gazette", "leftist", VoiceGroup::Worded, 20),
        row("gazette", "leftist", VoiceGroup::Quoted, 2),
        row("ledger", "far-right|x", VoiceGroup::Quoted, 1),
    ]
}

fn choices() -> Vec<ChoiceRow> {
    let row = |variant: &str, uses: u64| ChoiceRow {
        outlet: "gazette".into(),
        lexicon: LEXICON.into(),
        choice: "government".into(),
        title: "What a government is called".into(),
        variant: variant.into(),
        uses,
        choices: 8,
        articles: 4,
        articles_with_uses: uses.min(4),
        share: Some(uses as f64 / 8.0),
        low: Some(0.2),
        high: Some(0.9),
        tier: Tier::Tentative,
    };
    vec![row("regime", 6), row("government", 2), row("administration", 0)]
}

fn targets(tier: Tier) -> Vec<TargetRow> {
    let label = LabelRow {
        lexicon: LEXICON.into(),
        category: "ideology".into(),
        term: "leftist".into(),
        voice: "own".into(),
        rule: "premodifier".into(),
        labels: 2,
    };
    let row = |outlet: &str, by_term: Vec<LabelRow>| TargetRow {
        outlet: outlet.into(),
        target: "justin-trudeau".into(),
        title: "Justin Trudeau".into(),
        kind: Some("person".into()),
        mentions: 14,
        attention: Some(0.2),
        worded_mentions: 11,
        articles: 3,
        labels: by_term.iter().map(|label| label.labels).sum(),
        labelled_mentions: by_term.len() as u64,
        per_100_mentions: Some(if by_term.is_empty() { 0.0 } else { 18.18 }),
        low: Some(0.0),
        high: Some(40.0),
        tier,
        by_term,
    };
    vec![row("gazette", vec![label]), row("ledger", Vec::new())]
}

fn sources() -> Vec<SourceRow> {
    let map = |pairs: &[(&str, u64)]| {
        pairs.iter().map(|(key, value)| ((*key).to_owned(), *value)).collect()
    };
    vec![SourceRow {
        outlet: "gazette".into(),
        source: "Justin Trudeau".into(),
        kind: "target".into(),
        target: Some("justin-trudeau".into()),
        reports: 4,
        articles: 2,
        by_kind: map(&[("plain", 3), ("distancing", 1)]),
        by_verb: map(&[("say", 3), ("claim", 1)]),
        quoted_words: 31,
        attributed_words: 12,
    }]
}

fn sentence(text: &str, hit: &str, voice: &str, target: Option<&str>) -> SentenceRow {
    let start = text.find(hit).unwrap_or(0);
    SentenceRow {
        article: "gazette/001.txt".into(),
        date: Some("2017-12-18".into()),
        event: Some("visit".into()),
        line: 7,
        text: text.into(),
        start: start as u32,
        end: (start + hit.len()) as u32,
        term: hit.to_lowercase(),
        zone: "body".into(),
        voice: voice.into(),
        negated: false,
        source: (voice == "quoted").then(|| "an aide".into()),
        cue: None,
        target: target.map(str::to_owned),
        rule: target.map(|_| "premodifier".to_owned()),
    }
}

fn evidence() -> Vec<EvidenceRow> {
    let row =
        |outlet: &str, kind: &str, id: &str, total: u64, sentences: Vec<SentenceRow>| EvidenceRow {
            outlet: outlet.into(),
            kind: kind.into(),
            lexicon: (kind == "category").then(|| LEXICON.into()),
            id: id.into(),
            variant: None,
            total,
            sentences,
        };
    let label = sentence(
        "The leftist prime minister met the envoy | and left.",
        "leftist",
        "own",
        Some("justin-trudeau"),
    );
    let quoted = sentence("\"A *leftist* plot,\" an aide said.", "leftist", "quoted", None);
    let mention =
        sentence("Mr. Trudeau met the envoy.", "Mr. Trudeau", "own", Some("justin-trudeau"));
    vec![
        row("gazette", "category", "ideology", 41, vec![label.clone(), quoted]),
        row("gazette", "label", "justin-trudeau", 2, vec![label]),
        row("ledger", "mention", "justin-trudeau", 14, vec![mention]),
    ]
}

fn articles() -> Vec<ArticleRow> {
    vec![ArticleRow {
        outlet: "gazette".into(),
        id: "gazette/001.txt".into(),
        hash: "ef".repeat(32),
        date: Some("2017-12-18".into()),
        event: Some("visit".into()),
        words: [[9, 0, 0, 0], [0; 4], [0; 4], [0; 4], [300, 60, 90, 2], [0; 4]],
        hits: vec![[0, 4, 0, 0, 2, 2]],
        clusters: vec![(vec![[0, 7, 0, 0, 4, 0, 0], [0, 12, 1, 0, 4, 0, 0]], 1)],
        mentions: vec![("justin-trudeau".into(), 0, 3)],
        labelled: vec![("justin-trudeau".into(), 0, 2)],
        labels: vec![("justin-trudeau".into(), 0, 0, "premodifier".into(), 2)],
    }]
}
