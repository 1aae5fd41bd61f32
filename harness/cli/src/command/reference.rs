//! `marslab reference`.

use std::io::Write;

use marslab::baselines::page;
use marslab::reference;

use super::run::jobs;
use crate::args::Reference;
use crate::error::CliError;

/// Writes a reference as Markdown.
pub(super) fn run(out: &mut dyn Write, of: Reference) -> Result<(), CliError> {
    let text = match of {
        Reference::Scenarios => reference::markdown(),
        Reference::Door => reference::door()?,
        Reference::Baselines => page::markdown(jobs())?,
    };
    Ok(out.write_all(text.as_bytes())?)
}
