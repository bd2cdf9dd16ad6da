//! In which order moves are read: what matters first, by a rule that is stated beside them.

use std::cmp::Ordering;

use super::model::{Causes, DiffRecord, Finding, LabelMove, RateMove, ShareMove, Tested};
use crate::statistics::evidence::Tier;
use crate::tally::VoiceGroup;

/// What a move amounts to, in the order of reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// Rose or fell by more than noise among articles explains.
    Said,
    /// Another lexicon, tool or setting counts otherwise, and explains at least half of it: exact.
    Counted,
    /// Causes can't be told apart.
    Undecided,
    /// Enough articles, and neither can be said.
    Inconclusive,
    /// Too few articles or hits that changed.
    TooFew,
    /// The hits are the same; what they are measured against changed.
    OnlyWhole,
    /// One report has nothing to measure it against: there is no change to speak of.
    OneSided,
}

impl Standing {
    fn of(causes: &Causes, tested: &Tested, only_whole: bool, change: Option<f64>) -> Self {
        let [articles, lexicon, reading] = [causes.corpus, causes.lexicon, causes.reading]
            .map(|share| share.value.map_or(0.0, f64::abs));
        let counted = lexicon + reading > 0.0 && lexicon + reading >= articles;
        match tested.finding {
            _ if change.is_none() => Self::OneSided,
            Finding::Rose | Finding::Fell => Self::Said,
            _ if only_whole => Self::OnlyWhole,
            Finding::Unknown if tested.tier == Tier::Reportable => Self::Undecided,
            Finding::Unknown => Self::TooFew,
            _ if counted => Self::Counted,
            Finding::Census => Self::Counted,
            Finding::Inconclusive => Self::Inconclusive,
            Finding::NotEnoughEvidence => Self::TooFew,
        }
    }
}

/// What a move is ordered by: its standing, then the size that the standing allows for.
#[derive(Debug, Clone, Copy)]
struct Rank {
    standing: Standing,
    size: f64,
    /// The limit of the interval that is nearer to 0, and 0 if it holds 0.
    sure: f64,
    change: f64,
}

impl Rank {
    fn of(standing: Standing, causes: &Causes, tested: &Tested, change: Option<f64>) -> Self {
        let change = change.map_or(0.0, f64::abs);
        let counted = [causes.lexicon.value, causes.reading.value];
        let counted: f64 = counted.iter().flatten().map(|share| share.abs()).sum();
        let size = match standing {
            Standing::Counted => counted,
            Standing::Undecided => change,
            _ => tested.shrunken.map_or(0.0, f64::abs),
        };
        let sure = match (tested.low, tested.high) {
            (Some(low), Some(high)) => low.max(-high).max(0.0),
            _ => 0.0,
        };
        Self { standing, size, sure, change }
    }

    fn compare(&self, other: &Self) -> Ordering {
        self.standing
            .cmp(&other.standing)
            .then_with(|| other.size.total_cmp(&self.size))
            .then_with(|| other.sure.total_cmp(&self.sure))
            .then_with(|| other.change.total_cmp(&self.change))
    }
}

impl RateMove {
    /// What the move amounts to.
    pub fn standing(&self) -> Standing {
        Standing::of(&self.causes, &self.tested, self.only_words, self.change)
    }
}

impl ShareMove {
    /// What the move amounts to.
    pub fn standing(&self) -> Standing {
        Standing::of(&self.causes, &self.tested, false, self.change)
    }

    /// The moves in the order of reading.
    pub fn in_order(rows: &[Self]) -> Vec<&Self> {
        let rank = |row: &&Self| Rank::of(row.standing(), &row.causes, &row.tested, row.change);
        ordered(rows.iter().collect(), rank)
    }
}

impl LabelMove {
    /// What the move amounts to.
    pub fn standing(&self) -> Standing {
        Standing::of(&self.causes, &self.tested, self.only_mentions, self.change)
    }

    /// The moves in the order of reading.
    pub fn in_order(rows: &[Self]) -> Vec<&Self> {
        let rank = |row: &&Self| Rank::of(row.standing(), &row.causes, &row.tested, row.change);
        ordered(rows.iter().collect(), rank)
    }
}

impl DiffRecord {
    /// The moved rates of a voice in the order of reading: by [`Standing`], within it the largest
    /// first. Where other articles are the cause, that is the shrunken change, then the limit of its
    /// interval that is nearer to 0; where the lexicon, tool or settings are, what they changed.
    pub fn rates_in_order(&self, voice: VoiceGroup) -> Vec<&RateMove> {
        let rank = |row: &&RateMove| Rank::of(row.standing(), &row.causes, &row.tested, row.change);
        ordered(self.rates.iter().filter(|row| row.voice == voice).collect(), rank)
    }
}

fn ordered<'a, R>(mut rows: Vec<&'a R>, rank: impl Fn(&&'a R) -> Rank) -> Vec<&'a R> {
    rows.sort_by(|a, b| rank(a).compare(&rank(b)));
    rows
}
