//! A report from sums alone: the same bytes as from articles in everything that sums can tell, and
//! `null` or nothing in the rest.

use std::collections::{BTreeMap, BTreeSet};

use super::choices::choice_row;
use super::comparisons::{SideSums, pairs_of, row_of_sums};
use super::model::{
    ArticleRows, CategoryRow, ChoiceRow, ComparisonRow, CountedTerms, EventMethod, OutletRow,
    ReasonRow, Report, Settings, TargetRow, TermHits, TermRows, Tool, WarningRow,
};
use super::rates::{article_share_row, heterogeneity_row, own_share_row, rate_row};
use super::request::{Request, RequestError, Setup, warning};
use super::targets::{self, LabelSums, TargetSums, choose_targets};
use super::{OutletInfo, SCHEMA, TOKENIZER, provenance, rows, warnings};
use crate::corpus::ProblemCount;
use crate::lexicon::{Category, EntryId, GroupKind, Inventory, Measure, Target};
use crate::statistics::Totals;
use crate::statistics::evidence::{Support, Thresholds, Verdict, verdict};
use crate::statistics::rest::all_but_each;
use crate::statistics::variance::Overdispersion;
use crate::tally::{CorpusTallies, Moments, Sum, SumOf, Sums, VoiceGroup};
use crate::text::{Voice, Zone};

/// Code of the warning that a report from sums carries, and of the reason in its comparisons.
pub const SUMS_ONLY: &str = "sums-only";

/// What a report from sums can't do.
const MISSING: &str = "made from sums: no test that shuffles articles (p, q), no leave-one-out ranges, \
     mean article rates, dispersion or detectable ratios, no interval where a side has no hit, no \
     comparisons of choices or labels, events, sources, evidence or articles, and no diff; \"higher\" and \"lower\" need the \
     tests and are not said";

/// The report of sums.
///
/// # Errors
/// As [`make`](super::make).
pub fn make_from_sums(
    mut sums: Sums,
    problems: &[ProblemCount],
    (inventory, layout): (&Inventory, &str),
    setup: &Setup,
    request: &Request,
) -> Result<Report, RequestError> {
    let outlets: BTreeSet<String> = sums.outlets().map(str::to_owned).collect();
    request.check(&outlets)?;
    let settings = request.settings(setup);
    let thresholds = Thresholds { alpha: settings.alpha, ..Thresholds::default() };
    sums.respell();
    let table = Table::new(&sums, inventory, &outlets, &thresholds);
    let outlet_rows: Vec<OutletRow> =
        setup.outlets(&outlets).iter().map(|outlet| table.outlet(outlet)).collect();
    let rates: Vec<_> = table.each_category(|outlet, index, category| {
        let id = (outlet, table.lexicon(index), category.id.as_str());
        VoiceGroup::ALL
            .map(|voice| {
                let moments = table.category(outlet, index, voice);
                rate_row(id, voice, &moments, &thresholds)
            })
            .to_vec()
    });
    let mut noticed: Vec<WarningRow> = problems.iter().map(warning).collect();
    noticed.push(WarningRow {
        code: SUMS_ONLY.to_owned(),
        outlet: None,
        count: outlet_rows.iter().map(|outlet| outlet.articles).sum(),
        message: MISSING.to_owned(),
    });
    Ok(Report {
        schema: SCHEMA.to_owned(),
        tool: Tool {
            name: env!("CARGO_PKG_NAME").to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            tokenizer: TOKENIZER.to_owned(),
            layout: layout.to_owned(),
        },
        provenance: provenance::of_sums(inventory, &sums),
        categories: table.categories(),
        own_shares: table.own_shares(),
        article_shares: table.article_shares(),
        heterogeneity: table.heterogeneity(),
        comparisons: table.comparisons(&settings),
        choice_comparisons: Vec::new(),
        target_labels: Vec::new(),
        label_comparisons: Vec::new(),
        event_method: EventMethod::default(),
        events: Vec::new(),
        coverage: Vec::new(),
        omissions: Vec::new(),
        side_by_side: Vec::new(),
        matched: Vec::new(),
        terms: table.terms(),
        choices: table.choices(),
        targets: table.targets(),
        sources: Vec::new(),
        evidence: Vec::new(),
        articles: ArticleRows::default(),
        warnings: warnings::warnings(noticed, &CorpusTallies::default(), &outlet_rows, &rates),
        settings,
        outlets: outlet_rows,
        rates,
    })
}

/// Sums with what is needed to read them.
struct Table<'a> {
    sums: &'a Sums,
    inventory: &'a Inventory,
    outlets: &'a BTreeSet<String>,
    /// The sums of categories by outlet, and by group and voice: each is asked for several times.
    categories: BTreeMap<&'a str, Vec<Moments>>,
    thresholds: &'a Thresholds,
}

