//! `marslab merge`.

use std::io::Write;
use std::path::{Path, PathBuf};

use marslab::report::merge::{Merged, Part};

use super::compare;
use crate::error::CliError;
use crate::exit::Exit;
use crate::known;
use crate::reports::Destination;

/// Writes the report of a run from those of its shards. An error where the list of known failures does not agree with it.
pub(super) fn run(
    out: &mut dyn Write,
    reports: &[PathBuf],
    json: &Path,
    known: Option<&Path>,
) -> Result<Exit, CliError> {
    let list = known::read(known)?;
    let part = |path: &PathBuf| {
        let part = compare::read_with(path, Part::read)?;
        Ok((path.display().to_string(), part))
    };
    let parts = reports.iter().map(part).collect::<Result<_, CliError>>()?;
    let merged = Merged::of(parts)?;
    Destination::open(json)?.write(out, |out| merged.write(out))?;
    let plays = list.fixed(&merged);
    match known.filter(|_| !plays.is_empty()) {
        Some(path) => Err(CliError::KnownAreFixed { path: path.to_owned(), plays }),
        None => Ok(Exit::of(list.unexpected(&merged))),
    }
}
