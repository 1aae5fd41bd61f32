//! `marslab look-alikes`.

use std::io::Write;

use marslab::look_alikes::Comparison;
use marslab::reference;

use super::run::jobs;
use crate::error::CliError;

/// Inspects the worlds of all scenarios and prints which causes can be told apart.
pub(super) fn run(out: &mut dyn Write) -> Result<(), CliError> {
    let comparison = Comparison::of_corpus(jobs())?;
    Ok(out.write_all(reference::look_alikes(&comparison).as_bytes())?)
}
