//! The built-in data file of page furniture as `build.rs` packs it: for each of its lists the
//! expressions and what was found out about them, then the agencies with the same, then the hints.

use super::agencies::Agencies;
use super::pattern_edges::{Edges, LISTS};
use super::patterns::Patterns;

/// What is packed.
pub(super) struct Unpacked {
    /// In the order of [`LISTS`].
    pub(super) lists: [Patterns; LISTS.len()],
    pub(super) agencies: Agencies,
    pub(super) hints: Vec<String>,
}

/// `None` if the bytes are nothing that was packed.
pub(super) fn unpack(bytes: &'static [u8]) -> Option<Unpacked> {
    let mut packed = Packed { bytes };
    let mut lists = Vec::with_capacity(LISTS.len());
    for (_, place) in LISTS {
        let number = packed.number()?;
        let edges = packed.edges(number)?;
        let expressions: Option<Vec<_>> = (0..number).map(|_| packed.expression()).collect();
        lists.push(Patterns::unpacked(expressions?, place, edges));
    }
    let names = packed.texts()?;
    let edges = [packed.edges(names.len())?, packed.edges(names.len())?];
    let agencies = Agencies::unpacked(owned(names), edges);
    let hints = owned(packed.texts()?);
    let lists = lists.try_into().ok()?;
    packed.bytes.is_empty().then_some(Unpacked { lists, agencies, hints })
}

fn owned(texts: Vec<&str>) -> Vec<String> {
    texts.into_iter().map(str::to_owned).collect()
}

/// What is still to be read.
struct Packed {
    bytes: &'static [u8],
}

impl Packed {
    fn take(&mut self, length: usize) -> Option<&'static [u8]> {
        let (taken, rest) = self.bytes.split_at_checked(length)?;
        self.bytes = rest;
        Some(taken)
    }

    /// Two bytes, the lower one first.
    fn number(&mut self) -> Option<usize> {
        Some(usize::from(u16::from_le_bytes(*self.take(2)?.first_chunk()?)))
    }

    fn texts(&mut self) -> Option<Vec<&'static str>> {
        let number = self.number()?;
        let mut text = || {
            let length = self.number()?;
            std::str::from_utf8(self.take(length)?).ok()
        };
        (0..number).map(|_| text()).collect()
    }

    /// Its length before it: four bytes, the lowest first.
    fn expression(&mut self) -> Option<&'static [u8]> {
        let length = u32::from_le_bytes(*self.take(4)?.first_chunk()?);
        self.take(usize::try_from(length).ok()?)
    }

    fn edges(&mut self, patterns: usize) -> Option<Edges> {
        Edges::unpack(patterns, self.take(Edges::packed_size(patterns))?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PACKED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/furniture.packed"));

    #[test]
    fn what_is_cut_short_is_refused() {
        assert!(unpack(PACKED).is_some());
        for length in (0..PACKED.len()).step_by(997) {
            assert!(unpack(&PACKED[..length]).is_none());
        }
    }
}
