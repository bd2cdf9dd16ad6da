//! What a file of tallies says of itself, and which files can be taken together.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::lexicon::{Inventory, Lexicon};
use crate::pipeline::Engine;
use crate::report::{Setup, TOKENIZER, Tool, lexicon_records};
use crate::tally::SampleRule;

/// Name and version of the form.
pub const TALLIES_SCHEMA: &str = "parallax.tallies/1";

/// What the rows of a file are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// A row an article: everything that a report needs.
    Articles,
    /// Sums alone.
    Sums,
}

/// With what tallies were made: all that decides a count, and what a report needs beside them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Header {
    /// [`TALLIES_SCHEMA`].
    pub schema: String,
    /// What the rows are.
    pub level: Level,
    /// What made it.
    pub tool: Tool,
    /// Which sentences were kept.
    pub rule: SampleRule,
    /// What the corpus says of itself.
    pub setup: Setup,
    /// Fingerprints of the lexicons, in their order.
    pub fingerprints: Vec<Fingerprint>,
    /// The lexicons.
    pub lexicons: Vec<Lexicon>,
}

/// A lexicon by its fingerprint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fingerprint {
    /// The lexicon's id.
    pub id: String,
    /// As its file gives it.
    pub version: String,
    /// BLAKE3 of everything in it that decides a count.
    pub hash: String,
}

impl Header {
    /// The header of what `engine` counts.
    pub fn new(engine: &Engine, level: Level, rule: SampleRule, setup: Setup) -> Self {
        let fingerprint = |record: crate::report::LexiconRecord| Fingerprint {
            id: record.id,
            version: record.version,
            hash: record.hash,
        };
        let without_place = |lexicon: &Lexicon| {
            let origin = format!("tallies:{}", lexicon.id);
            Lexicon { origin, ..lexicon.clone() }
        };
        let inventory = engine.inventory();
        Self {
            schema: TALLIES_SCHEMA.to_owned(),
            level,
            tool: Tool {
                name: env!("CARGO_PKG_NAME").to_owned(),
                version: env!("CARGO_PKG_VERSION").to_owned(),
                tokenizer: TOKENIZER.to_owned(),
                layout: engine.layout_fingerprint().to_owned(),
            },
            rule,
            setup,
            fingerprints: lexicon_records(inventory).into_iter().map(fingerprint).collect(),
            lexicons: inventory.lexicons().iter().map(without_place).collect(),
        }
    }

    /// The lexicons with every pattern numbered.
    pub fn inventory(&self) -> Inventory {
        Inventory::new(self.lexicons.clone())
    }

    /// Why tallies with the other header can't be added to these; `None` where they can.
    pub fn refusal(&self, other: &Self) -> Option<String> {
        let differs = |what: &str, one: &str, two: &str| {
            (one != two).then(|| format!("{what}: `{one}` and `{two}`"))
        };
        let level = |level: Level| match level {
            Level::Articles => "a row an article",
            Level::Sums => "sums alone",
        };
        let by = |header: &Self| header.setup.by.clone().unwrap_or_else(|| "outlet".to_owned());
        let only = |header: &Self| match &header.setup.only[..] {
            [] => "all".to_owned(),
            only => only.join(", "),
        };
        let rule = |header: &Self| format!("{} of seed {}", header.rule.per_cell, header.rule.seed);
        differs("what a row is differs", level(self.level), level(other.level))
            .or_else(|| {
                differs("made by different versions", &self.tool.version, &other.tool.version)
            })
            .or_else(|| {
                differs(
                    "words are counted differently",
                    &self.tool.tokenizer,
                    &other.tool.tokenizer,
                )
            })
            .or_else(|| {
                differs(
                    "zones and voices were decided by different data files (--cues)",
                    &self.tool.layout,
                    &other.tool.layout,
                )
            })
            .or_else(|| differs("articles are grouped by different fields", &by(self), &by(other)))
            .or_else(|| differs("restricted to different outlets", &only(self), &only(other)))
            .or_else(|| {
                differs(
                    "sentences were sampled differently (--seed, --evidence)",
                    &rule(self),
                    &rule(other),
                )
            })
            .or_else(|| self.lexicon_refusal(other))
            .or_else(|| self.outlet_refusal(other))
    }

    fn lexicon_refusal(&self, other: &Self) -> Option<String> {
        let ids = |header: &Self| -> Vec<String> {
            header.fingerprints.iter().map(|lexicon| lexicon.id.clone()).collect()
        };
        if ids(self) != ids(other) {
            return Some(format!(
                "made with different lexicons: {}; and {}",
                ids(self).join(", "),
                ids(other).join(", ")
            ));
        }
        let pairs = self.lexicons.iter().zip(&other.lexicons);
        let prints = self.fingerprints.iter().zip(&other.fingerprints);
        pairs.zip(prints).find_map(|((one, two), (print, other_print))| {
            if print.hash != other_print.hash {
                let (version, other_version) = (&print.version, &other_print.version);
                return Some(format!(
                    "the lexicon `{}` is not the same in both: its terms differ (versions {version} and \
                     {other_version})",
                    one.id
                ));
            }
            // As they travel: without the places in their files.
            (serde_json::to_string(one).ok() != serde_json::to_string(two).ok()).then(|| {
                format!("the lexicon `{}` is not the same in both: its descriptions differ", one.id)
            })
        })
    }

    /// Outlets that both declare must be declared alike, or the order of the files would decide.
    fn outlet_refusal(&self, other: &Self) -> Option<String> {
        let known = |id: &str| other.setup.declared.iter().find(|outlet| outlet.id == id);
        self.setup.declared.iter().find_map(|outlet| {
            let same = known(&outlet.id)?;
            let lines = |header: &Self| header.setup.boilerplate.get(&outlet.id).cloned();
            let differs = same != outlet || lines(self) != lines(other);
            differs.then(|| format!("the outlet `{}` is declared differently", outlet.id))
        })
    }
}

/// Headers that agree, taken together.
#[derive(Debug, Clone, Default)]
pub(super) struct Together {
    header: Option<Header>,
    titles: BTreeSet<String>,
}

impl Together {
    /// Adds a header.
    pub(super) fn add(&mut self, header: Header) -> Result<(), String> {
        self.titles.extend(header.setup.title.clone());
        let Some(whole) = &mut self.header else {
            self.header = Some(header);
            return Ok(());
        };
        if let Some(refusal) = whole.refusal(&header) {
            return Err(refusal);
        }
        for outlet in header.setup.declared {
            if whole.setup.declared.iter().all(|known| known.id != outlet.id) {
                whole.setup.declared.push(outlet);
            }
        }
        whole.setup.boilerplate.extend(header.setup.boilerplate);
        Ok(())
    }

    /// The whole; a title only where all that have one have the same.
    pub(super) fn finish(self) -> Option<Header> {
        let mut header = self.header?;
        header.setup.declared.sort_by(|x, y| x.id.cmp(&y.id));
        let mut titles = self.titles.into_iter();
        header.setup.title = titles.next().filter(|_| titles.next().is_none());
        Some(header)
    }
}
