#![no_main]
//! Saved reports and what changed between them: a report in which something was changed by hand.

use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;
use parallax::report::Report;
use serde_json::Value;

fn saved() -> &'static Value {
    static SAVED: OnceLock<Value> = OnceLock::new();
    SAVED.get_or_init(|| {
        serde_json::from_str(include_str!("../../reports/seeds.json")).expect("the committed report")
    })
}

/// Changes one value of the report, found by walking down as the bytes say.
fn change(mut value: &mut Value, steps: &[u8], to: u8) {
    for step in steps {
        let step = usize::from(*step);
        let is_leaf = match value {
            Value::Array(items) => items.is_empty(),
            Value::Object(fields) => fields.is_empty(),
            _ => true,
        };
        if is_leaf {
            break;
        }
        value = match value {
            Value::Array(items) => {
                let count = items.len();
                &mut items[step % count]
            }
            Value::Object(fields) => {
                let count = fields.len();
                fields.values_mut().nth(step % count).expect("there are so many")
            }
            _ => return,
        };
    }
    *value = match to % 8 {
        0 => Value::Null,
        1 => Value::from(0),
        2 => Value::from(u64::from(to) * 1_000_003),
        3 => Value::from(-1.5e300),
        4 => Value::from(""),
        5 => Value::from("\u{1b}[31mx"),
        6 => Value::Array(Vec::new()),
        _ => Value::from(f64::from(to) / 7.0),
    };
}

fuzz_target!(|changes: Vec<(Vec<u8>, u8)>| {
    let mut other = saved().clone();
    for (steps, to) in changes.iter().take(6) {
        change(&mut other, steps, *to);
    }
    let Ok(new) = serde_json::from_value::<Report>(other) else { return };
    let Ok(old) = serde_json::from_value::<Report>(saved().clone()) else { return };
    let _ = parallax::diff::diff(&old, &new, None);
    let _ = parallax::diff::diff(&new, &old, None);
});
