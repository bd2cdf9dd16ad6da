//! Whole numbers in as few bytes as they need.

/// Appends a number, seven bits a byte, the lowest first (LEB128).
pub(super) fn put(bytes: &mut Vec<u8>, number: u32) {
    let mut rest = number;
    while rest >= 0x80 {
        bytes.push(rest as u8 | 0x80);
        rest >>= 7;
    }
    bytes.push(rest as u8);
}

/// The same for a number of any size.
pub(super) fn put_large(bytes: &mut Vec<u8>, number: u128) {
    let mut rest = number;
    while rest >= 0x80 {
        bytes.push(rest as u8 | 0x80);
        rest >>= 7;
    }
    bytes.push(rest as u8);
}

/// Reads numbers in the order in which they were put. Behind the last one all are 0.
pub(super) struct Numbers<'b>(pub(super) &'b [u8]);

impl<'b> Numbers<'b> {
    /// The next byte.
    pub(super) fn byte(&mut self) -> u8 {
        self.take(1).first().copied().unwrap_or(0)
    }

    /// The next number.
    pub(super) fn number(&mut self) -> u32 {
        let (mut number, mut shift) = (0u32, 0);
        loop {
            let byte = self.byte();
            number |= u32::from(byte & 0x7f).checked_shl(shift).unwrap_or(0);
            shift += 7;
            if byte < 0x80 {
                return number;
            }
        }
    }

    /// The next number of any size.
    pub(super) fn large(&mut self) -> u128 {
        let (mut number, mut shift) = (0u128, 0);
        loop {
            let byte = self.byte();
            number |= u128::from(byte & 0x7f).checked_shl(shift).unwrap_or(0);
            shift += 7;
            if byte < 0x80 {
                return number;
            }
        }
    }

    /// The next so many bytes, fewer at the end.
    pub(super) fn take(&mut self, length: usize) -> &'b [u8] {
        let (taken, rest) = self.0.split_at(length.min(self.0.len()));
        self.0 = rest;
        taken
    }

    /// A text with its length before it.
    pub(super) fn text(&mut self) -> &'b str {
        let length = self.number() as usize;
        std::str::from_utf8(self.take(length)).unwrap_or_default()
    }

    /// A list with its length before it.
    pub(super) fn list<T>(&mut self, mut read: impl FnMut(&mut Self) -> T) -> Vec<T> {
        let length = self.number();
        (0..length).map(|_| read(self)).collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn numbers_come_back(numbers: Vec<u32>) {
            let mut bytes = Vec::new();
            numbers.iter().for_each(|&number| put(&mut bytes, number));
            let mut reader = Numbers(&bytes);
            let read: Vec<u32> = numbers.iter().map(|_| reader.number()).collect();
            prop_assert_eq!(read, numbers);
            prop_assert_eq!(reader.number(), 0);
        }

        #[test]
        fn large_numbers_come_back(numbers: Vec<u128>) {
            let mut bytes = Vec::new();
            numbers.iter().for_each(|&number| put_large(&mut bytes, number));
            let mut reader = Numbers(&bytes);
            let read: Vec<u128> = numbers.iter().map(|_| reader.large()).collect();
            prop_assert_eq!(read, numbers);
        }
    }
}
