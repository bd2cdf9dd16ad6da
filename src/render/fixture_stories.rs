//! Rows of comparisons of choices and labels, and of events, for the reports of the tests.

use crate::report::*;
use crate::statistics::evidence::{Tier, Verdict};

/// Adds a row to every table of its kind.
pub(super) fn add(report: &mut Report) {
    report.choice_comparisons = vec![choice_comparison()];
    report.label_comparisons = vec![label_comparison()];
    report.target_labels = vec![target_label("gazette", 2), target_label("ledger", 0)];
    report.event_method = EventMethod {
        used: "found".into(),
        threshold: Some(0.2),
        days: Some(7),
        limit: 50_000,
        without_date: 1,
        undeclared: 54,
        alone: 50,
    };
    report.events = vec![event()];
    report.coverage = vec![CoverageRow {
        outlet: "gazette".into(),
        others: 1,
        events: 4,
        covered: 3,
        share: Some(0.75),
        low: Some(0.3),
        high: Some(0.95),
    }];
    report.omissions =
        vec![omission("event", None, "tillerson-ottawa"), omission("target", Some("cuba"), "Cuba")];
    report.side_by_side = vec![side_by_side()];
}

/// Puts `text` wherever these rows have one from outside.
pub(super) fn with_text(report: &mut Report, text: &str) {
    let passages = report.side_by_side.iter_mut().flat_map(|row| {
        row.title = text.to_owned();
        let reported = row.utterances.iter_mut().flat_map(|utterance| {
            utterance.source = text.to_owned();
            &mut utterance.reports
        });
        let sides = row.subjects.iter_mut().flat_map(|subject| {
            subject.title = text.to_owned();
            &mut subject.sides
        });
        let shown = sides.flat_map(|side| {
            side.wordings.iter_mut().for_each(|wording| wording.text = text.to_owned());
            &mut side.passages
        });
        shown.chain(reported.map(|report| &mut report.passage))
    });
    for passage in passages {
        passage.text = text.to_owned();
        passage.article = text.to_owned();
        passage.source = Some(text.to_owned());
    }
    for row in &mut report.events {
        row.title = text.to_owned();
    }
    for row in &mut report.omissions {
        (row.title, row.event) = (text.to_owned(), text.to_owned());
    }
}

fn choice_comparison() -> ChoiceComparisonRow {
    ChoiceComparisonRow {
        lexicon: "labels".into(),
        choice: "head-of-government".into(),
        title: "What a government is called".into(),
        variant: "regime".into(),
        a: "gazette".into(),
        b: Some("ledger".into()),
        uses_a: 14,
        uses_b: 3,
        choices_a: 20,
        choices_b: 25,
        articles_a: 12,
        articles_b: 14,
        articles_with_uses_a: 9,
        articles_with_uses_b: 2,
        share_a: Some(0.7),
        share_b: Some(0.12),
        difference: Some(0.58),
        low: Some(0.3),
        high: Some(0.78),
        p: Some(0.0002),
        q: Some(0.001),
        k: 9,
        smallest_p: 0.0001,
        leave_one_out_low: Some(0.5),
        leave_one_out_high: Some(0.6),
        tier: Tier::Reportable,
        reasons: Vec::new(),
        verdict: Verdict::Higher,
    }
}

fn label_comparison() -> LabelComparisonRow {
    LabelComparisonRow {
        target: "justin-trudeau".into(),
        title: "Justin Trudeau".into(),
        lexicon: None,
        category: None,
        a: "gazette".into(),
        b: None,
        labels_a: 16,
        labels_b: 0,
        mentions_a: 52,
        mentions_b: 61,
        labelled_a: Some(14),
        labelled_b: Some(0),
        articles_a: 11,
        articles_b: 5,
        articles_with_labels_a: 8,
        articles_with_labels_b: 0,
        per_100_a: Some(30.77),
        per_100_b: Some(0.0),
        difference: Some(30.77),
        ratio: None,
        log2_ratio: Some(5.2),
        low: Some(1.9),
        high: None,
        lrc: Some(1.9),
        mdr: Some(6.2),
        p: Some(0.004),
        q: Some(0.02),
        k: 5,
        smallest_p: 0.0002,
        leave_one_out_low: Some(4.8),
        leave_one_out_high: Some(5.3),
        tier: Tier::Tentative,
        reasons: vec![ReasonRow {
            code: "few-articles".into(),
            found: Some(5.0),
            needed: Some(10.0),
        }],
        verdict: Verdict::NotEnoughEvidence,
        terms: vec![LabelTermRow {
            lexicon: "labels".into(),
            category: "ideology".into(),
            term: "leftist".into(),
            labels_a: 16,
            labels_b: 0,
        }],
    }
}

