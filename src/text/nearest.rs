//! The next byte of a few kinds, where most bytes are of none.

/// Looks for six bytes, three and three at once: the next of each three is kept until it is passed.
pub(crate) struct Nearest<'t> {
    bytes: &'t [u8],
    wanted: [[u8; 3]; 2],
    next: [Option<usize>; 2],
}

impl<'t> Nearest<'t> {
    /// Looks in `bytes`; two threes of which each is rare, or common, as a whole are found fastest.
    pub(crate) fn new(bytes: &'t [u8], wanted: [[u8; 3]; 2]) -> Self {
        Self { bytes, wanted, next: [None; 2] }
    }

    /// The place of the first of them from `at` on, which is not smaller than in the call before.
    #[inline]
    pub(crate) fn from(&mut self, at: usize) -> Option<usize> {
        for (next, [one, two, three]) in self.next.iter_mut().zip(self.wanted) {
            if next.is_none_or(|next| next < at) {
                let rest = self.bytes.get(at..).unwrap_or_default();
                let found = memchr::memchr3(one, two, three, rest);
                *next = Some(found.map_or(self.bytes.len(), |found| at + found));
            }
        }
        let nearest = self.next.into_iter().flatten().min();
        nearest.filter(|&nearest| nearest < self.bytes.len())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Nearest;

    proptest! {
        #[test]
        fn none_is_missed(bytes in prop::collection::vec(0u8..12, 0..90), steps in prop::collection::vec(0usize..9, 1..30)) {
            let wanted = [[1, 2, 3], [4, 5, 5]];
            let mut nearest = Nearest::new(&bytes, wanted);
            let mut at = 0;
            for step in steps {
                at += step;
                let first = (at..bytes.len()).find(|&at| wanted.as_flattened().contains(&bytes[at]));
                prop_assert_eq!(nearest.from(at), first);
            }
        }
    }
}
