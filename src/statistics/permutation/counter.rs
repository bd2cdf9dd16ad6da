//! Sums under many labellings at once: a bit a labelling, a plane a power of two.

/// Labellings that are looked at together.
pub(super) const LANES: usize = 256;

/// For one article, the labellings that put it on the side that is drawn: a bit each.
pub(super) type Row = [u64; LANES / 64];

/// A sum for each labelling.
pub(super) type Sums = [u64; LANES];

/// Bits of a sum.
const PLACES: usize = 64;

/// Adds up numbers for each of [`LANES`] labellings, by carry-save addition: a row goes into a plane
/// when a second one has come to wait there, so that most rows cost one full adder of five operations.
#[derive(Debug)]
pub(super) struct Counter {
    planes: [Plane; PLACES],
    /// Planes from here on are empty.
    used: usize,
}

#[derive(Debug, Clone, Copy, Default)]
struct Plane {
    sum: Row,
    waiting: Row,
    waits: bool,
}

impl Default for Counter {
    fn default() -> Self {
        Self { planes: [Plane::default(); PLACES], used: 0 }
    }
}

impl Counter {
    /// Adds `number` in the labellings of `row`.
    #[inline(always)]
    pub(super) fn add(&mut self, mut number: u64, row: &Row) {
        while number != 0 {
            self.add_at(number.trailing_zeros() as usize, *row);
            number &= number - 1;
        }
    }

    #[inline(always)]
    fn add_at(&mut self, place: usize, mut row: Row) {
        for (place, plane) in self.planes.iter_mut().enumerate().skip(place) {
            self.used = self.used.max(place + 1);
            plane.waits = !plane.waits;
            if plane.waits {
                plane.waiting = row;
                return;
            }
            plane.take_in(&mut row);
        }
    }

    /// The sum of each labelling; the counter is empty afterwards.
    #[inline(always)]
    pub(super) fn take(&mut self, sums: &mut Sums) {
        self.finish();
        let mut bits = [Row::default(); PLACES];
        bits.iter_mut().zip(&self.planes).for_each(|(bits, plane)| *bits = plane.sum);
        sums_of(&bits[..self.used], sums);
        self.clear();
    }

    /// The same a bit at a time, the lowest bit of all sums first.
    #[inline(always)]
    pub(super) fn take_bits(&mut self, bits: &mut Vec<Row>) {
        self.finish();
        bits.clear();
        bits.extend(self.planes[..self.used].iter().map(|plane| plane.sum));
        self.clear();
    }

    /// Adds what waits.
    #[inline(always)]
    fn finish(&mut self) {
        let mut carry = Row::default();
        self.used = self.used.min(PLACES - 1) + 1;
        for plane in &mut self.planes[..self.used] {
            // A row that no longer waits has been added.
            if !plane.waits {
                plane.waiting = Row::default();
            }
            plane.take_in(&mut carry);
        }
    }

    #[inline(always)]
    fn clear(&mut self) {
        self.planes[..self.used].fill(Plane::default());
        self.used = 0;
    }
}

impl Plane {
    /// Adds what waits and `row`, which becomes what is carried to the next plane.
    #[inline(always)]
    fn take_in(&mut self, row: &mut Row) {
        for (lane, carry) in row.iter_mut().enumerate() {
            let (x, y, z) = (self.sum[lane], self.waiting[lane], *carry);
            let differ = x ^ y;
            self.sum[lane] = differ ^ z;
            *carry = (x & y) | (differ & z);
        }
    }
}

/// Sums from their bits, the lowest bit of all first.
#[inline(always)]
pub(super) fn sums_of(bits: &[Row], sums: &mut Sums) {
    let (low, high) = bits.split_at(bits.len().min(32));
    let mut small = [0u32; LANES];
    for (place, row) in low.iter().enumerate() {
        spread(row, 1 << place, &mut small);
    }
    for (sum, small) in sums.iter_mut().zip(small) {
        *sum = u64::from(small);
    }
    for (place, row) in (32..).zip(high) {
        for (lane, sum) in sums.iter_mut().enumerate() {
            *sum |= (row[lane / 64] >> (lane % 64) & 1) << place;
        }
    }
}

/// Sets `bit` in the sums of the labellings of `row`; written so that a compiler takes many at once.
#[inline(always)]
fn spread(row: &Row, bit: u32, sums: &mut [u32; LANES]) {
    for (word, sums) in row.iter().zip(sums.chunks_exact_mut(64)) {
        for (half, sums) in
            [*word as u32, (word >> 32) as u32].into_iter().zip(sums.chunks_exact_mut(32))
        {
            for (lane, sum) in sums.iter_mut().enumerate() {
                *sum |= if half & 1 << lane == 0 { 0 } else { bit };
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::random::Generator;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn sums_are_those_of_each_labelling(
            numbers in prop::collection::vec(0u64..100_000, 0..70),
            seed in any::<u64>(),
        ) {
            let mut generator = Generator::new(seed);
            let rows: Vec<Row> =
                numbers.iter().map(|_| std::array::from_fn(|_| generator.next_bits())).collect();
            let mut counter = Counter::default();
            let mut sums = [9; LANES];
            for _ in 0..2 {
                numbers.iter().zip(&rows).for_each(|(&number, row)| counter.add(number, row));
                let mut bits = Vec::new();
                counter.take_bits(&mut bits);
                numbers.iter().zip(&rows).for_each(|(&number, row)| counter.add(number, row));
                counter.take(&mut sums);
                for (lane, &sum) in sums.iter().enumerate() {
                    let chosen = numbers.iter().zip(&rows);
                    let chosen = chosen.filter(|(_, row)| row[lane / 64] >> (lane % 64) & 1 == 1);
                    prop_assert_eq!(sum, chosen.map(|(&number, _)| number).sum::<u64>());
                    let bit = |row: &Row| row[lane / 64] >> (lane % 64) & 1;
                    let all = bits.iter().rev().fold(0, |all, row| all << 1 | bit(row));
                    prop_assert_eq!(sum, all);
                }
            }
        }
    }
}
