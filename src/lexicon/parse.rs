//! Reading a lexicon file: every fault with its place, all of them in one go.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::Range;

use toml::de::DeTable;

use super::extend::{Given, Layer, read_layer};
use super::model::{Category, Choice, Lexicon, Measure, Target, TargetKind};
use super::parse_term::{parse_term, parse_terms};
use crate::text::{Zone, ZoneSet};
use crate::toml_reader::{Diagnostic, Fields, Severity, Text};

/// The lexicon format that this crate reads.
pub const SCHEMA: i64 = 1;

/// What a lexicon file says, with everything that is wrong with it.
#[derive(Debug, Clone)]
pub struct Parsed {
    /// As much of the lexicon as could be read.
    pub lexicon: Lexicon,
    /// The findings, in the order of their places.
    pub diagnostics: Vec<Diagnostic>,
    /// What is to be done with the lexicon that it extends, if it extends one: see
    /// [`extend`](super::extend).
    pub layer: Option<Layer>,
}

impl Parsed {
    /// Whether the lexicon can be used.
    pub fn is_sound(&self) -> bool {
        self.diagnostics.iter().all(|diagnostic| diagnostic.severity == Severity::Warning)
    }
}

/// Reads the TOML of one lexicon file. `origin` names the file in messages.
pub fn parse(source: &str, origin: &str) -> Parsed {
    let faults = RefCell::new(Vec::new());
    let (root, errors) = DeTable::parse_recoverable(source);
    for error in errors {
        let place = error.span().unwrap_or(0..source.len().min(1));
        faults.borrow_mut().push(Diagnostic::error("syntax", place, error.message().to_owned()));
    }
    // After a syntax error a missing key says nothing: it may stand behind the error.
    let broken = !faults.borrow().is_empty();
    let fields = Fields::new(root.get_ref(), 0..source.len().min(1), "a lexicon", &faults);
    let (mut lexicon, layer) = read_lexicon(fields);
    lexicon.origin = origin.to_owned();
    let mut diagnostics = faults.into_inner();
    if broken {
        diagnostics.retain(|diagnostic| diagnostic.code != "missing-key");
    }
    diagnostics.sort_by_key(|diagnostic| (diagnostic.place.start, diagnostic.place.end));
    Parsed { lexicon, diagnostics, layer }
}

fn read_lexicon(fields: Fields<'_>) -> (Lexicon, Option<Layer>) {
    match fields.integer("schema") {
        Some((SCHEMA, _)) => {}
        Some((other, place)) => fields.fault(
            Diagnostic::error("schema", place, format!("schema {other} is not known"))
                .with_help(format!("this version reads schema = {SCHEMA}")),
        ),
        None => fields.missing("schema"),
    }
    let id = required_id(&fields);
    let categories: Vec<Category> =
        fields.tables("category", "a category").into_iter().map(read_category).collect();
    let choices: Vec<Choice> =
        fields.tables("choice", "a choice").into_iter().map(read_choice).collect();
    let targets: Vec<Target> =
        fields.tables("target", "a target").into_iter().map(read_target).collect();
    let given = Given {
        title: fields.value("title").is_some(),
        version: fields.value("version").is_some(),
        language: fields.value("language").is_some(),
        license: fields.value("license").is_some(),
        description: fields.value("description").is_some(),
        sources: fields.value("sources").is_some(),
    };
    let layer = read_layer(&fields, given);
    let is_empty = categories.is_empty() && choices.is_empty() && targets.is_empty();
    if is_empty && layer.is_none() {
        fields.fault(
            Diagnostic::error("empty-lexicon", fields.place(), "the lexicon holds nothing")
                .with_help("add a [[category]] with `terms`, a [[choice]] or a [[target]]"),
        );
    }
    report_duplicates(&fields, "category", categories.iter().map(|c| (&c.id, &c.place)));
    report_duplicates(&fields, "choice", choices.iter().map(|c| (&c.id, &c.place)));
    report_duplicates(&fields, "target", targets.iter().map(|t| (&t.id, &t.place)));
    let title = fields.string("title").unwrap_or_else(|| id.clone());
    let lexicon = Lexicon {
        id,
        title,
        version: fields.string("version").unwrap_or_else(|| "0".to_owned()),
        language: fields.string("language").unwrap_or_else(|| "en".to_owned()),
        license: fields.string("license"),
        description: fields.string("description").unwrap_or_default(),
        sources: fields.strings("sources"),
        default: fields.flag("default").unwrap_or(true),
        categories,
        choices,
        targets,
        origin: String::new(),
    };
    fields.finish();
    (lexicon, layer)
}

fn required_id(fields: &Fields<'_>) -> String {
    let Some((id, place)) = fields.required("id") else { return String::new() };
    let sound = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if !id.is_empty() && !id.chars().all(sound) {
        fields.fault(
            Diagnostic::error("bad-id", place, format!("`{id}` can't be an id")).with_help(
                "ids hold small letters a to z, digits and hyphens, for instance `ideology-label`",
            ),
        );
    }
    id
}

fn report_duplicates<'a>(
    fields: &Fields<'_>,
    what: &str,
    ids: impl Iterator<Item = (&'a String, &'a Range<usize>)>,
) {
    let mut seen = std::collections::BTreeSet::new();
    for (id, place) in ids {
        if !seen.insert(id) && !id.is_empty() {
            fields.fault(
                Diagnostic::error(
                    "duplicate-id",
                    place.clone(),
                    format!("a second {what} with the id `{id}`"),
                )
                .with_help("give it another id, or move its entries to the first one"),
            );
        }
    }
}

