//! `marslab try`.

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;

use marslab::catalogue::Catalogue;
use marslab::event::PlayInfo;
use marslab::live::{DEFAULT_SEED, Fidelity};
use marslab::play::edits::try_edits;
use marslab::play::trial::trial;
use marslab::play::{Casting, Options};
use marslab::report::prose::ProseStyle;
use marslab::report::{edits, explain};
use marslab::scenario::{Library, ReadError, draft};
use marslab::subject_runner::SubjectRunner;

use marslab_model::Operation;

use super::program::{program, test_start};
use super::run::{jobs, reference};
use super::session::parse_operation;
use crate::args::Try;
use crate::error::{CliError, TrialError};
use crate::{paint_for, prose_style};
use draft_text::{DraftText, finished};

mod draft_text;

/// Tries faults, and prints what happens.
pub(super) fn run(out: &mut dyn Write, args: &Try) -> Result<(), CliError> {
    let subject = subject(args)?;
    let options = Options {
        // A program needs real sockets.
        fidelity: if args.subject.is_some() { Fidelity::Loopback } else { Fidelity::Memory },
        seed: args.seed.unwrap_or(DEFAULT_SEED),
        casting: if args.seed.is_some() { Casting::Drawn } else { Casting::Plain },
        language: args.lang.into(),
        ..Options::default()
    };
    if let Some(count) = args.edits {
        return try_drawn(out, args, count, (subject.as_ref(), &options));
    }
    let text = DraftText::of(args)?;
    if let Some(path) = args.write.as_deref().filter(|path| path.exists()) {
        return Err(unwritable(path, io::ErrorKind::AlreadyExists.into()));
    }
    let library = Library::without_plays(Catalogue::known(), Arc::new(options.cast()));
    let play = draft(&text.name, &text.text, &library)
        .map_err(|bad| CliError::InvalidScenarios(vec![ReadError::Bad(Box::new(bad))]))?;
    let happened = trial(&play, subject.as_ref(), &options).map_err(TrialError::Play)?;
    let style = prose_style(args.lang.into());
    let to_stdout = args.write.as_deref() == Some(Path::new("-"));
    if to_stdout {
        let style = ProseStyle { paint: paint_for(&io::stderr()), ..style };
        explain::tell_trial(&mut anstream::stderr(), &PlayInfo::of(&play), &happened, style)?;
    } else {
        explain::tell_trial(out, &PlayInfo::of(&play), &happened, style)?;
    }
    let scenario = || finished(&text.text, &happened, &play.cast);
    match &args.write {
        Some(_) if to_stdout => out.write_all(scenario().as_bytes())?,
        Some(path) => {
            write_new(path, &scenario())?;
            writeln!(
                out,
                "\nwrote {}; fill in what is empty, then `marslab check` it",
                path.display()
            )?;
        }
        None => {}
    }
    Ok(())
}

/// Tries edits of any field.
fn try_drawn(
    out: &mut dyn Write,
    args: &Try,
    count: u32,
    (subject, options): (&dyn SubjectRunner, &Options),
) -> Result<(), CliError> {
    let operations = match args.operation.as_deref().map(parse_operation) {
        Some(operation) => vec![operation?],
        None => Operation::ALL.to_vec(),
    };
    let count = usize::try_from(count).unwrap_or(usize::MAX);
    let tried = try_edits(&operations, count, subject, options, jobs());
    Ok(edits::write(out, &tried.map_err(TrialError::Play)?)?)
}

fn subject(args: &Try) -> Result<Box<dyn SubjectRunner>, CliError> {
    let Some(command) = &args.subject else { return Ok(Box::new(reference())) };
    let subject = program(command, &args.program)?;
    test_start(&subject)?;
    Ok(Box::new(subject))
}

fn write_new(path: &Path, text: &str) -> Result<(), CliError> {
    let file = OpenOptions::new().write(true).create_new(true).open(path);
    let written = file.and_then(|mut file| file.write_all(text.as_bytes()));
    written.map_err(|error| unwritable(path, error))
}

fn unwritable(path: &Path, error: io::Error) -> CliError {
    CliError::Unwritable { path: path.to_owned(), error }
}
