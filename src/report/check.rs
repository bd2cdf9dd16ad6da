//! Whether a saved report agrees with itself: every table's whole numbers follow from its articles.

use std::collections::{BTreeMap, BTreeSet};

use super::figure::figure;
use super::model::{ArticleRow, Report};
use super::provenance::{corpus_fingerprint, entries_fingerprint};
use crate::statistics::{Document, Totals};
use crate::tally::VoiceGroup;
use crate::text::{Voice, Zone, ZoneSet};

/// A row of a report that does not follow from its articles.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{table}: {row}: {what} is {says}, but the report's articles give {counted}. It was changed after \
     it was made; make it again"
)]
pub struct Disagreement {
    /// Key of the table.
    pub table: &'static str,
    /// Which row.
    pub row: String,
    /// Which number.
    pub what: &'static str,
    /// What the row says.
    pub says: String,
    /// What the articles give.
    pub counted: String,
}

/// Compares the whole numbers of a report's tables with what its articles give, and its fingerprints
/// with what they are of. Tables that other versions may add are not looked at.
///
/// # Errors
/// The first row that does not agree.
pub fn check(report: &Report) -> Result<(), Disagreement> {
    let index = Index::new(report);
    places(report, &index)?;
    fingerprints(report)?;
    outlets(report)?;
    let counted = Counted::new(report, &index);
    rates(report, &counted)?;
    article_shares(report, &counted)?;
    choices(report, &counted)?;
    targets(report)
}

fn expect<T: PartialEq + std::fmt::Debug>(
    (table, what): (&'static str, &'static str),
    row: impl Fn() -> String,
    says: T,
    counted: T,
) -> Result<(), Disagreement> {
    if says == counted {
        return Ok(());
    }
    let [says, counted] = [says, counted].map(|value| format!("{value:?}").replace("Some", ""));
    Err(Disagreement { table, row: row(), what, says, counted })
}

/// What each entry counts for.
struct Index<'a> {
    /// Index of the category, or the choice and its variant.
    places: Vec<Place<'a>>,
    zones: Vec<ZoneSet>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place<'a> {
    Category(usize),
    Variant([&'a str; 3]),
    Other,
}

impl<'a> Index<'a> {
    fn new(report: &'a Report) -> Self {
        let categories: BTreeMap<(&str, &str), usize> = report
            .categories
            .iter()
            .enumerate()
            .map(|(index, row)| ((row.lexicon.as_str(), row.category.as_str()), index))
            .collect();
        let mut places = Vec::new();
        for lexicon in &report.provenance.lexicons {
            for entry in &lexicon.entries {
                let category = categories.get(&(lexicon.id.as_str(), entry.group.as_str()));
                places.push(match (entry.kind.as_str(), category, &entry.variant) {
                    ("category", Some(&index), _) => Place::Category(index),
                    ("choice", _, Some(variant)) => {
                        Place::Variant([&lexicon.id, &entry.group, variant])
                    }
                    _ => Place::Other,
                });
            }
        }
        let zones_of = |names: &[String]| {
            let zones = Zone::ALL.into_iter();
            zones
                .filter(|zone| names.iter().any(|name| name == zone.name()))
                .fold(ZoneSet::EMPTY, ZoneSet::with)
        };
        Self { places, zones: report.categories.iter().map(|row| zones_of(&row.zones)).collect() }
    }
}

/// Numbers in the articles that name something which is not there.
fn places(report: &Report, index: &Index<'_>) -> Result<(), Disagreement> {
    let entries = index.places.len();
    for article in &report.articles {
        let hits = article.hits.iter().map(|&[entry, zone, voice, ..]| [entry, zone, voice]);
        let inside = article.clusters.iter().flat_map(|(cluster, _)| cluster);
        let inside = inside.map(|&[_, _, entry, _, zone, voice, _]| [entry, zone, voice]);
        let labels = article.labels.iter().map(|&(_, entry, voice, ..)| [entry, 0, voice]);
        let row = || format!("{}, {}", article.outlet, article.id);
        for [entry, zone, voice] in hits.chain(inside).chain(labels) {
            let known = (entry as usize) < entries && zone < 6 && voice < 4;
            expect(("articles", "every number names an entry, a zone, a voice"), row, true, known)?;
        }
        let more = article.hits.iter().all(|&[.., hits, found]| hits <= found);
        expect(("articles", "no term counts oftener than it was found"), row, true, more)?;
    }
    Ok(())
}

fn fingerprints(report: &Report) -> Result<(), Disagreement> {
    let mut articles: Vec<[&str; 3]> = report
        .articles
        .iter()
        .map(|row| [row.outlet.as_str(), row.id.as_str(), row.hash.as_str()])
        .collect();
    articles.sort_unstable();
    let found = corpus_fingerprint(&articles).unwrap_or_else(|| "no fingerprint".to_owned());
    let row = || "corpus".to_owned();
    expect(("provenance", "the fingerprint"), row, report.provenance.corpus.clone(), found)?;
    for lexicon in &report.provenance.lexicons {
        let found = entries_fingerprint(&lexicon.entries);
        expect(
            ("provenance", "the fingerprint"),
            || lexicon.id.clone(),
            lexicon.hash.clone(),
            found,
        )?;
    }
    Ok(())
}

fn outlets(report: &Report) -> Result<(), Disagreement> {
    let mut sums: BTreeMap<&str, [u64; 2]> = BTreeMap::new();
    for article in &report.articles {
        let zones = Zone::ALL.into_iter().filter(|&zone| zone != Zone::Boilerplate);
        let words = zones.flat_map(|zone| article.words[zone as usize]).map(u64::from).sum::<u64>();
        let sum = sums.entry(&article.outlet).or_default();
        sum[0] += 1;
        sum[1] += words;
    }
    for row in &report.outlets {
        let [articles, words] = sums.remove(row.outlet.as_str()).unwrap_or_default();
        let name = || row.outlet.clone();
        expect(("outlets", "articles"), name, row.articles, articles)?;
        expect(("outlets", "words"), name, row.words, words)?;
    }
    let left = sums.into_iter().next();
    let name = || left.map(|(outlet, _)| outlet.to_owned()).unwrap_or_default();
    expect(("outlets", "number of its rows"), name, 0, usize::from(left.is_some()))
}

/// What the articles give.
struct Counted<'a> {
    outlets: BTreeMap<&'a str, OutletCounts<'a>>,
    /// Categories by lexicon and id.
    categories: BTreeMap<(&'a str, &'a str), usize>,
}