/// Where a group and voice stand among the sums of an outlet.
fn place(group: usize, voice: VoiceGroup) -> usize {
    group * VoiceGroup::ALL.len() + voice as usize
}

impl<'a> Table<'a> {
    fn new(
        sums: &'a Sums,
        inventory: &'a Inventory,
        outlets: &'a BTreeSet<String>,
        thresholds: &'a Thresholds,
    ) -> Self {
        let of_outlet = |outlet: &'a String| {
            let mut all =
                vec![Moments::default(); place(inventory.groups().len(), VoiceGroup::All)];
            for ((group, voice), moments) in sums.of_categories(outlet) {
                if let Some(sum) = all.get_mut(place(group, voice)) {
                    *sum = moments;
                }
            }
            (outlet.as_str(), all)
        };
        let categories = outlets.iter().map(of_outlet).collect();
        Self { sums, inventory, outlets, categories, thresholds }
    }

    fn moments(&self, outlet: &str, of: &SumOf) -> Moments {
        self.sums.get(outlet, of).map(|sum| sum.moments).unwrap_or_default()
    }

    fn category(&self, outlet: &str, group: usize, voice: VoiceGroup) -> Moments {
        let all = self.categories.get(outlet);
        all.and_then(|all| all.get(place(group, voice))).copied().unwrap_or_default()
    }

    fn lexicon(&self, group: usize) -> &'a str {
        &self.inventory.lexicons()[self.inventory.groups()[group].lexicon].id
    }

    /// The categories with the index of their group, in order.
    fn all_categories(&self) -> impl Iterator<Item = (usize, &'a Category)> {
        self.inventory.groups().iter().enumerate().filter_map(|(index, group)| match group.kind {
            GroupKind::Category(category) => {
                Some((index, &self.inventory.lexicons()[group.lexicon].categories[category]))
            }
            _ => None,
        })
    }

    fn each_category<T>(&self, row: impl Fn(&str, usize, &Category) -> Vec<T>) -> Vec<T> {
        let mut rows = Vec::new();
        for outlet in self.outlets {
            for (index, model) in self.all_categories() {
                rows.extend(row(outlet, index, model));
            }
        }
        rows
    }

    fn outlet(&self, info: &OutletInfo) -> OutletRow {
        let id = info.id.as_str();
        let articles = self.sums.get(id, &SumOf::Articles).unwrap_or_default();
        let words = |zone, voice| self.moments(id, &SumOf::Words(zone, voice)).words;
        let text_zones = || Zone::ALL.into_iter().filter(|&zone| zone != Zone::Boilerplate);
        let in_voice = |voice: Voice| text_zones().map(|zone| words(zone, voice)).sum::<u64>();
        let in_zone = |zone: Zone| Voice::ALL.map(|voice| words(zone, voice)).iter().sum::<u64>();
        let events = self.sums.of_outlet(id).filter(|(of, _)| matches!(of, SumOf::Event(_)));
        let Moments { articles: number, articles_with_hits: with_words, .. } = articles.moments;
        OutletRow {
            outlet: id.to_owned(),
            name: info.name.clone(),
            groups: info.groups.clone(),
            articles: number,
            empty_articles: number - with_words.min(number),
            duplicates: self.moments(id, &SumOf::Duplicates).hits,
            events: events.count() as u64,
            first: articles.days.map(|(first, _)| first.to_string()),
            last: articles.days.map(|(_, last)| last.to_string()),
            words: text_zones().map(in_zone).sum(),
            words_by_voice: Voice::ALL.map(|v| (v.name().to_owned(), in_voice(v))).into(),
            words_by_zone: Zone::ALL.map(|z| (z.name().to_owned(), in_zone(z))).into(),
        }
    }

    fn categories(&self) -> Vec<CategoryRow> {
        let hit: BTreeSet<EntryId> = self
            .sums
            .iter()
            .filter_map(|(_, of, sum)| match of {
                SumOf::Term(entry, VoiceGroup::All) if sum.moments.hits > 0 => Some(*entry),
                _ => None,
            })
            .collect();
        let row = |(index, model): (usize, &Category)| {
            let entries = &self.inventory.groups()[index].entries;
            let with_hits = hit.iter().filter(|entry| entries.contains(&entry.0)).count();
            rows::category_row(self.lexicon(index), model, with_hits as u64)
        };
        self.all_categories().map(row).collect()
    }

    fn own_shares(&self) -> Vec<super::OwnShareRow> {
        self.each_category(|outlet, index, model| {
            let id = (outlet, self.lexicon(index), model.id.as_str());
            let shares = self.moments(outlet, &SumOf::OwnShare(index));
            let all = Totals::from(&self.category(outlet, index, VoiceGroup::All));
            vec![own_share_row(id, &shares, &all, self.thresholds)]
        })
    }

    fn article_shares(&self) -> Vec<super::ArticleShareRow> {
        self.each_category(|outlet, index, model| {
            let Measure::Articles { distinct } = model.measure else { return Vec::new() };
            let id = (outlet, self.lexicon(index), model.id.as_str());
            let totals = Totals::from(&self.moments(outlet, &SumOf::ArticleShare(index)));
            vec![article_share_row(id, distinct, &totals, self.thresholds)]
        })
    }

    fn heterogeneity(&self) -> Vec<super::HeterogeneityRow> {
        let mut found = Vec::new();
        for (index, model) in self.rated() {
            for voice in VoiceGroup::ALL {
                let of = |outlet: &String| Totals::from(&self.category(outlet, index, voice));
                let totals: Vec<Totals> = self.outlets.iter().map(of).collect();
                let id = (self.lexicon(index), model.id.as_str());
                found.extend(heterogeneity_row(id, voice, &totals, &Overdispersion::default()));
            }
        }
        found
    }

    /// The categories that are measured by their rate.
    fn rated(&self) -> impl Iterator<Item = (usize, &'a Category)> {
        self.all_categories().filter(|(_, model)| matches!(model.measure, Measure::Rate))
    }

    fn comparisons(&self, settings: &Settings) -> Vec<ComparisonRow> {
        let outlets: Vec<&str> = self.outlets.iter().map(String::as_str).collect();
        let pairs = pairs_of(&outlets, settings);
        let terms = self.hits_of_terms();
        let mut found = Vec::new();
        for (index, model) in self.rated() {
            for voice in VoiceGroup::ALL {
                let sides = self.sides(index, voice, &terms);
                for pair in &pairs {
                    let place = |id: &str| outlets.binary_search(&id).ok();
                    let side = |id| place(id).map(|place| &sides.outlets[place]);
                    let rest = || place(pair.a).map(|place| sides.rest(place));
                    let a = side(pair.a).unwrap_or(&sides.nobody);
                    let rest = pair.b.is_none().then(rest).flatten();
                    let b = pair.b.map_or(rest.as_ref(), side).unwrap_or(&sides.nobody);
                    let sides = SideSums { a: &a.0, b: &b.0, terms: [&a.1, &b.1] };
                    let id = (self.lexicon(index), model);
                    let (row, _, interval) =
                        row_of_sums(id, voice, *pair, &sides, || None, self.thresholds);
                    found.push(judged(row, interval, model.topic_sensitive, self.thresholds));
                }
            }
        }
        found
    }

    /// By outlet, the hits of entries in every voice that have any.
    fn hits_of_terms(&self) -> Vec<BTreeMap<(EntryId, VoiceGroup), u64>> {
        let of_outlet = |outlet: &String| {
            let terms = self.sums.of_outlet(outlet).filter_map(|(of, sum)| match of {
                SumOf::Term(entry, voice) => Some(((*entry, *voice), sum.moments.hits)),
                _ => None,
            });
            terms.collect()
        };
        self.outlets.iter().map(of_outlet).collect()
    }

    /// The sums of each outlet in a category and voice.
    fn sides(
        &self,
        group: usize,
        voice: VoiceGroup,
        hits: &[BTreeMap<(EntryId, VoiceGroup), u64>],
    ) -> Sides {
        let entries = self.inventory.groups()[group].entries.clone();
        let side = |(outlet, hits): (&String, &BTreeMap<(EntryId, VoiceGroup), u64>)| {
            let of_term = |entry| hits.get(&(EntryId(entry), voice)).copied().unwrap_or(0);
            (self.category(outlet, group, voice), entries.clone().map(of_term).collect())
        };
        let outlets: Vec<Side> = self.outlets.iter().zip(hits).map(side).collect();
        let mut terms = vec![0; entries.len()];
        for (_, own) in &outlets {
            terms.iter_mut().zip(own).for_each(|(sum, hits)| *sum += hits);
        }
        let moments: Vec<Moments> = outlets.iter().map(|(moments, _)| *moments).collect();
        let others = all_but_each(&moments, |mut one, other| {
            one.merge(&other);
            one
        });
        Sides { outlets, others, terms, nobody: Side::default() }
    }

    fn terms(&self) -> TermRows {
        let hits = |(of, sum): (&SumOf, Sum)| match of {
            SumOf::Term(entry, voice) => Some(TermHits {
                entry: *entry,
                voice: *voice,
                hits: sum.moments.hits,
                found: sum.found,
                articles_with_hits: sum.moments.articles_with_hits,
            }),
            _ => None,
        };
        let mut terms = CountedTerms::default();
        for outlet in self.outlets {
            terms.add(outlet, self.inventory, self.sums.of_outlet(outlet).filter_map(hits));
        }
        terms.into()
    }

    fn choices(&self) -> Vec<ChoiceRow> {
        let mut found = Vec::new();
        for (outlet, of, sum) in self.sums.iter() {
            let SumOf::Variant(group, variant, VoiceGroup::Worded) = of else { continue };
            let GroupKind::Choice(choice) = self.inventory.groups()[*group].kind else { continue };
            let lexicon = &self.inventory.lexicons()[self.inventory.groups()[*group].lexicon];
            let choice = &lexicon.choices[choice];
            let Some(name) = choice.variants.keys().nth(*variant) else { continue };
            let id = (outlet, lexicon.id.as_str());
            found.push(choice_row(id, (choice, name), &sum.moments, self.thresholds));
        }
        found
    }

    fn targets(&self) -> Vec<TargetRow> {
        let mut mentions: BTreeMap<&str, u64> = BTreeMap::new();
        let mut of_outlet: BTreeMap<&str, u64> = BTreeMap::new();
        let mut labelled: BTreeSet<&str> = BTreeSet::new();
        let mut labels: BTreeMap<(&str, &str), LabelSums> = BTreeMap::new();
        for (outlet, of, sum) in self.sums.iter() {
            match of {
                SumOf::Target(target, VoiceGroup::All) => {
                    *mentions.entry(target).or_insert(0) += sum.moments.words;
                    *of_outlet.entry(outlet).or_insert(0) += sum.moments.words;
                }
                SumOf::Label(target, entry, voice, rule) => {
                    labelled.insert(target);
                    let by_term = labels.entry((outlet, target)).or_default();
                    by_term.insert((*entry, voice.name(), *rule), sum.moments.hits);
                }
                _ => {}
            }
        }
        let always = |target: &str| labelled.contains(target) || self.declared(target).is_some();
        let shown = choose_targets(mentions.iter().map(|(id, n)| (*id, always(id), *n)));
        let mut found = Vec::new();
        for (outlet, of, sum) in self.sums.iter() {
            let SumOf::Target(target, VoiceGroup::All) = of else { continue };
            if !shown.contains(target.as_str()) || sum.moments.words == 0 {
                continue;
            }
            let worded = SumOf::Target(target.clone(), VoiceGroup::Worded);
            let key = (outlet, target.as_str());
            let sums = TargetSums {
                all: of_outlet.get(outlet).copied().unwrap_or(0),
                mentions: sum.moments.words,
                articles: sum.moments.articles,
                worded: self.moments(outlet, &worded),
                labelled: self.sums.get(outlet, &worded).map_or(0, |sum| sum.found),
                by_term: labels.remove(&key).unwrap_or_default(),
            };
            let declared = self.declared(target);
            found.push(targets::row_of_sums(self.inventory, declared, key, sums, self.thresholds));
        }
        found
    }

    /// The declaration of a target; where two lexicons declare it, the first.
    fn declared(&self, id: &str) -> Option<&'a Target> {
        let mut all = self.inventory.lexicons().iter().flat_map(|lexicon| &lexicon.targets);
        all.find(|target| target.id == id)
    }
}

