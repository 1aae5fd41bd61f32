//! The files of trainings: the record of one, and the table of a class.

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;

use marslab::training::class;
use marslab::training::debrief::Debrief;
use marslab::training::record::Record;

use super::fresh;
use crate::args::Train;
use crate::error::CliError;

/// Makes both, where they are wanted. A record must not be written over what it does not know.
pub(super) fn begin(args: &Train) -> Result<(), CliError> {
    if let Some(path) = &args.record {
        let made = OpenOptions::new().write(true).create_new(true).open(path);
        made.map_err(|error| unwritable(path, error))?;
    }
    if let Some(path) = &args.class {
        begin_class(path).map_err(|error| unwritable(path, error))?;
    }
    Ok(())
}

/// Writes a record beside its file, and renames it: what was kept is never lost.
pub(super) fn save(record: &Record, path: &Path) -> Result<(), CliError> {
    let text = record.to_json().map_err(io::Error::other)?;
    let beside = path.with_extension("part");
    let written = fs::write(&beside, text).and_then(|()| fs::rename(&beside, path));
    written.map_err(|error| unwritable(path, error))
}

/// Adds a row to the table, in one write, so that rows of several trainings do not mix.
pub(super) fn add_row(of: &Debrief, path: &Path) -> Result<(), CliError> {
    let table = OpenOptions::new().append(true).open(path);
    let added = table.and_then(|mut table| table.write_all(class::row(of).as_bytes()));
    added.map_err(|error| unwritable(path, error))
}

/// Makes the table with its heading, unless it is there. Several trainings may begin at once: only one makes it.
fn begin_class(path: &Path) -> io::Result<()> {
    if path.exists() {
        return OpenOptions::new().append(true).open(path).map(drop);
    }
    let beside = path.with_extension(format!("{:016x}", fresh(&"class")));
    fs::write(&beside, class::header())?;
    let linked = fs::hard_link(&beside, path);
    fs::remove_file(&beside)?;
    linked.or_else(|error| if path.exists() { Ok(()) } else { Err(error) })
}

fn unwritable(path: &Path, error: io::Error) -> CliError {
    CliError::Unwritable { path: path.to_owned(), error }
}
