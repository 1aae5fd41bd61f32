//! `marslab reference`.

use std::io::Write;

use marslab::reference;

use crate::args::Reference;
use crate::error::CliError;

/// Writes a reference as Markdown.
pub(super) fn run(out: &mut dyn Write, of: Reference) -> Result<(), CliError> {
    let text = match of {
        Reference::Scenarios => reference::markdown(),
        Reference::Door => reference::door()?,
    };
    Ok(out.write_all(text.as_bytes())?)
}
