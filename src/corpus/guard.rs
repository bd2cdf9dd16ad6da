//! Panics of the code that takes other people's files apart, the libraries below it included: they
//! cost the file or the row, not the run.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::format::{NumberedRow, Rows};
use super::problem::SkipReason;
use super::source::Source;

thread_local! {
    static GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// Whether this thread is reading a file whose panic would be caught, and told as what is skipped: a
/// program's panic hook need not print it.
pub fn is_guarded() -> bool {
    GUARDED.get()
}

/// Reads something; a panic is a reason to skip it.
pub(crate) fn guarded<T>(read: impl FnOnce() -> Result<T, SkipReason>) -> Result<T, SkipReason> {
    let before = GUARDED.replace(true);
    // What was being read is dropped, and with it whatever state it was left in.
    let result = catch_unwind(AssertUnwindSafe(read));
    GUARDED.set(before);
    result.unwrap_or_else(|payload| {
        let message = payload
            .downcast_ref::<String>()
            .map(String::as_str)
            .or_else(|| payload.downcast_ref::<&str>().copied())
            .unwrap_or("it does not say why");
        Err(SkipReason::ReaderFailed { message: message.chars().take(200).collect() })
    })
}

/// Opens a table; its rows end where reading them panics.
pub(super) fn open_rows(
    open: fn(&Source) -> Result<Rows, SkipReason>,
    source: &Source,
) -> Result<Rows, SkipReason> {
    let Rows { header, is_named, rows } = guarded(|| open(source))?;
    Ok(Rows { header, is_named, rows: Box::new(Guarded { rows: Some(rows), number: 0 }) })
}

struct Guarded {
    /// `None` at the end.
    rows: Option<Box<dyn Iterator<Item = NumberedRow> + Send>>,
    /// Of the last row.
    number: u64,
}

impl Iterator for Guarded {
    type Item = NumberedRow;

    fn next(&mut self) -> Option<NumberedRow> {
        let rows = self.rows.as_mut()?;
        let row = match guarded(|| Ok(rows.next())) {
            Ok(row) => row,
            Err(reason) => {
                self.rows = None;
                return Some((self.number + 1, Err(reason)));
            }
        };
        match &row {
            Some((number, _)) => self.number = *number,
            None => self.rows = None,
        }
        row
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fails(_: &Source) -> Result<Rows, SkipReason> {
        panic!("no table of {}", "mine")
    }

    fn fails_later(_: &Source) -> Result<Rows, SkipReason> {
        let rows = (4..).map(|number| {
            assert!(number < 6, "six");
            (number, Err(SkipReason::EmptyText))
        });
        Ok(Rows { header: Vec::new(), is_named: false, rows: Box::new(rows) })
    }

    #[test]
    fn a_panic_costs_the_file_or_the_rest_of_it() {
        std::panic::set_hook(Box::new(|_| assert!(is_guarded())));
        let source = Source { path: "x".into(), member: None, is_copy: false, limit: 1 };
        let failed = |message: &str| SkipReason::ReaderFailed { message: message.to_owned() };
        assert_eq!(open_rows(fails, &source).err(), Some(failed("no table of mine")));
        let rows = open_rows(fails_later, &source)
            .map(|rows| rows.rows.map(|(number, row)| (number, row.err())).collect::<Vec<_>>());
        let _ = std::panic::take_hook();
        let wanted = [
            (4, Some(SkipReason::EmptyText)),
            (5, Some(SkipReason::EmptyText)),
            (6, Some(failed("six"))),
        ];
        assert_eq!(rows.as_deref(), Ok(&wanted[..]));
        assert!(!is_guarded());
    }
}
