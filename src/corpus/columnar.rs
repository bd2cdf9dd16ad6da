//! Parquet and Arrow (IPC, Feather): a row is an article.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::{
    ArrowDictionaryKeyType, Date32Type, Date64Type, Float32Type, Float64Type, Int8Type, Int16Type,
    Int32Type, Int64Type, TimestampMicrosecondType, TimestampMillisecondType,
    TimestampNanosecondType, TimestampSecondType, UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{Array, ArrayRef, RecordBatch};
use arrow_schema::{ArrowError, DataType, Schema, TimeUnit};

use super::column_files::{self, ColumnFile, damaged};
use super::format::{NumberedRow, RawRow, Row, Rows};
use super::json_lines::LONGEST_PATH;
use super::problem::SkipReason;
use super::source::{Source, unreadable};

/// Rows that are taken out of a file at once.
const BATCH: usize = 256;
/// Items that a list in a cell may have: those of some kinds take up no room in the file.
const MOST_ITEMS: usize = 1 << 20;
/// Structures inside one another that have fields of their own.
const NESTING: usize = 8;

/// Opens a table of columns.
pub(super) fn open(source: &Source) -> Result<Rows, SkipReason> {
    if source.member.is_some() {
        return Err(SkipReason::Unreadable(
            "unpack the archive: it is read from its end".to_owned(),
        ));
    }
    let file = File::open(&source.path).map_err(unreadable)?;
    let ColumnFile { schema, batches } = column_files::open(file, BATCH)?;
    Ok(rows(names(&schema), batches))
}

fn names(schema: &Schema) -> Vec<String> {
    let plain = schema.fields().iter().filter(|field| !field.data_type().is_nested());
    plain.map(|field| field.name().clone()).collect()
}

fn rows(
    header: Vec<String>,
    batches: impl Iterator<Item = Result<RecordBatch, ArrowError>> + Send + 'static,
) -> Rows {
    let mut number = 0;
    let rows = batches.flat_map(move |batch| {
        let batch: Vec<NumberedRow> = match batch {
            Ok(batch) => {
                let batch = Arc::new(batch);
                let cells = |index| Box::new(Cells { batch: Arc::clone(&batch), index });
                (0..batch.num_rows())
                    .map(|index| (number + 1 + index as u64, Ok(cells(index) as Box<dyn RawRow>)))
                    .collect()
            }
            Err(error) => vec![(number + 1, Err(damaged(error)))],
        };
        number += batch.len() as u64;
        batch
    });
    Rows { header, is_named: false, rows: Box::new(rows) }
}

/// A row, not yet read.
struct Cells {
    batch: Arc<RecordBatch>,
    index: usize,
}

impl RawRow for Cells {
    fn read(self: Box<Self>) -> Result<Row, SkipReason> {
        let mut values = BTreeMap::new();
        let schema = self.batch.schema();
        let mut names = BTreeSet::new();
        for (field, column) in schema.fields().iter().zip(self.batch.columns()) {
            // Of two columns with one name the first counts.
            if !names.insert(field.name()) {
                continue;
            }
            flatten(field.name().clone(), column, self.index, NESTING, &mut values)?;
        }
        Ok(Row { values, ..Row::default() })
    }
}

/// Puts a cell under the name of its column; the fields of a structure become `name.field`, the items
/// of a list are joined as paragraphs.
fn flatten(
    name: String,
    column: &ArrayRef,
    index: usize,
    depth: usize,
    values: &mut BTreeMap<String, String>,
) -> Result<(), SkipReason> {
    if column.is_null(index) {
        return Ok(());
    }
    let list = match column.data_type() {
        DataType::Struct(fields) if depth > 0 && name.len() <= LONGEST_PATH => {
            for (field, column) in fields.iter().zip(column.as_struct().columns()) {
                flatten(format!("{name}.{}", field.name()), column, index, depth - 1, values)?;
            }
            return Ok(());
        }
        DataType::List(_) => Some(column.as_list::<i32>().value(index)),
        DataType::LargeList(_) => Some(column.as_list::<i64>().value(index)),
        _ => None,
    };
    if let Some(items) = list.filter(|_| depth > 0) {
        if items.len() > MOST_ITEMS {
            return Err(SkipReason::Unreadable(format!(
                "`{name}` lists more than a million items"
            )));
        }
        for item in 0..items.len() {
            flatten(name.clone(), &items, item, depth - 1, values)?;
        }
        return Ok(());
    }
    let Some(text) = text_of(column, index) else { return Ok(()) };
    let text = if text.contains('\r') { super::decode::unix_line_ends(&text) } else { text };
    match values.get_mut(&name) {
        Some(known) => {
            known.push_str("\n\n");
            known.push_str(&text);
        }
        None => {
            values.insert(name, text);
        }
    }
    Ok(())
}

