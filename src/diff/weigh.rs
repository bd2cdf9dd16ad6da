//! One measure of one outlet in both reports: what changed, why, and what may be said of it.

use super::causes::{self, Gap, Voices, WAYS, Worlds};
use super::cells::Cell;
use super::model::{Basis, Causes, Tested};
use super::support::{Changed, tested};
use super::world::{Group, Unit, World};
use crate::statistics::overlap::SharedDocument;
use crate::statistics::rate::rate_interval;
use crate::statistics::{Document, PER_WORDS, Totals};

/// Shares below this are rounding.
const NEGLIGIBLE: f64 = 1e-11;

/// A measure that moved.
pub(super) struct Weighed {
    pub(super) old: Totals,
    pub(super) new: Totals,
    pub(super) articles_changed: u64,
    /// Value before and after.
    pub(super) values: [Option<f64>; 2],
    pub(super) change: Option<f64>,
    pub(super) causes: Causes,
    pub(super) tested: Tested,
    /// Whether the parts are as many before and after, whoever counts.
    pub(super) same_parts: bool,
}

/// What moved, or `None` if nothing did.
pub(super) fn weigh(world: &World<'_>, group: &Group<'_>, cell: &Cell) -> Option<Weighed> {
    let one_way = !cell.differs && !world.counts.read_otherwise;
    if one_way && !group.any_changed {
        return None;
    }
    let holding = cell.numbers().map(|numbers| group.holding(numbers));
    let units = holding.as_deref().unwrap_or(&group.units);
    // Chosen articles are all searched; of the others only those that hold any of the part.
    let holders = holding.is_none().then(|| group.holders(cell.part()));
    let ways = ways((units, holders), cell, if one_way { 1 } else { WAYS });
    let worlds = worlds(&ways);
    let (old, new) = (worlds[0][0], worlds[1][WAYS - 1]);
    if old.words == 0 && new.words == 0 {
        return None;
    }
    let last = &ways[ways.len() - 1];
    let own = ways[0].iter().zip(last).map(|(old, new)| [old.old, new.new]);
    let changed = Changed::of(units, cell, own);
    let causes = causes_of(world, (group, units, holders), cell, &worlds, changed.articles);
    let same_value = u128::from(old.hits) * u128::from(new.words)
        == u128::from(new.hits) * u128::from(old.words);
    let nothing = [causes.corpus, causes.lexicon, causes.reading]
        .iter()
        .all(|share| [share.low, share.high].iter().all(|v| v.unwrap_or(0.0).abs() < NEGLIGIBLE));
    let words_stay = (old.words == 0) == (new.words == 0);
    if same_value && nothing && words_stay {
        return None;
    }
    let exact = matches!(causes.basis, Basis::Exact | Basis::WithCorpus);
    let counted_alike = worlds.iter().all(|ways| ways.iter().all(|way| *way == ways[0]));
    let same_parts = exact && counted_alike && old.hits == new.hits;
    let sides = [old, new];
    let tested = tested(world, cell, &causes, sides, &changed, ways);
    let value = |totals: Totals| {
        (totals.words > 0).then(|| cell.per * totals.hits as f64 / totals.words as f64)
    };
    let values = sides.map(value);
    Some(Weighed {
        old,
        new,
        articles_changed: changed.articles,
        values,
        change: values[0].zip(values[1]).map(|(old, new)| new - old),
        causes,
        tested,
        same_parts,
    })
}

/// The articles counted each way.
fn ways(units: Searched<'_, '_>, cell: &Cell, count: usize) -> Vec<Vec<SharedDocument>> {
    let way = |way: usize| {
        let (terms, reading) = (way & 1, way >> 1);
        let document = |unit: &Unit<'_>, corpus: usize, holds: bool| {
            let version = unit.version(corpus, reading)?;
            Some(cell.document_where(version, terms, holds))
        };
        let shared = |(unit, holds): (&Unit<'_>, bool)| SharedDocument {
            old: document(unit, 0, holds),
            new: document(unit, 1, holds),
        };
        searched(units).map(shared).collect()
    };
    (0..count).map(way).collect()
}

/// Articles, and the places of those that may hold the part; `None` if all may.
type Searched<'u, 'a> = (&'u [Unit<'a>], Option<&'u [u32]>);

/// Every article, and whether it may hold the part.
fn searched<'u, 'a>(
    (units, holders): Searched<'u, 'a>,
) -> impl Iterator<Item = (&'u Unit<'a>, bool)> {
    let mut rest = holders.unwrap_or_default().iter().peekable();
    units.iter().enumerate().map(move |(index, unit)| {
        let holds = rest.next_if(|holder| **holder == index as u32).is_some();
        (unit, holds || holders.is_none())
    })
}

fn worlds(ways: &[Vec<SharedDocument>]) -> Worlds {
    let totals = |corpus: usize, way: usize| {
        let articles = ways.get(way).or(ways.first()).map_or(&[][..], Vec::as_slice);
        let pick = |article: &SharedDocument| if corpus == 0 { article.old } else { article.new };
        Totals::of(&articles.iter().filter_map(pick).collect::<Vec<_>>())
    };
    if ways.len() == 1 {
        return [0, 1].map(|corpus| [totals(corpus, 0); WAYS]);
    }
    [0, 1].map(|corpus| [0, 1, 2, 3].map(|way| totals(corpus, way)))
}

