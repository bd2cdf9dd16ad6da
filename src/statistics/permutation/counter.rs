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
    /// Adds 2^`place` in the labellings of each of these rows, eight at a time: seven full adders
    /// without a branch, and one row that goes on (Harley & Seal).
    #[inline(always)]
    pub(super) fn add_all(
        &mut self,
        place: usize,
        rows: &[Row],
        mut articles: impl Iterator<Item = usize>,
    ) {
        let mut sums = [Row::default(); 3];
        let mut group = [Row::default(); 8];
        let mut summed = 0;
        loop {
            let mut taken = 0;
            while taken < group.len() {
                let Some(row) = articles.next().and_then(|article| rows.get(article)) else {
                    group[..taken].iter().for_each(|row| self.add_at(place, *row));
                    let sums = sums.into_iter().take(summed);
                    (place..).zip(sums).for_each(|(place, sum)| self.add_at(place, sum));
                    return;
                };
                group[taken] = *row;
                taken += 1;
            }
            summed = sums.len();
            let [ones, twos, fours] = &mut sums;
            let [a, b, c, d, e, f, g, h] = group;
            let (ab, cd) = (added(ones, a, b), added(ones, c, d));
            let (ef, gh) = (added(ones, e, f), added(ones, g, h));
            let (first, second) = (added(twos, ab, cd), added(twos, ef, gh));
            let eights = added(fours, first, second);
            self.add_at(place + 3, eights);
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
        *row = added(&mut self.sum, self.waiting, *row);
    }
}

/// Adds two rows to a sum; what is carried.
#[inline(always)]
fn added(sum: &mut Row, one: Row, two: Row) -> Row {
    let mut carried = Row::default();
    for (lane, carry) in carried.iter_mut().enumerate() {
        let (x, y, z) = (sum[lane], one[lane], two[lane]);
        let differ = x ^ y;
        sum[lane] = differ ^ z;
        *carry = (x & y) | (differ & z);
    }
    carried
}

/// Numbers of articles a binary place at a time: which have it.
#[derive(Debug)]
pub(super) struct Marks {
    /// By place, a bit an article.
    places: Vec<Vec<u64>>,
}

impl Marks {
    pub(super) fn of(numbers: &[u32]) -> Self {
        let most = numbers.iter().max().map_or(0, |most| u32::BITS - most.leading_zeros());
        let marked = |some: &[u32], place: u32| {
            (0..).zip(some).fold(0, |all, (at, number)| all | u64::from(number >> place & 1) << at)
        };
        let of_place = |place| numbers.chunks(64).map(|some| marked(some, place)).collect();
        Self { places: (0..most).map(of_place).collect() }
    }

    /// Every place with the articles whose numbers have it.
    #[inline(always)]
    pub(super) fn places(&self) -> impl Iterator<Item = (usize, Marked<'_>)> {
        let each = |bits| Marked { bits, next: 0, left: 0 };
        self.places.iter().map(Vec::as_slice).map(each).enumerate()
    }
}

/// The places of bits that are set.
pub(super) struct Marked<'a> {
    bits: &'a [u64],
    next: usize,
    left: u64,
}

impl Iterator for Marked<'_> {
    type Item = usize;

    #[inline(always)]
    fn next(&mut self) -> Option<usize> {
        while self.left == 0 {
            self.left = *self.bits.get(self.next)?;
            self.next += 1;
        }
        let at = self.left.trailing_zeros() as usize;
        self.left &= self.left - 1;
        Some((self.next - 1) * 64 + at)
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
            numbers in prop::collection::vec(0u32..100_000, 0..150),
            seed in any::<u64>(),
        ) {
            let mut generator = Generator::new(seed);
            let rows: Vec<Row> =
                numbers.iter().map(|_| std::array::from_fn(|_| generator.next_bits())).collect();
            let mut counter = Counter::default();
            let mut sums = [9; LANES];
            let marks = Marks::of(&numbers);
            let add = |counter: &mut Counter| {
                marks.places().for_each(|(place, marked)| counter.add_all(place, &rows, marked));
            };
            for _ in 0..2 {
                add(&mut counter);
                let mut bits = Vec::new();
                counter.take_bits(&mut bits);
                add(&mut counter);
                counter.take(&mut sums);
                for (lane, &sum) in sums.iter().enumerate() {
                    let chosen = numbers.iter().zip(&rows);
                    let chosen = chosen.filter(|(_, row)| row[lane / 64] >> (lane % 64) & 1 == 1);
                    prop_assert_eq!(sum, chosen.map(|(&number, _)| u64::from(number)).sum::<u64>());
                    let bit = |row: &Row| row[lane / 64] >> (lane % 64) & 1;
                    let all = bits.iter().rev().fold(0, |all, row| all << 1 | bit(row));
                    prop_assert_eq!(sum, all);
                }
            }
        }
    }
}
