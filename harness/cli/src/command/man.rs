//! `marslab man`.

use std::fs;
use std::io::Write;
use std::path::Path;

use clap::CommandFactory as _;
use clap_mangen::Man;

use crate::args::Args;
use crate::error::CliError;

/// Writes the manual pages to a folder, which is created if missing, and prints each path.
pub(super) fn run(out: &mut dyn Write, folder: &Path) -> Result<(), CliError> {
    let unwritable = |path: &Path, error| CliError::Unwritable { path: path.to_owned(), error };
    fs::create_dir_all(folder).map_err(|error| unwritable(folder, error))?;
    for page in pages() {
        let path = folder.join(page.get_filename());
        let mut text = Vec::new();
        page.render(&mut text)?;
        fs::write(&path, text).map_err(|error| unwritable(&path, error))?;
        writeln!(out, "{}", path.display())?;
    }
    Ok(())
}

/// A page for the program and for each of its commands.
fn pages() -> Vec<Man> {
    let mut program = Args::command().disable_help_subcommand(true);
    // Sets the full names of the commands, such as `marslab-run`.
    program.build();
    let commands: Vec<clap::Command> = program.get_subcommands().cloned().collect();
    let all = std::iter::once(program).chain(commands);
    all.map(|command| Man::new(command).source(SOURCE).manual("marslab")).collect()
}

const SOURCE: &str = concat!("marslab ", env!("CARGO_PKG_VERSION"));
