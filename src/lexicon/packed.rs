//! Reading a lexicon that `build.rs` has packed: what stands there is written down in the same order.

use std::collections::BTreeMap;
use std::ops::Range;

use super::model::{Category, Choice, Lexicon, Measure, Pattern, Target, TargetKind, Term};
use crate::text::{Zone, ZoneSet};

/// The lexicon in `bytes`; `None` if they are no packed lexicon.
pub(super) fn unpack(bytes: &[u8], origin: &str) -> Option<Lexicon> {
    let mut packed = Packed { bytes };
    let lexicon = packed.lexicon(origin.to_owned())?;
    packed.bytes.is_empty().then_some(lexicon)
}

/// What is still to be read.
struct Packed<'a> {
    bytes: &'a [u8],
}

impl Packed<'_> {
    /// Seven bits a byte, the lowest first; the last byte has no eighth bit.
    fn number(&mut self) -> Option<u64> {
        let mut number = 0;
        for place in 0..10 {
            let (&byte, rest) = self.bytes.split_first()?;
            self.bytes = rest;
            number |= u64::from(byte & 0x7F) << (7 * place);
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    fn size(&mut self) -> Option<usize> {
        usize::try_from(self.number()?).ok()
    }

    fn flag(&mut self) -> Option<bool> {
        Some(self.number()? != 0)
    }

    fn text(&mut self) -> Option<String> {
        let length = self.size()?;
        let (text, rest) = self.bytes.split_at_checked(length)?;
        self.bytes = rest;
        std::str::from_utf8(text).ok().map(str::to_owned)
    }

    fn place(&mut self) -> Option<Range<usize>> {
        let start = self.size()?;
        Some(start..start + self.size()?)
    }

    /// What may be left out.
    fn option<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<Option<T>> {
        if self.flag()? { read(self).map(Some) } else { Some(None) }
    }

    fn list<T>(&mut self, mut read: impl FnMut(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let length = self.size()?;
        // Each entry takes a byte at least, so a wrong length asks for no more memory than that.
        let mut list = Vec::with_capacity(length.min(self.bytes.len()));
        for _ in 0..length {
            list.push(read(self)?);
        }
        Some(list)
    }

    fn lexicon(&mut self, origin: String) -> Option<Lexicon> {
        Some(Lexicon {
            id: self.text()?,
            title: self.text()?,
            version: self.text()?,
            language: self.text()?,
            license: self.option(Self::text)?,
            description: self.text()?,
            sources: self.list(Self::text)?,
            default: self.flag()?,
            categories: self.list(Self::category)?,
            choices: self.list(Self::choice)?,
            targets: self.list(Self::target)?,
            origin,
        })
    }

    fn category(&mut self) -> Option<Category> {
        Some(Category {
            id: self.text()?,
            title: self.text()?,
            description: self.text()?,
            sources: self.list(Self::text)?,
            zones: self.zones()?,
            topic_sensitive: self.flag()?,
            labels: self.flag()?,
            axis: self.option(Self::text)?,
            measure: match u32::try_from(self.number()?).ok()? {
                0 => Measure::Rate,
                distinct => Measure::Articles { distinct },
            },
            opposes: self.option(Self::text)?,
            terms: self.list(Self::term)?,
            place: self.place()?,
        })
    }

    /// Names of zones; none for the default.
    fn zones(&mut self) -> Option<ZoneSet> {
        let names = self.list(Self::text)?;
        if names.is_empty() {
            return Some(ZoneSet::DEFAULT);
        }
        names
            .iter()
            .try_fold(ZoneSet::EMPTY, |zones, name| Some(zones.with(Zone::from_name(name)?)))
    }

    fn choice(&mut self) -> Option<Choice> {
        Some(Choice {
            id: self.text()?,
            title: self.text()?,
            description: self.text()?,
            variants: self
                .list(|packed| Some((packed.text()?, packed.list(Self::term)?)))?
                .into_iter()
                .collect::<BTreeMap<_, _>>(),
            place: self.place()?,
        })
    }

    fn target(&mut self) -> Option<Target> {
        Some(Target {
            id: self.text()?,
            title: self.text()?,
            kind: TargetKind::from_name(&self.text()?)?,
            names: self.list(Self::term)?,
            titles: self.list(Self::text)?,
            place: self.place()?,
        })
    }

    /// A text alone (0), or with options and forms (1), or a regex with its name and options (2).
    fn term(&mut self) -> Option<Term> {
        let kind = self.number()?;
        let mut text = self.text()?;
        let place = self.place()?;
        if kind == 0 {
            return Some(Term::plain(text, place));
        }
        let pattern = if kind == 2 {
            let expression = text.clone();
            if let Some(name) = self.option(Self::text)? {
                text = name;
            }
            Pattern::Regex(expression)
        } else {
            Pattern::Words {
                forms: self.list(Self::text)?,
                exact_case: self.flag()?,
                exact_accents: self.flag()?,
            }
        };
        Some(Term {
            text,
            pattern,
            pole: self.option(Self::text)?,
            pair: self.option(Self::text)?,
            axis: self.option(Self::text)?,
            unpaired: self.option(Self::text)?,
            contested: self.flag()?,
            weight: self.option(|packed| packed.text()?.parse().ok())?,
            unless: self.list(Self::text)?,
            hits: self.list(Self::text)?,
            misses: self.list(Self::text)?,
            note: self.option(Self::text)?,
            ambiguous: self.flag()?,
            place,
        })
    }
}
