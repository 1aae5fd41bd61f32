//! Tables of text.

use std::io::{self, Write};

/// Writes rows with aligned columns. The last column is not padded.
pub(crate) fn write_rows<const N: usize>(
    out: &mut dyn Write,
    indent: usize,
    rows: &[[String; N]],
) -> io::Result<()> {
    let mut widths = [0; N];
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = cell.chars().count().max(*width);
        }
    }
    for row in rows {
        let cells = row.iter().zip(widths).map(|(cell, width)| format!("{cell:width$}"));
        let line = cells.collect::<Vec<_>>().join("  ");
        writeln!(out, "{:indent$}{}", "", line.trim_end())?;
    }
    Ok(())
}
