//! Tables of text.

use std::io::{self, IsTerminal as _, Write};

use marslab::report::wrap::{width, wrapped};
use terminal_size::{Width, terminal_size_of};

/// Writes rows with aligned columns. The last column is not padded.
pub(crate) fn write_rows<const N: usize>(
    out: &mut dyn Write,
    indent: usize,
    rows: &[[String; N]],
) -> io::Result<()> {
    write_within(out, indent, rows, None)
}

/// The same within so many columns, if there is a limit: the last column is wrapped below itself, or, where the others leave it
/// too little room, below the row.
pub(crate) fn write_within<const N: usize>(
    out: &mut dyn Write,
    indent: usize,
    rows: &[[String; N]],
    limit: Option<usize>,
) -> io::Result<()> {
    let mut widths = [0; N];
    for row in rows {
        for (wide, cell) in widths.iter_mut().zip(row) {
            *wide = width(cell).max(*wide);
        }
    }
    let before: usize = widths.iter().take(N.saturating_sub(1)).map(|wide| wide + GAP).sum();
    let room = limit.map(|limit| limit.saturating_sub(indent + before));
    for row in rows {
        let (last, others) =
            row.split_last().map_or(("", &[][..]), |(last, others)| (last.as_str(), others));
        let cells = others
            .iter()
            .zip(widths)
            .map(|(cell, wide)| format!("{cell}{:gap$}", "", gap = wide + GAP - width(cell)));
        let line = cells.collect::<String>();
        match room {
            None => writeln!(out, "{:indent$}{}", "", format!("{line}{last}").trim_end())?,
            Some(room) if room >= ROOM_MIN => {
                let mut lines = wrapped(last, room).into_iter();
                let first = format!("{line}{}", lines.next().unwrap_or_default());
                writeln!(out, "{:indent$}{}", "", first.trim_end())?;
                lines.try_for_each(|line| {
                    writeln!(out, "{:below$}{line}", "", below = indent + before)
                })?;
            }
            Some(_) => {
                writeln!(out, "{:indent$}{}", "", line.trim_end())?;
                let room = limit.unwrap_or_default().saturating_sub(indent + BELOW);
                let mut lines = wrapped(last, room).into_iter();
                lines.try_for_each(|line| {
                    writeln!(out, "{:below$}{line}", "", below = indent + BELOW)
                })?;
            }
        }
    }
    Ok(())
}

/// How wide the terminal is to which standard output goes; nothing where it goes elsewhere.
pub(crate) fn columns() -> Option<usize> {
    let out = io::stdout();
    let Width(columns) = terminal_size_of(&out).filter(|_| out.is_terminal())?.0;
    Some(usize::from(columns).max(COLUMNS_MIN))
}

/// Between columns.
const GAP: usize = 2;

/// A text in fewer columns is hard to read.
const ROOM_MIN: usize = 30;

/// How far a text stands in that is below its row.
const BELOW: usize = 4;

/// On a narrower terminal, lines break where they must.
const COLUMNS_MIN: usize = 40;

#[cfg(test)]
mod tests;