/// A cell as text; none for what is no text, number or day.
fn text_of(column: &ArrayRef, index: usize) -> Option<String> {
    macro_rules! number {
        ($kind:ty) => {
            column.as_primitive::<$kind>().value(index).to_string()
        };
    }
    Some(match column.data_type() {
        DataType::Utf8 => column.as_string::<i32>().value(index).to_owned(),
        DataType::LargeUtf8 => column.as_string::<i64>().value(index).to_owned(),
        DataType::Utf8View => column.as_string_view().value(index).to_owned(),
        DataType::Boolean => column.as_boolean().value(index).to_string(),
        DataType::Int8 => number!(Int8Type),
        DataType::Int16 => number!(Int16Type),
        DataType::Int32 => number!(Int32Type),
        DataType::Int64 => number!(Int64Type),
        DataType::UInt8 => number!(UInt8Type),
        DataType::UInt16 => number!(UInt16Type),
        DataType::UInt32 => number!(UInt32Type),
        DataType::UInt64 => number!(UInt64Type),
        DataType::Float32 => number!(Float32Type),
        DataType::Float64 => number!(Float64Type),
        DataType::Date32 => {
            let days = i64::from(column.as_primitive::<Date32Type>().value(index));
            instant(days.checked_mul(86_400)?)?.get(..10)?.to_owned()
        }
        DataType::Date64 => {
            let milliseconds = column.as_primitive::<Date64Type>().value(index);
            instant(milliseconds.div_euclid(1_000))?.get(..10)?.to_owned()
        }
        DataType::Binary => utf8(column.as_binary::<i32>().value(index))?,
        DataType::LargeBinary => utf8(column.as_binary::<i64>().value(index))?,
        DataType::BinaryView => utf8(column.as_binary_view().value(index))?,
        DataType::Timestamp(unit, _) => instant(match unit {
            TimeUnit::Second => column.as_primitive::<TimestampSecondType>().value(index),
            TimeUnit::Millisecond => {
                column.as_primitive::<TimestampMillisecondType>().value(index).div_euclid(1_000)
            }
            TimeUnit::Microsecond => {
                column.as_primitive::<TimestampMicrosecondType>().value(index).div_euclid(1_000_000)
            }
            TimeUnit::Nanosecond => column
                .as_primitive::<TimestampNanosecondType>()
                .value(index)
                .div_euclid(1_000_000_000),
        })?,
        DataType::Dictionary(key, _) => match **key {
            DataType::Int8 => of_dictionary::<Int8Type>(column, index)?,
            DataType::Int16 => of_dictionary::<Int16Type>(column, index)?,
            DataType::Int32 => of_dictionary::<Int32Type>(column, index)?,
            DataType::Int64 => of_dictionary::<Int64Type>(column, index)?,
            DataType::UInt8 => of_dictionary::<UInt8Type>(column, index)?,
            DataType::UInt16 => of_dictionary::<UInt16Type>(column, index)?,
            DataType::UInt32 => of_dictionary::<UInt32Type>(column, index)?,
            _ => return None,
        },
        _ => return None,
    })
}

fn of_dictionary<K: ArrowDictionaryKeyType>(column: &ArrayRef, index: usize) -> Option<String> {
    let column = column.as_dictionary_opt::<K>()?;
    text_of(column.values(), column.key(index)?)
}

/// A text whose writer did not say that it is one.
fn utf8(bytes: &[u8]) -> Option<String> {
    std::str::from_utf8(bytes).ok().map(str::to_owned)
}

