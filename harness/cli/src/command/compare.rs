//! `marslab compare`.

use std::fs::File;
use std::io::{self, Read as _, Write};
use std::path::Path;

use marslab::report::compare::{Comparison, ReadError, Report};

use crate::error::{CliError, ReportError};
use crate::exit::Exit;
use crate::select::STDIN;

/// Writes what differs between two reports; a mismatch if something got worse.
pub(super) fn run(out: &mut dyn Write, old: &Path, new: &Path) -> Result<Exit, CliError> {
    let (old, new) = (read(old)?, read(new)?);
    let comparison = Comparison::of(&old, &new)?;
    comparison.write(out)?;
    Ok(if comparison.is_worse() { Exit::Mismatch } else { Exit::Success })
}

/// Reads a JSON report.
pub(super) fn read(path: &Path) -> Result<Report, CliError> {
    read_with(path, Report::read)
}

/// Reads a JSON report in one of its forms.
pub(super) fn read_with<T>(
    path: &Path,
    parse: impl Fn(&[u8]) -> Result<T, ReadError>,
) -> Result<T, CliError> {
    let bad = |error: ReportError| CliError::Report { path: path.to_owned(), error };
    let file: Box<dyn io::Read> = if path == Path::new(STDIN) {
        Box::new(io::stdin())
    } else {
        Box::new(File::open(path).map_err(|error| bad(error.into()))?)
    };
    let mut text = Vec::new();
    file.take(BYTES_MAX + 1).read_to_end(&mut text).map_err(|error| bad(error.into()))?;
    if u64::try_from(text.len()).is_ok_and(|len| len > BYTES_MAX) {
        return Err(bad(ReportError::TooLarge { mib: BYTES_MAX >> 20 }));
    }
    parse(&text).map_err(|error: ReadError| bad(error.into()))
}

/// Some hundred repeats of the corpus.
const BYTES_MAX: u64 = 256 << 20;
