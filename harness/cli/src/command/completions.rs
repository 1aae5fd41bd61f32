//! `marslab completions`.

use std::io::{self, Write};

use clap::CommandFactory as _;
use clap_complete::{Shell, generate};

use crate::args::Args;

/// Writes the completion script of a shell.
pub(super) fn run(out: &mut dyn Write, shell: Shell) -> io::Result<()> {
    // The generator panics on write errors, which memory does not have.
    let mut script = Vec::new();
    generate(shell, &mut Args::command(), "marslab", &mut script);
    out.write_all(&script)
}
