//! The record of the sample corpus keeps to `docs/report.schema.json`.

use crate::{root, stdout_of};

#[test]
fn the_record_keeps_to_its_schema() {
    let schema = std::fs::read_to_string(root().join("docs/report.schema.json")).expect("a file");
    let schema: serde_json::Value = serde_json::from_str(&schema).expect("JSON");
    let validator = jsonschema::draft202012::new(&schema).expect("a schema");
    let record = stdout_of(&["report", "seeds", "--format", "json", "--quiet"]);
    let record: serde_json::Value = serde_json::from_str(&record).expect("JSON");
    let errors: Vec<String> = validator
        .iter_errors(&record)
        .take(5)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{errors:#?}");
}
