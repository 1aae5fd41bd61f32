//! The command `marslab`.
//!
//! | module | contents |
//! | --- | --- |
//! | [`args`] | the command line |
//! | [`command`] | the subcommands, a file each |
//! | [`error`], [`exit`], [`exit_codes`] | errors with their hints, and the exit codes |
//! | [`select`], [`shard`], [`names`] | selecting plays, and suggestions for unknown names |
//! | [`known`] | the list of failures that are known |
//! | [`screen`], [`reports`], [`table`], [`aside`] | output |
//! | [`pause`], [`typed`] | waiting for Enter; the command line as it was typed |
//! | [`interrupt`] | Ctrl-C |
//! | [`watched`] | files that are watched for changes |

use std::io::{self, Write};
use std::panic::catch_unwind;
use std::process::ExitCode;

use clap::Parser;
use marslab::report::prose::ProseStyle;
use marslab::scenario::Paint;
use marslab_model::world::Language;

use crate::args::Args;
use crate::error::CliError;
use crate::exit::Exit;

mod args;
mod aside;
mod command;
mod error;
mod exit;
mod exit_codes;
mod interrupt;
mod known;
mod names;
mod pause;
mod reports;
mod screen;
mod select;
mod shard;
mod stopwatch;
mod table;
mod typed;
mod watched;

fn main() -> ExitCode {
    // The panic hook has already printed the message.
    catch_unwind(start).unwrap_or(Exit::LabFailed).into()
}

fn start() -> Exit {
    if std::env::args_os().len() <= 1 {
        // If this cannot be printed, nothing can.
        drop(io::stderr().write_all(START.as_bytes()));
        return Exit::BadInput;
    }
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(usage) => {
            // Includes `--help` and `--version`. If this cannot be printed, nothing can.
            drop(usage.print());
            return if usage.use_stderr() { Exit::BadInput } else { Exit::Success };
        }
    };
    // Not locked, so that a panic on another thread can be printed.
    let mut out = Out { stream: anstream::stdout(), is_used: false };
    match command::run(&args, &mut out).and_then(|exit| flushed(&mut out, exit)) {
        Ok(exit) => exit,
        // The reader has closed the pipe: it has read enough.
        Err(CliError::Write(error)) if error.kind() == io::ErrorKind::BrokenPipe => Exit::Success,
        Err(error) => {
            let paint = paint_for(&io::stderr());
            // If this cannot be printed, nothing can.
            drop(error.print(&mut anstream::stderr(), paint));
            Exit::from(&error)
        }
    }
}

/// What is shown to somebody who types only the command's name.
const START: &str = "\
marslab breaks a simulated Windows server as Microsoft's articles document it.
`marslab list` shows the scenarios; `marslab up NAME` opens one to try.
`marslab --help` shows all commands.
";

/// Standard output. Where nothing was written, nothing is flushed: the thread of [`aside`] may hold it, and wait for its reader.
struct Out {
    stream: anstream::AutoStream<io::Stdout>,
    is_used: bool,
}

impl Write for Out {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.is_used = true;
        self.stream.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.is_used { self.stream.flush() } else { Ok(()) }
    }
}

fn flushed(out: &mut dyn Write, exit: Exit) -> Result<Exit, CliError> {
    out.flush()?;
    Ok(exit)
}

/// How prose is written to standard output: as wide as the terminal, if there is one.
fn prose_style(language: Language) -> ProseStyle {
    let (paint, plain) = (paint_for(&io::stdout()), ProseStyle::plain());
    let columns = table::columns().map_or(plain.columns, |it| it.min(plain.columns));
    ProseStyle { paint, columns, language, ..plain }
}

/// Whether to colour the output to a stream: on a terminal, unless the environment says otherwise.
fn paint_for(stream: &impl anstream::stream::RawStream) -> Paint {
    match anstream::AutoStream::choice(stream) {
        anstream::ColorChoice::Never => Paint::Plain,
        _ => Paint::Colour,
    }
}
