//! What the columns of a file of tallies hold: a row an article.

use std::collections::BTreeMap;

use arrow_array::{Array, ArrayRef, RecordBatch};
use arrow_schema::{DataType, Field};

use super::column::{ColumnFault, Record, Value, field, record};
use super::terms::Terms;
use crate::corpus::ProblemCount;
use crate::layout::CueKind;
use crate::lexicon::EntryId;
use crate::tally::{
    ArticleTally, Candidate, Cell, Cluster, Count, Features, LabelCount, MentionCount, Quotation,
    Rank, ReportCount, SampleRule, Tallies, WordCounts,
};
use crate::text::{Span, Voice, Zone};

record!(ArticleTally {
    outlet: String,
    id: String,
    hash: blake3::Hash,
    date: Option<jiff::civil::Date>,
    event: Option<String>,
    words: WordCounts,
    counts: Vec<Count>,
    clusters: Vec<(Cluster, u32)>,
    mentions: Vec<MentionCount>,
    labels: Vec<LabelCount>,
    reports: Vec<ReportCount>,
    features: Features,
});

record!(Features { words: Vec<u32>, counts: Vec<u32>, sketch: Vec<u32> });

record!(Count { entry: EntryId, zone: Zone, voice: Voice, negated: bool, hits: u32, found: u32 });

record!(Candidate {
    start: u32,
    end: u32,
    entry: EntryId,
    wildcards: u8,
    zone: Zone,
    voice: Voice,
    negated: bool,
});

record!(MentionCount { target: String, voice: Voice, mentions: u32, labelled: u32 });

