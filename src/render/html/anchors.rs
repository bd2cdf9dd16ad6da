//! Where the sentences behind a number stand on the page.

use std::collections::{BTreeMap, BTreeSet};

use maud::{Markup, html};

use super::super::document::Behind;
use super::super::lookup::CategoryId;
use super::outside::visible;
use super::sample::Sample;
use crate::report::{EvidenceRow, Report, SentenceRow};

/// Kind, outlet, lexicon, id and variant of a cell of the evidence.
type Cell<'a> = (&'a str, &'a str, &'a str, &'a str, &'a str);

/// A sentence by its cell and its place there.
type Spot = (usize, usize);

/// The cells and sentences of the evidence that stand on the page, by what they are evidence of.
#[derive(Default)]
pub(super) struct Anchors<'a> {
    /// The sentences that are on the page.
    pub sample: Sample,
    cells: BTreeMap<Cell<'a>, usize>,
    terms: BTreeMap<(usize, &'a str), Spot>,
    sources: BTreeMap<(&'a str, &'a str), Spot>,
    articles: BTreeMap<(&'a str, &'a str), Spot>,
    /// Sentences that something leads to.
    ends: BTreeSet<Spot>,
}

/// A link to sentences. The script shows those alone that hold the term or the text; without it the
/// link leads to the first of them.
pub(super) struct Link {
    href: String,
    term: Option<String>,
    text: Option<String>,
}

impl Link {
    /// The shown number as a link.
    pub(super) fn around(&self, class: &str, shown: &Markup) -> Markup {
        let class = (!class.is_empty()).then_some(class);
        html! {
            a class=[class] href=(self.href) data-term=[&self.term] data-text=[&self.text] { (shown) }
        }
    }
}

/// What is shown, as a link where there is one.
pub(super) fn linked(link: Option<&Link>, class: &str, shown: &Markup) -> Markup {
    match link {
        Some(link) => link.around(class, shown),
        None if class.is_empty() => shown.clone(),
        None => html! { span class=(class) { (shown) } },
    }
}

impl<'a> Anchors<'a> {
    pub(super) fn new(report: &'a Report) -> Self {
        let mut anchors = Self { sample: Sample::new(report), ..Self::default() };
        for (index, row) in report.evidence.iter().enumerate() {
            let places = anchors.sample.places[index].clone();
            if places.is_empty() {
                continue;
            }
            anchors.cells.insert(cell(row), index);
            for place in places {
                anchors.add(row, (index, place), &row.sentences[place]);
            }
        }
        anchors
    }

    fn add(&mut self, row: &'a EvidenceRow, spot: Spot, sentence: &'a SentenceRow) {
        let outlet = row.outlet.as_str();
        let mut is_first = false;
        if matches!(row.kind.as_str(), "category" | "label") {
            is_first |= is_new(&mut self.terms, (spot.0, sentence.term.as_str()), spot);
            is_first |= is_new(&mut self.articles, (outlet, sentence.article.as_str()), spot);
        }
        if let Some(source) = &sentence.source {
            is_first |= is_new(&mut self.sources, (outlet, source.as_str()), spot);
        }
        if is_first {
            self.ends.insert(spot);
        }
    }

    /// Id of a sentence that something leads to.
    pub(super) fn end(&self, spot: Spot) -> Option<String> {
        self.ends.contains(&spot).then(|| sentence_id(spot))
    }

    /// Link to the sentences of a category in an outlet.
    pub(super) fn category(&self, outlet: &str, (lexicon, id): CategoryId<'_>) -> Option<Link> {
        self.link(("category", outlet, lexicon, id, ""))
    }

    /// Link to the sentences of one term of a category in an outlet; where none is in the sample, to
    /// those of the category.
    pub(super) fn term(&self, outlet: &str, category: CategoryId<'_>, term: &str) -> Option<Link> {
        self.term_in(("category", outlet, category.0, category.1, ""), term)
    }

    fn term_in(&self, cell: Cell<'_>, term: &str) -> Option<Link> {
        let index = self.cells.get(&cell)?;
        match self.terms.get(&(*index, term)) {
            Some(spot) => {
                let (href, term) = (format!("#{}", sentence_id(*spot)), Some(visible(term)));
                Some(Link { href, term, text: None })
            }
            None => self.link(cell),
        }
    }

    /// Link to the sentences of a variant of a choice.
    pub(super) fn variant(
        &self,
        outlet: &str,
        (lexicon, id): CategoryId<'_>,
        variant: &str,
    ) -> Option<Link> {
        self.link(("variant", outlet, lexicon, id, variant))
    }

    /// Link to the sentences of an article.
    pub(super) fn article(&self, outlet: &str, id: &str) -> Option<Link> {
        let spot = self.articles.get(&(outlet, id))?;
        Some(Link { href: format!("#{}", sentence_id(*spot)), term: None, text: Some(visible(id)) })
    }

    /// Link to the sentences in which a source speaks.
    fn source(&self, outlet: &str, source: &str) -> Option<Link> {
        let spot = self.sources.get(&(outlet, source))?;
        let text = Some(format!("source: {}", visible(source)));
        Some(Link { href: format!("#{}", sentence_id(*spot)), term: None, text })
    }

    /// Link to the sentences behind a number of a table.
    pub(super) fn behind(&self, behind: &Behind) -> Option<Link> {
        let (outlet, id) = (behind.outlet.as_str(), behind.id.as_str());
        let of = |kind| self.link((kind, outlet, "", id, ""));
        match behind.kind {
            "target" => of("label").or_else(|| of("mention")),
            "mention" => of("mention").or_else(|| of("label")),
            "label" => self.term_in(("label", outlet, "", id, ""), &behind.variant),
            "source" => self.source(outlet, id),
            "term" => self.term(outlet, (&behind.lexicon, id), &behind.variant),
            kind => self.link((kind, outlet, &behind.lexicon, id, &behind.variant)),
        }
    }

    fn link(&self, cell: Cell<'_>) -> Option<Link> {
        let index = self.cells.get(&cell)?;
        Some(Link { href: format!("#{}", id(*index)), term: None, text: None })
    }
}

/// Whether the key is new; if so it leads to the spot.
fn is_new<K: Ord>(spots: &mut BTreeMap<K, Spot>, key: K, spot: Spot) -> bool {
    let before = spots.len();
    spots.entry(key).or_insert(spot);
    spots.len() > before
}

/// The id of a cell, by its place in the record.
pub(super) fn id(index: usize) -> String {
    format!("s{index}")
}

fn sentence_id((cell, place): Spot) -> String {
    format!("s{cell}-{place}")
}

fn cell(row: &EvidenceRow) -> Cell<'_> {
    (
        &row.kind,
        &row.outlet,
        row.lexicon.as_deref().unwrap_or_default(),
        &row.id,
        row.variant.as_deref().unwrap_or_default(),
    )
}
