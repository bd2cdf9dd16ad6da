//! What `build.rs` found out about the regular expressions of the built-in lexicons.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use super::facts::Facts;
use super::required::Required;

impl Facts {
    /// Those of an expression that a built-in lexicon holds, too, with the expression as it is packed.
    pub(crate) fn known(expression: &str) -> Option<(Self, &'static [u8])> {
        static KNOWN: OnceLock<Known> = OnceLock::new();
        let read = || unpack(PACKED).unwrap_or_default();
        KNOWN.get_or_init(read).get(expression).cloned()
    }
}

type Known = FxHashMap<&'static str, (Facts, &'static [u8])>;

const PACKED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/expressions.packed"));

/// Nothing if the bytes are nothing that was packed.
fn unpack(bytes: &'static [u8]) -> Option<Known> {
    let mut packed = Packed { bytes };
    let number = packed.number()?;
    let mut known = FxHashMap::default();
    known.reserve(number.min(bytes.len()));
    for _ in 0..number {
        let expression = std::str::from_utf8(packed.text()?).ok()?;
        known.insert(expression, (packed.facts()?, packed.text()?));
    }
    packed.bytes.is_empty().then_some(known)
}

/// What is still to be read.
struct Packed {
    bytes: &'static [u8],
}

impl Packed {
    /// Four bytes, the lowest first.
    fn number(&mut self) -> Option<usize> {
        let (number, rest) = self.bytes.split_first_chunk()?;
        self.bytes = rest;
        usize::try_from(u32::from_le_bytes(*number)).ok()
    }

    fn text(&mut self) -> Option<&'static [u8]> {
        let length = self.number()?;
        let (text, rest) = self.bytes.split_at_checked(length)?;
        self.bytes = rest;
        Some(text)
    }

    fn facts(&mut self) -> Option<Facts> {
        let flags = self.number()?;
        let is = |flag: usize| flags >> flag & 1 == 1;
        let most_bytes = self.number()?;
        let number = self.number()?;
        let literals: Option<Vec<_>> = (0..number).map(|_| Some(self.text()?.to_vec())).collect();
        Some(Facts {
            required: Some(Required { literals: literals?, at_start: is(3) }).filter(|_| is(2)),
            most_bytes,
            may_be_empty: is(0),
            is_free: is(1),
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use regex_syntax::ParserBuilder;

    use super::*;
    use crate::lexicon::{BUILTIN, Inventory, Pattern};
    use crate::text::unpack_hir;

    #[test]
    fn what_is_known_is_so() {
        let known = unpack(PACKED).unwrap();
        let inventory = Inventory::new(BUILTIN.iter().map(|builtin| builtin.lexicon()).collect());
        let mut number = 0;
        for (id, _) in inventory.entries() {
            let Pattern::Regex(expression) = &inventory.term(id).pattern else { continue };
            let hir =
                ParserBuilder::new().case_insensitive(true).build().parse(expression).unwrap();
            let (facts, packed) = known.get(expression.as_str()).unwrap();
            assert_eq!(*facts, Facts::of(&hir), "{expression}");
            assert_eq!(unpack_hir(packed).unwrap(), (hir, &[][..]), "{expression}");
            number += 1;
        }
        assert!(number > 100, "{number}");
    }

    #[test]
    fn what_is_cut_short_is_refused() {
        for length in (0..PACKED.len()).step_by(199) {
            assert!(unpack(&PACKED[..length]).is_none());
        }
    }
}
