//! An article as it is read from the packed articles of a corpus.

use crate::tally::article::{
    ArticleTally, Cluster, Count, LabelCount, MentionCount, ReportCount, WordCounts,
};

/// Which article it is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Head<'a> {
    /// The group that it belongs to.
    pub outlet: &'a str,
    /// Its id.
    pub id: String,
    /// BLAKE3 of its text.
    pub hash: [u8; 32],
    /// Day of publication.
    pub date: Option<jiff::civil::Date>,
    /// The story that it covers, where declared.
    pub event: Option<&'a str>,
}

/// What was counted of an article: an [`ArticleTally`] whose names stand elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row<'a> {
    /// Which article it is.
    pub head: Head<'a>,
    /// Words by zone and voice.
    pub words: WordCounts,
    /// Hits, sorted.
    pub counts: Vec<Count>,
    /// Overlapping candidates of a group with how often each constellation stands there.
    pub clusters: Vec<(Cluster, u32)>,
    /// Mentions by target, sorted.
    pub mentions: Vec<MentionCount<&'a str>>,
    /// Labels by target, sorted.
    pub labels: Vec<LabelCount<&'a str>>,
    /// Reported speech by source and verb, sorted.
    pub reports: Vec<ReportCount<&'a str>>,
}

impl<'a> From<&'a ArticleTally> for Row<'a> {
    fn from(article: &'a ArticleTally) -> Self {
        let mention = |count: &'a MentionCount| MentionCount {
            target: count.target.as_str(),
            voice: count.voice,
            mentions: count.mentions,
            labelled: count.labelled,
        };
        let label = |count: &'a LabelCount| LabelCount {
            target: count.target.as_str(),
            entry: count.entry,
            voice: count.voice,
            rule: count.rule,
            labels: count.labels,
        };
        let report = |count: &'a ReportCount| ReportCount {
            source: count.source.as_str(),
            named: count.named,
            verb: count.verb.as_str(),
            kind: count.kind,
            reports: count.reports,
            quoted_words: count.quoted_words,
            attributed_words: count.attributed_words,
        };
        Row {
            head: Head {
                outlet: &article.outlet,
                id: article.id.clone(),
                hash: *article.hash.as_bytes(),
                date: article.date,
                event: article.event.as_deref(),
            },
            words: article.words,
            counts: article.counts.clone(),
            clusters: article.clusters.clone(),
            mentions: article.mentions.iter().map(mention).collect(),
            labels: article.labels.iter().map(label).collect(),
            reports: article.reports.iter().map(report).collect(),
        }
    }
}
