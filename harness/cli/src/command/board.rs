//! `marslab board`.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use marslab::report::board::{Board, page};
use marslab::report::compare::Report;

use super::compare;
use crate::error::CliError;
use crate::reports::Destination;

/// Writes the table of some reports, or a page.
pub(super) fn run(
    out: &mut dyn Write,
    reports: &[PathBuf],
    html: Option<&Path>,
) -> Result<(), CliError> {
    let reports: Vec<Report> =
        reports.iter().map(|path| compare::read(path)).collect::<Result<_, _>>()?;
    let board = Board::of(&reports)?;
    match html {
        Some(path) => Destination::open(path)?.write(out, |out| page::write(out, &board))?,
        None => board.write(out)?,
    }
    if !board.has_baseline() {
        let hint = "hint: no baseline is among these; `marslab run --subject baseline:message-table --json FILE` gives one";
        writeln!(io::stderr(), "{hint}")?;
    }
    Ok(())
}
