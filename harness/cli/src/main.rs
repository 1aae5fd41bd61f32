//! The command `marslab`: it asks the lab, and prints what the lab says.
//!
//! | module | what lives there |
//! | --- | --- |
//! | [`args`] | what can be typed |
//! | [`command`] | what is done then, one file for each subcommand |
//! | [`error`], [`exit`] | what can go wrong, and the one place that knows the exit codes |
//! | [`select`], [`names`] | which plays are meant |
//! | [`screen`], [`files`], [`table`] | where and how things are written |

use std::io::{self, Write};
use std::panic::catch_unwind;
use std::process::ExitCode;

use clap::Parser;
use marslab::scenario::Paint;

use crate::args::Args;
use crate::error::CliError;
use crate::exit::Exit;

mod args;
mod command;
mod error;
mod exit;
mod files;
mod names;
mod screen;
mod select;
mod table;

fn main() -> ExitCode {
    // The hook of panics has told what happened by the time that one arrives here.
    catch_unwind(start).unwrap_or(Exit::LabFailed).into()
}

fn start() -> Exit {
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(usage) => {
            // Help and version arrive here, too. Nobody is left to tell that they could not be printed.
            drop(usage.print());
            return if usage.use_stderr() { Exit::BadInput } else { Exit::Good };
        }
    };
    // Not locked for long: what panics on another thread must be able to say so.
    let mut out = anstream::stdout();
    match command::perform(&args.command, &mut out).and_then(|exit| flushed(&mut out, exit)) {
        Ok(exit) => exit,
        // Who closed the pipe has read enough.
        Err(CliError::Write(error)) if error.kind() == io::ErrorKind::BrokenPipe => Exit::Good,
        Err(error) => {
            let paint = paint_for(&io::stderr());
            // Nobody is left to tell that this could not be printed.
            drop(error.print(&mut anstream::stderr(), paint));
            Exit::from(&error)
        }
    }
}

fn flushed(out: &mut dyn Write, exit: Exit) -> Result<Exit, CliError> {
    out.flush()?;
    Ok(exit)
}

/// Whether to colour what goes to a stream: on a terminal, unless the environment says otherwise.
fn paint_for(stream: &impl anstream::stream::RawStream) -> Paint {
    match anstream::AutoStream::choice(stream) {
        anstream::ColorChoice::Never => Paint::Plain,
        _ => Paint::Colour,
    }
}