/// The sums of a side, and the hits of each term of the category.
type Side = (Moments, Vec<u64>);

/// The sides of comparisons in one category and voice.
struct Sides {
    /// In the order of the outlets.
    outlets: Vec<Side>,
    /// For each outlet the sums of all others.
    others: Vec<Moments>,
    /// Hits of each term in all outlets.
    terms: Vec<u64>,
    nobody: Side,
}

impl Sides {
    /// All outlets but one.
    fn rest(&self, place: usize) -> Side {
        let own = &self.outlets[place].1;
        let terms = self.terms.iter().zip(own).map(|(all, own)| all - own).collect();
        (self.others[place], terms)
    }
}

/// A row with what may be said without a test: that two sides are similar, or nothing.
fn judged(
    mut row: ComparisonRow,
    interval: Option<crate::statistics::Interval>,
    topic_sensitive: bool,
    thresholds: &Thresholds,
) -> ComparisonRow {
    let support = Support { interval, q: None, leave_one_out: None };
    let said = verdict(row.tier, &support, thresholds);
    let similar = said == Verdict::Similar && !topic_sensitive;
    row.verdict = if similar { said } else { Verdict::NotEnoughEvidence };
    let reason = |code: &str| ReasonRow { code: code.to_owned(), found: None, needed: None };
    row.reasons.push(reason(SUMS_ONLY));
    if topic_sensitive {
        row.reasons.push(reason("topic-sensitive"));
    }
    row
}
