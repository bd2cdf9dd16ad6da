//! Sums with what they are of: packed, since of 500 outlets and 10,000 terms there are millions.

use std::collections::BTreeMap;

use super::article::VoiceGroup;
use super::bytes::{Numbers, put_large};
use crate::lexicon::EntryId;
use crate::text::{Voice, Zone};

/// Sums over the articles of one cell that have words (or whatever the hits are measured by).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Moments {
    /// Articles with words, m.
    pub articles: u64,
    /// Articles with words and hits.
    pub articles_with_hits: u64,
    /// Hits, X.
    pub hits: u64,
    /// Words, T.
    pub words: u64,
    /// Σx².
    pub hits_squared: u128,
    /// ΣxN.
    pub hits_words: u128,
    /// ΣN².
    pub words_squared: u128,
    /// Hits of the article with most of them.
    pub most_hits: u64,
}

impl Moments {
    /// Adds an article; one without words takes no part.
    pub fn add(&mut self, hits: u64, words: u64) {
        if words == 0 {
            return;
        }
        let (x, n) = (u128::from(hits), u128::from(words));
        self.articles += 1;
        self.articles_with_hits += u64::from(hits > 0);
        self.hits += hits;
        self.words += words;
        self.hits_squared += x * x;
        self.hits_words += x * n;
        self.words_squared += n * n;
        self.most_hits = self.most_hits.max(hits);
    }

    /// Adds the sums of other articles.
    pub fn merge(&mut self, other: &Self) {
        self.articles += other.articles;
        self.articles_with_hits += other.articles_with_hits;
        self.hits += other.hits;
        self.words += other.words;
        self.hits_squared += other.hits_squared;
        self.hits_words += other.hits_words;
        self.words_squared += other.words_squared;
        self.most_hits = self.most_hits.max(other.most_hits);
    }
}

/// What a sum is of. Indices are those of the inventory.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum SumOf {
    /// The articles of the outlet; those with words outside page furniture are `articles_with_hits`.
    Articles,
    /// Copies that were left out: `hits`.
    Duplicates,
    /// Words of a zone and voice: `words`.
    Words(Zone, Voice),
    /// Articles on an event: `articles`.
    Event(String),
    /// Hits of a category by words: index of the group.
    Category(usize, VoiceGroup),
    /// Hits of a category in the outlet's own voice by hits in all voices: index of the group.
    OwnShare(usize),
    /// Articles with enough different terms of a category, among those with words: index of the group.
    ArticleShare(usize),
    /// Hits of a term. Its words and articles are those of its category.
    Term(EntryId, VoiceGroup),
    /// Uses of a variant by uses of all variants: index of the group and of the variant.
    Variant(usize, usize, VoiceGroup),
    /// Labels on a target by its mentions; those that bear one are `found`.
    Target(String, VoiceGroup),
    /// How often a term is put on a target, in which voice, by which rule: `hits`.
    Label(String, EntryId, Voice, &'static str),
    /// A kind of problem, and whether something was left out for it: `hits`.
    Problem(bool, String),
}

/// What stands in a row of sums.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sum {
    /// The sums.
    pub moments: Moments,
    /// Matches counted independently of other terms, for a term; mentions that bear a label, for a
    /// target.
    pub found: u64,
    /// First and last day, for articles.
    pub days: Option<(jiff::civil::Date, jiff::civil::Date)>,
    /// What is the matter, for a problem: the text that sorts first.
    pub what: Option<String>,
}

impl Sum {
    /// Adds the sum of other articles: associative and commutative.
    pub fn merge(&mut self, other: Self) {
        self.moments.merge(&other.moments);
        self.found += other.found;
        self.days = match (self.days, other.days) {
            (Some((first, last)), Some((f, l))) => Some((first.min(f), last.max(l))),
            (one, two) => one.or(two),
        };
        self.what = match (self.what.take(), other.what) {
            (Some(one), Some(two)) => Some(one.min(two)),
            (one, two) => one.or(two),
        };
    }
}

/// A sum in a few bytes: most are of a word that an outlet used once or twice.
#[derive(Debug, Clone)]
pub(super) enum PackedSum {
    Short(u8, [u8; SHORT]),
    Long(Box<[u8]>),
}

/// Bytes that need no room of their own.
const SHORT: usize = 22;

/// Bits of what a sum has beside numbers.
const DAYS: u8 = 1;
const WHAT: u8 = 2;

