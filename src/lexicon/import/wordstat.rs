//! WordStat `.cat`: tabs say the depth, `TERM (1)` is an entry, a line without a number a category.

use super::collect::Collector;
use super::decode::lines;
use super::written::Wildcards;

/// Reads the file. `_` joins the words of a phrase; capitals, which the format asks for, become small
/// letters.
pub(super) fn read(text: &str, into: &mut Collector) {
    // Names of the categories that are open, by depth.
    let mut open: Vec<(usize, String)> = Vec::new();
    for (number, line) in lines(text) {
        let content = line.trim();
        if content.is_empty() {
            continue;
        }
        let blanks = &line[..line.len() - line.trim_start().len()];
        let depth = blanks.matches('\t').count();
        if content.starts_with('@') || content.contains(" [") {
            into.skip(number, content, "are rules on several words");
            continue;
        }
        open.retain(|(at, _)| *at < depth);
        match split(content) {
            Some((entry, weight)) => {
                let names: Vec<&str> = open.iter().map(|(_, name)| name.as_str()).collect();
                let category =
                    if names.is_empty() { into.list() } else { into.category(&names.join(" > ")) };
                let entry = lower(&entry.replace('_', " "));
                let weight = (weight != 1.0).then_some(weight);
                into.add(category, number, &entry, Wildcards::Everywhere, weight);
            }
            None => open.push((depth, content.to_owned())),
        }
    }
}

/// The entry and the number in brackets behind it.
fn split(content: &str) -> Option<(&str, f64)> {
    let (entry, number) = content.strip_suffix(')')?.rsplit_once('(')?;
    number.trim().parse().ok().map(|number| (entry.trim(), number))
}

fn lower(entry: &str) -> String {
    let shouted = !entry.contains(char::is_lowercase);
    if shouted { entry.to_lowercase() } else { entry.to_owned() }
}