record!(LabelCount { target: String, entry: EntryId, voice: Voice, rule: &'static str, labels: u32 });

record!(ReportCount {
    source: String,
    named: bool,
    verb: String,
    kind: CueKind,
    reports: u32,
    quoted_words: u32,
    attributed_words: u32,
});

record!(ProblemCount { skipped: bool, code: String, number: u64, what: String });

struct Words {
    zone: Zone,
    voice: Voice,
    words: u32,
}

record!(Words { zone: Zone, voice: Voice, words: u32 });

impl Value for WordCounts {
    fn kind() -> DataType {
        Vec::<Words>::kind()
    }

    fn column(values: Vec<Self>, terms: &Terms) -> ArrayRef {
        let cells = |counts: Self| {
            let all = Zone::ALL.into_iter().flat_map(|zone| Voice::ALL.map(|voice| (zone, voice)));
            all.map(|(zone, voice)| {
                let words = counts.0[zone as usize][voice as usize];
                Words { zone, voice, words }
            })
            .filter(|cell| cell.words > 0)
            .collect()
        };
        Vec::<Words>::column(values.into_iter().map(cells).collect(), terms)
    }

    fn read(column: &dyn Array, terms: &Terms) -> Result<Vec<Self>, ColumnFault> {
        let counts = |cells: Vec<Words>| {
            let mut counts = Self::default();
            for Words { zone, voice, words } in cells {
                counts.0[zone as usize][voice as usize] += words;
            }
            counts
        };
        Ok(Vec::<Words>::read(column, terms)?.into_iter().map(counts).collect())
    }
}

struct ClusterRow {
    times: u32,
    candidates: Vec<Candidate>,
}

record!(ClusterRow { times: u32, candidates: Vec<Candidate> });

impl Value for (Cluster, u32) {
    fn kind() -> DataType {
        ClusterRow::kind()
    }

    fn column(values: Vec<Self>, terms: &Terms) -> ArrayRef {
        let row = |(cluster, times): Self| ClusterRow { times, candidates: cluster.0 };
        ClusterRow::column(values.into_iter().map(row).collect(), terms)
    }

    fn read(column: &dyn Array, terms: &Terms) -> Result<Vec<Self>, ColumnFault> {
        let cluster = |row: ClusterRow| (Cluster(row.candidates), row.times);
        Ok(ClusterRow::read(column, terms)?.into_iter().map(cluster).collect())
    }
}

/// A sampled sentence of an article.
struct Sentence {
    kind: String,
    lexicon: Option<String>,
    name: String,
    variant: Option<String>,
    rank: Rank,
    line: u32,
    offset: u32,
    sentence: String,
    start: u32,
    end: u32,
    term: String,
    zone: Zone,
    voice: Voice,
    negated: bool,
    source: Option<String>,
    cue: Option<String>,
    target: Option<String>,
    rule: Option<&'static str>,
}

record!(Sentence {
    kind: String,
    lexicon: Option<String>,
    name: String,
    variant: Option<String>,
    rank: Rank,
    line: u32,
    offset: u32,
    sentence: String,
    start: u32,
    end: u32,
    term: String,
    zone: Zone,
    voice: Voice,
    negated: bool,
    source: Option<String>,
    cue: Option<String>,
    target: Option<String>,
    rule: Option<&'static str>,
});

impl Sentence {
    fn new(cell: &Cell, rank: &Rank, quotation: Quotation, terms: &Terms) -> Self {
        let names = terms.names(cell);
        let label = quotation.label;
        Self {
            kind: names.kind.to_owned(),
            lexicon: names.lexicon,
            name: names.name,
            variant: names.variant,
            rank: *rank,
            line: quotation.line,
            offset: quotation.offset,
            sentence: quotation.sentence,
            start: quotation.hit.start,
            end: quotation.hit.end,
            term: quotation.term,
            zone: quotation.zone,
            voice: quotation.voice,
            negated: quotation.negated,
            source: quotation.source,
            cue: quotation.cue,
            rule: label.as_ref().map(|(_, rule)| *rule),
            target: label.map(|(target, _)| target),
        }
    }

    /// The cell and the quotation; `None` for a cell or a place that can't be.
    fn into_quotation(self, article: &ArticleTally, terms: &Terms) -> Option<(Cell, Quotation)> {
        let lexicon = self.lexicon.as_deref();
        let cell = terms.cell(&self.kind, lexicon, &self.name, self.variant.as_deref())?;
        let range = self.start as usize..self.end as usize;
        self.sentence.get(range.clone())?;
        let quotation = Quotation {
            article: article.id.clone(),
            hash: article.hash,
            date: article.date,
            event: article.event.clone(),
            line: self.line,
            offset: self.offset,
            sentence: self.sentence,
            hit: Span::new(range.start, range.end),
            term: self.term,
            zone: self.zone,
            voice: self.voice,
            negated: self.negated,
            source: self.source,
            cue: self.cue,
            label: self.target.zip(self.rule),
        };
        Some((cell, quotation))
    }
}

/// In the column `row`: an article.
const ARTICLE: &str = "article";
/// In the column `row`: what was noticed while reading; the other columns hold nothing.
const PROBLEMS: &str = "problems";

/// The columns of a file of tallies.
pub(super) fn fields() -> Vec<Field> {
    let mut fields = vec![field::<String>("row")];
    fields.extend(ArticleTally::fields());
    fields.push(field::<Vec<Sentence>>("evidence"));
    fields.push(field::<Vec<ProblemCount>>("problems"));
    fields
}

/// The rows of a batch of articles, sorted, each with those of its sentences that the sample of the
/// batch keeps; and a row of problems, if there are any.
pub(super) fn columns(
    mut tallies: Tallies,
    problems: Vec<ProblemCount>,
    terms: &Terms,
) -> Vec<ArrayRef> {
    tallies.sort();
    let (mut articles, sample) = tallies.into_parts();
    let mut sentences: BTreeMap<(&str, String, [u8; 32]), Vec<Sentence>> = BTreeMap::new();
    for (outlet, cell, rank, quotation) in sample.ranked() {
        let key = (outlet, quotation.article.clone(), *quotation.hash.as_bytes());
        sentences.entry(key).or_default().push(Sentence::new(cell, rank, quotation, terms));
    }
    let mut evidence: Vec<Vec<Sentence>> = articles
        .iter()
        .map(|article| {
            let key = (article.outlet.as_str(), article.id.clone(), *article.hash.as_bytes());
            sentences.remove(&key).unwrap_or_default()
        })
        .collect();
    let mut kinds = vec![ARTICLE.to_owned(); articles.len()];
    let mut noticed = vec![Vec::new(); articles.len()];
    if !problems.is_empty() {
        kinds.push(PROBLEMS.to_owned());
        articles.push(nothing());
        evidence.push(Vec::new());
        noticed.push(problems);
    }
    let mut columns = vec![String::column(kinds, terms)];
    columns.extend(ArticleTally::columns(articles, terms));
    columns.push(Vec::<Sentence>::column(evidence, terms));
    columns.push(Vec::<ProblemCount>::column(noticed, terms));
    columns
}

fn nothing() -> ArticleTally {
    ArticleTally {
        outlet: String::new(),
        id: String::new(),
        hash: blake3::hash(b""),
        date: None,
        event: None,
        words: WordCounts::default(),
        counts: Vec::new(),
        clusters: Vec::new(),
        mentions: Vec::new(),
        labels: Vec::new(),
        reports: Vec::new(),
        features: Features::default(),
    }
}

/// Adds the rows of a batch to tallies and problems.
pub(super) fn read(
    batch: &RecordBatch,
    terms: &Terms,
    rule: SampleRule,
    (tallies, problems): (&mut Tallies, &mut Vec<ProblemCount>),
) -> Result<(), ColumnFault> {
    let part = |name: &str| batch.column_by_name(name).cloned();
    let kinds: Vec<String> = named("row", &part, terms)?;
    let evidence: Vec<Vec<Sentence>> = named("evidence", &part, terms)?;
    let noticed: Vec<Vec<ProblemCount>> = named("problems", &part, terms)?;
    let articles = ArticleTally::rows(batch.num_rows(), &part, terms)?;
    problems.extend(noticed.into_iter().flatten());
    for ((kind, article), sentences) in kinds.into_iter().zip(articles).zip(evidence) {
        match kind.as_str() {
            ARTICLE => {}
            PROBLEMS => continue,
            _ => {
                return Err(
                    ColumnFault::new("is neither an article nor a row of problems").below("row")
                );
            }
        }
        let mut sample = crate::tally::EvidenceSample::default();
        for sentence in sentences {
            let rank = sentence.rank;
            let fault =
                || ColumnFault::new("names what these lexicons don't have").below("evidence");
            let (cell, quotation) = sentence.into_quotation(&article, terms).ok_or_else(fault)?;
            sample.insert(rule, (article.outlet.clone(), cell), rank, quotation);
        }
        tallies.push(article, sample, rule);
    }
    Ok(())
}

fn named<T: Value>(
    name: &str,
    part: &dyn Fn(&str) -> Option<ArrayRef>,
    terms: &Terms,
) -> Result<Vec<T>, ColumnFault> {
    let column = part(name).ok_or_else(|| ColumnFault::new("is missing").below(name))?;
    T::read(column.as_ref(), terms).map_err(|fault| fault.below(name))
}
