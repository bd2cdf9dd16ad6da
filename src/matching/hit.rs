//! One match of one entry.

use crate::lexicon::EntryId;
use crate::text::{Span, Voice, Zone};

/// One match of one entry of an [`Inventory`](crate::lexicon::Inventory) in an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Which entry.
    pub entry: EntryId,
    /// Bytes of the article's text, from the first letter to the last (a possessive ending excluded).
    pub span: Span,
    /// Zone of its first word.
    pub zone: Zone,
    /// Voice of its first word.
    pub voice: Voice,
    /// After a negation in the same clause, at most three words back.
    pub negated: bool,
    /// How many words it was matched with by a wildcard: fewer is preferred.
    pub wildcards: u8,
    /// Why it does not count; `None` for a hit that does.
    pub dropped: Option<Dropped>,
}

/// Why a match does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dropped {
    /// The category does not search this zone.
    Zone,
    /// An `unless` pattern covers it; its index in the term's list.
    Unless(u16),
    /// It crosses the border of a quotation.
    Quotation,
    /// Another match of the same group stands there; its entry and span.
    Overlapped(EntryId, Span),
}

impl Hit {
    /// Whether it is in the independent count of its entry (`found`): it counts, or would if the
    /// other entries of its group were not there.
    pub fn is_found(&self) -> bool {
        match self.dropped {
            None => true,
            Some(Dropped::Overlapped(by, _)) => by != self.entry,
            Some(Dropped::Zone | Dropped::Unless(_) | Dropped::Quotation) => false,
        }
    }
}
