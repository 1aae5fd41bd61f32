//! `marslab reference`.

use std::io::Write;

use marslab::baselines::{difficulty, page};
use marslab::live::Fidelity;
use marslab::play::Options;
use marslab::play::edits::try_edits;
use marslab::reference;
use marslab::report::edits;
use marslab_model::Operation;

use super::run::jobs;
use crate::args::Reference;
use crate::error::{CliError, TrialError};

/// Writes a reference.
pub(super) fn run(out: &mut dyn Write, of: Reference) -> Result<(), CliError> {
    let text = match of {
        Reference::Scenarios => reference::markdown(),
        Reference::Door => reference::door()?,
        Reference::Baselines => page::markdown(jobs())?,
        Reference::Difficulty => difficulty::table(jobs()).map_err(TrialError::Play)?,
        Reference::Silence => {
            let core = super::run::reference();
            let options = Options { fidelity: Fidelity::Memory, ..Options::default() };
            let tried = try_edits(&Operation::ALL, EDITS, &core, &options, jobs());
            return Ok(edits::page(out, &tried.map_err(TrialError::Play)?)?);
        }
    };
    Ok(out.write_all(text.as_bytes())?)
}

/// As many as the page is about.
const EDITS: usize = 2000;
