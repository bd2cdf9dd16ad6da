//! The whole flow on one screen: article → layout → hits → links → tally → corpus.

use std::collections::BTreeMap;

use rayon::prelude::*;
use regex::Regex;

use crate::corpus::Article;
use crate::layout::{Layout, Layouter};
use crate::lexicon::Inventory;
use crate::linking::{Links, link};
use crate::matching::{Hit, Matcher, MatcherError};
use crate::tally::{ArticleTally, EvidenceSample, Reading, SampleRule, Tallies, count, sentences_of};
use crate::text::Folded;

/// Everything that an article is read with; made once a run.
#[derive(Debug)]
pub struct Engine {
    layouter: Layouter,
    inventory: Inventory,
    matcher: Matcher,
    boilerplate: BTreeMap<String, Vec<Regex>>,
}

/// What was decided about one article.
#[derive(Debug)]
pub struct Read {
    /// Zones, sentences and voices.
    pub layout: Layout,
    /// Hits, dropped ones included.
    pub hits: Vec<Hit>,
    /// Mentions and labels.
    pub links: Links,
}

impl Engine {
    /// Compiles the patterns of `inventory`. `boilerplate` holds, by outlet, what the user declared
    /// as page furniture.
    ///
    /// # Errors
    /// A pattern that can't be compiled, with the entry that it belongs to.
    pub fn new(
        layouter: Layouter,
        inventory: Inventory,
        boilerplate: BTreeMap<String, Vec<Regex>>,
    ) -> Result<Self, MatcherError> {
        let matcher = Matcher::new(&inventory)?;
        Ok(Self { layouter, inventory, matcher, boilerplate })
    }

    /// The entries that hits refer to.
    pub fn inventory(&self) -> &Inventory {
        &self.inventory
    }

    /// Reads one article. No text can make it fail, and no other article enters.
    pub fn read(&self, article: &Article) -> Read {
        let boilerplate = self.boilerplate.get(&article.outlet).map_or(&[][..], Vec::as_slice);
        let layout = self.layouter.lay_out(article, boilerplate);
        let folded = Folded::new(&article.text);
        let hits = self.matcher.find(&folded, &layout);
        let links = link(&article.text, &folded, &layout, &hits, &self.inventory);
        Read { layout, hits, links }
    }

    /// Reads and counts one article, with its sample of sentences.
    pub fn tally(&self, article: &Article, rule: SampleRule) -> (ArticleTally, EvidenceSample) {
        let read = self.read(article);
        let reading = read.reading(article, &self.inventory);
        let tally = count(&reading);
        let evidence = sentences_of(&reading, &tally.hash, rule);
        (tally, evidence)
    }

    /// Reads and counts a stream of articles on all threads. The result does not depend on their
    /// order or on the number of threads, once the tallies are finished.
    pub fn tally_all(
        &self,
        articles: impl Iterator<Item = Article> + Send,
        rule: SampleRule,
    ) -> Tallies {
        articles
            .par_bridge()
            .fold(Tallies::default, |mut tallies, article| {
                let (tally, evidence) = self.tally(&article, rule);
                tallies.push(tally, evidence, rule);
                tallies
            })
            .reduce(Tallies::default, |one, other| one.merged(other, rule))
    }
}

impl Read {
    /// The reading that tallies and explanations are made from.
    pub fn reading<'a>(&'a self, article: &'a Article, inventory: &'a Inventory) -> Reading<'a> {
        Reading { article, layout: &self.layout, hits: &self.hits, links: &self.links, inventory }
    }
}
