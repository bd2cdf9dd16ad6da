//! The whole record, written by all threads at once. What waits for its turn is a few hundred
//! rows, however long the record is.

use std::io::{self, Write};
use std::ops::Range;

use rayon::prelude::*;
use serde::Serialize;
use serde_json::ser::Serializer;

use super::json::{OuterLevels, Pieces};
use crate::report::Report;

/// Rows that a thread writes at a time.
const ROWS: usize = 32;

/// Pieces that wait together.
const WINDOW: usize = 16;

/// Rows from which a list that is made row by row is written as it is made.
const LONG: usize = 4096;

/// Levels of which each member has a line.
const LEVELS: usize = 2;

/// Writes the record as [`record`](super::record) gives it.
pub(super) fn write(report: &Report, output: &mut dyn Write) -> io::Result<()> {
    let members = members(report);
    let mut waiting: Vec<(usize, Range<usize>)> = Vec::new();
    output.write_all(b"{")?;
    for (number, member) in members.iter().enumerate() {
        match member.rows {
            Rows::Streamed => {
                write_all(&members, &mut waiting, output)?;
                let mut pieces = Pieces::to(output);
                member.write(number, 0..0, &mut pieces)?;
                pieces.flush()?;
            }
            Rows::Together | Rows::Apart(0) => waiting.push((number, 0..0)),
            Rows::Apart(rows) => {
                let pieces = (0..rows).step_by(ROWS);
                for piece in pieces.map(|start| start..(start + ROWS).min(rows)) {
                    waiting.push((number, piece));
                    if waiting.len() >= WINDOW {
                        write_all(&members, &mut waiting, output)?;
                    }
                }
            }
        }
    }
    write_all(&members, &mut waiting, output)?;
    output.write_all(b"\n}\n")
}

/// Writes what waits, in its order.
fn write_all(
    members: &[Member<'_>],
    waiting: &mut Vec<(usize, Range<usize>)>,
    output: &mut dyn Write,
) -> io::Result<()> {
    let written = |(number, rows): (usize, Range<usize>)| {
        let mut pieces = Pieces::default();
        members[number].write(number, rows, &mut pieces).map(|()| pieces.waiting)
    };
    let pieces = waiting.par_drain(..).with_max_len(1).map(written);
    let pieces = pieces.collect::<io::Result<Vec<Vec<u8>>>>()?;
    pieces.iter().try_for_each(|piece| output.write_all(piece))
}

/// How the rows of a member are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rows {
    /// All in one go, or it has none.
    Together,
    /// Any of so many.
    Apart(usize),
    /// As they are made, since together they are many.
    Streamed,
}

/// What the record holds under one name.
struct Member<'r> {
    name: &'static str,
    rows: Rows,
    values: Box<Values<'r>>,
}

/// Writes the value, or some of its rows.
type Values<'r> = dyn Fn(Range<usize>, &mut Pieces<'_>) -> serde_json::Result<()> + Sync + 'r;

impl<'r> Member<'r> {
    fn whole(name: &'static str, value: &'r (impl Serialize + Sync)) -> Self {
        let values = move |_, pieces: &mut Pieces<'_>| {
            value.serialize(&mut Serializer::with_formatter(pieces, OuterLevels::at(1, LEVELS)))
        };
        Self { name, rows: Rows::Together, values: Box::new(values) }
    }

    /// A list that is made row by row.
    fn made(name: &'static str, rows: &'r (impl Serialize + Sync), number: usize) -> Self {
        let form = if number < LONG { Rows::Together } else { Rows::Streamed };
        Self { rows: form, ..Self::whole(name, rows) }
    }

    fn rows(name: &'static str, all: &'r [impl Serialize + Sync]) -> Self {
        let values = move |rows: Range<usize>, pieces: &mut Pieces<'_>| {
            let first = rows.start;
            let level = OuterLevels::at(2, LEVELS);
            for (number, row) in (first..).zip(&all[rows]) {
                level.next(pieces, number == 0).map_err(serde_json::Error::io)?;
                let level = OuterLevels::at(2, LEVELS);
                row.serialize(&mut Serializer::with_formatter(&mut *pieces, level))?;
            }
            Ok(())
        };
        Self { name, rows: Rows::Apart(all.len()), values: Box::new(values) }
    }

    /// The member of this number: its name with the first row, its end with the last one.
    fn write(&self, number: usize, rows: Range<usize>, pieces: &mut Pieces<'_>) -> io::Result<()> {
        let level = OuterLevels::at(1, LEVELS);
        let is_list = matches!(self.rows, Rows::Apart(_));
        if rows.start == 0 {
            level.next(pieces, number == 0)?;
            write!(pieces, "\"{}\": {}", self.name, if is_list { "[" } else { "" })?;
        }
        let is_last = self.rows == Rows::Apart(rows.end);
        (self.values)(rows, pieces)?;
        if is_last {
            level.new_line(pieces)?;
            pieces.write_all(b"]")?;
        }
        Ok(())
    }
}

/// The members of the record, in the order of the model.
fn members(report: &Report) -> Vec<Member<'_>> {
    macro_rules! members {
        ($($how:ident $name:ident $(($number:expr))?),* $(,)?) => {{
            // Whoever adds a member is told here that it lacks.
            let Report { $($name),* } = report;
            vec![$(Member::$how(stringify!($name), $name $(, $number)?)),*]
        }};
    }
    members![
        whole schema,
        whole tool,
        whole settings,
        whole provenance,
        rows outlets,
        rows categories,
        rows rates,
        rows own_shares,
        rows article_shares,
        rows heterogeneity,
        rows comparisons,
        rows matched,
        made terms (report.terms.len()),
        rows choices,
        rows choice_comparisons,
        rows targets,
        rows target_labels,
        rows label_comparisons,
        rows sources,
        whole event_method,
        rows events,
        rows coverage,
        rows omissions,
        rows side_by_side,
        rows evidence,
        made articles (report.articles.len()),
        rows warnings,
    ]
}

#[cfg(test)]
mod tests {
    use super::super::fixture;
    use super::*;

    #[test]
    fn the_parts_are_the_whole() {
        let many = |mut report: Report| {
            for _ in 0..7 {
                report.rates.extend(report.rates.clone());
            }
            report
        };
        for report in [fixture::few(), fixture::pooled(), many(fixture::few())] {
            let mut parts = Vec::new();
            write(&report, &mut parts).expect("written");
            assert_eq!(
                String::from_utf8(parts).expect("text"),
                super::super::record(&report).expect("JSON")
            );
        }
    }
}
