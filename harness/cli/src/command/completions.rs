//! `marslab completions`.

use std::io::{self, Write};

use clap::CommandFactory as _;
use clap_complete::{Shell, generate};

use crate::args::Args;

/// Writes what a shell reads to complete the command line.
pub(super) fn completions(out: &mut dyn Write, shell: Shell) -> io::Result<()> {
    // The generator panics where it cannot write; memory takes everything.
    let mut script = Vec::new();
    generate(shell, &mut Args::command(), "marslab", &mut script);
    out.write_all(&script)
}
