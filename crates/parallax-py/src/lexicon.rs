//! Lexicons by name, as text, checked and imported.

use parallax::audit::run_tests;
use parallax::lexicon::{
    BUILTIN, ExportFormat, ImportFormat, ImportOptions, Lexicon, check, export, import,
};
use parallax::store::{
    LexiconError as StoreError, LexiconFault, LexiconFile, LexiconName, load_lexicons,
    parse_layered, read_lexicons,
};
use parallax::toml_reader::Severity;
use pyo3::prelude::*;

use crate::errors::{fault, lexicon_fault};

/// Lexicons by name, then those given as text, which may extend one another.
pub fn of_sources(names: &[String], sources: &[(String, String)]) -> PyResult<Vec<Lexicon>> {
    let mut lexicons = Vec::new();
    if !names.is_empty() {
        let names: Vec<LexiconName> = names.iter().map(LexiconName::here).collect();
        lexicons = load_lexicons(&names).map_err(|error| lexicon_fault(&error))?;
    }
    let files: Vec<LexiconFile> = sources
        .iter()
        .map(|(origin, source)| LexiconFile {
            origin: origin.clone(),
            source: source.clone().into(),
            path: None,
        })
        .collect();
    for file in &files {
        let parsed = parse_layered(file, &files);
        if !parsed.is_sound() {
            let LexiconFile { origin, source, .. } = file.clone();
            let source = source.into_owned();
            let fault = LexiconFault { origin, source, diagnostics: parsed.diagnostics };
            return Err(lexicon_fault(&StoreError::Faulty { files: vec![fault] }));
        }
        if let Some(same) = lexicons.iter().find(|known| known.id == parsed.lexicon.id) {
            return Err(lexicon_fault(&StoreError::SameId {
                id: same.id.clone(),
                first: same.origin.clone(),
                second: file.origin.clone(),
            }));
        }
        lexicons.push(parsed.lexicon);
    }
    Ok(lexicons)
}

/// Name and text of the one lexicon of that name.
#[pyfunction]
pub fn lexicon_source(name: String) -> PyResult<(String, String)> {
    let files =
        read_lexicons(&[LexiconName::here(&name)]).map_err(|error| lexicon_fault(&error))?;
    match &files[..] {
        [file] => Ok((file.origin.clone(), file.source.to_string())),
        _ => Err(fault(format!("`{name}` names {} lexicons; load them one by one", files.len()))),
    }
}

/// Id, title, number of terms of a lexicon and everything that is wrong with it, as JSON.
#[pyfunction]
pub fn lexicon_check(origin: String, source: String) -> PyResult<String> {
    let file = LexiconFile { origin, source: source.into(), path: None };
    let parsed = parse_layered(&file, &[]);
    let mut found = parsed.diagnostics.clone();
    if parsed.is_sound() {
        found.extend(check(&parsed.lexicon, &file.source));
        match run_tests(&parsed.lexicon) {
            Ok(failures) => {
                found.extend(failures.iter().map(|failure| failure.diagnostic(&file.source)));
            }
            Err(error) => return Err(fault(error)),
        }
    }
    found.sort_by_key(|finding| (finding.place.start, finding.place.end));
    let rows: Vec<serde_json::Value> = found
        .iter()
        .map(|finding| {
            let (line, column) = finding.line_and_column(&file.source);
            let severity = match finding.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
            };
            serde_json::json!({
                "file": file.origin, "line": line, "column": column, "severity": severity,
                "code": finding.code, "message": finding.message, "help": finding.help,
            })
        })
        .collect();
    let terms: usize = parsed.lexicon.categories.iter().map(|category| category.terms.len()).sum();
    let about = serde_json::json!({
        "id": parsed.lexicon.id, "title": parsed.lexicon.title, "terms": terms, "findings": rows,
    });
    serde_json::to_string(&about).map_err(fault)
}

/// The TOML of another tool's dictionary, and what was noted and left out.
#[pyfunction]
#[pyo3(signature = (bytes, name, format=None, id=None, category=None))]
pub fn lexicon_import(
    bytes: Vec<u8>,
    name: String,
    format: Option<String>,
    id: Option<String>,
    category: Option<String>,
) -> PyResult<(String, Vec<String>)> {
    let format = match format {
        None => None,
        Some(format) => match ImportFormat::from_name(&format) {
            Some(known) => Some(known),
            None => {
                let names: Vec<&str> = ImportFormat::ALL.iter().map(|(_, name, _)| *name).collect();
                let names = names.join(", ");
                return Err(fault(format!("there is no format `{format}`; there are: {names}")));
            }
        },
    };
    let (id, category) = (id.as_deref(), category.as_deref());
    let options = ImportOptions { name: &name, format, category, id };
    let imported =
        import(&bytes, options).map_err(|error| fault(format!("can't import {name}: {error}")))?;
    let mut notes =
        vec![format!("read as {}: {}", imported.guess.format.title(), imported.guess.reason)];
    notes.extend(imported.notes.iter().cloned());
    notes.extend(
        imported
            .skipped
            .iter()
            .map(|skipped| format!("line {}: {}: {}", skipped.line, skipped.reason, skipped.entry)),
    );
    Ok((export(&imported.lexicon, ExportFormat::Toml).text, notes))
}

/// The ids of the built-in lexicons.
#[pyfunction]
pub fn builtin_lexicons() -> Vec<&'static str> {
    BUILTIN.iter().map(|lexicon| lexicon.id).collect()
}
