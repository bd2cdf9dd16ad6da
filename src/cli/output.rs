//! Where results go: standard output, or a file that is written whole.

use std::io::{self, IsTerminal, Write};
use std::path::Path;

use anyhow::Context;

use super::faults::visible;
use super::options::Format;

/// Writes a result. On a terminal its control characters are made visible, whatever the form of the
/// result lets through.
pub fn write(text: &str, file: Option<&Path>) -> anyhow::Result<()> {
    if file.is_none() && io::stdout().is_terminal() {
        return write_coloured(&visible(text), None);
    }
    write_coloured(text, file)
}

/// Writes a result in a form of which one is for terminals: that one makes its content visible itself,
/// and its colours must arrive.
pub fn write_as(format: Format, text: &str, file: Option<&Path>) -> anyhow::Result<()> {
    match format {
        Format::Terminal => write_coloured(text, file),
        _ => write(text, file),
    }
}

/// Writes a result whose colours are our own, and whose content has been made visible already.
pub fn write_coloured(text: &str, file: Option<&Path>) -> anyhow::Result<()> {
    match file {
        None => {
            let mut out = io::stdout().lock();
            out.write_all(text.as_bytes())?;
            out.flush()?;
        }
        Some(path) => parallax::store::write_whole(path, text.as_bytes())
            .with_context(|| format!("can't write {}", path.display()))?,
    }
    Ok(())
}

/// Writes a result bit by bit, so that it need not fit into memory, where nobody reads along.
pub fn stream(
    file: Option<&Path>,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> anyhow::Result<()> {
    match file {
        Some(path) => parallax::store::write_whole_with(path, write)
            .with_context(|| format!("can't write {}", path.display()))?,
        None => {
            let mut out = io::BufWriter::with_capacity(1 << 16, io::stdout().lock());
            write(&mut out)?;
            out.flush()?;
        }
    }
    Ok(())
}

/// Whether a result is shown on a terminal as it comes.
pub fn is_shown(file: Option<&Path>) -> bool {
    file.is_none() && io::stdout().is_terminal()
}

/// Whether a result may be coloured: only on a terminal, and `NO_COLOR` is obeyed.
pub fn coloured(file: Option<&Path>) -> bool {
    let forbidden = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    file.is_none() && io::stdout().is_terminal() && !forbidden
}

/// Narrowest and widest tables, in columns.
const WIDTHS: std::ops::RangeInclusive<usize> = 40..=200;

/// Columns of a table where nothing says how wide the reader's window is.
const USUAL_WIDTH: usize = 100;

/// Columns that a result has: those of the terminal, or of `COLUMNS`.
pub fn width() -> usize {
    let asked = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let terminal = || {
        let is_terminal = io::stdout().is_terminal();
        is_terminal
            .then(|| terminal_size::terminal_size().map(|size| usize::from(size.0.0)))
            .flatten()
    };
    let width = asked.or_else(terminal).unwrap_or(USUAL_WIDTH);
    width.clamp(*WIDTHS.start(), *WIDTHS.end())
}