fn read_category(fields: Fields<'_>) -> Category {
    let id = required_id(&fields);
    let axis = fields.string("axis");
    let terms = parse_terms(&fields, "terms", axis.as_deref());
    if terms.is_empty() && fields.items("terms").is_empty() {
        fields.fault(
            Diagnostic::error(
                "empty-category",
                fields.place(),
                format!("category `{id}` has no term"),
            )
            .with_help("add at least one: terms = [\"leftist\"]"),
        );
    }
    let title = fields.string("title").unwrap_or_else(|| id.clone());
    let category = Category {
        id,
        title,
        description: fields.string("description").unwrap_or_default(),
        sources: fields.strings("sources"),
        zones: read_zones(&fields),
        topic_sensitive: fields.flag("topic_sensitive").unwrap_or(false),
        labels: fields.flag("labels").unwrap_or(false),
        axis,
        measure: read_measure(&fields),
        opposes: fields.string("opposes"),
        terms,
        place: fields.place(),
    };
    fields.finish();
    category
}

fn read_zones(fields: &Fields<'_>) -> ZoneSet {
    let names = fields.texts("zones");
    if names.is_empty() {
        return ZoneSet::DEFAULT;
    }
    let mut zones = ZoneSet::EMPTY;
    for (name, place) in names {
        match Zone::from_name(&name) {
            Some(zone) => zones = zones.with(zone),
            None => fields.fault(
                Diagnostic::error("unknown-zone", place, format!("there is no zone `{name}`"))
                    .with_help(format!("zones are: {}", Zone::ALL.map(Zone::name).join(", "))),
            ),
        }
    }
    zones
}

fn read_measure(fields: &Fields<'_>) -> Measure {
    let distinct = fields.integer("distinct");
    let measure = fields.text("measure");
    match measure.as_ref().map(|(name, _)| name.as_str()) {
        None | Some("rate") => {
            if let Some((_, place)) = distinct {
                fields.fault(
                    Diagnostic::error("distinct", place, "`distinct` says nothing of a rate")
                        .with_help("add measure = \"articles\" or remove `distinct`"),
                );
            }
            Measure::Rate
        }
        Some("articles") => match distinct {
            None => Measure::Articles { distinct: 1 },
            Some((number @ 1..=1000, _)) => Measure::Articles { distinct: number as u32 },
            Some((_, place)) => {
                fields.fault(Diagnostic::error(
                    "distinct",
                    place,
                    "`distinct` must be a whole number from 1 to 1000",
                ));
                Measure::Articles { distinct: 1 }
            }
        },
        Some(other) => {
            if let Some((_, place)) = &measure {
                fields.fault(
                    Diagnostic::error(
                        "unknown-measure",
                        place.clone(),
                        format!("there is no measure `{other}`"),
                    )
                    .with_help("measures are: rate, articles"),
                );
            }
            Measure::Rate
        }
    }
}

fn read_choice(fields: Fields<'_>) -> Choice {
    let id = required_id(&fields);
    let mut variants = BTreeMap::new();
    match fields.value("variants").map(|value| (value.get_ref().as_table(), value.span())) {
        Some((Some(table), place)) => {
            for (name, value) in table {
                let inner = Fields::new(table, place.clone(), "variants", fields.faults());
                let items = value.get_ref().as_array().map_or(&[][..], |items| items);
                let terms: Vec<_> =
                    items.iter().filter_map(|item| parse_term(&inner, item, None)).collect();
                if items.is_empty() {
                    fields.fault(
                        Diagnostic::error(
                            "empty-variant",
                            value.span(),
                            format!("variant `{}` has no pattern", name.get_ref()),
                        )
                        .with_help("write a list: regime = [\"regime*\"]"),
                    );
                }
                variants.insert(name.get_ref().to_string(), terms);
            }
        }
        Some((None, place)) => {
            fields.fault(Diagnostic::error("wrong-type", place, "`variants` must be a table"));
        }
        None => fields.missing("variants"),
    }
    if variants.len() == 1 {
        fields.fault(
            Diagnostic::error(
                "one-variant",
                fields.place(),
                format!("choice `{id}` has one variant"),
            )
            .with_help("a choice needs at least two alternatives for one referent"),
        );
    }
    let title = fields.string("title").unwrap_or_else(|| id.clone());
    let choice = Choice {
        id,
        title,
        description: fields.string("description").unwrap_or_default(),
        variants,
        place: fields.place(),
    };
    fields.string("note");
    fields.finish();
    choice
}

fn read_target(fields: Fields<'_>) -> Target {
    let id = required_id(&fields);
    let names = parse_terms(&fields, "names", None);
    if fields.items("names").is_empty() {
        fields.fault(Diagnostic::error(
            "empty-target",
            fields.place(),
            format!("target `{id}` has no name"),
        ));
    }
    let kind = fields.required("kind").map(|kind| read_kind(&fields, &kind));
    let title = fields.string("title").unwrap_or_else(|| id.clone());
    let target = Target {
        id,
        title,
        kind: kind.unwrap_or(TargetKind::Person),
        names,
        titles: fields.strings("titles"),
        place: fields.place(),
    };
    fields.string("description");
    fields.finish();
    target
}

fn read_kind(fields: &Fields<'_>, (name, place): &Text) -> TargetKind {
    TargetKind::from_name(name).unwrap_or_else(|| {
        let kinds = TargetKind::ALL.map(TargetKind::name).join(", ");
        fields.fault(
            Diagnostic::error("unknown-kind", place.clone(), format!("there is no kind `{name}`"))
                .with_help(format!("kinds are: {kinds}")),
        );
        TargetKind::Person
    })
}
