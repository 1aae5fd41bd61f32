//! The list of failures that are known.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

use marslab::report::known::Known;

use crate::error::CliError;
use crate::select::STDIN;

/// The failures that are known; none without a list.
pub(crate) fn read(list: Option<&Path>) -> Result<Known, CliError> {
    let Some(path) = list else { return Ok(Known::default()) };
    let text = if path == Path::new(STDIN) {
        bounded(io::stdin().lock())
    } else {
        File::open(path).and_then(bounded)
    };
    let text = text.map_err(|error| CliError::Known { path: path.to_owned(), error })?;
    Ok(Known::parse(&text))
}

fn bounded(list: impl io::Read) -> io::Result<String> {
    let mut text = String::new();
    let length = list.take(LIST_BYTES_MAX + 1).read_to_string(&mut text)?;
    let is_longer = u64::try_from(length).is_ok_and(|length| length > LIST_BYTES_MAX);
    if is_longer { Err(io::ErrorKind::FileTooLarge.into()) } else { Ok(text) }
}

/// Some thousand names.
const LIST_BYTES_MAX: u64 = 1 << 20;
