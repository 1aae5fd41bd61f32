//! `marslab schema`.

use std::io::Write;

use marslab::door;
use marslab::report::json;
use marslab::schema;
use marslab::session::openapi;

use crate::args::Schema;
use crate::error::CliError;

/// Writes a JSON schema.
pub(super) fn run(out: &mut dyn Write, of: Schema) -> Result<(), CliError> {
    let schema = match of {
        Schema::Scenario => schema::scenario(),
        Schema::Complaint => schema::complaint(),
        Schema::Diagnosis => schema::diagnosis(),
        Schema::Control => openapi::description(),
        Schema::World => schema::world(),
        Schema::Report => json::schema(),
        Schema::Door => door::openapi::description()?,
    };
    serde_json::to_writer_pretty(&mut *out, &schema).map_err(std::io::Error::from)?;
    Ok(writeln!(out)?)
}
