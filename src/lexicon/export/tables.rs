//! LIWC-22 `.dicx` and long CSV.

use super::Rows;

/// A row a term, a column a category; a cell holds X or the weight.
pub(super) fn dicx(rows: &[Rows]) -> String {
    let mut order: Vec<&str> = Vec::new();
    let mut cells: std::collections::BTreeMap<&str, Vec<String>> =
        std::collections::BTreeMap::new();
    for (index, row) in rows.iter().enumerate() {
        for (entry, weight) in &row.entries {
            let known = cells.entry(entry).or_insert_with(|| {
                order.push(entry);
                vec![String::new(); rows.len()]
            });
            if let Some(cell) = known.get_mut(index) {
                // A 0 would say that the term does not belong there.
                let weight = weight.filter(|weight| *weight != 0.0);
                *cell = weight.map_or_else(|| "X".to_owned(), |weight| weight.to_string());
            }
        }
    }
    let header = ["DicTerm"].into_iter().chain(rows.iter().map(|row| row.name.as_str()));
    let body = order.iter().map(|entry| {
        let marks = cells.get(entry).into_iter().flatten().map(String::as_str);
        [*entry].into_iter().chain(marks).collect::<Vec<_>>()
    });
    table([header.collect()].into_iter().chain(body))
}

/// A row a term and category.
pub(super) fn long(rows: &[Rows]) -> String {
    let mut lines: Vec<[String; 3]> = vec![["term".into(), "category".into(), "weight".into()]];
    for row in rows {
        for (entry, weight) in &row.entries {
            let weight = weight.map(|weight| weight.to_string()).unwrap_or_default();
            lines.push([entry.clone(), row.name.clone(), weight]);
        }
    }
    table(lines.iter().map(|line| line.iter().map(String::as_str).collect()))
}

fn table<'a>(rows: impl Iterator<Item = Vec<&'a str>>) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        // Writing to memory can't fail, and rows are of one length.
        let _ = writer.write_record(row);
    }
    writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}
