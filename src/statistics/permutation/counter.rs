//! Sums under many labellings at once: a bit a labelling, a plane a power of two.

/// Labellings that are looked at together.
pub(super) const LANES: usize = 256;

/// For one article, the labellings that put it on the side that is drawn: a bit each.
pub(super) type Row = [u64; LANES / 64];

/// Adds up numbers for each of [`LANES`] labellings, by carry-save addition: a row goes into a plane
/// when a second one has come to wait there, so that most rows cost one full adder of five operations.
#[derive(Debug, Default)]
pub(super) struct Counter {
    planes: Vec<Plane>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Plane {
    sum: Row,
    waiting: Row,
    waits: bool,
}

impl Counter {
    /// Adds `number` in the labellings of `row`.
    pub(super) fn add(&mut self, mut number: u64, row: &Row) {
        while number != 0 {
            self.add_at(number.trailing_zeros() as usize, *row);
            number &= number - 1;
        }
    }

    fn add_at(&mut self, mut place: usize, mut row: Row) {
        loop {
            if self.planes.len() <= place {
                self.planes.resize(place + 1, Plane::default());
            }
            let plane = &mut self.planes[place];
            plane.waits = !plane.waits;
            if plane.waits {
                plane.waiting = row;
                return;
            }
            plane.take_in(&mut row);
            place += 1;
        }
    }

    /// The sum of each labelling; the counter is empty afterwards.
    pub(super) fn take(&mut self, sums: &mut [u64; LANES]) {
        let mut carry = Row::default();
        for plane in &mut self.planes {
            // A row that no longer waits has been added.
            if !plane.waits {
                plane.waiting = Row::default();
            }
            plane.take_in(&mut carry);
        }
        self.planes.push(Plane { sum: carry, ..Plane::default() });
        sums.fill(0);
        for (place, eight) in self.planes.chunks(8).enumerate() {
            for (group, sums) in sums.chunks_exact_mut(8).enumerate() {
                let bytes = spread(eight, group).to_le_bytes();
                for (sum, byte) in sums.iter_mut().zip(bytes) {
                    *sum |= u64::from(byte) << (8 * place);
                }
            }
        }
        self.planes.clear();
    }
}

impl Plane {
    /// Adds what waits and `row`, which becomes what is carried to the next plane.
    fn take_in(&mut self, row: &mut Row) {
        for (lane, carry) in row.iter_mut().enumerate() {
            let (x, y, z) = (self.sum[lane], self.waiting[lane], *carry);
            let differ = x ^ y;
            self.sum[lane] = differ ^ z;
            *carry = (x & y) | (differ & z);
        }
    }
}

/// Eight labellings of up to eight planes as eight bytes.
fn spread(planes: &[Plane], group: usize) -> u64 {
    let mut bytes = 0;
    for (place, plane) in planes.iter().enumerate() {
        let bits = plane.sum[group / 8] >> (8 * (group % 8)) & 0xFF;
        // Bit i of the byte to the lowest bit of byte i.
        let copies = bits.wrapping_mul(0x0101_0101_0101_0101) & 0x8040_2010_0804_0201;
        let ones = copies.wrapping_add(0x7F7F_7F7F_7F7F_7F7F) >> 7;
        bytes |= (ones & 0x0101_0101_0101_0101) << place;
    }
    bytes
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
                counter.take(&mut sums);
                for (lane, &sum) in sums.iter().enumerate() {
                    let chosen = numbers.iter().zip(&rows);
                    let chosen = chosen.filter(|(_, row)| row[lane / 64] >> (lane % 64) & 1 == 1);
                    prop_assert_eq!(sum, chosen.map(|(&number, _)| number).sum::<u64>());
                }
            }
        }
    }
}
