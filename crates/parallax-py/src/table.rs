//! A table of articles as JSON Lines: read as the command reads such a file, so that the numbers are
//! the same.

use std::fmt::Display;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use arrow_array::cast::AsArray;
use arrow_array::types::{
    ArrowPrimitiveType, Date32Type, Date64Type, Float32Type, Float64Type, Int8Type, Int16Type,
    Int32Type, Int64Type, TimestampMicrosecondType, TimestampMillisecondType,
    TimestampNanosecondType, TimestampSecondType, UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{Array, ArrayRef, RecordBatch, StructArray, temporal_conversions};
use arrow_schema::{ArrowError, DataType, Field, TimeUnit};
use pyo3::{PyErr, PyResult};
use serde_json::Value;

use crate::errors::fault;

/// A table of articles in a file of JSON Lines, which nobody but us knows of.
pub struct Spooled {
    path: PathBuf,
    /// Deleted with this, if it is ours.
    _folder: Option<tempfile::TempDir>,
}

impl Spooled {
    /// Writes batches to a temporary file. Its name gives the outlet where no column does.
    pub fn new(batches: impl Iterator<Item = Result<RecordBatch, ArrowError>>) -> PyResult<Self> {
        let folder = tempfile::Builder::new().prefix("parallax-").tempdir().map_err(no_room)?;
        let path = folder.path().join("articles.jsonl");
        let file = std::fs::File::create(&path).map_err(no_room)?;
        let mut file = BufWriter::with_capacity(1 << 20, file);
        for batch in batches {
            write(&batch.map_err(fault)?, &mut file)?;
        }
        file.flush().map_err(no_room)?;
        Ok(Self { path, _folder: Some(folder) })
    }

    /// A file that the caller wrote and deletes.
    pub fn at(path: PathBuf) -> Self {
        Self { path, _folder: None }
    }

    /// Where the file stands.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What is said of the table, with the numbers of rows (from 1) in place of the file's name.
    pub fn told(&self, message: impl Display) -> String {
        let path = self.path.display().to_string();
        let said = message.to_string().replace(&format!("{path}: "), "the table: ");
        said.replace(&format!("{path}:"), "row ").replace(&path, "the table")
    }
}

/// A disk that refuses.
fn no_room(error: std::io::Error) -> PyErr {
    fault(format!("the table can't be written to a temporary file: {error}"))
}

fn write(batch: &RecordBatch, file: &mut impl Write) -> PyResult<()> {
    let schema = batch.schema();
    let names: Vec<Vec<u8>> = schema
        .fields()
        .iter()
        .map(|field| serde_json::to_vec(field.name()).map_err(fault))
        .collect::<PyResult<_>>()?;
    let columns: Vec<Vec<Value>> = batch
        .columns()
        .iter()
        .zip(schema.fields())
        .map(|(column, field)| values(column, field.data_type()))
        .collect();
    for row in 0..batch.num_rows() {
        let mut first = true;
        file.write_all(b"{").map_err(no_room)?;
        for (name, column) in names.iter().zip(&columns) {
            if column[row].is_null() {
                continue;
            }
            if !first {
                file.write_all(b",").map_err(no_room)?;
            }
            first = false;
            file.write_all(name).map_err(no_room)?;
            file.write_all(b":").map_err(no_room)?;
            serde_json::to_writer(&mut *file, &column[row]).map_err(fault)?;
        }
        file.write_all(b"}\n").map_err(no_room)?;
    }
    Ok(())
}

fn strings<'a>(values: impl Iterator<Item = Option<&'a str>>) -> Vec<Value> {
    values.map(|value| value.map_or(Value::Null, Value::from)).collect()
}

fn numbers<T: ArrowPrimitiveType>(column: &ArrayRef) -> Vec<Value>
where
    Value: From<T::Native>,
{
    column.as_primitive::<T>().iter().map(|value| value.map_or(Value::Null, Value::from)).collect()
}

/// Days and times as ISO 8601 has them.
fn times<T: ArrowPrimitiveType>(
    column: &ArrayRef,
    read: impl Fn(T::Native) -> Option<String>,
) -> Vec<Value> {
    let written = |value: T::Native| read(value).map_or(Value::Null, Value::from);
    column.as_primitive::<T>().iter().map(|value| value.map_or(Value::Null, &written)).collect()
}

