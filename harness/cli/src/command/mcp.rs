//! `marslab mcp`.

use std::path::PathBuf;

use marslab::mcp::{Config, serve};
use marslab::subject::HOST_VARIABLE;
use tokio::runtime::Builder;

use crate::args::Mcp;
use crate::error::CliError;

/// Serves the tools until standard input ends. Nothing else is written to standard output.
pub(super) fn run(args: &Mcp) -> Result<(), CliError> {
    let named = || std::env::var_os(HOST_VARIABLE).map(PathBuf::from);
    let door = args.door.clone().or_else(named).ok_or(CliError::NoDoor)?;
    let config = Config::read(&door, args.complaint.as_deref(), args.diagnosis.clone())?;
    let runtime = Builder::new_current_thread().enable_all().build()?;
    Ok(runtime.block_on(serve(config))?)
}