fn target_label(outlet: &str, labels: u64) -> TargetLabelRow {
    TargetLabelRow {
        outlet: outlet.into(),
        target: "justin-trudeau".into(),
        title: "Justin Trudeau".into(),
        lexicon: "labels".into(),
        category: "ideology".into(),
        labels,
        mentions: 11,
        articles: 3,
        articles_with_labels: labels.min(2),
        per_100_mentions: Some(labels as f64 * 100.0 / 11.0),
        low: Some(0.0),
        high: Some(50.0),
        tier: Tier::Tentative,
    }
}

fn columns() -> Vec<EventOutletRow> {
    let column = |(outlet, article): (&str, &str)| EventOutletRow {
        outlet: outlet.into(),
        articles: vec![article.into()],
    };
    [("gazette", "gazette/1.txt"), ("ledger", "ledger/1.txt")].into_iter().map(column).collect()
}

fn event() -> EventRow {
    EventRow {
        event: "2017-12-18-tillerson-ottawa".into(),
        title: "2017-12-18: Tillerson, Ottawa".into(),
        how: "found".into(),
        first: Some("2017-12-18".into()),
        last: Some("2017-12-19".into()),
        articles: 2,
        similarity: Some(0.41),
        outlets: columns(),
        copies: vec![CopiesRow {
            articles: vec![
                ["gazette".into(), "gazette/1.txt".into()],
                ["ledger".into(), "ledger/1.txt".into()],
            ],
            similarity: Some(0.8),
        }],
    }
}

fn omission(kind: &str, target: Option<&str>, title: &str) -> OmissionRow {
    OmissionRow {
        outlet: "gazette".into(),
        kind: kind.into(),
        event: "tillerson-ottawa".into(),
        target: target.map(str::to_owned),
        title: title.into(),
        outlets: vec!["ledger".into()],
        articles: 1,
        mentions: 3,
        own_articles: 1,
    }
}

fn passage(article: &str, text: &str, marked: &str, kind: &str) -> PassageRow {
    let start = text.find(marked).expect("in the sentence");
    PassageRow {
        article: article.into(),
        date: Some("2017-12-19".into()),
        line: 12,
        text: text.into(),
        marks: vec![MarkRow {
            start: start as u32,
            end: (start + marked.len()) as u32,
            kind: kind.into(),
            term: "leftist".into(),
            rule: "premodifier".into(),
        }],
        zone: "body".into(),
        voice: "own".into(),
        source: None,
        cue: None,
    }
}

fn side_by_side() -> SideBySideRow {
    let side = |(outlet, wording, labelled): (&str, &str, bool)| SideRow {
        outlet: outlet.into(),
        total: 1,
        labelled: u64::from(labelled),
        wordings: vec![WordingRow {
            text: wording.into(),
            times: 1,
            labelled,
            voices: vec!["own".into()],
        }],
        passages: vec![passage(
            &format!("{outlet}/1.txt"),
            &format!("There {wording} spoke."),
            wording,
            "phrase",
        )],
    };
    let report = |(outlet, verb, text): (&str, &str, &str)| ReportedRow {
        outlet: outlet.into(),
        verb: verb.into(),
        kind: if verb == "say" { "plain" } else { "distancing" }.into(),
        quoted_words: 0,
        attributed_words: 7,
        passage: passage(&format!("{outlet}/1.txt"), text, "talks with Cuba", "shared"),
    };
    SideBySideRow {
        event: Some("2017-12-18-tillerson-ottawa".into()),
        title: "2017-12-18: Tillerson, Ottawa".into(),
        how: "found".into(),
        outlets: columns(),
        subjects: vec![SubjectRow {
            kind: "target".into(),
            lexicon: None,
            id: "justin-trudeau".into(),
            title: "Justin Trudeau".into(),
            sides: vec![
                side(("gazette", "leftist Prime Minister Justin Trudeau", true)),
                side(("ledger", "Mr. Trudeau", false)),
            ],
        }],
        utterances: vec![UtteranceRow {
            source: "Justin Trudeau".into(),
            date: Some("2017-12-19".into()),
            shared: vec!["cuba".into(), "talks".into()],
            reports: vec![
                report(("gazette", "claim", "He claimed there would be talks with Cuba.")),
                report(("ledger", "say", "Mr. Trudeau said that talks with Cuba may follow.")),
            ],
        }],
    }
}