impl From<&Sum> for PackedSum {
    fn from(sum: &Sum) -> Self {
        let mut bytes = Vec::with_capacity(64);
        let bit = |there: bool, bit: u8| if there { bit } else { 0 };
        bytes.push(bit(sum.days.is_some(), DAYS) | bit(sum.what.is_some(), WHAT));
        let Moments { articles, articles_with_hits, hits, words, most_hits, .. } = sum.moments;
        for number in [articles, articles_with_hits, hits, words, most_hits, sum.found] {
            put_large(&mut bytes, u128::from(number));
        }
        let Moments { hits_squared, hits_words, words_squared, .. } = sum.moments;
        for number in [hits_squared, hits_words, words_squared] {
            put_large(&mut bytes, number);
        }
        for day in sum.days.iter().flat_map(|(first, last)| [first, last]) {
            bytes.extend(day.year().to_le_bytes());
            bytes.extend([day.month() as u8, day.day() as u8]);
        }
        bytes.extend(sum.what.iter().flat_map(|what| what.bytes()));
        let mut short = [0; SHORT];
        match short.get_mut(..bytes.len()) {
            Some(there) => {
                there.copy_from_slice(&bytes);
                Self::Short(bytes.len() as u8, short)
            }
            None => Self::Long(bytes.into_boxed_slice()),
        }
    }
}

impl PackedSum {
    fn bytes(&self) -> &[u8] {
        match self {
            Self::Short(length, bytes) => &bytes[..usize::from(*length)],
            Self::Long(bytes) => bytes,
        }
    }

    pub(super) fn unpacked(&self) -> Sum {
        let mut bytes = Numbers(self.bytes());
        let has = bytes.byte();
        // They were 64 bits long.
        let mut number = || bytes.large() as u64;
        let (articles, articles_with_hits, hits) = (number(), number(), number());
        let (words, most_hits, found) = (number(), number(), number());
        let (hits_squared, hits_words, words_squared) =
            (bytes.large(), bytes.large(), bytes.large());
        let mut day = || {
            let year = i16::from_le_bytes([bytes.byte(), bytes.byte()]);
            jiff::civil::Date::new(year, bytes.byte() as i8, bytes.byte() as i8).ok()
        };
        let days = if has & DAYS > 0 { day().zip(day()) } else { None };
        let text = || std::str::from_utf8(bytes.0).unwrap_or_default().to_owned();
        let what = (has & WHAT > 0).then(text);
        let moments = Moments {
            articles,
            articles_with_hits,
            hits,
            words,
            hits_squared,
            hits_words,
            words_squared,
            most_hits,
        };
        Sum { moments, found, days, what }
    }
}

/// Sums by outlet and by what they are of, in this order. A problem belongs to no outlet: the empty one.
#[derive(Debug, Clone, Default)]
pub struct Sums(BTreeMap<String, BTreeMap<SumOf, PackedSum>>);

impl Sums {
    /// Adds to what is there: associative and commutative.
    pub fn add(&mut self, outlet: &str, of: SumOf, mut sum: Sum) {
        if !self.0.contains_key(outlet) {
            self.0.insert(outlet.to_owned(), BTreeMap::new());
        }
        let Some(sums) = self.0.get_mut(outlet) else { return };
        if let Some(known) = sums.get(&of) {
            sum.merge(known.unpacked());
        }
        sums.insert(of, PackedSum::from(&sum));
    }

    /// Makes one target of each that has several spellings, as a report from articles does. Where an
    /// article has two of them the more frequent one there decides which of the two is counted on.
    pub fn respell(&mut self) {
        super::spelling::respell_sums(self);
    }

    /// Adds the sums of each target to those of another one, and of its labels.
    pub(super) fn rename_targets(&mut self, names: &[[String; 2]]) {
        let outlets: Vec<String> = self.outlets().map(str::to_owned).collect();
        for (outlet, [name, common]) in
            outlets.iter().flat_map(|outlet| names.iter().map(move |names| (outlet, names)))
        {
            let Some(sums) = self.0.get_mut(outlet) else { continue };
            let target = |voice| SumOf::Target(name.clone(), voice);
            let mut found: Vec<(SumOf, PackedSum)> = VoiceGroup::ALL
                .into_iter()
                .filter_map(|voice| sums.remove_entry(&target(voice)))
                .collect();
            // What is not mentioned bears no label.
            if found.is_empty() {
                continue;
            }
            let first = SumOf::Label(name.clone(), EntryId(0), Voice::Own, "");
            let labels = sums.range(first..).map(|(of, _)| of);
            let own = labels.take_while(|of| matches!(of, SumOf::Label(of, ..) if of == name));
            let labels: Vec<SumOf> = own.cloned().collect();
            found.extend(labels.iter().filter_map(|of| sums.remove_entry(of)));
            for (of, sum) in found {
                let of = match of {
                    SumOf::Target(_, voice) => SumOf::Target(common.clone(), voice),
                    SumOf::Label(_, entry, voice, rule) => {
                        SumOf::Label(common.clone(), entry, voice, rule)
                    }
                    other => other,
                };
                self.add(outlet, of, sum.unpacked());
            }
        }
    }