#[derive(Default)]
struct OutletCounts<'a> {
    /// By category, in the order of [`VoiceGroup::ALL`].
    rates: Vec<[Totals; 6]>,
    /// By category: hits are articles with enough different terms, words are articles.
    shares: Vec<Totals>,
    /// Uses of variants in the outlet's wording.
    uses: BTreeMap<[&'a str; 3], u64>,
}

impl<'a> Counted<'a> {
    fn new(report: &'a Report, index: &Index<'a>) -> Self {
        let mut outlets: BTreeMap<&str, OutletCounts<'_>> = BTreeMap::new();
        let number = report.categories.len();
        for article in &report.articles {
            let outlet = outlets.entry(&article.outlet).or_insert_with(|| OutletCounts {
                rates: vec![[Totals::default(); 6]; number],
                shares: vec![Totals::default(); number],
                uses: BTreeMap::new(),
            });
            outlet.add(report, index, article);
        }
        let names = report.categories.iter().enumerate();
        let categories = names.map(|(i, row)| ((&*row.lexicon, &*row.category), i)).collect();
        Self { outlets, categories }
    }

    /// An outlet's counts and the index of a category; `None` where there is no such.
    fn of(&self, outlet: &str, category: (&str, &str)) -> Option<(&OutletCounts<'a>, usize)> {
        Some((self.outlets.get(outlet)?, *self.categories.get(&category)?))
    }
}

impl<'a> OutletCounts<'a> {
    fn add(&mut self, report: &Report, index: &Index<'a>, article: &'a ArticleRow) {
        let number = report.categories.len();
        let mut hits = vec![[0u64; 4]; number];
        let mut different: BTreeSet<(usize, u32)> = BTreeSet::new();
        for &[entry, _, voice, _, count, _] in &article.hits {
            match index.places[entry as usize] {
                Place::Category(category) => {
                    hits[category][voice as usize] += u64::from(count);
                    if count > 0 && report.categories[category].distinct.is_some() {
                        different.insert((category, entry));
                    }
                }
                Place::Variant(variant) if Voice::ALL[voice as usize] != Voice::Quoted => {
                    *self.uses.entry(variant).or_default() += u64::from(count);
                }
                _ => {}
            }
        }
        let sum = |counts: &[u64; 4], voices: &[Voice]| -> u64 {
            voices.iter().map(|&voice| counts[voice as usize]).sum()
        };
        for (category, (row, zones)) in report.categories.iter().zip(&index.zones).enumerate() {
            let mut words = [0u64; 4];
            for zone in zones.iter() {
                let by_voice = article.words[zone as usize];
                words.iter_mut().zip(by_voice).for_each(|(sum, count)| *sum += u64::from(count));
            }
            for (voice, totals) in VoiceGroup::ALL.into_iter().zip(&mut self.rates[category]) {
                let hits = sum(&hits[category], voice.hit_voices());
                add(totals, Document::new(hits, sum(&words, voice.voices())));
            }
            if let Some(distinct) = row.distinct {
                let held = different.range((category, 0)..(category + 1, 0)).count();
                let enough = held >= distinct as usize;
                let document = Document::new(u64::from(enough), words.iter().sum());
                add(&mut self.shares[category], document);
            }
        }
    }
}

/// Adds an article; one without words takes no part.
fn add(totals: &mut Totals, document: Document) {
    if document.words > 0 {
        totals.hits += document.hits;
        totals.words += document.words;
        totals.articles += 1;
        totals.articles_with_hits += u64::from(document.hits > 0);
    }
}

