//! The corpus on `memory` as one test of the reference core. It goes on after the first play that fails, so that a run
//! shows which plays notice a mutant: a line `caught by PLAY: HOW` each. Where more than a few do, it ends early
//! (`MARSLAB_ENOUGH` says how many are a few): what many notice tells nothing of a single one. Arguments are the names of
//! plays: only these are played.
//!
//! All is played in English; plays whose complaint names another operation also in the other languages, because only
//! there a core needs their words.

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::num::NonZeroUsize;
use std::process::ExitCode;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::{available_parallelism, spawn};
use std::time::Duration;

use marslab::corpus;
use marslab::event::Event;
use marslab::live::Fidelity;
use marslab::play::Options;
use marslab::runner::{RunConfig, run};
use marslab::scenario::Play;
use marslab::subject_runner::RustSubject;
use marslab::verdict::Verdict;
use marslab_core::ReferenceCore;
use marslab_model::world::Language;

fn main() -> io::Result<ExitCode> {
    let (sender, ended) = channel();
    let wanted = wanted();
    let count = wanted.len();
    spawn(move || play_all(&wanted, &sender));
    let (plays, caught) = heard(&ended, enough())?;
    writeln!(io::stdout(), "{plays} plays, {caught} not as expected")?;
    let is_good = plays >= count && count > 0 && caught == 0;
    Ok(if is_good { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The plays that are named; all where none is.
fn wanted() -> Vec<&'static Play> {
    let names: BTreeSet<String> = std::env::args().skip(1).collect();
    corpus::plays().filter(|play| names.is_empty() || names.contains(&play.name)).collect()
}

/// Enough plays that notice a mutant.
#[expect(
    clippy::disallowed_methods,
    reason = "cargo-mutants gives the tests of all packages the same arguments"
)]
fn enough() -> usize {
    std::env::var("MARSLAB_ENOUGH").ok().and_then(|number| number.parse().ok()).unwrap_or(ENOUGH)
}

/// What became of a play: its name, and how it ended where it was not confirmed.
type Ended = (String, Option<String>);

fn play_all(all: &[&Play], tell: &Sender<Ended>) {
    let told: Vec<&Play> =
        all.iter().copied().filter(|play| play.reported_operation.is_some()).collect();
    play(all, Language::English, tell);
    for language in [Language::Japanese, Language::Korean, Language::ChineseTraditional] {
        play(&told, language, tell);
    }
}

fn play(plays: &[&Play], language: Language, tell: &Sender<Ended>) {
    let subject = RustSubject::new("reference", ReferenceCore);
    let options = Options { fidelity: Fidelity::Memory, language, ..Options::default() };
    let jobs = available_parallelism().unwrap_or(NonZeroUsize::MIN);
    let config = RunConfig::once(jobs);
    run(plays, &subject, &options, config, &mut |event| {
        let ended = ended(&event);
        // The receiver is gone if it has waited too long; then the result is not needed.
        drop(ended.map(|(index, how)| {
            tell.send((plays.get(index).map_or_else(String::new, |play| play.name.clone()), how))
        }));
    });
}

/// The play that ended, and how where it was not confirmed.
fn ended(event: &Event) -> Option<(usize, Option<String>)> {
    match event {
        Event::PlayEnded { index, verdict } => Some((*index, how(verdict))),
        Event::NotPlayable { index, error } | Event::LabFailed { index, error } => {
            Some((*index, Some(error.clone())))
        }
        _ => None,
    }
}

fn how(verdict: &Verdict) -> Option<String> {
    match verdict {
        Verdict::Confirmed => None,
        Verdict::Mismatch(mismatch) => Some(mismatch.kind.name().to_owned()),
        Verdict::Inconclusive { .. } => Some(verdict.name().to_owned()),
    }
}

/// Writes a line for each play that was not confirmed. Gives how many plays ended, and how many of them so.
fn heard(ended: &Receiver<Ended>, enough: usize) -> io::Result<(usize, usize)> {
    let (mut plays, mut caught) = (0, 0);
    let mut out = io::stdout();
    while caught < enough {
        match ended.recv_timeout(PATIENCE) {
            Ok((play, how)) => {
                plays += 1;
                if let Some(how) = how {
                    caught += 1;
                    writeln!(out, "caught by {play}: {how}")?;
                }
            }
            Err(RecvTimeoutError::Disconnected) => return Ok((plays, caught)),
            Err(RecvTimeoutError::Timeout) => {
                writeln!(out, "for {PATIENCE:?} no play ended: the core does not come back")?;
                return Ok((plays, caught + 1));
            }
        }
    }
    writeln!(out, "and so on")?;
    Ok((plays, caught))
}

/// A scenario with all its cases is rarely more than this.
const ENOUGH: usize = 12;

/// A play takes hundredths of a second. A mutant that loops takes memory for as long as it is let.
const PATIENCE: Duration = Duration::from_secs(15);
