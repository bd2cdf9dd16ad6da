//! The sides of the comparisons in one category and voice: each outlet, and everybody else, summed
//! once for all pairs.

use super::cells::{CategoryCells, Cells};
use super::comparisons::Pair;
use crate::statistics::log_ratio::{Without, without_one};
use crate::statistics::rest::Groups;
use crate::statistics::variance::{Overdispersion, overdispersion};
use crate::statistics::{Document, moments};
use crate::tally::{Moments, VoiceGroup};

/// A side of a comparison; that of nobody has no articles.
#[derive(Default)]
pub(super) struct Side {
    /// The sums of its articles.
    pub(super) moments: Moments,
    /// Their dispersion.
    pub(super) overdispersion: Overdispersion,
    /// What remains without the article that carries its rate farthest.
    pub(super) without_one: Without,
    /// Hits of each term of the category.
    pub(super) terms: Vec<u64>,
}

impl Side {
    fn new(documents: &[Document], terms: Vec<u64>) -> Self {
        Self {
            moments: moments(documents),
            overdispersion: overdispersion(documents),
            without_one: without_one(documents),
            terms,
        }
    }
}

/// Every side in one category and voice.
pub(super) struct Sides<'c> {
    pub(super) category: &'c CategoryCells,
    pub(super) voice: VoiceGroup,
    /// In the order of the outlets.
    outlets: Vec<Side>,
    /// To sum all outlets but one; only where that is compared.
    groups: Option<Groups>,
    /// Hits of each term in the whole corpus.
    terms: Vec<u64>,
}

impl<'c> Sides<'c> {
    /// Arranges the articles of a category and voice for these pairs.
    pub(super) fn new(
        cells: &Cells<'_>,
        category: &'c CategoryCells,
        voice: VoiceGroup,
        pairs: &[Pair<'_>],
    ) -> Self {
        let of_outlet = |(_, range): &(&str, _)| cells.documents(category, range, voice);
        let documents: Vec<Vec<Document>> = cells.outlets.iter().map(of_outlet).collect();
        let side = |(place, documents): (usize, &Vec<Document>)| {
            Side::new(documents, cells.hits_by_term(category, Some(place), voice))
        };
        Self {
            category,
            voice,
            outlets: documents.iter().enumerate().map(side).collect(),
            groups: pairs.iter().any(|pair| pair.b.is_none()).then(|| Groups::new(&documents)),
            terms: cells.hits_by_term(category, None, voice),
        }
    }

    /// The side of an outlet; `None` if no article is of it.
    pub(super) fn outlet(&self, cells: &Cells<'_>, outlet: &str) -> Option<&Side> {
        self.outlets.get(cells.place_of(outlet)?)
    }

    /// Everybody but an outlet.
    pub(super) fn rest(&self, cells: &Cells<'_>, outlet: &str) -> Option<Side> {
        let place = cells.place_of(outlet)?;
        let rest = self.groups.as_ref()?.without(place);
        let own = &self.outlets.get(place)?.terms;
        Some(Side {
            moments: rest.moments,
            overdispersion: rest.overdispersion,
            without_one: rest.without_one,
            terms: self.terms.iter().zip(own).map(|(all, own)| all - own).collect(),
        })
    }
}