fn rates(report: &Report, counted: &Counted<'_>) -> Result<(), Disagreement> {
    for row in &report.rates {
        let name =
            || format!("{}, {}/{}, {}", row.outlet, row.lexicon, row.category, row.voice.name());
        let found = counted.of(&row.outlet, (&row.lexicon, &row.category));
        let place = VoiceGroup::ALL.iter().position(|voice| *voice == row.voice).unwrap_or(0);
        let totals = found.map(|(outlet, category)| outlet.rates[category][place]);
        let totals = totals.unwrap_or_default();
        expect(("rates", "hits"), name, row.hits, totals.hits)?;
        expect(("rates", "words"), name, row.words, totals.words)?;
        expect(("rates", "articles"), name, row.articles, totals.articles)?;
        let with_hits = totals.articles_with_hits;
        expect(("rates", "articles_with_hits"), name, row.articles_with_hits, with_hits)?;
        expect(("rates", "rate"), name, row.rate, figure(totals.rate()))?;
    }
    let mut missing: BTreeSet<(&str, &str, &str, VoiceGroup)> = BTreeSet::new();
    for outlet in counted.outlets.keys() {
        for (lexicon, category) in counted.categories.keys() {
            missing.extend(VoiceGroup::ALL.map(|voice| (*outlet, *lexicon, *category, voice)));
        }
    }
    const ROWS: (&str, &str) = ("rates", "number of its rows");
    let name = |(outlet, lexicon, category, voice): (&str, &str, &str, VoiceGroup)| {
        format!("{outlet}, {lexicon}/{category}, {}", voice.name())
    };
    for row in &report.rates {
        let key = (row.outlet.as_str(), row.lexicon.as_str(), row.category.as_str(), row.voice);
        // A second one, or one of an outlet or a category that there is not.
        let once = missing.remove(&key);
        expect(ROWS, || name(key), if once { 1 } else { 2 }, 1)?;
    }
    match missing.first() {
        Some(first) => expect(ROWS, || name(*first), 0, 1),
        None => Ok(()),
    }
}

fn article_shares(report: &Report, counted: &Counted<'_>) -> Result<(), Disagreement> {
    for row in &report.article_shares {
        let name = || format!("{}, {}/{}", row.outlet, row.lexicon, row.category);
        let found = counted.of(&row.outlet, (&row.lexicon, &row.category));
        let totals = found.map(|(outlet, category)| outlet.shares[category]).unwrap_or_default();
        let with = totals.articles_with_hits;
        expect(("article_shares", "articles_with"), name, row.articles_with, with)?;
        expect(("article_shares", "articles"), name, row.articles, totals.articles)?;
    }
    Ok(())
}

fn choices(report: &Report, counted: &Counted<'_>) -> Result<(), Disagreement> {
    for row in &report.choices {
        let name = || format!("{}, {}/{}, {}", row.outlet, row.lexicon, row.choice, row.variant);
        let variant = [&*row.lexicon, &*row.choice, &*row.variant];
        let uses = counted.outlets.get(row.outlet.as_str()).map(|outlet| &outlet.uses);
        let of_choice = uses.into_iter().flatten();
        let of_choice = of_choice.filter(|([l, c, _], _)| [*l, *c] == [variant[0], variant[1]]);
        let choices = of_choice.map(|(_, uses)| uses).sum();
        let uses = uses.and_then(|uses| uses.get(&variant)).copied().unwrap_or(0);
        expect(("choices", "uses"), name, row.uses, uses)?;
        expect(("choices", "choices"), name, row.choices, choices)?;
    }
    Ok(())
}

fn targets(report: &Report) -> Result<(), Disagreement> {
    // By outlet and target: mentions, those in the outlet's wording, labels in it.
    let mut sums: BTreeMap<(&str, &str), [u64; 3]> = BTreeMap::new();
    let is_worded = |voice: u32| {
        Voice::ALL.get(voice as usize).is_some_and(|&voice| VoiceGroup::Worded.counts(voice))
    };
    for article in &report.articles {
        let mut here: BTreeMap<&str, [u64; 3]> = BTreeMap::new();
        for (target, voice, mentions) in &article.mentions {
            let sum = here.entry(target).or_default();
            sum[0] += u64::from(*mentions);
            sum[1] += if is_worded(*voice) { u64::from(*mentions) } else { 0 };
        }
        for (target, _, voice, _, labels) in &article.labels {
            let sum = here.entry(target).or_default();
            sum[2] += if is_worded(*voice) { u64::from(*labels) } else { 0 };
        }
        for (target, [all, worded, labels]) in here {
            let sum = sums.entry((&article.outlet, target)).or_default();
            sum[0] += all;
            sum[1] += worded;
            // Without a mention to measure them against, labels have no rate.
            sum[2] += if worded > 0 { labels } else { 0 };
        }
    }
    for row in &report.targets {
        let name = || format!("{}, {}", row.outlet, row.target);
        let key = (row.outlet.as_str(), row.target.as_str());
        let [all, worded, labels] = sums.get(&key).copied().unwrap_or_default();
        expect(("targets", "mentions"), name, row.mentions, all)?;
        expect(("targets", "worded_mentions"), name, row.worded_mentions, worded)?;
        expect(("targets", "labels"), name, row.labels, labels)?;
    }
    Ok(())
}
