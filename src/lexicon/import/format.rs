//! The formats, and how one is told from the others.

use super::decode::lines;

/// A format of word lists or dictionaries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// The project's own TOML.
    Parallax,
    /// LIWC `.dic`, also of the Moral Foundations Dictionaries.
    Liwc,
    /// LIWC-22 `.dicx`.
    Dicx,
    /// quanteda YAML.
    Quanteda,
    /// Yoshikoder XML.
    Yoshikoder,
    /// VBPro.
    Vbpro,
    /// Lexicoder `.lc3`.
    Lexicoder,
    /// WordStat `.cat`.
    WordStat,
    /// Tokens with a mean rating: VADER, AFINN.
    Vader,
    /// eMFD `.csv`.
    Emfd,
    /// MoralStrength `.tsv`.
    MoralStrength,
    /// Empath `.tsv`.
    Empath,
    /// NRC EmoLex.
    EmoLex,
    /// A Vale rule.
    Vale,
    /// One term a line.
    WordList,
    /// CSV of term, category, weight.
    Long,
    /// CSV with a column a category.
    Wide,
    /// JSON: a list, or lists by category.
    Json,
}

impl Format {
    /// Every format with the name that the command line takes and the one for people.
    pub const ALL: [(Self, &'static str, &'static str); 18] = [
        (Self::Parallax, "parallax", "Parallax TOML"),
        (Self::Liwc, "liwc", "LIWC .dic"),
        (Self::Dicx, "dicx", "LIWC-22 .dicx"),
        (Self::Quanteda, "quanteda", "quanteda YAML"),
        (Self::Yoshikoder, "yoshikoder", "Yoshikoder XML"),
        (Self::Vbpro, "vbpro", "VBPro"),
        (Self::Lexicoder, "lexicoder", "Lexicoder .lc3"),
        (Self::WordStat, "wordstat", "WordStat .cat"),
        (Self::Vader, "vader", "rated tokens (VADER, AFINN)"),
        (Self::Emfd, "emfd", "eMFD .csv"),
        (Self::MoralStrength, "moralstrength", "MoralStrength .tsv"),
        (Self::Empath, "empath", "Empath .tsv"),
        (Self::EmoLex, "emolex", "NRC EmoLex"),
        (Self::Vale, "vale", "Vale rule"),
        (Self::WordList, "list", "word list"),
        (Self::Long, "csv-long", "CSV of term, category, weight"),
        (Self::Wide, "csv-wide", "CSV with a column a category"),
        (Self::Json, "json", "JSON lists"),
    ];

    /// The name that the command line takes.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|row| row.0 == self).map_or("", |row| row.1)
    }

    /// The name for people.
    pub fn title(self) -> &'static str {
        Self::ALL.iter().find(|row| row.0 == self).map_or("", |row| row.2)
    }

    /// The format of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|row| row.1 == name).map(|row| row.0)
    }
}

/// A format with what speaks for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guess {
    /// The format.
    pub format: Format,
    /// Why.
    pub reason: String,
}

/// Guesses the format of a file from its name and its content.
pub fn guess(name: &str, text: &str) -> Guess {
    let ending = name.rsplit_once('.').map_or(String::new(), |(_, ending)| ending.to_lowercase());
    let (format, reason) = by_content(&ending, text);
    Guess { format, reason }
}

fn by_content(ending: &str, text: &str) -> (Format, String) {
    let first =
        lines(text).map(|(_, line)| line.trim()).find(|line| !line.is_empty()).unwrap_or("");
    let named = |format| (format, format!("its name ends in .{ending}"));
    match ending {
        "toml" => return named(Format::Parallax),
        "dicx" => return named(Format::Dicx),
        "ykd" => return named(Format::Yoshikoder),
        "lc3" => return named(Format::Lexicoder),
        "cat" => return named(Format::WordStat),
        "vbpro" | "vbp" => return named(Format::Vbpro),
        "json" => return named(Format::Json),
        "yml" | "yaml" => return yaml(text, ending),
        _ => {}
    }
    if is_liwc(text) {
        (Format::Liwc, "two lines of % with numbered names between them".to_owned())
    } else if first.starts_with('<') && text.contains("<dictionary") {
        (Format::Yoshikoder, "it is XML with <dictionary>".to_owned())
    } else if first.starts_with(">>") && first.contains("<<") {
        (Format::Vbpro, "it begins with >>a category<<".to_owned())
    } else if first.starts_with('+')
        && lines(text).filter(|(_, l)| l.starts_with('+')).count() * 2 < lines(text).count()
    {
        (Format::Lexicoder, "it begins with +a category".to_owned())
    } else if first.starts_with('{') || first.starts_with("[\"") {
        (Format::Json, "it begins with { or [".to_owned())
    } else {
        table(ending, first, text)
    }
}

