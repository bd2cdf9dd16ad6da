//! What the columns of a file of sums hold: a row a sum.

use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::Field;

use super::column::{ColumnFault, Record, record};
use super::terms::Terms;
use crate::lexicon::EntryId;
use crate::tally::{Moments, Sum, SumOf, Sums, VoiceGroup};
use crate::text::{Voice, Zone};

/// A sum under names that mean the same everywhere. Rows with equal `row`, `outlet`, `name`, `entry`,
/// `voice` and `rule` are added up: numbers by their sum, `most_hits` and `last` by the largest, `first`
/// and `what` by the smallest.
struct SumRow {
    row: String,
    outlet: String,
    name: String,
    entry: Option<EntryId>,
    voice: String,
    rule: Option<&'static str>,
    articles: u64,
    articles_with_hits: u64,
    hits: u64,
    found: u64,
    words: u64,
    hits_squared: u128,
    hits_words: u128,
    words_squared: u128,
    most_hits: u64,
    first: Option<jiff::civil::Date>,
    last: Option<jiff::civil::Date>,
    what: Option<String>,
}

record!(SumRow {
    row: String,
    outlet: String,
    name: String,
    entry: Option<EntryId>,
    voice: String,
    rule: Option<&'static str>,
    articles: u64,
    articles_with_hits: u64,
    hits: u64,
    found: u64,
    words: u64,
    hits_squared: u128,
    hits_words: u128,
    words_squared: u128,
    most_hits: u64,
    first: Option<jiff::civil::Date>,
    last: Option<jiff::civil::Date>,
    what: Option<String>,
});

/// What a sum is of, by names.
#[derive(Default)]
struct Named {
    row: &'static str,
    name: String,
    entry: Option<EntryId>,
    voice: &'static str,
    rule: Option<&'static str>,
}

fn named(of: &SumOf, terms: &Terms) -> Named {
    let plain = |row, name: String| Named { row, name, ..Named::default() };
    let voiced = |row, name: String, voice| Named { row, name, voice, ..Named::default() };
    match of {
        SumOf::Articles => plain("articles", String::new()),
        SumOf::Duplicates => plain("duplicates", String::new()),
        SumOf::Words(zone, voice) => voiced("words", zone.name().to_owned(), voice.name()),
        SumOf::Event(event) => plain("event", event.clone()),
        SumOf::Category(group, voice) => {
            voiced("category", terms.group_name(*group).to_owned(), voice.name())
        }
        SumOf::OwnShare(group) => plain("own-share", terms.group_name(*group).to_owned()),
        SumOf::ArticleShare(group) => plain("article-share", terms.group_name(*group).to_owned()),
        SumOf::Term(entry, voice) => {
            let entry = Some(*entry);
            Named { entry, ..voiced("term", String::new(), voice.name()) }
        }
        SumOf::Variant(group, variant, voice) => {
            let variant = terms.variant_name(*group, *variant);
            voiced("variant", format!("{}={variant}", terms.group_name(*group)), voice.name())
        }
        SumOf::Target(target, voice) => voiced("target", target.clone(), voice.name()),
        SumOf::Label(target, entry, voice, rule) => Named {
            entry: Some(*entry),
            rule: Some(rule),
            ..voiced("label", target.clone(), voice.name())
        },
        SumOf::Problem(true, code) => plain("skipped", code.clone()),
        SumOf::Problem(false, code) => plain("warned", code.clone()),
    }
}

/// `None` for names that these lexicons or this version don't have.
fn unnamed(row: &SumRow, terms: &Terms) -> Option<SumOf> {
    let group = |choice| terms.group_named(choice, &row.name);
    let voices = || VoiceGroup::from_name(&row.voice);
    Some(match row.row.as_str() {
        "articles" => SumOf::Articles,
        "duplicates" => SumOf::Duplicates,
        "words" => SumOf::Words(Zone::from_name(&row.name)?, Voice::from_name(&row.voice)?),
        "event" => SumOf::Event(row.name.clone()),
        "category" => SumOf::Category(group(false)?, voices()?),
        "own-share" => SumOf::OwnShare(group(false)?),
        "article-share" => SumOf::ArticleShare(group(false)?),
        "term" => SumOf::Term(row.entry?, voices()?),
        "variant" => {
            let (choice, variant) = row.name.split_once('=')?;
            let group = terms.group_named(true, choice)?;
            SumOf::Variant(group, terms.variant_named(group, variant)?, voices()?)
        }
        "target" => SumOf::Target(row.name.clone(), voices()?),
        "label" => {
            let voice = Voice::from_name(&row.voice)?;
            SumOf::Label(row.name.clone(), row.entry?, voice, row.rule?)
        }
        "skipped" => SumOf::Problem(true, row.name.clone()),
        "warned" => SumOf::Problem(false, row.name.clone()),
        _ => return None,
    })
}

/// The columns of a file of sums.
pub(super) fn fields() -> Vec<Field> {
    SumRow::fields()
}

/// The rows of sums, in their order.
pub(super) fn columns(sums: Sums, terms: &Terms) -> Vec<ArrayRef> {
    let row = |((outlet, of), sum): ((String, SumOf), Sum)| {
        let named = named(&of, terms);
        let Moments { articles, articles_with_hits, hits, words, most_hits, .. } = sum.moments;
        SumRow {
            row: named.row.to_owned(),
            outlet,
            name: named.name,
            entry: named.entry,
            voice: named.voice.to_owned(),
            rule: named.rule,
            articles,
            articles_with_hits,
            hits,
            found: sum.found,
            words,
            hits_squared: sum.moments.hits_squared,
            hits_words: sum.moments.hits_words,
            words_squared: sum.moments.words_squared,
            most_hits,
            first: sum.days.map(|(first, _)| first),
            last: sum.days.map(|(_, last)| last),
            what: sum.what,
        }
    };
    SumRow::columns(sums.into_iter().map(row).collect(), terms)
}

/// Adds the rows of a batch to sums.
pub(super) fn read(batch: &RecordBatch, terms: &Terms, sums: &mut Sums) -> Result<(), ColumnFault> {
    let part = |name: &str| batch.column_by_name(name).cloned();
    for row in SumRow::rows(batch.num_rows(), &part, terms)? {
        let of = unnamed(&row, terms).ok_or_else(|| {
            let (kind, name, voice) = (&row.row, &row.name, &row.voice);
            let reason =
                format!("`{kind}` `{name}` `{voice}` is none of this version or of these lexicons");
            ColumnFault::new(reason).below("row")
        })?;
        let moments = Moments {
            articles: row.articles,
            articles_with_hits: row.articles_with_hits,
            hits: row.hits,
            words: row.words,
            hits_squared: row.hits_squared,
            hits_words: row.hits_words,
            words_squared: row.words_squared,
            most_hits: row.most_hits,
        };
        let days = row.first.zip(row.last);
        let sum = Sum { moments, found: row.found, days, what: row.what };
        sums.add(&row.outlet, of, sum);
    }
    Ok(())
}