fn causes_of(
    world: &World<'_>,
    (group, units, holders): (&Group<'_>, &[Unit<'_>], Option<&[u32]>),
    cell: &Cell,
    worlds: &Worlds,
    articles_changed: u64,
) -> Causes {
    if !world.same_layout && articles_changed > 0 {
        return causes::none();
    }
    let gaps = [0, 1].map(|corpus| gap(world, (group, units), cell, corpus));
    let used_recount = world.recounted
        && [0, 1].iter().any(|&corpus| {
            cell.only[1 - corpus] > 0 && units.iter().any(|unit| is_lone(unit, corpus))
        });
    let basis = if used_recount { Basis::WithCorpus } else { Basis::Exact };
    let mut causes = causes::causes(worlds, cell.per, gaps, basis);
    if cell.sums_voices() && gaps == [None, None] && articles_changed > 0 {
        let one_way = !cell.differs && !world.counts.read_otherwise;
        let ways = if one_way {
            [voices((units, holders), cell, 0); WAYS]
        } else {
            [0, 1, 2, 3].map(|way| voices((units, holders), cell, way))
        };
        let parts = causes::by_voice(&ways);
        causes.within_voices = parts.map(|[within, _]| within);
        causes.mix_of_voices = parts.map(|[_, mix]| mix);
    }
    causes
}

/// Whether a corpus has a text of it that the other report has not.
fn is_lone(unit: &Unit<'_>, corpus: usize) -> bool {
    unit.member[corpus] && !unit.same_text
}

fn voices(units: Searched<'_, '_>, cell: &Cell, way: usize) -> Voices {
    let (terms, reading) = (way & 1, way >> 1);
    [0, 1].map(|corpus| {
        let mut totals = [Totals::default(); 4];
        for (unit, holds) in searched(units) {
            let Some(version) = unit.version(corpus, reading) else { continue };
            let documents = cell.in_voices(version, terms, holds);
            for &voice in cell.voice.hit_voices() {
                totals[voice as usize].hits += documents[voice as usize].hits;
                totals[voice as usize].words += documents[voice as usize].words;
            }
        }
        totals
    })
}

/// What is not known of `corpus` under the terms of the other report.
fn gap(
    world: &World<'_>,
    (group, units): (&Group<'_>, &[Unit<'_>]),
    cell: &Cell,
    corpus: usize,
) -> Option<Gap> {
    let other = 1 - corpus;
    if cell.only[other] == 0 || !group.unknown[corpus] {
        return None;
    }
    if cell.is_choice() && !world.counts.read_otherwise {
        return Some(Gap::Share);
    }
    if cell.numbers().is_some() {
        // Who is labelled is not known; and read in two ways, a share may be two things.
        return Some(Gap::Open);
    }
    let lone = units.iter().filter(|unit| is_lone(unit, corpus));
    let lone = lone.filter_map(|unit| unit.versions[corpus]).filter(|version| !version.crossed);
    let (mut kept, mut room, mut words, mut any) = (0, 0, 0, false);
    for version in lone {
        let document = cell.document(version, other);
        any |= cell.could_hold(version, other);
        kept += document.hits;
        words += document.words;
        room += cell.room(version, other);
    }
    if !any {
        return None;
    }
    let low = if cell.may_take[other] { -(kept as f64) } else { 0.0 };
    let high = (room as f64 - kept as f64).max(0.0);
    let estimate = (!cell.counts_articles())
        .then(|| predicted(units, cell, other, words, world.thresholds.alpha))
        .flatten()
        .map(|expected| expected.map(|hits| hits.clamp(low, high)));
    Some(Gap::Parts { low, high, estimate })
}

/// Hits to be expected in so many words, if the terms that only the report of corpus `other` has are
/// as frequent there as in its articles: the estimate and its interval. The interval of the rate is
/// widened by what the words themselves vary. `None` without words to go by.
fn predicted(
    units: &[Unit<'_>],
    cell: &Cell,
    other: usize,
    words: u64,
    alpha: f64,
) -> Option<[f64; 3]> {
    let added = units.iter().filter_map(|unit| unit.versions[other].filter(|_| unit.member[other]));
    let added: Vec<Document> = added
        .map(|version| {
            let more = cell.part_in(&version.under[other]) - cell.part_in(&version.shared);
            let words = cell.document(version, other).words;
            Document::new(u64::try_from(more).unwrap_or(0), words)
        })
        .collect();
    let totals = Totals::of(&added);
    let (rate, words) = (totals.rate()?, words as f64);
    let hits = |rate: f64| rate * words / PER_WORDS;
    let Some(limits) = rate_interval(&added, alpha) else { return Some([hits(rate), 0.0, words]) };
    let wider = libm::sqrt(1.0 + totals.words as f64 / words.max(1.0));
    let (low, high) = (limits.interval.low, limits.interval.high);
    let ends = [rate - wider * (rate - low), rate + wider * (high - rate)];
    Some([hits(rate), hits(ends[0]).max(0.0), hits(ends[1])])
}