/// What a Vale rule may extend.
const VALE_KINDS: &[&str] = &[
    "capitalization",
    "conditional",
    "consistency",
    "existence",
    "metric",
    "occurrence",
    "repetition",
    "script",
    "sequence",
    "spelling",
    "substitution",
];

fn yaml(text: &str, ending: &str) -> (Format, String) {
    let value = |line: &str| line.strip_prefix("extends:").map(|value| value.trim().to_owned());
    let extends = lines(text).find_map(|(_, line)| value(line));
    if extends.is_some_and(|kind| VALE_KINDS.contains(&kind.trim_matches(['"', '\'']))) {
        (Format::Vale, "it is YAML with `extends`".to_owned())
    } else {
        (Format::Quanteda, format!("its name ends in .{ending}"))
    }
}

/// Whether two lines hold nothing but %, with a number at the start of a line between them.
fn is_liwc(text: &str) -> bool {
    let mut marks = lines(text).filter(|(_, line)| line.trim() == "%").map(|(number, _)| number);
    let (Some(open), Some(close)) = (marks.next(), marks.next()) else { return false };
    let numbered =
        |(_, line): (usize, &str)| line.trim_start().starts_with(|c: char| c.is_ascii_digit());
    lines(text).skip(open).take(close - open - 1).any(numbered)
}

fn table(ending: &str, first: &str, text: &str) -> (Format, String) {
    let header = first.to_lowercase();
    if header.starts_with("dicterm") {
        return (Format::Dicx, "its header begins with DicTerm".to_owned());
    }
    if header.contains("care_p") || header.contains("care_sent") {
        return (Format::Emfd, "its header names care_p or care_sent".to_owned());
    }
    if header.contains("expressed_moral") {
        return (Format::MoralStrength, "its header names EXPRESSED_MORAL".to_owned());
    }
    let rows: Vec<Vec<&str>> = lines(text)
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(_, line)| line.split('\t').collect())
        .collect();
    let share = |fits: &dyn Fn(&Vec<&str>) -> bool| {
        rows.iter().filter(|row| fits(row)).count() * 10 >= rows.len() * 8 && !rows.is_empty()
    };
    let is_number = |cell: &str| cell.trim().parse::<f64>().is_ok();
    // Some copies open with a preamble of many lines: only the rows of three cells count.
    let triples = || rows.iter().filter(|row| row.len() == 3);
    let associates =
        |row: &&Vec<&str>| matches!(row[2].trim(), "0" | "1") && !is_number(row[1].trim());
    let associations = triples().filter(associates).count();
    if associations > 2 && associations * 10 >= triples().count() * 8 {
        return (Format::EmoLex, "its rows are a word, a name, and 0 or 1".to_owned());
    }
    if share(&|row| row.len() >= 2 && is_number(row[1])) {
        return (Format::Vader, "its rows are a token and a number, separated by tabs".to_owned());
    }
    if ending != "csv"
        && share(&|row| row.len() >= 3 && !row[1..].iter().any(|cell| is_number(cell)))
    {
        return (Format::Empath, "its rows are a name and words, separated by tabs".to_owned());
    }
    if ending == "csv"
        || ending == "tsv"
        || header.starts_with("term,")
        || header.starts_with("word,")
    {
        let long = super::delimited::is_long(text);
        return if long {
            (Format::Long, "its columns are term and category".to_owned())
        } else {
            (Format::Wide, "its header names a category a column".to_owned())
        };
    }
    (Format::WordList, "nothing speaks for another format".to_owned())
}
