//! `marslab schema`.

use std::io::{self, Write};

use marslab::schema;
use marslab::session::openapi;

use crate::args::Schema;

/// Writes a JSON schema.
pub(super) fn run(out: &mut dyn Write, of: Schema) -> io::Result<()> {
    let schema = match of {
        Schema::Scenario => schema::scenario(),
        Schema::Complaint => schema::complaint(),
        Schema::Diagnosis => schema::diagnosis(),
        Schema::Control => openapi::description(),
    };
    serde_json::to_writer_pretty(&mut *out, &schema)?;
    writeln!(out)
}