/// The values of a column; null for what neither JSON has nor an article needs.
fn values(column: &ArrayRef, kind: &DataType) -> Vec<Value> {
    use temporal_conversions as time;
    match kind {
        DataType::Null => vec![Value::Null; column.len()],
        DataType::Utf8 => strings(column.as_string::<i32>().iter()),
        DataType::LargeUtf8 => strings(column.as_string::<i64>().iter()),
        DataType::Utf8View => strings(column.as_string_view().iter()),
        DataType::Binary => texts(column.as_binary::<i32>().iter()),
        DataType::LargeBinary => texts(column.as_binary::<i64>().iter()),
        DataType::BinaryView => texts(column.as_binary_view().iter()),
        DataType::Boolean => {
            let values = column.as_boolean().iter();
            values.map(|value| value.map_or(Value::Null, Value::from)).collect()
        }
        DataType::Int8 => numbers::<Int8Type>(column),
        DataType::Int16 => numbers::<Int16Type>(column),
        DataType::Int32 => numbers::<Int32Type>(column),
        DataType::Int64 => numbers::<Int64Type>(column),
        DataType::UInt8 => numbers::<UInt8Type>(column),
        DataType::UInt16 => numbers::<UInt16Type>(column),
        DataType::UInt32 => numbers::<UInt32Type>(column),
        DataType::UInt64 => numbers::<UInt64Type>(column),
        DataType::Float32 => numbers::<Float32Type>(column),
        DataType::Float64 => numbers::<Float64Type>(column),
        DataType::Date32 => times::<Date32Type>(column, |v| day(&time::date32_to_datetime(v))),
        DataType::Date64 => times::<Date64Type>(column, |v| day(&time::date64_to_datetime(v))),
        DataType::Timestamp(TimeUnit::Second, _) => {
            times::<TimestampSecondType>(column, |v| moment(&time::timestamp_s_to_datetime(v)))
        }
        DataType::Timestamp(TimeUnit::Millisecond, _) => {
            times::<TimestampMillisecondType>(column, |v| {
                moment(&time::timestamp_ms_to_datetime(v))
            })
        }
        DataType::Timestamp(TimeUnit::Microsecond, _) => {
            times::<TimestampMicrosecondType>(column, |v| {
                moment(&time::timestamp_us_to_datetime(v))
            })
        }
        DataType::Timestamp(TimeUnit::Nanosecond, _) => {
            times::<TimestampNanosecondType>(column, |v| moment(&time::timestamp_ns_to_datetime(v)))
        }
        DataType::List(item) => lists(column.as_list::<i32>(), item),
        DataType::LargeList(item) => lists(column.as_list::<i64>(), item),
        DataType::Struct(_) => structures(column.as_struct()),
        DataType::Dictionary(_, value) => {
            let dictionary = column.as_any_dictionary();
            let known = values(dictionary.values(), value);
            let missing = |row| dictionary.keys().is_null(row);
            let of = |(row, key): (usize, usize)| match known.get(key) {
                Some(value) if !missing(row) => value.clone(),
                _ => Value::Null,
            };
            dictionary.normalized_keys().into_iter().enumerate().map(of).collect()
        }
        _ => vec![Value::Null; column.len()],
    }
}

/// Bytes that nobody said are text.
fn texts<'a>(values: impl Iterator<Item = Option<&'a [u8]>>) -> Vec<Value> {
    let text = |bytes| Value::from(String::from_utf8_lossy(bytes));
    values.map(|value| value.map_or(Value::Null, text)).collect()
}

fn structures(column: &StructArray) -> Vec<Value> {
    let mut parts: Vec<_> = column
        .fields()
        .iter()
        .zip(column.columns())
        .map(|(field, part)| (field.name(), values(part, field.data_type()).into_iter()))
        .collect();
    let row = |row: usize| {
        let part = |(name, values): &mut (&String, std::vec::IntoIter<Value>)| {
            Some(((*name).clone(), values.next()?))
        };
        let object = parts.iter_mut().filter_map(part).filter(|(_, value)| !value.is_null());
        let object = Value::Object(object.collect());
        if column.is_null(row) { Value::Null } else { object }
    };
    (0..column.len()).map(row).collect()
}

/// A moment as ISO 8601 has it: `2017-12-18T09:30:00`.
fn moment(moment: &Option<impl Display>) -> Option<String> {
    moment.as_ref().map(|moment| moment.to_string().replacen(' ', "T", 1))
}

/// The day of a moment.
fn day(of: &Option<impl Display>) -> Option<String> {
    moment(of).map(|moment| moment.chars().take_while(|c| *c != 'T').collect())
}

fn lists<O: arrow_array::OffsetSizeTrait>(
    lists: &arrow_array::GenericListArray<O>,
    item: &Field,
) -> Vec<Value> {
    let of = |row: Option<ArrayRef>| {
        row.map_or(Value::Null, |row| Value::Array(values(&row, item.data_type())))
    };
    lists.iter().map(of).collect()
}