    /// Adds the sums of an outlet that has none yet.
    pub(super) fn add_outlet(&mut self, outlet: String, sums: BTreeMap<SumOf, PackedSum>) {
        self.0.insert(outlet, sums);
    }

    /// The sum of something in an outlet.
    pub fn get(&self, outlet: &str, of: &SumOf) -> Option<Sum> {
        self.0.get(outlet)?.get(of).map(PackedSum::unpacked)
    }

    /// The sums of an outlet, in order.
    pub fn of_outlet(&self, outlet: &str) -> impl Iterator<Item = (&SumOf, Sum)> {
        self.0.get(outlet).into_iter().flatten().map(|(of, sum)| (of, sum.unpacked()))
    }

    /// The hits of an outlet by category and voice, in order.
    pub fn of_categories(
        &self,
        outlet: &str,
    ) -> impl Iterator<Item = ((usize, VoiceGroup), Moments)> {
        let first = SumOf::Category(0, VoiceGroup::All);
        let sums = self.0.get(outlet).map(|sums| sums.range(first..));
        sums.into_iter().flatten().map_while(|(of, sum)| match *of {
            SumOf::Category(group, voice) => Some(((group, voice), sum.unpacked().moments)),
            _ => None,
        })
    }

    /// Every sum as bytes, the same for equal sums alone, in order.
    pub fn packed(&self) -> impl Iterator<Item = (&str, &SumOf, &[u8])> {
        self.0.iter().flat_map(|(outlet, sums)| {
            sums.iter().map(|(of, sum)| (outlet.as_str(), of, sum.bytes()))
        })
    }

    /// Every sum, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &SumOf, Sum)> {
        self.0.iter().flat_map(|(outlet, sums)| {
            sums.iter().map(|(of, sum)| (outlet.as_str(), of, sum.unpacked()))
        })
    }

    /// The outlets, in order; the empty one is none.
    pub fn outlets(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str).filter(|outlet| !outlet.is_empty())
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.values().map(BTreeMap::len).sum()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl IntoIterator for Sums {
    type Item = ((String, SumOf), Sum);
    type IntoIter = Box<dyn Iterator<Item = Self::Item>>;

    fn into_iter(self) -> Self::IntoIter {
        Box::new(self.0.into_iter().flat_map(|(outlet, sums)| {
            sums.into_iter().map(move |(of, sum)| ((outlet.clone(), of), sum.unpacked()))
        }))
    }
}

impl FromIterator<((String, SumOf), Sum)> for Sums {
    fn from_iter<I: IntoIterator<Item = ((String, SumOf), Sum)>>(rows: I) -> Self {
        let mut sums = Self::default();
        rows.into_iter().for_each(|((outlet, of), sum)| sums.add(&outlet, of, sum));
        sums
    }
}

#[cfg(test)]
mod tests {
    use proptest::option::of;
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_packed_comes_back(
            small: [u64; 5],
            large: [u128; 3],
            found: u64,
            first in of((-9999..=9999i16, 1..=12i8, 1..=28i8)),
            what in of("\\PC{0,20}"),
        ) {
            let [articles, articles_with_hits, hits, words, most_hits] = small;
            let [hits_squared, hits_words, words_squared] = large;
            let moments = Moments {
                articles,
                articles_with_hits,
                hits,
                words,
                hits_squared,
                hits_words,
                words_squared,
                most_hits,
            };
            let day = first.map(|(year, month, day)| jiff::civil::date(year, month, day));
            let days = day.map(|day| (day, jiff::civil::date(9999, 1, 2)));
            let sum = Sum { moments, found, days, what };
            prop_assert_eq!(PackedSum::from(&sum).unpacked(), sum);
        }
    }

    #[test]
    fn a_sum_is_small() {
        assert_eq!(size_of::<PackedSum>(), 24);
        let moments = Moments {
            articles_with_hits: 1,
            hits: 2,
            hits_squared: 4,
            hits_words: 9000,
            most_hits: 2,
            ..Moments::default()
        };
        let sum = Sum { moments, found: 2, ..Sum::default() };
        assert!(matches!(PackedSum::from(&sum), PackedSum::Short(..)));
    }
}
