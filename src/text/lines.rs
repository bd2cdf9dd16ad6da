//! Numbers of lines.

/// Where the lines of a text end: a number is looked up, not counted from the start each time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lines {
    ends: Vec<u32>,
}

impl Lines {
    /// Finds the line feeds of a text, which is shorter than 4 GiB.
    pub fn of(text: &str) -> Self {
        let ends = memchr::memchr_iter(b'\n', text.as_bytes());
        Self { ends: ends.map(|at| at as u32).collect() }
    }

    /// The number of the line, counted from 1, that holds a byte; a line feed ends its line.
    pub fn number(&self, offset: u32) -> u32 {
        self.ends.partition_point(|end| *end < offset) as u32 + 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_if_counted_from_the_start() {
        for text in ["", "\n", "a\nb\n\nc", "\r\n\nx\n"] {
            let lines = Lines::of(text);
            for offset in 0..=text.len() {
                let counted = text[..offset].matches('\n').count() as u32 + 1;
                assert_eq!(lines.number(offset as u32), counted, "{text:?} at {offset}");
            }
        }
    }
}
