//! What can go wrong before, beside and after a run.

use std::io::{self, Write};
use std::path::PathBuf;

use marslab::compound::Clash;
use marslab::look_alikes::WorldsError;
use marslab::play::PlayError;
use marslab::report::json::Difference;
use marslab::report::repeats::Deviation;
use marslab::scenario::{Paint, ReadError};
use marslab::session::SessionError;
use marslab::session::client::CallError;
use marslab::session::place::PlaceError;
use marslab::subject::CommandError;
use thiserror::Error;

use crate::names::listed;

/// Why a command was not carried out.
#[derive(Debug, Error)]
pub(crate) enum CliError {
    /// Scenario files that cannot be used: all of them, each with all of its mistakes.
    #[error("{} scenario files cannot be used", .0.len())]
    Scenarios(Vec<ReadError>),
    /// No play has such a name.
    #[error("no play is called `{filter}`")]
    NothingSelected {
        /// What was asked for.
        filter: String,
        /// What may have been meant.
        hint: String,
    },
    /// Plays that cannot be played as one.
    #[error("`{word}` cannot be played: {clash}")]
    Clash {
        /// What was asked for.
        word: String,
        /// Why not.
        clash: Clash,
    },
    /// The pairs of plays that were asked for could not be drawn.
    #[error("the pairs cannot be drawn: {0}")]
    Pairs(#[from] PlayError),
    /// No two plays fit together.
    #[error("no other play can be played together with what was asked for")]
    NoPairs,
    /// Only one world is held open at a time.
    #[error("`{filter}` is part of the names of {} plays", .names.len())]
    SeveralSelected {
        /// What was asked for.
        filter: String,
        /// What may have been meant.
        names: Vec<String>,
    },
    /// What was typed is no name with parameters.
    #[error("`{typed}` is not to be understood: {reason}")]
    NoParameters {
        /// What was typed.
        typed: String,
        /// What is wrong.
        reason: String,
    },
    /// There is no session to be asked.
    #[error(transparent)]
    Place(#[from] PlaceError),
    /// A session did not do what it was asked for.
    #[error(transparent)]
    Call(#[from] CallError),
    /// A world could not be held open.
    #[error(transparent)]
    Session(#[from] SessionError),
    /// The scenarios' worlds could not be looked at.
    #[error(transparent)]
    Worlds(#[from] WorldsError),
    /// There is no such thing.
    #[error("there is no {noun} `{name}`")]
    Unknown {
        /// What was looked for.
        noun: &'static str,
        /// The name that was given.
        name: String,
        /// What may have been meant.
        hint: String,
    },
    /// NonEmptyVec things have the name.
    #[error("`{name}` is the name of several things")]
    Ambiguous {
        /// The name.
        name: String,
        /// The words that tell them apart.
        kinds: Vec<&'static str>,
    },
    /// An umbrella is not played itself.
    #[error("`{id}` is a heading over other failures and has no scenario of its own")]
    Umbrella {
        /// The heading.
        id: String,
        /// The failures under it.
        members: Vec<String>,
    },
    /// The subject's command is no command.
    #[error(transparent)]
    Subject(#[from] CommandError),
    /// A program needs a real door.
    #[error("`--subject` cannot be used with `--fidelity memory`, where there are no sockets")]
    ProgramOnMemory,
    /// A report cannot be written to where it should go.
    #[error("cannot write `{}`: {error}", .path.display())]
    Unwritable {
        /// Where it should go.
        path: PathBuf,
        /// What the operating system says.
        #[source]
        error: io::Error,
    },
    /// Two reports in one stream are no report.
    #[error("`--json -` and `--junit -` would both write to standard output")]
    TwiceToOutput,
    /// Two runs with one seed were not the same.
    #[error("two runs with seed {seed} differ in `{}`{}", .found.play, place(.found))]
    Differ {
        /// The seed of both.
        seed: u64,
        /// Where they differ first.
        found: Difference,
    },
    /// Plays that were not the same in every repeat.
    #[error("{}", deviate(.0))]
    Deviate(Vec<Deviation>),
    /// Something could not be written.
    #[error("cannot write: {0}")]
    Write(#[from] io::Error),
}

impl CliError {
    /// Writes `error: …`, and `hint: …` below it.
    pub(crate) fn print(&self, err: &mut dyn Write, paint: Paint) -> io::Result<()> {
        if let Self::Scenarios(errors) = self {
            return errors.iter().try_for_each(|error| print_scenario(err, error, paint));
        }
        match self.to_string() {
            // Mistakes in parameters are shown as those in a file are, heading and all.
            shown if shown.starts_with("error: ") => writeln!(err, "{shown}")?,
            shown => writeln!(err, "error: {shown}")?,
        }
        match self.hint() {
            hint if hint.is_empty() => Ok(()),
            hint => writeln!(err, "hint: {hint}"),
        }
    }

    fn hint(&self) -> String {
        match self {
            Self::NothingSelected { hint, .. } | Self::Unknown { hint, .. } => hint.clone(),
            Self::Ambiguous { name, kinds } => {
                let ways: Vec<String> =
                    kinds.iter().map(|kind| format!("marslab show {kind} {name}")).collect();
                format!("say which: {}", listed(&ways, "or"))
            }
            Self::Umbrella { members, .. } => format!("its members are {}", listed(members, "and")),
            Self::Subject(CommandError::Empty) => {
                "give a program and its arguments, such as `--subject 'python3 diagnose.py'`"
                    .to_owned()
            }
            Self::Subject(CommandError::OpenQuote(_)) => "close the quote".to_owned(),
            Self::Unwritable { .. } => {
                "nothing was run; name a file in a folder that exists".to_owned()
            }
            Self::ProgramOnMemory => {
                "leave `--fidelity` out, or write the subject in Rust".to_owned()
            }
            Self::TwiceToOutput => "write one of them to a file".to_owned(),
            Self::Differ { found, .. } => {
                let (first, second) =
                    (shown(found.first.as_deref()), shown(found.second.as_deref()));
                format!("the first run has {first}, the second has {second}")
            }
            Self::Deviate(deviations) => {
                deviations.iter().map(deviation).collect::<Vec<_>>().join("\n      ")
            }
            Self::SeveralSelected { names, .. } => {
                let shown: Vec<&String> = names.iter().take(NAMES_MAX).collect();
                format!("give the whole name: {}", listed(&shown, "or"))
            }
            Self::NoParameters { .. } => {
                "give a name, or a line as in a scenario file, such as `blocks = { to = [\"*.windows.net\"] }`"
                    .to_owned()
            }
            Self::Place(error) => place_hint(error),
            Self::Call(CallError::Unreachable { .. }) => {
                "`marslab up SCENARIO` opens a new one".to_owned()
            }
            Self::NoPairs => PAIRS.to_owned(),
            Self::Clash { .. } => PARTS.to_owned(),
            Self::Pairs(_)
            | Self::Worlds(_)
            | Self::Scenarios(_)
            | Self::Write(_)
            | Self::Call(_)
            | Self::Session(_) => String::new(),
        }
    }
}

fn place_hint(error: &PlaceError) -> String {
    match error {
        PlaceError::None => "`marslab up SCENARIO` opens one".to_owned(),
        PlaceError::NonEmptyVec(open) => {
            let ways = open
                .iter()
                .map(|(file, name)| format!("\n      --session {} ({name})", file.display()));
            format!("say which:{}", ways.collect::<String>())
        }
        PlaceError::Unreadable { .. } | PlaceError::NotPrivate(_) => {
            "`marslab up` names the file of its session".to_owned()
        }
    }
}

fn deviate(deviations: &[Deviation]) -> String {
    match deviations {
        [only] => format!("`{}` is not the same in every repeat", only.play),
        several => format!("{} plays are not the same in every repeat", several.len()),
    }
}

fn deviation(of: &Deviation) -> String {
    let Deviation { play, first_seed, first, seed, seen } = of;
    format!("`{play}` with seed {first_seed} shows {first}; with seed {seed}, {seen}")
}

fn place(found: &Difference) -> String {
    if found.place.is_empty() { String::new() } else { format!(", at `{}`", found.place) }
}

/// The beginning of a piece of JSON.
fn shown(json: Option<&str>) -> String {
    let Some(json) = json else { return "nothing".to_owned() };
    let mut text: String = json.chars().take(JSON_CHARS_MAX).collect();
    if json.chars().nth(JSON_CHARS_MAX).is_some() {
        text.push('…');
    }
    text
}

fn print_scenario(err: &mut dyn Write, error: &ReadError, paint: Paint) -> io::Result<()> {
    match error {
        ReadError::Bad(problems) => writeln!(err, "{}\n", problems.render(paint)),
        other => writeln!(err, "error: {other}\n"),
    }
}

const PAIRS: &str = "a pair has one operation and faults that do not touch each other, and the subject is confirmed with \
                     each of the two alone";

const PARTS: &str =
    "name plays of one operation with `+` between them; `marslab list` has their names";

/// As many names as one reads.
const NAMES_MAX: usize = 12;

/// A difference is seen in less; a whole beat is longer.
const JSON_CHARS_MAX: usize = 200;

#[cfg(test)]
mod tests;