/// A moment in UTC, to the second.
fn instant(seconds: i64) -> Option<String> {
    jiff::Timestamp::from_second(seconds).ok().map(|instant| instant.to_string())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use arrow_array::{
        BinaryArray, Date32Array, Date64Array, DictionaryArray, Int64Array, ListArray, StringArray,
        StructArray,
    };
    use arrow_ipc::writer::{FileWriter, StreamWriter};
    use arrow_schema::Field;
    use parquet::arrow::ArrowWriter;

    fn batch() -> RecordBatch {
        let text: ArrayRef = Arc::new(StringArray::from(vec![Some("One.\r\n"), None]));
        let outlet: ArrayRef = Arc::new(DictionaryArray::<Int32Type>::from_iter(["A", "B"]));
        let id: ArrayRef = Arc::new(Int64Array::from(vec![7, 8]));
        let date: ArrayRef = Arc::new(Date32Array::from(vec![17_519, 0]));
        let mut parts =
            arrow_array::builder::ListBuilder::new(arrow_array::builder::StringBuilder::new());
        parts.append_value([Some("x"), Some("y")]);
        parts.append_null();
        let parts: ListArray = parts.finish();
        let inner: ArrayRef = Arc::new(parts);
        let field = Arc::new(Field::new("parts", inner.data_type().clone(), true));
        let article: ArrayRef = Arc::new(StructArray::from(vec![(field, inner)]));
        RecordBatch::try_from_iter([
            ("text", text),
            ("outlet", outlet),
            ("id", id),
            ("date", date),
            ("article", article),
        ])
        .unwrap()
    }

    fn values(path: std::path::PathBuf) -> Vec<BTreeMap<String, String>> {
        let source = Source { path, member: None, is_copy: false, limit: 1000 };
        let rows = open(&source).unwrap();
        assert_eq!(rows.header, ["text", "outlet", "id", "date"]);
        rows.rows.map(|(_, row)| row.unwrap().read().unwrap().values).collect()
    }

    #[test]
    fn every_file_of_columns_gives_the_same_rows() {
        let folder = tempfile::tempdir().unwrap();
        let create = |name: &str| {
            let path = folder.path().join(name);
            (File::create(&path).unwrap(), path)
        };
        let batch = batch();
        let (file, parquet) = create("a.parquet");
        let mut writer = ArrowWriter::try_new(file, batch.schema(), None).unwrap();
        writer.write(&batch).unwrap();
        writer.close().unwrap();
        let (file, arrow) = create("a.arrow");
        let mut writer = FileWriter::try_new(file, &batch.schema()).unwrap();
        writer.write(&batch).unwrap();
        writer.finish().unwrap();
        let (file, stream) = create("b.arrow");
        let mut writer = StreamWriter::try_new(file, &batch.schema()).unwrap();
        writer.write(&batch).unwrap();
        writer.finish().unwrap();
        for path in [parquet, arrow, stream] {
            let rows = values(path);
            let shown: Vec<String> = rows[0].iter().map(|(k, v)| format!("{k}={v}")).collect();
            assert_eq!(
                shown,
                ["article.parts=x\n\ny", "date=2017-12-19", "id=7", "outlet=A", "text=One.\n"]
            );
            assert_eq!(rows[1].len(), 3);
        }
    }

    #[test]
    fn lengths_that_are_only_claimed_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.arrow");
        let batch = batch();
        let mut stream = Vec::new();
        let mut writer = StreamWriter::try_new(&mut stream, &batch.schema()).unwrap();
        writer.write(&batch).unwrap();
        writer.finish().unwrap();
        // The length of the first message, and then that of any: never more than the file is long.
        for at in (4..stream.len()).step_by(4) {
            let mut bytes = stream.clone();
            bytes[at..].iter_mut().take(4).for_each(|byte| *byte = 0x7F);
            std::fs::write(&path, &bytes).unwrap();
            let source = Source { path: path.clone(), member: None, is_copy: false, limit: 1000 };
            let rows = super::super::guard::open_rows(open, &source);
            let read = rows.map(|rows| rows.rows.take(1000).count());
            assert!(!(at == 4 && read.is_ok()), "{read:?}");
        }
    }

    #[test]
    fn a_damaged_table_ends() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.parquet");
        let batch = batch();
        let mut sound = Vec::new();
        let mut writer = ArrowWriter::try_new(&mut sound, batch.schema(), None).unwrap();
        writer.write(&batch).unwrap();
        writer.close().unwrap();
        let mut faults = 0;
        for at in (0..sound.len()).step_by(7) {
            let mut bytes = sound.clone();
            bytes[at] ^= 0xFF;
            std::fs::write(&path, &bytes).unwrap();
            let source = Source { path: path.clone(), member: None, is_copy: false, limit: 1000 };
            let Ok(rows) = super::super::guard::open_rows(open, &source) else { continue };
            let read: Vec<_> = rows.rows.take(10).collect();
            assert!(read.len() < 10, "{at}");
            faults += usize::from(read.iter().any(|(_, row)| row.is_err()));
        }
        assert!(faults > 0);
    }

    #[test]
    fn days_and_texts_of_every_kind_are_read() {
        let day: ArrayRef = Arc::new(Date64Array::from(vec![17_519 * 86_400_000, -86_400_000]));
        let text: ArrayRef = Arc::new(BinaryArray::from(vec!["Wé.".as_bytes(), b"\xFF"]));
        let again: ArrayRef = Arc::new(StringArray::from(vec!["no", "no"]));
        let columns = [("day", day), ("text", text), ("text", again)];
        let batch = Arc::new(RecordBatch::try_from_iter(columns).unwrap());
        let read = |index| Box::new(Cells { batch: Arc::clone(&batch), index }).read();
        let shown = |index| format!("{:?}", read(index).unwrap().values);
        assert_eq!(shown(0), r#"{"day": "2017-12-19", "text": "Wé."}"#);
        assert_eq!(shown(1), r#"{"day": "1969-12-31"}"#);
    }

    #[test]
    fn what_is_not_read_says_what_to_do() {
        let folder = tempfile::tempdir().unwrap();
        for (bytes, what) in
            [(&b"\x1F\x8B\x08 packed"[..], "unpack it"), (b"FEA1 and so on", "first version")]
        {
            let path = folder.path().join("x.parquet");
            std::fs::write(&path, bytes).unwrap();
            let source = Source { path, member: None, is_copy: false, limit: 1000 };
            let refused = open(&source).err().map(|reason| reason.to_string());
            assert!(refused.is_some_and(|refused| refused.contains(what)), "{what}");
        }
    }

    #[test]
    fn damage_is_said() {
        let folder = tempfile::tempdir().unwrap();
        for bytes in [&b"PAR1 and nothing else"[..], b"ARROW1\0\0 no", b"neither", b""] {
            let path = folder.path().join("x.parquet");
            std::fs::write(&path, bytes).unwrap();
            let source = Source { path, member: None, is_copy: false, limit: 1000 };
            assert!(matches!(open(&source), Err(SkipReason::Unreadable(_))));
        }
    }
}
