//! `marslab look-alikes`.

use std::io::Write;

use marslab::look_alikes::Comparison;
use marslab::reference;

use super::run;
use crate::error::CliError;

/// Looks at the worlds of all scenarios and prints what can be told apart in them.
pub(super) fn look_alikes(out: &mut dyn Write) -> Result<(), CliError> {
    let comparison = Comparison::of_corpus(run::jobs())?;
    Ok(out.write_all(reference::look_alikes(&comparison).as_bytes())?)
}
